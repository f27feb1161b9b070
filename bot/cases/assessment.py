"""The quarter sheet of a grid member: 100 points by what was done, never by how much was reported.

Days 20, valid reports 20, quality of checks 20, answers in time 15, residents' rating 15, household tasks 10; minus
what was proven to be invented. A part with nothing to judge by is left out and the others count for the whole, so that
nobody loses points for a quiet quarter.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.cases.months import QUARTER

FULL = 100
FEW = 5
"""Fewer than this tell something of single people: they are not judged by, and not shown."""

REPORTS_A_DAY = 2
REPORTS_FOR_ALL = 20
"""So many valid reports, at most REPORTS_A_DAY on a day, give all points; more give no more."""

FAKE_COSTS = 5
RELAPSE = timedelta(days=30)
VERDICT_WITHIN = timedelta(hours=24)
APPEAL_WITHIN = timedelta(days=5)
BEST, WORST = 5, 1
ADJUSTMENTS = (2, 5, 10)
"""Points a dispatcher may add after an appeal."""


class Part(StrEnum):
    """The six parts."""

    DAYS = "days"
    REPORTS = "reports"
    QUALITY = "quality"
    RESPONSE = "response"
    RATING = "rating"
    TASKS = "tasks"


MOST: Mapping[Part, int] = MappingProxyType(
    {Part.DAYS: 20, Part.REPORTS: 20, Part.QUALITY: 20, Part.RESPONSE: 15, Part.RATING: 15, Part.TASKS: 10}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What was counted in a quarter; nothing of it comes from a sealed report.

    `reports` is capped by day already. `verdicts` and `relapsed`: checks passed, and those of them whose trouble came
    back within 30 days. `asked` and `in_time`: results of the own grid to be checked, and those judged within 24 hours.
    `stars` is the sum of `ratings` answers from 1 to 5.
    """

    days_due: int = 0
    days_done: int = 0
    reports: int = 0
    verdicts: int = 0
    relapsed: int = 0
    asked: int = 0
    in_time: int = 0
    ratings: int = 0
    stars: int = 0
    households: int = 0
    visited: int = 0
    fakes: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One part: how many points of how many; None where there is nothing to judge by."""

    part: Part
    points: float | None
    most: int
    reached: int
    base: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The parts, what was taken off, what an appeal added, and the score from 0 to 100 (None: nothing to judge by)."""

    lines: tuple[Line, ...]
    taken: int
    added: int
    score: float | None


def capped(by_day: Iterable[int]) -> int:
    """How many reports count, at most REPORTS_A_DAY of each day."""
    return sum(min(count, REPORTS_A_DAY) for count in by_day)


def sheet(facts: Facts, added: int = 0) -> Sheet:
    """The quarter sheet by the formula."""
    lines = tuple(_lines(facts))
    judged = [line for line in lines if line.points is not None]
    taken = facts.fakes * FAKE_COSTS
    if not judged:
        return Sheet(lines, taken, added, None)
    earned = FULL * sum(line.points or 0 for line in judged) / sum(line.most for line in judged)
    return Sheet(lines, taken, added, round(min(FULL, max(0.0, earned - taken + added)), 1))


def _lines(facts: Facts) -> Iterable[Line]:
    yield _line(Part.DAYS, facts.days_done, facts.days_due, few=1)
    yield _line(Part.REPORTS, min(facts.reports, REPORTS_FOR_ALL), REPORTS_FOR_ALL, few=0)
    yield _line(Part.QUALITY, facts.verdicts - facts.relapsed, facts.verdicts)
    yield _line(Part.RESPONSE, facts.in_time, facts.asked)
    full = (BEST - WORST) * facts.ratings
    yield _line(Part.RATING, facts.stars - WORST * facts.ratings, full, few=FEW * (BEST - WORST))
    yield _line(Part.TASKS, facts.visited, facts.households, few=1)


def _line(part: Part, reached: int, base: int, few: int = FEW) -> Line:
    """Points by the share that was reached; none where the base is too small."""
    if base < few or not base:
        return Line(part, None, MOST[part], reached, base)
    share = min(1.0, max(0.0, reached / base))
    return Line(part, round(MOST[part] * share, 1), MOST[part], reached, base)


def quarter_of(text: str) -> tuple[date, date] | None:
    """First and last day of a quarter written as 2026Q4; None for anything else."""
    found = QUARTER.fullmatch(text)
    if found is None:
        return None
    year, number = int(found[1]), int(found[2])
    first = date(year, 3 * number - 2, 1)
    after = date(year + number // 4, 3 * number % 12 + 1, 1)
    return first, after - timedelta(days=1)


def quarter_at(day: date) -> str:
    """The quarter of a day, as it is written."""
    return f"{day.year}Q{(day.month + 2) // 3}"


def quarter_before(day: date) -> str:
    """The quarter before that of a day."""
    first, _ = quarter_of(quarter_at(day)) or (day, day)
    return quarter_at(first - timedelta(days=1))
