"""Boundaries and points: every point in at most one leaf, and whatever would break that is refused."""

import json
import sys
import time
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.cases.grid_file import Place
from bot.cases.grid_tree import BLANK, Tree, grown
from bot.cases.sheet import Row
from bot.desk.boundaries import look
from bot.desk.places import Grid
from storage.grid import Known, Node
from tests.stories.district import BOX, Box, cut, district, ring

STEP = 0.01
SIDE = 6

Shape = dict[str, Any]


def box(west: int, south: int, east: int, north: int) -> Box:
    """A rectangle on a coarse net of about a kilometre."""
    return (119.4 + west * STEP, 32.0 + south * STEP, 119.4 + east * STEP, 32.0 + north * STEP)


def polygon(*boxes: Box) -> Shape:
    """Rectangles as one boundary."""
    if len(boxes) == 1:
        return {"type": "Polygon", "coordinates": [ring(boxes[0])]}
    return {"type": "MultiPolygon", "coordinates": [[ring(one)] for one in boxes]}


def tree_of(shapes: Mapping[str, Shape]) -> Tree:
    """A district A (the whole net) with a town for each shape, and what the checks say."""
    shapes = {"A": polygon(box(0, 0, SIDE, SIDE)), **shapes}
    places: list[Place] = []
    for line, (code, shape) in enumerate(shapes.items(), 2):
        row = Row(line, {}, "map")
        said = {"name": code, "depth": min(len(code), 2), "boundary": shape, "parent": "A" if code != "A" else None}
        places.append(Place(row, code, {**BLANK, **said}, row))
    tree = grown({}, places)
    look(tree, lambda _count: None)
    return tree


@st.composite
def boxes(draw: st.DrawFn) -> tuple[int, int, int, int]:
    """A rectangle of whole squares: west, south, east, north."""
    west, south = draw(st.integers(0, SIDE - 1)), draw(st.integers(0, SIDE - 1))
    return west, south, draw(st.integers(west + 1, SIDE)), draw(st.integers(south + 1, SIDE))


def cells(one: tuple[int, int, int, int]) -> set[tuple[int, int]]:
    """The squares of the net that a rectangle covers."""
    return {(x, y) for x in range(one[0], one[2]) for y in range(one[1], one[3])}


@settings(max_examples=60, deadline=None)
@given(st.lists(boxes(), min_size=1, max_size=5))
def test_siblings_are_refused_exactly_if_a_point_would_be_in_two_of_them(
    drawn: list[tuple[int, int, int, int]],
) -> None:
    tree = tree_of({f"A{at}": polygon(box(*one)) for at, one in enumerate(drawn)})
    shared = {
        (first, second)
        for second in range(len(drawn))
        for first in range(second)
        if cells(drawn[first]) & cells(drawn[second])
    }
    told = {tuple(sorted(int(code[1:]) for code in one.value.split())) for one in tree.mistakes}
    assert told == shared
    assert {one.what for one in tree.mistakes} <= {"overlap"}
    covered = set[tuple[int, int]]().union(*map(cells, drawn))
    if not shared:
        bare = 1 - len(covered) / SIDE**2
        gaps = [one.other for one in tree.warnings if one.what == "gap"]
        assert (float(gaps[0].split()[-1].rstrip("%")) if gaps else 0) == pytest.approx(100 * bare, abs=0.2)


def grid_of(places: int, *parts: int) -> tuple[Grid, dict[str, Box]]:
    """A grid in memory, and the rectangle of each leaf."""
    rows, drawn = district(*parts)
    numbers = {row["编码"]: at for at, row in enumerate(rows, 1)}
    depths = {code: 1 + (len(code) - 2) // 2 for code in numbers}
    known = [
        Known(Node(at, code, code, depths[code], numbers.get(code[:-2]), "/", ()), (), valid=True)
        for code, at in numbers.items()
    ]
    grid = Grid(known, {numbers[code]: json.dumps(shape) for code, shape in drawn.items()})
    corners = {code: shape["coordinates"][0] for code, shape in drawn.items() if depths[code] == places}
    return grid, {code: (*found[0], *found[2]) for code, found in corners.items()}


GRID, LEAVES = grid_of(4, 3, 4, 5)
LINES_X = sorted({side for leaf in LEAVES.values() for side in (leaf[0], leaf[2])})
LINES_Y = sorted({side for leaf in LEAVES.values() for side in (leaf[1], leaf[3])})


def holds(leaf: Box, x: float, y: float) -> bool:
    return leaf[0] <= x <= leaf[2] and leaf[1] <= y <= leaf[3]


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.sampled_from(LINES_X), st.floats(BOX[0] - 0.1, BOX[2] + 0.1)),
    st.one_of(st.sampled_from(LINES_Y), st.floats(BOX[1] - 0.1, BOX[3] + 0.1)),
)
def test_every_point_is_in_one_leaf_or_in_none_and_on_an_edge_in_that_of_the_smaller_code(x: float, y: float) -> None:
    holding = [code for code, leaf in LEAVES.items() if holds(leaf, x, y)]
    found = GRID.at(y, x)
    assert (found.code if found else None) == min(holding, default=None)
    inside = [code for code in holding if leaf_inside(LEAVES[code], x, y)]
    assert len(inside) <= 1


def leaf_inside(leaf: Box, x: float, y: float) -> bool:
    return leaf[0] < x < leaf[2] and leaf[1] < y < leaf[3]


def test_a_point_among_two_thousand_boundaries_is_placed_in_under_a_tenth_of_a_millisecond() -> None:
    grid, leaves = grid_of(4, 8, 15, 16)
    assert len(grid.nodes) > 2000
    points = [((south + north) / 2, (west + east) / 2, code) for code, (west, south, east, north) in leaves.items()]
    rounds: list[float] = []
    for _ in range(7):
        began = time.process_time()
        found = [grid.at(latitude, longitude) for latitude, longitude, _ in points]
        rounds.append((time.process_time() - began) / len(points))
        assert [node.code if node else None for node in found] == [code for _, _, code in points]

    watched = sys.gettrace() is not None or "coverage" in sys.modules
    assert min(rounds) < (0.001 if watched else 0.0001), "the best round, for other work takes turns of the processor"


@given(st.integers(1, 30))
def test_a_rectangle_cut_in_parts_is_filled_without_an_overlap(parts: int) -> None:
    pieces = cut(BOX, parts)
    area = sum((east - west) * (north - south) for west, south, east, north in pieces)
    assert len(pieces) == parts
    assert area == pytest.approx((BOX[2] - BOX[0]) * (BOX[3] - BOX[1]), rel=1e-9)


@st.composite
def trees(draw: st.DrawFn) -> dict[str, tuple[str | None, int]]:
    """A good tree: the parent and the depth of each code."""
    found: dict[str, tuple[str | None, int]] = {"C0": (None, 1)}
    for number in range(1, draw(st.integers(1, 12))):
        above = draw(st.sampled_from([code for code, (_, depth) in found.items() if depth < 5]))
        found[f"C{number}"] = (above, found[above][1] + 1)
    return found


def grown_of(tree: Mapping[str, tuple[str | None, int]]) -> Tree:
    rows = {code: Row(line, {}, "t") for line, code in enumerate(tree, 2)}
    return grown(
        {},
        [
            Place(rows[code], code, {"name": code, "depth": depth, "parent": parent}, rows[code])
            for code, (parent, depth) in tree.items()
        ],
    )


@given(trees(), st.data())
def test_a_good_tree_is_taken_and_one_wrong_parent_is_told_at_its_line(
    tree: dict[str, tuple[str | None, int]], data: st.DataObject
) -> None:
    assert grown_of(tree).mistakes == []
    code = data.draw(st.sampled_from(list(tree)))
    parent = data.draw(st.sampled_from([None, "nobody", *tree]))
    depth = tree[code][1]
    fits = (parent is None and depth == 1) or (parent in tree and tree[parent][1] == depth - 1)
    assume(not fits)
    told = grown_of({**tree, code: (parent, depth)}).mistakes
    line = list(tree).index(code) + 2
    assert line in {one.line for one in told}
    assert {one.what for one in told} <= {"parent_missing", "parent_unknown", "depth_wrong", "circle"}
    assert not {one.line for one in told if one.what != "circle"} - {line}
