"""Clocks that ran out: nudges, cards and escalations, and the moves the system makes by itself."""

from collections import defaultdict

from bot.cases.actions import Action, Role
from bot.cases.alarms import Alarm, Audience, Firing, Kind, overdue_now
from bot.cases.case import Case, Colour
from bot.cases.errors import Refusal
from bot.desk import routing
from bot.desk.alarms import alarm
from bot.desk.desk import Desk
from bot.desk.moves import act
from bot.outbox import letters
from bot.outbox.letters import Letter, person, reporter
from storage import cases, clocks, people, reporters, units
from storage.clocks import Due

BATCH = 200
MOVES = {
    Kind.SILENT: Action.LAPSE,
    Kind.NO_ANSWER: Action.LAPSE,
    Kind.NO_OBJECTION: Action.LAPSE,
    Kind.REVIEW: Action.LAPSE,
    Kind.ARCHIVE: Action.ARCHIVE,
}


async def ring(desk: Desk) -> int:
    """Fire every clock that ran out. A second run fires nothing twice; returns how many were fired."""
    due = await clocks.due(desk.tx, desk.now(), BATCH)
    by_case: defaultdict[int, list[Due]] = defaultdict(list)
    for one in due:
        by_case[one.case_id].append(one)
    known = await cases.by_ids(desk.tx, by_case) if by_case else {}
    for case_id, waiting in by_case.items():
        for one in waiting:
            await clocks.fire(desk.tx, one.id, desk.now())
        await _fire(desk, known[case_id], waiting)
    return len(due)


async def _fire(desk: Desk, case: Case, waiting: list[Due]) -> None:
    ringing = [Alarm(Kind(one.kind), one.at, one.step, Audience(one.audience)) for one in waiting]
    for firing in overdue_now(ringing, desk.now()):
        if firing.says.kind in MOVES:
            await _move(desk, case, MOVES[firing.says.kind])
            return
        await _say(desk, case, firing)


async def _move(desk: Desk, case: Case, action: Action) -> None:
    try:
        await act(desk, case, action, Role.SYSTEM)
    except Refusal:
        return  # somebody moved the case in the same moment; its new state has its own clocks
    ended = await cases.by_id(desk.tx, case.id)
    if ended and ended.ended:
        await _let_go(desk, ended)


async def _let_go(desk: Desk, case: Case) -> None:
    """A reporter who refused consent is forgotten when the case ends."""
    who = await reporters.person_behind(desk.tx, desk.office.seals.vault, case.reporter)
    known = (await people.known(desk.tx, [who])).get(who) if who is not None else None
    if known and known.consent is False:
        await reporters.forget(desk.tx, case.reporter)


async def _say(desk: Desk, case: Case, firing: Firing) -> None:
    kind, step = firing.says.kind, firing.says.step
    told: list[str] = []
    for audience in firing.to:
        if audience is Audience.ADMINS:
            await alarm(desk, f"{kind} {case.id} {step}", "unsigned_red", number=case.number)
        else:
            told += await audience_of(desk, case, audience)
    what = letters.Kind.ASK_RATING if kind is Kind.ASK_RATING else letters.Kind.NUDGE
    for to in dict.fromkeys(told):
        desk.owe(
            Letter(
                key=f"{kind} {case.id} {step} {firing.says.at:%y%m%d%H%M%S} {to}",
                kind=what,
                to=to,
                case_id=case.id,
                lane=routing.lane(case),
                facts={"kind": kind.value},
                only_while=(case.status,),
            )
        )
    if not told and Audience.ADMINS not in firing.to:
        await alarm(desk, f"nobody {case.id} {kind} {step}", "nobody", number=case.number)


async def audience_of(desk: Desk, case: Case, audience: Audience) -> list[str]:
    """Addresses of an audience; whoever is missing is replaced by the next above, in the end by the dispatchers."""
    if audience is Audience.REPORTER:
        return [reporter(case.reporter)]
    if audience in {Audience.CENTRE, Audience.OVERSIGHT}:
        return await routing.dispatchers(desk, case)
    if audience is Audience.ALL_DISPATCHERS:
        on_duty = await people.with_role(desk.tx, "dispatcher", desk.now())
        return [person(one) for one in dict.fromkeys(duty.person_id for duty in on_duty)]
    if audience is Audience.PARENT:
        return await _parent(desk, case)
    return await _unit(desk, case, audience)


RANKS = {Audience.DUTY: 0, Audience.DEPUTY: 1, Audience.LEADER: 2}


async def _unit(desk: Desk, case: Case, audience: Audience) -> list[str]:
    """Red and private reminders go to the person; others to the group, which reads them anyway."""
    if case.unit_id is None:
        return await routing.dispatchers(desk, case)
    if audience is Audience.UNIT_AND_CENTRE:
        return [*await routing.unit_addresses(desk, case), *await routing.dispatchers(desk, case)]
    rank = RANKS[audience]
    of_rank = [person(one) for one in await routing.reachable(desk, await routing.of_unit(desk, case.unit_id, rank))]
    group = await routing.unit_addresses(desk, case) if rank == 0 and case.colour is not Colour.RED else []
    return group or of_rank or await routing.unit_addresses(desk, case)


async def _parent(desk: Desk, case: Case) -> list[str]:
    unit = await units.by_id(desk.tx, case.unit_id) if case.unit_id is not None else None
    if unit is None or unit.parent_id is None:
        return await routing.dispatchers(desk, case)
    leaders = await routing.reachable(desk, await routing.of_unit(desk, unit.parent_id, 2))
    return [person(one) for one in leaders] or await routing.dispatchers(desk, case)
