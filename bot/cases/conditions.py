"""What a move asks beyond status and role: levels, once only, in time, and that nobody judges his own work."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.cases.actions import Action, Role
from bot.cases.case import Case, Colour, Contact, Level
from bot.cases.errors import Assigned, Confidential, MoveNotAllowed, NoContact, NotYours, Refusal, TooLate, TooSoon

REDO_WINDOW = timedelta(days=30)
KEPT_OPEN = timedelta(days=30)
CORRECTABLE = timedelta(minutes=10)
RATING_OPEN = timedelta(days=14)
PAUSE_AT_MOST = timedelta(days=3)
ADVICE = "J01"
"""政策咨询: answered by words, so nobody goes out to check the result."""

PRAISE = "J03"
"""表扬: passed on, and that is all."""

TURNED_AWAY = frozenset({"rejected", "referred"})
"""Outcomes of a case that ended without work on it: there is nothing to rate and nothing to do again."""

NOTHING_YET: Mapping[Action, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """Somebody does something. `at` is None while buttons are only drawn; then who will press is not known either.

    `times` says how often each action already stands in the history of the case.
    """

    action: Action
    by: Role
    at: datetime | None
    actor_id: int | None
    times: Mapping[Action, int]
    to_id: int | None = None
    note: str | None = None


Condition = Callable[[Case, Press], Refusal | None]


def is_advice(case: Case) -> bool:
    """Whether it is a question to answer (咨询) and not a thing to mend."""
    return case.matter.startswith(ADVICE)


def is_praise(case: Case) -> bool:
    """Whether it is a thank-you (表扬): nothing is to be done, so nothing can be overdue."""
    return case.matter.startswith(PRAISE)


def only_advice(case: Case, press: Press) -> Refusal | None:
    """Only a question is answered by the centre itself."""
    return None if is_advice(case) else MoveNotAllowed(status=case.status, action=press.action)


def only_praise(case: Case, press: Press) -> Refusal | None:
    """Only a thank-you is passed on."""
    return None if is_praise(case) else MoveNotAllowed(status=case.status, action=press.action)


def no_praise(case: Case, press: Press) -> Refusal | None:
    """A thank-you is neither rated nor done again."""
    return MoveNotAllowed(status=case.status, action=press.action) if is_praise(case) else None


def town_up_to_town(case: Case, press: Press) -> Refusal | None:
    """A town dispatcher decides about 二级 and 三级; 一级 is the district's."""
    above = press.by is Role.TOWN_DISPATCHER and case.level is Level.DISTRICT
    return NotYours(action=press.action) if above else None


def extension_by_level(case: Case, press: Press) -> Refusal | None:
    """A town grants more time for 三级 only; the district for every level, because not every town has a centre."""
    above = press.by is Role.TOWN_DISPATCHER and case.level is not Level.COMMUNITY
    return NotYours(action=press.action) if above else None


def plain_if_automatic(case: Case, press: Press) -> Refusal | None:
    """The system itself sends out only 三级, without colour, not confidential, with a known grid."""
    plain = (
        case.level is Level.COMMUNITY
        and case.colour is Colour.NONE
        and not case.confidential
        and case.node_id is not None
    )
    return NotYours(action=press.action) if press.by is Role.SYSTEM and not plain else None


def again_by_itself_once(case: Case, press: Press) -> Refusal | None:
    """The first 重办 goes back to its unit by itself, every later one (and one without a unit) by a dispatcher."""
    itself = press.by is Role.SYSTEM and (case.redone > 1 or case.unit_id is None)
    return NotYours(action=press.action) if itself else None


def small_enough(case: Case, press: Press) -> Refusal | None:
    """即报即办 is for 三级 without a colour, and for nothing confidential."""
    small = case.level is Level.COMMUNITY and case.colour is Colour.NONE and not case.confidential
    return None if small else NotYours(action=press.action)


def not_assigned(case: Case, press: Press) -> Refusal | None:
    """指定: what was given back twice stays where it was sent then."""
    return Assigned(action=press.action) if case.assigned else None


def not_confidential(case: Case, press: Press) -> Refusal | None:
    """Nobody is called to a confidential case: it would be told to all who come."""
    return Confidential(action=press.action) if case.confidential else None


def nobody_complained_of(case: Case, press: Press) -> Refusal | None:
    """A report that complains of somebody goes with no other: who has that one might be the one."""
    return MoveNotAllowed(status=case.status, action=press.action) if case.conflicted else None


def duty_if_confidential(case: Case, press: Press) -> Refusal | None:
    """A confidential case is shown to the duty person only, so nobody else of the unit can sign for it."""
    hidden = case.confidential and press.by is Role.RESPONDER
    return NotYours(action=press.action) if hidden else None


def something_above(case: Case, press: Press) -> Refusal | None:
    """Above the district there is nobody to escalate to."""
    top = case.level is Level.DISTRICT
    return MoveNotAllowed(status=case.status, action=press.action) if top else None


def extension_left(case: Case, press: Press) -> Refusal | None:
    """Never for red; once for the others; a second time for 一级 without colour, if the unit's leader asks."""
    asked = press.times.get(Action.EXTEND, 0)
    second = asked == 1 and case.level is Level.DISTRICT and case.colour is Colour.NONE and not is_advice(case)
    if case.colour is Colour.RED or (asked and not second):
        return MoveNotAllowed(status=case.status, action=press.action)
    return NotYours(action=press.action) if asked and press.by is not Role.LEADER else None


def one_objection(case: Case, press: Press) -> Refusal | None:
    """The reporter may object once."""
    again = press.times.get(Action.OBJECT, 0) > 0
    return MoveNotAllowed(status=case.status, action=press.action) if again else None


def may_be_asked(case: Case, press: Press) -> Refusal | None:
    """Whoever does not want to be contacted is not asked; the clock stands still three days at most, all told."""
    if case.contact is Contact.NONE:
        return NoContact()
    late = press.at and case.asked_at and press.at > case.asked_at + PAUSE_AT_MOST
    return TooLate(action=press.action) if late else None


def clock_stands(case: Case, press: Press) -> Refusal | None:
    """Only a question that is open is answered, or lapses."""
    return MoveNotAllowed(status=case.status, action=press.action) if case.paused_at is None else None


def by_somebody_else(case: Case, press: Press) -> Refusal | None:
    """Whoever closed or handled it never verifies; a verdict without a name is refused too."""
    if press.by is Role.SYSTEM or (press.at is None and press.actor_id is None):
        return None
    own = press.actor_id is None or press.actor_id in (case.closer_id, case.handler_id)
    return NotYours(action=press.action) if own else None


def unchecked_if_advice(case: Case, press: Press) -> Refusal | None:
    """The clock table knows no 核查 for 咨询: the system passes the answer on. Nothing else."""
    return NotYours(action=press.action) if press.by is Role.SYSTEM and not is_advice(case) else None


def reopened_once_in_time(case: Case, press: Press) -> Refusal | None:
    """The reporter may reopen a closed case once, within 30 days; the others as long as it is not archived."""
    if press.by is not Role.REPORTER:
        return None
    if case.redone or case.outcome in TURNED_AWAY:
        return MoveNotAllowed(status=case.status, action=press.action)
    late = press.at and case.closed_at and press.at > case.closed_at + REDO_WINDOW
    return TooLate(action=press.action) if late else None


def just_registered(case: Case, press: Press) -> Refusal | None:
    """The reporter may correct what was reported in the first ten minutes."""
    late = press.at and press.at > case.registered_at + CORRECTABLE
    return TooLate(action=press.action) if late else None


def rating_open(case: Case, press: Press) -> Refusal | None:
    """A case that silence closed can still be rated, once, until 14 days after its result; one's own work never."""
    if case.on_spot or press.times.get(Action.RATE, 0) or case.outcome in TURNED_AWAY:
        return MoveNotAllowed(status=case.status, action=press.action)
    told = case.resolved_at or case.closed_at
    late = press.at and told and press.at > told + RATING_OPEN
    return TooLate(action=press.action) if late else None


def kept_long_enough(case: Case, press: Press) -> Refusal | None:
    """Archived 30 days after the end, not before: until then the reporter may come back."""
    until = case.closed_at + KEPT_OPEN if case.closed_at else None
    return TooSoon(at=until) if until and press.at and press.at < until else None
