"""Who works in the invented district: its units, and the people with a role in a unit or at a place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from bot.cases.case import Level
from bot.cases.catalogue import Catalogue
from bot.cases.coverage import BY_ROLE, KINDS
from bot.demo_district.places import Grid, Place
from bot.demo_district.words import one_of, words

FIRST_STRANGER = 100_001
"""The sandbox's number of the first person whom the demo does not name."""

PHONE = "100{:08}"
"""Nobody's telephone: no number begins with 100 and has eleven digits. Behind it stands the number in the sandbox."""

SHIFT = (2, 0, 1)
"""Leader, on duty, deputy: the ranks of the responders of a unit, the first ones where there are fewer."""

DISPATCHERS_OF_CENTRE, DISPATCHERS_OF_TOWN = 6, 2
RANK_OF_FEW = 2
BUILDING_HEADS, SAME_PERSON = 0.4, 0.5
"""The part of all buildings with a head, and of these the part where it is the household head."""

WHISTLEBLOWERS_OF_FIRST = 60
"""In the pilot community: every kind but one, 60 people."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as a row of the table. `matters` empty: whatever fits its kind and level."""

    code: str
    name: str
    kind: str
    level: Level
    parent: str
    place: Place
    matters: Sequence[str] = ()


@dataclass(slots=True)
class Staff:
    """Somebody with their posts: role, code of the place, code of the unit, rank."""

    number: int
    name: str
    kind: str = ""
    hours: str = ""
    tags: str = ""
    shows_phone: bool = False
    posts: list[tuple[str, str, str, int]] = field(default_factory=list[tuple[str, str, str, int]])

    @property
    def phone(self) -> str:
        """A number that is nobody's."""
        return PHONE.format(self.number)


def found_units(random: Random, grid: Grid, catalogue: Catalogue, known: Sequence[Mapping[str, Any]]) -> list[Unit]:
    """The departments of the district, the offices of each town, each community, property companies of estates.

    A unit of `known` (place and kind) keeps its code and name there.
    """
    return _Founder(random, grid, catalogue, known).found()


class _Founder:
    def __init__(self, random: Random, grid: Grid, catalogue: Catalogue, known: Sequence[Mapping[str, Any]]) -> None:
        self.random = random
        self.grid = grid
        self.catalogue = catalogue
        self.known = {(unit["node"], unit["kind"]): unit for unit in known}
        self.words: Mapping[str, Any] = words()["unit"]
        self.units: list[Unit] = []

    def found(self) -> list[Unit]:
        """Each unit behind the one above it."""
        district = self.grid.places[0]
        centre = self._open(district, "centre", "", Level.DISTRICT, "")
        for kind, name in self.words["district"].items():
            self._open(district, kind, name.format(district=district.name), Level.DISTRICT, centre.code)
        towns = {town.code: self._offices(town, centre) for town in self.grid.of_depth(2)}
        communities = {
            place.code: self._open(place, "community", place.name, Level.COMMUNITY, towns[place.parent].code)
            for place in self.grid.of_depth(3)
        }
        for estate in self.grid.of_depth(4):
            if estate.urban and (estate.parent, "community") not in self.known:
                self._company(estate, communities[estate.parent])
        return self.units

    def _open(self, place: Place, kind: str, name: str, level: Level, parent: str, matters: Sequence[str] = ()) -> Unit:
        fixed = self.known.get((place.code, kind), {})
        code = fixed.get("code", f"{place.code}-{kind.replace('_', '-')}")
        unit = Unit(code, fixed.get("name", name), kind, level, parent, place, matters)
        self.units.append(unit)
        return unit

    def _offices(self, town: Place, centre: Unit) -> Unit:
        """The office of a town, and those of the departments in it, which stand below it."""
        names = {kind: name.format(town=town.name, name=town.root) for kind, name in self.words["town"].items()}
        office = self._open(town, "town", names.pop("town"), Level.TOWN, centre.code)
        for kind, name in names.items():
            self._open(town, kind, name, Level.TOWN, office.code, _below_district(self.catalogue, kind))
        return office

    def _company(self, estate: Place, community: Unit) -> None:
        """The property company of an estate, if it has one."""
        said: Mapping[str, Any] = self.words["estate"]
        if self.random.random() < said["part"]:
            name = said["property"].format(first=one_of(self.random, said["first"]), estate=estate.name)
            self._open(estate, "property", name, Level.COMMUNITY, community.code)


def _below_district(catalogue: Catalogue, kind: str) -> list[str]:
    """The matters a town's office of this kind deals with: those of the district go to the department."""
    return [one.code for one in catalogue.matters.values() if one.lead == kind and one.level is not Level.DISTRICT]


class Register:
    """The register of people while it is written."""

    def __init__(self, random: Random, grid: Grid, units: Sequence[Unit]) -> None:
        self.random = random
        self.grid = grid
        self.units = units
        self.words: Mapping[str, Any] = words()["people"]
        self.people: list[Staff] = []
        self.held: dict[tuple[str, str], list[Staff]] = {}
        self.there: dict[tuple[str, str], list[Staff]] = {}
        self.numbers: Iterator[int] = count(FIRST_STRANGER)

    def written(self, known: Sequence[Mapping[str, Any]], people: int) -> list[Staff]:
        """Everybody, those known first; so many people that informers fill up what is left."""
        for one in known:
            self._named(one)
        self._admins()
        self._of_units()
        self._of_grids()
        self._of_buildings()
        self._whistleblowers()
        buildings = self.grid.of_depth(5)
        while len(self.people) < people:
            self._appoint(self._somebody(), "informer", one_of(self.random, buildings).code)
        return self.people

    def _named(self, one: Mapping[str, Any]) -> None:
        if duties := one.get("duties", ()):
            somebody = Staff(one["id"], one["name"], hours=self.words["hours"][0], shows_phone=True)
            self.people.append(somebody)
            for duty in duties:
                self._appoint(somebody, duty["role"], duty.get("node", ""), duty.get("unit", ""), duty.get("rank", 0))

    def _somebody(self, name: str = "") -> Staff:
        somebody = Staff(next(self.numbers), name or self._name())
        if self.random.random() < 0.08:
            somebody.tags = one_of(self.random, self.words["tags"])
        self.people.append(somebody)
        return somebody

    def _name(self) -> str:
        given = self.words["given"]
        second = one_of(self.random, given) if self.random.random() < 0.8 else ""
        # The square makes the names in front common and those behind rare, as they are.
        surname = self.words["surnames"][int(self.random.random() ** 2 * len(self.words["surnames"]))]
        return surname + one_of(self.random, given) + second

    def _appoint(self, somebody: Staff, role: str, place: str = "", unit: str = "", rank: int = 0) -> Staff:
        somebody.posts.append((role, place, unit, rank))
        self.held.setdefault((role, place or unit), []).append(somebody)
        return somebody

    def _holds(self, role: str, where: str) -> list[Staff]:
        return self.held.get((role, where), [])

    def _admins(self) -> None:
        for name in self.words["admins"]:
            self._appoint(self._somebody(name), "admin")

    def _of_units(self) -> None:
        for unit in self.units:
            if unit.kind == "centre":
                self._dispatchers(unit, DISPATCHERS_OF_CENTRE)
                continue
            if unit.kind == "town":
                self._dispatchers(unit, DISPATCHERS_OF_TOWN)
            taken = [rank for one in self._holds("responder", unit.code) for *_, rank in one.posts]
            for rank in SHIFT[:RANK_OF_FEW] if unit.kind == "property" else SHIFT:
                if rank not in taken:
                    self._appoint(self._somebody(), "responder", unit=unit.code, rank=rank)

    def _dispatchers(self, unit: Unit, wanted: int) -> None:
        while len(self._holds("dispatcher", unit.code)) < wanted:
            self._appoint(self._somebody(), "dispatcher", unit=unit.code)

    def _of_grids(self) -> None:
        for group in self.grid.of_depth(4):
            for one in self._holds("grid_member", group.code) or [
                self._appoint(self._somebody(), "grid_member", group.code)
            ]:
                one.hours, one.shows_phone = one_of(self.random, self.words["hours"]), True

    def _of_buildings(self) -> None:
        for building in self.grid.of_depth(5):
            heads = self._holds("household_head", building.code) or [
                self._appoint(self._somebody(), "household_head", building.code)
            ]
            heads[0].shows_phone = self.random.random() < 0.7
            if building.urban and self.random.random() < BUILDING_HEADS:
                same = self.random.random() < SAME_PERSON
                self._appoint(heads[0] if same else self._somebody(), "building_head", building.code)

    def _whistleblowers(self) -> None:
        """The ten kinds in every community; enterprises have no grid member of their own in every second one."""
        communities = self.grid.of_depth(3)
        depth = len(communities[0].code)
        for (role, where), many in self.held.copy().items():
            if role in BY_ROLE:
                self.there.setdefault((BY_ROLE[role], where[:depth]), []).extend(many)
        for at, community in enumerate(communities):
            kinds = [kind for kind in KINDS if at % 2 or kind != self.words["missing_kind"]]
            for kind in kinds:
                self._whistles(community, kind)
            others = [kind for kind in kinds if kind not in BY_ROLE.values()]
            while at == 0 and len(self._holds("whistleblower", community.code)) < WHISTLEBLOWERS_OF_FIRST:
                self._whistles(community, one_of(self.random, others))

    def _whistles(self, community: Place, kind: str) -> None:
        """Whoever has the kind by their role whistles besides; the others are people of their own."""
        free = [one for one in self.there.get((kind, community.code), ()) if not one.kind]
        somebody = one_of(self.random, free) if free else self._somebody()
        somebody.kind = kind
        self._appoint(somebody, "whistleblower", community.code)
