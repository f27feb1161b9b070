"""How long everything may take: the default clock table, the deadlines of a case, urging and correcting in time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.cases.case import Case, Colour, Level, Source, Status
from bot.cases.conditions import CORRECTABLE, PAUSE_AT_MOST, RATING_OPEN, is_advice, is_praise
from bot.cases.errors import MoveNotAllowed
from bot.cases.flags import without_cards
from bot.cases.worktime import WorkCalendar

URGE_EVERY = timedelta(hours=24)
SPAN = re.compile(r"([0-9]{1,4}) (min|h|d|wd|wh)|same day")


class Measure(StrEnum):
    """min, h and d run on the calendar, day and night; wh only while the unit works, wd on workdays."""

    MINUTES = "min"
    HOURS = "h"
    DAYS = "d"
    WORKDAYS = "wd"
    WORK_HOURS = "wh"
    SAME_DAY = "same day"


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time that needs a calendar to become one: 4 working hours, 15 workdays, the same day."""

    amount: int
    measure: Measure

    def after(self, start: datetime, calendar: WorkCalendar) -> datetime:
        """The aware UTC moment at which it has passed since `start`."""
        match self.measure:
            case Measure.MINUTES:
                return start.astimezone(UTC) + timedelta(minutes=self.amount)
            case Measure.HOURS:
                return start.astimezone(UTC) + timedelta(hours=self.amount)
            case Measure.DAYS:
                return calendar.add_days(start, self.amount)
            case Measure.WORKDAYS:
                return calendar.add_workdays(start, self.amount)
            case Measure.WORK_HOURS:
                return calendar.add_work_hours(start, timedelta(hours=self.amount))
            case Measure.SAME_DAY:
                return calendar.end_of_day(start)


def span(text: str) -> Span:
    """A span as the catalogue writes it: 30 min, 24 h, 3 d, 4 wh, 15 wd, same day. Raises ValueError for others."""
    found = SPAN.fullmatch(text)
    if not found:
        raise ValueError(text)
    return Span(int(found[1]), Measure(found[2])) if found[1] else Span(1, Measure.SAME_DAY)


class Line(StrEnum):
    """The columns of the clock table: red and yellow go before the level, a question before it too."""

    RED = "red"
    YELLOW = "yellow"
    DISTRICT = "district"
    TOWN = "town"
    COMMUNITY = "community"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """One column. None: there is no such clock (a question is triaged at once, red is never extended)."""

    triage: Span | None
    dispatch: Span
    sign: Span
    contact: Span | None
    first_result: Span | None
    finish: Span
    return_window: Span
    extension: Span | None
    verify: Span | None


class Deadline(StrEnum):
    """What has a time limit."""

    TRIAGE = "triage"
    DISPATCH = "dispatch"
    SIGN = "sign"
    CONTACT = "contact"
    FIRST_RESULT = "first_result"
    FINISH = "finish"
    RETURN = "return"
    VERIFY = "verify"
    RATING = "rating"
    ANSWER = "answer"


def _column(*spans: str) -> Clocks:
    """Spans in the order of the table's rows, - where there is none."""
    triage, dispatch, sign, contact, result, finish, back, extension, verify = spans
    return Clocks(
        triage=_maybe(triage),
        dispatch=span(dispatch),
        sign=span(sign),
        contact=_maybe(contact),
        first_result=_maybe(result),
        finish=span(finish),
        return_window=span(back),
        extension=_maybe(extension),
        verify=_maybe(verify),
    )


def _maybe(text: str) -> Span | None:
    return None if text == "-" else span(text)


CLOCKS: Mapping[Line, Clocks] = MappingProxyType(
    {
        # triage, dispatch, sign, first contact, first result, finish, return window, extension, verify
        Line.RED: _column("5 min", "5 min", "10 min", "30 min", "2 h", "24 h", "10 min", "-", "2 h"),
        Line.YELLOW: _column("15 min", "15 min", "30 min", "2 h", "24 h", "3 d", "30 min", "3 d", "24 h"),
        Line.DISTRICT: _column("1 wh", "1 wh", "2 wh", "24 h", "3 d", "15 d", "1 wd", "15 d", "2 wd"),
        Line.TOWN: _column("1 wh", "1 wh", "1 wh", "24 h", "3 d", "7 d", "4 wh", "7 d", "1 wd"),
        Line.COMMUNITY: _column("1 wh", "1 wh", "1 wh", "same day", "1 d", "3 d", "4 wh", "3 d", "1 wd"),
        Line.ADVICE: _column("-", "2 wh", "2 wh", "-", "-", "2 wd", "4 wh", "3 wd", "-"),
    }
)
LEVEL_LINES = {Level.DISTRICT: Line.DISTRICT, Level.TOWN: Line.TOWN, Level.COMMUNITY: Line.COMMUNITY}


def line_of(case: Case) -> Line:
    """The column of the table that holds for this case."""
    if case.colour is not Colour.NONE:
        return Line.RED if case.colour is Colour.RED else Line.YELLOW
    return Line.ADVICE if is_advice(case) else LEVEL_LINES[case.level]


ASKED_FROM_ABOVE = MappingProxyType({Source.INSTRUCTION: span("3 wd"), Source.TASK: span("5 wd")})
"""领导批示 and 协同任务 that name no day: until then."""


def asked_until(source: Source, now: datetime, calendar: WorkCalendar) -> datetime | None:
    """Until when somebody above waits who named no day; None for other sources."""
    usual = ASKED_FROM_ABOVE.get(source)
    return usual.after(now, calendar) if usual else None


def clocks_of(case: Case, first_contact: str | None = None, finish: str | None = None) -> Clocks:
    """Its clocks: the column of its line, with the times its matter sets instead (texts as in the catalogue)."""
    clocks = CLOCKS[line_of(case)]
    contact = span(first_contact) if first_contact else clocks.contact
    return replace(clocks, contact=contact, finish=span(finish) if finish else clocks.finish)


def deadlines(case: Case, calendar: WorkCalendar, clocks: Clocks | None = None) -> Mapping[Deadline, datetime]:
    """When each thing must be done that has begun, in aware UTC.

    FINISH is always there: `due_at` if it is set (it survives a change of unit and carries extensions), else counted
    from the dispatch; before the dispatch it is what can be promised.
    """
    own = clocks or clocks_of(case)
    sent, told = case.dispatched_at and begun_at(case), case.resolved_at or case.closed_at
    triaged = own.triage.after(case.registered_at, calendar) if own.triage else case.registered_at
    begun = {
        Deadline.TRIAGE: (own.triage, case.registered_at),
        Deadline.DISPATCH: (own.dispatch, triaged),
        Deadline.SIGN: (own.sign, sent),
        Deadline.CONTACT: (own.contact, sent),
        Deadline.FIRST_RESULT: (own.first_result, sent and told_from(case)),
        Deadline.RETURN: (own.return_window, sent),
        Deadline.VERIFY: (own.verify, case.resolved_at),
    }
    found = {kind: length.after(start, calendar) for kind, (length, start) in begun.items() if length and start}
    found[Deadline.FINISH] = due(case, calendar, own)
    if case.asked_at:
        found[Deadline.ANSWER] = case.asked_at + PAUSE_AT_MOST
    return found | ({Deadline.RATING: told + RATING_OPEN} if told else {})


def begun_at(case: Case) -> datetime:
    """From when its clocks run: the last dispatch, or since it became graver; before the dispatch the registration."""
    sent = case.dispatched_at or case.registered_at
    return max(sent, case.graver_at) if case.graver_at else sent


def told_from(case: Case) -> datetime:
    """From when the time for the first result runs: while the clock stood for a question no time passed."""
    return begun_at(case) + timedelta(seconds=case.paused_s)


def told_of(case: Case) -> bool:
    """Whether its unit has told of the work since its clocks began."""
    return case.progressed_at is not None and case.progressed_at >= begun_at(case)


def due(case: Case, calendar: WorkCalendar, clocks: Clocks | None = None) -> datetime:
    """The FINISH deadline alone. That of a 12345 order holds if it is earlier, until the case is redone."""
    if case.due_at:
        return case.due_at
    own = (clocks or clocks_of(case)).finish.after(begun_at(case), calendar) + timedelta(seconds=case.paused_s)
    return min(own, case.order_due) if case.order_due and not case.redone else own


def fraction(case: Case, calendar: WorkCalendar, part: float, clocks: Clocks | None = None) -> datetime:
    """The moment at which this part (0 to 1) of the real time between start and due has passed.

    The start is what `begun_at` says. While its clock stood for a question no time passed.
    """
    start, stood = begun_at(case), timedelta(seconds=case.paused_s)
    return start + stood + (due(case, calendar, clocks) - start - stood) * part


def extended(case: Case, calendar: WorkCalendar, clocks: Clocks | None = None) -> Case:
    """The case with the extension of its line added to its due time, and without cards. Goes with GRANT.

    Raises MoveNotAllowed for red.
    """
    extension = (clocks or clocks_of(case)).extension
    if extension is None:
        raise MoveNotAllowed(status=case.status, action="extend")
    return without_cards(replace(case, due_at=extension.after(due(case, calendar, clocks), calendar)))


def promised_anew(before: Case, after: Case, usual: tuple[datetime, datetime], now: datetime, *, kept: bool) -> Case:
    """`after`, which was graded or named anew, with the promise that it has now; before the dispatch there is none.

    `usual`: what the clocks promise without anything granted, before and after. A graver one is never promised later
    than it was. Else more time that was granted comes on top, and (`kept`) an earlier day that somebody named holds.
    """
    if before.due_at is None:
        return replace(after, due_at=None)
    more = before.due_at - usual[0]
    if after.graver_at != before.graver_at or (kept and more < timedelta()):
        end = min(usual[1], before.due_at)
    else:
        end = usual[1] + max(more, timedelta())
    anew = end != before.due_at and end > now
    return replace(without_cards(after) if anew else after, due_at=end)


def after_shelf(case: Case, begun: datetime, ended: datetime) -> Case:
    """The case with its due time moved by all of a 挂账; goes with the move that ends it."""
    return replace(case, due_at=case.due_at and case.due_at + max(ended - begun, timedelta()))


WAITING_FOR_NOBODY = frozenset(
    {Status.DRAFT, Status.NEED_INFO, Status.FEEDBACK, Status.REFERRED, Status.REJECTED, Status.SHELVED}
)


def urge_from(case: Case, calendar: WorkCalendar, clocks: Clocks | None = None) -> datetime | None:
    """From when the reporter may urge: half of the clock, and a day after the last time; None if nothing is owed.

    Whoever is asked something is not owed anything until they answer.
    """
    if case.ended or case.status in WAITING_FOR_NOBODY or is_praise(case) or case.paused_at is not None:
        return None
    half = fraction(case, calendar, 0.5, clocks)
    return max(half, case.urged_at + URGE_EVERY) if case.urged_at else half


def may_urge(case: Case, now: datetime, calendar: WorkCalendar, clocks: Clocks | None = None) -> bool:
    """Whether the reporter may press 催办 now."""
    start = urge_from(case, calendar, clocks)
    return start is not None and now >= start


def may_return(case: Case, now: datetime, calendar: WorkCalendar, clocks: Clocks | None = None) -> bool:
    """Whether the unit is still inside the window for a 退单."""
    until = deadlines(case, calendar, clocks).get(Deadline.RETURN)
    return case.status is Status.DISPATCHED and until is not None and now <= until


def may_correct(case: Case, now: datetime) -> bool:
    """Whether the reporter may still change the words (ten minutes); adding is always possible."""
    return not case.ended and now <= case.registered_at + CORRECTABLE
