"""What those who watch a case do: say what they see while it runs, and that it is as bad as before afterwards."""

from typing import Any

from bot.cases.actions import CENTRE, Action, Role
from bot.cases.case import Case, Colour, Status
from bot.cases.errors import NotYours
from bot.desk import dealing, routing, showing
from bot.desk.desk import Desk
from bot.desk.moves import act
from bot.desk.reporting import keep_media
from bot.desk.rights import may_see
from storage import cases, supervisions

SEEN = "look"
"""Files of those who watch or verify."""

WATCHERS = CENTRE | {Role.SUPERVISOR, Role.GRID_MEMBER}


async def look(desk: Desk, case_id: int, words: str, _about: str = "") -> Case:
    """监督: what was seen on the spot. The unit reads it; of a coloured case or a result the dispatchers too."""
    case, role = await dealing.case_for(desk, case_id, Action.LOOK)
    after = await act(desk, case, Action.LOOK, role, actor_id=dealing.who_acts(desk), note=words)
    told = await routing.unit_addresses(desk, after)
    if after.colour is not Colour.NONE or after.status is Status.VERIFY:
        told = [*told, *await routing.dispatchers(desk, after)]
    for to in dict.fromkeys(told):
        showing.owe_words(desk, after, to, "look", f"look {after.version}", words)
    return after


async def keep(desk: Desk, case: Case, pieces: list[dict[str, Any]]) -> None:
    """Pictures that go with words of somebody who watches or verifies; the unit sees them."""
    await keep_media(desk, case, pieces, SEEN)
    for to in await routing.unit_addresses(desk, case):
        await showing.owe_new_files(desk, case, to, SEEN)


async def keep_rest(desk: Desk, case_id: int, pieces: list[dict[str, Any]]) -> None:
    """The rest of an album whose first picture was taken with the words. Raises NotYours for anybody else."""
    case, roles = await may_see(desk, case_id, dealing.who_acts(desk))
    if not roles & WATCHERS:
        raise NotYours
    await keep(desk, case, pieces)


async def case_watched(desk: Desk, number: str) -> Case | None:
    """The case of this number, if whoever acts holds its order."""
    case = await cases.by_number(desk.tx, number)
    order = await supervisions.of_case(desk.tx, case.id) if case else None
    return case if order is not None and desk.person is not None and order.person_id == desk.person.id else None


async def may_reopen(desk: Desk, case_id: int) -> tuple[Case, Role]:
    """A closed case that a grid member of its place or a dispatcher finds as bad as before.

    Raises NotYours for whoever reported it: they have a way of their own, once.
    """
    case, role = await dealing.case_for(desk, case_id, Action.REDO)
    _, roles = await may_see(desk, case_id, dealing.who_acts(desk))
    if Role.REPORTER in roles:
        raise NotYours(action=Action.REDO)
    return case, role


async def reopen(desk: Desk, case_id: int, words: str, _about: str = "") -> Case:
    """重办: the same unit once, then the dispatchers decide."""
    case, role = await may_reopen(desk, case_id)
    return await act(desk, case, Action.REDO, role, actor_id=dealing.who_acts(desk), note=words)
