"""What is counted of cases, event by event, and what the numbers say. Every event counts once, on its local day.

First contact is counted on the day it is due: a sending that was given back, sent elsewhere or withdrawn before anybody
could make contact does not count. A call-back (回访) too: what was done again meanwhile need not be asked about.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta

from bot.cases.actions import Action
from bot.cases.case import Case, Status
from bot.cases.revisiting import VISITED
from bot.cases.worktime import SHANGHAI

FEW = 5
"""Fewer than so many of what is confidential are not told (rulings 11), and no rate is made of fewer answers."""

DETAIL = 4
"""The deepest level of places that is counted by itself: groups and areas. Buildings count with theirs."""

SENT_ON = frozenset({Action.REASSIGN, Action.ESCALATE})
CALLED_OFF = frozenset({Action.RETURN, Action.WITHDRAW, Action.MERGE})
Rating = tuple[str | None, int | None]
"""(solved, satisfied)."""

HALVES = {"yes": 2, "part": 1}
"""“解决” counts whole, “部分” half."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Sums of a period. `solved_halves` are two for solved and one for partly solved.

    `first_sent` are first sendings, `misdirected` those of them that were sent elsewhere afterwards (on the day of the
    sending); `revisit_due` are cases drawn to be asked about, `revisited` those of them whose reporter was reached (on
    the day it was due); `set_aside` are ratings of what was refused or referred to the legal route, `excluded` those of
    what two people found unlawful or unreasonable: no unit is judged by them.
    """

    filed: int = 0
    sent: int = 0
    contact_due: int = 0
    contacted: int = 0
    resolved: int = 0
    in_time: int = 0
    closed: int = 0
    rated: int = 0
    solved_halves: int = 0
    satisfied: int = 0
    reopened: int = 0
    returned: int = 0
    first_sent: int = 0
    misdirected: int = 0
    reworked: int = 0
    shelved: int = 0
    revisit_due: int = 0
    revisited: int = 0
    set_aside: int = 0
    excluded: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, name) + getattr(other, name) for name in NAMES))

    @property
    def empty(self) -> bool:
        """Whether nothing happened."""
        return self == Figures()


NAMES = tuple(field.name for field in fields(Figures))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a case's history, as far as it is counted."""

    id: int
    at: datetime
    action: str
    before: str | None
    after: str | None
    unit_id: int | None

    @property
    def sends(self) -> bool:
        """Whether a unit got the case by this."""
        return self.after == Status.DISPATCHED and (self.before != Status.DISPATCHED or self.action in SENT_ON)


@dataclass(frozen=True, slots=True)
class Count:
    """So many more of something, on a day, of a unit (None: no unit's)."""

    day: date
    unit_id: int | None
    what: str
    many: int = 1


@dataclass(frozen=True, slots=True)
class Visit:
    """The call-back of a round that was drawn: the day it is due, and whether it fell away."""

    day: date
    dropped: bool


def day_of(at: datetime) -> date:
    """The local day of a moment."""
    return at.astimezone(SHANGHAI).date()


def counts(
    case: Case,
    lines: Sequence[Line],
    at: int,
    contact_by: Callable[[datetime], datetime | None],
    rating_of: Callable[[int], Rating | None],
    visit: Visit | None = None,
) -> Iterator[Count]:
    """What line number `at` of a case's history adds. `contact_by` tells until when a sending must be followed by first
    contact; `rating_of` gives the rating of a round, `visit` is the call-back of the round this line ends. What is
    excluded after it was rated is taken back from that day.
    """
    line, day = lines[at], day_of(lines[at].at)
    yield from (Count(day, line.unit_id, what) for what in _simple(case, line))
    yield from _first_sending(lines, at)
    if line.action == Action.RATE:
        gone = any(one.action == Action.EXCLUDE for one in lines[:at])
        yield from _excluded(lines, at, rating_of) if gone else _rated(lines, at, rating_of)
    elif line.action == Action.EXCLUDE:
        for place in (place for place, one in enumerate(lines[:at]) if one.action == Action.RATE):
            yield from (replace(one, many=-one.many) for one in _rated(lines, place, rating_of))
            yield from _excluded(lines, place, rating_of)
    yield from _contact(lines, at, contact_by)
    if visit is not None:
        yield from (Count(visit.day, line.unit_id, what, many) for what, many in _visited(line, visit))


def _rated(lines: Sequence[Line], at: int, rating_of: Callable[[int], Rating | None]) -> Iterator[Count]:
    """What the rating at this line counts."""
    line, rating = lines[at], rating_of(rounds_before(lines, at))
    if rating is None:
        return
    day, (solved, stars) = day_of(line.at), rating
    if _refused(lines[:at]):
        yield Count(day, line.unit_id, "set_aside")
        return
    yield Count(day, line.unit_id, "rated")
    yield Count(day, line.unit_id, "solved_halves", HALVES.get(solved or "", 0))
    yield Count(day, line.unit_id, "satisfied", int((stars or 0) >= 4))


def _excluded(lines: Sequence[Line], at: int, rating_of: Callable[[int], Rating | None]) -> Iterator[Count]:
    """The same rating, only said to be there."""
    if rating_of(rounds_before(lines, at)) is not None:
        yield Count(day_of(lines[at].at), lines[at].unit_id, "excluded")


def _simple(case: Case, line: Line) -> list[str]:
    """What a line is by itself."""
    in_time = line.action == Action.RESOLVE and (case.due_at is None or line.at <= case.due_at)
    held = (
        (line.action == Action.SUBMIT, "filed"),
        (line.sends, "sent"),
        (line.action == Action.RESOLVE, "resolved"),
        (in_time, "in_time"),
        (line.after == Status.CLOSED and line.before != Status.CLOSED, "closed"),
        (line.action == Action.REDO, "reopened"),
        (line.action == Action.RETURN, "returned"),
        (line.action == Action.FAIL, "reworked"),
        (line.after == Status.SHELVED and line.before != Status.SHELVED, "shelved"),
    )
    return [what for holds, what in held if holds]


def _visited(line: Line, visit: Visit) -> Iterator[tuple[str, int]]:
    if line.after == Status.CLOSED != line.before:
        yield "revisit_due", 1
    elif line.action == VISITED:
        yield "revisited", 1
    elif line.action == Action.REDO and visit.dropped:
        yield "revisit_due", -1


def _first_sending(lines: Sequence[Line], at: int) -> Iterator[Count]:
    """The first sending of a case, and the first time that it had to be sent elsewhere: on the day of the sending."""
    first = next((place for place, line in enumerate(lines[: at + 1]) if line.sends), None)
    if first is None:
        return
    if first == at:
        yield Count(day_of(lines[at].at), lines[at].unit_id, "first_sent")
    elif lines[at].action == Action.REASSIGN and not any(one.action == Action.REASSIGN for one in lines[first:at]):
        yield Count(day_of(lines[first].at), lines[first].unit_id, "misdirected")


def _refused(lines: Sequence[Line]) -> bool:
    """Whether a case ended, this time, because it was not accepted or referred elsewhere."""
    turns = (
        line for line in reversed(lines) if line.action == Action.REDO or line.after == Status.CLOSED != line.before
    )
    last = next(turns, None)
    return last is not None and last.before in (Status.REFERRED, Status.REJECTED)


def _contact(lines: Sequence[Line], at: int, contact_by: Callable[[datetime], datetime | None]) -> Iterator[Count]:
    line, waiting = lines[at], _waiting(lines[:at])
    until = contact_by(waiting.at) if waiting is not None else None
    if waiting is not None and until is not None:
        if line.sends or line.action in CALLED_OFF:
            yield Count(day_of(until), waiting.unit_id, "contact_due", -1)
        elif line.action == Action.CONTACT and line.at <= until:
            yield Count(day_of(until), waiting.unit_id, "contacted")
    if line.sends and (due := contact_by(line.at)) is not None:
        yield Count(day_of(due), line.unit_id, "contact_due")


def _waiting(lines: Sequence[Line]) -> Line | None:
    """The last sending, if nobody has made contact since and it was not called off."""
    for line in reversed(lines):
        if line.sends:
            return line
        if line.action == Action.CONTACT or line.action in CALLED_OFF:
            return None
    return None


def rounds_before(lines: Sequence[Line], at: int) -> int:
    """In which round a line stands: how often the case was reopened before."""
    return sum(line.action == Action.REDO for line in lines[:at])


def part(of: int, whole: int) -> int | None:
    """So many percent, a hundred only if it is all of them; None of nothing."""
    if whole <= 0:
        return None
    return 100 if of >= whole else min(99, round(100 * of / whole))


PERIODS = ("week", "month", "quarter", "last_month", "last_quarter", "year")


def span_of(period: str, today: date) -> tuple[date, date]:
    """First and last day of a period: running ones end today, the month and quarter before are whole."""
    month = today.replace(day=1)
    quarter = month.replace(month=month.month - (month.month - 1) % 3)
    if period in {"last_month", "last_quarter"}:
        end = (month if period == "last_month" else quarter) - timedelta(days=1)
        return span_of(period.removeprefix("last_"), end)
    begins = {
        "week": today - timedelta(days=today.weekday()),
        "month": month,
        "quarter": quarter,
        "year": today.replace(month=1, day=1),
    }
    return begins[period], today
