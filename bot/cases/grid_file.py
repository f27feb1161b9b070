"""The grid as a table and as GeoJSON: what each column means, and for each code all that is said of it."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.cases.geojson import Crooked, Feature, as_list, as_object, boundary, misplaced, twice
from bot.cases.register import end_of
from bot.cases.sheet import Mistake, Row, columns, unread_number
from bot.cases.worktime import SHANGHAI

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("编码", "网格编码", "网格编号", "编号", "code"),
    "name": ("名称", "网格名称", "name"),
    "level": ("层级", "级别", "网格层级", "level"),
    "parent": ("上级编码", "上级", "上级编号", "上级网格编码", "parentcode", "parent"),
    "aliases": ("别名", "aliases"),
    "addresses": ("地址", "addresses"),
    "households": ("户数", "住户数", "households"),
    "party_group": ("党小组", "party_group", "partygroup"),
    "latitude": ("纬度", "latitude"),
    "longitude": ("经度", "longitude"),
    "valid_from": ("生效日期", "valid_from", "validfrom"),
    "valid_to": ("停用日期", "valid_to", "validto"),
}
"""The first heading of each column is the one that is written, all of them are understood."""

HEADINGS = {heading: column for column, headings in COLUMNS.items() for heading in headings}
REQUIRED = ("code", "name", "level")
LEVELS: Mapping[int, tuple[str, ...]] = {
    1: ("区", "县", "区县", "district"),
    2: ("镇街", "镇", "街道", "镇(街道)", "镇（街道）", "town"),
    3: ("村社区", "村", "社区", "村(社区)", "村（社区）", "community"),
    4: ("小组", "片区", "小组或片区", "村民小组", "居民小组", "group"),
    5: ("楼栋", "住户小组", "楼栋或住户小组", "building", "householdgroup"),
}
CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")
"""What fits into a link and a QR code."""
BETWEEN = re.compile(r"[；;\n]+")
LONGEST = {"name": 40, "party_group": 40, "aliases": 40, "addresses": 100}
MOST = {"aliases": 50, "addresses": 500}


@dataclass(frozen=True, slots=True)
class Place:
    """One code and all that the files say of it, as columns of the table of nodes and `parent` (a code).

    What no file has a column for is not in `said`. `row` is where it stands, `drawn` where its boundary stands.
    """

    row: Row
    code: str
    said: Mapping[str, Any]
    drawn: Row


class Odd(Exception):
    """A cell makes no sense: `what` names a sentence, `value` is what stands there."""

    def __init__(self, what: str, value: str) -> None:
        super().__init__(what)
        self.what, self.value = what, value


def begin_of(words: str) -> datetime | None:
    """The begin of the day that a cell names (Shanghai time); None if it names none."""
    end = end_of(words)
    return end - timedelta(days=1) if end else None


def date_of(moment: datetime | None) -> str:
    """The day of a moment, as the table writes it."""
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d}" if moment else ""


def heading_of(column: str) -> str:
    """What stands above a column of the table of nodes in the file."""
    return next((COLUMNS[name][0] for name in COLUMNS if COLUMN_OF.get(name, name) == column), column)


def level_of(words: str) -> int | None:
    """The level that a cell names, as a word or as a number from 1 to 5."""
    plain = "".join(words.split()).casefold()
    return next((depth for depth, names in LEVELS.items() if plain == str(depth) or plain in names), None)


def rows_of(
    found: Sequence[Feature], file: str, known: Mapping[str, str] = HEADINGS
) -> tuple[list[tuple[Row, Any]], list[Mistake], list[Mistake]]:
    """The features as rows with their geometries; mistakes, and as warnings what properties nobody reads.

    `known` are the headings that are understood.
    """
    rows: list[tuple[Row, Any]] = []
    mistakes: list[Mistake] = []
    unread: dict[str, Mistake] = {}
    for one in found:
        place = Row(one.line, {}, file, one.number)
        body = as_object(one.body) or {}
        properties = as_object(body.get("properties"))
        if properties is None or body.get("type") != "Feature":
            mistakes.append(place.wrong("no_feature"))
            continue
        names, wrong = columns(list(properties), known, (), one.line)
        unread |= {miss.value: place.wrong("property_unread", miss.value) for miss in wrong if _unknown(miss, unread)}
        doubled = [miss.value for miss in wrong if miss.what == "heading_twice"]
        mistakes += [place.wrong("heading_twice", name) for name in (*twice(properties), *doubled)]
        cells = {name: _words(cell) for name, cell in zip(names, properties.values(), strict=True) if name}
        rows.append((replace(place, cells=cells), body.get("geometry")))
    return rows, mistakes, list(unread.values())


def _unknown(miss: Mistake, known: Mapping[str, Mistake]) -> bool:
    return miss.what == "heading_unknown" and miss.value not in known


def _words(value: object) -> str:
    """A property as a cell: lists as the table writes them, whole numbers without a point."""
    if (parts := as_list(value)) is not None:
        return "；".join(_words(part) for part in parts)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def places_of(
    tables: Iterable[Row], drawn: Iterable[tuple[Row, Any]], now: datetime
) -> tuple[list[Place], list[Mistake]]:
    """Every code of the files, each once, in their order; and every mistake that a row has in itself."""
    mistakes: list[Mistake] = []
    found: dict[str, Place] = {}
    for row in tables:
        _enter(found, _place(row, None, now, mistakes), mistakes)
    features: dict[str, Place] = {}
    for row, geometry in drawn:
        _enter(features, _place(row, geometry, now, mistakes), mistakes)
    for code, place in features.items():
        found[code] = _joined(found[code], place, mistakes) if code in found else place
    return list(found.values()), mistakes


def _enter(found: dict[str, Place], place: Place | None, mistakes: list[Mistake]) -> None:
    if place is not None and place.code in found:
        first = found[place.code].row
        mistakes.append(place.row.wrong("code_twice", place.code, str(first.feature or first.line)))
    elif place is not None:
        found[place.code] = place


def _joined(table: Place, feature: Place, mistakes: list[Mistake]) -> Place:
    mistakes += [
        feature.row.wrong("said_differently", heading_of(column), str(table.row.line))
        for column, value in table.said.items()
        if column in feature.said and feature.said[column] != value
    ]
    return replace(table, said={**feature.said, **table.said}, drawn=feature.row)


def _place(row: Row, geometry: Any, now: datetime, mistakes: list[Mistake]) -> Place | None:
    """What a row says. None without a code: it is nobody's."""
    code = row.get("code")
    if not CODE.fullmatch(code):
        mistakes.append(row.wrong(_wrong_code(code), code))
        return None
    said: dict[str, Any] = {}
    for column, words in row.cells.items():
        try:
            if column in READERS:
                said[COLUMN_OF.get(column, column)] = READERS[column](words.strip())
        except Odd as odd:
            mistakes.append(row.wrong(odd.what, odd.value))
    if said.get("valid_from") is None:
        said.pop("valid_from", None)
    if geometry is not None:
        shape = boundary(geometry)
        if isinstance(shape, Crooked):
            mistakes.append(row.wrong(shape.what, shape.value))
        else:
            said["boundary"] = shape
    mistakes += _together(row, said, now)
    return Place(row, code, said, row)


def _together(row: Row, said: Mapping[str, Any], now: datetime) -> list[Mistake]:
    """What is wrong between the cells of a row."""
    found: list[Mistake] = []
    latitude, longitude = said.get("latitude"), said.get("longitude")
    if latitude is not None and longitude is not None and (wrong := misplaced(latitude, longitude)):
        found.append(row.wrong(wrong, f"{latitude:g}, {longitude:g}"))
    days = said.get("valid_from"), said.get("valid_to")
    return found + [row.wrong("day_ahead", date_of(day)) for day in days if day and day > now]


def _wrong_code(words: str) -> str:
    return unread_number(words, "code_wrong") if words else "code_missing"


def _code(words: str) -> str | None:
    if words and not CODE.fullmatch(words):
        raise Odd(_wrong_code(words), words)
    return words or None


def _level(words: str) -> int:
    depth = level_of(words)
    if depth is None:
        raise Odd("level_unknown" if words else "level_missing", words)
    return depth


def _name(words: str) -> str:
    if not words:
        raise Odd("place_unnamed", "")
    return _text("name")(words) or ""


def _text(column: str) -> Callable[[str], str | None]:
    def read(words: str) -> str | None:
        if len(words) > LONGEST[column]:
            raise Odd("too_long", words)
        if not words.isprintable():
            raise Odd("unreadable", words)
        return words or None

    return read


def _several(column: str) -> Callable[[str], list[str] | None]:
    one = _text(column)

    def read(words: str) -> list[str] | None:
        parts = list(dict.fromkeys(part.strip() for part in BETWEEN.split(words) if part.strip()))
        if len(parts) > MOST[column]:
            raise Odd("too_many_parts", str(MOST[column]))
        for part in parts:
            one(part)
        return parts or None

    return read


def _count(words: str) -> int | None:
    plain = unicodedata.normalize("NFKC", words).removesuffix("户").strip()
    if words and not re.fullmatch(r"[0-9]{1,6}", plain):
        raise Odd("number_wrong", words)
    return int(plain) if words else None


def _degrees(words: str) -> float | None:
    if words and not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,20})?", words):
        raise Odd("degrees_wrong", words)
    return float(words) if words else None


def _day(words: str) -> datetime | None:
    day = begin_of(words)
    if words and day is None:
        raise Odd("day_wrong", words)
    return day


COLUMN_OF = {"level": "depth"}
READERS: Mapping[str, Callable[[str], Any]] = {
    "name": _name,
    "level": _level,
    "parent": _code,
    "aliases": _several("aliases"),
    "addresses": _several("addresses"),
    "households": _count,
    "party_group": _text("party_group"),
    "latitude": _degrees,
    "longitude": _degrees,
    "valid_from": _day,
    "valid_to": _day,
}


def cells_of(sheet: Mapping[str, Any], said: Callable[[str, str], str]) -> dict[str, str]:
    """A place as the cells of its row, in the order of the columns. `said` chooses the English or the Chinese word."""
    names = LEVELS[sheet["depth"]]
    return {
        **{name: _words(sheet.get(name)) for name in COLUMNS},
        "level": said(names[-1], names[0]),
        "valid_from": date_of(sheet["valid_from"]),
        "valid_to": date_of(sheet["valid_to"]),
    }


def collection(sheets: Iterable[Mapping[str, Any]]) -> str:
    """The boundaries as GeoJSON, a line for each."""
    lines = [
        json.dumps(
            {
                "type": "Feature",
                "properties": {"code": sheet["code"], "name": sheet["name"]},
                "geometry": sheet["boundary"],
            },
            ensure_ascii=False,
        )
        for sheet in sheets
        if sheet["boundary"]
    ]
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"
