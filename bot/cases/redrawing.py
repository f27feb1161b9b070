"""Re-drawing the grid (网格调整): what a split, merge or move changes, how it is read from a table, and taken back."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.cases.grid_file import HEADINGS as OF_GRID
from bot.cases.grid_file import Place as Named
from bot.cases.grid_file import places_of
from bot.cases.sheet import Mistake, Row

FIELDS = frozenset({"code", "name", "aliases", "addresses", "households", "party_group"})
HEADINGS: Mapping[str, str] = {
    **{heading: column for heading, column in OF_GRID.items() if column in FIELDS},
    "党组织": "party_group",
    **dict.fromkeys(("下级", "下级编码", "children"), "children"),
    **dict.fromkeys(("边界", "boundary"), "boundary"),
}
"""What the files of the grid say of a place, what goes below it, and its boundary as GeoJSON in a cell."""

REQUIRED = ("code", "name")
LONGEST_REASON = 200
NOTHING = frozenset({"无", "没有", "-", "none"})
"""What empties a field."""


class Kind(StrEnum):
    """What a re-drawing is."""

    SPLIT = "split"
    MERGE = "merge"
    MOVE = "move"
    UNDO = "undo"


class What(StrEnum):
    """What a line of a re-drawing tells of: a place that began, ended, went elsewhere; what followed it."""

    BEGAN = "began"
    MOVED = "moved"
    OUTLINE = "outline"
    ENDED = "ended"
    CASE = "case"
    DUTY = "duty"
    DROPPED = "dropped"
    UNIT = "unit"
    GROUP = "group"
    INVITATION = "invitation"


OF_PLACES = (What.BEGAN, What.MOVED, What.OUTLINE, What.ENDED)
"""In this order they are done: nothing is ever put under a place that is no more."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row that changed: the place it stood at before and afterwards (None: nowhere).

    For a place these are what it hangs on: its parent while it is valid; afterwards the place in which it still counts.
    """

    what: What
    row_id: int
    before: int | None
    after: int | None
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place that a re-drawing makes; `children` are codes of places that go below it."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    households: int | None = None
    party_group: str | None = None
    boundary: Mapping[str, Any] | None = None
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What the history keeps of a re-drawing besides its lines: its number, and which one it takes back."""

    number: int
    undoes: int | None


def taken_back(lines: Sequence[Line]) -> list[Line]:
    """The lines about places that undo these: what ended is valid again, what was new ends and counts in what it was.

    Taking back what was taken back gives the first lines again.
    """
    revived = [line.row_id for line in lines if line.what is What.ENDED]
    return sorted(
        (_turned(line, revived) for line in lines if line.what in OF_PLACES),
        key=lambda line: (OF_PLACES.index(line.what), line.row_id),
    )


def _turned(line: Line, revived: Sequence[int]) -> Line:
    if line.what is What.ENDED:
        return Line(What.BEGAN, line.row_id, line.after, line.before)
    if line.what is What.BEGAN:
        return Line(What.ENDED, line.row_id, line.after, revived[0] if len(revived) == 1 else line.after)
    if line.what is What.OUTLINE:
        facts = {"before": line.facts["after"], "after": line.facts["before"]}
        return Line(What.OUTLINE, line.row_id, None, None, facts)
    return Line(What.MOVED, line.row_id, line.after, line.before)


def still_in_force(later: Sequence[Entry]) -> list[int]:
    """Of re-drawings that came later (the oldest first): those that neither were taken back nor take one back."""
    standing: list[Entry] = []
    for entry in reversed(later):
        if any(one.undoes == entry.number for one in standing):
            standing = [one for one in standing if one.undoes != entry.number]
        else:
            standing.append(entry)
    return sorted(entry.number for entry in standing)


def by_words(words: str, homes: Mapping[int, Collection[str]]) -> int | None:
    """The only place of which a name, alias or address stands in the words; the longer one wins, a tie is none."""
    hits = {
        number: max((len(name) for name in names if name and name in words), default=0)
        for number, names in homes.items()
    }
    longest = max(hits.values(), default=0)
    best = [number for number, length in hits.items() if length == longest]
    return best[0] if longest and len(best) == 1 else None


def new_places(
    rows: Sequence[Row], drawn: Sequence[tuple[Row, Any]], now: datetime
) -> tuple[list[NewPlace], list[Mistake]]:
    """The places of a table or of features (rows with geometries), read as the grid's own; every mistake of theirs."""
    shaped = [(row, _geometry(row.get("boundary"))) for row in rows if row.get("boundary")]
    found, mistakes = places_of((row for row in rows if not row.get("boundary")), [*shaped, *drawn], now)
    mistakes += [place.row.wrong("place_unnamed") for place in found if "name" not in place.row.cells]
    return ([] if mistakes else [_new(place) for place in found]), mistakes


def _geometry(words: str) -> Any:
    """A boundary that stands in a cell; what it is, whoever reads it says."""
    try:
        return json.loads(words)
    except (ValueError, RecursionError):
        return words


def _new(place: Named) -> NewPlace:
    said = place.said
    return NewPlace(
        code=place.code,
        name=said["name"],
        aliases=tuple(said.get("aliases") or ()),
        addresses=tuple(said.get("addresses") or ()),
        households=said.get("households"),
        party_group=said.get("party_group"),
        boundary=said.get("boundary"),
        children=several(place.row.get("children")),
    )


def several(words: str) -> tuple[str, ...]:
    """The parts of a cell that names several things, each once."""
    return tuple(dict.fromkeys(part.strip() for part in re.split(r"[、，,；;\n]+", words) if part.strip()))
