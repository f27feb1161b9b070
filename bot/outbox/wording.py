"""Puts what is owed into words and a method of the channel, just before it leaves, if it is still true."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from typing import Any

from bot.cases.case import Case
from bot.desk.desk import Desk
from bot.outbox import addresses, cards_of
from bot.outbox.addresses import Address
from bot.outbox.buttons import Keyboard
from bot.outbox.channel import Upload
from bot.outbox.letters import Kind
from bot.outbox.parcel import Parcel
from bot.outbox.results import PLAIN
from bot.texts import Texts, texts_in
from storage import attachments, cards, cases
from storage.media import MediaStore
from storage.outbox import ANSWER, Owed

FILES_WAIT = timedelta(seconds=2)
FILES_WAIT_MOST = timedelta(minutes=5)
UNPACED = frozenset({"answerCallbackQuery", "setMyCommands", "leaveChat", "pinChatMessage"})
CARDS = frozenset({Kind.PROMISE, Kind.UNIT_CARD, Kind.PRIVATE_CARD, Kind.TRIAGE_CARD})
PLAYED_BY = {"voice": "sendVoice", "audio": "sendAudio", "video": "sendVideo", "video_note": "sendVideoNote"}


@dataclass(frozen=True, slots=True)
class Said:
    """Words and buttons for a letter."""

    text: str
    keyboard: Keyboard | None = None


Writer = Callable[[Desk, Texts, Owed, Case | None], Awaitable[Said | None]]


class Wording:
    """Knows the sentences, the cards and where the files lie."""

    def __init__(self, media: MediaStore) -> None:
        self._media = media

    async def parcel(self, desk: Desk, owed: Owed) -> Parcel:
        """The call for one row, or a parcel without a method that says why there is none."""
        if owed.kind == ANSWER:
            return _answer(owed)
        case_id, wanted = owed.body["case"], owed.body["only_while"]
        case = await cases.by_id(desk.tx, case_id) if case_id is not None else None
        if wanted and (case is None or case.status not in wanted):
            return Parcel(owed=owed, why="no longer true")
        address = await addresses.find(desk, owed.recipient)
        if address is None:
            return Parcel(owed=owed, why="nobody there")
        if owed.kind in {Kind.MEDIA, Kind.FILE}:
            return await self._files(desk, owed, case, address)
        said = await WRITERS[Kind(owed.kind)](desk, texts_in(address.language), owed, case)
        if said is None:
            return Parcel(owed=owed, why="nothing to say")
        return await _message(desk, owed, case, address, said)

    async def _files(self, desk: Desk, owed: Owed, case: Case | None, address: Address) -> Parcel:
        assert case is not None
        wanted = set(owed.body["facts"]["ids"])
        files = await attachments.of_case(desk.tx, desk.office.seals.content, case.id)
        files = [one for one in files if one.id in wanted]
        target = _target(address)
        if owed.kind == Kind.FILE:
            one = files[0]
            params = {**target, one.kind: one.file_id}
            return Parcel(owed=owed, chat=address.chat, method=PLAYED_BY[one.kind], params=params)
        if any(one.state == "waiting" for one in files):
            wait = min(FILES_WAIT * owed.attempts, FILES_WAIT_MOST)
            return Parcel(owed=owed, why="files not here yet", later=wait)
        ready = [one.copy for one in files if one.state == "kept" and one.copy]
        contents = [await self._media.read_copy(path) for path in ready]
        return _album(owed, address, case.number, contents)


def _answer(owed: Owed) -> Parcel:
    method, params = owed.body["method"], dict(owed.body["params"])
    if owed.trouble == PLAIN:
        _make_plain(params)
    chat = params.get("chat_id")
    paced = method not in UNPACED
    return Parcel(owed=owed, chat=chat if isinstance(chat, int) else owed.id, method=method, params=params, paced=paced)


def _make_plain(params: dict[str, Any]) -> None:
    params.pop("parse_mode", None)
    for name in ("text", "caption"):
        if name in params:
            params[name] = unescape(re.sub(r"</?[a-z]+>", "", params[name]))


async def _message(desk: Desk, owed: Owed, case: Case | None, address: Address, said: Said) -> Parcel:
    """A new message, or an edit of the one that shows this case there already."""
    params: dict[str, Any] = {"chat_id": address.chat, "text": said.text, "parse_mode": "HTML"}
    params["link_preview_options"] = {"is_disabled": True}
    params["reply_markup"] = said.keyboard or {"inline_keyboard": []}
    if owed.trouble == PLAIN:
        _make_plain(params)
    if owed.kind not in CARDS or case is None:
        if said.keyboard is None:
            del params["reply_markup"]
        card = (case.id, owed.kind, owed.recipient) if case and owed.kind in cards_of.FOUND_BY_REPLY else None
        params |= _target(address)
        return Parcel(owed=owed, chat=address.chat, method="sendMessage", params=params, card=card)
    card = (case.id, owed.kind, owed.recipient)
    shown = await cards.shown(desk.tx, *card)
    if shown is not None:
        params["message_id"] = shown
        return Parcel(owed=owed, chat=address.chat, method="editMessageText", params=params, card=card, editing=True)
    params |= _target(address)
    return Parcel(owed=owed, chat=address.chat, method="sendMessage", params=params, card=card)


def _target(address: Address) -> dict[str, Any]:
    topic = {} if address.topic is None else {"message_thread_id": address.topic}
    return {"chat_id": address.chat, **topic}


def _album(owed: Owed, address: Address, number: str, contents: list[bytes]) -> Parcel:
    """Working copies under neutral names, as one picture or an album."""
    if not contents:
        return Parcel(owed=owed, why="nothing to show")
    uploads = {f"f{at}": Upload(f"{number}-{at + 1}.jpg", content) for at, content in enumerate(contents)}
    target = _target(address)
    if len(contents) == 1:
        params: Mapping[str, Any] = {**target, "photo": "attach://f0", "caption": number}
        return Parcel(owed=owed, chat=address.chat, method="sendPhoto", params=params, uploads=uploads)
    album = [{"type": "photo", "media": f"attach://{name}"} for name in uploads]
    album[0]["caption"] = number
    return Parcel(
        owed=owed, chat=address.chat, method="sendMediaGroup", params={**target, "media": album}, uploads=uploads
    )


async def _promise(desk: Desk, texts: Texts, _owed: Owed, case: Case | None) -> Said | None:
    return Said(*await cards_of.promise(desk, texts, case)) if case else None


async def _news(desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
    if case is None:
        return None
    facts = owed.body["facts"]
    unit = await cards_of.unit_name(desk, facts.get("unit"))
    return Said(texts.news(case, unit, facts.get("note"), facts["event"]))


async def _ask_rating(_desk: Desk, texts: Texts, _owed: Owed, case: Case | None) -> Said | None:
    return Said(*cards_of.ask_rating(texts, case)) if case else None


async def _unit_card(desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
    return (
        Said(*await cards_of.unit_card(desk, texts, case, owed.id, private=owed.kind == Kind.PRIVATE_CARD))
        if case
        else None
    )


async def _triage_card(desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
    return Said(*await cards_of.triage_card(desk, texts, case, owed.id)) if case else None


async def _verify_card(desk: Desk, texts: Texts, _owed: Owed, case: Case | None) -> Said | None:
    return Said(*cards_of.verify_card(desk, texts, case)) if case else None


async def _supplement(_desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
    return Said(texts.supplement(case.number, owed.body["facts"]["words"])) if case else None


async def _stub(_desk: Desk, texts: Texts, owed: Owed, _case: Case | None) -> Said | None:
    return Said(texts.stub(owed.body["facts"]["count"]))


async def _nudge(desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
    return Said(*await cards_of.nudge(desk, texts, case, owed.body["facts"]["kind"])) if case else None


async def _urged(_desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
    return Said(texts.urged_card(case.number, owed.body["facts"]["count"])) if case else None


async def _draft_waits(_desk: Desk, texts: Texts, owed: Owed, _case: Case | None) -> Said | None:
    return Said(*cards_of.draft_waits(texts, owed.body["facts"]["step"]))


async def _file_trouble(_desk: Desk, texts: Texts, owed: Owed, case: Case | None) -> Said | None:
    return Said(texts.file_trouble(case.number, owed.body["facts"]["why"])) if case else None


async def _alarm(_desk: Desk, texts: Texts, owed: Owed, _case: Case | None) -> Said | None:
    return Said(texts.alarm(**owed.body["facts"]))


async def _sorry(_desk: Desk, texts: Texts, _owed: Owed, _case: Case | None) -> Said | None:
    return Said(texts.sorry())


WRITERS: Mapping[Kind, Writer] = {
    Kind.PROMISE: _promise,
    Kind.NEWS: _news,
    Kind.ASK_RATING: _ask_rating,
    Kind.UNIT_CARD: _unit_card,
    Kind.PRIVATE_CARD: _unit_card,
    Kind.TRIAGE_CARD: _triage_card,
    Kind.VERIFY_CARD: _verify_card,
    Kind.SUPPLEMENT: _supplement,
    Kind.STUB: _stub,
    Kind.NUDGE: _nudge,
    Kind.URGED: _urged,
    Kind.DRAFT_WAITS: _draft_waits,
    Kind.FILE_TROUBLE: _file_trouble,
    Kind.ALARM: _alarm,
    Kind.SORRY: _sorry,
}
