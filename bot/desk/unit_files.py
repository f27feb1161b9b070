"""The units from a table and into one: compared first, then written in one transaction, all of it or nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.cases.sheet import Mistake, Row
from bot.cases.unit_file import HIGH, Sheet, World, units_of
from bot.desk.desk import Desk
from storage import members, units

COLUMNS = ("code", "name", "kind", "level", "parent", "node", "matters")


@dataclass(slots=True)
class Plan:
    """What a table would change; `new` and `changed` in the order in which they can be written."""

    new: list[Sheet] = field(default_factory=list[Sheet])
    changed: list[Sheet] = field(default_factory=list[Sheet])
    same: int = 0
    mistakes: list[Mistake] = field(default_factory=list[Mistake])
    warnings: list[Mistake] = field(default_factory=list[Mistake])


async def compare(desk: Desk, rows: Sequence[Row]) -> Plan:
    """Look at what the table says beside the units as they are. Nothing is written; with a mistake nothing may be."""
    known = await written(desk)
    places = await members.node_ids(desk.tx)
    catalogue = desk.office.catalogue
    found = units_of(rows, known, World(catalogue.unit_kinds, catalogue.matters, places))
    plan = Plan(mistakes=found.mistakes, warnings=found.warnings)
    for code in found.rows if not found.mistakes else ():
        if code not in known:
            plan.new.append(found.all[code])
        elif known[code] != found.all[code]:
            plan.changed.append(found.all[code])
        else:
            plan.same += 1
    plan.new = _from_above(plan.new)
    return plan


def _from_above(new: Sequence[Sheet]) -> list[Sheet]:
    """New units so that each comes behind the one above it."""
    waiting = {unit["code"]: unit for unit in sorted(new, key=lambda unit: HIGH.index(unit["level"]))}
    found: list[Sheet] = []
    while waiting:
        ready = [unit for unit in waiting.values() if unit["parent"] not in waiting]
        found += ready
        for unit in ready:
            del waiting[unit["code"]]
    return found


async def enter(desk: Desk, plan: Plan, told: Callable[[int], None]) -> None:
    """Write what `compare` found, all in this transaction; `told` hears of each unit. Their groups stay bound."""
    assert not plan.mistakes
    numbers = {unit.code: unit.id for unit in await units.all_units(desk.tx)}
    places = await members.node_ids(desk.tx)
    for unit in plan.new:
        numbers[unit["code"]] = await units.add(desk.tx, _row(unit, numbers, places))
        told(1)
    for unit in plan.changed:
        await units.overwrite(desk.tx, numbers[unit["code"]], _row(unit, numbers, places))
        told(1)


def _row(unit: Sheet, numbers: Mapping[str, int], places: Mapping[str, int]) -> dict[str, Any]:
    parent, place = unit["parent"], unit["node"]
    row = {name: unit[name] for name in COLUMNS if name not in {"parent", "node"}}
    return {
        **row,
        "level": unit["level"].value,
        "parent_id": numbers[parent] if parent else None,
        "node_id": places[place] if place else None,
    }


async def written(desk: Desk) -> dict[str, Sheet]:
    """All units by code, as the table has them."""
    known = await units.all_units(desk.tx)
    codes = {unit.id: unit.code for unit in known}
    places = await units.places(desk.tx)
    return {
        unit.code: {
            **{name: getattr(unit, name) for name in ("code", "name", "kind", "level")},
            "parent": codes.get(unit.parent_id or 0),
            "node": places.get(unit.id),
            "matters": list(unit.matters) if unit.matters else None,
        }
        for unit in known
    }
