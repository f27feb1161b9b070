"""The clock of a unit stands while its question to the reporter is open: three days at most for one sending, all told.

The due time is moved ahead by all that is left of the three days as the pause begins, and what was not used is taken
back as it ends: so whoever looks at the due time meanwhile never finds the case late.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.cases.actions import Action
from bot.cases.case import AT_WORK, Case, Colour, Status
from bot.cases.conditions import PAUSE_AT_MOST

ENDS = frozenset({Action.ANSWER, Action.LAPSE, Action.GRADE, Action.RENAME, Action.HASTEN})
"""With an answer or its time the clock goes on, and with another promise too."""


def left(case: Case) -> timedelta:
    """So much of the three days is not used yet, but for the pause that lasts."""
    return PAUSE_AT_MOST - timedelta(seconds=case.paused_s)


def paused_until(case: Case) -> datetime | None:
    """When the clock goes on without an answer; None while it runs."""
    return case.paused_at + left(case) if case.paused_at else None


def lasts(action: Action, to: Status) -> bool:
    """Whether a pause lasts beyond this move."""
    return to in AT_WORK and action not in ENDS


def begun(case: Case, at: datetime) -> Case:
    """The clock stands from now on, three days at most.

    Not that of danger, not one that ran out, and none that somebody outside has set (a 12345 order, an instruction).
    """
    runs = case.status in AT_WORK and case.paused_at is None and case.colour is not Colour.RED
    ours = case.order_due is None or case.redone > 0
    if not (runs and ours) or case.due_at is None or at >= case.due_at or left(case) <= timedelta():
        return case
    return replace(case, paused_at=at, due_at=case.due_at + left(case))


def ended(case: Case, at: datetime) -> Case:
    """The clock goes on: what is due is due later by the time that it stood, in whole seconds."""
    if case.paused_at is None:
        return case
    stood = min(timedelta(seconds=int((at - case.paused_at).total_seconds())), left(case))
    return replace(
        case,
        paused_at=None,
        paused_s=case.paused_s + int(stood.total_seconds()),
        resumed_at=case.paused_at + stood,
        due_at=case.due_at and case.due_at - (left(case) - stood),
    )


def as_it_ran(case: Case) -> Case:
    """The case as if its clock had not been stopped."""
    return replace(case, paused_at=None, due_at=case.due_at and case.due_at - left(case))


def rang_before(case: Case, moment: datetime) -> bool:
    """Whether what rings at `moment` by the clock that goes on rang before the pause already."""
    return case.resumed_at is not None and moment <= case.resumed_at
