"""What stories of units and of the centre share: a working moment, a case at once, and what was sent where."""

from base64 import b64encode
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from bot.cases.case import Case
from bot.cases.draft import Draft
from bot.cases.worktime import SHANGHAI
from bot.desk.desk import Desk
from bot.desk.reporting import file_report
from storage import attachments, cases, grid, people
from tests.town import Json, Person, Town, buttons_on

LAMP, FIRE, STALL, SECRET, QUESTION = "H01a", "A01", "G07b", "C06", "J01"
BUILDING = "DX01010103"


async def goes_to(town: Town, hour: int, minute: int = 0, *, workdays: int = 4, weekday: int | None = None) -> datetime:
    """Move to this hour of the next day that begins so many workdays in a row (or is this weekday)."""
    now = town.app.office.clock.now().astimezone(SHANGHAI)
    day = now.date() + timedelta(days=1)
    while not _fits(town, day, workdays, weekday):
        day += timedelta(days=1)
    moment = datetime.combine(day, time(hour, minute), SHANGHAI)
    await town.post("clock", {"add": int((moment - now).total_seconds()) + 1})
    await town.settles()
    return moment


def _fits(town: Town, day: date, workdays: int, weekday: int | None) -> bool:
    if weekday is not None and day.weekday() != weekday:
        return False
    return all(town.app.office.workdays.is_workday(day + timedelta(days=n)) for n in range(workdays))


async def files(
    town: Town,
    matter: str = LAMP,
    words: str = "楼下路灯不亮",
    *,
    node: str | None = BUILDING,
    who: Person | None = None,
    **more: Any,
) -> Case:
    """A report of the resident (or of `who`) becomes a case at once, through the desk: the telling is another story."""
    return await town.app.at_desk(lambda desk: _file(town, desk, who or town.resident, matter, words, node, more))


async def acts_as(desk: Desk, telegram_id: int) -> None:
    """What the desk does next is done by this person."""
    vault = desk.office.seals.vault
    who = people.fingerprint(vault, telegram_id)
    known = await people.known(desk.tx, [who])
    if not known:
        await people.add(desk.tx, [people.new_row(vault, who, telegram_id)])
        known = await people.known(desk.tx, [who])
    desk.person = known[who]


async def _file(
    town: Town, desk: Desk, reporter: Person, matter: str, words: str, node: str | None, more: dict[str, Any]
) -> Case:
    await acts_as(desk, reporter.id)
    place = await grid.by_code(desk.tx, node) if node else None
    town.filed += 1
    draft = Draft(id=f"draft-{town.filed}", matter=matter, words=[words], node_id=place.id if place else None, **more)
    return await file_report(desk, draft)


async def reports(town: Town, matter: str = LAMP, words: str = "楼下路灯不亮", **more: Any) -> Case:
    """The same, and everything that leaves because of it has left. The resident has pressed start."""
    if not await town.resident.messages():
        await town.resident.sends("/start")
    case = await files(town, matter, words, **more)
    town.app.sender.look()
    await town.settles()
    return case


async def now_is(town: Town, case: Case) -> Case:
    """The case as it stands now."""
    async with town.app.database.read() as tx:
        found = await cases.by_id(tx, case.id)
    assert found is not None
    return found


async def pieces(person: Person, *contents: Json) -> list[dict[str, Any]]:
    """Files as the doors hand them on; sent in a chat where the bot does not listen."""
    found: list[dict[str, Any]] = []
    for content in contents:
        sent = (await person.town.post(f"people/{person.id}/send", {"chat": -5002, **content}))["messages"][0]
        kind = next(iter(content))
        file = sent[kind][-1] if kind == "photo" else sent[kind]
        size = file.get("file_size")
        found.append({"kind": kind, "file_id": file["file_id"], "unique_id": file["file_unique_id"], "size": size})
    return found


async def files_of(town: Town, case_id: int) -> list[tuple[str, int]]:
    """How many files of each source a case has."""
    async with town.app.database.read() as tx:
        found = await attachments.of_case(tx, town.app.office.seals.content, case_id)
    sources = [one.source for one in found]
    return sorted((source, sources.count(source)) for source in set(sources))


def photo(shade: int, name: str = "IMG_王奶奶家.jpg", **facts: Any) -> Json:
    """A picture of its own, as phones make them: it knows where and by whose camera it was taken."""
    return {"photo": picture_file(shade, name, **facts)}


def picture_file(shade: int, name: str, **facts: Any) -> Json:
    """The same as a file."""
    exif = Image.Exif()
    exif[0x010F] = "王奶奶的手机"
    exif.get_ifd(0x8825)[2] = (32.0, 11.0, 24.0)
    data = BytesIO()
    Image.new("RGB", (64, 48), (shade * 20, 90, 120)).save(data, "JPEG", exif=exif)
    return {"base64": b64encode(data.getvalue()).decode(), "name": name, "mime": "image/jpeg", **facts}


async def solved(responder: Person, number: str, words: str = "与居民联系，换了灯泡，今天下午完成") -> None:
    """Sign, and end the work with words and a photo."""
    await responder.presses("签收", message=await responder.message_with(number))
    await responder.presses("办结", message=await responder.message_with(number))
    await responder.sends_photo(words, reply_to=(await responder.messages())[-1]["message_id"])


def count(texts: list[str], words: str) -> int:
    """How many of the texts have these words."""
    return sum(words in text for text in texts)


async def asks(person: Person, case: Case, button: str, words: str) -> None:
    """On the other page of the card, with words."""
    await person.presses("更多", message=await person.message_with(case.number))
    await person.presses(button)
    await person.sends(words, reply_to=(await person.messages())[-1]["message_id"])


async def shelves(town: Town, case: Case, day: int = 0) -> None:
    """挂账 of a case in hand, proposed by its unit: looked at again on one of the days that are offered."""
    await asks(town.community_group, case, "建议挂账", "灯杆停产，等区里统一更换")
    centre = town.centre_group
    assert await centre.sees("新茂社区建议挂账：灯杆停产，等区里统一更换")
    await centre.presses("同意，挂账")
    days = await centre.message_with("挂账到哪天再看")
    await centre.presses(buttons_on(days)[day], message=days)
    await centre.presses("孙桂芳")
    await centre.sends(
        "这批灯杆停产了，区里统一更换，换好前先装临时灯。", reply_to=(await centre.messages())[-1]["message_id"]
    )
