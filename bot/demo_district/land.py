"""The land: cells that tile a district, and the regions they are put together to. Neighbours share their vertices.

Every boundary is made of edges of one net of cells, in millionths of a degree. What lies between two places is the
same row of points in both, and a place has exactly the outline of all that is below it.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

LATITUDE, LONGITUDE = 32.19, 119.60
KM_NORTH, KM_EAST = 111.2, 94.2
"""How long a degree is there."""

MILLIONTHS = 1_000_000
RADIUS_KM, CELLS = 10.5, 5_000
"""How far a district of so many cells reaches; one of fewer cells is drawn alike and smaller."""

TOWN_KM = 1.1
IN_TOWN = 0.5
"""The part of all household groups that lives around the centre of a town, TOWN_KM wide; the others live anywhere."""

RELAXED = 3
TURNS = 90

Point = tuple[float, float]
Vertex = tuple[int, int]
"""Longitude and latitude in millionths of a degree."""

Ring = list[Vertex]


class InPieces(Exception):
    """A region does not hang together; another throw of the dice does better."""


@dataclass(frozen=True, slots=True)
class Land:
    """The cells of a district: a point in each, its ring (counter-clockwise, not closed), and its neighbours."""

    points: list[Point]
    rings: list[Ring]
    beside: list[set[int]]


def settle(random: Random, cells: int, towns: int) -> tuple[Land, list[Point]]:
    """A district with so many cells, small ones where towns are; and where the towns have their centres."""
    outline = _outline(random)
    centres = _centres(random, towns, outline)
    inside = _scattered(random, cells, centres, outline)
    outside = _around(random, cells, outline)
    for _ in range(RELAXED):
        inside = [_middle(cell) for cell in _voronoi([*inside, *outside])[:cells]]
    smaller = math.sqrt(cells / CELLS)
    inside, outside, centres = (_shrunk(points, smaller) for points in (inside, outside, centres))
    rings = [_rounded(cell) for cell in _voronoi([*inside, *outside])[:cells]]
    return Land(inside, rings, _beside(rings)), centres


def _shrunk(points: Iterable[Point], factor: float) -> list[Point]:
    return [(x * factor, y * factor) for x, y in points]


def _outline(random: Random) -> list[float]:
    """How far the district reaches, for each of 360 degrees."""
    waves = [(n, random.uniform(0.02, 0.10), random.uniform(0, math.tau)) for n in range(2, 7)]
    angles = (math.radians(degree) for degree in range(360))
    return [RADIUS_KM * (1 + sum(high * math.cos(n * angle + turn) for n, high, turn in waves)) for angle in angles]


def _within(outline: Sequence[float], point: Point) -> bool:
    return math.hypot(*point) < outline[int(math.degrees(math.atan2(point[1], point[0]))) % 360]


def _centres(random: Random, towns: int, outline: Sequence[float]) -> list[Point]:
    """The first in the middle, the others around it."""
    start = random.uniform(0, math.tau)
    found: list[Point] = [(-0.7, 0.0)]
    for at in range(towns - 1):
        angle = start + math.tau * (at + random.uniform(-0.15, 0.15)) / (towns - 1)
        far = outline[int(math.degrees(angle)) % 360] * random.uniform(0.55, 0.68)
        found.append((far * math.cos(angle), far * math.sin(angle)))
    return found


def _scattered(random: Random, cells: int, centres: Sequence[Point], outline: Sequence[float]) -> list[Point]:
    found: list[Point] = []
    widest = max(outline)
    while len(found) < cells:
        if random.random() < IN_TOWN:
            # The first town is the seat of the district and larger than the others.
            at = centres[min(int(random.random() * (len(centres) + 1)), len(centres)) % len(centres)]
            point = (random.gauss(at[0], TOWN_KM), random.gauss(at[1], TOWN_KM))
        else:
            point = (random.uniform(-widest, widest), random.uniform(-widest, widest))
        if _within(outline, point):
            found.append(point)
    return found


def _around(random: Random, cells: int, outline: Sequence[float]) -> list[Point]:
    """Three rows of points beyond the border: the outermost cells end half way to the first."""
    apart = RADIUS_KM * math.sqrt(math.pi / (cells * (1 - IN_TOWN)))
    found: list[Point] = []
    for row in range(3):
        steps = int(math.tau * (RADIUS_KM + apart * row) / apart)
        for step in range(steps):
            angle = math.tau * (step + random.uniform(-0.3, 0.3)) / steps
            far = outline[int(math.degrees(angle)) % 360] + apart * (0.6 + row + random.uniform(-0.15, 0.15))
            found.append((far * math.cos(angle), far * math.sin(angle)))
    return found


def _voronoi(points: Sequence[Point]) -> list[list[Point]]:
    """The cell around each point, in their order."""
    import shapely  # only where a district is made

    cells = shapely.voronoi_polygons(shapely.MultiPoint(points), ordered=True)
    return [list(cell.exterior.coords)[:-1] for cell in shapely.get_parts(cells).tolist()]


def _middle(cell: Sequence[Point]) -> Point:
    """The centre of gravity of a cell."""
    area = east = north = 0.0
    for (x0, y0), (x1, y1) in zip(cell, [*cell[1:], cell[0]], strict=True):
        cross = x0 * y1 - x1 * y0
        area, east, north = area + cross, east + (x0 + x1) * cross, north + (y0 + y1) * cross
    return east / (3 * area), north / (3 * area)


def vertex_at(point: Point) -> Vertex:
    """A point of the plain on the globe."""
    return (
        round((LONGITUDE + point[0] / KM_EAST) * MILLIONTHS),
        round((LATITUDE + point[1] / KM_NORTH) * MILLIONTHS),
    )


def _rounded(cell: Sequence[Point]) -> Ring:
    """A cell in millionths of a degree, counter-clockwise; corners that fall together are one."""
    ring = list(dict.fromkeys(vertex_at(point) for point in cell))
    return ring if _area(ring) > 0 else ring[::-1]


def _area(ring: Sequence[Vertex]) -> int:
    """Twice the area of a ring, positive if it runs counter-clockwise."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True))


def edges(ring: Sequence[Vertex]) -> Iterable[tuple[Vertex, Vertex]]:
    """The edges of a ring in their direction."""
    return zip(ring, [*ring[1:], ring[0]], strict=True)


def _beside(rings: Sequence[Ring]) -> list[set[int]]:
    owner = {edge: cell for cell, ring in enumerate(rings) for edge in edges(ring)}
    near = [[owner.get((end, begin)) for begin, end in edges(ring)] for ring in rings]
    return [{cell for cell in cells if cell is not None} for cells in near]


def outline_of(land: Land, cells: Iterable[int]) -> Ring:
    """The ring around cells that hang together: all edges that two of them do not share. Raises InPieces."""
    own = {edge for cell in cells for edge in edges(land.rings[cell])}
    after: dict[Vertex, Vertex] = {begin: end for begin, end in own if (end, begin) not in own}
    first = min(after)
    ring = [first]
    while (vertex := after[ring[-1]]) != first:
        ring.append(vertex)
    if len(ring) != len(after):
        raise InPieces
    return ring


def of_towns(land: Land, centres: Sequence[Point]) -> list[list[int]]:
    """The cells of each town: those that are nearest to its centre."""
    found: list[list[int]] = [[] for _ in centres]
    for cell, point in enumerate(land.points):
        found[min(range(len(centres)), key=lambda at: math.dist(point, centres[at]))].append(cell)
    return found


def divided(random: Random, land: Land, cells: Sequence[int], parts: int) -> list[list[int]]:
    """Cells in so many regions of about the same number of cells, each in one piece. Raises InPieces."""
    if parts == 1:
        return [list(cells)]
    first = parts // 2
    one, other = _cut(random, land, cells, first / parts, least=(first, parts - first))
    return [*divided(random, land, one, first), *divided(random, land, other, parts - first)]


def _cut(
    random: Random, land: Land, cells: Sequence[int], share: float, least: tuple[int, int]
) -> tuple[list[int], list[int]]:
    """Across the longer side; a cut that leaves pieces is turned until it does not."""
    long = _long_side(land, cells)
    count = round(len(cells) * share * random.uniform(0.88, 1.12))
    count = max(least[0], min(len(cells) - least[1], count))
    for turn in range(TURNS):
        angle = long + random.uniform(-0.35, 0.35) * (1 + turn)
        way = (math.cos(angle), math.sin(angle))
        ordered = sorted(cells, key=lambda cell: (land.points[cell][0] * way[0] + land.points[cell][1] * way[1], cell))
        one, other = ordered[:count], ordered[count:]
        if _hangs_together(land, one) and _hangs_together(land, other):
            return one, other
    raise InPieces


def _long_side(land: Land, cells: Sequence[int]) -> float:
    """The direction in which cells reach farthest."""
    xs, ys = zip(*(land.points[cell] for cell in cells), strict=True)
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    across = sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True))
    return 0.5 * math.atan2(2 * across, sum((a - x) ** 2 for a in xs) - sum((b - y) ** 2 for b in ys))


def _hangs_together(land: Land, cells: Sequence[int]) -> bool:
    left = set(cells)
    reached = [left.pop()]
    while reached and left:
        near = land.beside[reached.pop()] & left
        left -= near
        reached += near
    return not left


def shares(sizes: Sequence[int], total: int) -> list[int]:
    """A number shared out in proportion, at least one each; what is left over goes to the largest remainders."""
    parts = [max(1.0, total * size / sum(sizes)) for size in sizes]
    found = [int(part) for part in parts]
    by_rest = sorted(range(len(sizes)), key=lambda at: (found[at] - parts[at], at))
    for at in range(abs(total - sum(found))):
        found[by_rest[at % len(by_rest)]] += 1 if total > sum(found) else -1
    return found


def middle_cell(land: Land, cells: Sequence[int]) -> int:
    """The cell nearest to the middle of a region."""
    x = sum(land.points[cell][0] for cell in cells) / len(cells)
    y = sum(land.points[cell][1] for cell in cells) / len(cells)
    return min(cells, key=lambda cell: (math.dist(land.points[cell], (x, y)), cell))


def crowding(land: Land, cells: Sequence[int]) -> float:
    """Cells on a square kilometre."""
    square_km = sum(_area(land.rings[cell]) for cell in cells) / 2 / MILLIONTHS**2 * KM_EAST * KM_NORTH
    return len(cells) / square_km


def neighbours(land: Land, regions: Mapping[str, Sequence[int]]) -> dict[str, set[str]]:
    """Which regions touch each other."""
    of = {cell: name for name, cells in regions.items() for cell in cells}
    return {
        name: {of[near] for cell in cells for near in land.beside[cell] if near in of} - {name}
        for name, cells in regions.items()
    }
