"""A made-up district as files: places cut in halves again and again, so that nothing overlaps or is left bare."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

HEADINGS = (
    "编码",
    "名称",
    "层级",
    "上级编码",
    "别名",
    "地址",
    "户数",
    "党小组",
    "纬度",
    "经度",
    "生效日期",
    "停用日期",
)
LEVELS = ("区", "镇街", "村社区", "小组", "楼栋")
NAMES = ("试验区", "镇", "社区", "小区", "栋")
BOX = (120.4, 32.0, 120.9, 32.4)

Box = tuple[float, float, float, float]
Cells = dict[str, str]
EMPTY: Mapping[str, Any] = {}


def cut(box: Box, parts: int) -> list[Box]:
    """So many rectangles that fill it."""
    if parts == 1:
        return [box]
    west, south, east, north = box
    half, share = parts // 2, (parts // 2) / parts
    if east - west > north - south:
        middle = round(west + (east - west) * share, 7)
        return [*cut((west, south, middle, north), half), *cut((middle, south, east, north), parts - half)]
    middle = round(south + (north - south) * share, 7)
    return [*cut((west, south, east, middle), half), *cut((west, middle, east, north), parts - half)]


def ring(box: Box) -> list[list[float]]:
    """The corners of a rectangle, closed."""
    west, south, east, north = box
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def district(*parts: int, code: str = "SY") -> tuple[list[Cells], dict[str, Any]]:
    """Rows of the table and boundaries by code: the district and below each place so many, level for level."""
    rows: list[Cells] = []
    drawn: dict[str, Any] = {}
    _grow(rows, drawn, code, "", 0, BOX, parts, NAMES[0])
    return rows, drawn


def _grow(
    rows: list[Cells],
    drawn: dict[str, Any],
    code: str,
    above: str,
    depth: int,
    box: Box,
    parts: Sequence[int],
    name: str,
) -> None:
    row: Cells = dict.fromkeys(HEADINGS, "")
    row |= {"编码": code, "名称": name, "层级": LEVELS[depth], "上级编码": above}
    if depth == len(LEVELS) - 1:
        row["户数"] = "30"
    rows.append(row)
    drawn[code] = {"type": "Polygon", "coordinates": [ring(box)]}
    for number, part in enumerate(cut(box, parts[0]) if parts else (), 1):
        called = f"{number}栋" if depth == 3 else f"第{code}-{number}{NAMES[depth + 1]}"
        _grow(rows, drawn, f"{code}{number:02}", code, depth + 1, part, parts[1:], called)


def write_csv(path: Path, rows: Sequence[Cells], encoding: str = "utf-8-sig") -> Path:
    """The table as CSV."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_xlsx(path: Path, rows: Sequence[Cells]) -> Path:
    """The table as a workbook."""
    book = Workbook()
    sheet: Any = book.active
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    book.save(path)
    return path


def write_geojson(path: Path, drawn: dict[str, Any], more: Mapping[str, Any] = EMPTY, encoding: str = "utf-8") -> Path:
    """The boundaries, a line for each; `more` are other properties by code."""
    lines = [
        json.dumps({"type": "Feature", "properties": {"code": code, **more.get(code, EMPTY)}, "geometry": shape})
        for code, shape in drawn.items()
    ]
    text = '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"
    path.write_text(text, encoding=encoding)
    return path
