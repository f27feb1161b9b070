"""What is not the centre's to solve: not accepted, another legal route, or the emergency line; and the objection."""

from typing import Any

from bot.cases.actions import Action, Role
from bot.cases.case import Case
from bot.cases.errors import NotOpen
from bot.cases.lifecycle import allowed
from bot.cases.turning_away import LINES, REASONS, ROUTES, noted
from bot.desk import dealing, flagging, merging, routing, showing, voices
from bot.desk.desk import Desk
from bot.desk.moves import act
from bot.desk.reporting import keep_media
from bot.desk.rights import roles_towards
from bot.outbox.letters import Kind, Letter

WHY = "divert_why"
"""A line of history: why a grid member handed it to a line."""

LISTS = {Action.REJECT: REASONS, Action.REFER: ROUTES, Action.DIVERT: LINES}


async def may(desk: Desk, case_id: int, action: Action, key: str = "") -> Case:
    """The case a dispatcher is about to turn away; `key`, if given, must be on the list. Raises NotOpen."""
    if key and key not in LISTS[action]:
        raise NotOpen
    return (await dealing.case_for(desk, case_id, action))[0]


async def turn_away(desk: Desk, case_id: int, action: Action, key: str, words: str) -> Case:
    """Not accepted, or referred: the reporter reads why and whom to turn to, and may object once. Raises NotOpen."""
    if key not in LISTS[action]:
        raise NotOpen
    case, role = await dealing.case_for(desk, case_id, action)
    after = await act(desk, case, action, role, actor_id=dealing.who_acts(desk), note=noted(key, words))
    facts = {"action": action.value, "why": key, "words": words}
    for to in await routing.hearers(desk, after):
        letter_key = f"{Kind.TURNED_AWAY} {after.id} {after.version} {to}"
        lane = routing.lane(after)
        desk.owe(
            Letter(
                key=letter_key,
                kind=Kind.TURNED_AWAY,
                to=to,
                case_id=after.id,
                lane=lane,
                facts=facts,
                only_while=(after.status,),
            )
        )
    await merging.let_children_out(desk, after)
    return after


async def reject(desk: Desk, case_id: int, words: str, key: str) -> Case:
    """不予受理 with own words."""
    return await turn_away(desk, case_id, Action.REJECT, key, words)


async def refer(desk: Desk, case_id: int, words: str, key: str) -> Case:
    """告知法定途径 with own words."""
    return await turn_away(desk, case_id, Action.REFER, key, words)


async def object_to(desk: Desk, case: Case, words: str, pieces: list[dict[str, Any]], key: str) -> Case:
    """The reporter does not agree, once: the dispatchers read why and look again. `key` makes it safe to repeat."""
    if pieces:
        await keep_media(desk, case, pieces, "report", case.reporter)
    for piece in pieces:
        await voices.listen(desk, piece, case_id=case.id)
    after = await act(desk, case, Action.OBJECT, Role.REPORTER, note=words)
    await showing.tell_centre(desk, after, "object", f"object {key}", words)
    return after


async def reconsider(desk: Desk, case_id: int, words: str, _about: str) -> Case:
    """重新研判: a dispatcher takes back what was turned away, for something new is known of it."""
    case, role = await dealing.case_for(desk, case_id, Action.RECONSIDER)
    return await act(desk, case, Action.RECONSIDER, role, actor_id=dealing.who_acts(desk), note=words)


async def divert(desk: Desk, case_id: int, line: str) -> Case:
    """转紧急专线: somebody of the centre calls it; the case stays open until the line has taken it over."""
    if line not in LINES:
        raise NotOpen
    case, role = await dealing.case_for(desk, case_id, Action.DIVERT)
    return await act(desk, case, Action.DIVERT, role, actor_id=dealing.who_acts(desk), note=line)


async def grid_may_divert(desk: Desk, case: Case) -> bool:
    """Whether whoever acts is a grid member of the place, and it is not decided yet what becomes of the case."""
    roles = await roles_towards(desk, case, dealing.who_acts(desk)) & {Role.GRID_MEMBER}
    return Action.DIVERT in allowed(case, roles)


async def divert_with_reason(desk: Desk, case_id: int, words: str, line: str) -> Case:
    """The same by a grid member, who says why; the dispatchers read it at once, and send the case to a unit if it is
    none for the line after all."""
    after = await divert(desk, case_id, line)
    await flagging.note(desk, after, WHY, Role.GRID_MEMBER, words)
    await showing.tell_centre(desk, after, "diverted", f"diverted {after.version}", f"{line}　{words}")
    return after


async def taken_over(desk: Desk, case_id: int, words: str, _about: str) -> Case:
    """已接处: what the emergency line did; the reporter is asked how it went."""
    case, role = await dealing.case_for(desk, case_id, Action.TAKEN_OVER)
    return await act(desk, case, Action.TAKEN_OVER, role, actor_id=dealing.who_acts(desk), note=words)
