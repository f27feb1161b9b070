"""The duty rosters as a table: what each column means, the shifts and absences of its rows, and what is wrong."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.cases.roster import hours_of, weekday_of
from bot.cases.sheet import Mistake, Row

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "unit": ("单位编码", "单位", "unitcode", "unit"),
    "name": ("姓名", "name"),
    "tail": ("电话后四位", "phonetail", "tail"),
    "weekday": ("星期", "weekday"),
    "hours": ("班次", "时间", "hours"),
    "since": ("请假从", "awayfrom", "from"),
    "until": ("请假到", "awayuntil", "until"),
    "substitute": ("替班人", "substitute"),
}
"""The first heading of each column is the one that is written, all of them are understood."""

HEADINGS = {heading: column for column, headings in COLUMNS.items() for heading in headings}
REQUIRED = ("unit", "name")
DAY = re.compile(r"(20\d\d)[-./年](\d{1,2})[-./月](\d{1,2})日?")
LONGEST_ABSENCE = timedelta(days=92)

Person = tuple[int, str, str]
"""Number in the register, name, last four digits of the telephone."""


@dataclass(frozen=True, slots=True)
class Line:
    """A shift of a unit (by its code), or with `days` an absence."""

    unit: str
    member_id: int
    weekday: int = 0
    hours: tuple[int, int] = (0, 0)
    days: tuple[date, date] | None = None
    substitute_id: int | None = None


@dataclass(slots=True)
class Lines:
    """What the file says; with a mistake nothing of it may be written."""

    shifts: list[Line] = field(default_factory=list[Line])
    absences: list[Line] = field(default_factory=list[Line])
    mistakes: list[Mistake] = field(default_factory=list[Mistake])


def lines_of(rows: Iterable[Row], staff: Mapping[str, Collection[Person]], today: date) -> Lines:
    """Read every row; `staff` has the people of each unit by its code."""
    found = Lines()
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        wrong = _whose(row, staff)
        if not wrong:
            away = row.get("since") or row.get("until")
            wrong = _absence(row, staff, today, found, seen) if away else _shift(row, staff, found, seen)
        found.mistakes += wrong
    return found


def _whose(row: Row, staff: Mapping[str, Collection[Person]]) -> list[Mistake]:
    unit, name = row.get("unit"), row.get("name")
    if unit not in staff:
        return [_wrong(row, "unit", "unit_unknown" if unit else "empty_cell")]
    if not name:
        return [_wrong(row, "name", "empty_cell")]
    return _one_person(row, "name", staff[unit], row.get("tail"))


def _one_person(row: Row, column: str, people: Collection[Person], tail: str) -> list[Mistake]:
    meant = _meant(row.get(column), tail, people)
    if not meant:
        return [_wrong(row, column, "nobody_here")]
    return [_wrong(row, column, "several_here")] if len(meant) > 1 else []


def _meant(name: str, tail: str, people: Collection[Person]) -> Sequence[int]:
    return [number for number, called, ends in people if called == name and (not tail or ends == tail)]


def _shift(
    row: Row, staff: Mapping[str, Collection[Person]], found: Lines, seen: dict[tuple[object, ...], int]
) -> list[Mistake]:
    weekday, hours = weekday_of(row.get("weekday")), hours_of(row.get("hours"))
    wrong = [] if weekday is not None else [_unread(row, "weekday", "weekday_wrong")]
    wrong += [] if hours is not None else [_unread(row, "hours", "hours_wrong")]
    if weekday is None or hours is None:
        return wrong
    unit = row.get("unit")
    (member,) = _meant(row.get("name"), row.get("tail"), staff[unit])
    key = (unit, weekday, hours[0], member)
    if key in seen:
        return [_wrong(row, "hours", "shift_twice", str(seen[key]))]
    seen[key] = row.line
    found.shifts.append(Line(unit, member, weekday, hours))
    return []


def _absence(
    row: Row, staff: Mapping[str, Collection[Person]], today: date, found: Lines, seen: dict[tuple[object, ...], int]
) -> list[Mistake]:
    if both := next((column for column in ("weekday", "hours") if row.get(column)), None):
        return [_wrong(row, both, "shift_and_absence")]
    since, until = _day(row.get("since")), _day(row.get("until") or row.get("since"))
    wrong = [] if since is not None else [_unread(row, "since", "day_wrong")]
    wrong += [] if until is not None else [_wrong(row, "until", "day_wrong")]
    if since is None or until is None:
        return wrong
    if not timedelta() <= until - since < LONGEST_ABSENCE:
        return [_wrong(row, "until", "days_wrong")]
    if until < today:
        return [_wrong(row, "until", "day_over")]
    people = staff[row.get("unit")]
    if row.get("substitute") and (wrong := _one_person(row, "substitute", people, "")):
        return wrong
    (member,) = _meant(row.get("name"), row.get("tail"), people)
    substitute = next(iter(_meant(row.get("substitute"), "", people)), None)
    if substitute == member:
        return [_wrong(row, "substitute", "own_substitute")]
    for day in (since + timedelta(days=n) for n in range((until - since).days + 1)):
        if (line := seen.setdefault((row.get("unit"), member, day), row.line)) != row.line:
            return [_wrong(row, "since", "away_twice", str(line))]
    found.absences.append(Line(row.get("unit"), member, days=(since, until), substitute_id=substitute))
    return []


def _day(words: str) -> date | None:
    found = DAY.fullmatch(words)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _unread(row: Row, column: str, what: str) -> Mistake:
    return _wrong(row, column, what if row.get(column) else "empty_cell")


def _wrong(row: Row, column: str, what: str, other: str = "") -> Mistake:
    """A mistake with the column it stands in, before the second fact."""
    return row.wrong(what, row.get(column), f"{COLUMNS[column][0]}\t{other}")
