"""What becomes red waits for no day, no answer and no decision: it is taken up before its clocks begin anew."""

from bot.cases.actions import Action, Role
from bot.cases.case import Case, Status
from bot.desk.desk import Desk
from bot.desk.moves import act, say

RESTING = frozenset({Status.SHELVED, Status.NEED_INFO})


async def wake(desk: Desk, case: Case) -> Case:
    """The case as somebody may go on with it: from the shelf, from its question, from an extension it cannot get."""
    if case.status in RESTING:
        return await act(desk, case, Action.LAPSE, Role.SYSTEM)
    if case.status is not Status.EXTENSION_REVIEW:
        return case
    words = desk.texts(desk.office.language).no_time_for_red()
    after = await act(desk, case, Action.DECLINE, Role.SYSTEM, note=words)
    await say(desk, after, words, "declined")
    return after
