"""不计入: what is demanded is unlawful or unreasonable, so no unit is judged by its rating; two people decide."""

from dataclasses import replace

from bot.cases.actions import UNIT, Action, Role
from bot.cases.case import GROUNDS, Case
from bot.cases.errors import NotOpen, NotYours, SecondPersonRequired
from bot.desk import dealing, flagging, requests_shown
from bot.desk.desk import Desk
from bot.desk.requesting import still_open
from bot.desk.requests_shown import GRANTED
from bot.desk.rights import roles_towards
from storage import requests

PROPOSED = "exclude_asked"
"""A line of history: one of the two has proposed it."""


async def may_propose(desk: Desk, case_id: int) -> tuple[Case, Role]:
    """The case that somebody of the centre may leave uncounted. Raises NotYours for people of its unit.

    Raises NotOpen while a proposal waits."""
    case, role = await dealing.case_for(desk, case_id, Action.EXCLUDE)
    if await roles_towards(desk, case, dealing.who_acts(desk)) & UNIT:
        raise NotYours(action=Action.EXCLUDE)
    if await requests.open_of(desk.tx, case.id, Action.EXCLUDE.value):
        raise NotOpen
    return case, role


async def propose(desk: Desk, case_id: int, words: str, ground: str) -> Case:
    """The first of the two, with the reason. Raises NotOpen for no such ground."""
    if ground not in GROUNDS:
        raise NotOpen
    case, role = await may_propose(desk, case_id)
    actor = dealing.who_acts(desk)
    await flagging.note(desk, case, PROPOSED, role, words)
    await requests_shown.keep(desk, case, Action.EXCLUDE, role, actor, words, ground)
    return case


async def confirm(desk: Desk, case_id: int, about: str) -> Case:
    """The second, of the district. Raises SecondPersonRequired for the first, NotYours, Decided."""
    case, role = await dealing.case_for(desk, case_id, Action.EXCLUDE)
    one, actor = await still_open(desk, case, about), dealing.who_acts(desk)
    if one.kind != Action.EXCLUDE:
        raise NotOpen
    if one.person_id == actor:
        raise SecondPersonRequired(action=Action.EXCLUDE)
    if role is not Role.DISTRICT_DISPATCHER or await roles_towards(desk, case, actor) & UNIT:
        raise NotYours(action=Action.EXCLUDE)
    said = desk.texts(desk.office.language).excluded_note(one.value, one.words)
    after = await flagging.raise_flag(
        desk, case, Action.EXCLUDE, role, said, also=lambda case: replace(case, excluded=one.value)
    )
    await requests_shown.decide(desk, after, one, GRANTED, actor)
    return after
