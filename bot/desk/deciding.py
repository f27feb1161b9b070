"""What a unit asks of the centre about its order, and what the centre decides: more time, or a level above."""

from functools import partial

from bot.cases.actions import Action
from bot.cases.case import Case
from bot.cases.clocks import extended
from bot.cases.errors import NotOpen
from bot.desk import dealing, routing
from bot.desk.desk import Desk
from bot.desk.moves import act, clock_spans, tell_unit
from bot.outbox.letters import Kind
from storage.units import Unit


async def send_up(desk: Desk, case_id: int) -> tuple[Case, Unit]:
    """升级: to the unit above, with a promise of its own. Raises NotOpen where no unit is above."""
    case, role = await dealing.case_for(desk, case_id, Action.ESCALATE)
    above = await routing.unit_above(desk, case)
    if above is None:
        raise NotOpen
    return await act(desk, case, Action.ESCALATE, role, actor_id=dealing.who_acts(desk), to_id=above.id), above


async def ask_extension(desk: Desk, case_id: int, words: str, _about: str) -> Case:
    """延期: the unit asks for more time, with the reason; its clock runs until somebody decides."""
    case, role = await dealing.case_for(desk, case_id, Action.EXTEND)
    return await act(desk, case, Action.EXTEND, role, actor_id=dealing.who_acts(desk), note=words)


async def grant_extension(desk: Desk, case_id: int, words: str, _about: str) -> Case:
    """同意延期: by the length that the table gives this kind of case, counted from when it was due."""
    case, role = await dealing.case_for(desk, case_id, Action.GRANT)
    longer = partial(extended, calendar=desk.office.calendar, clocks=clock_spans(desk, case))
    after = await act(desk, case, Action.GRANT, role, actor_id=dealing.who_acts(desk), note=words, also=longer)
    await _say(desk, after, words, "granted")
    return after


async def decline_extension(desk: Desk, case_id: int, words: str, _about: str) -> Case:
    """不同意延期: the old date holds."""
    case, role = await dealing.case_for(desk, case_id, Action.DECLINE)
    after = await act(desk, case, Action.DECLINE, role, actor_id=dealing.who_acts(desk), note=words)
    await _say(desk, after, words, "declined")
    return after


async def _say(desk: Desk, case: Case, words: str, what: str) -> None:
    await tell_unit(desk, case, Kind.SUPPLEMENT, f"{what} {case.version}", words=words, from_whom=what)
