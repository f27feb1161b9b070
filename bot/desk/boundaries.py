"""Boundaries against each other: crooked ones, siblings that overlap, what lies outside its parent, what is left bare.

All at once in arrays of shapely. Areas are reckoned on a plane that touches the district in its middle, in m2.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

import orjson

from bot.cases.grid_tree import Tree

SMALLEST_M2, SMALLEST_SHARE = 10.0, 0.001
"""Less than this is how exactly boundaries are drawn, and no mistake: the larger one of both counts."""
AT_ONCE = 2_000
METRES_A_DEGREE = 111_320.0

Told = Callable[[int], None]


def look(tree: Tree, told: Told) -> None:
    """Add what is wrong and what is doubtful to the tree, for whatever the files touch. `told` hears of each place."""
    codes = [code for code, sheet in tree.places.items() if sheet["boundary"] and sheet["valid_to"] is None]
    if codes:
        _Map(tree, codes).look(told)


class _Map:
    """The valid boundaries as arrays: row for row code, shape (on the plane), depth, parent."""

    def __init__(self, tree: Tree, codes: Sequence[str]) -> None:
        import numpy
        import shapely

        self._np: Any = numpy
        self._shapely: Any = shapely
        self._tree = tree
        self._codes = list(codes)
        self._at = {code: at for at, code in enumerate(codes)}
        drawn: Any = self._shapely.from_geojson([orjson.dumps(tree.places[code]["boundary"]) for code in codes])
        self._straight: Any = self._shapely.is_valid(drawn)
        self._why: Any = self._shapely.is_valid_reason(drawn)
        self._shapes: Any = self._shapely.transform(drawn, self._plane(self._shapely.total_bounds(drawn)))
        self._areas: Any = self._shapely.area(self._shapes)
        self._named: Any = self._np.array([code in tree.named for code in codes])
        self._above: Any = self._np.array([self._parent_of(code) for code in codes])
        self._own: list[str | None] = [tree.places[code]["parent"] for code in codes]

    def _plane(self, bounds: Any) -> Callable[[Any], Any]:
        middle = math.radians((bounds[1] + bounds[3]) / 2)
        scale = self._np.array([METRES_A_DEGREE * math.cos(middle), METRES_A_DEGREE])
        return lambda points: (points - bounds[:2]) * scale

    def _parent_of(self, code: str) -> int:
        """The row of the nearest place above that has a boundary; -1 without one."""
        for _ in range(self._tree.places[code]["depth"]):
            code = self._tree.places[code]["parent"]
            if code not in self._tree.places:
                break
            if code in self._at:
                return self._at[code]
        return -1

    def look(self, told: Told) -> None:
        """Crooked ones first: nothing can be reckoned with them."""
        self._crooked()
        covered = self._np.zeros(len(self._codes))
        touched = self._touched()
        for begin in range(0, len(self._codes), AT_ONCE):
            rows = self._np.arange(begin, min(begin + AT_ONCE, len(self._codes)))
            covered[rows] = self._outside(rows, touched)
            told(len(rows))
        self._overlaps()
        self._bare(covered)

    def _crooked(self) -> None:
        rows: list[int] = self._np.flatnonzero(~self._straight & self._named).tolist()
        for at in rows:
            reason, _, where = str(self._why[at]).partition("[")
            self._blame((self._codes[at],), CROOKED.get(reason, "boundary_crooked"), where.rstrip("]") or reason)

    def _touched(self) -> Any:
        """Which rows can be reckoned with and concern the files: named themselves, or what is around them is."""
        above = self._above
        return self._straight & (self._named | ((above >= 0) & self._named[above]))

    def _outside(self, rows: Any, touched: Any) -> Any:
        """How much of each lies inside its parent, in m2. What sticks out of it is told."""
        shapely, above = self._shapely, self._above
        inside = self._np.where(above[rows] >= 0, self._areas[rows], 0.0)
        rows_in = rows[(above[rows] >= 0) & self._straight[rows] & self._straight[above[rows]]]
        parents = self._shapes[above[rows_in]]
        shapely.prepare(parents)
        loose = rows_in[~shapely.covers(parents, self._shapes[rows_in])]
        shared = shapely.area(shapely.intersection(self._shapes[loose], self._shapes[above[loose]]))
        inside[loose - rows[0]] = shared
        for at, out in zip(loose, self._areas[loose] - shared, strict=True):
            if touched[at] and out > _tolerated(self._areas[at]):
                parent = self._codes[int(above[at])]
                code = self._codes[int(at)]
                self._blame((code, parent), "outside_parent", f"{code} {parent}", _said(out))
        return inside

    def _overlaps(self) -> None:
        """Pairs of siblings that share more than a sliver."""
        shapely, np = self._shapely, self._np
        parents = np.unique(np.array([one or "" for one in self._own]), return_inverse=True)[1]
        left, right = shapely.STRtree(self._shapes).query(self._shapes)
        pairs = (left < right) & (parents[left] == parents[right]) & (self._named[left] | self._named[right])
        pairs &= self._straight[left] & self._straight[right]
        left, right = left[pairs], right[pairs]
        for begin in range(0, len(left), AT_ONCE):
            one, two = left[begin : begin + AT_ONCE], right[begin : begin + AT_ONCE]
            shared = shapely.area(shapely.intersection(self._shapes[one], self._shapes[two]))
            smaller = np.minimum(self._areas[one], self._areas[two])
            for at in np.flatnonzero(shared > np.maximum(SMALLEST_M2, SMALLEST_SHARE * smaller)):
                first, second = self._codes[int(one[at])], self._codes[int(two[at])]
                self._blame((second, first), "overlap", f"{first} {second}", _said(shared[at]))

    def _bare(self, covered: Any) -> None:
        """Parents that their children do not cover."""
        sums: dict[str, float] = {}
        spots: dict[str, str] = {}
        for at, parent in enumerate(self._own):
            if parent is not None and parent in self._at:
                sums[parent] = sums.get(parent, 0.0) + float(covered[at])
                if named := [code for code in (parent, self._codes[at]) if code in self._tree.named]:
                    spots.setdefault(parent, named[0])
        for parent, spot in spots.items():
            at = self._at[parent]
            area = float(self._areas[at])
            bare = area - sums[parent]
            if self._straight[at] and bare > _tolerated(area):
                row = self._tree.named[spot].drawn
                self._tree.warnings.append(row.wrong("gap", parent, f"{_said(bare)}, {100 * bare / area:.1f}%"))

    def _blame(self, codes: Sequence[str], what: str, value: str, other: str = "") -> None:
        """At the first of them that the files name."""
        spot = next(code for code in codes if code in self._tree.named)
        self._tree.mistakes.append(self._tree.named[spot].drawn.wrong(what, value, other))


def _tolerated(area: float) -> float:
    return max(SMALLEST_M2, SMALLEST_SHARE * area)


def _said(area: float) -> str:
    return f"{area:,.0f} m²"


CROOKED = {
    "Self-intersection": "boundary_crosses",
    "Ring Self-intersection": "boundary_crosses",
    "Hole lies outside shell": "hole_outside",
    "Nested holes": "hole_outside",
    "Nested shells": "boundary_crosses",
    "Duplicate Rings": "boundary_crosses",
}
