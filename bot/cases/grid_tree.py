"""The tree that files and the grid give together: parents, depths, cycles, what may be closed; and what is doubtful."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.cases.grid_file import COLUMNS, LEVELS, Place, date_of
from bot.cases.sheet import Mistake, Row

HOUSEHOLD_GROUP = 5
MANY_HOUSEHOLDS, TOO_MANY_HOUSEHOLDS = 35, 50
LIKE_BETWEEN = frozenset("、，,")
"""What people put between several names in one cell, though ；does it."""
BLANK: Mapping[str, Any] = {
    "parent": None,
    "aliases": None,
    "addresses": None,
    "boundary": None,
    "households": None,
    "party_group": None,
    "latitude": None,
    "longitude": None,
    "valid_from": None,
    "valid_to": None,
}
"""A place of which nothing is said but code, name and depth."""

FOLLOWING = frozenset({"place_unnamed", "level_missing", "boundary_of_nobody", "parent_missing", "half_a_point"})
"""Mistakes that a cell which cannot be read brings with it."""

Sheet = Mapping[str, Any]
"""What a place is: columns of the table of nodes, `parent` as a code."""


@dataclass(slots=True)
class Tree:
    """All places as they will be, by code; `named` are those of the files; `mistakes` forbid it, `warnings` do not."""

    known: Mapping[str, Sheet]
    named: Mapping[str, Place]
    places: dict[str, Sheet] = field(default_factory=dict[str, Sheet])
    mistakes: list[Mistake] = field(default_factory=list[Mistake])
    warnings: list[Mistake] = field(default_factory=list[Mistake])

    def is_open(self, code: str | None) -> bool:
        """Whether it will be valid."""
        return code in self.places and self.places[code]["valid_to"] is None

    def closing(self) -> list[str]:
        """The places that are valid now and will not be."""
        return [code for code in self.named if code in self.known and self._closes(code)]

    def _closes(self, code: str) -> bool:
        return self.known[code]["valid_to"] is None and not self.is_open(code)

    def children(self) -> dict[str, list[str]]:
        """The valid places right below each."""
        below: dict[str, list[str]] = {}
        for code, sheet in self.places.items():
            if sheet["valid_to"] is None and sheet["parent"] is not None:
                below.setdefault(sheet["parent"], []).append(code)
        return below

    def blame(self, code: str, what: str, value: str = "", other: str = "") -> None:
        """A mistake of a place that the files name."""
        self.mistakes.append(self.named[code].row.wrong(what, value, other))


def grown(known: Mapping[str, Sheet], places: Iterable[Place]) -> Tree:
    """Put what the files say over what is known, and look at the tree that this gives."""
    tree = Tree(known, {place.code: place for place in places})
    tree.places.update(known)
    for code, place in tree.named.items():
        sheet = {**(known.get(code) or {**BLANK, "code": code}), **place.said}
        if "name" not in sheet or "depth" not in sheet:
            tree.mistakes.append(_unnamed(place, sheet))
        else:
            tree.places[code] = sheet
    circles = _circles(tree)
    for code in tree.named:
        if code in tree.places:
            _look_above(tree, code, circles)
            _look_at_change(tree, code)
    _look_below(tree)
    return tree


def beside(rows: Iterable[Mistake], found: Iterable[Mistake]) -> list[Mistake]:
    """Of what was found in the tree that which does not follow from what a row has wrong in itself."""
    told = {(one.file, one.line, one.feature) for one in rows}
    return [one for one in found if one.what not in FOLLOWING or (one.file, one.line, one.feature) not in told]


def _unnamed(place: Place, sheet: Sheet) -> Mistake:
    """A code that nobody knows: a boundary without a place, or a place without name or level."""
    if not {"name", "depth"} & place.said.keys() and place.row.feature:
        return place.row.wrong("boundary_of_nobody", place.code)
    return place.row.wrong("place_unnamed" if "name" not in sheet else "level_missing")


def _circles(tree: Tree) -> set[str]:
    """The places that are above themselves."""
    ends: dict[str, bool] = {}
    for start in tree.named:
        way: list[str] = []
        code: str | None = start
        while code is not None and code in tree.places and code not in ends:
            ends[code] = False
            way.append(code)
            code = tree.places[code]["parent"]
        if code in way:
            ends.update(dict.fromkeys(way[way.index(code) :], True))
    return {code for code, round_ in ends.items() if round_}


def _look_above(tree: Tree, code: str, circles: set[str]) -> None:
    sheet = tree.places[code]
    parent, depth = sheet["parent"], sheet["depth"]
    above = tree.places.get(parent)
    if code in circles:
        tree.blame(code, "circle", code)
    elif parent is None:
        if depth > 1:
            tree.blame(code, "parent_missing", LEVELS[depth - 1][0])
    elif above is None:
        if parent not in tree.named:
            tree.blame(code, "parent_unknown", parent)
    elif depth != above["depth"] + 1:
        tree.blame(code, "depth_wrong", LEVELS[depth][0], LEVELS[above["depth"]][0])
    elif sheet["valid_to"] is None and above["valid_to"] is not None:
        tree.blame(code, "parent_closed", parent)


def _look_at_change(tree: Tree, code: str) -> None:
    """What a file may not say of a place that was another before."""
    before, after = tree.known.get(code), tree.places[code]
    first, last = after["valid_from"], after["valid_to"]
    if first and last and last < first:
        tree.blame(code, "ends_before", date_of(last), date_of(first))
    if (after["latitude"] is None) != (after["longitude"] is None):
        tree.blame(code, "half_a_point")
    if before is None:
        return
    if before["parent"] != after["parent"]:
        tree.blame(code, "moved", before["parent"] or "", code)
    if before["valid_to"] is not None and after["valid_to"] is None:
        tree.blame(code, "reopened", code)


def _look_below(tree: Tree) -> None:
    below = tree.children()
    for code in tree.closing():
        if open_ := [child for child in below.get(code, ()) if child in tree.known or child in tree.named]:
            tree.blame(code, "children_left", str(len(open_)), open_[0])
    for code, place in tree.named.items():
        if tree.is_open(code):
            tree.warnings += _doubts(place.row, tree.places[code], is_leaf=code not in below)


def _doubts(row: Row, sheet: Sheet, *, is_leaf: bool) -> list[Mistake]:
    found: list[Mistake] = []
    households = sheet["households"] or 0
    if sheet["depth"] == HOUSEHOLD_GROUP and households > MANY_HOUSEHOLDS:
        what = "too_many_households" if households > TOO_MANY_HOUSEHOLDS else "many_households"
        found.append(row.wrong(what, str(households)))
    if is_leaf and not sheet["boundary"] and not sheet["addresses"]:
        found.append(row.wrong("nowhere", COLUMNS["addresses"][0]))
    names = (*(sheet["aliases"] or ()), *(sheet["addresses"] or ()))
    return [*found, *(row.wrong("not_apart", name) for name in names if set(name) & LIKE_BETWEEN)]
