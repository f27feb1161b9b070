"""Counting households: nobody is counted twice or assumed safe, and everything ends when it should."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.cases.rounds import (
    RoundKind,
    Tally,
    advanced,
    closing_times,
    due_times,
    next_reminder,
    numbers_in,
    one_of,
    rest_done,
    total,
)

COUNT = st.integers(0, 200)
TALLIES = st.builds(Tally, COUNT, COUNT, COUNT, COUNT)
MOMENTS = st.integers(0, 525_600).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))


@given(TALLIES, st.sampled_from(["help", "missing"]))
def test_one_more_in_trouble_is_counted_and_nobody_becomes_safe_by_it(tally: Tally, kind: str) -> None:
    after = one_of(tally, kind)
    assert after.help + after.missing == tally.help + tally.missing + 1
    assert after.done <= tally.done
    if tally.households and tally.told <= tally.households > tally.help + tally.missing:
        assert after.told <= tally.households


@given(TALLIES)
def test_the_rest_is_safe_but_those_in_trouble_stay_so(tally: Tally) -> None:
    after = rest_done(tally)
    assert (after.help, after.missing) == (tally.help, tally.missing)
    assert after.told == max(tally.households, tally.help + tally.missing)


@given(COUNT, COUNT, st.integers(-500, 20_000))
def test_what_is_done_stays_between_none_and_all(households: int, done: int, more: int) -> None:
    after = advanced(Tally(households, done), more)
    assert 0 <= after.done <= (households or 9999)


@given(st.lists(TALLIES, max_size=20))
def test_the_total_is_the_sum_of_the_parts(parts: list[Tally]) -> None:
    whole = total(parts)
    assert whole.told == sum(part.told for part in parts)
    assert whole.households == sum(part.households for part in parts)


@given(st.lists(st.integers(0, 9999), min_size=3, max_size=3), st.sampled_from([" ", "，", "、帮助", "\n"]))
def test_three_numbers_are_read_however_they_are_written(numbers: list[int], between: str) -> None:
    assert numbers_in("平安" + between.join(str(one) for one in numbers) + "户", 3) == numbers
    assert numbers_in(between.join(str(one) for one in numbers[:2]), 3) is None


@given(MOMENTS)
def test_every_time_to_choose_lies_ahead(now: datetime) -> None:
    assert all(at > now for _, at in [*closing_times(now), *due_times(now)])


@given(MOMENTS, st.timedeltas(timedelta(hours=1), timedelta(days=40)), st.sampled_from(list(RoundKind)))
def test_reminders_come_one_after_the_other_before_the_end(opened: datetime, span: timedelta, kind: RoundKind) -> None:
    closes, now, count = opened + span, opened, 0
    while (at := next_reminder(kind, opened, closes, now)) is not None:
        assert now < at and at - closes < timedelta(hours=9)
        now, count = at, count + 1
        assert count <= 3
