"""A re-drawing that an admin is putting together by buttons: what was chosen so far, and the plan it makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.cases.errors import NotOpen
from bot.cases.redrawing import Kind, NewPlace
from bot.desk import grid_cards, redrawing
from bot.desk.desk import Desk
from bot.desk.redrawing import Done, Plan
from bot.desk.rights import must_be_admin
from storage import redrawing as kept
from storage.redrawing import Place


@dataclass(slots=True)
class Change:
    """`node` is the place (of an undo: the number of the re-drawing), `chosen` the places besides.

    `new` has codes and names, `under` is where a place is moved; `sign` is on the buttons of its preview.
    """

    kind: str
    node: int
    sign: str
    chosen: list[int] = field(default_factory=list[int])
    new: list[list[str]] = field(default_factory=list[list[str]])
    under: int | None = None
    reason: str = ""


async def candidates(desk: Desk, change: Change) -> tuple[Place, list[Place]]:
    """The place, and those to choose from: beside it for a merge, below it for a split. Raises NotYours, NotOpen."""
    place = await grid_cards.must_change(desk, change.node)
    if change.kind == Kind.MERGE:
        return place, await grid_cards.beside(desk, place)
    return place, await kept.below(desk.tx, [place.id])


async def above(desk: Desk, change: Change, words: str) -> list[Place]:
    """Places one level above the one that is moved, by code or name."""
    place = await grid_cards.must_change(desk, change.node)
    found = await grid_cards.find(desk, words)
    return [one for one in found if one.valid_to is None and one.depth == place.depth - 1]


def enough(change: Change, offered: Sequence[Place]) -> bool:
    """Whether something was chosen, and of a split something is left."""
    some = set(change.chosen) & {one.id for one in offered}
    return bool(some) and (change.kind == Kind.MERGE or len(some) < len(offered))


async def look(desk: Desk, change: Change) -> Done:
    """What it would do. Raises NotYours, NotOpen, CannotRedraw."""
    return await redrawing.look(desk, await _plan(desk, change))


async def carry_out(desk: Desk, change: Change) -> Done:
    """Do it. Raises NotYours, NotOpen, CannotRedraw."""
    return await redrawing.carry_out(desk, await _plan(desk, change))


async def _plan(desk: Desk, change: Change) -> Plan:
    if change.kind == Kind.UNDO:
        await must_be_admin(desk)
        return await redrawing.undo(desk, change.node, reason=change.reason)
    if change.kind == Kind.MOVE:
        place, parent = await grid_cards.must_change(desk, change.node), await _parent(desk, change)
        return await redrawing.move(desk, place.code, parent.code, reason=change.reason)
    place, offered = await candidates(desk, change)
    chosen = [one.code for one in offered if one.id in change.chosen]
    if change.kind == Kind.MERGE:
        return await redrawing.merge(desk, [place.code, *chosen], _new(change.new[0]), reason=change.reason)
    rest = [one.code for one in offered if one.id not in change.chosen]
    parts = [_new(said, codes) for said, codes in zip(change.new, (chosen, rest), strict=True)]
    return await redrawing.split(desk, place.code, parts, reason=change.reason, default=parts[0].code)


async def _parent(desk: Desk, change: Change) -> Place:
    if change.under is None:
        raise NotOpen
    return await grid_cards.must_change(desk, change.under)


def _new(said: Sequence[str], children: Sequence[str] = ()) -> NewPlace:
    return NewPlace(code=said[0], name=said[1], children=tuple(children))


def read(facts: Mapping[str, Any]) -> Change:
    """As it was kept. Raises NotOpen if there is none."""
    if "kind" not in facts:
        raise NotOpen
    return Change(**{name: facts[name] for name in Change.__slots__ if name in facts})


async def begin(desk: Desk, kind: str, node: int, sign: str) -> Change:
    """Begin to put one together. Raises NotYours, NotOpen."""
    if kind not in set(Kind):
        raise NotOpen
    if kind == Kind.UNDO:
        await must_be_admin(desk)
    else:
        await grid_cards.must_change(desk, node)
    return Change(kind, node, sign)


__all__ = ["Change", "Done", "Kind", "Place", "above", "begin", "candidates", "carry_out", "enough", "look", "read"]
