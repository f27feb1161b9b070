"""Who whistles where: the matrix of kinds by community."""

from dataclasses import dataclass

from bot.cases.coverage import BY_ROLE, matrix, missing
from bot.desk.desk import Desk
from storage import whistleblowers
from storage.grid import Node
from storage.redrawing import Place


@dataclass(frozen=True, slots=True)
class Coverage:
    """The kinds in the order of the columns; for each community its name, counts, and what is missing."""

    kinds: list[str]
    rows: list[tuple[str, list[int], list[str]]]


async def coverage_below(desk: Desk, node: Node | Place) -> Coverage:
    """The matrix of all communities at a place and below it."""
    places = await whistleblowers.communities(desk.tx, node.path)
    found = await whistleblowers.kinds(desk.tx, node.path, list(BY_ROLE), desk.now())
    people = [
        (place, kind or BY_ROLE.get(role, ""))
        for path, role, kind in found
        for place in (int(step) for step in path.strip("/").split("/"))
        if kind or role in BY_ROLE
    ]
    kinds, counts = matrix([place for place, _ in places], people)
    return Coverage(kinds, [(name, counts[place], missing(kinds, counts[place])) for place, name in places])
