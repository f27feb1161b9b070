"""The invented district as the files that are imported: places, boundaries, units and people."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import orjson

from bot import demo
from bot.cases.catalogue_file import load
from bot.demo_district.drawing import drawn
from bot.demo_district.places import SIZES, Grid, Place, Size, found_grid
from bot.demo_district.staff import PHONE, Register, Staff, Unit, found_units
from bot.demo_district.words import words

SEED = 7
GRID, BOUNDARIES, UNITS, PEOPLE = "grid.csv", "grid.geojson", "units.csv", "people.csv"
MAP = "map.json"


@dataclass(frozen=True, slots=True)
class Invented:
    """Everything of an invented district."""

    grid: Grid
    units: list[Unit]
    people: list[Staff]


def cast() -> demo.District:
    """The small demo, with those who are played only in the whole district."""
    small = demo.read()
    return replace(small, people=[*small.people, *words()["people"]["played"]])


def invent(seed: int = SEED, size: Size | str = "full") -> Invented:
    """The district of a seed; the places, units and people of the small demo are in it."""
    wanted = SIZES[size] if isinstance(size, str) else size
    random, small = Random(seed), cast()  # noqa: S311 - nothing is secret here
    grid = found_grid(random, wanted, {node["code"]: node for node in small.nodes})
    units = found_units(random, grid, load(), small.units)
    people = Register(random, grid, units).written(small.people, wanted.people)
    return Invented(grid, units, people)


def write(district: Invented, folder: Path) -> None:
    """Write the four files. The same district always gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    said = words()
    _write_table(folder / GRID, said["grid"]["headings"], _rows_of_grid(district.grid))
    (folder / BOUNDARIES).write_bytes(boundaries(district.grid))
    _write_table(folder / UNITS, said["unit"]["headings"], _rows_of_units(district.units))
    _write_table(folder / PEOPLE, said["people"]["headings"], _rows_of_people(district.people))


def write_map(district: Invented, folder: Path) -> None:
    """Write the map of the district as the sandbox takes it."""
    (folder / MAP).write_bytes(orjson.dumps(drawn(district.grid)))


def points(folder: Path) -> dict[str, tuple[float, float]]:
    """Latitude and longitude of every place by its code, as the file has them."""
    return {row[0]: (float(row[8]), float(row[9])) for row in _read_table(folder / GRID)}


def everybody(folder: Path) -> dict[int, str]:
    """The people of the file: number in the sandbox (the end of their telephone) and name."""
    return {int(row[1]) - int(PHONE.format(0)): row[0] for row in _read_table(folder / PEOPLE)}


def _read_table(path: Path) -> Iterable[Sequence[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from list(csv.reader(file))[1:]


def _write_table(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(headings)
    table.writerows(rows)
    # With the sign of UTF-8, so that a spreadsheet in China opens it rightly.
    path.write_bytes(text.getvalue().encode("utf-8-sig"))


def _rows_of_grid(grid: Grid) -> Iterable[Sequence[Any]]:
    said: Mapping[str, Any] = words()["grid"]
    for place in grid.places:
        latitude, longitude = grid.point(place)
        households = "" if place.households is None else place.households
        yield (
            place.code, place.name, said["levels"][place.depth - 1], place.parent, "；".join(place.aliases),
            "；".join(place.addresses), households, place.party_group, f"{latitude:.6f}", f"{longitude:.6f}",
            said["since"], "",
        )  # fmt: skip


def boundaries(grid: Grid) -> bytes:
    """GeoJSON of all places, one a line."""
    lines = (orjson.dumps(_feature(grid, place)) for place in grid.places)
    return b'{"type":"FeatureCollection","features":[\n' + b",\n".join(lines) + b"\n]}\n"


def _feature(grid: Grid, place: Place) -> Mapping[str, Any]:
    return {
        "type": "Feature",
        "properties": {"code": place.code},
        "geometry": {"type": "Polygon", "coordinates": [grid.ring(place)]},
    }


def _rows_of_units(units: Sequence[Unit]) -> Iterable[Sequence[Any]]:
    levels = words()["unit"]["levels"]
    kinds = {code: kind.name for code, kind in load().unit_kinds.items()}
    kinds["centre"] = kinds["center"]
    for unit in units:
        matters = "；".join(unit.matters)
        yield unit.code, unit.name, kinds[unit.kind], levels[unit.level.value], unit.parent, unit.place.code, matters


def _rows_of_people(people: Sequence[Staff]) -> Iterable[Sequence[Any]]:
    said: Mapping[str, Any] = words()["people"]
    for one in people:
        for role, place, unit, rank in one.posts:
            shows = said["yes"] if one.shows_phone else ""
            ranked = rank if role == "responder" else ""
            yield (
                one.name, one.phone, said["roles"][role], place, unit, one.kind, ranked, "", one.tags, shows, one.hours,
            )  # fmt: skip
