"""The demo district: one town, two communities, a few buildings, units and named people of each role."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.desk.desk import Desk
from storage import grid, members, people, units

SHIPPED = Path(__file__).with_name("demo.toml")


@dataclass(frozen=True, slots=True)
class District:
    """The demo file: places, units, people (with the ids they have in the sandbox) and groups."""

    nodes: list[dict[str, Any]]
    units: list[dict[str, Any]]
    people: list[dict[str, Any]]
    groups: list[dict[str, Any]]


def read(path: Path = SHIPPED) -> District:
    """Read the demo file."""
    with path.open("rb") as file:
        data = tomllib.load(file)
    return District(data["node"], data["unit"], data["person"], data["group"])


async def found(desk: Desk, district: District) -> None:
    """Write the district into an empty database; one that has units already is left alone."""
    if await units.all_units(desk.tx):
        return
    node_ids: dict[str, int] = {}
    for node in district.nodes:
        row = {**node, "parent_id": node_ids.get(node.get("parent", "")), "boundary": _square(node)}
        node_ids[node["code"]] = await grid.add(desk.tx, _without(row, "parent", "box"))
    unit_ids: dict[str, int] = {}
    for unit in district.units:
        row = {
            "matters": None,
            **unit,
            "parent_id": unit_ids.get(unit.get("parent", "")),
            "node_id": node_ids.get(unit.get("node", "")),
        }
        unit_ids[unit["code"]] = await units.add(desk.tx, _without(row, "parent", "node"))
    for group in district.groups:
        await units.bind(desk.tx, unit_ids[group["unit"]], group["id"], None)
    for person in district.people:
        await _appoint(desk, person, unit_ids, node_ids)


async def _appoint(
    desk: Desk, person: dict[str, Any], unit_ids: Mapping[str, int], node_ids: Mapping[str, int]
) -> None:
    rows = [
        {
            "role": duty["role"],
            "rank": duty.get("rank", 0),
            "unit_id": unit_ids.get(duty.get("unit", "")),
            "node_id": node_ids.get(duty.get("node", "")),
        }
        for duty in person.get("duties", [])
    ]
    if rows:
        await people.appoint(desk.tx, desk.office.seals.vault, person["id"], person["name"], rows)


def at_home(district: District, points: Mapping[str, tuple[float, float]]) -> District:
    """The same people in a district of other boundaries: each where their place is there, by its code."""
    moved: list[dict[str, Any]] = []
    for person in district.people:
        lat, lon = points[_home(district, person)]
        moved.append({**person, "lat": lat, "lon": lon})
    return replace(district, people=moved)


def _home(district: District, person: Mapping[str, Any]) -> str:
    """The code of the smallest place of the demo where somebody stands."""
    holding = [
        node
        for node in district.nodes
        if "box" in node and node["box"][0] <= person["lat"] <= node["box"][2]
        if node["box"][1] <= person["lon"] <= node["box"][3]
    ]
    return max(holding, key=lambda node: node["depth"])["code"]


async def bind_groups(desk: Desk, district: District) -> None:
    """Bind the groups of the demo to their units, which are there already."""
    for group in district.groups:
        if unit := await units.by_code(desk.tx, group["unit"]):
            await units.bind(desk.tx, unit.id, group["id"], None)


async def all_come_in(desk: Desk, numbers: Mapping[str, int]) -> None:
    """Everybody of the register has pressed start. `numbers` are those of the sandbox by telephone."""
    vault = desk.office.seals.vault
    known = await members.marks(desk.tx)
    came = [
        (known[mark], people.fingerprint(vault, number), number)
        for phone, number in numbers.items()
        if (mark := members.phone_mark(vault, phone)) in known
    ]
    await people.add(desk.tx, [people.new_row(vault, person, number) for _, person, number in came])
    await members.come_in(desk.tx, [(member, person) for member, person, _ in came])


def _square(node: dict[str, Any]) -> dict[str, Any] | None:
    """A boundary from [south, west, north, east]."""
    if "box" not in node:
        return None
    south, west, north, east = node["box"]
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def _without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}
