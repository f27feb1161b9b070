"""转办: an order goes to a colleague of the same unit, who is told privately."""

from bot.cases.actions import Action
from bot.cases.case import Case
from bot.cases.errors import NotOpen
from bot.desk import dealing, routing, showing
from bot.desk.blocked import not_blocked
from bot.desk.desk import Desk
from bot.desk.moves import act
from bot.outbox.letters import person
from storage import people


async def colleagues(desk: Desk, case: Case) -> dict[int, str]:
    """The people of the unit who can be reached and do not have it already, by number, with their names."""
    ids = await not_blocked(desk, case, await routing.of_unit(desk, case.unit_id)) if case.unit_id is not None else []
    others = [one for one in await routing.reachable(desk, ids) if one != case.handler_id]
    names = await people.names(desk.tx, others)
    return {one: names[one] for one in others if one in names}


async def to_choose(desk: Desk, case_id: int) -> tuple[Case, dict[int, str]]:
    """The case somebody wants to hand on, and to whom it can go."""
    case, _ = await dealing.case_for(desk, case_id, Action.TRANSFER)
    return case, await colleagues(desk, case)


async def hand_on(desk: Desk, case_id: int, person_id: int) -> tuple[Case, str]:
    """Give it to a colleague; returns the case and the name. Raises NotOpen for anybody else."""
    case, role = await dealing.case_for(desk, case_id, Action.TRANSFER)
    name = (await colleagues(desk, case)).get(person_id)
    if name is None:
        raise NotOpen
    actor = dealing.who_acts(desk)
    after = await act(desk, case, Action.TRANSFER, role, actor_id=actor, note=name, to_id=person_id)
    to, by = person(person_id), await people.name_of(desk.tx, actor) or ""
    showing.owe_words(desk, after, to, "handed", f"handed {after.version}", by)
    await showing.show_again(desk, after, to, f"handed {after.version}")
    return after, name
