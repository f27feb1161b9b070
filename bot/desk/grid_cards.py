"""/grid: finding a place, its card with all that is known of it, and correcting what stands on it."""

from dataclasses import dataclass
from typing import Any

from bot.cases.errors import CannotRedraw, NotOpen, NotYours
from bot.cases.grid_file import MOST, READERS, Odd
from bot.cases.redrawing import NOTHING, Line, several
from bot.cases.register import OF_PLACE
from bot.desk.desk import Desk
from bot.desk.resettling import now_at
from bot.desk.rights import acts_as_admin, is_admin, is_dispatcher
from bot.outbox.letters import Kind, Lane, Letter, person
from storage import people, redrawing, resettling
from storage.redrawing import Place, Redrawing
from storage.resettling import Held

LEAF = 5
PAGE = 12
HITS = 20
CROWDED, TOO_CROWDED = 35, 50
"""Households of one building group: above these its head cannot know everybody."""

CORRECTED = ("name", "aliases", "addresses", "households", "party_group")
"""The fields that are corrected by words."""


@dataclass(frozen=True, slots=True)
class Card:
    """A place as its card shows it. `now` is what it has become, if it is no more; `may_change`: by whoever looks."""

    place: Place
    path: list[Place]
    now: list[Place]
    held: list[Held]
    open_cases: int
    below: int
    history: list[tuple[Redrawing, Line]]
    may_change: bool


async def find(desk: Desk, words: str) -> list[Place]:
    """The place with this very code, also one that is no more; else by a part of code or name. Raises NotYours."""
    await _must_look(desk)
    exact = (await redrawing.by_codes(desk.tx, [words.upper(), words])).values()
    found = list(exact) or await redrawing.search(desk.tx, words, HITS + 1)
    return [one for one in found if await _may_see(desk, one)]


async def tops(desk: Desk) -> list[Place]:
    """Where to begin: the district for admins and dispatchers, for others the places they are for. Raises NotYours."""
    if desk.person is not None and (await _sees_all(desk)):
        return await redrawing.top(desk.tx)
    mine = (await redrawing.by_ids(desk.tx, await _own(desk))).values()
    if not mine:
        raise NotYours
    return sorted(mine, key=lambda one: one.code)


async def below(desk: Desk, node_id: int) -> tuple[Place, list[Place]]:
    """A place and those right below it. Raises NotYours, NotOpen."""
    place = await _seen(desk, node_id)
    return place, await redrawing.below(desk.tx, [node_id])


async def card(desk: Desk, node_id: int) -> Card:
    """All that is known of a place. Raises NotYours, NotOpen."""
    place = await _seen(desk, node_id)
    way = [int(part) for part in place.path.split("/") if part]
    known = await redrawing.by_ids(desk.tx, way)
    return Card(
        place=place,
        path=[known[one] for one in way],
        now=[] if place.valid_to is None else await now_at(desk, place.id),
        held=await resettling.held_at(desk.tx, [place.id], desk.now()),
        open_cases=await resettling.count_open(desk.tx, place.path),
        below=await redrawing.count_below(desk.tx, place.path),
        history=await redrawing.of_place(desk.tx, place.id),
        may_change=place.valid_to is None and await acts_as_admin(desk),
    )


async def correct(desk: Desk, node_id: int, field: str, words: str) -> None:
    """Write one field of a valid place anew. Raises NotYours, NotOpen, CannotRedraw when the words make no sense."""
    place = await must_change(desk, node_id)
    if field not in CORRECTED:
        raise NotOpen
    await redrawing.change(desk.tx, place.id, **{field: _read(field, words.strip())})


async def must_change(desk: Desk, node_id: int) -> Place:
    """A valid place, for an admin. Raises NotYours, NotOpen."""
    if not await acts_as_admin(desk):
        raise NotYours
    place = await _seen(desk, node_id)
    if place.valid_to is not None:
        raise NotOpen
    return place


async def beside(desk: Desk, place: Place) -> list[Place]:
    """The valid places that stand below the same one."""
    if place.parent_id is None:
        return []
    return [one for one in await redrawing.below(desk.tx, [place.parent_id]) if one.id != place.id]


async def send_code(desk: Desk, node_id: int, pressed: str) -> None:
    """Owe the picture of the link to a place, to whoever acts. Raises NotYours, NotOpen."""
    place = await _seen(desk, node_id)
    if place.valid_to is not None or desk.person is None:
        raise NotOpen
    facts = {"place": place.id}
    desk.owe(Letter(key=f"place {pressed}", kind=Kind.QR, to=person(desk.person.id), lane=Lane.URGENT, facts=facts))


async def _must_look(desk: Desk) -> None:
    if desk.person is None or not (await _sees_all(desk) or await _own(desk)):
        raise NotYours


async def _sees_all(desk: Desk) -> bool:
    assert desk.person is not None
    return await is_admin(desk, desk.person.id) or await is_dispatcher(desk, desk.person.id)


async def _own(desk: Desk) -> list[int]:
    """The places whoever acts is for."""
    if desk.person is None:
        return []
    duties = await people.duties_of(desk.tx, desk.person.id, desk.now())
    looking = OF_PLACE - {"whistleblower"}
    return [one.node_id for one in duties if one.role in looking and one.node_id is not None]


async def _may_see(desk: Desk, place: Place) -> bool:
    if await _sees_all(desk):
        return True
    around = {int(part) for part in place.path.split("/") if part}
    return bool(around & set(await _own(desk)))


async def _seen(desk: Desk, node_id: int) -> Place:
    await _must_look(desk)
    place = (await redrawing.by_ids(desk.tx, [node_id])).get(node_id)
    if place is None:
        raise NotOpen
    if not await _may_see(desk, place):
        raise NotYours
    return place


def _read(field: str, words: str) -> Any:
    """What somebody wrote for a field, read as a file of the grid is; a word for nothing empties what may be empty."""
    if field == "name":
        given = words
    elif words in NOTHING:
        given = ""
    else:
        given = "；".join(several(words)) if field in MOST else words
    try:
        return READERS[field](given)
    except Odd as odd:
        what = "households_wrong" if odd.what == "number_wrong" else "too_long"
        raise CannotRedraw(what=what, value=odd.value[:20]) from None
