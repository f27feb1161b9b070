"""要补充: a unit's clock stands while its question waits for the reporter, and goes on with the answer or in time."""

from bot.cases.actions import Action, Role
from bot.cases.case import AT_WORK, Case
from bot.desk.desk import Desk
from bot.desk.moves import act, tell_unit
from bot.outbox.letters import Kind

ANSWERED, WAITED = "answered", "waited"


async def answered(desk: Desk, case: Case, words: str | None) -> Case:
    """The reporter says something while the question is open: the clock goes on. `words` go into the history."""
    return await act(desk, case, Action.ANSWER, Role.REPORTER, note=words)


async def goes_on(desk: Desk, case: Case, why: str) -> None:
    """Owe the unit the new due time, in words."""
    if case.status in AT_WORK and case.due_at is not None:
        facts = {"why": why, "due": case.due_at.isoformat()}
        await tell_unit(desk, case, Kind.CLOCK_ON, f"{case.version}", **facts)
