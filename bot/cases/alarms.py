"""Everything that must ring for a case as it stands, to whom, and what to do with what was missed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby

from bot.cases.case import Case, Colour, Status
from bot.cases.clocks import Clocks, Measure, Span, begun_at, clocks_of, due, fraction, told_from, told_of
from bot.cases.conditions import KEPT_OPEN, PAUSE_AT_MOST, is_praise
from bot.cases.pausing import as_it_ran, paused_until, rang_before
from bot.cases.worktime import DAY, WorkCalendar


class Audience(StrEnum):
    """Whom an alarm is for; the desk knows the people.

    UNIT_AND_CENTRE are duty person and leader of the unit and the dispatchers. SYSTEM: nobody is told, a move is due.
    """

    REPORTER = "reporter"
    DUTY = "duty"
    DEPUTY = "deputy"
    LEADER = "leader"
    PARENT = "parent"
    UNIT_AND_CENTRE = "unit_and_centre"
    CENTRE = "centre"
    ALL_DISPATCHERS = "all_dispatchers"
    OVERSIGHT = "oversight"
    ADMINS = "admins"
    SYSTEM = "system"


class Kind(StrEnum):
    """What rings: nudges (NUDGES), moves that are due (to SYSTEM), and escalations, all the others."""

    UNTRIAGED = "untriaged"
    UNDISPATCHED = "undispatched"
    UNDECIDED = "undecided"
    UNSIGNED = "unsigned"
    UNCONTACTED = "uncontacted"
    NO_RESULT = "no_result"
    HALF_TIME = "half_time"
    NEARLY_DUE = "nearly_due"
    YELLOW_CARD = "yellow_card"
    RED_CARD = "red_card"
    PARENT_TOLD = "parent_told"
    OVERSEEN = "overseen"
    UNVERIFIED = "unverified"
    ASK_RATING = "ask_rating"
    SILENT = "silent"
    NO_ANSWER = "no_answer"
    NO_OBJECTION = "no_objection"
    REVIEW = "review"
    ARCHIVE = "archive"


NUDGES = frozenset({Kind.HALF_TIME, Kind.NEARLY_DUE, Kind.UNCONTACTED, Kind.NO_RESULT, Kind.ASK_RATING})
FINISH = frozenset({Kind.HALF_TIME, Kind.NEARLY_DUE, Kind.YELLOW_CARD, Kind.RED_CARD, Kind.PARENT_TOLD, Kind.OVERSEEN})

OF_CENTRE = frozenset({Kind.UNTRIAGED, Kind.UNDISPATCHED, Kind.UNDECIDED, Kind.UNVERIFIED})
"""Chains of what waits for the centre."""

RANK = {kind: rank for rank, kind in enumerate(Kind)}
SIGN_CHAIN = (Audience.DUTY, Audience.DEPUTY, Audience.LEADER, Audience.ALL_DISPATCHERS, Audience.ADMINS)
CENTRE_CHAIN = (Audience.CENTRE, Audience.ADMINS)
UNIT_CHAIN = (Audience.DUTY, Audience.LEADER)
RED_PACE = Span(5, Measure.MINUTES)
HOUR = timedelta(hours=1)
MOST_RINGS = 30
RATING_ASKS = (timedelta(), timedelta(hours=24), timedelta(hours=72))
SILENCE = timedelta(days=7)
SHELVED_AT_MOST = timedelta(days=30)
OBJECTION_DAYS = 5
OVERSIGHT_DAYS = 3
CHECK_AT_LEAST = Span(1, Measure.WORKDAYS)


@dataclass(frozen=True, slots=True)
class Alarm:
    """Rings once, at `at` or late. (case, kind, step, at) names it."""

    kind: Kind
    at: datetime
    step: int
    to: Audience


@dataclass(frozen=True, slots=True)
class Firing:
    """One message or move for several alarms that are due: all of `alarms` are recorded, `to` hears `says`, once."""

    alarms: tuple[Alarm, ...]
    says: Alarm
    to: tuple[Audience, ...]


@dataclass(frozen=True, slots=True)
class _Watch:
    case: Case
    calendar: WorkCalendar
    clocks: Clocks
    since: datetime

    def part(self, part: float) -> datetime:
        return fraction(self.case, self.calendar, part, self.clocks)

    def awake(self, moment: datetime) -> datetime:
        """Quiet hours hold back everything that is not red."""
        return moment if self.case.colour is Colour.RED else self.calendar.after_quiet(moment)

    def sent(self) -> datetime:
        return begun_at(self.case) if self.case.dispatched_at else self.since

    def chain(self, kind: Kind, start: datetime, pace: Span, people: Iterable[Audience]) -> Iterator[Alarm]:
        """The next person after each `pace`, and the next, until somebody moves; after a night as slowly as by day."""
        moment = start
        for step, to in enumerate(people, start=1):
            moment = self.awake(pace.after(moment, self.calendar))
            yield Alarm(kind, moment, step, to)

    def of_centre(self, kind: Kind, start: datetime, pace: Span) -> Iterator[Alarm]:
        """What waits for the centre: once the admins have heard of it, it rings on each morning (see `rings_again`)."""
        moment = start
        for one in self.chain(kind, start, pace, CENTRE_CHAIN):
            yield one
            moment = one.at
        morning = next_morning(self.case, self.calendar, max(moment, self.since))
        yield Alarm(kind, morning, len(CENTRE_CHAIN) + 1, Audience.CENTRE)


def alarms(case: Case, calendar: WorkCalendar, since: datetime, clocks: Clocks | None = None) -> tuple[Alarm, ...]:
    """All that must ring if nobody moves the case, in order of time; also what should have rung already.

    `since` is when the case moved (or was graded) last: clocks without a column of their own start there. The same
    arguments give the same alarms, so a row (case, kind, step, at) that has fired already stays fired.
    """
    if (until := paused_until(case)) is not None:
        return _standing(case, calendar, since, clocks, until)
    watch = _Watch(case, calendar, clocks or clocks_of(case), since)
    unlooked = is_praise(case) and case.status in {Status.REGISTERED, Status.TRIAGE}
    rules = (_unlooked,) if unlooked else RULES.get(case.status, ())
    found = (alarm for rule in rules for alarm in rule(watch))
    return tuple(sorted((replace(alarm, at=watch.awake(alarm.at)) for alarm in found), key=_order))


def _standing(
    case: Case, calendar: WorkCalendar, since: datetime, clocks: Clocks | None, until: datetime
) -> tuple[Alarm, ...]:
    """The clock stands: what was due before rings still, then nothing until it goes on."""
    due_before = (
        one for one in alarms(as_it_ran(case), calendar, since, clocks) if one.at <= (case.paused_at or since)
    )
    return (*due_before, Alarm(Kind.NO_ANSWER, until, 1, Audience.SYSTEM))


def overdue_now(waiting: Iterable[Alarm], now: datetime) -> tuple[Firing, ...]:
    """What to do about the alarms of one case that are due, after whatever downtime.

    Escalations are all recorded and said in one message to all they are for; the nudges of the same clock are then
    silent. Of nudges alone only the latest is said. A move is due once.
    """
    ringing = sorted((alarm for alarm in waiting if alarm.at <= now), key=lambda a: (_clock(a.kind), *_order(a)))
    return tuple(_firing(tuple(group)) for _, group in groupby(ringing, key=lambda a: _clock(a.kind)))


def rings_again(case: Case, firing: Firing, calendar: WorkCalendar, now: datetime) -> Alarm | None:
    """What must ring next because of what rang: the centre is told anew each morning of what it still has not done.

    After a downtime it goes on from now, so nothing is made up for.
    """
    last = firing.says
    if last.kind not in OF_CENTRE or last.step <= len(CENTRE_CHAIN):
        return None
    return Alarm(last.kind, next_morning(case, calendar, now), last.step + 1, Audience.CENTRE)


def next_morning(case: Case, calendar: WorkCalendar, moment: datetime) -> datetime:
    """When the office opens next: for red and yellow cases every day, for others on workdays."""
    return calendar.next_morning(moment, every_day=case.colour is not Colour.NONE)


def _firing(group: tuple[Alarm, ...]) -> Firing:
    told = [alarm for alarm in group if alarm.kind not in NUDGES] or [group[-1]]
    return Firing(group, told[-1], tuple(dict.fromkeys(alarm.to for alarm in told)))


def _clock(kind: Kind) -> str:
    """Alarms of one clock are said together: half-time, 80 %, cards and ladder are all the finish clock's."""
    return "finish" if kind in FINISH else kind.value


def _order(alarm: Alarm) -> tuple[datetime, int, int]:
    return alarm.at, RANK[alarm.kind], alarm.step


def _untriaged(watch: _Watch) -> Iterator[Alarm]:
    pace = watch.clocks.triage or watch.clocks.dispatch
    return watch.of_centre(Kind.UNTRIAGED, watch.case.registered_at, pace)


def _unlooked(watch: _Watch) -> Iterator[Alarm]:
    """A thank-you that nobody has passed on: said once, and never overdue."""
    at = watch.clocks.finish.after(watch.case.registered_at, watch.calendar)
    yield Alarm(Kind.UNDISPATCHED, at, 1, Audience.CENTRE)


def _undispatched(watch: _Watch) -> Iterator[Alarm]:
    return watch.of_centre(Kind.UNDISPATCHED, watch.since, watch.clocks.dispatch)


def _undecided(watch: _Watch) -> Iterator[Alarm]:
    """A return or an extension waits for the centre; the unit's clock runs meanwhile, so it has no more time."""
    return watch.of_centre(Kind.UNDECIDED, watch.since, watch.clocks.dispatch)


def _unsigned(watch: _Watch) -> Iterator[Alarm]:
    """The next person after each pace; of a red case then all dispatchers every hour, until its clock has run out."""
    if watch.case.colour is not Colour.RED:
        yield from watch.chain(Kind.UNSIGNED, watch.sent(), watch.clocks.sign, SIGN_CHAIN[:-1])
        return
    moment = watch.sent()
    for one in watch.chain(Kind.UNSIGNED, moment, RED_PACE, SIGN_CHAIN):
        yield one
        moment = one.at
    step, end = len(SIGN_CHAIN), due(watch.case, watch.calendar, watch.clocks)
    while (moment := moment + HOUR) < end and step < MOST_RINGS:
        step += 1
        yield Alarm(Kind.UNSIGNED, moment, step, Audience.ALL_DISPATCHERS)


def _uncontacted(watch: _Watch) -> Iterator[Alarm]:
    if watch.clocks.contact:
        yield from watch.chain(Kind.UNCONTACTED, watch.sent(), watch.clocks.contact, UNIT_CHAIN)


def _no_result(watch: _Watch) -> Iterator[Alarm]:
    """Nobody told of the work in time: said to the unit, then to its leader, until the end of its clock."""
    length = watch.clocks.first_result
    if length is None or told_of(watch.case):
        return
    moment = told_from(watch.case)
    end = due(watch.case, watch.calendar, watch.clocks)
    for step, to in enumerate(UNIT_CHAIN, start=1):
        moment = length.after(moment, watch.calendar)
        if moment < end and not rang_before(watch.case, moment):
            yield Alarm(Kind.NO_RESULT, moment, step, to)


def _finish(watch: _Watch) -> Iterator[Alarm]:
    """50 % duty person, 80 % leader, the cards, a day over the parent unit, three workdays over 督办."""
    end, half = due(watch.case, watch.calendar, watch.clocks), watch.part(0.5)
    if watch.case.colour is Colour.NONE:
        # A short clock over a holiday: the workday before its end may lie before its start.
        yellow, red = max(half, watch.calendar.add_workdays(end, -1)), end + DAY
    else:
        yellow, red = half, end
    for kind, at, to in ((Kind.HALF_TIME, half, Audience.DUTY), (Kind.NEARLY_DUE, watch.part(0.8), Audience.LEADER)):
        if end > watch.sent() and not rang_before(watch.case, at):
            yield Alarm(kind, at, 1, to)
    if watch.case.yellow_at is None or not rang_before(watch.case, watch.case.yellow_at):
        yield Alarm(Kind.YELLOW_CARD, yellow, 1, Audience.UNIT_AND_CENTRE)
    yield Alarm(Kind.RED_CARD, red, 2, Audience.UNIT_AND_CENTRE)
    yield Alarm(Kind.PARENT_TOLD, end + DAY, 3, Audience.PARENT)
    yield Alarm(Kind.OVERSEEN, watch.calendar.add_workdays(end, OVERSIGHT_DAYS), 4, Audience.OVERSIGHT)


def _unverified(watch: _Watch) -> Iterator[Alarm]:
    start = watch.case.resolved_at or watch.since
    return watch.of_centre(Kind.UNVERIFIED, start, watch.clocks.verify or CHECK_AT_LEAST)


def _feedback(watch: _Watch) -> Iterator[Alarm]:
    for step, wait in enumerate(RATING_ASKS, start=1):
        yield Alarm(Kind.ASK_RATING, watch.since + wait, step, Audience.REPORTER)
    yield Alarm(Kind.SILENT, watch.since + SILENCE, 1, Audience.SYSTEM)


def _no_answer(watch: _Watch) -> Iterator[Alarm]:
    yield Alarm(Kind.NO_ANSWER, (watch.case.asked_at or watch.since) + PAUSE_AT_MOST, 1, Audience.SYSTEM)


def _no_objection(watch: _Watch) -> Iterator[Alarm]:
    until = watch.calendar.add_workdays(watch.since, OBJECTION_DAYS)
    yield Alarm(Kind.NO_OBJECTION, until, 1, Audience.SYSTEM)


def _review(watch: _Watch) -> Iterator[Alarm]:
    yield Alarm(Kind.REVIEW, watch.case.review_at or watch.since + SHELVED_AT_MOST, 1, Audience.SYSTEM)


def _archive(watch: _Watch) -> Iterator[Alarm]:
    yield Alarm(Kind.ARCHIVE, (watch.case.closed_at or watch.since) + KEPT_OPEN, 1, Audience.SYSTEM)


Rule = Callable[[_Watch], Iterator[Alarm]]
RULES: Mapping[Status, tuple[Rule, ...]] = {
    Status.REGISTERED: (_untriaged,),
    Status.TRIAGE: (_undispatched,),
    Status.NEED_INFO: (_no_answer,),
    Status.DIVERTED: (_undispatched,),
    Status.REFERRED: (_no_objection,),
    Status.REJECTED: (_no_objection,),
    Status.DISPATCHED: (_unsigned, _finish),
    Status.RETURN_REVIEW: (_undecided, _finish),
    Status.ACCEPTED: (_uncontacted, _no_result, _finish),
    Status.HANDLING: (_no_result, _finish),
    Status.JOINT: (_no_result, _finish),
    Status.EXTENSION_REVIEW: (_undecided, _finish),
    Status.SHELVED: (_review,),
    Status.VERIFY: (_unverified,),
    Status.REWORK: (_no_result, _finish),
    Status.FEEDBACK: (_feedback,),
    Status.CLOSED: (_archive,),
    Status.REDO: (_undispatched,),
    Status.WITHDRAWN: (_archive,),
}
