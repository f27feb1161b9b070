"""How far a town's dispatchers send a case on (改派): to units of their own town; what goes up goes by 升级."""

from collections.abc import Iterable

from bot.cases.actions import Action, Role
from bot.cases.case import Level


def within_reach(role: Role, action: Action, level: Level, path: str | None, towns: Iterable[str]) -> bool:
    """Whether somebody in this role may send a case on to a unit of this level, whose place has this path.

    `towns` are the paths of the towns that they dispatch for. First sendings follow the level of the case instead.
    """
    if role is not Role.TOWN_DISPATCHER or action is not Action.REASSIGN:
        return True
    return level is not Level.DISTRICT and path is not None and any(path.startswith(town) for town in towns)
