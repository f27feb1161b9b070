"""Clocks that ran out: nudges, cards and escalations, and the moves the system makes by itself."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import structlog

from bot.cases.actions import Action, Role
from bot.cases.alarms import Alarm, Audience, Firing, Kind, overdue_now, rings_again
from bot.cases.case import Case, Colour, Status
from bot.cases.errors import Refusal
from bot.desk import merging, overseeing, pausing, routing, showing
from bot.desk.alarms import alarm
from bot.desk.desk import Desk
from bot.desk.moves import act, set_alarms
from bot.jobs.nudging import within_limit
from bot.outbox import letters
from bot.outbox.letters import Lane, Letter, person
from storage import cases, clocks, people
from storage.clocks import Due
from storage.database import STORAGE

log = structlog.get_logger()

BATCH = 200
AT_ONCE = 3
"""More reminders than this to one chat at the same time are one list."""

LIST = 12
"""Cases on one list."""

TRY_AGAIN = timedelta(minutes=10)
MOVES = {
    Kind.SILENT: Action.LAPSE,
    Kind.NO_ANSWER: Action.LAPSE,
    Kind.NO_OBJECTION: Action.LAPSE,
    Kind.REVIEW: Action.LAPSE,
    Kind.ARCHIVE: Action.ARCHIVE,
}
CARDS = {Kind.YELLOW_CARD: "yellow_at", Kind.RED_CARD: "red_at"}
RANKS = {Audience.DUTY: 0, Audience.DEPUTY: 1, Audience.LEADER: 2}
READERS = {**dict.fromkeys(RANKS, "unit"), Audience.PARENT: "parent"}
"""Who reads a reminder; everybody else is the centre."""


async def ring(desk: Desk) -> int:
    """Fire every clock that ran out. A second run fires nothing twice; returns how many were fired."""
    due = await clocks.due(desk.tx, desk.now(), BATCH)
    if not due:
        return 0
    by_case: defaultdict[int, list[Due]] = defaultdict(list)
    for one in due:
        by_case[one.case_id].append(one)
    known = await cases.by_ids(desk.tx, by_case)
    owed = len(desk.owed)
    try:
        async with desk.tx.begin_nested():
            nudges = [one for case_id, waiting in by_case.items() for one in await _fire(desk, known[case_id], waiting)]
    except STORAGE:
        raise
    except Exception:  # noqa: BLE001 - which case it was is found out one by one
        del desk.owed[owed:]
        nudges = await _one_by_one(desk, known, by_case)
    desk.owe(*await within_limit(desk, _gathered(nudges)))
    return len(due)


async def _one_by_one(desk: Desk, known: Mapping[int, Case], by_case: Mapping[int, list[Due]]) -> list[Letter]:
    """The same with a savepoint per case: one that fails holds up no other, and is tried again later."""
    nudges: list[Letter] = []
    for case_id, waiting in by_case.items():
        owed = len(desk.owed)
        try:
            async with desk.tx.begin_nested():
                nudges += await _fire(desk, known[case_id], waiting)
        except STORAGE:
            raise
        except Exception as error:  # noqa: BLE001 - one bad case must not stop the others
            del desk.owed[owed:]
            await _put_off(desk, known[case_id], waiting, type(error).__name__)
    return nudges


async def _put_off(desk: Desk, case: Case, waiting: Sequence[Due], trouble: str) -> None:
    """Ring again in a while, and tell the admins once a day."""
    log.error("clocks_of_case_failed", error=trouble)
    later = desk.now() + TRY_AGAIN
    for one in waiting:
        await clocks.fire(desk.tx, one.id, desk.now())
    again = {(one.kind, one.step): one.audience for one in waiting}
    rows = [
        {"case_id": case.id, "kind": kind, "step": step, "audience": to, "at": later}
        for (kind, step), to in again.items()
    ]
    await clocks.set_clocks(desk.tx, rows)
    key = f"clocks {case.id} {desk.now():%Y%m%d}"
    await alarm(desk, key, "clocks_failed", case.id, number=case.number, error=trouble)


async def _fire(desk: Desk, case: Case, due: Sequence[Due]) -> list[Letter]:
    waiting = [one for one in due if await clocks.fire(desk.tx, one.id, desk.now())]
    ringing = [Alarm(Kind(one.kind), one.at, one.step, Audience(one.audience)) for one in waiting]
    nudges: list[Letter] = []
    for firing in overdue_now(ringing, desk.now()):
        if firing.says.kind in MOVES:
            await _move(desk, case, MOVES[firing.says.kind])
            return []
        if again := rings_again(case, firing, desk.office.calendar, desk.now()):
            await set_alarms(desk, case, [again])
        case = await _marked(desk, case, {one.kind for one in firing.alarms})
        nudges += await _say(desk, case, firing)
    return nudges


async def _marked(desk: Desk, case: Case, rung: Collection[Kind]) -> Case:
    """黄牌 and 红牌 stay on the case and in its history until it has another promise; 督办 is set by rule."""
    given = {column: desk.now() for kind, column in CARDS.items() if kind in rung and getattr(case, column) is None}
    if given:
        after = replace(case, version=case.version + 1, **given)
        if not await cases.change(desk.tx, case, after):
            return case
        for kind in (one for one, column in CARDS.items() if column in given):
            line = {"case_id": case.id, "at": desk.now(), "action": kind.value, "role": Role.SYSTEM.value}
            await cases.record(desk.tx, [{**line, "unit_id": case.unit_id}])
        await showing.refresh_cards(desk, after)
        case = after
    if Kind.OVERSEEN in rung and case.overseen_at is None:
        case = await overseeing.by_rule(desk, case)
    return case


def _gathered(nudges: Sequence[Letter]) -> list[Letter]:
    """A chat that would get many reminders at once (at seven in the morning) gets one list. Red ones stay alone."""
    by_chat: defaultdict[str, list[Letter]] = defaultdict(list)
    alone: list[Letter] = []
    for one in nudges:
        plain = one.kind is letters.Kind.NUDGE and one.lane is Lane.NORMAL
        (by_chat[one.to] if plain else alone).append(one)
    for to, waiting in by_chat.items():
        if len(waiting) <= AT_ONCE:
            alone += waiting
        else:
            alone += [_list(to, some) for some in _by_cases(waiting)]
    return alone


def _by_cases(waiting: Sequence[Letter]) -> list[list[Letter]]:
    """As many lists as it takes; what is said of one case stands on one of them."""
    of_case: defaultdict[int | None, list[Letter]] = defaultdict(list)
    for one in waiting:
        of_case[one.case_id].append(one)
    every = list(of_case.values())
    return [[one for some in every[at : at + LIST] for one in some] for at in range(0, len(every), LIST)]


def _list(to: str, waiting: Sequence[Letter]) -> Letter:
    rows = [(one.case_id, one.only_while[0], one.facts["kind"], one.facts["for"]) for one in waiting]
    return Letter(key=f"list {waiting[0].key}", kind=letters.Kind.REMINDERS, to=to, facts={"nudges": rows})


async def _move(desk: Desk, case: Case, action: Action) -> None:
    try:
        after = await act(desk, case, action, Role.SYSTEM)
        if after.status is Status.ARCHIVED:
            await merging.archive_children(desk, after)
        if case.paused_at is not None and action is Action.LAPSE:
            await pausing.goes_on(desk, after, pausing.WAITED)
    except Refusal:
        return  # somebody moved the case in the same moment; its new state has its own clocks


async def _say(desk: Desk, case: Case, firing: Firing) -> list[Letter]:
    """The letters of one firing, each address once, as whom it concerns first."""
    kind, step = firing.says.kind, firing.says.step
    told: dict[str, str] = {}
    for audience in firing.to:
        if audience is Audience.ADMINS:
            key = f"{kind} {case.id} {firing.says.at:%y%m%d%H%M%S}"
            await alarm(desk, key, f"{kind}_long", case.id, number=case.number)
        for to, reader in await audience_of(desk, case, audience):
            told.setdefault(to, reader)
    if kind is Kind.OVERSEEN:
        told = {**told, **dict.fromkeys(await _overseen(desk, case), "unit")}
    if not told and Audience.ADMINS not in firing.to:
        await alarm(desk, f"nobody {case.id} {kind} {step}", "nobody", case.id, number=case.number)
    one = Letter(
        key=f"{kind} {case.id} {step} {firing.says.at:%y%m%d%H%M%S}",
        kind=letters.Kind.ASK_RATING if kind is Kind.ASK_RATING else letters.Kind.NUDGE,
        to="",
        case_id=case.id,
        lane=routing.lane(case),
        only_while=(case.status,),
    )
    return [
        replace(one, key=f"{one.key} {to}", to=to, facts={"kind": _reason(kind, reader).value, "for": reader})
        for to, reader in told.items()
    ]


async def _overseen(desk: Desk, case: Case) -> list[str]:
    """督办: the unit hears of it with the centre, and its leader privately."""
    return [*await routing.at_unit(desk, case), *await overseeing.leaders(desk, case)]


def _reason(kind: Kind, reader: str) -> Kind:
    """What went to the parent unit at the same time is a red card for those who have the case in hand."""
    return Kind.RED_CARD if kind is Kind.PARENT_TOLD and reader != "parent" else kind


async def audience_of(desk: Desk, case: Case, audience: Audience) -> list[tuple[str, str]]:
    """Addresses of an audience and as whom they read; whoever is missing is replaced by the next above."""
    if audience is Audience.ADMINS:
        return []
    if audience is Audience.REPORTER:
        return [(to, "reporter") for to in await routing.hearers(desk, case)]
    if audience is Audience.ALL_DISPATCHERS and not case.confidential:
        on_duty = await people.with_role(desk.tx, "dispatcher", desk.now())
        return [(person(duty.person_id), "centre") for duty in on_duty]
    centre = [(to, "centre") for to in await routing.dispatchers(desk, case)]
    if audience in {Audience.CENTRE, Audience.OVERSIGHT, Audience.ALL_DISPATCHERS}:
        return centre
    if audience is Audience.UNIT_AND_CENTRE:
        return [*((to, "unit") for to in await routing.at_unit(desk, case)), *centre]
    found = await routing.parent_addresses(desk, case) if audience is Audience.PARENT else []
    found = found or await _of_unit(desk, case, audience)
    return [(to, READERS[audience]) for to in found if (to, "centre") not in centre] or centre


async def _of_unit(desk: Desk, case: Case, audience: Audience) -> list[str]:
    """Red and private reminders go to the person, others to the group, which reads them anyway.

    Of a confidential case only the duty people hear, and then the dispatchers.
    """
    if case.unit_id is None:
        return []
    if case.confidential:
        return await routing.on_duty(desk, case) if audience is Audience.DUTY else []
    if audience is Audience.DUTY and case.colour is not Colour.RED:
        return await routing.at_unit(desk, case)
    above = [rank for rank in (0, 1, 2) if rank >= RANKS.get(audience, 0)]
    for rank in above:
        if found := await routing.privately(desk, case.unit_id, rank):
            return found
    return await routing.at_unit(desk, case)
