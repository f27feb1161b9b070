"""Checklists of the patrol log (民情记录本): what is looked at each day, by role. They are data: checklists.toml."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from bot.cases.question_file import BUTTON, BUTTON_EN
from bot.cases.toml_table import Table, read_table

SHIPPED = Path(__file__).with_name("checklists.toml")
"""The default lists; a district edits a copy of them."""

PATROL_ROLES = ("grid_member", "household_head", "informer", "building_head")
CODE = re.compile("[a-z][a-z_]{0,11}")
MOST_ITEMS = 10
WORDS = 100


class Days(StrEnum):
    """On which days the list is asked for."""

    WORKDAYS = "workdays"
    EVERY_DAY = "every_day"


class Look(StrEnum):
    """What was found at one item."""

    FINE = "fine"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at. A defect becomes a case of `matter` that says `words`; without one it is only ticked."""

    code: str
    name: str
    name_en: str
    matter: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """What some roles look at."""

    roles: tuple[str, ...]
    days: Days
    items: tuple[Item, ...]

    def item(self, code: str) -> Item | None:
        """The item with this code."""
        return next((one for one in self.items if one.code == code), None)

    def left(self, looks: Mapping[str, str]) -> tuple[Item, ...]:
        """The items nobody has looked at yet."""
        return tuple(one for one in self.items if one.code not in looks)


class Checklists:
    """All lists, by role. Never changes once loaded."""

    def __init__(self, lists: Iterable[Checklist] = ()) -> None:
        self.lists = tuple(lists)
        self.by_role: Mapping[str, Checklist] = MappingProxyType(
            {role: one for one in self.lists for role in one.roles}
        )


def load_checklists(path: Path = SHIPPED, matters: Collection[str] | None = None) -> Checklists:
    """Read a file of checklists; with `matters` every matter must be one of them.

    Raises BrokenCatalogue with every mistake, one a line: `file:line: what is wrong and what to write instead`.
    """
    file = read_table(path)
    tables = file.tables("checklist")
    lists = [_checklist(table, matters) for table in tables]
    if not lists and not file.has("checklist"):
        file.findings.add((), "there is no checklist; write one under [[checklist]]")
    taken: set[str] = set()
    for table, one in zip(tables, lists, strict=True):
        for role in one.roles:
            if role in taken:
                table.wrong("roles", f'role "{role}" has a checklist already; leave it out here', role)
            taken.add(role)
    file.done()
    file.findings.refuse()
    return Checklists(lists)


def _checklist(table: Table, matters: Collection[str] | None) -> Checklist:
    """One [[checklist]] with its items."""
    roles = tuple(role for role in table.texts("roles", 20, True) if table.knows("roles", role, PATROL_ROLES))
    if table.has("roles") and not table.content["roles"]:
        table.wrong("roles", "roles is empty; write one of: " + ", ".join(PATROL_ROLES))
    days = Days(table.one_of("days", list(Days)) or Days.EVERY_DAY)
    tables = table.tables("item")
    if not 0 < len(tables) <= MOST_ITEMS:
        table.wrong("item", f"a checklist has 1 to {MOST_ITEMS} items; here are {len(tables)}")
    items: list[Item] = []
    for each in tables:
        read = _item(each, matters)
        if read.code and read.code in {earlier.code for earlier in items}:
            each.wrong("code", f'code "{read.code}" is in this list already; take another code')
        items.append(read)
    table.done()
    return Checklist(roles, days, tuple(items))


def _item(table: Table, matters: Collection[str] | None) -> Item:
    """One [[checklist.item]]."""
    code = table.text("code", 12)
    if code and not CODE.fullmatch(code):
        table.wrong("code", f'code "{code}" has the wrong form; write one like "lift"')
    matter = table.text("matter", 8, required=False)
    if matter and matters is not None:
        table.knows("matter", matter, matters)
    read = Item(
        code=code,
        name=table.text("name", BUTTON),
        name_en=table.text("name_en", BUTTON_EN),
        matter=matter or None,
        words=table.text("words", WORDS, required=bool(matter)),
    )
    table.done()
    return read
