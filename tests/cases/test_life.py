"""Laws of the whole life: every case can end, nothing leaves the archive, and clocks and moves agree on any path."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.cases.actions import Action, Role
from bot.cases.alarms import Alarm, Audience, Firing, alarms, overdue_now
from bot.cases.case import Case, Colour, Level, Status
from bot.cases.clocks import Deadline, deadlines, may_urge
from bot.cases.errors import NotYours, Refusal
from bot.cases.grading import grade
from bot.cases.lifecycle import MOVES, allowed, move
from tests.cases.people import CALENDAR, MONDAY, a_case, patiently

PEOPLE = tuple(Role)
STEPS = timedelta(minutes=1), timedelta(hours=1), timedelta(hours=13), timedelta(days=1), timedelta(days=8)
UNIT_STATUSES = (Status.ACCEPTED, Status.HANDLING, Status.JOINT, Status.EXTENSION_REVIEW, Status.SHELVED, Status.VERIFY)
USUAL_WAY = (
    (Role.DISTRICT_DISPATCHER, Action.TRIAGE),
    (Role.DISTRICT_DISPATCHER, Action.DISPATCH),
    (Role.DUTY, Action.ACCEPT),
    (Role.DUTY, Action.CONTACT),
    (Role.DUTY, Action.RESOLVE),
    (Role.SUPERVISOR, Action.CONFIRM),
    (Role.REPORTER, Action.RATE),
)
BY_TIME = frozenset({Action.LAPSE, Action.ARCHIVE})
LAPSES = {status: action for status, action in MOVES if action in BY_TIME}


def ways(status: Status, by: Role | None = None) -> set[Status]:
    """Where the moves of a status lead, all or those of one role, itself not counted."""
    rows = (row for (begin, _), row in MOVES.items() if begin is status and (by is None or by in row.by))
    return {row.to for row in rows} - {status}


def reachable(begin: Status) -> set[Status]:
    seen, ahead = {begin}, [begin]
    while ahead:
        new = ways(ahead.pop()) - seen
        seen |= new
        ahead.extend(new)
    return seen


def test_every_status_can_be_reached_and_every_status_but_the_archive_has_a_way_to_it() -> None:
    assert reachable(Status.DRAFT) == set(Status)
    assert {status for status in Status if Status.ARCHIVED not in reachable(status)} == set()
    assert ways(Status.ARCHIVED) == set()


def test_no_status_hangs_on_one_single_role_of_the_unit() -> None:
    for status in UNIT_STATUSES:
        helpers = {role for role in Role if ways(status, role)}
        assert helpers & {Role.TOWN_DISPATCHER, Role.DISTRICT_DISPATCHER, Role.SYSTEM} or len(helpers) > 1, status


def test_an_archived_case_has_no_buttons_for_anybody() -> None:
    assert allowed(a_case(Status.ARCHIVED), PEOPLE) == ()


def any_case(facts: dict[str, Any]) -> Case:
    return a_case(**facts)


cases = st.fixed_dictionaries(
    {
        "status": st.sampled_from(Status),
        "level": st.sampled_from(Level),
        "colour": st.sampled_from(Colour),
        "matter": st.sampled_from(["H01", "J01"]),
        "sealed": st.booleans(),
        "handler_id": st.sampled_from([None, 7, 8]),
        "closer_id": st.sampled_from([None, 7, 8]),
        "redone": st.integers(0, 2),
        "closed_at": st.sampled_from([None, MONDAY, MONDAY - timedelta(days=31)]),
    }
).map(any_case)


@patiently
@given(cases, st.sampled_from(Role), st.sampled_from([7, 8, 9]), st.booleans())
def test_a_button_that_is_drawn_works_and_one_that_is_not_does_not(
    case: Case, role: Role, actor: int, again: bool
) -> None:
    times = {action: int(again) for action in Action}
    drawn = allowed(case, {role}, at=MONDAY, actor_id=actor, times=times)
    for action in Action:
        try:
            after = move(case, action, role, MONDAY, note="因为", evidence=True, actor_id=actor, times=times)
        except Refusal:
            assert action not in drawn
        else:
            assert action in drawn
            assert after.version == case.version + 1
            assert after.status is MOVES[case.status, action].to


class Desk:
    """What the desk does with the rules: one row per alarm, a new set whenever the case moved."""

    def __init__(self, case: Case, now: datetime) -> None:
        self.case, self.now = case, now
        self.fired: Counter[Alarm] = Counter()
        self.waiting: set[Alarm] = set()
        self.history: Counter[Action] = Counter()
        self.ring_anew()

    def ring_anew(self) -> None:
        self.waiting = set(alarms(self.case, CALENDAR, self.now)) - set(self.fired)

    def press(self, action: Action, by: Role, actor_id: int) -> None:
        self.case = move(
            self.case,
            action,
            by,
            self.now,
            note="因为",
            evidence=True,
            actor_id=actor_id,
            to_id=5,
            times=self.history,
        )
        self.history[action] += 1
        if self.case.due_at is None and self.case.status is Status.DISPATCHED:
            self.case = replace(self.case, due_at=deadlines(self.case, CALENDAR)[Deadline.FINISH])
        self.ring_anew()

    def tick(self) -> tuple[Firing, ...]:
        firings = overdue_now(self.waiting, self.now)
        for firing in firings:
            self.fired.update(firing.alarms)
            self.waiting.difference_update(firing.alarms)
        for firing in firings:
            if firing.to == (Audience.SYSTEM,):
                self.press(LAPSES[self.case.status], Role.SYSTEM, 0)
        return firings


class Life(RuleBasedStateMachine):
    """A case in the hands of people who press anything they may, while time passes in any steps."""

    @initialize(
        colour=st.sampled_from(Colour),
        level=st.sampled_from(Level),
        sealed=st.booleans(),
        steps=st.integers(0, len(USUAL_WAY)),
    )
    def report(self, colour: Colour, level: Level, sealed: bool, steps: int) -> None:
        self.desk = Desk(a_case(colour=colour, level=level, sealed=sealed), MONDAY)
        for role, action in USUAL_WAY[:steps]:
            self.desk.now += timedelta(minutes=1)
            self.desk.press(action, role, 7 if role is Role.DUTY else 9)
        self.last = self.desk.case
        self.verdicts: list[tuple[int, Case]] = []

    @rule(data=st.data(), actor=st.sampled_from([7, 8, 9]), seldom=st.integers(0, 19))
    def somebody_presses(self, data: st.DataObject, actor: int, seldom: int) -> None:
        case = self.desk.case
        may = [
            (role, action)
            for role in PEOPLE
            for action in allowed(case, {role}, at=self.desk.now, actor_id=actor, times=self.desk.history)
            if action not in BY_TIME and (action is not Action.WITHDRAW or seldom == 1)
        ]
        if not may:
            return
        role, action = data.draw(st.sampled_from(may))
        if action is Action.CONFIRM and role is not Role.SYSTEM:
            self.verdicts.append((actor, case))
        self.desk.press(action, role, actor)

    @rule(colour=st.sampled_from(Colour), level=st.sampled_from(Level), second=st.sampled_from([1, 2]))
    def it_is_graded(self, colour: Colour, level: Level, second: int) -> None:
        before = self.desk.case
        if before.ended or before.status is Status.ARCHIVED:
            return
        try:
            self.desk.case = grade(
                before, level, colour, Role.TOWN_DISPATCHER, note="因为", actor_id=1, second_id=second
            )
        except NotYours:
            assert before.colour is not Colour.NONE or before.level is Level.DISTRICT
        else:
            order = list(Colour)[::-1]
            assert order.index(colour) >= order.index(before.colour)
            self.desk.ring_anew()

    @rule(step=st.sampled_from(STEPS), times=st.integers(1, 5))
    def time_passes(self, step: timedelta, times: int) -> None:
        self.desk.now += step * times
        self.desk.tick()

    @rule()
    def the_next_alarm_rings(self) -> None:
        later = [alarm.at for alarm in self.desk.waiting if alarm.at > self.desk.now]
        if later:
            self.desk.now = min(later)
            assert self.desk.tick()

    @invariant()
    def nothing_fires_twice(self) -> None:
        assert all(count == 1 for count in self.desk.fired.values())

    @invariant()
    def no_open_case_is_forgotten(self) -> None:
        case = self.desk.case
        if case.status not in (Status.MERGED, Status.ARCHIVED):
            heard = {alarm.to for alarm in self.desk.fired}
            assert self.desk.waiting or heard & {Audience.ADMINS, Audience.OVERSIGHT}, case.status

    @invariant()
    def the_version_grows_and_the_archive_is_the_end(self) -> None:
        case, last = self.desk.case, self.last
        assert (case.version > last.version) or case is last
        assert last.status is not Status.ARCHIVED or case is last
        assert case.redone == self.desk.history[Action.REDO]
        self.last = case

    @invariant()
    def its_times_fit_its_status(self) -> None:
        case = self.desk.case
        times = [case.registered_at, case.dispatched_at, case.accepted_at, case.contacted_at, case.resolved_at]
        known = [moment for moment in times if moment]
        assert known == sorted(known)
        assert all(moment.tzinfo for moment in known)
        if case.status in UNIT_STATUSES:
            assert case.dispatched_at
            assert case.accepted_at
        if case.status in (Status.CLOSED, Status.WITHDRAWN):
            assert case.closed_at
        elif case.status not in (Status.ARCHIVED, Status.MERGED):
            assert case.closed_at is None

    @invariant()
    def nobody_judged_his_own_work(self) -> None:
        assert all(actor not in (case.closer_id, case.handler_id) for actor, case in self.verdicts)

    @invariant()
    def urging_is_open_only_where_somebody_owes(self) -> None:
        far = self.desk.now + timedelta(days=400)
        assert not (self.desk.case.ended and may_urge(self.desk.case, far, CALENDAR))


TestLife: Any = Life.TestCase
TestLife.settings = settings(deadline=None, max_examples=150, stateful_step_count=50)
