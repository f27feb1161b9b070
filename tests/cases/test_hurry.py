"""Whoever hurries is told once, then heard in silence until it calms down; the same arrival always counts once."""

from datetime import UTC, datetime, timedelta

from bot.cases.hurry import Hurries, Hurry

NOON = datetime(2026, 11, 26, 4, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_told_once_then_quiet_until_it_calms_down() -> None:
    hurries = Hurries()
    said = [hurries.look(7, one, NOON + one * SECOND, 10) for one in range(20)]
    assert said == [Hurry.CALM] * 10 + [Hurry.TELL] + [Hurry.QUIET] * 9
    assert hurries.look(7, 20, NOON + 66 * SECOND, 10) is Hurry.QUIET, "still more than half"
    assert hurries.look(7, 21, NOON + 130 * SECOND, 10) is Hurry.CALM
    again = [hurries.look(7, 30 + one, NOON + timedelta(hours=1), 10) for one in range(12)]
    assert again.count(Hurry.TELL) == 1


def test_the_same_arrival_counts_once_and_is_answered_alike() -> None:
    hurries = Hurries()
    for one in range(10):
        assert [hurries.look(7, one, NOON, 10) for _ in range(3)] == [Hurry.CALM] * 3
    assert [hurries.look(7, 10, NOON, 10) for _ in range(3)] == [Hurry.TELL] * 3


def test_nobody_is_slowed_down_by_another_and_nobody_is_known_for_ever() -> None:
    hurries = Hurries()
    for one in range(11):
        hurries.look(7, one, NOON, 10)
    assert hurries.look(8, 11, NOON, 10) is Hurry.CALM
    for who in range(10_050):
        hurries.look(100 + who, who, NOON + timedelta(minutes=who // 1000), 10)
    assert len(hurries._came) <= 10_000
