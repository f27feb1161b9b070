"""The invented district as a map to look at: a picture without words, and the names to be written upon it."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.demo_district.places import Grid, Place

TONES = ("#f7e3d6", "#dcefdc", "#dde6f6", "#f8f0cf", "#ece0f3", "#d9f0ee", "#f7dfe6")
BUILT = ("#efcdb8", "#c2e0c3", "#c3d2ee", "#efe0a0", "#d9c3e8", "#bde2de", "#eebfcc")
"""The colour of the villages of a town, and of its communities."""

UNITS = 1_000
"""So wide is the picture."""


def drawn(grid: Grid) -> dict[str, Any]:
    """The map as the sandbox takes it: its sides in degrees, the picture, and names with their rank."""
    ring = grid.ring(grid.places[0])
    lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
    sides = {"west": min(lons), "south": min(lats), "east": max(lons), "north": max(lats)}
    named = [place for place in grid.places if place.depth in (2, 3) or (place.depth == 4 and place.urban)]
    names = [(*grid.point(place), place.name, place.depth - 2) for place in named]
    return {**sides, "picture": _Picture(grid, **sides).whole(), "names": names}


class _Picture:
    def __init__(self, grid: Grid, west: float, south: float, east: float, north: float) -> None:
        self.grid = grid
        self.west, self.north = west, north
        self.scale = UNITS / (east - west)
        self.high = (north - south) * self.scale

    def whole(self) -> str:
        """SVG: land, then thinner and thicker borders."""
        tones = {town.code: at % len(TONES) for at, town in enumerate(self.grid.of_depth(2))}
        land = [
            f'<path fill="{(BUILT if place.urban else TONES)[tones[place.parent]]}" d="{self._ways([place])}"/>'
            for place in self.grid.of_depth(3)
        ]
        borders = [
            self._border(5, "#fff", 0.25),
            self._border(4, "#b8b2a6", 0.3),
            self._border(3, "#8d8577", 0.8),
            self._border(2, "#5d564a", 2.2),
        ]
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {UNITS} {self.high:.1f}">'
        return "".join([head, *land, *borders, "</svg>"])

    def _border(self, depth: int, colour: str, width: float) -> str:
        look = f'fill="none" stroke="{colour}" stroke-width="{width}" stroke-linejoin="round"'
        return f'<path {look} d="{self._ways(self.grid.of_depth(depth))}"/>'

    def _ways(self, places: Iterable[Place]) -> str:
        return "".join(f"M{'L'.join(map(self._point, self._corners(place)))}z" for place in places)

    def _corners(self, place: Place) -> Sequence[tuple[float, float]]:
        return self.grid.ring(place)[:-1]

    def _point(self, corner: tuple[float, float]) -> str:
        """A degree of latitude is as long here as one of longitude: the page stretches the picture to its place."""
        lon, lat = corner
        return f"{(lon - self.west) * self.scale:.2f} {(self.north - lat) * self.scale:.2f}"
