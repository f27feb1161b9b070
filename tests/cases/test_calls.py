"""Times that a call can be for, how late and far somebody is, tasks line by line."""

from datetime import timedelta

import pytest

from bot.cases.calls import FURTHEST, MOST_TASKS, may_be, metres_between, minutes_late, moment_in, offered, tasks_in
from bot.cases.worktime import SHANGHAI
from tests.cases.people import at

NOW = at("2026-11-30 10:03")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("14:30", "2026-11-30 14:30"),
        ("14：30", "2026-11-30 14:30"),
        ("15点", "2026-11-30 15:00"),
        ("明天9:30", "2026-12-01 09:30"),
        ("后天 9点", "2026-12-02 09:00"),
        ("12月3日 9:05", "2026-12-03 09:05"),
        ("tomorrow 9:30", "2026-12-01 09:30"),
    ],
)
def test_a_time_to_come_is_understood(words: str, meant: str) -> None:
    assert moment_in(words, NOW, SHANGHAI) == at(meant)


@pytest.mark.parametrize(
    "words",
    ["9:30", "", "下午", "25:00", "14:70", "13月1日 9:00", "2月30日 9:00", "1月20日 9:00", "11月29日 9:00", "9:30了"],
)
def test_what_is_past_too_far_or_no_time_is_none(words: str) -> None:
    assert moment_in(words, NOW, SHANGHAI) is None


def test_what_is_offered_can_be_chosen_and_is_even() -> None:
    found = offered(NOW, SHANGHAI)
    assert all(may_be(one, NOW) for one in found)
    assert found[0] == at("2026-11-30 10:35")
    assert found[-2:] == [at("2026-12-01 09:00"), at("2026-12-01 14:30")]
    assert not may_be(NOW, NOW)
    assert not may_be(NOW + FURTHEST + timedelta(seconds=1), NOW)


def test_nobody_is_late_before_a_minute_has_passed() -> None:
    assert [minutes_late(NOW, NOW + timedelta(seconds=s)) for s in (-600, 0, 59, 60, 3599)] == [0, 0, 0, 1, 59]


def test_how_far_two_points_of_a_town_are_apart() -> None:
    assert metres_between((32.19, 119.62), (32.19, 119.62)) == 0
    assert 1100 < metres_between((32.20, 119.62), (32.19, 119.62)) < 1125
    assert 930 < metres_between((32.19, 119.63), (32.19, 119.62)) < 950


def test_tasks_are_lines_without_bullets_and_not_too_many() -> None:
    assert tasks_in("1. 断电\n- 换灯杆\n\n  清理现场 ") == ["断电", "换灯杆", "清理现场"]
    assert tasks_in("\n \n") == []
    assert len(tasks_in("\n".join("事" for _ in range(30)))) == MOST_TASKS
    assert tasks_in("3楼断电") == ["3楼断电"]
