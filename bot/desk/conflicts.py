"""Setting and lifting 回避, by a dispatcher's tap. Who is blocked is looked up in bot/desk/blocked.py."""

from dataclasses import replace

from bot.cases.actions import Action, Role
from bot.cases.case import Case
from bot.cases.conflicts import Named
from bot.cases.errors import NotOpen, Refusal
from bot.cases.flags import is_running
from bot.cases.lifecycle import MOVES
from bot.desk import accused, dealing, flagging, routing, showing, withdrawing
from bot.desk.accused import Known
from bot.desk.blocked import is_blocked, kept_out
from bot.desk.desk import Desk
from bot.desk.moves import act
from bot.outbox.letters import Kind, Letter
from storage import cards, conflicts, grid, members, units
from storage.units import Unit


async def known(desk: Desk, case_id: int) -> tuple[Case, list[Known]]:
    """A case and who is or may be complained of in it, for a dispatcher. Raises NotFound."""
    case = await dealing.case_for_dispatcher(desk, case_id)
    return case, await accused.of_case(desk, case)


async def choices(desk: Desk, case: Case) -> list[Unit]:
    """The units that may be meant: the one that has it first, then those of its place, then all others."""
    every = await units.all_units(desk.tx)
    around = await grid.around(desk.tx, case.node_id)
    return sorted(every, key=lambda one: (one.id != case.unit_id, one.node_id not in around, one.code))


async def staff(desk: Desk, unit_id: int) -> tuple[str, list[tuple[int, str]]]:
    """The name of a unit, and its people who may be meant: number and name. Raises NotOpen for no such unit."""
    unit = await units.by_id(desk.tx, unit_id)
    if unit is None:
        raise NotOpen
    roles = {"responder", "dispatcher", "grid_member", "admin"}
    listed = await members.for_unit(desk.tx, unit_id, roles, ("active", "invited", "suspended"), desk.now(), 60)
    return unit.name, [(one.id, one.name) for one, _ in listed]


async def block_unit(desk: Desk, case_id: int, unit_id: int) -> Case:
    """回避 of a whole unit. Raises NotFound, NotOpen for no such unit."""
    unit = await units.by_id(desk.tx, unit_id)
    if unit is None:
        raise NotOpen
    return await _block(desk, case_id, Named(unit.id, None, None, unit.name))


async def block_member(desk: Desk, case_id: int, member_id: int) -> Case:
    """回避 of somebody of the register."""
    member = await members.by_id(desk.tx, member_id)
    if member is None:
        raise NotOpen
    return await _block(desk, case_id, Named(None, member.id, member.person_id, member.name))


async def _block(desk: Desk, case_id: int, named: Named) -> Case:
    case, role = await dealing.case_for(desk, case_id, Action.BLOCK)
    before = await conflicts.of_case(desk.tx, case.id)
    same = next((one for one in before if (one.unit_id, one.member_id) == (named.unit_id, named.member_id)), None)
    if same is not None and same.state == "set":
        return case
    by = dealing.who_acts(desk)
    if same is not None and same.state == "suggested":
        await conflicts.change(desk.tx, same.id, ("suggested",), state="set", by_id=by, at=desk.now())
    else:
        row = {"unit_id": named.unit_id, "member_id": named.member_id, "person_id": named.person_id}
        await conflicts.add(desk.tx, [{"case_id": case.id, **row, "state": "set", "by_id": by, "at": desk.now()}])
    after = await flagging.raise_flag(desk, case, Action.BLOCK, role, named.name)
    return await take_away(desk, after, role)


async def take_away(desk: Desk, case: Case, role: Role) -> Case:
    """Whoever is blocked now has the case no more: what they were shown is taken back, a level above gets it."""
    for place, to in await cards.places(desk.tx, case.id):
        key = f"{place} {case.id} {to} {case.version} blocked"
        desk.owe(Letter(key=key, kind=Kind(place), to=to, case_id=case.id, facts={"verdict": None}))
    after = await _sent_above(desk, case, role)
    if after.unit_id is not None and after.version == case.version and is_running(after):
        await showing.show_to_unit(desk, after)
    await accused.tell_if_nobody(desk, after)
    await showing.show_to_centre(desk, after)
    await withdrawing.take_back(desk, after)
    return after


async def _sent_above(desk: Desk, case: Case, role: Role) -> Case:
    """The case at a unit that may have it, where its status can still be changed; else it stays the dispatchers'."""
    if case.handler_id is not None and await is_blocked(desk, case, case.handler_id):
        case = await _out_of_hand(desk, case)
    if case.unit_id is None or case.unit_id not in await kept_out(desk, case):
        return case
    above = await routing.unit_above(desk, case)
    if above is None or (case.status, Action.REASSIGN) not in MOVES:
        return case
    try:
        return await act(desk, case, Action.REASSIGN, role, actor_id=dealing.who_acts(desk), to_id=above.id)
    except Refusal:
        return case  # a town's dispatcher may not send what is the district's: its dispatchers have the card


async def _out_of_hand(desk: Desk, case: Case) -> Case:
    """Whoever had it has it no more; the unit signs anew where it still can."""
    if (case.status, Action.HAND_BACK) in MOVES:
        return await act(desk, case, Action.HAND_BACK, Role.SYSTEM)
    return await flagging.raise_flag(desk, case, Action.HAND_OVER, Role.SYSTEM)


async def dismiss(desk: Desk, case_id: int, number: int) -> Case:
    """Somebody was only named, not complained of. Raises NotFound, NotOpen."""
    case, _ = await dealing.case_for(desk, case_id, Action.BLOCK)
    held = [one for one in await conflicts.of_case(desk.tx, case.id) if one.id == number]
    by = {"ended_by": dealing.who_acts(desk), "ended_at": desk.now()}
    if not held or not await conflicts.change(desk.tx, number, ("suggested",), state="refused", **by):
        raise NotOpen
    await showing.refresh_cards(desk, case, f" dismissed {number}")
    return case


async def lift(desk: Desk, case_id: int, words: str, about: str) -> Case:
    """解除回避 by the district, with the reason. Raises NotFound, NotOpen."""
    case, role = await dealing.case_for(desk, case_id, Action.LIFT)
    number = int(about) if about.isdecimal() else 0
    found = next((one for one in await accused.of_case(desk, case) if one.conflict.id == number), None)
    by = {"ended_by": dealing.who_acts(desk), "ended_at": desk.now(), "note": words}
    if found is None or not await conflicts.change(desk.tx, number, ("set",), state="lifted", **by):
        raise NotOpen
    still = bool(await conflicts.that_hold(desk.tx, case.id))
    reason = f"{found.name}: {words}"
    after = await flagging.raise_flag(
        desk, case, Action.LIFT, role, reason, also=lambda after: replace(after, conflicted=still)
    )
    if is_running(after):
        await showing.show_to_unit(desk, after)
    return after
