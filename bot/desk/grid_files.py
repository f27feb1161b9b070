"""The grid from files and into them: compared first, then written in one transaction, all of it or nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.cases.grid_file import Place, date_of
from bot.cases.grid_tree import Sheet, Tree, beside, grown
from bot.cases.sheet import Mistake
from bot.desk import boundaries
from bot.desk.desk import Desk
from storage import grid, grid_rows

DAYS = frozenset({"valid_from", "valid_to"})

Told = Callable[[int], None]


@dataclass(slots=True)
class Plan:
    """What files would change: new places by depth, changed and closed ones; `version` is that of the grid compared."""

    version: int
    numbers: Mapping[str, int]
    new: list[Sheet] = field(default_factory=list[Sheet])
    changed: list[Sheet] = field(default_factory=list[Sheet])
    closed: list[str] = field(default_factory=list[str])
    same: int = 0
    mistakes: list[Mistake] = field(default_factory=list[Mistake])
    warnings: list[Mistake] = field(default_factory=list[Mistake])


async def compare(desk: Desk, places: Sequence[Place], told: Told, wrong: Sequence[Mistake] = ()) -> Plan:
    """Look at what the files say beside the grid as it is. Nothing is written; with a mistake nothing may be.

    `told` hears how many boundaries have been looked at each time. `wrong` is what rows have wrong in themselves: it is
    told together with what is wrong between them.
    """
    version = await grid.version(desk.tx)
    numbers, known = await _known(desk)
    tree = grown(known, places)
    tree.mistakes = [*wrong, *beside(wrong, tree.mistakes)]
    if not tree.mistakes:
        boundaries.look(tree, told)
    plan = Plan(version, numbers, mistakes=tree.mistakes, warnings=tree.warnings)
    for code in tree.named:
        if code not in tree.places:
            continue
        if code not in known:
            plan.new.append(tree.places[code])
        elif _differ(known[code], tree.places[code]):
            plan.changed.append(tree.places[code])
        else:
            plan.same += 1
    plan.closed = tree.closing()
    plan.mistakes += await _needed(desk, tree, plan)
    return plan


async def _known(desk: Desk) -> tuple[dict[str, int], dict[str, Sheet]]:
    """The grid by code: numbers, and sheets whose parent is a code."""
    rows = await grid_rows.everything(desk.tx)
    codes = {number: row["code"] for number, row in rows.items()}
    sheets: dict[str, Sheet] = {}
    for row in rows.values():
        lists = {name: row[name] or None for name in ("aliases", "addresses", "boundary")}
        sheets[row["code"]] = {**row, **lists, "parent": codes.get(row["parent_id"])}
    return {code: number for number, code in codes.items()}, sheets


def _differ(before: Sheet, after: Sheet) -> bool:
    """Whether anything is different; of a moment only the day, for a table has no more of it."""
    return any(_shown(name, before[name]) != _shown(name, after[name]) for name in before.keys() & after.keys())


def _shown(name: str, value: Any) -> Any:
    return date_of(value) if name in DAYS else value


async def _needed(desk: Desk, tree: Tree, plan: Plan) -> list[Mistake]:
    """Places that cannot be closed, for somebody is there."""
    used = await grid_rows.in_use(desk.tx, [plan.numbers[code] for code in plan.closed], desk.now())
    return [
        tree.named[code].row.wrong("in_use", code, " / ".join(map(str, counts)))
        for code in plan.closed
        if (counts := used.get(plan.numbers[code]))
    ]


async def enter(desk: Desk, plan: Plan, told: Told) -> list[Mistake]:
    """Write what `compare` found, all in this transaction; `told` hears how many places are done each time.

    Gives back a mistake, and writes nothing, if the grid or the need for a closed place has changed in between.
    """
    assert not plan.mistakes
    used = await grid_rows.in_use(desk.tx, [plan.numbers[code] for code in plan.closed], desk.now())
    if used or await grid.version(desk.tx) != plan.version:
        return [Mistake(0, "grid_changed")]
    numbers, paths = dict(plan.numbers), await grid_rows.paths(desk.tx)
    for depth in sorted({sheet["depth"] for sheet in plan.new}):
        level = [sheet for sheet in plan.new if sheet["depth"] == depth]
        for begin in range(0, len(level), grid_rows.AT_ONCE):
            rows = [_row(desk, sheet, numbers) for sheet in level[begin : begin + grid_rows.AT_ONCE]]
            numbers |= await grid_rows.add(desk.tx, rows, paths)
            told(len(rows))
        paths = await grid_rows.paths(desk.tx)
    for begin in range(0, len(plan.changed), grid_rows.AT_ONCE):
        page = plan.changed[begin : begin + grid_rows.AT_ONCE]
        await grid_rows.change(desk.tx, [{**sheet, "place": numbers[sheet["code"]]} for sheet in page])
        told(len(page))
    return []


def _row(desk: Desk, sheet: Sheet, numbers: Mapping[str, int]) -> dict[str, Any]:
    parent = numbers[sheet["parent"]] if sheet["parent"] else None
    row = {name: sheet[name] for name in grid_rows.COLUMNS if name not in {"parent_id", "valid_from"}}
    begins = None if sheet["valid_to"] else desk.now()
    return {**row, "parent_id": parent, "valid_from": sheet["valid_from"] or begins}


async def written(desk: Desk) -> list[Sheet]:
    """All places there are and ever were, those above first."""
    return list((await _known(desk))[1].values())
