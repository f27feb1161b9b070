"""Working time: hand-counted days around National Day 2026, and laws that hold for every moment."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.worktime import OFFICE_HOURS, SHANGHAI, WorkCalendar
from tests.cases.people import CALENDAR, at, between, patiently

MINUTE = timedelta(minutes=1)
HOLIDAY_BLOCK = WorkCalendar(is_workday=lambda day: not (date(2030, 1, 20) <= day <= date(2030, 2, 10)))

moments = between("1992-01-01", "2400-01-01")
near_moments = between("2025-06-01", "2028-01-01")
spans = st.integers(1, 60 * 60).map(lambda minutes: minutes * MINUTE)
days = st.integers(1, 40)


def works_at(moment: datetime) -> bool:
    local = moment.astimezone(SHANGHAI)
    return CALENDAR.is_workday(local.date()) and any(opens <= local.time() <= closes for opens, closes in OFFICE_HOURS)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-16 09:00", 1, "2026-11-16 10:00"),
        ("2026-11-16 11:30", 1, "2026-11-16 14:30"),
        ("2026-11-16 12:30", 1, "2026-11-16 15:00"),
        ("2026-11-16 08:30", 7, "2026-11-16 17:30"),
        ("2026-11-16 17:00", 1, "2026-11-17 09:00"),
        ("2026-11-20 17:30", 1, "2026-11-23 09:30"),
        ("2026-11-21 03:00", 1, "2026-11-23 09:30"),
        ("2026-09-30 16:30", 2, "2026-10-08 09:30"),
        ("2026-10-09 16:30", 2, "2026-10-10 09:30"),
        ("2026-09-19 10:00", 4, "2026-09-20 14:30"),
        ("2031-03-14 17:00", 1, "2031-03-17 09:00"),
    ],
)
def test_working_hours_skip_lunch_nights_weekends_and_holidays(start: str, hours: int, end: str) -> None:
    assert CALENDAR.add_work_hours(at(start), timedelta(hours=hours)) == at(end)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-11-16 09:00", 1, "2026-11-17 09:00"),
        ("2026-11-20 09:00", 1, "2026-11-23 09:00"),
        ("2026-11-21 10:00", 1, "2026-11-23 17:30"),
        ("2026-11-20 23:00", 1, "2026-11-23 17:30"),
        ("2026-11-16 12:00", 1, "2026-11-17 12:00"),
        ("2026-11-16 12:30", 1, "2026-11-17 14:00"),
        ("2026-11-16 05:00", 1, "2026-11-17 08:30"),
        ("2026-09-30 10:00", 2, "2026-10-09 10:00"),
        ("2026-09-30 10:00", 3, "2026-10-10 10:00"),
        ("2026-09-30 10:00", 4, "2026-10-12 10:00"),
        ("2026-10-08 10:00", -1, "2026-09-30 10:00"),
        ("2026-10-03 10:00", -1, "2026-09-29 17:30"),
        ("2026-09-18 10:00", 1, "2026-09-20 10:00"),
        ("2026-11-16 09:00", 0, "2026-11-16 09:00"),
    ],
)
def test_workdays_count_make_up_days_and_skip_holidays(start: str, count: int, end: str) -> None:
    assert CALENDAR.add_workdays(at(start), count) == at(end)


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        ("2026-11-16 21:59", "2026-11-16 21:59"),
        ("2026-11-16 22:00", "2026-11-17 07:00"),
        ("2026-11-17 00:00", "2026-11-17 07:00"),
        ("2026-11-17 06:59", "2026-11-17 07:00"),
        ("2026-11-17 07:00", "2026-11-17 07:00"),
        ("2026-12-31 23:30", "2027-01-01 07:00"),
    ],
)
def test_between_ten_and_seven_people_sleep(moment: str, end: str) -> None:
    assert CALENDAR.after_quiet(at(moment)) == at(end)
    assert CALENDAR.is_quiet(at(moment)) == (moment != end)


def test_the_day_ends_at_midnight_in_town_not_in_london() -> None:
    assert CALENDAR.end_of_day(at("2026-11-16 07:00")) == at("2026-11-17 00:00")
    assert CALENDAR.end_of_day(at("2026-11-16 23:59")) == at("2026-11-17 00:00")


def test_three_weeks_without_a_workday_are_only_a_longer_wait() -> None:
    assert HOLIDAY_BLOCK.add_workdays(at("2030-01-19 09:00"), 1) == at("2030-02-11 09:00")
    assert HOLIDAY_BLOCK.add_work_hours(at("2030-02-01 09:00"), timedelta(hours=1)) == at("2030-02-11 09:30")


def test_a_unit_may_keep_its_own_hours() -> None:
    shop = WorkCalendar(is_workday=lambda _: True, hours=((time(10), time(20)),))
    assert shop.add_work_hours(at("2026-11-21 19:00"), timedelta(hours=2)) == at("2026-11-22 11:00")


@patiently
@given(moments, spans)
def test_adding_working_time_is_undone_by_measuring_it(start: datetime, span: timedelta) -> None:
    end = CALENDAR.add_work_hours(start, span)
    assert end > start
    assert CALENDAR.work_between(start, end) == span


@patiently
@given(moments, spans)
def test_working_time_ends_while_people_work(start: datetime, span: timedelta) -> None:
    assert works_at(CALENDAR.add_work_hours(start, span))


@patiently
@given(near_moments, near_moments, spans)
def test_who_comes_first_is_due_first_in_working_hours(one: datetime, other: datetime, span: timedelta) -> None:
    first, second = sorted((one, other))
    assert CALENDAR.add_work_hours(first, span) <= CALENDAR.add_work_hours(second, span)


@patiently
@given(moments, spans, spans)
def test_working_time_can_be_added_in_pieces(start: datetime, one: timedelta, other: timedelta) -> None:
    assert CALENDAR.add_work_hours(CALENDAR.add_work_hours(start, one), other) == CALENDAR.add_work_hours(
        start, one + other
    )


@patiently
@given(moments, days)
def test_a_workday_clock_ends_while_people_work_and_can_be_wound_back(start: datetime, count: int) -> None:
    end = CALENDAR.add_workdays(start, count)
    assert works_at(end)
    assert end > start
    assert CALENDAR.add_workdays(end, -count) == CALENDAR.add_workdays(start, 0)


@patiently
@given(near_moments, near_moments, days)
def test_who_comes_first_is_due_first_in_workdays(one: datetime, other: datetime, count: int) -> None:
    first, second = sorted((one, other))
    assert CALENDAR.add_workdays(first, count) <= CALENDAR.add_workdays(second, count)


@patiently
@given(moments, days)
def test_calendar_days_are_twenty_four_hours_and_keep_the_time_of_day(start: datetime, count: int) -> None:
    end = CALENDAR.add_days(start, count)
    assert end - start == timedelta(days=count)
    assert end.astimezone(SHANGHAI).time() == start.astimezone(SHANGHAI).time()


@patiently
@given(moments)
def test_sleep_is_never_disturbed_nor_longer_than_nine_hours(moment: datetime) -> None:
    woken = CALENDAR.after_quiet(moment)
    assert not CALENDAR.is_quiet(woken)
    assert timedelta() <= woken - moment <= timedelta(hours=9)


@patiently
@given(between("0001-02-01", "9998-01-01"), days)
def test_no_year_is_an_exception(start: datetime, count: int) -> None:
    assert CALENDAR.add_workdays(start, count) > start
    assert CALENDAR.add_work_hours(start, timedelta(hours=4)) > start
    assert CALENDAR.after_quiet(start) >= start
