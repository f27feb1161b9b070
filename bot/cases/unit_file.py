"""The units as a table: what each column means, the unit that a row gives, and what is wrong with it."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.cases.case import Level
from bot.cases.grid_file import CODE
from bot.cases.matter import UnitKind
from bot.cases.sheet import Mistake, Row, unread_number

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("编码", "单位编码", "code"),
    "name": ("名称", "单位名称", "name"),
    "kind": ("类型", "kind"),
    "level": ("级别", "层级", "level"),
    "parent": ("上级编码", "上级单位", "parentcode", "parent"),
    "node": ("网格编码", "网格", "gridcode", "node"),
    "matters": ("事项", "matters"),
}
"""The first heading of each column is the one that is written, all of them are understood."""

HEADINGS = {heading: column for column, headings in COLUMNS.items() for heading in headings}
REQUIRED = ("code", "name", "kind", "level")
LEVELS: Mapping[Level, tuple[str, ...]] = {
    Level.DISTRICT: ("区", "区级", "县", "区县", "district"),
    Level.TOWN: ("镇街", "镇", "街道", "town"),
    Level.COMMUNITY: ("村社区", "村", "社区", "community"),
}
HIGH = tuple(LEVELS)
"""The levels, the highest first."""
CENTRE = "centre"
CENTRES = frozenset({"centre", "center", "指挥中心", "command centre"})
"""The command centre, which leads no matter, and what a table may call it."""
LONGEST_NAME = 40
BETWEEN_CODES = re.compile(r"[；;、，,\s]+")
ROW_OF_MATTERS = re.compile(r"[A-Z][0-9]{2}")
"""A07 means A07a and A07b as well (see bot/desk/routing.py)."""

Sheet = Mapping[str, Any]
"""What a unit is: columns of the table of units, `parent` and `node` as codes."""


@dataclass(frozen=True, slots=True)
class World:
    """What a table of units speaks of: kinds and matters of the catalogue, codes of valid places."""

    kinds: Mapping[str, UnitKind]
    matters: Collection[str]
    places: Collection[str]


@dataclass(slots=True)
class Units:
    """All units as they will be, by code; `rows` are those of the file; `mistakes` forbid it, `warnings` do not."""

    rows: Mapping[str, Row]
    all: dict[str, Sheet] = field(default_factory=dict[str, Sheet])
    mistakes: list[Mistake] = field(default_factory=list[Mistake])
    warnings: list[Mistake] = field(default_factory=list[Mistake])


def units_of(rows: Iterable[Row], known: Mapping[str, Sheet], world: World) -> Units:
    """Put what the table says over the units that are known. Columns that it has not stay as they are."""
    found = Units({}, dict(known))
    said: dict[str, Row] = {}
    for row in rows:
        code = row.get("code")
        if code in said:
            found.mistakes.append(row.wrong("code_twice", code, str(said[code].line)))
            continue
        said[code] = row
        wrong = _wrong(row, world)
        found.mistakes += wrong
        if not wrong:
            found.all[code] = {**(known.get(code) or _blank(code)), **_read(row, world)}
    found.rows = said
    found.mistakes += [mistake for code in said if code in found.all for mistake in _above(found, code)]
    found.mistakes += _below(found)
    found.warnings += _named_alike(found)
    if not any(unit["kind"] == CENTRE for unit in found.all.values()):
        gone = [code for code, unit in known.items() if unit["kind"] == CENTRE and code in said]
        found.mistakes += [said[code].wrong("centre_gone", code) for code in gone]
        found.warnings += [] if gone else [Mistake(0, "no_centre")]
    return found


def _below(found: Units) -> list[Mistake]:
    """Units that the file does not name, and would stand above the one that is above them."""
    return [
        found.rows[unit["parent"]].wrong("unit_below_higher", unit["parent"], code)
        for code, unit in found.all.items()
        if code not in found.rows
        and unit["parent"] in found.rows
        and HIGH.index(found.all[unit["parent"]]["level"]) > HIGH.index(unit["level"])
    ]


def _named_alike(found: Units) -> list[Mistake]:
    """Two units of one name: nobody could tell their buttons apart."""
    names = {unit["name"]: code for code, unit in reversed(found.all.items())}
    return [
        row.wrong("name_twice", found.all[code]["name"], names[found.all[code]["name"]])
        for code, row in found.rows.items()
        if code in found.all and names[found.all[code]["name"]] != code
    ]


def kind_of(words: str, kinds: Mapping[str, UnitKind]) -> str | None:
    """The kind that a cell names: its code in the catalogue, or its name there."""
    plain = words.casefold()
    if plain in CENTRES:
        return CENTRE
    return next((code for code, kind in kinds.items() if plain in _names_of(code, kind)), None)


def _names_of(code: str, kind: UnitKind) -> set[str]:
    """Code and names; 村（社区） is 村 or 社区 as well."""
    return {code, kind.name, kind.name_en.casefold(), *re.findall(r"[^（）]+", kind.name)}


def level_of(words: str) -> Level | None:
    """The level that a cell names."""
    plain = "".join(words.split()).casefold()
    return next((level for level, names in LEVELS.items() if plain in names), None)


def cells_of(unit: Sheet, said: Callable[[str, str], str]) -> dict[str, str]:
    """A unit as the cells of its row, in the order of the columns. `said` chooses the English or the Chinese word."""
    names = LEVELS[unit["level"]]
    shown = {name: unit[name] or "" for name in COLUMNS}
    return {**shown, "level": said(names[-1], names[0]), "matters": "；".join(unit["matters"] or ())}


def _blank(code: str) -> Sheet:
    return {"code": code, "parent": None, "node": None, "matters": None}


def _wrong(row: Row, world: World) -> list[Mistake]:
    code, name, kind, level = (row.get(column) for column in REQUIRED)
    known = ((column, row.get(column)) for column in ("parent", "node") if row.get(column))
    checks = (
        (not code, "code_missing", ""),
        (bool(code) and not CODE.fullmatch(code), unread_number(code, "code_wrong"), code),
        (not name, "place_unnamed", ""),
        (len(name) > LONGEST_NAME, "too_long", name),
        (not name.isprintable(), "unreadable", name),
        (not kind, "kind_missing", ""),
        (bool(kind) and kind_of(kind, world.kinds) is None, "kind_unknown", kind),
        (level_of(level) is None, "unit_level_unknown", level),
        *((column == "node" and said not in world.places, "node_unknown", said) for column, said in known),
    )
    found = [row.wrong(what, value) for is_wrong, what, value in checks if is_wrong]
    unknown = [one for one in _matters(row.get("matters")) if not _is_matter(one, world.matters)]
    return found + [row.wrong("matter_unknown", one) for one in unknown]


def _is_matter(code: str, matters: Collection[str]) -> bool:
    row = ROW_OF_MATTERS.fullmatch(code) is not None
    return code in matters or (row and any(one.startswith(code) for one in matters))


def _matters(words: str) -> Sequence[str]:
    return list(dict.fromkeys(part.strip() for part in BETWEEN_CODES.split(words) if part.strip()))


def _read(row: Row, world: World) -> Sheet:
    said: dict[str, Any] = {
        "name": row.get("name"),
        "kind": kind_of(row.get("kind"), world.kinds),
        "level": level_of(row.get("level")),
    }
    said |= {column: row.get(column) or None for column in ("parent", "node") if column in row.cells}
    if "matters" in row.cells:
        said["matters"] = _matters(row.get("matters")) or None
    return said


def _above(found: Units, code: str) -> list[Mistake]:
    """What is wrong with the unit above one: it is not there, of a lower level, or below this very one."""
    row, unit = found.rows[code], found.all[code]
    parent: str | None = unit["parent"]
    if parent is None:
        return []
    if parent not in found.all:
        return [] if parent in found.rows else [row.wrong("unit_above_unknown", parent)]
    if HIGH.index(found.all[parent]["level"]) > HIGH.index(unit["level"]):
        return [row.wrong("unit_above_lower", parent)]
    seen: set[str] = set()
    while parent is not None and parent in found.all and parent not in seen:
        seen.add(parent)
        parent = found.all[parent]["parent"]
    return [row.wrong("circle", code)] if code in seen else []
