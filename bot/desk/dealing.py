"""What responders, supervisors and dispatchers do with a case. Rights are looked up here, at the press."""

from typing import Any

from bot.cases.actions import CENTRE, UNIT, Action, Role
from bot.cases.case import Case, Status
from bot.cases.conditions import is_advice
from bot.cases.errors import MoveNotAllowed, NotFound, NotYours, Taken
from bot.cases.lifecycle import MOVES
from bot.desk import routing
from bot.desk.desk import Desk
from bot.desk.moves import act, handler_name
from bot.desk.reporting import keep_media
from bot.desk.rights import may_see
from storage import cases, units
from storage.units import Unit

PREFERRED = (Role.DUTY, Role.RESPONDER, Role.LEADER, Role.SUPERVISOR, Role.DISTRICT_DISPATCHER, Role.TOWN_DISPATCHER)


def _who(desk: Desk) -> int:
    if desk.person is None:
        raise NotYours
    return desk.person.id


async def _case_for(desk: Desk, case_id: int, action: Action) -> tuple[Case, Role]:
    """The case and the role in which this person may do it. Raises NotFound, NotYours, Taken or MoveNotAllowed."""
    case, roles = await may_see(desk, case_id, _who(desk))
    row = MOVES.get((case.status, action))
    if row is None:
        if action is Action.ACCEPT and case.handler_id is not None and roles & UNIT:
            raise Taken(name=await handler_name(desk, case_id) or "")
        if not roles & (UNIT | CENTRE | {Role.SUPERVISOR}):
            raise NotYours(action=action)
        raise MoveNotAllowed(status=case.status, action=action)
    for role in PREFERRED:
        if role in roles and role in row.by:
            return case, role
    raise NotYours(action=action)


async def responder_of(desk: Desk, case: Case) -> bool:
    """Whether whoever acts belongs to the unit that has the case."""
    try:
        _, roles = await may_see(desk, case.id, _who(desk))
    except (NotYours, NotFound):
        return False
    return bool(roles & UNIT)


async def press_simple(desk: Desk, case_id: int, action: Action) -> Case:
    """Sign for a case, book the first contact, or confirm a result. Of two at once one wins, the other hears who."""
    case, role = await _case_for(desk, case_id, action)
    return await act(desk, case, action, role, actor_id=_who(desk))


async def started(desk: Desk, case_id: int, action: Action) -> Case:
    """The case somebody is about to give words for; refuses early what would be refused later."""
    if action is Action.FAIL:
        case, _ = await _case_for(desk, case_id, action)
        return case
    case, roles = await may_see(desk, case_id, _who(desk))
    if not roles & UNIT:
        raise NotYours(action=action)
    if case.status not in {Status.ACCEPTED, Status.HANDLING, Status.JOINT, Status.REWORK}:
        raise MoveNotAllowed(status=case.status, action=action)
    return case


async def _at_work(desk: Desk, case_id: int) -> tuple[Case, Role]:
    """The first progress or result counts as first contact."""
    case = await started(desk, case_id, Action.PROGRESS)
    _, roles = await may_see(desk, case_id, _who(desk))
    role = next(one for one in PREFERRED if one in roles and one in UNIT)
    if case.status is Status.ACCEPTED:
        case = await act(desk, case, Action.CONTACT, role, actor_id=_who(desk))
    return case, role


async def progress(desk: Desk, case_id: int, words: str, pieces: list[dict[str, Any]], key: str) -> Case:
    """进展: words reach the reporter, photos stay with the case. Without words the photos are kept silently."""
    case, role = await _at_work(desk, case_id)
    if pieces:
        await keep_media(desk, case, pieces, "progress")
    return await act(desk, case, Action.PROGRESS, role, actor_id=_who(desk), note=words) if words else case


async def needs_photo(desk: Desk, case_id: int) -> bool:
    """Whether a result must come with a picture: not for questions, not for confidential cases."""
    case = await cases.by_id(desk.tx, case_id)
    return case is not None and not is_advice(case) and not case.confidential


async def resolve(desk: Desk, case_id: int, words: str, pieces: list[dict[str, Any]]) -> Case:
    """办结 with words and picture; it goes to verification before the reporter is asked."""
    case, role = await _at_work(desk, case_id)
    if pieces:
        await keep_media(desk, case, pieces, "result")
    shown = bool(pieces) or not await needs_photo(desk, case_id)
    return await act(desk, case, Action.RESOLVE, role, actor_id=_who(desk), note=words, evidence=shown)


async def fail(desk: Desk, case_id: int, words: str) -> Case:
    """核查不通过: back to the unit with the reason."""
    case, role = await _case_for(desk, case_id, Action.FAIL)
    return await act(desk, case, Action.FAIL, role, actor_id=_who(desk), note=words)


async def send_to(desk: Desk, case_id: int, action: Action, unit_id: int) -> tuple[Case, Unit]:
    """派单 or 改派 by a dispatcher. Raises NotYours for a unit that may not receive the matter."""
    case, role = await _case_for(desk, case_id, action)
    unit = next((one for one in await units_for(desk, case) if one.id == unit_id), None)
    if unit is None:
        raise NotYours(action=action)
    return await act(desk, case, action, role, actor_id=_who(desk), to_id=unit.id), unit


async def case_to_send(desk: Desk, case_id: int, action: Action) -> Case:
    """The case a dispatcher is choosing a unit for."""
    case, _ = await _case_for(desk, case_id, action)
    return case


async def units_for(desk: Desk, case: Case) -> list[Unit]:
    """Units that may receive this case: its matter is on their list, and they are no command centre."""
    return [one for one in await units.all_units(desk.tx) if one.kind != "centre" and routing.accepts(one, case.matter)]


async def queue(desk: Desk, after: int = 0) -> list[Case]:
    """What waits for triage, the oldest first."""
    return await cases.in_status(desk.tx, (Status.TRIAGE, Status.REDO), after, 10)
