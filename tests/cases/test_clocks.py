"""The clock table line by line, deadlines of a case, urging, returning, extending, pausing."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.cases.case import Case, Colour, Level, Status
from bot.cases.clocks import (
    CLOCKS,
    Deadline,
    Line,
    after_shelf,
    begun_at,
    clocks_of,
    deadlines,
    extended,
    fraction,
    line_of,
    may_correct,
    may_return,
    may_urge,
    promised_anew,
    span,
    urge_from,
)
from bot.cases.errors import MoveNotAllowed
from tests.cases.people import CALENDAR, a_case, at

EVE = at("2026-09-30 16:00")
"""The last Wednesday afternoon before National Day; 8 October is the next workday, Saturday the 10th is one too."""

LINES: dict[Line, dict[str, Any]] = {
    Line.RED: {"colour": Colour.RED, "level": Level.DISTRICT},
    Line.YELLOW: {"colour": Colour.YELLOW, "matter": "J01"},
    Line.DISTRICT: {"level": Level.DISTRICT},
    Line.TOWN: {"level": Level.TOWN},
    Line.COMMUNITY: {"level": Level.COMMUNITY},
    Line.ADVICE: {"matter": "J01", "level": Level.TOWN},
}
ORDER = (
    Deadline.TRIAGE,
    Deadline.DISPATCH,
    Deadline.SIGN,
    Deadline.CONTACT,
    Deadline.FIRST_RESULT,
    Deadline.FINISH,
    Deadline.RETURN,
    Deadline.VERIFY,
)
# Registered, sent out and resolved on the eve at 16:00: when each thing is due. triage, dispatch, sign, contact,
# first result, finish, return, verify.
DUE = {
    Line.RED: "09-30 16:05|09-30 16:10|09-30 16:10|09-30 16:30|09-30 18:00|10-01 16:00|09-30 16:10|09-30 18:00",
    Line.YELLOW: "09-30 16:15|09-30 16:30|09-30 16:30|09-30 18:00|10-01 16:00|10-03 16:00|09-30 16:30|10-01 16:00",
    Line.DISTRICT: "09-30 17:00|10-08 09:00|10-08 09:00|10-01 16:00|10-03 16:00|10-15 16:00|10-08 16:00|10-09 16:00",
    Line.TOWN: "09-30 17:00|10-08 09:00|09-30 17:00|10-01 16:00|10-03 16:00|10-07 16:00|10-08 11:00|10-08 16:00",
    Line.COMMUNITY: "09-30 17:00|10-08 09:00|09-30 17:00|10-01 00:00|10-01 16:00|10-03 16:00|10-08 11:00|10-08 16:00",
    Line.ADVICE: "-|10-08 09:00|10-08 09:00|-|-|10-09 16:00|10-08 11:00|-",
}


@pytest.mark.parametrize("line", Line)
def test_every_line_of_the_table_holds_over_national_day(line: Line) -> None:
    case = a_case(Status.VERIFY, registered_at=EVE, dispatched_at=EVE, resolved_at=EVE, **LINES[line])
    assert line_of(case) is line
    found = deadlines(case, CALENDAR)
    expected = {kind: text for kind, text in zip(ORDER, DUE[line].split("|"), strict=True) if text != "-"}
    assert found == {kind: at(f"2026-{text}") for kind, text in expected.items()} | {
        Deadline.RATING: EVE + timedelta(days=14)
    }


def test_before_the_dispatch_only_the_promise_and_the_centres_clocks_run() -> None:
    assert set(deadlines(a_case(), CALENDAR)) == {Deadline.TRIAGE, Deadline.DISPATCH, Deadline.FINISH}


def test_extensions_are_those_of_the_table() -> None:
    granted = {line: clocks.extension and str(clocks.extension.amount) for line, clocks in CLOCKS.items()}
    assert list(granted.values()) == [None, "3", "15", "7", "3", "3"]
    question = extended(a_case(Status.HANDLING, dispatched_at=EVE, matter="J01"), CALENDAR)
    assert question.due_at == at("2026-10-13 16:00")
    lamp = extended(a_case(Status.HANDLING, dispatched_at=EVE), CALENDAR)
    assert lamp.due_at == at("2026-10-06 16:00")
    with pytest.raises(MoveNotAllowed):
        extended(a_case(Status.HANDLING, colour=Colour.RED), CALENDAR)


def test_an_order_keeps_its_due_time_when_the_unit_changes() -> None:
    case = a_case(Status.DISPATCHED, dispatched_at=EVE, due_at=at("2026-10-02 09:00"))
    assert deadlines(case, CALENDAR)[Deadline.FINISH] == at("2026-10-02 09:00")


def test_a_matter_may_set_its_own_times() -> None:
    case = a_case(Status.DISPATCHED, matter="G01", dispatched_at=EVE)
    own = clocks_of(case, first_contact="30 min", finish="4 wh")
    found = deadlines(case, CALENDAR, own)
    assert (found[Deadline.CONTACT], found[Deadline.FINISH]) == (at("2026-09-30 16:30"), at("2026-10-08 11:00"))
    assert found[Deadline.SIGN] == deadlines(case, CALENDAR)[Deadline.SIGN]
    assert fraction(case, CALENDAR, 0.5, own) == EVE + (at("2026-10-08 11:00") - EVE) / 2


@pytest.mark.parametrize("text", ["30 min", "24 h", "3 d", "15 wd", "4 wh", "same day"])
def test_spans_are_written_as_in_the_catalogue(text: str) -> None:
    once = span(text).after(EVE, CALENDAR)
    assert EVE < once < span(text).after(once, CALENDAR)


@pytest.mark.parametrize("text", ["h", "3", "3d", "-1 d", "two days", "3 d "])
def test_nothing_else_is_a_span(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        span(text)


def working(**changes: Any) -> Case:
    return a_case(Status.HANDLING, registered_at=EVE, dispatched_at=EVE, due_at=EVE + timedelta(hours=10), **changes)


def test_urging_opens_at_half_of_the_clock_and_once_a_day() -> None:
    half = EVE + timedelta(hours=5)
    assert not may_urge(working(), half - timedelta(seconds=1), CALENDAR)
    assert may_urge(working(), half, CALENDAR)
    again = working(urged_at=half)
    assert urge_from(again, CALENDAR) == half + timedelta(days=1)
    assert not may_urge(again, half + timedelta(hours=23), CALENDAR)
    longer = replace(again, due_at=EVE + timedelta(days=10))
    assert urge_from(longer, CALENDAR) == EVE + timedelta(days=5)


@pytest.mark.parametrize(
    "status", [Status.NEED_INFO, Status.FEEDBACK, Status.REJECTED, Status.CLOSED, Status.WITHDRAWN, Status.MERGED]
)
def test_where_nobody_owes_anything_nobody_can_be_urged(status: Status) -> None:
    assert not may_urge(a_case(status), EVE + timedelta(days=300), CALENDAR)


def test_words_can_be_corrected_for_ten_minutes() -> None:
    case = a_case(registered_at=EVE)
    assert may_correct(case, EVE + timedelta(minutes=10))
    assert not may_correct(case, EVE + timedelta(minutes=10, seconds=1))
    assert not may_correct(a_case(Status.WITHDRAWN, registered_at=EVE), EVE)


@pytest.mark.parametrize(("now", "may"), [("2026-10-08 11:00", True), ("2026-10-08 11:01", False)])
def test_a_unit_returns_an_order_within_its_window(now: str, may: bool) -> None:
    sent = a_case(Status.DISPATCHED, dispatched_at=EVE)
    assert may_return(sent, at(now), CALENDAR) is may
    assert not may_return(a_case(Status.ACCEPTED, dispatched_at=EVE), EVE, CALENDAR)


@pytest.mark.parametrize(
    ("ended", "moved"),
    [(EVE + timedelta(days=20), timedelta(days=20)), (EVE - timedelta(days=1), timedelta())],
)
def test_a_shelf_moves_the_due_time_by_all_of_it(ended: datetime, moved: timedelta) -> None:
    assert after_shelf(working(), EVE, ended).due_at == EVE + timedelta(hours=10) + moved
    assert after_shelf(a_case(), EVE, ended).due_at is None


@pytest.mark.parametrize(
    ("promised", "kept", "anew"),
    [
        ("2026-11-19 09:00", False, "2026-11-23 09:00"),
        ("2026-11-22 09:00", False, "2026-11-26 09:00"),
        ("2026-11-18 17:00", True, "2026-11-18 17:00"),
        ("2026-11-18 17:00", False, "2026-11-23 09:00"),
    ],
)
def test_another_grade_keeps_what_was_granted_and_an_earlier_day_that_was_named(
    promised: str, kept: bool, anew: str
) -> None:
    before = replace(
        working(), dispatched_at=at("2026-11-16 09:00"), due_at=at(promised), yellow_at=at("2026-11-17 09:00")
    )
    usual = (at("2026-11-19 09:00"), at("2026-11-23 09:00"))
    after = promised_anew(before, replace(before, level=Level.TOWN), usual, at("2026-11-17 10:00"), kept=kept)
    assert after.due_at == at(anew)
    assert (after.yellow_at is None) is (after.due_at != before.due_at)


def test_a_graver_colour_is_never_promised_later_and_begins_its_clock_anew() -> None:
    now = at("2026-11-18 10:00")
    before = replace(working(), dispatched_at=at("2026-11-16 09:00"), due_at=at("2026-11-19 09:00"))
    red = replace(before, colour=Colour.RED, graver_at=now)
    assert begun_at(red) == now and begun_at(before) == at("2026-11-16 09:00")
    usual = (at("2026-11-19 09:00"), now + timedelta(hours=24))
    assert promised_anew(before, red, usual, now, kept=False).due_at == at("2026-11-19 09:00")
    assert promised_anew(before, red, (usual[0], now + timedelta(hours=2)), now, kept=False).due_at == now + timedelta(
        hours=2
    )
    assert promised_anew(replace(before, due_at=None), red, usual, now, kept=False).due_at is None
