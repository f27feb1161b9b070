"""The clock that stands for a question: how long, for whom, and what rings meanwhile and afterwards."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.actions import Action, Role
from bot.cases.alarms import Kind, alarms
from bot.cases.case import Case, Colour, Status
from bot.cases.clocks import fraction
from bot.cases.conditions import PAUSE_AT_MOST
from bot.cases.errors import MoveNotAllowed
from bot.cases.lifecycle import move
from tests.cases.people import CALENDAR, HANDLER, MONDAY, a_case

HOUR = timedelta(hours=1)


def at_work(**changes: object) -> Case:
    facts = {"dispatched_at": MONDAY, "due_at": MONDAY + timedelta(days=3), "handler_id": HANDLER}
    return a_case(Status.HANDLING, **facts | changes)


def asks(case: Case, hours: float) -> Case:
    return move(case, Action.ASK, Role.RESPONDER, MONDAY + hours * HOUR, note="哪一盏？", actor_id=HANDLER)


def answers(case: Case, hours: float) -> Case:
    return move(case, Action.ANSWER, Role.REPORTER, MONDAY + hours * HOUR)


@given(st.lists(st.integers(1, 50), min_size=2, max_size=8))
def test_it_stands_exactly_as_long_as_somebody_waits_and_three_days_at_most(gaps: list[int]) -> None:
    case, now, stood = at_work(), 0, 0
    for asked, waits in zip(gaps[::2], gaps[1::2], strict=False):
        now += asked
        before = case
        case = asks(case, now)
        now += waits
        if case.paused_at is None:
            assert stood == 72 or MONDAY + (now - waits) * HOUR >= (before.due_at or MONDAY)
            continue
        case = answers(case, now)
        stood = min(72, stood + waits)
        assert case.due_at == MONDAY + timedelta(days=3) + stood * HOUR
        assert case.paused_s == stood * 3600


def test_while_it_stands_only_its_end_rings() -> None:
    waiting = asks(at_work(), 10)
    (only,) = alarms(waiting, CALENDAR, MONDAY + 10 * HOUR)
    assert (only.kind, only.at) == (Kind.NO_ANSWER, MONDAY + 10 * HOUR + PAUSE_AT_MOST)


def test_half_of_the_time_is_half_of_the_time_that_ran() -> None:
    after = answers(asks(at_work(), 10), 34)
    assert fraction(after, CALENDAR, 0.5) == MONDAY + (36 + 24) * HOUR


def test_what_rang_before_does_not_ring_again_and_what_is_left_rings_later_by_as_much() -> None:
    late, early = answers(asks(at_work(), 40), 64), answers(asks(at_work(), 10), 34)
    kinds = [one.kind for one in alarms(late, CALENDAR, MONDAY + 64 * HOUR)]
    assert Kind.HALF_TIME not in kinds and Kind.NEARLY_DUE in kinds and Kind.RED_CARD in kinds
    assert Kind.HALF_TIME in [one.kind for one in alarms(early, CALENDAR, MONDAY + 34 * HOUR)]
    shown = replace(late, yellow_at=MONDAY + 39 * HOUR)
    assert Kind.YELLOW_CARD not in [one.kind for one in alarms(shown, CALENDAR, MONDAY + 64 * HOUR)]


@pytest.mark.parametrize(
    "special",
    [
        {"colour": Colour.RED},
        {"due_at": MONDAY},
        {"paused_s": 72 * 3600},
        {"due_at": None},
        {"order_due": MONDAY + timedelta(days=3)},
    ],
    ids=str,
)
def test_danger_what_is_late_what_stood_for_three_days_and_what_others_have_set_runs_on(
    special: dict[str, object],
) -> None:
    case = at_work(**special)
    after = asks(case, 1)
    assert (after.paused_at, after.due_at) == (None, case.due_at)
    with pytest.raises(MoveNotAllowed):
        answers(after, 2)


@pytest.mark.parametrize("action", [Action.GRADE, Action.RENAME, Action.HASTEN, Action.WHISTLE, Action.PROGRESS])
def test_another_promise_ends_it_and_work_does_not(action: Action) -> None:
    role = Role.RESPONDER if action is Action.PROGRESS else Role.DISTRICT_DISPATCHER
    after = move(asks(at_work(), 1), action, role, MONDAY + 5 * HOUR, note="因为", actor_id=9, to_id=5)
    assert (after.paused_at is None) == (action in {Action.GRADE, Action.RENAME, Action.HASTEN})
