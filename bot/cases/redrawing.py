"""Re-drawing the grid (网格调整): what a split, merge or move changes, how it is read from a table, and taken back."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.cases.sheet import Mistake, Row

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("编码", "网格编码", "code"),
    "name": ("名称", "网格名称", "name"),
    "aliases": ("别名", "aliases"),
    "addresses": ("地址", "addresses"),
    "households": ("户数", "households"),
    "party_group": ("党组织", "党小组", "partygroup"),
    "children": ("下级", "下级编码", "children"),
    "boundary": ("边界", "boundary"),
}
HEADINGS = {heading: column for column, headings in COLUMNS.items() for heading in headings}
REQUIRED = ("code", "name")
CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")
LONGEST_NAME = 64
LONGEST_REASON = 200
MOST_HOUSEHOLDS = 100_000
NOTHING = frozenset({"无", "没有", "-", "none"})
"""What empties a field."""

AREAS = frozenset({"Polygon", "MultiPolygon"})


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
    line: int = 0


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


def new_places(rows: Sequence[Row]) -> tuple[list[NewPlace], list[Mistake]]:
    """The places of a table, and every mistake in it with its line."""
    mistakes = [mistake for row in rows for mistake in _wrong(row)]
    seen: set[str] = set()
    for row in rows:
        if row.get("code") in seen:
            mistakes.append(Mistake(row.line, "code_twice", row.get("code")))
        seen.add(row.get("code"))
    return ([] if mistakes else [_read(row) for row in rows]), mistakes


def _wrong(row: Row) -> list[Mistake]:
    code, name, households = row.get("code"), row.get("name"), row.get("households")
    good = not households or (households.isdecimal() and len(households) < 8 and int(households) <= MOST_HOUSEHOLDS)
    checks = (
        (not CODE.fullmatch(code), "code_wrong", code),
        (not name, "place_name_missing", ""),
        (len(name) > LONGEST_NAME or not name.isprintable(), "too_long", name),
        (len(row.get("party_group")) > LONGEST_NAME, "too_long", row.get("party_group")),
        (not good, "households_wrong", households),
        (bool(row.get("boundary")) and area(row.get("boundary")) is None, "boundary_wrong", ""),
    )
    return [Mistake(row.line, what, value) for is_wrong, what, value in checks if is_wrong]


def _read(row: Row) -> NewPlace:
    return NewPlace(
        code=row.get("code"),
        name=row.get("name"),
        aliases=several(row.get("aliases")),
        addresses=several(row.get("addresses")),
        households=int(row.get("households")) if row.get("households") else None,
        party_group=row.get("party_group") or None,
        boundary=area(row.get("boundary")) if row.get("boundary") else None,
        children=several(row.get("children")),
        line=row.line,
    )


def several(words: str) -> tuple[str, ...]:
    """The parts of a cell that names several things, each once."""
    return tuple(dict.fromkeys(part.strip() for part in re.split(r"[、，,；;\n]+", words) if part.strip()))


def area(words: str) -> dict[str, Any] | None:
    """A boundary as GeoJSON writes it; None for anything else."""
    try:
        found: Any = json.loads(words)
    except ValueError:
        return None
    if not isinstance(found, dict):
        return None
    known: dict[str, Any] = found  # pyright: ignore[reportUnknownVariableType] - looked at here
    good = known.get("type") in AREAS and isinstance(known.get("coordinates"), list)
    return {"type": known["type"], "coordinates": known["coordinates"]} if good else None
