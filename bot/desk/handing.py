"""Hand-over: all open cases of whoever leaves a unit go to a colleague, or back to the unit. Both are told."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cases.actions import Action, Role
from bot.cases.case import Case
from bot.cases.errors import NotOpen, NotYours, Refusal
from bot.cases.flags import OWNED
from bot.cases.lifecycle import MOVES
from bot.desk import flagging, routing, showing
from bot.desk.blocked import is_blocked
from bot.desk.desk import Desk
from bot.desk.moves import act
from bot.desk.rights import LEADER, is_admin
from bot.outbox.letters import Kind, Letter, person
from storage import handing, people

MOST = 500
"""Cases in one hand-over."""

SHOWN = 10
"""So many cards are shown to a colleague at once; the others are listed by number."""


@dataclass(frozen=True, slots=True)
class Giver:
    """Somebody with open cases in a unit. `left`: they have no duty in it any more."""

    person_id: int
    unit_id: int
    name: str
    unit: str
    count: int
    left: bool


async def givers(desk: Desk, words: str = "") -> list[Giver]:
    """Whose cases whoever acts may hand over: a leader those of the own units, an admin all; those who left first.

    With `words` those whose name has them. Raises NotYours for everybody else.
    """
    led = await _led(desk)
    found = [
        Giver(one.person_id, one.unit_id, one.name or "", one.unit, one.count, one.left)
        for one in await handing.holders(desk.tx, desk.now(), led)
        if words in (one.name or "")
    ]
    return sorted(found, key=lambda one: (not one.left, one.unit, one.name))


async def _led(desk: Desk) -> set[int] | None:
    """The units whoever acts leads; None for an admin: all. Raises NotYours without any."""
    if desk.person is None:
        raise NotYours
    if await is_admin(desk, desk.person.id):
        return None
    duties = await people.duties_of(desk.tx, desk.person.id, desk.now())
    led = {one.unit_id for one in duties if one.role == "responder" and one.rank == LEADER and one.unit_id is not None}
    if not led:
        raise NotYours
    return led


async def giver(desk: Desk, unit_id: int, person_id: int) -> Giver:
    """One of them. Raises NotYours, NotOpen when they have nothing in hand there."""
    found = next((one for one in await givers(desk) if (one.person_id, one.unit_id) == (person_id, unit_id)), None)
    if found is None:
        raise NotOpen
    return found


async def colleagues(desk: Desk, unit_id: int, person_id: int) -> list[tuple[int, str]]:
    """Who of the unit may take them: number and name."""
    others = [one for one in await routing.of_unit(desk, unit_id) if one != person_id]
    names = await people.names(desk.tx, others)
    return [(one, names[one]) for one in others if one in names]


async def hand_over(desk: Desk, unit_id: int, person_id: int, to_id: int | None) -> tuple[Giver, int]:
    """Give everything somebody has in hand there to a colleague, or (None) back to the unit. How many there were.

    Raises NotYours for whoever neither leads the unit nor looks after the installation, NotOpen for no colleague.
    """
    found = await giver(desk, unit_id, person_id)
    return found, await give(desk, found, to_id)


async def give(desk: Desk, giver: Giver, to_id: int | None) -> int:
    """The same for the console, which nobody has to be asked about."""
    if to_id is not None and to_id not in [one for one, _ in await colleagues(desk, giver.unit_id, giver.person_id)]:
        raise NotOpen
    said = await _said(desk, giver, to_id)
    held = await handing.held_in(desk.tx, giver.person_id, giver.unit_id, MOST)
    handed = [after for case in held if (after := await _one(desk, case, to_id, said)) is not None]
    await _tell(desk, giver, to_id, handed)
    return len(handed)


async def _said(desk: Desk, giver: Giver, to_id: int | None) -> str:
    """What stands in the history: from whom to whom."""
    ids = [giver.person_id, *([to_id] if to_id is not None else [])]
    names = await people.names(desk.tx, ids)
    taker = giver.unit if to_id is None else names.get(to_id, "")
    return f"{names.get(giver.person_id, '')} → {taker}"


async def _one(desk: Desk, case: Case, to_id: int | None, said: str) -> Case | None:
    """One case in its new hands; to whom it complains of it never goes, but back to the unit."""
    by = desk.person.id if desk.person else None
    takes = to_id if to_id is not None and not await is_blocked(desk, case, to_id) else None
    try:
        if takes is None and (case.status, Action.HAND_BACK) in MOVES:
            return await act(desk, case, Action.HAND_BACK, Role.SYSTEM, actor_id=by, note=said)
        if case.status not in OWNED:
            return None
        return await flagging.raise_flag(desk, case, Action.HAND_OVER, Role.SYSTEM, said, to_id=takes, by_id=by)
    except Refusal:
        return None  # somebody moved it in the same moment


async def _tell(desk: Desk, giver: Giver, to_id: int | None, handed: Sequence[Case]) -> None:
    if not handed:
        return
    facts = {"cases": [case.id for case in handed], "giver": giver.person_id, "taker": to_id}
    readers = [(person(giver.person_id), "giver")]
    if to_id is not None:
        readers.append((person(to_id), "taker"))
        for case in [one for one in handed if one.handler_id == to_id][:SHOWN]:
            await showing.show_again(desk, case, person(to_id), f"handed {case.version}")
    for to, reader in readers:
        key = f"handed over {giver.person_id} {giver.unit_id} {to_id} {desk.now():%y%m%d%H%M%S} {to}"
        desk.owe(Letter(key=key, kind=Kind.HANDED_OVER, to=to, facts={**facts, "reader": reader}))
