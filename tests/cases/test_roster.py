"""The duty roster: whose turn it is, substitutes, swaps, nights that end the next day, and where nobody is."""

from datetime import date, datetime

import pytest

from bot.cases.roster import (
    DAY_SHIFT,
    NIGHT_SHIFT,
    Absence,
    Plan,
    Shift,
    Swap,
    days_of,
    gaps,
    hours_of,
    now_on_duty,
    turns,
    weekday_of,
)
from bot.cases.worktime import SHANGHAI
from tests.cases.people import CALENDAR, at

LI, SUN, ZHOU = 1, 2, 3
MONDAY, TUESDAY, SATURDAY = date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 21)


def week(who: int, hours: tuple[int, int] = DAY_SHIFT, days: range = range(5)) -> tuple[Shift, ...]:
    return tuple(Shift(100 * who + day, day, *hours, who) for day in days)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def spans(plan: Plan, since: str, days: int, gone: tuple[int, ...] = ()) -> list[tuple[str, str]]:
    found = gaps(plan, CALENDAR, at(since), days, gone)
    return [(f"{b.astimezone(SHANGHAI):%d %H:%M}", f"{e.astimezone(SHANGHAI):%d %H:%M}") for b, e in found]


def test_by_day_one_and_by_night_another_until_the_morning_after() -> None:
    plan = Plan(week(LI) + week(SUN, NIGHT_SHIFT))
    assert now_on_duty(plan, at("2026-11-16 08:29")) == []
    assert now_on_duty(plan, at("2026-11-16 08:30")) == [LI]
    assert now_on_duty(plan, at("2026-11-16 17:30")) == [SUN]
    assert now_on_duty(plan, at("2026-11-17 03:00")) == [SUN]
    assert now_on_duty(plan, at("2026-11-17 08:30")) == [LI]
    assert now_on_duty(plan, at("2026-11-21 08:00")) == [SUN], "the night of Friday ends on Saturday"
    assert now_on_duty(plan, at("2026-11-21 09:00")) == []


def test_who_is_away_is_replaced_for_exactly_that_time() -> None:
    absence = Absence(1, LI, ZHOU, at("2026-11-16 12:00"), at("2026-11-17 00:00"))
    plan = Plan(week(LI), (absence,))
    parts = [(f"{one.begin:%H:%M}", f"{one.end:%H:%M}", one.member_id) for one in turns(plan, MONDAY, 1)]
    assert parts == [("08:30", "12:00", LI), ("12:00", "17:30", ZHOU)]
    assert now_on_duty(plan, at("2026-11-17 09:00")) == [LI]


def test_without_a_substitute_nobody_is_there() -> None:
    plan = Plan(week(LI), (Absence(1, LI, None, at("2026-11-16 00:00"), at("2026-11-17 00:00")),))
    assert now_on_duty(plan, at("2026-11-16 09:00")) == []
    assert spans(plan, "2026-11-16 00:00", 1) == [("16 08:30", "16 17:30")]


def test_a_swap_turns_both_shifts_and_no_other() -> None:
    plan = Plan(week(LI, days=range(1)) + week(SUN, days=range(1, 2)), (), (Swap(LI, MONDAY, 510, SUN, TUESDAY, 510),))
    assert [one.member_id for one in turns(plan, MONDAY, 2)] == [SUN, LI]
    assert [one.member_id for one in turns(plan, date(2026, 11, 23), 2)] == [LI, SUN]
    assert all(one.swapped for one in turns(plan, MONDAY, 2))


def test_gaps_are_office_hours_and_shifts_that_other_such_days_have() -> None:
    assert spans(Plan(week(LI)), "2026-11-16 00:00", 7) == [], "free days without any shift are no gaps"
    without_wednesday = tuple(one for one in week(LI) if one.weekday != 2)
    assert spans(Plan(without_wednesday), "2026-11-16 00:00", 7) == [("18 08:30", "18 17:30")]
    nights = week(LI) + tuple(one for one in week(SUN, NIGHT_SHIFT) if one.weekday != 3)
    assert spans(Plan(nights), "2026-11-16 00:00", 7) == [("19 17:30", "20 08:30")]
    mornings = Plan(week(LI, (510, 720)))
    assert spans(mornings, "2026-11-16 00:00", 1) == [("16 14:00", "16 17:30")]


def test_who_has_left_covers_nothing_and_what_is_over_is_no_gap() -> None:
    assert spans(Plan(week(LI)), "2026-11-20 15:00", 3, (LI,)) == [("20 15:00", "20 17:30")]


@pytest.mark.parametrize(
    "words, hours",
    [
        ("白班", DAY_SHIFT),
        ("夜班", NIGHT_SHIFT),
        ("08:30-17:30", DAY_SHIFT),
        ("20：00至08：00", (1200, 480)),
        ("8点", None),
    ],
)
def test_hours_are_read_as_people_write_them(words: str, hours: tuple[int, int] | None) -> None:
    assert hours_of(words) == hours


def test_a_shift_of_no_length_is_none() -> None:
    assert hours_of("08:00-08:00") is None
    assert hours_of("16:00-24:00") == (960, 0)


@pytest.mark.parametrize(
    "words, day", [("周一", 0), ("星期天", 6), ("日", 6), ("7", 6), ("Wednesday", 2), ("八", None)]
)
def test_weekdays_are_read_as_people_write_them(words: str, day: int | None) -> None:
    assert weekday_of(words) == day


@pytest.mark.parametrize(
    "words, days",
    [
        ("11-30 12-03", (date(2026, 11, 30), date(2026, 12, 3))),
        ("11月30日", (date(2026, 11, 30), date(2026, 11, 30))),
        ("1.5", (date(2027, 1, 5), date(2027, 1, 5))),
        ("12-03 11-30", None),
        ("2-30", None),
        ("明天", None),
    ],
)
def test_days_are_the_nearest_that_are_not_over(words: str, days: tuple[date, date] | None) -> None:
    assert days_of(words, date(2026, 11, 26)) == days
