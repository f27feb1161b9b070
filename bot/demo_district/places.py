"""The places of the invented district: what they are called, who lives there, and the cells they are made of."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Any

from bot.demo_district.land import (
    MILLIONTHS,
    InPieces,
    Land,
    Point,
    crowding,
    divided,
    middle_cell,
    neighbours,
    of_towns,
    outline_of,
    settle,
    shares,
    vertex_at,
)
from bot.demo_district.words import mixed, one_of, words

ROW_KM = 1.5
"""Places in a band so high are counted from west to east."""

HOUSEHOLDS = ((0.80, 20, 35), (0.975, 36, 50), (1.0, 51, 58))
"""Up to which part of all household groups, and how many households: most are of the right size, a few too large."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many places of each level below the district, and how many people."""

    towns: int
    communities: int
    groups: int
    buildings: int
    people: int


SIZES: Mapping[str, Size] = {
    "full": Size(towns=7, communities=90, groups=700, buildings=5_000, people=10_000),
    "small": Size(towns=2, communities=8, groups=30, buildings=160, people=700),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A place as a row of the table. `root` is its name without what kind of place it is; `urban`: it is built up."""

    code: str
    name: str
    depth: int
    parent: str
    root: str
    urban: bool
    cells: Sequence[int]
    aliases: Sequence[str] = ()
    addresses: Sequence[str] = ()
    households: int | None = None
    party_group: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """All places, each behind the one above it, and the land they lie on."""

    land: Land
    places: list[Place]

    def of_depth(self, depth: int) -> list[Place]:
        """The places of one level."""
        return [place for place in self.places if place.depth == depth]

    def point(self, place: Place) -> tuple[float, float]:
        """Latitude and longitude of a point within a place."""
        lon, lat = vertex_at(self.land.points[middle_cell(self.land, place.cells)])
        return lat / MILLIONTHS, lon / MILLIONTHS

    def ring(self, place: Place) -> list[tuple[float, float]]:
        """The closed outline of a place, longitude first."""
        ring = outline_of(self.land, place.cells)
        return [(x / MILLIONTHS, y / MILLIONTHS) for x, y in (*ring, ring[0])]


def found_grid(random: Random, size: Size, known: Mapping[str, Mapping[str, Any]]) -> Grid:
    """Invent a grid. Places whose code is known have the name, aliases and households that are given there."""
    while True:
        land, centres = settle(random, size.buildings, size.towns)
        with suppress(InPieces):
            return Grid(land, _Founder(random, land, known).found(size, centres))


class _Founder:
    def __init__(self, random: Random, land: Land, known: Mapping[str, Mapping[str, Any]]) -> None:
        self.random = random
        self.land = land
        self.known = known
        self.words: Mapping[str, Any] = words()["grid"]
        self.places: list[Place] = []
        self.taken = {node["name"] for node in known.values()}
        self.names = {
            urban: iter(mixed(random, [name for name in self.words[pool] if not self._is_taken(name)]))
            for urban, pool in ((True, "communities"), (False, "villages"))
        }
        estates = [first + last for first in self.words["estate_first"] for last in self.words["estate_last"]]
        self.estates = iter(mixed(random, estates))

    def _is_taken(self, root: str) -> bool:
        return any(name.startswith(root) for name in self.taken)

    def found(self, size: Size, centres: Sequence[Point]) -> list[Place]:
        """District, towns, communities, groups, buildings, in this order."""
        (root,) = (node for node in self.known.values() if node["depth"] == 1)
        every = range(len(self.land.points))
        district = self._add(root["code"], root["name"], 1, "", root["name"], True, every, gathers="district")
        towns = self._towns(district, centres)
        communities = self._communities(towns, size.communities)
        groups = self._groups(communities, size.groups)
        for group in groups:
            self._buildings(group)
        return self.places

    def _add(
        self, code: str, name: str, depth: int, parent: str, root: str, urban: bool, cells: Iterable[int],
        gathers: str = "", **more: Any,
    ) -> Place:  # fmt: skip
        fixed = self.known.get(code, {})
        called = fixed.get("name", name)
        facts = {key: fixed[key] for key in ("aliases", "households") if key in fixed}
        if gathers:
            kind = {"name": root, "town": called, "district": called}
            more["addresses"] = [one.format(**kind) for one in self.words[f"{gathers}_addresses"]]
        place = Place(code, called, depth, parent, root, urban, list(cells), **{**more, **facts})
        self.places.append(place)
        return place

    def _towns(self, district: Place, centres: Sequence[Point]) -> list[Place]:
        regions = of_towns(self.land, centres)
        first, *others = regions
        names = iter(self.words["towns"])
        found: list[Place] = []
        for at, cells in enumerate([first, *self._in_order(others)], start=1):
            code = f"{district.code}{at:02}"
            name = self.known[code]["name"] if code in self.known else next(names)
            root = self._root(name)
            found.append(self._add(code, name, 2, district.code, root, True, cells, gathers="town"))
        return found

    def _root(self, town: str) -> str:
        ending = next((ending for ending in self.words["town_endings"] if town.endswith(ending)), "")
        return town.removesuffix(ending)

    def _communities(self, towns: Sequence[Place], count: int) -> list[Place]:
        regions = [
            self._in_order(divided(self.random, self.land, town.cells, parts))
            for town, parts in zip(towns, shares([len(town.cells) for town in towns], count), strict=True)
        ]
        self._known_first(regions[0])
        crowded = sorted((crowding(self.land, cells) for parts in regions for cells in parts), reverse=True)
        limit = crowded[count // 2 - 1]
        found: list[Place] = []
        for town, parts in zip(towns, regions, strict=True):
            for at, cells in enumerate(parts, start=1):
                code = f"{town.code}{at:02}"
                found.append(self._community(town, code, cells, crowding(self.land, cells) >= limit))
        return found

    def _community(self, town: Place, code: str, cells: Sequence[int], crowded: bool) -> Place:
        if code in self.known:
            name, urban = self.known[code]["name"], True
            root = name.removesuffix(self.words["community_ending"])
        else:
            urban = crowded
            root = next(self.names[urban])
            name = self.words["community" if urban else "village"].format(name=root)
        kind = "community" if urban else "village"
        return self._add(code, name, 3, town.code, root, urban, cells, gathers=kind)

    def _known_first(self, regions: list[list[int]]) -> None:
        """The known communities are the most crowded one of the first town and the one north of it."""
        first = max(regions, key=lambda cells: crowding(self.land, cells))
        touch = neighbours(self.land, {str(at): cells for at, cells in enumerate(regions)})
        near = [regions[int(at)] for at in touch[str(regions.index(first))]]
        second = max(near, key=lambda cells: self._middle(cells)[1])
        for cells in (second, first):
            regions.remove(cells)
            regions.insert(0, cells)

    def _groups(self, communities: Sequence[Place], count: int) -> list[Place]:
        parts = shares([len(one.cells) for one in communities], count)
        found: list[Place] = []
        for community, number in zip(communities, parts, strict=True):
            regions = self._in_order(divided(self.random, self.land, community.cells, number))
            for at, cells in enumerate(regions, start=1):
                found.append(self._group(community, at, cells))
        return found

    def _group(self, community: Place, at: int, cells: Sequence[int]) -> Place:
        code = f"{community.code}{at:02}"
        party = self.words["party_group"].format(community=community.name, number=at)
        if community.urban:
            name = next(self.estates)
            road, number = one_of(self.random, self.words["roads"]), 1 + int(self.random.random() * 300)
            more: dict[str, Any] = {"addresses": [self.words["estate_address"].format(road=road, number=number)]}
        else:
            name = self.words["village_group"].format(number=at)
            surname = one_of(self.random, words()["people"]["surnames"])
            hamlet = self.words["hamlet"].format(
                surname=surname, place=one_of(self.random, self.words["hamlet_places"])
            )
            facts = {"village": community.name, "number": at, "hamlet": hamlet}
            more = {"aliases": [alias.format(**facts) for alias in self.words["village_group_aliases"]]}
        return self._add(code, name, 4, community.code, name, community.urban, cells, party_group=party, **more)

    def _buildings(self, group: Place) -> None:
        kind = "building" if group.urban else "farmsteads"
        for number, (cell,) in enumerate(self._in_order([[cell] for cell in group.cells]), start=1):
            facts = {"number": number, "chinese": self._numeral(number)}
            self._add(
                f"{group.code}{number:02}",
                self.words[kind].format(**facts),
                5,
                group.code,
                "",
                group.urban,
                [cell],
                aliases=[alias.format(**facts) for alias in self.words[f"{kind}_aliases"]],
                households=self._household_count(),
            )

    def _numeral(self, number: int) -> str:
        tens, ones = divmod(number, 10)
        numerals = self.words["numerals"]
        ten = numerals[9]
        return (numerals[tens - 1] if tens > 1 else "") + (ten if tens else "") + (numerals[ones - 1] if ones else "")

    def _household_count(self) -> int:
        where = self.random.random()
        low, high = next((low, high) for part, low, high in HOUSEHOLDS if where <= part)
        return low + int(self.random.random() * (high - low + 1))

    def _middle(self, cells: Sequence[int]) -> Point:
        return self.land.points[middle_cell(self.land, cells)]

    def _in_order(self, regions: Sequence[list[int]]) -> list[list[int]]:
        """From north to south in bands, in each from west to east."""

        def key(cells: list[int]) -> tuple[int, float]:
            x, y = self._middle(cells)
            return -round(y / ROW_KM), x

        return sorted(regions, key=key)
