"""挂账: what cannot be done now stays in view, with somebody to look after it, a day to look again, public words."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.cases.actions import Action
from bot.cases.alarms import SHELVED_AT_MOST
from bot.cases.case import Case
from bot.cases.errors import NotOpen
from bot.desk import dealing, flagging, routing
from bot.desk.blocked import not_blocked
from bot.desk.desk import Desk
from bot.desk.moves import act, say
from storage import people

DAYS = (7, 14, 30)
"""In how many days it may be looked at again; never more than SHELVED_AT_MOST."""

OWNER = "shelf_owner"
"""A line of history: who looks after it."""


async def case_to_shelve(desk: Desk, case_id: int) -> Case:
    """The case that a district dispatcher is about to shelve."""
    return (await dealing.case_for(desk, case_id, Action.SHELVE))[0]


def review_on(desk: Desk, days: int) -> datetime:
    """The moment of the review. Raises NotOpen for a day that is not offered."""
    if days not in DAYS or timedelta(days=days) > SHELVED_AT_MOST:
        raise NotOpen
    return desk.office.calendar.add_days(desk.now(), days)


async def owners(desk: Desk, case: Case) -> dict[int, str]:
    """Who may look after it: the people of its unit, whoever has it first; nobody whom it complains of."""
    ids = await not_blocked(desk, case, await routing.of_unit(desk, case.unit_id)) if case.unit_id is not None else []
    names = await people.names(desk.tx, ids)
    first = sorted((one for one in ids if one in names), key=lambda one: one != case.handler_id)
    return {one: names[one] for one in first}


async def shelve(desk: Desk, case_id: int, words: str, about: str) -> Case:
    """挂账 until the day and with the person that the buttons named; `words` are what the reporter reads."""
    case, role = await dealing.case_for(desk, case_id, Action.SHELVE)
    days, _, owner = about.partition(".")
    until = review_on(desk, int(days) if days.isdecimal() else 0)
    name = next((name for one, name in (await owners(desk, case)).items() if str(one) == owner), None)
    if name is None:
        raise NotOpen
    actor = dealing.who_acts(desk)
    await flagging.note(desk, case, OWNER, role, name)
    after = await act(
        desk,
        case,
        Action.SHELVE,
        role,
        actor_id=actor,
        note=words,
        to_id=int(owner),
        also=lambda one: replace(one, review_at=until),
    )
    await say(desk, after, words, "shelved")
    return after


async def resume(desk: Desk, case_id: int) -> Case:
    """恢复办理 before its day, by the unit or the centre."""
    case, role = await dealing.case_for(desk, case_id, Action.RESUME)
    return await act(desk, case, Action.RESUME, role, actor_id=dealing.who_acts(desk))
