"""不同意: one answer, with its reason, to everything that a unit or a grid member asks of the centre."""

from bot.cases.actions import Action, Role
from bot.cases.case import Case
from bot.cases.errors import Decided, NotOpen, NotYours
from bot.desk import dealing, flagging, requests_shown
from bot.desk.desk import Desk
from bot.desk.moves import act
from bot.desk.names import decider
from bot.desk.requests_shown import REFUSED
from storage import requests
from storage.requests import Request

OF_DISTRICT = frozenset({Action.ASK_SHELVING, Action.EXCLUDE})
"""Whoever may not grant it may not refuse it either."""


async def ask_above(desk: Desk, case_id: int, words: str, _about: str) -> Case:
    """申请升级: why this cannot be solved at its level; the centre grants it by a tap."""
    return await ask(desk, case_id, Action.ASK_LEVEL_UP, words)


async def ask_joint(desk: Desk, case_id: int, words: str, _about: str) -> Case:
    """申请协同: who is needed besides; the centre calls them."""
    return await ask(desk, case_id, Action.ASK_JOINT, words)


async def ask_other(desk: Desk, case_id: int, words: str, _about: str) -> Case:
    """建议改派: a grid member of the place sees that it is not for the unit that has it."""
    return await ask(desk, case_id, Action.ASK_REASSIGN, words)


async def ask_shelving(desk: Desk, case_id: int, words: str, _about: str) -> Case:
    """建议挂账: the unit or the town says why it cannot be done now; the district decides."""
    return await ask(desk, case_id, Action.ASK_SHELVING, words)


async def ask(desk: Desk, case_id: int, action: Action, words: str) -> Case:
    """Ask the centre for something, with the reason. The clocks run until it decides."""
    case, role = await dealing.case_for(desk, case_id, action)
    actor = dealing.who_acts(desk)
    after = await act(desk, case, action, role, actor_id=actor, note=words)
    await requests_shown.keep(desk, after, action, role, actor, words)
    return after


async def still_open(desk: Desk, case: Case, about: str) -> Request:
    """What a button names. Raises NotOpen for nothing of this case, Decided with the name of who was faster."""
    one = await requests.by_id(desk.tx, int(about)) if about.isdecimal() and len(about) < 19 else None
    if one is None or one.case_id != case.id:
        raise NotOpen
    if one.state != "open":
        raise Decided(name=await decider(desk, desk.texts(), one.decided_by))
    return one


async def refuse(desk: Desk, case_id: int, words: str, about: str) -> Case:
    """不同意 with the reason; whoever asked reads it, and everything goes on as it was. Raises NotYours, Decided."""
    case, role = await dealing.case_for(desk, case_id, Action.REFUSE)
    one = await still_open(desk, case, about)
    if one.kind in OF_DISTRICT and role is not Role.DISTRICT_DISPATCHER:
        raise NotYours(action=one.kind)
    said = desk.texts(desk.office.language).refusal_note(one.kind, words)
    after = await flagging.raise_flag(desk, case, Action.REFUSE, role, said)
    await requests_shown.decide(desk, after, one, REFUSED, dealing.who_acts(desk), words)
    return after
