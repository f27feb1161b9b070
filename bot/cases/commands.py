"""Who is offered which command: one table for the menus under the chat and for the help."""

from collections.abc import Collection, Mapping
from enum import StrEnum


class Hat(StrEnum):
    """What somebody is, as far as commands go."""

    RESPONDER = "responder"
    PATROL = "patrol"
    GRID_MEMBER = "grid_member"
    DISPATCHER = "dispatcher"
    ADMIN = "admin"
    STAFF = "staff"


EVERYBODY: frozenset[Hat] = frozenset()
"""No hat is needed."""

CALLERS = frozenset({Hat.DISPATCHER, Hat.ADMIN})
ADMINS = frozenset({Hat.ADMIN})

COMMANDS: Mapping[str, frozenset[Hat]] = {
    "start": EVERYBODY,
    "mine": EVERYBODY,
    "mygrid": EVERYBODY,
    "follow": EVERYBODY,
    "apply": EVERYBODY,
    "queue": frozenset({Hat.DISPATCHER}),
    "callbacks": frozenset({Hat.DISPATCHER}),
    "orders": frozenset({Hat.RESPONDER, Hat.GRID_MEMBER, Hat.DISPATCHER}),
    "record": frozenset({Hat.DISPATCHER}),
    "patrol": frozenset({Hat.PATROL}),
    "mysheet": frozenset({Hat.GRID_MEMBER}),
    "stats": frozenset({Hat.RESPONDER, Hat.GRID_MEMBER, Hat.DISPATCHER, Hat.ADMIN}),
    "units": CALLERS,
    "duty": frozenset({Hat.RESPONDER}),
    "handover": frozenset({Hat.RESPONDER, Hat.ADMIN}),
    "works": frozenset({Hat.RESPONDER, Hat.DISPATCHER, Hat.ADMIN}),
    "grid": frozenset({Hat.PATROL, Hat.GRID_MEMBER, Hat.DISPATCHER, Hat.ADMIN}),
    "people": ADMINS,
    "broadcast": ADMINS,
    "broadcasts": ADMINS,
    "rollcall": CALLERS,
    "task": CALLERS,
    "fake": frozenset({Hat.DISPATCHER}),
    "mutes": CALLERS,
    "card": frozenset({Hat.STAFF}),
    "settings": EVERYBODY,
    "help": EVERYBODY,
    "cancel": EVERYBODY,
    "language": EVERYBODY,
    "mydata": EVERYBODY,
    "forget": EVERYBODY,
}
"""In private chats, in the order of the menu. Who may use one is still looked up when it is used."""

IN_GROUPS = ("bind", "report", "mygrid", "notice")
"""The menu in groups."""

TOLD_TOO: Mapping[str, frozenset[Hat]] = {
    "bind": frozenset({Hat.ADMIN, Hat.GRID_MEMBER}),
    "notice": frozenset({Hat.ADMIN, Hat.GRID_MEMBER}),
}
"""Commands of groups that the help tells of privately."""


def offered(hats: Collection[Hat]) -> list[str]:
    """The menu of somebody with these hats."""
    return [name for name, needed in COMMANDS.items() if not needed or not needed.isdisjoint(hats)]


def of_duty(hats: Collection[Hat]) -> list[str]:
    """What somebody can do besides what everybody can."""
    return [name for name, needed in {**COMMANDS, **TOLD_TOO}.items() if not needed.isdisjoint(hats)]


def explained(hats: Collection[Hat]) -> list[str]:
    """What /help tells more of."""
    return [*of_duty(hats), "settings"]
