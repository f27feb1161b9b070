"""What is done to a case beside its moves: flags and a new owner. The status stays, and so do the clocks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.cases.actions import CENTRE, Action, Role
from bot.cases.case import AT_UNIT, Case, Status
from bot.cases.conditions import Press
from bot.cases.errors import MoveNotAllowed, NoteRequired, NotYours, Refusal

REQUIRED = True
IN_HAND = frozenset(AT_UNIT)
OWNED = IN_HAND - {Status.DISPATCHED}
DEALT_WITH = frozenset({Status.VERIFY, Status.FEEDBACK, Status.CLOSED})
"""What was late, or went wrong, is known by then."""
EVERY = frozenset(Status) - {Status.DRAFT, Status.ARCHIVED}


@dataclass(frozen=True, slots=True)
class Flag:
    """One row: while it stands where, by whom, with words or not; `there` says whether it is there already."""

    by: frozenset[Role]
    while_in: frozenset[Status]
    mark: Callable[[Case, Press], Case]
    note: bool = False
    there: Callable[[Case], bool] | None = None


def _block(case: Case, _press: Press) -> Case:
    return replace(case, conflicted=True)


def _same(case: Case, _press: Press) -> Case:
    """What changes is known to the desk: whether anybody is still complained of, why a rating does not count."""
    return case


def _oversee(case: Case, press: Press) -> Case:
    return replace(case, overseen_at=press.at)


def _release(case: Case, _press: Press) -> Case:
    return replace(case, overseen_at=None)


def _spare(case: Case, press: Press) -> Case:
    return replace(without_cards(case), spared_at=press.at)


def _hand_over(case: Case, press: Press) -> Case:
    return replace(case, handler_id=press.to_id)


FLAGS: Mapping[Action, Flag] = {
    Action.BLOCK: Flag(CENTRE | {Role.SYSTEM}, EVERY, _block),
    Action.LIFT: Flag(frozenset({Role.DISTRICT_DISPATCHER}), EVERY, _same, note=REQUIRED),
    Action.OVERSEE: Flag(
        CENTRE | {Role.SYSTEM}, IN_HAND, _oversee, note=REQUIRED, there=lambda case: case.overseen_at is None
    ),
    Action.RELEASE: Flag(CENTRE, EVERY, _release, note=REQUIRED, there=lambda case: case.overseen_at is not None),
    Action.SPARE: Flag(
        frozenset({Role.DISTRICT_DISPATCHER}),
        DEALT_WITH,
        _spare,
        note=REQUIRED,
        there=lambda case: case.spared_at is None,
    ),
    Action.REFUSE: Flag(CENTRE, EVERY, _same, note=REQUIRED),
    Action.EXCLUDE: Flag(CENTRE, EVERY, _same, note=REQUIRED, there=lambda case: case.excluded is None),
    Action.HAND_OVER: Flag(
        frozenset({Role.LEADER, Role.SYSTEM}), OWNED, _hand_over, there=lambda case: case.handler_id is not None
    ),
}


def flag_refused(case: Case, action: Action, by: Role) -> Refusal | None:
    """Why this role may not set or clear it now; None if it may."""
    flag = FLAGS[action]
    if case.status not in flag.while_in or (flag.there is not None and not flag.there(case)):
        return MoveNotAllowed(status=case.status, action=action)
    return None if by in flag.by else NotYours(action=action)


def flagged(case: Case, press: Press) -> Case:
    """The case with the flag set or cleared, one version on. Raises what `flag_refused` gives, and NoteRequired."""
    if refusal := flag_refused(case, press.action, press.by):
        raise refusal
    flag = FLAGS[press.action]
    if flag.note and not (press.note and press.note.strip()):
        raise NoteRequired(action=press.action)
    return replace(flag.mark(case, press), version=case.version + 1)


def flags_for(case: Case, roles: frozenset[Role]) -> list[Action]:
    """What these roles may set or clear now: the buttons to draw."""
    return [one for one in FLAGS if any(flag_refused(case, one, role) is None for role in roles)]


def without_cards(case: Case) -> Case:
    """A new promise begins without yellow and red card; those of before stay in the history."""
    return replace(case, yellow_at=None, red_at=None)


def is_running(case: Case) -> bool:
    """Whether a unit owes something for it now."""
    return case.status in IN_HAND
