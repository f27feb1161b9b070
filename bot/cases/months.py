"""Months and quarters of the patrol log: their days, and what each day was."""

import re
from calendar import monthrange
from collections.abc import Callable, Collection
from datetime import date, timedelta
from enum import StrEnum

from bot.cases.checklists import Days

MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
QUARTER = re.compile(r"(20[0-9]{2})Q([1-4])")


class Mark(StrEnum):
    """A day as a sheet shows it: noted, missed, nobody asked for it, or still to come."""

    DONE = "done"
    MISSED = "missed"
    FREE = "free"
    NONE = "none"


def month_of(text: str) -> date | None:
    """The first day of a month written as 2026-11; None for anything else."""
    found = MONTH.fullmatch(text)
    return date(int(found[1]), int(found[2]), 1) if found else None


def days_of(first: date) -> list[date]:
    """All days of the month that begins then."""
    return [first + timedelta(days=n) for n in range(monthrange(first.year, first.month)[1])]


def is_due(day: date, days: Days, is_workday: Callable[[date], bool]) -> bool:
    """Whether a list is asked for on this day."""
    return days is Days.EVERY_DAY or is_workday(day)


def mark(day: date, today: date, done: Collection[date], *, due: bool) -> Mark:
    """What a day was, seen from `today`, which is not missed before it is over."""
    if day in done:
        return Mark.DONE
    if not due:
        return Mark.FREE
    return Mark.MISSED if day < today else Mark.NONE
