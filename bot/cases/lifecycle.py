"""The life of a case: ONE table of moves, and the functions that read it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from bot.cases.actions import CENTRE, UNIT, Action, Role
from bot.cases.case import AT_WORK, ENDED, WITH_SOMEBODY, WITH_UNIT, Case, Status
from bot.cases.conditions import (
    NOTHING_YET,
    Condition,
    Press,
    again_by_itself_once,
    by_somebody_else,
    clock_stands,
    duty_if_confidential,
    extension_by_level,
    extension_left,
    just_registered,
    kept_long_enough,
    may_be_asked,
    no_praise,
    nobody_complained_of,
    not_assigned,
    not_confidential,
    one_objection,
    only_advice,
    only_praise,
    plain_if_automatic,
    rating_open,
    reopened_once_in_time,
    small_enough,
    something_above,
    town_up_to_town,
    unchecked_if_advice,
)
from bot.cases.errors import EvidenceRequired, MoveNotAllowed, NoteRequired, NotYours, Refusal, TooLate
from bot.cases.marks import marked

REQUIRED = True
SYSTEM = frozenset({Role.SYSTEM})
REPORTER = frozenset({Role.REPORTER})
DISTRICT = frozenset({Role.DISTRICT_DISPATCHER})
VERIFIERS = CENTRE | {Role.SUPERVISOR}
NEIGHBOURS = frozenset({Role.GRID_MEMBER, Role.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table: where it leads, who may do it, what must come with it and what else must hold."""

    to: Status
    by: frozenset[Role]
    note: bool = False
    evidence: bool = False
    when: tuple[Condition, ...] = ()


BEFORE_HANDLING = (
    Status.REGISTERED,
    Status.TRIAGE,
    Status.NEED_INFO,
    Status.DIVERTED,
    Status.REFERRED,
    Status.REJECTED,
    Status.DISPATCHED,
    Status.RETURN_REVIEW,
    Status.ACCEPTED,
)
TO_SEND = (Status.TRIAGE, Status.DIVERTED, Status.RETURN_REVIEW, Status.REDO)
NAMED_ANEW = (*TO_SEND, Status.NEED_INFO, Status.DISPATCHED, Status.ACCEPTED, Status.HANDLING)
BEFORE_RESULT = (*NAMED_ANEW, Status.JOINT, Status.EXTENSION_REVIEW, Status.SHELVED, Status.VERIFY, Status.REWORK)

MOVES: Mapping[tuple[Status, Action], Move] = {
    (Status.DRAFT, Action.SUBMIT): Move(Status.REGISTERED, by=REPORTER | CENTRE | SYSTEM | {Role.GRID_MEMBER}),
    (Status.REGISTERED, Action.TRIAGE): Move(Status.TRIAGE, by=CENTRE | SYSTEM, when=(town_up_to_town,)),
    (Status.REGISTERED, Action.DISPATCH): Move(Status.DISPATCHED, by=SYSTEM, when=(plain_if_automatic,)),
    (Status.REGISTERED, Action.SETTLE_ON_SPOT): Move(
        Status.CLOSED, by=frozenset({Role.FINDER}), note=REQUIRED, evidence=REQUIRED, when=(small_enough,)
    ),
    (Status.TRIAGE, Action.ASK): Move(Status.NEED_INFO, by=CENTRE, note=REQUIRED, when=(town_up_to_town, may_be_asked)),
    (Status.TRIAGE, Action.REFER): Move(Status.REFERRED, by=CENTRE, note=REQUIRED, when=(town_up_to_town,)),
    (Status.TRIAGE, Action.REJECT): Move(Status.REJECTED, by=CENTRE, note=REQUIRED, when=(town_up_to_town,)),
    (Status.TRIAGE, Action.DIVERT): Move(Status.DIVERTED, by=CENTRE | {Role.GRID_MEMBER}),
    (Status.TRIAGE, Action.MERGE): Move(Status.MERGED, by=CENTRE, when=(town_up_to_town, nobody_complained_of)),
    (Status.TRIAGE, Action.DISPATCH): Move(
        Status.DISPATCHED, by=CENTRE | SYSTEM, when=(town_up_to_town, plain_if_automatic)
    ),
    (Status.TRIAGE, Action.REPLY): Move(Status.FEEDBACK, by=CENTRE, note=REQUIRED, when=(town_up_to_town, only_advice)),
    (Status.TRIAGE, Action.THANK): Move(Status.CLOSED, by=CENTRE, when=(only_praise,)),
    (Status.NEED_INFO, Action.ANSWER): Move(Status.TRIAGE, by=REPORTER),
    (Status.NEED_INFO, Action.ASK): Move(
        Status.NEED_INFO, by=CENTRE, note=REQUIRED, when=(town_up_to_town, may_be_asked)
    ),
    (Status.NEED_INFO, Action.TRIAGE): Move(Status.TRIAGE, by=CENTRE, when=(town_up_to_town,)),
    (Status.NEED_INFO, Action.LAPSE): Move(Status.TRIAGE, by=SYSTEM),
    (Status.DIVERTED, Action.DISPATCH): Move(Status.DISPATCHED, by=CENTRE, when=(town_up_to_town,)),
    (Status.DIVERTED, Action.TAKEN_OVER): Move(Status.FEEDBACK, by=CENTRE, note=REQUIRED, when=(town_up_to_town,)),
    (Status.REFERRED, Action.OBJECT): Move(Status.TRIAGE, by=REPORTER, note=REQUIRED, when=(one_objection,)),
    (Status.REFERRED, Action.LAPSE): Move(Status.CLOSED, by=SYSTEM),
    (Status.REJECTED, Action.OBJECT): Move(Status.TRIAGE, by=REPORTER, note=REQUIRED, when=(one_objection,)),
    (Status.REJECTED, Action.LAPSE): Move(Status.CLOSED, by=SYSTEM),
    **{
        (status, Action.RECONSIDER): Move(Status.TRIAGE, by=CENTRE, note=REQUIRED, when=(town_up_to_town,))
        for status in (Status.REFERRED, Status.REJECTED)
    },
    (Status.MERGED, Action.SPLIT): Move(Status.TRIAGE, by=CENTRE | SYSTEM),
    (Status.MERGED, Action.ARCHIVE): Move(Status.ARCHIVED, by=SYSTEM),
    (Status.DISPATCHED, Action.ACCEPT): Move(Status.ACCEPTED, by=UNIT, when=(duty_if_confidential,)),
    (Status.DISPATCHED, Action.RETURN): Move(
        Status.RETURN_REVIEW,
        by=frozenset({Role.LEADER, Role.TOWN_DISPATCHER}),
        note=REQUIRED,
        when=(not_assigned,),
    ),
    (Status.RETURN_REVIEW, Action.REASSIGN): Move(Status.DISPATCHED, by=CENTRE, when=(town_up_to_town,)),
    (Status.RETURN_REVIEW, Action.INSIST): Move(Status.DISPATCHED, by=CENTRE, note=REQUIRED, when=(town_up_to_town,)),
    (Status.ACCEPTED, Action.CONTACT): Move(Status.HANDLING, by=UNIT),
    (Status.HANDLING, Action.WHISTLE): Move(Status.JOINT, by=CENTRE, when=(not_confidential,)),
    (Status.HANDLING, Action.ASK_JOINT): Move(Status.HANDLING, by=UNIT | {Role.GRID_MEMBER}, note=REQUIRED),
    (Status.HANDLING, Action.EXTEND): Move(Status.EXTENSION_REVIEW, by=UNIT, note=REQUIRED, when=(extension_left,)),
    (Status.HANDLING, Action.ASK_SHELVING): Move(Status.HANDLING, by=UNIT | {Role.TOWN_DISPATCHER}, note=REQUIRED),
    (Status.HANDLING, Action.SHELVE): Move(Status.SHELVED, by=DISTRICT, note=REQUIRED),
    (Status.HANDLING, Action.RESOLVE): Move(Status.VERIFY, by=UNIT, note=REQUIRED, evidence=REQUIRED),
    (Status.JOINT, Action.END_JOINT): Move(Status.HANDLING, by=UNIT),
    (Status.EXTENSION_REVIEW, Action.GRANT): Move(
        Status.HANDLING, by=CENTRE, note=REQUIRED, when=(extension_by_level,)
    ),
    (Status.EXTENSION_REVIEW, Action.DECLINE): Move(
        Status.HANDLING, by=CENTRE | SYSTEM, note=REQUIRED, when=(extension_by_level,)
    ),
    (Status.SHELVED, Action.RESUME): Move(Status.HANDLING, by=UNIT | CENTRE),
    (Status.SHELVED, Action.LAPSE): Move(Status.HANDLING, by=SYSTEM),
    (Status.VERIFY, Action.CONFIRM): Move(
        Status.FEEDBACK, by=VERIFIERS | SYSTEM, when=(by_somebody_else, unchecked_if_advice)
    ),
    (Status.VERIFY, Action.FAIL): Move(Status.REWORK, by=VERIFIERS, note=REQUIRED, when=(by_somebody_else,)),
    (Status.REWORK, Action.RESOLVE): Move(Status.VERIFY, by=UNIT, note=REQUIRED, evidence=REQUIRED),
    (Status.FEEDBACK, Action.RATE): Move(Status.CLOSED, by=REPORTER),
    (Status.FEEDBACK, Action.CLOSE): Move(Status.CLOSED, by=DISTRICT, note=REQUIRED),
    (Status.FEEDBACK, Action.LAPSE): Move(Status.CLOSED, by=SYSTEM),
    (Status.FEEDBACK, Action.REDO): Move(Status.REDO, by=REPORTER | DISTRICT, note=REQUIRED),
    (Status.CLOSED, Action.RATE): Move(Status.CLOSED, by=REPORTER, when=(rating_open, no_praise)),
    (Status.CLOSED, Action.REDO): Move(
        Status.REDO, by=REPORTER | NEIGHBOURS | CENTRE, note=REQUIRED, when=(reopened_once_in_time, no_praise)
    ),
    (Status.CLOSED, Action.ARCHIVE): Move(Status.ARCHIVED, by=SYSTEM, when=(kept_long_enough,)),
    (Status.DISPATCHED, Action.CORRECT): Move(Status.TRIAGE, by=REPORTER, when=(just_registered,)),
    (Status.REDO, Action.DISPATCH): Move(
        Status.DISPATCHED, by=CENTRE | SYSTEM, when=(town_up_to_town, again_by_itself_once)
    ),
    (Status.WITHDRAWN, Action.ARCHIVE): Move(Status.ARCHIVED, by=SYSTEM, when=(kept_long_enough,)),
    **{(status, Action.WITHDRAW): Move(Status.WITHDRAWN, by=REPORTER) for status in BEFORE_HANDLING},
    **{(status, Action.REASSIGN): Move(Status.DISPATCHED, by=CENTRE, when=(town_up_to_town,)) for status in WITH_UNIT},
    **{(status, Action.ESCALATE): Move(Status.DISPATCHED, by=CENTRE, when=(something_above,)) for status in WITH_UNIT},
    **{
        (status, Action.ASK_LEVEL_UP): Move(
            status, by=UNIT | {Role.GRID_MEMBER}, note=REQUIRED, when=(something_above,)
        )
        for status in WITH_UNIT
    },
    **{
        (status, Action.ASK_REASSIGN): Move(status, by=frozenset({Role.GRID_MEMBER}), note=REQUIRED)
        for status in WITH_UNIT
    },
    **{(status, Action.TRANSFER): Move(status, by=UNIT) for status in WITH_SOMEBODY},
    **{
        (status, Action.HAND_BACK): Move(Status.DISPATCHED, by=frozenset({Role.LEADER, Role.SYSTEM}))
        for status in WITH_SOMEBODY
    },
    **{(status, Action.ASK): Move(status, by=UNIT, note=REQUIRED) for status in WITH_SOMEBODY},
    **{(status, Action.ANSWER): Move(status, by=REPORTER, when=(clock_stands,)) for status in AT_WORK},
    **{(status, Action.LAPSE): Move(status, by=SYSTEM, when=(clock_stands,)) for status in AT_WORK},
    **{(status, Action.RENAME): Move(status, by=CENTRE, when=(town_up_to_town,)) for status in NAMED_ANEW},
    **{(status, Action.GRADE): Move(status, by=CENTRE, note=REQUIRED) for status in BEFORE_RESULT},
    **{
        (status, action): Move(status, by=CENTRE, note=REQUIRED, when=(town_up_to_town,))
        for status in (*TO_SEND, *WITH_UNIT)
        for action in (Action.REQUIRE, Action.HASTEN)
    },
    **{(status, Action.LOOK): Move(status, by=frozenset({Role.SUPERVISOR}), note=REQUIRED) for status in WITH_UNIT},
    (Status.VERIFY, Action.LOOK): Move(Status.VERIFY, by=VERIFIERS, note=REQUIRED),
    **{(status, Action.PROGRESS): Move(status, by=UNIT, note=REQUIRED) for status in AT_WORK},
}


def move(
    case: Case,
    action: Action,
    by: Role,
    at: datetime,
    *,
    note: str | None = None,
    evidence: bool = False,
    actor_id: int | None = None,
    to_id: int | None = None,
    times: Mapping[Action, int] = NOTHING_YET,
) -> Case:
    """Return the case as it stands after `action`; the given case is unchanged.

    `evidence`: the proof the matter asks for is there (a matter that asks for none counts as proven). `to_id`: the unit
    it is sent to (None: the one it has), for TRANSFER the person. `times`: how often each action is in its history.
    Raises MoveNotAllowed if the status has no such move (TooLate for a late withdrawal), NotYours if it has one but not
    for this role or person, TooLate, TooSoon, NoteRequired or EvidenceRequired.
    """
    row = _row(case, action)
    press = Press(action=action, by=by, at=at, actor_id=actor_id, to_id=to_id, note=note, times=times)
    if refusal := _refused(case, row, press):
        raise refusal
    if row.note and not (note and note.strip()):
        raise NoteRequired(action=action)
    if row.evidence and not evidence:
        raise EvidenceRequired(action=action)
    return marked(case, press, row.to)


def refused(
    case: Case, action: Action, by: Role, at: datetime, actor_id: int | None, times: Mapping[Action, int] = NOTHING_YET
) -> Refusal | None:
    """Why this role may not do it now, before any words or pictures are asked for; None if it may."""
    press = Press(action=action, by=by, at=at, actor_id=actor_id, times=times)
    return _refused(case, _row(case, action), press)


@cache
def _moves_from(status: Status) -> tuple[tuple[Action, Move], ...]:
    return tuple((action, row) for (before, action), row in MOVES.items() if before is status)


def allowed(
    case: Case,
    roles: Collection[Role],
    *,
    at: datetime | None = None,
    actor_id: int | None = None,
    times: Mapping[Action, int] = NOTHING_YET,
) -> tuple[Action, ...]:
    """What these roles may do now, in the order of the table: the buttons to draw.

    Without `actor_id` (a card that a whole group sees) or `at`, what hangs on them is decided at the press.
    """
    presses = (
        (row, [Press(action=action, by=role, at=at, actor_id=actor_id, times=times) for role in roles])
        for action, row in _moves_from(case.status)
        if not row.by.isdisjoint(roles)
    )
    return tuple(own[0].action for row, own in presses if not all(_refused(case, row, press) for press in own))


def mermaid() -> str:
    """The table as a mermaid state diagram; moves that keep the status are left out."""
    lines = [
        f"    {status} --> {row.to}: {action} ({', '.join(sorted(row.by))})"
        for (status, action), row in MOVES.items()
        if status is not row.to
    ]
    return (
        "\n".join(["stateDiagram-v2", f"    [*] --> {Status.DRAFT}", *lines, f"    {Status.ARCHIVED} --> [*]"]) + "\n"
    )


def _row(case: Case, action: Action) -> Move:
    row = MOVES.get((case.status, action))
    if row:
        return row
    if action is Action.WITHDRAW and case.status not in ENDED:
        raise TooLate(action=action)
    raise MoveNotAllowed(status=case.status, action=action)


def _refused(case: Case, row: Move, press: Press) -> Refusal | None:
    if press.by not in row.by:
        return NotYours(action=press.action)
    return next((refusal for condition in row.when if (refusal := condition(case, press))), None)
