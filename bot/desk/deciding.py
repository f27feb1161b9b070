"""What a unit asks of the centre about its order, and what the centre decides: more time, a level above, not ours."""

from functools import partial

from bot.cases.actions import Action, Role
from bot.cases.case import Case
from bot.cases.clocks import Deadline, deadlines, extended, may_return
from bot.cases.errors import NotOpen, WindowOver
from bot.desk import dealing, routing, showing
from bot.desk.desk import Desk
from bot.desk.moves import act, clock_spans, say
from bot.outbox.letters import person
from storage import cases
from storage.units import Unit


async def send_up(desk: Desk, case_id: int) -> tuple[Case, Unit]:
    """升级: to the unit above, with a promise of its own. Raises NotOpen where no unit is above."""
    case, role = await dealing.case_for(desk, case_id, Action.ESCALATE)
    above = await routing.unit_above(desk, case)
    if above is None:
        raise NotOpen
    return await act(desk, case, Action.ESCALATE, role, actor_id=dealing.who_acts(desk), to_id=above.id), above


async def case_to_return(desk: Desk, case_id: int) -> Case:
    """The case somebody wants to give back. Raises WindowOver after the time that the table gives for it."""
    case, _ = await dealing.case_for(desk, case_id, Action.RETURN)
    spans = clock_spans(desk, case)
    if not may_return(case, desk.now(), desk.office.calendar, spans):
        raise WindowOver(at=deadlines(case, desk.office.calendar, spans)[Deadline.RETURN])
    return case


async def proposable(desk: Desk, case: Case) -> list[Unit]:
    """The units that a 退单 may name: those that may receive the matter, without the one that has it."""
    return [one for one in await dealing.units_for(desk, case) if one.id != case.unit_id]


async def give_back(desk: Desk, case_id: int, words: str, about: str) -> Case:
    """退单 with its basis. `about` names the unit whose it is (0: the unit does not know)."""
    case = await case_to_return(desk, case_id)
    _, role = await dealing.case_for(desk, case_id, Action.RETURN)
    proposed = next((one.id for one in await proposable(desk, case) if str(one.id) == about), None)
    return await act(desk, case, Action.RETURN, role, actor_id=dealing.who_acts(desk), note=words, to_id=proposed)


async def insist(desk: Desk, case_id: int, words: str, _about: str) -> Case:
    """坚持派单: back to the unit that gave it back, with the reason; after the second time it is 指定."""
    case, role = await dealing.case_for(desk, case_id, Action.INSIST)
    after = await act(desk, case, Action.INSIST, role, actor_id=dealing.who_acts(desk), note=words)
    what = "assigned" if after.assigned else "insisted"
    await say(desk, after, words, what)
    await _tell_returner(desk, after, words, what)
    return after


async def _tell_returner(desk: Desk, case: Case, words: str, what: str) -> None:
    """A town gives back for a unit of its own: whoever did it reads the answer, too."""
    lines = await cases.history_of(desk.tx, case.id)
    last = next((one for one in reversed(lines) if one.action == Action.RETURN), None)
    if last is not None and last.role == Role.TOWN_DISPATCHER and last.person_id is not None:
        showing.owe_words(desk, case, person(last.person_id), what, f"{what} {case.version}", words)


async def grant_above(desk: Desk, case_id: int, level: str) -> tuple[Case, Unit]:
    """The tap under such a request. Raises NotOpen if it went up since."""
    case, _ = await dealing.case_for(desk, case_id, Action.ESCALATE)
    if case.level != level:
        raise NotOpen
    return await send_up(desk, case_id)


async def ask_extension(desk: Desk, case_id: int, words: str, _about: str) -> Case:
    """延期: the unit asks for more time, with the reason; its clock runs until somebody decides."""
    case, role = await dealing.case_for(desk, case_id, Action.EXTEND)
    return await act(desk, case, Action.EXTEND, role, actor_id=dealing.who_acts(desk), note=words)


async def grant_extension(desk: Desk, case_id: int, words: str, _about: str) -> Case:
    """同意延期: by the length that the table gives this kind of case, counted from when it was due."""
    case, role = await dealing.case_for(desk, case_id, Action.GRANT)
    longer = partial(extended, calendar=desk.office.calendar, clocks=clock_spans(desk, case))
    after = await act(desk, case, Action.GRANT, role, actor_id=dealing.who_acts(desk), note=words, also=longer)
    await say(desk, after, words, "granted")
    return after


async def decline_extension(desk: Desk, case_id: int, words: str, _about: str) -> Case:
    """不同意延期: the old date holds."""
    case, role = await dealing.case_for(desk, case_id, Action.DECLINE)
    after = await act(desk, case, Action.DECLINE, role, actor_id=dealing.who_acts(desk), note=words)
    await say(desk, after, words, "declined")
    return after
