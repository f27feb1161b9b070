"""The duty roster: a week plan with its substitutes and swaps, who is on duty when, and where nobody is."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.cases.worktime import DAY, SHANGHAI, WorkCalendar

DAY_SHIFT, NIGHT_SHIFT = (8 * 60 + 30, 17 * 60 + 30), (17 * 60 + 30, 8 * 60 + 30)
WEEKEND = frozenset({5, 6})
HOURS = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)\s*[-－—–~～至到]\s*([01]?\d|2[0-4])[:：]([0-5]\d)")
DATES = re.compile(r"(\d{1,2})[-./月](\d{1,2})日?")
NAMED = {"白班": DAY_SHIFT, "夜班": NIGHT_SHIFT, "day": DAY_SHIFT, "night": NIGHT_SHIFT}
WEEKDAYS = {
    **{sign: at for at, sign in enumerate("一二三四五六日")},
    "天": 6,
    **{str(at + 1): at for at in range(7)},
    **{name: at for at, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))},
}
MIDNIGHT = 24 * 60

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody is on duty on a weekday (0: Monday) from one minute of the day to another, maybe of the next day."""

    id: int
    weekday: int
    begins: int
    ends: int
    member_id: int


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away; the substitute has their shifts, without one nobody has."""

    id: int
    member_id: int
    substitute_id: int | None
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Swap:
    """Two shifts, each by its day and begin, that two people have agreed to exchange."""

    member_id: int
    day: date
    begins: int
    other_id: int
    other_day: date
    other_begins: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of a unit."""

    shifts: tuple[Shift, ...]
    absences: tuple[Absence, ...] = ()
    swaps: tuple[Swap, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """A shift on a day, or a part of it: who has it (None: nobody), and who would have had it by the week plan."""

    day: date
    shift: Shift
    begin: datetime
    end: datetime
    member_id: int | None
    swapped: bool = False


def turns(plan: Plan, first: date, days: int) -> list[Turn]:
    """Every turn that begins on these days, in the order of time."""
    exchanged = {(one.day, one.begins, one.member_id): one.other_id for one in plan.swaps}
    exchanged |= {(one.other_day, one.other_begins, one.other_id): one.member_id for one in plan.swaps}
    found: list[Turn] = []
    for day in (first + n * DAY for n in range(days)):
        for shift in plan.shifts:
            if shift.weekday == day.weekday():
                who = exchanged.get((day, shift.begins, shift.member_id))
                turn = Turn(day, shift, *span_of(day, shift.begins, shift.ends), who or shift.member_id, bool(who))
                found += _without_the_absent(turn, plan.absences)
    return sorted(found, key=lambda one: (one.begin, one.shift.begins, one.shift.id))


def span_of(day: date, begins: int, ends: int) -> Span:
    """When a shift that begins on a day begins and ends, in local time: on the next day if it ends before it begins."""
    last = day if ends > begins else day + DAY
    return _at(day, begins), _at(last, ends)


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60), SHANGHAI)


def _without_the_absent(turn: Turn, absences: Iterable[Absence]) -> Iterator[Turn]:
    """The turn in parts: those in which its person is away are the substitute's."""
    away = [one for one in absences if one.member_id == turn.member_id and one.since < turn.end]
    away = sorted((one for one in away if one.until > turn.begin), key=lambda one: one.since)
    begin = turn.begin
    for one in away:
        since, until = max(one.since, begin), min(one.until, turn.end)
        if begin < since:
            yield _part(turn, begin, since, turn.member_id)
        if since < until:
            yield _part(turn, since, until, one.substitute_id)
            begin = until
    if begin < turn.end:
        yield _part(turn, begin, turn.end, turn.member_id)


def _part(turn: Turn, begin: datetime, end: datetime, who: int | None) -> Turn:
    local = (begin.astimezone(SHANGHAI), end.astimezone(SHANGHAI))
    return Turn(turn.day, turn.shift, *local, who, turn.swapped)


def now_on_duty(plan: Plan, now: datetime) -> list[int]:
    """The members on duty at a moment, as the plan says."""
    today = now.astimezone(SHANGHAI).date()
    here = [one for one in turns(plan, today - DAY, 2) if one.begin <= now < one.end]
    return list(dict.fromkeys(one.member_id for one in here if one.member_id is not None))


def gaps(plan: Plan, calendar: WorkCalendar, since: datetime, days: int, gone: Collection[int]) -> list[Span]:
    """When somebody should be on duty and nobody is: from a moment on, for so many days.

    Somebody should be in office hours, and in every shift that the plan has on other such days (weekdays, weekends) -
    but on a free day only if the plan has any shift on it. Whoever is `gone` covers nothing.
    """
    first = since.astimezone(SHANGHAI).date()
    wanted = [one for n in range(days) for one in _wanted(plan, calendar, first + n * DAY)]
    covered = [
        (one.begin, one.end)
        for one in turns(plan, first - DAY, days + 1)
        if one.member_id is not None and one.member_id not in gone
    ]
    left = [part for one in _joined(wanted) for part in _minus(one, covered)]
    return [(max(begin, since), end) for begin, end in left if end > since]


def _wanted(plan: Plan, calendar: WorkCalendar, day: date) -> list[Span]:
    works = calendar.is_workday(day)
    if not works and all(one.weekday != day.weekday() for one in plan.shifts):
        return []
    weekend = day.weekday() in WEEKEND
    alike = {(one.begins, one.ends) for one in plan.shifts if (one.weekday in WEEKEND) is weekend}
    office = [(begin.hour * 60 + begin.minute, end.hour * 60 + end.minute) for begin, end in calendar.hours]
    return [span_of(day, *one) for one in (*alike, *(office if works else ()))]


def _joined(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for begin, end in sorted(spans):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def _minus(span: Span, others: Iterable[Span]) -> list[Span]:
    left = [span]
    for begin, end in others:
        cut = [((one[0], min(one[1], begin)), (max(one[0], end), one[1])) for one in left]
        left = [part for pair in cut for part in pair if part[0] < part[1]]
    return left


def hours_of(words: str) -> tuple[int, int] | None:
    """Begin and end of a shift in minutes of the day, of 白班, 夜班 or 08:30-17:30; None for anything else."""
    plain = "".join(words.split()).casefold()
    if plain in NAMED:
        return NAMED[plain]
    found = HOURS.fullmatch(words.strip())
    if found is None:
        return None
    begins, ends = int(found[1]) * 60 + int(found[2]), (int(found[3]) * 60 + int(found[4])) % MIDNIGHT
    return None if begins == ends else (begins, ends)


def weekday_of(words: str) -> int | None:
    """The weekday (0: Monday) of 周一, 星期一, 一, 1 or Mon; None for anything else."""
    plain = "".join(words.split()).casefold()
    for before in ("星期", "礼拜", "周"):
        plain = plain.removeprefix(before)
    return WEEKDAYS.get(plain, WEEKDAYS.get(plain[:3]))


def days_of(words: str, today: date) -> tuple[date, date] | None:
    """From which day to which, of 11-30 12-03 or 11月30日: the nearest that are not over. None for anything else."""
    found = DATES.findall(words)
    if not 1 <= len(found) <= 2:
        return None
    try:
        first, last = (_nearest(int(month), int(day), today) for month, day in (found[0], found[-1]))
    except ValueError:
        return None
    return (first, last) if first <= last else None


def _nearest(month: int, day: int, today: date) -> date:
    this = date(today.year, month, day)
    return this if this >= today else date(today.year + 1, month, day)
