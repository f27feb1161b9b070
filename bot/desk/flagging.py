"""One way to set a flag on a case or give it another owner beside its moves: the status and the clocks stay."""

from collections.abc import Callable

from bot.cases.actions import Action, Role
from bot.cases.case import Case
from bot.cases.conditions import NOTHING_YET, Press
from bot.cases.errors import Taken
from bot.cases.flags import flagged
from bot.desk import showing
from bot.desk.desk import Desk
from bot.desk.rights import authorize
from storage import cases


async def raise_flag(
    desk: Desk,
    case: Case,
    action: Action,
    role: Role,
    note_said: str | None = None,
    *,
    to_id: int | None = None,
    by_id: int | None = None,
    also: Callable[[Case], Case] | None = None,
) -> Case:
    """Set or clear a flag, written into the history; the cards follow. Raises what the rule refuses, Taken.

    Whether `role` is that of whoever acts is looked up here, as for every move. `by_id` is written down where the rule
    does what somebody without a role on the case asked for (an admin's hand-over).
    """
    actor_id = desk.person.id if desk.person and role is not Role.SYSTEM else None
    await authorize(desk, actor_id, action, case, role, to_id)
    press = Press(
        action=action, by=role, at=desk.now(), actor_id=actor_id, times=NOTHING_YET, to_id=to_id, note=note_said
    )
    after = flagged(case, press)
    after = also(after) if also else after
    if not await cases.change(desk.tx, case, after):
        raise Taken(name="")
    await note(desk, after, action, role, note_said, by_id)
    await showing.refresh_cards(desk, after)
    return after


async def note(desk: Desk, case: Case, action: str, role: Role, words: str | None, by_id: int | None = None) -> None:
    """A line of history that moves nothing."""
    actor_id = desk.person.id if desk.person and role is not Role.SYSTEM else by_id
    line = {"case_id": case.id, "at": desk.now(), "action": str(action), "role": role.value, "note": words}
    await cases.record(desk.tx, [{**line, "person_id": actor_id, "unit_id": case.unit_id}])
