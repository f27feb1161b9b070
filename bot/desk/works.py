"""停水停电施工: a unit or the centre announces planned works to those who follow the place."""

from bot.cases.broadcast import RESIDENTS, TEXT_MOST, Audience, is_public_warning, needs_second, title_of
from bot.cases.errors import NoteRequired, NotOpen, NotYours
from bot.cases.topics import Topic
from bot.cases.works import day_word, lacks
from bot.desk import broadcasting
from bot.desk.desk import Desk
from bot.desk.rights import is_admin
from bot.texts.language import ZONE
from bot.texts.language import units as length
from storage import audiences, people, units
from storage.broadcasts import Broadcast
from storage.grid import Node

ANNOUNCERS = frozenset({"responder", "dispatcher"})


async def roots(desk: Desk) -> list[int] | None:
    """The places at and below which whoever acts may announce; None: anywhere. Raises NotYours."""
    if desk.person is None:
        raise NotYours
    if await is_admin(desk, desk.person.id):
        return None
    duties = await people.duties_of(desk.tx, desk.person.id, desk.now())
    found = [await _place_of(desk, duty.unit_id) for duty in duties if duty.role in ANNOUNCERS]
    if not found:
        raise NotYours
    known = [one for one in found if one is not None]
    return None if len(known) < len(found) else list(dict.fromkeys(known))


async def _place_of(desk: Desk, unit_id: int | None) -> int | None:
    unit = await units.by_id(desk.tx, unit_id) if unit_id is not None else None
    return unit.node_id if unit else None


async def place(desk: Desk, node_id: int) -> Node:
    """A place where whoever acts may announce. Raises NotYours, NotOpen."""
    mine, path = await roots(desk), await desk.office.places.valid(desk.tx, node_id)
    if not path:
        raise NotOpen
    if mine is not None and not {one.id for one in path} & set(mine):
        raise NotYours
    return path[-1]


def audience(at: Node) -> Audience:
    """Who follows the place and wants to hear of works."""
    return Audience(role=RESIDENTS, path=at.path, topic=Topic.WORKS.value)


async def reach(desk: Desk, at: Node) -> int:
    """How many would get it."""
    return (await audiences.count(desk.tx, audience(at), desk.now()))[1]


async def misdated(desk: Desk, at: Node, words: str) -> str:
    """The word that would name a wrong day to those who read it: 明天, where it may leave only on another day.

    That is where people sleep until then, or somebody else must agree first. Empty where there is none.
    """
    now = desk.now()
    leaves = desk.office.calendar.after_quiet(now)
    today = leaves.astimezone(ZONE).date() == now.astimezone(ZONE).date()
    return "" if today and not needs_second(await reach(desk, at)) else day_word(words)


def may_leave(words: str) -> bool:
    """Whether an announcement tells all it must, and is no public warning."""
    return not lacks(words) and not is_public_warning(words) and length(words) <= TEXT_MOST // 2


async def announce(desk: Desk, draft: str, node_id: int, words: str, said: str) -> Broadcast:
    """Send `said`, made of the words. Safe to repeat by the draft. Raises what place raises, and broadcasts do."""
    at = await place(desk, node_id)
    if not may_leave(words):
        raise NoteRequired
    assert desk.person is not None
    content = {"kind": "text", "text": said}
    return await broadcasting.put_up(
        desk, desk.person.id, draft, audience(at), content, title_of(words), receipt=False, urgent=False, at=None
    )
