"""挂牌督办: somebody above watches a case until it is done, set by dispatchers or by rule. And 容错."""

from bot.cases.actions import Action, Role
from bot.cases.case import Case
from bot.desk import dealing, flagging, routing, showing
from bot.desk.desk import Desk
from bot.desk.moves import say


async def oversee(desk: Desk, case_id: int, words: str, _about: str) -> Case:
    """督办 with what is demanded: the unit reads it, and its leader privately."""
    case, role = await dealing.case_for(desk, case_id, Action.OVERSEE)
    after = await flagging.raise_flag(desk, case, Action.OVERSEE, role, words)
    await say(desk, after, words, "overseen")
    for to in await leaders(desk, after):
        showing.owe_words(desk, after, to, "overseen", f"overseen {after.version}", words)
    return after


async def leaders(desk: Desk, case: Case) -> list[str]:
    """Who leads the unit that has it hears of it privately, unless it is confidential."""
    if case.unit_id is None or case.confidential:
        return []
    return await routing.privately(desk, case.unit_id, 2)


async def by_rule(desk: Desk, case: Case) -> Case:
    """The same after three workdays. Who hears of it is reminded: many at once are one list."""
    words = desk.texts(desk.office.language).overseen_by_rule()
    return await flagging.raise_flag(desk, case, Action.OVERSEE, Role.SYSTEM, words)


async def release(desk: Desk, case_id: int, words: str, _about: str) -> Case:
    """解除督办, with the reason."""
    case, role = await dealing.case_for(desk, case_id, Action.RELEASE)
    after = await flagging.raise_flag(desk, case, Action.RELEASE, role, words)
    await say(desk, after, words, "released")
    return after


async def spare(desk: Desk, case_id: int, words: str, _about: str) -> Case:
    """容错, with the reason: what went late is not held against whoever dealt with it; its cards are taken off."""
    case, role = await dealing.case_for(desk, case_id, Action.SPARE)
    after = await flagging.raise_flag(desk, case, Action.SPARE, role, words)
    await say(desk, after, words, "spared")
    return after
