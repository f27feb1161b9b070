"""What is asked of the centre: kept, shown to the dispatchers with the keys that answer it, and the answer told."""

from collections.abc import Mapping

from bot.cases.actions import UNIT, Action, Role
from bot.cases.case import Case
from bot.cases.errors import Decided
from bot.desk import routing
from bot.desk.desk import Desk
from bot.desk.names import decider
from bot.desk.rights import roles_towards
from bot.outbox.letters import Kind, Letter, person
from storage import requests
from storage.requests import Request

GRANTED_BY: Mapping[Action, Action] = {
    Action.ASK_LEVEL_UP: Action.ESCALATE,
    Action.ASK_JOINT: Action.WHISTLE,
    Action.ASK_SHELVING: Action.SHELVE,
    Action.ASK_REASSIGN: Action.REASSIGN,
    Action.EXCLUDE: Action.EXCLUDE,
}
"""What somebody asks for, and what of the centre grants it, whoever does it and by whichever button."""

GRANTS = {grant: asked for asked, grant in GRANTED_BY.items() if grant is not asked}
GRANTED, REFUSED = "granted", "refused"


async def keep(desk: Desk, case: Case, asks: Action, role: Role, by: int, words: str, value: str = "") -> None:
    """Keep what is asked for, and owe it to the dispatchers. `value` says more of what is asked for."""
    columns = {"case_id": case.id, "kind": asks.value, "words": words, "value": value, "role": role.value}
    number = await requests.add(desk.tx, **columns, person_id=by, unit_id=case.unit_id, asked_at=desk.now())
    await _show(desk, case, number, "asked")


async def _show(desk: Desk, case: Case, number: int, why: str) -> None:
    for to in await routing.dispatchers(desk, case):
        facts = {"request": number, "board": f"request {number}"}
        key = f"{Kind.REQUEST} {number} {why} {to}"
        desk.owe(Letter(key=key, kind=Kind.REQUEST, to=to, case_id=case.id, lane=routing.lane(case), facts=facts))


async def settle(desk: Desk, case: Case, action: Action, by: int | None) -> None:
    """After a move that grants what was asked for: it is answered, and nobody is asked any more."""
    asked = GRANTS.get(action)
    for one in await requests.open_of(desk.tx, case.id, asked.value) if asked and by is not None else ():
        await decide(desk, case, one, GRANTED, by or 0)


async def decide(desk: Desk, case: Case, one: Request, state: str, by: int, reason: str | None = None) -> None:
    """Answer it, once: the dispatchers see by whom, and whoever asked hears it. Raises Decided."""
    if not await requests.decide(desk.tx, one.id, state, by, desk.now(), reason):
        known = await requests.by_id(desk.tx, one.id)
        raise Decided(name=await decider(desk, desk.texts(), known.decided_by if known else None))
    await _show(desk, case, one.id, state)
    for to in await _askers(desk, case, one, state):
        key = f"{Kind.REQUEST_ANSWERED} {one.id} {to}"
        facts = {"request": one.id}
        desk.owe(
            Letter(key=key, kind=Kind.REQUEST_ANSWERED, to=to, case_id=case.id, lane=routing.lane(case), facts=facts)
        )


async def _askers(desk: Desk, case: Case, one: Request, state: str) -> list[str]:
    """Where the answer is read: of a unit its group (what is granted it sees anyway), else whoever asked, privately.

    Nobody who must not know of the case any more.
    """
    if one.role in UNIT and one.unit_id == case.unit_id:
        return await routing.unit_addresses(desk, case) if state == REFUSED else []
    return [person(one.person_id)] if await roles_towards(desk, case, one.person_id) - {Role.ADMIN} else []
