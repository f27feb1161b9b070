"""Which days are workdays: the district's own file, else the kept holiday library, else Monday to Friday."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from bot.cases.errors import BrokenSetting

NOVEMBER = 11
"""The holidays of the next year are announced in November; from then on a missing year is an alarm."""
NEW_YEAR, NATIONAL_DAY = (1, 1), (10, 1)
SATURDAY = 5
WORK = {"workday": True, "holiday": False}


@cache
def _library() -> ModuleType:
    """The holiday library. It has no types and importing it is slow, so it waits for the first question."""
    return import_module("chinese_calendar")


@cache
def _library_years() -> range:
    holidays: Mapping[date, str] = _library().constants.holidays
    return range(min(holidays).year, max(holidays).year + 1)


@cache
def _library_says(day: date) -> bool:
    """Remembered, for the library searches its whole table for its first and last year at every question."""
    return bool(_library().is_workday(day))


@dataclass(frozen=True, slots=True)
class Workdays:
    """The district's own days over those of the library. Answers for every date, never raises."""

    own: Mapping[date, bool] = field(default_factory=dict[date, bool])

    def is_workday(self, day: date) -> bool:
        """Whether units work on this day; make-up workdays on weekends count, holidays do not."""
        if day in self.own:
            return self.own[day]
        if day.year in _library_years():
            return _library_says(day)
        return day.weekday() < SATURDAY

    def known_years(self) -> frozenset[int]:
        """Years with holiday data: the library's, and those whose 1 January and 1 October the district's file names."""
        listed = {day.year for day in self.own}
        complete = {year for year in listed if all(date(year, *day) in self.own for day in (NEW_YEAR, NATIONAL_DAY))}
        return frozenset(_library_years()) | complete

    def missing_year(self, today: date) -> int | None:
        """The year the admins must bring data for: this one, or from November on the next; None if all is known."""
        wanted = [today.year, today.year + 1] if today.month >= NOVEMBER else [today.year]
        return next((year for year in wanted if year not in self.known_years()), None)


def workdays(path: Path | None = None) -> Workdays:
    """Workdays with the district's file laid over, lines of `date,workday|holiday[,name]`; # begins a comment.

    Raises BrokenSetting, naming file and line, if it cannot be read, a line is wrong or a day stands twice.
    """
    if path is None:
        return Workdays()
    own: dict[date, bool] = {}
    for number, cells in _lines(path):
        day, works = _read(f"{path}:{number}", cells)
        if day in own:
            raise BrokenSetting(f"{path}:{number}: {day} stands here twice; keep one line for each day")
        own[day] = works
    return Workdays(own)


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    """Number and cells of every line that says something. A spreadsheet's byte order mark is no part of it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as trouble:
        raise BrokenSetting(
            f"{path}: cannot be read as UTF-8 text ({trouble}); check the path and save it again"
        ) from trouble
    rows = ((number, line.strip()) for number, line in enumerate(text.splitlines(), start=1))
    said = ((number, line) for number, line in rows if line and not line.startswith("#"))
    return [(number, [cell.strip() for cell in line.split(",", 2)]) for number, line in said]


def _read(where: str, cells: list[str]) -> tuple[date, bool]:
    if len(cells) not in (2, 3) or cells[1] not in WORK:
        raise BrokenSetting(f"{where}: {','.join(cells)!r} must be date,workday or date,holiday and perhaps a name")
    try:
        return date.fromisoformat(cells[0]), WORK[cells[1]]
    except ValueError as trouble:
        raise BrokenSetting(f"{where}: {cells[0]!r} is no date; write it like 2027-10-01") from trouble
