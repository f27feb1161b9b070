"""What may be said of a unit: its name and code, who may stand above it, and which matters it receives."""

import re
from collections.abc import Collection, Iterable, Mapping

from bot.cases.case import Level

CENTRE = "centre"
"""The kind of a command centre: its people are dispatchers, those of every other unit responders."""

LEVELS = (Level.DISTRICT, Level.TOWN, Level.COMMUNITY)
LONGEST_NAME = 40
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,30}")


def name_of(words: str) -> str | None:
    """What a unit is called; None for what is no name."""
    name = words.strip()
    return name if 0 < len(name) <= LONGEST_NAME and name.isprintable() else None


def named(words: str) -> tuple[str, str | None] | None:
    """Name and code of a new unit, the code behind the name if one is given: 滨江社区 binjiang. None for no name."""
    first, _, last = words.strip().rpartition(" ")
    if first and CODE.fullmatch(last) and (name := name_of(first)) is not None:
        return name, last
    name = name_of(words)
    return None if name is None else (name, None)


def role_in(kind: str) -> str:
    """What the people of a unit of this kind are."""
    return "dispatcher" if kind == CENTRE else "responder"


def fresh_code(kind: str, taken: Collection[str]) -> str:
    """A code that nobody has yet: the kind, with a number behind it if need be."""
    numbers = (f"{kind}-{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (kind, *numbers) if code not in taken)


def may_stand_above(
    unit: int, level: Level, parent: int, level_of_parent: Level, above: Mapping[int, int | None]
) -> bool:
    """Whether a unit may have this parent: not itself, none below it, none of a lower level.

    `above` is the parent of every unit.
    """
    seen, at = set[int](), parent
    while at not in seen:
        if at == unit:
            return False
        seen.add(at)
        upper = above.get(at)
        if upper is None:
            break
        at = upper
    return LEVELS.index(level_of_parent) <= LEVELS.index(level)


def received(matters: Collection[str] | None, codes: Iterable[str]) -> list[str]:
    """Which of these codes are on a list. None takes everything; a row (A14) stands for all its matters."""
    return [code for code in codes if matters is None or code in matters or code[:3] in matters]


def with_matters(
    matters: Collection[str] | None, every: Iterable[str], some: Collection[str], *, on: bool
) -> list[str]:
    """The list with some matters put on it or taken off, in the order of the catalogue."""
    every = list(every)
    had = set(received(matters, every))
    kept = had | set(some) if on else had - set(some)
    return [code for code in every if code in kept]
