"""What single moves ask beyond status and role, what they write on the case, and who may change its grade."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.cases.actions import Action, Role
from bot.cases.case import Colour, Contact, Level, Status
from bot.cases.errors import (
    Assigned,
    Confidential,
    MoveNotAllowed,
    NoContact,
    NoteRequired,
    NotYours,
    Refusal,
    SecondPersonRequired,
    TooLate,
    TooSoon,
)
from bot.cases.grading import grade
from bot.cases.lifecycle import allowed, move
from tests.cases.people import CLOSER, HANDLER, LATER, MONDAY, STRANGER, a_case, full


def test_a_report_goes_from_dispatch_to_rating_and_its_times_are_kept() -> None:
    def hour(n: int) -> timedelta:
        return timedelta(hours=n)

    case = move(a_case(unit_id=None), Action.DISPATCH, Role.SYSTEM, MONDAY, to_id=4)
    case = move(case, Action.ACCEPT, Role.DUTY, MONDAY + hour(1), actor_id=HANDLER)
    case = move(case, Action.CONTACT, Role.RESPONDER, MONDAY + hour(2), actor_id=HANDLER)
    case = move(
        case, Action.RESOLVE, Role.RESPONDER, MONDAY + hour(3), note="换了灯泡", evidence=True, actor_id=HANDLER
    )
    case = move(case, Action.CONFIRM, Role.SUPERVISOR, MONDAY + hour(4), actor_id=STRANGER)
    case = move(case, Action.RATE, Role.REPORTER, MONDAY + hour(5))
    assert (case.unit_id, case.handler_id, case.closer_id, case.result) == (4, HANDLER, HANDLER, "换了灯泡")
    assert [case.dispatched_at, case.accepted_at, case.contacted_at, case.resolved_at, case.closed_at] == [
        MONDAY + hour(n) for n in (0, 1, 2, 3, 5)
    ]
    assert (case.status, case.version) == (Status.CLOSED, 7)


def test_redo_begins_anew_and_is_counted() -> None:
    closed = a_case(
        Status.CLOSED, closed_at=MONDAY, resolved_at=MONDAY, due_at=LATER, result="修好了", outcome="solved"
    )
    again = move(closed, Action.REDO, Role.REPORTER, MONDAY, note="还是不亮")
    assert (again.redone, again.closed_at, again.resolved_at, again.due_at) == (1, None, None, None)
    assert (again.result, again.outcome) == (None, None)
    back = move(again, Action.DISPATCH, Role.SYSTEM, LATER)
    assert (back.unit_id, back.dispatched_at) == (4, LATER)


def test_the_second_redo_is_sent_out_by_a_dispatcher_only() -> None:
    with pytest.raises(NotYours):
        move(a_case(Status.REDO, redone=2), Action.DISPATCH, Role.SYSTEM, LATER)
    assert move(a_case(Status.REDO, redone=2), Action.DISPATCH, Role.TOWN_DISPATCHER, LATER, to_id=6).unit_id == 6
    with pytest.raises(NotYours):
        move(a_case(Status.REDO, redone=1, unit_id=None), Action.DISPATCH, Role.SYSTEM, LATER)


def test_a_reporter_reopens_once_within_thirty_days_others_as_long_as_it_is_not_archived() -> None:
    closed = a_case(Status.CLOSED, closed_at=MONDAY)
    just, over = MONDAY + timedelta(days=30), MONDAY + timedelta(days=30, seconds=1)
    assert move(closed, Action.REDO, Role.REPORTER, just, note="又坏了").status is Status.REDO
    with pytest.raises(TooLate):
        move(closed, Action.REDO, Role.REPORTER, over, note="又坏了")
    with pytest.raises(MoveNotAllowed):
        move(replace(closed, redone=1), Action.REDO, Role.REPORTER, just, note="又坏了")
    for role in (Role.GRID_MEMBER, Role.TOWN_DISPATCHER):
        assert move(replace(closed, redone=1), Action.REDO, role, over, note="复发").redone == 2


def test_whoever_closed_or_handled_it_never_verifies() -> None:
    case = a_case(Status.VERIFY, handler_id=HANDLER, closer_id=CLOSER)
    for action in (Action.CONFIRM, Action.FAIL):
        for person in (HANDLER, CLOSER, None):
            with pytest.raises(NotYours):
                move(case, action, Role.TOWN_DISPATCHER, LATER, note="看过了", actor_id=person)
        assert move(case, action, Role.TOWN_DISPATCHER, LATER, note="看过了", actor_id=STRANGER)
    assert Action.CONFIRM in allowed(case, {Role.SUPERVISOR})
    assert Action.CONFIRM not in allowed(case, {Role.SUPERVISOR}, actor_id=CLOSER, at=LATER)


def test_only_an_answered_question_passes_without_anybody_looking() -> None:
    assert move(a_case(Status.VERIFY, matter="J01"), Action.CONFIRM, Role.SYSTEM, LATER).status is Status.FEEDBACK
    with pytest.raises(NotYours):
        move(a_case(Status.VERIFY), Action.CONFIRM, Role.SYSTEM, LATER)


@pytest.mark.parametrize("action", [Action.ASK, Action.REFER, Action.REJECT, Action.DISPATCH])
def test_a_town_decides_up_to_its_level(action: Action) -> None:
    for level in (Level.COMMUNITY, Level.TOWN):
        assert full(a_case(Status.TRIAGE, level=level), action, Role.TOWN_DISPATCHER)
    with pytest.raises(NotYours):
        full(a_case(Status.TRIAGE, level=Level.DISTRICT), action, Role.TOWN_DISPATCHER)
    assert full(a_case(Status.TRIAGE, level=Level.DISTRICT), action, Role.DISTRICT_DISPATCHER)


@pytest.mark.parametrize(
    "special",
    [
        {"level": Level.TOWN},
        {"colour": Colour.YELLOW},
        {"colour": Colour.RED},
        {"sealed": True},
        {"node_id": None},
    ],
    ids=str,
)
def test_only_plain_cases_go_out_by_themselves(special: dict[str, Any]) -> None:
    with pytest.raises(NotYours):
        move(a_case(**special), Action.DISPATCH, Role.SYSTEM, LATER, to_id=4)


def test_what_is_found_and_mended_on_the_spot_is_closed_if_it_is_small() -> None:
    settled = full(a_case(), Action.SETTLE_ON_SPOT, Role.FINDER)
    assert (settled.closer_id, settled.handler_id, settled.closed_at) == (STRANGER, STRANGER, LATER)
    with pytest.raises(NotYours):
        full(a_case(level=Level.TOWN), Action.SETTLE_ON_SPOT, Role.FINDER)


@pytest.mark.parametrize("special", [{"colour": Colour.YELLOW}, {"sealed": True}, {"level": Level.DISTRICT}], ids=str)
def test_what_is_urgent_secret_or_larger_is_not_settled_on_the_spot(special: dict[str, Any]) -> None:
    with pytest.raises(NotYours):
        full(a_case(**special), Action.SETTLE_ON_SPOT, Role.FINDER)


def test_what_was_settled_on_the_spot_is_rated_by_nobody_until_it_is_done_again() -> None:
    settled = full(a_case(), Action.SETTLE_ON_SPOT, Role.FINDER)
    assert settled.on_spot
    with pytest.raises(MoveNotAllowed):
        move(settled, Action.RATE, Role.REPORTER, LATER)
    assert not move(settled, Action.REDO, Role.DISTRICT_DISPATCHER, LATER, note="没办好").on_spot


def test_given_back_twice_it_stays_where_it_is_sent() -> None:
    case = a_case(Status.DISPATCHED, dispatched_at=MONDAY)
    for count in (1, 2):
        back = move(case, Action.RETURN, Role.LEADER, MONDAY, note="不归我们", to_id=9)
        assert (back.returned, back.proposed_unit_id, back.unit_id) == (count, 9, 4)
        case = move(back, Action.INSIST, Role.DISTRICT_DISPATCHER, MONDAY, note="请办")
        assert (case.proposed_unit_id, case.assigned) == (None, count == 2)
    for role in (Role.LEADER, Role.TOWN_DISPATCHER):
        with pytest.raises(Assigned):
            move(case, Action.RETURN, role, MONDAY, note="还是不归我们")
    assert Action.RETURN not in allowed(case, {Role.LEADER})


def test_nobody_is_called_to_a_confidential_case() -> None:
    with pytest.raises(Confidential):
        full(a_case(Status.HANDLING, sealed=True), Action.WHISTLE, Role.DISTRICT_DISPATCHER)
    assert full(a_case(Status.HANDLING), Action.WHISTLE, Role.TOWN_DISPATCHER).status is Status.JOINT


@pytest.mark.parametrize(("action", "role"), [(Action.RESUME, Role.LEADER), (Action.LAPSE, Role.SYSTEM)])
def test_what_was_on_the_books_gets_back_all_of_its_time(action: Action, role: Role) -> None:
    case = a_case(Status.HANDLING, due_at=LATER, handler_id=HANDLER)
    shelved = move(case, Action.SHELVE, Role.DISTRICT_DISPATCHER, MONDAY, note="等材料", to_id=CLOSER)
    assert (shelved.shelved_at, shelved.handler_id) == (MONDAY, CLOSER)
    back = move(shelved, action, role, MONDAY + timedelta(days=20))
    assert (back.due_at, back.shelved_at) == (LATER + timedelta(days=20), None)


def test_a_confidential_case_is_signed_for_by_the_duty_person_not_by_the_others() -> None:
    sealed = a_case(Status.DISPATCHED, sealed=True)
    with pytest.raises(NotYours):
        full(sealed, Action.ACCEPT, Role.RESPONDER)
    assert full(sealed, Action.ACCEPT, Role.DUTY).handler_id == STRANGER


def test_escalating_sends_it_to_the_unit_above_and_nothing_is_above_the_district() -> None:
    case = a_case(Status.HANDLING, handler_id=HANDLER, accepted_at=MONDAY, contacted_at=MONDAY, due_at=LATER)
    up = move(case, Action.ESCALATE, Role.TOWN_DISPATCHER, LATER, to_id=40)
    assert (up.level, up.unit_id, up.handler_id, up.due_at) == (Level.TOWN, 40, None, None)
    assert (up.dispatched_at, up.accepted_at, up.contacted_at) == (LATER, None, None)
    with pytest.raises(MoveNotAllowed):
        full(replace(case, level=Level.DISTRICT), Action.ESCALATE, Role.DISTRICT_DISPATCHER)


def test_another_unit_gets_what_is_left_of_the_time() -> None:
    case = a_case(Status.RETURN_REVIEW, due_at=LATER, dispatched_at=MONDAY)
    assert move(case, Action.REASSIGN, Role.TOWN_DISPATCHER, LATER, to_id=9).due_at == LATER


def test_red_is_never_extended_others_once_and_the_district_twice_if_the_leader_asks() -> None:
    def asks(role: Role, already: int, **case: Any) -> type[Refusal] | None:
        try:
            times = {Action.EXTEND: already}
            move(a_case(Status.HANDLING, **case), Action.EXTEND, role, LATER, note="等材料", times=times)
        except Refusal as refusal:
            return type(refusal)
        return None

    assert asks(Role.LEADER, 0, colour=Colour.RED) is MoveNotAllowed
    assert asks(Role.RESPONDER, 0, colour=Colour.YELLOW) is None
    assert asks(Role.LEADER, 1, colour=Colour.YELLOW, level=Level.DISTRICT) is MoveNotAllowed
    assert asks(Role.LEADER, 1, level=Level.TOWN) is MoveNotAllowed
    assert asks(Role.RESPONDER, 1, level=Level.DISTRICT) is NotYours
    assert asks(Role.LEADER, 1, level=Level.DISTRICT) is None
    assert asks(Role.LEADER, 2, level=Level.DISTRICT) is MoveNotAllowed


def test_the_town_grants_extensions_of_its_communities_the_district_all() -> None:
    for level in Level:
        waiting = a_case(Status.EXTENSION_REVIEW, level=level)
        assert full(waiting, Action.GRANT, Role.DISTRICT_DISPATCHER).status is Status.HANDLING
    waiting = a_case(Status.EXTENSION_REVIEW, level=Level.COMMUNITY)
    assert full(waiting, Action.GRANT, Role.TOWN_DISPATCHER).status is Status.HANDLING
    for level in (Level.TOWN, Level.DISTRICT):
        with pytest.raises(NotYours):
            full(a_case(Status.EXTENSION_REVIEW, level=level), Action.GRANT, Role.TOWN_DISPATCHER)


def test_a_reporter_objects_once() -> None:
    rejected = a_case(Status.REJECTED)
    assert full(rejected, Action.OBJECT, Role.REPORTER).status is Status.TRIAGE
    with pytest.raises(MoveNotAllowed):
        move(rejected, Action.OBJECT, Role.REPORTER, LATER, note="不服", times={Action.OBJECT: 1})


def test_silence_closes_but_the_rating_stays_open_for_fourteen_days_and_counts_once() -> None:
    closed = a_case(Status.CLOSED, resolved_at=MONDAY, closed_at=MONDAY + timedelta(days=7))
    rated = move(closed, Action.RATE, Role.REPORTER, MONDAY + timedelta(days=14))
    assert rated.closed_at == closed.closed_at
    with pytest.raises(TooLate):
        move(closed, Action.RATE, Role.REPORTER, MONDAY + timedelta(days=14, seconds=1))
    with pytest.raises(MoveNotAllowed):
        move(closed, Action.RATE, Role.REPORTER, MONDAY + timedelta(days=8), times={Action.RATE: 1})


@pytest.mark.parametrize("status", [Status.CLOSED, Status.WITHDRAWN])
def test_nothing_is_archived_before_thirty_days(status: Status) -> None:
    ended = a_case(status, closed_at=MONDAY)
    with pytest.raises(TooSoon) as refusal:
        move(ended, Action.ARCHIVE, Role.SYSTEM, MONDAY + timedelta(days=29))
    assert refusal.value.facts["at"] == MONDAY + timedelta(days=30)
    assert move(ended, Action.ARCHIVE, Role.SYSTEM, MONDAY + timedelta(days=30)).status is Status.ARCHIVED


def test_a_grade_goes_up_with_a_reason_and_the_promise_is_made_anew() -> None:
    case = a_case(Status.HANDLING, due_at=LATER)
    red = grade(case, Level.DISTRICT, Colour.RED, Role.TOWN_DISPATCHER, note="有人受伤")
    assert (red.level, red.colour, red.due_at, red.version) == (Level.DISTRICT, Colour.RED, None, 2)
    with pytest.raises(NoteRequired):
        grade(case, Level.TOWN, Colour.NONE, Role.TOWN_DISPATCHER, note=" ")
    for role in (Role.RESPONDER, Role.GRID_MEMBER, Role.REPORTER, Role.ADMIN, Role.SYSTEM):
        with pytest.raises(NotYours):
            grade(case, Level.TOWN, Colour.NONE, role, note="难")
    with pytest.raises(MoveNotAllowed):
        grade(a_case(Status.CLOSED), Level.TOWN, Colour.NONE, Role.DISTRICT_DISPATCHER, note="难")
    assert grade(case, case.level, case.colour, Role.ADMIN, note=None) is case


@pytest.mark.parametrize(
    ("level", "colour"), [(Level.TOWN, Colour.YELLOW), (Level.TOWN, Colour.NONE), (Level.COMMUNITY, Colour.RED)]
)
def test_a_coloured_case_goes_down_only_with_two_different_district_dispatchers(level: Level, colour: Colour) -> None:
    case = a_case(Status.TRIAGE, level=Level.TOWN, colour=Colour.RED)
    for first, second in ((1, None), (1, 1), (None, 2)):
        with pytest.raises(SecondPersonRequired):
            grade(case, level, colour, Role.DISTRICT_DISPATCHER, note="误报", actor_id=first, second_id=second)
    with pytest.raises(NotYours):
        grade(case, level, colour, Role.TOWN_DISPATCHER, note="误报", actor_id=1, second_id=2)
    down = grade(case, level, colour, Role.DISTRICT_DISPATCHER, note="误报", actor_id=1, second_id=2)
    assert (down.level, down.colour) == (level, colour)


def test_a_plain_case_goes_down_by_one_but_what_is_the_districts_only_by_the_district() -> None:
    case = a_case(Status.TRIAGE, level=Level.DISTRICT)
    with pytest.raises(NotYours):
        grade(case, Level.TOWN, Colour.NONE, Role.TOWN_DISPATCHER, note="小事")
    assert grade(case, Level.TOWN, Colour.NONE, Role.DISTRICT_DISPATCHER, note="小事").level is Level.TOWN
    own = a_case(Status.TRIAGE, level=Level.TOWN)
    assert grade(own, Level.COMMUNITY, Colour.NONE, Role.TOWN_DISPATCHER, note="小事").level is Level.COMMUNITY


def test_the_reporter_is_asked_for_three_days_all_told_and_never_against_their_will() -> None:
    first = move(a_case(Status.TRIAGE), Action.ASK, Role.DISTRICT_DISPATCHER, MONDAY, note="哪里？", actor_id=1)
    assert (first.status, first.asked_at) == (Status.NEED_INFO, MONDAY)
    back = move(first, Action.ANSWER, Role.REPORTER, MONDAY + timedelta(days=2))
    again = move(back, Action.ASK, Role.DISTRICT_DISPATCHER, MONDAY + timedelta(days=2), note="几点？", actor_id=1)
    assert again.asked_at == MONDAY, "a second question begins no new pause"
    with pytest.raises(TooLate):
        move(back, Action.ASK, Role.DISTRICT_DISPATCHER, MONDAY + timedelta(days=4), note="谁？", actor_id=1)
    silent = a_case(Status.TRIAGE, contact=Contact.NONE)
    with pytest.raises(NoContact):
        move(silent, Action.ASK, Role.DISTRICT_DISPATCHER, MONDAY, note="哪里？", actor_id=1)
    assert Action.ASK not in allowed(silent, {Role.DISTRICT_DISPATCHER})


@pytest.mark.parametrize(("status", "outcome"), [(Status.REJECTED, "rejected"), (Status.REFERRED, "referred")])
def test_what_was_turned_away_is_neither_rated_nor_reopened_by_its_reporter(status: Status, outcome: str) -> None:
    over = move(a_case(status), Action.LAPSE, Role.SYSTEM, MONDAY)
    assert (over.status, over.outcome) == (Status.CLOSED, outcome)
    for action in (Action.RATE, Action.REDO):
        with pytest.raises(MoveNotAllowed):
            move(over, action, Role.REPORTER, MONDAY, note="不服")
    assert move(over, Action.REDO, Role.DISTRICT_DISPATCHER, MONDAY, note="查错了").status is Status.REDO
