"""挂牌督办: a case that somebody above watches until it is done; set and ended by dispatchers, and set by rule."""

from bot.cases.actions import Action, Role
from bot.cases.case import Case
from bot.desk import dealing, flagging, routing, showing
from bot.desk.desk import Desk
from bot.desk.moves import tell_unit
from bot.outbox.letters import Kind


async def oversee(desk: Desk, case_id: int, words: str, _about: str) -> Case:
    """督办 with what is demanded: the unit reads it, and its leader privately."""
    case, role = await dealing.case_for(desk, case_id, Action.OVERSEE)
    after = await flagging.raise_flag(desk, case, Action.OVERSEE, role, words)
    await _say(desk, after, words, "overseen")
    if after.unit_id is not None and not after.confidential:
        for to in await routing.privately(desk, after.unit_id, 2):
            showing.owe_words(desk, after, to, "overseen", f"overseen {after.version}", words)
    return after


async def by_rule(desk: Desk, case: Case) -> Case:
    """The same after three workdays. Who hears of it is reminded: many at once are one list."""
    words = desk.texts(desk.office.language).overseen_by_rule()
    return await flagging.raise_flag(desk, case, Action.OVERSEE, Role.SYSTEM, words)


async def release(desk: Desk, case_id: int, words: str, _about: str) -> Case:
    """解除督办, with the reason."""
    case, role = await dealing.case_for(desk, case_id, Action.RELEASE)
    after = await flagging.raise_flag(desk, case, Action.RELEASE, role, words)
    await _say(desk, after, words, "released")
    return after


async def _say(desk: Desk, case: Case, words: str, what: str) -> None:
    await tell_unit(desk, case, Kind.SUPPLEMENT, f"{what} {case.version}", words=words, from_whom=what)
