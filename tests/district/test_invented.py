"""The invented district: the same from the same seed, whole as a map, and nobody in it refers to nothing."""

from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner
from shapely.geometry import Polygon, shape

from bot import demo
from bot.cases.catalogue_file import load
from bot.cases.coverage import KINDS
from bot.cases.register import HEADINGS, REQUIRED, Registered, people_of
from bot.cli import main
from bot.commands.sheets import read_sheet
from bot.demo_district.files import BOUNDARIES, GRID, PEOPLE, UNITS, Invented, invent, write
from bot.demo_district.places import SIZES, Place
from bot.demo_district.staff import FIRST_STRANGER

NOW = datetime(2026, 11, 25, tzinfo=UTC)
HAIR = 1e-12
"""Square degrees: about a square centimetre."""


@pytest.fixture(scope="module")
def full() -> Invented:
    return invent(7, "full")


@pytest.fixture(scope="module")
def folder(full: Invented, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("district")
    write(full, folder)
    return folder


def drawn(folder: Path) -> dict[str, Polygon]:
    """The boundaries by code, as the file has them."""
    features: list[dict[str, Any]] = orjson.loads((folder / BOUNDARIES).read_bytes())["features"]
    shapes: dict[str, Any] = {one["properties"]["code"]: shape(one["geometry"]) for one in features}
    return shapes


def below(places: list[Place]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for place in places:
        found.setdefault(place.parent, []).append(place)
    return found


def written(tmp_path: Path, seed: int) -> dict[str, bytes]:
    write(invent(seed, "small"), tmp_path)
    return {name: (tmp_path / name).read_bytes() for name in (GRID, BOUNDARIES, UNITS, PEOPLE)}


def test_the_same_seed_gives_the_same_bytes_and_another_one_another_district(tmp_path: Path) -> None:
    first = written(tmp_path / "a", 7)
    assert written(tmp_path / "b", 7) == first
    other = written(tmp_path / "c", 8)
    assert [name for name in first if other[name] == first[name]] == []


@pytest.mark.parametrize("seed", range(11, 19))
def test_any_seed_gives_a_district(seed: int) -> None:
    size = SIZES["small"]
    invented = invent(seed, size)
    counts = Counter(place.depth for place in invented.grid.places)
    assert counts == {1: 1, 2: size.towns, 3: size.communities, 4: size.groups, 5: size.buildings}
    assert len(invented.people) == size.people
    assert all(Polygon(invented.grid.ring(place)).is_valid for place in invented.grid.places)


def test_the_full_one_is_as_large_as_a_real_district(full: Invented) -> None:
    counts = Counter(place.depth for place in full.grid.places)
    assert counts == {1: 1, 2: 7, 3: 90, 4: 700, 5: 5_000}
    assert len(full.people) == 10_000
    names = [place.name for place in full.grid.places if place.depth < 4]
    assert len(set(names)) == len(names)
    households = [place.households or 0 for place in full.grid.of_depth(5)]
    assert min(households) >= 20
    assert 0.1 < sum(count > 35 for count in households) / 5_000 < 0.3
    assert 50 < sum(count > 50 for count in households) < 250


def test_the_places_below_one_fill_it_without_gap_or_overlap(full: Invented, folder: Path) -> None:
    shapes = drawn(folder)
    assert set(shapes) == {place.code for place in full.grid.places}
    assert [code for code, one in shapes.items() if not one.is_valid or one.is_empty] == []
    for parent, places in below(full.grid.places).items():
        if not parent:
            continue
        inside = [shapes[place.code] for place in places]
        assert sum(one.area for one in inside) == pytest.approx(shapes[parent].area, abs=HAIR)
        assert [one for one in inside if one.difference(shapes[parent]).area > HAIR] == []
        for at, one in enumerate(inside):
            assert all(one.intersection(other).area <= HAIR for other in inside[at + 1 :])


def test_neighbours_share_the_very_same_points(full: Invented) -> None:
    """Every edge of a building belongs to exactly one other building, or to the border of the district."""
    edges: Counter[tuple[Any, Any]] = Counter()
    for place in full.grid.of_depth(5):
        ring = full.grid.ring(place)
        edges.update(pairwise(ring))
    border = full.grid.ring(full.grid.places[0])
    alone = {edge for edge in edges if edge[::-1] not in edges}
    assert set(edges.values()) == {1}
    assert alone == set(pairwise(border))


def test_every_place_holds_its_own_point_and_stands_below_one_of_the_level_above(full: Invented, folder: Path) -> None:
    from shapely.geometry import Point

    shapes = drawn(folder)
    known = {place.code: place for place in full.grid.places}
    assert len(known) == len(full.grid.places)
    for place in full.grid.places:
        latitude, longitude = full.grid.point(place)
        assert shapes[place.code].contains(Point(longitude, latitude)), place.code
        assert place.depth == 1 or known[place.parent].depth == place.depth - 1


def test_every_unit_is_somewhere_and_every_leading_kind_has_one(full: Invented) -> None:
    catalogue = load()
    codes = {place.code for place in full.grid.places}
    units = {unit.code: unit for unit in full.units}
    assert len(units) == len(full.units)
    assert [unit.code for unit in full.units if unit.place.code not in codes] == []
    assert [unit.code for unit in full.units if unit.kind != "centre" and unit.parent not in units] == []
    assert [unit.code for unit in full.units if unknown(unit.matters, set(catalogue.matters))] == []
    # Kind by kind; the centre answers for itself, and a household head is a person and no unit.
    leading = {matter.lead for matter in catalogue.matters.values()} - {"center", "household_head"}
    assert leading - {unit.kind for unit in full.units} == set()


def unknown(codes: Any, known: set[str]) -> set[str]:
    return set(codes) - known


def read_people(full: Invented, folder: Path) -> list[Registered]:
    rows, mistakes = read_sheet(folder / PEOPLE, HEADINGS, REQUIRED)
    assert mistakes == []
    nodes = {place.code: at for at, place in enumerate(full.grid.places)}
    units = {unit.code: at for at, unit in enumerate(full.units)}
    people, wrong = people_of(rows, NOW, nodes, units)
    assert wrong == []
    return people


def test_the_register_is_read_without_a_mistake_and_nobody_is_forgotten(full: Invented, folder: Path) -> None:
    people = read_people(full, folder)
    assert len(people) == 10_000
    assert all(one.phone.startswith("100") and len(one.phone) == 11 for one in people)
    held = {(post.role, post.node_id) for one in people for post in one.posts}
    for at, place in enumerate(full.grid.places):
        assert place.depth != 4 or ("grid_member", at) in held
        assert place.depth != 5 or ("household_head", at) in held
    ranks = Counter((post.unit_id, post.rank) for one in people for post in one.posts if post.role == "responder")
    assert all(ranks[at, 0] and ranks[at, 2] for at, unit in enumerate(full.units) if unit.kind != "centre")


def test_every_community_has_whistleblowers_of_all_kinds_but_sometimes_one(full: Invented, folder: Path) -> None:
    kinds: dict[int, set[str]] = {}
    for one in read_people(full, folder):
        for post in one.posts:
            if post.role == "whistleblower":
                kinds.setdefault(post.node_id or 0, set()).add(one.kind)
    assert len(kinds) == 90
    assert {frozenset(set(KINDS) - found) for found in kinds.values()} == {frozenset(), frozenset({"企业网格员"})}


def test_the_people_places_and_units_of_the_small_demo_are_in_it(full: Invented) -> None:
    small = demo.read()
    names = {place.code: place.name for place in full.grid.places}
    assert {node["code"]: names.get(node["code"]) for node in small.nodes} == {
        node["code"]: node["name"] for node in small.nodes
    }
    units = {unit.code: (unit.name, unit.kind, unit.place.code) for unit in full.units}
    assert {unit["code"]: units.get(unit["code"]) for unit in small.units} == {
        unit["code"]: (unit["name"], unit["kind"], unit["node"]) for unit in small.units
    }
    known = {one.number: one for one in full.people if one.number < FIRST_STRANGER}
    for person in small.people:
        if duties := person.get("duties"):
            posts = [(duty["role"], duty.get("node", ""), duty.get("unit", ""), duty.get("rank", 0)) for duty in duties]
            assert (known[person["id"]].name, known[person["id"]].posts[: len(posts)]) == (person["name"], posts)


def test_the_command_writes_the_four_files_and_tells_how_much_is_in_them(tmp_path: Path) -> None:
    run = CliRunner().invoke(main, ["district", "generate", str(tmp_path / "new" / "east"), "--size", "small"])
    assert (run.exit_code, run.output.count("201")) == (0, 1)
    assert "700" in run.output
    assert {path.name for path in (tmp_path / "new" / "east").iterdir()} == {GRID, BOUNDARIES, UNITS, PEOPLE}
