"""Files of a case as parcels: working copies under neutral names as albums, sound and film by the channel's own id."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.cases.case import Case
from bot.desk import routing
from bot.desk.desk import Desk
from bot.desk.showing import ALBUM, GATHER, PICTURES
from bot.outbox.addresses import Address
from bot.outbox.letters import Kind
from bot.outbox.parcel import Copy, Parcel
from bot.texts import texts_in
from storage.attachments import Attachment
from storage.outbox import Owed

PLAYED_BY = {
    "voice": "sendVoice",
    "audio": "sendAudio",
    "video": "sendVideo",
    "video_note": "sendVideoNote",
    "animation": "sendAnimation",
}


async def files_parcel(desk: Desk, owed: Owed, case: Case, address: Address) -> Parcel:
    """An album, one picture, or one film; later if it is not here yet, nothing if nothing of it may be shown."""
    facts: Mapping[str, Any] = owed.body["facts"]
    files = await desk.files_of(case.id)
    if owed.kind == Kind.FILE:
        if not await routing.may_hear(desk, case, owed.recipient):
            return Parcel(owed=owed, why="sealed")
        return _film(owed, address, case, next(one for one in files if one.id in facts["ids"]))
    if "from" in facts:
        begin = datetime.fromisoformat(facts["from"])
        if begin + GATHER > desk.now():
            return Parcel(owed=owed, why="more may come", later=begin + GATHER - desk.now())
        later = [one for one in files if one.came_at > case.registered_at]
        files = _gathered(later, facts["source"], begin, facts["part"])
    else:
        files = [one for one in files if one.id in facts["ids"]]
    if any(one.state == "waiting" for one in files):
        return Parcel(owed=owed, why="files not here yet", later=GATHER * 2)
    caption = texts_in(address.language).album(case.number, facts["source"], new="from" in facts)
    return _album(owed, address, case, caption, [one.copy for one in files if one.state == "kept" and one.copy])


def _gathered(files: Sequence[Attachment], source: str, begin: datetime, part: int) -> list[Attachment]:
    """The pictures that came within the window, ten at a time."""
    found = [
        one for one in files if one.source == source and one.kind in PICTURES and begin <= one.came_at < begin + GATHER
    ]
    return found[part * ALBUM : (part + 1) * ALBUM]


def _film(owed: Owed, address: Address, case: Case, one: Attachment) -> Parcel:
    params: dict[str, Any] = {**address.target, one.kind: one.file_id}
    if one.kind != "video_note":
        params["caption"] = texts_in(address.language).film(case.number, one.kind)
    return Parcel(owed=owed, chat=address.chat, method=PLAYED_BY[one.kind], params=params)


def _album(owed: Owed, address: Address, case: Case, caption: str, copies: list[str]) -> Parcel:
    if not copies:
        return Parcel(owed=owed, why="nothing to show")
    files = {f"f{at}": Copy(f"{case.number}-{at + 1}.jpg", path) for at, path in enumerate(copies)}
    if len(copies) == 1:
        params: dict[str, Any] = {**address.target, "photo": "attach://f0", "caption": caption}
        return Parcel(owed=owed, chat=address.chat, method="sendPhoto", params=params, files=files)
    album = [{"type": "photo", "media": f"attach://{name}"} for name in files]
    album[0]["caption"] = caption
    params = {**address.target, "media": album}
    return Parcel(owed=owed, chat=address.chat, method="sendMediaGroup", params=params, files=files)
