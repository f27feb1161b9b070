"""12345 orders as they are typed: the number, and until when."""

from datetime import timedelta

import pytest

from bot.cases.case import Status
from bot.cases.clocks import due
from bot.cases.orders import Order, due_in, order_in
from tests.cases.people import CALENDAR, MONDAY, a_case, at

NUMBER = "2026111600123"


@pytest.mark.parametrize(
    ("words", "due_at"),
    [
        ("2026111600123 11月30日17:00", "2026-11-30 17:00"),
        ("工单2026111600123，11月30日下午5点前办结", "2026-11-30 17:00"),
        ("2026111600123 明天上午十点", "2026-11-17 10:00"),
        ("编号：2026111600123\n时限：2026-11-20 09:30", "2026-11-20 09:30"),
        ("2026111600123 20261120", "2026-11-21 00:00"),
        ("2026111600123，1月5日", "2027-01-06 00:00"),
        ("2026111600123 24小时", "2026-11-17 09:00"),
        ("2026111600123 五天内", "2026-11-21 09:00"),
        ("２０２６１１１６００１２３　３个工作日", "2026-11-19 09:00"),
    ],
)
def test_a_number_and_a_time_are_understood(words: str, due_at: str) -> None:
    assert order_in(words, MONDAY, CALENDAR) == Order(NUMBER, at(due_at))


def test_letters_in_a_number_are_kept_in_one_form_and_the_time_may_be_missing() -> None:
    assert order_in("zj-20261116-77", MONDAY, CALENDAR) == Order("ZJ-20261116-77", None)


@pytest.mark.parametrize(
    "words", ["", "路灯不亮", "13812345678", "12345", "2026111600123 2026111600124", "2026111600123 11月10日"]
)
def test_what_is_no_order_or_is_over_is_asked_for_again(words: str) -> None:
    assert order_in(words, MONDAY, CALENDAR) is None


def test_an_impossible_day_is_no_time() -> None:
    assert due_in("2月30日", MONDAY, CALENDAR) is None


def test_the_order_is_promised_where_it_is_earlier_than_our_own_clock_and_only_the_first_time() -> None:
    plain = a_case(Status.DISPATCHED, dispatched_at=MONDAY)
    own = due(plain, CALENDAR)
    for order_due, promised in ((own - timedelta(hours=5), own - timedelta(hours=5)), (own + timedelta(days=9), own)):
        assert due(a_case(Status.DISPATCHED, dispatched_at=MONDAY, order_due=order_due), CALENDAR) == promised
    again = a_case(Status.DISPATCHED, dispatched_at=MONDAY, order_due=own - timedelta(hours=5), redone=1)
    assert due(again, CALENDAR) == own
