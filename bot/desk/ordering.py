"""The order to a unit: when it is done (办结标准) and by when, where a dispatcher asks for more than the usual."""

from dataclasses import replace

from bot.cases.actions import Action
from bot.cases.case import Case
from bot.cases.errors import NoDate, OnlyEarlier
from bot.cases.orders import due_in
from bot.desk import dealing
from bot.desk.desk import Desk
from bot.desk.moves import act, finish_at


async def require(desk: Desk, case_id: int, words: str, _about: str) -> Case:
    """办结标准 in the dispatcher's own words; the unit and whoever verifies read it."""
    case, role = await dealing.case_for(desk, case_id, Action.REQUIRE)
    return await act(
        desk,
        case,
        Action.REQUIRE,
        role,
        actor_id=dealing.who_acts(desk),
        note=words,
        also=lambda after: replace(after, criterion=words),
    )


async def hasten(desk: Desk, case_id: int, words: str, _about: str) -> Case:
    """An earlier day than the usual. Raises NoDate if none is named, OnlyEarlier for a later one and for the past."""
    case, role = await dealing.case_for(desk, case_id, Action.HASTEN)
    wanted, usual = due_in(words, desk.now(), desk.office.calendar), finish_at(desk, case)
    if wanted is None:
        raise NoDate
    if not desk.now() < wanted < usual:
        raise OnlyEarlier(at=usual)
    return await act(
        desk,
        case,
        Action.HASTEN,
        role,
        actor_id=dealing.who_acts(desk),
        note=words,
        also=lambda after: replace(after, due_at=wanted),
    )
