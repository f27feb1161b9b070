"""值班表: the week plan of a unit, who is away, swaps by consent; who is on duty, and where nobody is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.cases.errors import ChangedMeanwhile, NotOpen, NotYours
from bot.cases.roster import Plan, Shift, Swap, Turn, turns
from bot.cases.worktime import SHANGHAI
from bot.desk import onduty, routing
from bot.desk.desk import Desk
from bot.desk.rights import LEADER, is_admin
from bot.outbox.letters import Kind, Letter, person
from storage import members, people, roster, units
from storage.members import Member
from storage.units import Unit

AHEAD = 31
"""Days of the plan that are shown."""

SWAPPED = 14
"""Days ahead in which shifts can be swapped."""

LONGEST_ABSENCE = timedelta(days=92)
MOST_SHIFTS = 200
EMPTY = Plan(())


@dataclass(frozen=True, slots=True)
class Roster:
    """The plan of a unit with the names in it; `changes`: whether whoever acts may change it."""

    unit: Unit
    plan: Plan
    names: dict[int, str]
    changes: bool


async def mine(desk: Desk) -> list[Unit]:
    """The units whoever acts works in."""
    if desk.person is None:
        raise NotYours
    duties = await people.duties_of(desk.tx, desk.person.id, desk.now())
    ids = dict.fromkeys(one.unit_id for one in duties if one.role == "responder" and one.unit_id is not None)
    found = [await units.by_id(desk.tx, one) for one in ids]
    return [one for one in found if one is not None]


async def may_change(desk: Desk, unit_id: int) -> bool:
    """Whether whoever acts may change the plan of a unit: admins, and its leader."""
    if desk.person is None:
        return False
    if await is_admin(desk, desk.person.id):
        return True
    duties = await people.duties_of(desk.tx, desk.person.id, desk.now())
    return any(one.role == "responder" and one.rank == LEADER and one.unit_id == unit_id for one in duties)


async def of_unit(desk: Desk, unit_id: int) -> Roster:
    """The roster of a unit, for its people and admins. Raises NotYours, NotOpen."""
    changes = await may_change(desk, unit_id)
    unit = await units.by_id(desk.tx, unit_id)
    if unit is None:
        raise NotOpen
    if not changes and unit_id not in [one.id for one in await mine(desk)]:
        raise NotYours
    plan = await _plan(desk, unit_id)
    return Roster(unit, plan, await _names(desk, plan), changes)


async def _plan(desk: Desk, unit_id: int) -> Plan:
    since = desk.now() - timedelta(days=2)
    return await roster.plan_of(desk.tx, unit_id, since, desk.now() + timedelta(days=AHEAD + 2)) or EMPTY


async def _names(desk: Desk, plan: Plan) -> dict[int, str]:
    ids = {one.member_id for one in plan.shifts}
    ids |= {one for away in plan.absences for one in (away.member_id, away.substitute_id or 0)}
    ids |= {one for swap in plan.swaps for one in (swap.member_id, swap.other_id)}
    return await roster.names(desk.tx, ids)


async def must_change(desk: Desk, unit_id: int) -> Roster:
    """The same for whoever may change it. Raises NotYours, NotOpen."""
    found = await of_unit(desk, unit_id)
    if not found.changes:
        raise NotYours
    return found


def today(desk: Desk) -> date:
    """The local day."""
    return desk.now().astimezone(SHANGHAI).date()


def ahead(desk: Desk, found: Roster, days: int) -> list[Turn]:
    """The turns that are not over yet, from today on."""
    first = today(desk)
    return [one for one in turns(found.plan, first - timedelta(days=1), days + 1) if one.end > desk.now()]


def local_day(moment: datetime) -> date:
    """The local day of a moment."""
    return moment.astimezone(SHANGHAI).date()


async def named_now(desk: Desk, unit_id: int) -> list[str]:
    """The names of those who are on duty now, by plan or rank."""
    found = await onduty.of_unit(desk, unit_id)
    names = await people.names(desk.tx, found)
    return [names[one] for one in found if one in names]


async def own_turns(desk: Desk, found: Roster) -> list[Turn]:
    """The turns of whoever acts in the next two weeks."""
    line = await members.of_person(desk.tx, desk.person.id) if desk.person else None
    return [one for one in ahead(desk, found, SWAPPED) if line is not None and one.member_id == line.id]


async def staff(desk: Desk, unit_id: int) -> list[Member]:
    """The people of a unit, who may be put into its plan."""
    listed = await members.for_unit(desk.tx, unit_id, {"responder"}, ("active", "invited"), desk.now(), 60)
    return [one for one, _ in listed]


async def me(desk: Desk) -> int:
    """The line of whoever acts in the register. Raises NotYours without one."""
    found = await members.of_person(desk.tx, desk.person.id) if desk.person else None
    if found is None:
        raise NotYours
    return found.id


async def add(desk: Desk, unit_id: int, weekdays: Collection[int], hours: tuple[int, int], member_id: int) -> None:
    """Put somebody of the unit into a shift of these weekdays. Twice is once. Raises NotYours, NotOpen."""
    found = await must_change(desk, unit_id)
    if member_id not in [one.id for one in await staff(desk, unit_id)] or hours[0] == hours[1]:
        raise NotOpen
    known = {(one.weekday, one.begins, one.member_id) for one in found.plan.shifts}
    new = [day for day in sorted(weekdays) if (day, hours[0], member_id) not in known]
    if len(found.plan.shifts) + len(new) > MOST_SHIFTS:
        raise NotOpen
    row = {"unit_id": unit_id, "begins": hours[0], "ends": hours[1], "member_id": member_id}
    await roster.add_shifts(desk.tx, [{**row, "weekday": day} for day in new])


async def take_out(desk: Desk, unit_id: int, shift_id: int) -> None:
    """Take a line out of the week plan. Raises NotYours, ChangedMeanwhile."""
    await must_change(desk, unit_id)
    if not await roster.take_shift(desk.tx, unit_id, shift_id):
        raise ChangedMeanwhile


async def away(desk: Desk, unit_id: int, member_id: int, days: tuple[date, date], substitute_id: int | None) -> None:
    """Somebody is away from a day to another (both belong to it); the substitute has the shifts. Raises NotOpen."""
    await must_change(desk, unit_id)
    here = [one.id for one in await staff(desk, unit_id)]
    since = datetime.combine(days[0], datetime.min.time(), SHANGHAI)
    until = datetime.combine(days[1] + timedelta(days=1), datetime.min.time(), SHANGHAI)
    long = not timedelta() < until - since <= LONGEST_ABSENCE
    if member_id not in here or (substitute_id is not None and substitute_id not in here) or long:
        raise NotOpen
    if substitute_id == member_id or until <= desk.now():
        raise NotOpen
    row = {"unit_id": unit_id, "member_id": member_id, "substitute_id": substitute_id}
    await roster.add_absences(desk.tx, [{**row, "since": since, "until": until}])


async def back(desk: Desk, unit_id: int, absence_id: int) -> None:
    """Somebody is back earlier, or does not go at all. Raises NotYours, ChangedMeanwhile."""
    await must_change(desk, unit_id)
    if not await roster.take_absence(desk.tx, unit_id, absence_id):
        raise ChangedMeanwhile


async def swappable(desk: Desk, found: Roster) -> tuple[list[Turn], list[Turn]]:
    """The own turns that have not begun, and those of colleagues; only whole shifts are swapped."""
    own = await me(desk)
    whole = [one for one in ahead(desk, found, SWAPPED) if one.begin > desk.now() and _is_whole(one)]
    return [one for one in whole if one.member_id == own], [
        one for one in whole if one.member_id not in (own, None) and not one.swapped
    ]


def _is_whole(turn: Turn) -> bool:
    """Not shared with a substitute, and not swapped before: such a swap is asked of whoever has it by the week plan."""
    return turn.member_id == turn.shift.member_id and not turn.swapped


async def ask_swap(desk: Desk, unit_id: int, own: tuple[date, int], other: tuple[date, int, int]) -> None:
    """Ask a colleague to swap shifts: (day, begin) for (day, begin, member). Raises NotOpen for what is not there."""
    found = await of_unit(desk, unit_id)
    mine_, theirs = await swappable(desk, found)
    known = {(one.day, one.shift.begins) for one in mine_}
    if own not in known or other not in {(one.day, one.shift.begins, one.member_id) for one in theirs}:
        raise NotOpen
    swap = Swap(await me(desk), own[0], own[1], other[2], other[0], other[1])
    (reader,) = await roster.people_of(desk.tx, [swap.other_id]) or [None]
    if reader is None:
        raise NotOpen
    number = await roster.ask_swap(desk.tx, unit_id, swap, desk.now())
    facts = {"swap": number}
    desk.owe(Letter(key=f"swap {number}", kind=Kind.SWAP_ASKED, to=person(reader), facts=facts))


async def answer_swap(desk: Desk, number: int, *, yes: bool) -> None:
    """Agree or not, by the one who was asked. Raises NotYours, NotOpen when it is answered or not possible any more."""
    asked = await roster.swap_asked(desk.tx, number)
    if asked is None or asked.state != "asked":
        raise NotOpen
    if await me(desk) != asked.swap.other_id:
        raise NotYours
    if yes:
        await _must_still_be(desk, asked)
    if not await roster.answer_swap(desk.tx, number, "agreed" if yes else "refused"):
        raise NotOpen
    for one in await roster.people_of(desk.tx, [asked.swap.member_id]):
        key = f"swap {number} answered"
        desk.owe(Letter(key=key, kind=Kind.SWAP_ANSWERED, to=person(one), facts={"swap": number}))


async def _must_still_be(desk: Desk, asked: roster.Asked) -> None:
    """Both shifts are still theirs and have not begun. Raises NotOpen."""
    swap, plan = asked.swap, await _plan(desk, asked.unit_id)
    first = today(desk) - timedelta(days=1)
    there = {
        (one.day, one.shift.begins, one.member_id)
        for one in turns(plan, first, SWAPPED + 2)
        if one.begin > desk.now() and _is_whole(one)
    }
    wanted = {(swap.day, swap.begins, swap.member_id), (swap.other_day, swap.other_begins, swap.other_id)}
    if not wanted <= there:
        raise NotOpen


async def tell_gaps(desk: Desk, unit_id: int) -> bool:
    """Tell the leader of a unit of the gaps in its plan, once a day; without one the deputies. False: no gaps."""
    found = await onduty.gaps_of(desk.tx, desk.office.calendar, unit_id, desk.now())
    if not found:
        return False
    readers = await routing.privately(desk, unit_id, LEADER) or await routing.privately(desk, unit_id, 1)
    facts = {"unit": unit_id, "gaps": [(begin.isoformat(), end.isoformat()) for begin, end in found]}
    for to in readers or await routing.privately(desk, unit_id):
        key = f"gaps {unit_id} {today(desk):%y%m%d} {to}"
        desk.owe(Letter(key=key, kind=Kind.GAPS, to=to, facts=facts))
    return True


def of_weekday(plan: Plan, weekday: int) -> Sequence[Shift]:
    """The shifts of a weekday."""
    return [one for one in plan.shifts if one.weekday == weekday]
