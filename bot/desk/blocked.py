"""回避: whoever is complained of in a case, and everybody of such a unit. Asked wherever a case is shown or told."""

from collections.abc import Iterable

from bot.cases.case import Case
from bot.cases.conflicts import below
from bot.desk import onduty
from bot.desk.desk import Desk
from storage import conflicts, members, people, units
from storage.conflicts import Conflict


async def is_blocked(desk: Desk, case: Case, person_id: int) -> bool:
    """Whether somebody must know nothing of this case. Whoever reported it knows it anyway."""
    if not case.conflicted:
        return False
    held = await conflicts.that_hold(desk.tx, case.id)
    if any(one.person_id == person_id for one in held):
        return True
    members = [one.member_id for one in held if one.member_id is not None]
    if members and await conflicts.is_member(desk.tx, person_id, members):
        return True
    of_units = [one.unit_id for one in held if one.unit_id is not None]
    return bool(of_units) and await conflicts.belongs(desk.tx, person_id, of_units, desk.now())


async def not_blocked(desk: Desk, case: Case, ids: Iterable[int]) -> list[int]:
    """Those of them who may know of it."""
    return [one for one in ids if not await is_blocked(desk, case, one)]


async def kept_out(desk: Desk, case: Case) -> set[int]:
    """The units that may not have this case: those complained of, those led by somebody who is, and all below them.

    Also those where nobody else is on duty now: the case would lie with whom it complains of.
    """
    if not case.conflicted:
        return set()
    held = await conflicts.that_hold(desk.tx, case.id)
    members = [one.member_id for one in held if one.member_id is not None]
    found = {one.unit_id for one in held if one.unit_id is not None}
    found |= await conflicts.led_by(desk.tx, members, desk.now()) if members else set()
    found |= await _with_nobody_else(desk, case, held)
    above = {one.id: one.parent_id for one in await units.all_units(desk.tx)}
    return below(above, found)


async def _with_nobody_else(desk: Desk, case: Case, held: Iterable[Conflict]) -> set[int]:
    found: set[int] = set()
    for one in held:
        member = await members.by_id(desk.tx, one.member_id) if one.member_id is not None else None
        who = member.person_id if member is not None else one.person_id
        for duty in await people.duties_of(desk.tx, who, desk.now()) if who is not None else ():
            if duty.role != "responder" or duty.unit_id is None or duty.unit_id in found:
                continue
            if not await not_blocked(desk, case, await onduty.of_unit(desk, duty.unit_id)):
                found.add(duty.unit_id)
    return found


async def may_get(desk: Desk, case: Case, recipient: str) -> bool:
    """Whether a letter about it may go to an address (of a reporter that is looked up where the way back is known)."""
    if not case.conflicted:
        return True
    kind, _, number = recipient.partition(":")
    if kind == "unit":
        return False
    return kind != "person" or not await is_blocked(desk, case, int(number))
