"""What is asked of the centre, as the dispatchers see it, and the answer as whoever asked reads it."""

from collections.abc import Mapping
from typing import Any

from bot.cases.actions import CENTRE, UNIT, Action
from bot.cases.case import Case
from bot.cases.flags import flags_for
from bot.cases.lifecycle import allowed
from bot.desk.desk import Desk
from bot.desk.names import decider, unit_name
from bot.desk.requests_shown import GRANTED, GRANTED_BY
from bot.outbox.buttons import Button, Card, Press, button, keyboard
from bot.texts import Texts
from storage import people, requests
from storage.requests import Request


async def request(desk: Desk, texts: Texts, facts: Mapping[str, Any], case: Case, _recipient: str) -> Card | None:
    """The card of a request as it stands now: with the keys that answer it, or who did."""
    one = await requests.by_id(desk.tx, facts["request"])
    if one is None:
        return None
    said = texts.request(one.kind, case.number, await _who(desk, texts, one), one.words, one.value)
    if one.state == "open":
        refuse = Press(case.id, Action.REFUSE, case.version, str(one.id)).pack()
        return said, keyboard(_granting(texts, case, one), [button(texts.action(Action.REFUSE), refuse)])
    by = await decider(desk, texts, one.decided_by)
    return texts.request_decided(said, by, one.reason or "", yes=one.state == GRANTED), None


async def _who(desk: Desk, texts: Texts, one: Request) -> str:
    """Who asks: of a unit its name, else the person."""
    if one.role in UNIT:
        return await unit_name(desk, one.unit_id) or ""
    return texts.asked_by(one.role, await people.name_of(desk.tx, one.person_id) or "")


def _granting(texts: Texts, case: Case, one: Request) -> list[Button]:
    """The key that does what is asked for, while it can be done."""
    asks = Action(one.kind)
    grants = GRANTED_BY[asks]
    if grants not in {*allowed(case, CENTRE), *flags_for(case, CENTRE)}:
        return []
    pressed = {
        Action.ASK_LEVEL_UP: Press(case.id, "raise", case.version, case.level.value),
        Action.ASK_REASSIGN: Press(case.id, "units", case.version, Action.REASSIGN),
        Action.EXCLUDE: Press(case.id, grants, case.version, str(one.id)),
    }.get(asks, Press(case.id, grants, case.version))
    return [button(texts.grants(asks), pressed.pack())]


async def answered(desk: Desk, texts: Texts, facts: Mapping[str, Any], case: Case, _recipient: str) -> Card | None:
    """The answer, with the reason of a refusal."""
    one = await requests.by_id(desk.tx, facts["request"])
    if one is None:
        return None
    return texts.request_answered(one.kind, case.number, one.reason or "", yes=one.state == GRANTED), None
