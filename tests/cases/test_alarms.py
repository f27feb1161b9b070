"""What rings when: red at night, quiet hours, the ladder, and what is made up for after downtime."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.actions import Action, Role
from bot.cases.alarms import Alarm, Audience, Firing, Kind, alarms, overdue_now, rings_again
from bot.cases.case import Case, Colour, Level, Status
from tests.cases.people import CALENDAR, HANDLER, LATER, MONDAY, a_case, at, between, full, patiently

NIGHT = at("2026-11-16 23:50")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MORNING = timedelta(hours=23, minutes=30)
"""From MONDAY until the office opens again."""

SILENT_STATUSES = {Status.DRAFT, Status.MERGED, Status.ARCHIVED}


def told(case: Case, *kinds: Kind, since: datetime = MONDAY) -> list[tuple[datetime, Audience]]:
    return [(alarm.at, alarm.to) for alarm in alarms(case, CALENDAR, since) if alarm.kind in kinds]


def sent(when: datetime, **changes: Any) -> Case:
    return a_case(Status.DISPATCHED, registered_at=when, dispatched_at=when, **changes)


def test_nobody_signs_a_red_case_at_night_and_every_five_minutes_the_next_one_is_woken() -> None:
    red = sent(NIGHT, colour=Colour.RED)
    people = (Audience.DUTY, Audience.DEPUTY, Audience.LEADER, Audience.ALL_DISPATCHERS, Audience.ADMINS)
    first, then = told(red, Kind.UNSIGNED)[:5], told(red, Kind.UNSIGNED)[5:]
    assert first == [(NIGHT + n * timedelta(minutes=5), who) for n, who in enumerate(people, 1)]
    known = NIGHT + timedelta(minutes=25)
    hours = [(known + n * HOUR, Audience.ALL_DISPATCHERS) for n in range(1, 24)]
    assert then == hours, "nobody forgets it before its clock has run out"


def test_nobody_is_woken_for_yellow_and_in_the_morning_the_chain_begins_with_the_duty_person() -> None:
    yellow = sent(NIGHT, colour=Colour.YELLOW)
    assert told(yellow, Kind.UNSIGNED) == [
        (at("2026-11-17 07:00"), Audience.DUTY),
        (at("2026-11-17 07:30"), Audience.DEPUTY),
        (at("2026-11-17 08:00"), Audience.LEADER),
        (at("2026-11-17 08:30"), Audience.ALL_DISPATCHERS),
    ]


def test_nobody_signs_a_plain_case_and_the_next_one_hears_of_it_after_each_working_hour() -> None:
    friday = sent(at("2026-11-20 16:00"))
    assert told(friday, Kind.UNSIGNED) == [
        (at("2026-11-20 17:00"), Audience.DUTY),
        (at("2026-11-23 09:00"), Audience.DEPUTY),
        (at("2026-11-23 10:00"), Audience.LEADER),
        (at("2026-11-23 11:00"), Audience.ALL_DISPATCHERS),
    ]


def test_the_ladder_of_a_coloured_case_runs_day_and_night() -> None:
    red = sent(NIGHT, colour=Colour.RED)
    assert [(a.kind, a.at, a.to) for a in alarms(red, CALENDAR, NIGHT) if a.kind is not Kind.UNSIGNED] == [
        (Kind.HALF_TIME, NIGHT + 12 * HOUR, Audience.DUTY),
        (Kind.YELLOW_CARD, NIGHT + 12 * HOUR, Audience.UNIT_AND_CENTRE),
        (Kind.NEARLY_DUE, NIGHT + 24 * HOUR * 0.8, Audience.LEADER),
        (Kind.RED_CARD, NIGHT + 24 * HOUR, Audience.UNIT_AND_CENTRE),
        (Kind.PARENT_TOLD, NIGHT + 48 * HOUR, Audience.PARENT),
        (Kind.OVERSEEN, at("2026-11-20 17:30"), Audience.OVERSIGHT),
    ]


def test_the_cards_of_a_plain_case_come_a_workday_before_and_the_day_after() -> None:
    town = sent(MONDAY, level=Level.TOWN)
    due = at("2026-11-23 09:00")
    assert [(a.kind, a.at, a.step) for a in alarms(town, CALENDAR, MONDAY) if a.kind is not Kind.UNSIGNED] == [
        (Kind.HALF_TIME, MONDAY + 3.5 * DAY, 1),
        (Kind.YELLOW_CARD, at("2026-11-20 09:00"), 1),
        (Kind.NEARLY_DUE, at("2026-11-22 07:00"), 1),
        (Kind.RED_CARD, due + DAY, 2),
        (Kind.PARENT_TOLD, due + DAY, 3),
        (Kind.OVERSEEN, at("2026-11-26 09:00"), 4),
    ]


def test_a_short_clock_over_a_holiday_shows_no_yellow_card_before_its_half() -> None:
    eve = at("2026-09-30 16:00")
    assert told(sent(eve), Kind.YELLOW_CARD) == [(at("2026-10-02 07:00"), Audience.UNIT_AND_CENTRE)]


def test_an_order_that_came_to_its_unit_overdue_is_not_told_of_its_half_time() -> None:
    late = sent(MONDAY, due_at=MONDAY - DAY)
    assert told(late, Kind.HALF_TIME, Kind.NEARLY_DUE) == []
    assert told(late, Kind.RED_CARD) == [(MONDAY, Audience.UNIT_AND_CENTRE)]


@pytest.mark.parametrize(
    ("status", "facts", "expected"),
    [
        (Status.REGISTERED, {}, [(HOUR, Audience.CENTRE), (2 * HOUR, Audience.ADMINS), (MORNING, Audience.CENTRE)]),
        (
            Status.REGISTERED,
            {"matter": "J01"},
            [(2 * HOUR, Audience.CENTRE), (6 * HOUR, Audience.ADMINS), (MORNING, Audience.CENTRE)],
        ),
        (Status.TRIAGE, {}, [(HOUR, Audience.CENTRE), (2 * HOUR, Audience.ADMINS), (MORNING, Audience.CENTRE)]),
        (
            Status.TRIAGE,
            {"colour": Colour.RED},
            [
                (timedelta(minutes=5), Audience.CENTRE),
                (timedelta(minutes=10), Audience.ADMINS),
                (MORNING, Audience.CENTRE),
            ],
        ),
        (Status.DIVERTED, {}, [(HOUR, Audience.CENTRE), (2 * HOUR, Audience.ADMINS), (MORNING, Audience.CENTRE)]),
        (Status.REDO, {}, [(HOUR, Audience.CENTRE), (2 * HOUR, Audience.ADMINS), (MORNING, Audience.CENTRE)]),
        (Status.NEED_INFO, {}, [(3 * DAY, Audience.SYSTEM)]),
        (Status.REFERRED, {}, [(7 * DAY, Audience.SYSTEM)]),
        (Status.REJECTED, {}, [(7 * DAY, Audience.SYSTEM)]),
        (Status.SHELVED, {}, [(30 * DAY, Audience.SYSTEM)]),
        (Status.CLOSED, {"closed_at": MONDAY}, [(30 * DAY, Audience.SYSTEM)]),
        (Status.WITHDRAWN, {"closed_at": MONDAY}, [(30 * DAY, Audience.SYSTEM)]),
        (
            Status.VERIFY,
            {"resolved_at": MONDAY},
            [(DAY, Audience.CENTRE), (2 * DAY, Audience.ADMINS), (2 * DAY + MORNING, Audience.CENTRE)],
        ),
        (
            Status.VERIFY,
            {"resolved_at": MONDAY, "colour": Colour.RED},
            [(2 * HOUR, Audience.CENTRE), (4 * HOUR, Audience.ADMINS), (MORNING, Audience.CENTRE)],
        ),
        (
            Status.FEEDBACK,
            {},
            [
                (timedelta(), Audience.REPORTER),
                (DAY, Audience.REPORTER),
                (3 * DAY, Audience.REPORTER),
                (7 * DAY, Audience.SYSTEM),
            ],
        ),
        (Status.MERGED, {}, []),
        (Status.ARCHIVED, {}, []),
    ],
)
def test_a_status_without_a_unit_rings_as_the_table_says(
    status: Status, facts: dict[str, Any], expected: list[tuple[timedelta, Audience]]
) -> None:
    found = [(alarm.at - MONDAY, alarm.to) for alarm in alarms(a_case(status, **facts), CALENDAR, MONDAY)]
    assert found == expected


@pytest.mark.parametrize(
    ("status", "kinds"),
    [
        (Status.ACCEPTED, {Kind.UNCONTACTED, Kind.NO_RESULT}),
        (Status.HANDLING, {Kind.NO_RESULT}),
        (Status.JOINT, {Kind.NO_RESULT}),
        (Status.REWORK, {Kind.NO_RESULT}),
        (Status.RETURN_REVIEW, {Kind.UNDECIDED}),
        (Status.EXTENSION_REVIEW, {Kind.UNDECIDED}),
    ],
)
def test_the_finish_clock_goes_on_whatever_the_unit_waits_for(status: Status, kinds: set[Kind]) -> None:
    rings = {alarm.kind for alarm in alarms(a_case(status, dispatched_at=MONDAY), CALENDAR, MONDAY)}
    ladder = {Kind.HALF_TIME, Kind.NEARLY_DUE, Kind.YELLOW_CARD, Kind.RED_CARD, Kind.PARENT_TOLD, Kind.OVERSEEN}
    assert rings == ladder | kinds


@pytest.mark.parametrize(
    ("facts", "first", "then"),
    [
        ({"colour": Colour.RED}, 2 * HOUR, 4 * HOUR),
        ({"colour": Colour.YELLOW}, DAY, 2 * DAY),
        ({"level": Level.DISTRICT}, 3 * DAY, 6 * DAY),
        ({"level": Level.TOWN}, 3 * DAY, 6 * DAY),
        ({}, DAY, 2 * DAY),
    ],
)
def test_who_tells_of_no_result_is_asked_for_it_and_then_the_leader(
    facts: dict[str, Any], first: timedelta, then: timedelta
) -> None:
    silent = a_case(Status.HANDLING, dispatched_at=MONDAY, contacted_at=MONDAY + HOUR, **facts)
    assert told(silent, Kind.NO_RESULT) == [(MONDAY + first, Audience.DUTY), (MONDAY + then, Audience.LEADER)]
    assert told(replace(silent, progressed_at=MONDAY + HOUR), Kind.NO_RESULT) == []
    again = replace(silent, progressed_at=MONDAY - HOUR)
    assert len(told(again, Kind.NO_RESULT)) == 2, "what another unit told before says nothing of this one"


def test_a_question_has_no_first_result_and_none_is_asked_for_after_the_end() -> None:
    assert told(a_case(Status.HANDLING, matter="J01", dispatched_at=MONDAY), Kind.NO_RESULT) == []
    short = a_case(Status.HANDLING, dispatched_at=MONDAY, due_at=MONDAY + 1.5 * DAY)
    assert told(short, Kind.NO_RESULT) == [(MONDAY + DAY, Audience.DUTY)]


def test_the_first_result_waits_while_the_clock_stands_and_rings_no_second_time() -> None:
    stood = int(DAY.total_seconds())
    asked = a_case(Status.HANDLING, dispatched_at=MONDAY, paused_s=stood, resumed_at=MONDAY + 1.5 * DAY)
    assert told(asked, Kind.NO_RESULT) == [(MONDAY + 2 * DAY, Audience.DUTY), (MONDAY + 3 * DAY, Audience.LEADER)]
    later = replace(asked, resumed_at=MONDAY + 2.5 * DAY)
    assert told(later, Kind.NO_RESULT) == [(MONDAY + 3 * DAY, Audience.LEADER)], "the unit heard it before the question"


def test_a_shelf_and_a_result_that_did_not_pass_are_first_results_too() -> None:
    hand = a_case(Status.HANDLING, dispatched_at=MONDAY, handler_id=HANDLER)
    for action, role in ((Action.SHELVE, Role.DISTRICT_DISPATCHER), (Action.RESOLVE, Role.RESPONDER)):
        assert full(hand, action, role).progressed_at == LATER


def test_after_a_long_downtime_the_ladder_is_said_once_to_everybody_it_is_for() -> None:
    rings = alarms(a_case(Status.HANDLING, dispatched_at=MONDAY, progressed_at=MONDAY), CALENDAR, MONDAY)
    (firing,) = overdue_now(rings, MONDAY + 30 * DAY)
    assert firing.alarms == rings
    assert firing.says.kind is Kind.OVERSEEN
    assert firing.to == (Audience.UNIT_AND_CENTRE, Audience.PARENT, Audience.OVERSIGHT)


def test_of_missed_nudges_only_the_latest_is_said_but_all_are_recorded() -> None:
    rings = alarms(a_case(Status.FEEDBACK), CALENDAR, MONDAY)
    (firing,) = overdue_now(rings, MONDAY + 4 * DAY)
    assert [alarm.step for alarm in firing.alarms] == [1, 2, 3]
    assert (firing.says.step, firing.to) == (3, (Audience.REPORTER,))


def test_missed_half_time_and_eighty_percent_are_one_word_to_the_leader() -> None:
    rings = alarms(
        a_case(Status.HANDLING, dispatched_at=MONDAY, progressed_at=MONDAY, level=Level.DISTRICT), CALENDAR, MONDAY
    )
    (firing,) = overdue_now(rings, MONDAY + 13 * DAY)
    assert [alarm.kind for alarm in firing.alarms] == [Kind.HALF_TIME, Kind.NEARLY_DUE]
    assert (firing.says.kind, firing.to) == (Kind.NEARLY_DUE, (Audience.LEADER,))


def test_a_red_case_nobody_signed_during_a_downtime_wakes_the_whole_chain_at_once() -> None:
    rings = alarms(sent(NIGHT, colour=Colour.RED), CALENDAR, NIGHT)
    (firing,) = overdue_now(rings, NIGHT + HOUR)
    assert len(firing.alarms) == len(firing.to) == 5


def reported_and_done(when: datetime, facts: dict[str, Any]) -> Case:
    return a_case(registered_at=when, dispatched_at=when, resolved_at=when, closed_at=when, **facts)


every_case = st.builds(
    reported_and_done,
    between("2025-01-01", "2029-01-01"),
    st.fixed_dictionaries(
        {
            "status": st.sampled_from(Status),
            "colour": st.sampled_from(Colour),
            "level": st.sampled_from(Level),
            "matter": st.sampled_from(["H01", "J01"]),
        }
    ),
)


@patiently
@given(every_case)
def test_every_status_has_somebody_who_will_be_told_and_only_red_disturbs_the_night(case: Case) -> None:
    rings = alarms(case, CALENDAR, case.registered_at)
    assert bool(rings) == (case.status not in SILENT_STATUSES)
    assert list(rings) == sorted(rings, key=lambda alarm: alarm.at)
    assert len({(alarm.kind, alarm.step, alarm.at) for alarm in rings}) == len(rings)
    if case.colour is not Colour.RED:
        assert not any(CALENDAR.is_quiet(alarm.at) for alarm in rings)


@patiently
@given(every_case, st.lists(st.integers(0, 60 * 24 * 50), max_size=8))
def test_however_often_the_ticker_stops_every_alarm_fires_once_and_none_early(case: Case, ticks: list[int]) -> None:
    waiting = set(alarms(case, CALENDAR, case.registered_at))
    everything, fired = frozenset(waiting), list[Alarm]()
    for now in sorted(case.registered_at + timedelta(minutes=minutes) for minutes in [*ticks, 60 * 24 * 50]):
        for firing in overdue_now(waiting, now):
            assert all(alarm.at <= now for alarm in firing.alarms)
            assert firing.says in firing.alarms
            fired.extend(firing.alarms)
            waiting.difference_update(firing.alarms)
    assert len(fired) == len(set(fired))
    assert set(fired) == everything


def test_what_waits_for_the_centre_rings_on_each_morning_and_after_a_downtime_from_now() -> None:
    friday = a_case(Status.TRIAGE, registered_at=at("2026-11-20 15:00"))
    chain = alarms(friday, CALENDAR, at("2026-11-20 15:00"))
    assert [(one.at, one.step, one.to) for one in chain] == [
        (at("2026-11-20 16:00"), 1, Audience.CENTRE),
        (at("2026-11-20 17:00"), 2, Audience.ADMINS),
        (at("2026-11-23 08:30"), 3, Audience.CENTRE),
    ]
    late = at("2026-12-03 12:00")
    (firing,) = overdue_now(chain, late)
    assert (firing.says.step, set(firing.to)) == (3, {Audience.CENTRE, Audience.ADMINS})
    again = rings_again(friday, firing, CALENDAR, late)
    assert again == Alarm(Kind.UNDISPATCHED, at("2026-12-04 08:30"), 4, Audience.CENTRE)
    assert again is not None
    after = rings_again(friday, Firing((again,), again, (again.to,)), CALENDAR, again.at)
    assert after == Alarm(Kind.UNDISPATCHED, at("2026-12-07 08:30"), 5, Audience.CENTRE), "not on Saturday"
    yellow = a_case(Status.TRIAGE, registered_at=at("2026-11-20 15:00"), colour=Colour.YELLOW)
    assert alarms(yellow, CALENDAR, at("2026-11-20 15:00"))[-1].at == at("2026-11-21 08:30"), "but of what is urgent"
    (early,) = overdue_now(chain, at("2026-11-20 17:00"))
    assert rings_again(friday, early, CALENDAR, at("2026-11-20 17:00")) is None, "the first morning is set already"


def test_a_look_at_a_result_that_nobody_judges_does_not_silence_it() -> None:
    waits = a_case(Status.VERIFY, resolved_at=at("2026-11-16 10:00"))
    looked = alarms(waits, CALENDAR, at("2026-11-25 15:00"))
    assert looked[-1].at == at("2026-11-26 08:30"), "those of before have rung and stay so"
