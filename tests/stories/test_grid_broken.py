"""Two hundred broken files: each gives a clear word at the right place, and changes nothing in the database."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest

from storage.moving import TABLES
from tests.databases import address_of, asked
from tests.stories.district import HEADINGS, Cells, district, write_csv, write_geojson, write_xlsx
from tests.stories.register import installed, runs

WORDS = (
    *("code", "name", "level", "parent", "aliases", "addresses", "households", "party_group"),
    *("latitude", "longitude", "valid_from", "valid_to"),
)
ENGLISH: dict[str, str] = dict(zip(HEADINGS, WORDS, strict=True))
ROWS, DRAWN = district(2, 2, 2, 2)
LEAVES = [row["编码"] for row in ROWS if row["层级"] == "楼栋"]
AHEAD = "2199-01-01"

Good = tuple[list[Cells], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Break:
    """What is done to the rows, at which one, and what must be said."""

    name: str
    said: str
    cells: Cells
    at: str = "SY0101"


CELLS = (
    Break("no code", "没有写编码", {"编码": ""}, LEAVES[0]),
    Break("odd code", "编码“网格 1”不对", {"编码": "网格 1"}, LEAVES[1]),
    Break("long code", "最多 40 个", {"编码": "A" * 41}, LEAVES[1]),
    Break("code twice", f"编码“{LEAVES[0]}”重复了", {"编码": LEAVES[0]}, LEAVES[3]),
    Break("no name", "没有写名称", {"名称": ""}),
    Break("long name", "太长了", {"名称": "长" * 41}),
    Break("unseen sign", "看不见的字符", {"名称": "新\u200b村"}),
    Break("no level", "没有写层级", {"层级": ""}),
    Break("odd level", "不认识的层级“省”", {"层级": "省"}),
    Break("level 6", "不认识的层级“6”", {"层级": "6"}),
    Break("deeper than its parent allows", "上级要正好高一级", {"层级": "楼栋"}),
    Break("no parent", "没有写上级编码（应当是一个镇街）", {"上级编码": ""}),
    Break("nobody's child", "没有编码为“SY99”的上级", {"上级编码": "SY99"}),
    Break("odd parent", "编码“东 镇”不对", {"上级编码": "东 镇"}),
    Break("its own parent", "SY0101 绕了一圈", {"上级编码": "SY0101"}),
    Break("a circle", "SY0101 绕了一圈", {"上级编码": "SY010101"}),
    Break("two levels up", "上级要正好高一级", {"上级编码": "SY"}),
    Break("long alias", "太长了", {"别名": "村；" + "长" * 41}),
    Break("too many addresses", "最多 500 个", {"地址": "；".join(f"{n}号" for n in range(501))}),
    Break("households in words", "“三十”不是户数", {"户数": "三十"}),
    Break("half a household", "“3.5”不是户数", {"户数": "3.5"}),
    Break("fewer than none", "“-1”不是户数", {"户数": "-1"}),
    Break("long party group", "太长了", {"党小组": "党" * 41}),
    Break("no degrees", "“北纬32度”不是经纬度", {"纬度": "北纬32度", "经度": "120.5"}),
    Break("half a point", "要么都写，要么都不写", {"纬度": "32.1", "经度": ""}),
    Break("swapped point", "经度和纬度反了", {"纬度": "120.5", "经度": "32.1"}),
    Break("point abroad", "不在中国范围内", {"纬度": "51.5", "经度": "0.1"}),
    Break("odd day", "日期“去年”看不懂", {"生效日期": "去年"}),
    Break("no such day", "日期“2026-02-30”看不懂", {"生效日期": "2026-02-30"}),
    Break("day ahead", f"日期“{AHEAD}”还没到", {"生效日期": AHEAD}),
    Break("end ahead", f"日期“{AHEAD}”还没到", {"停用日期": AHEAD}),
    Break("ends before it begins", "早于生效日期 2026-05-02", {"生效日期": "2026-05-02", "停用日期": "2026-05-01"}),
    Break("child of a closed one", "上级“SY0101”已经停用", {"停用日期": "2026-05-01"}),
)


@dataclass(frozen=True, slots=True)
class Bend:
    """What is done to the boundary of a place, and what must be said of which feature."""

    name: str
    said: str
    bend: Callable[[list[list[float]], Any], Any]
    at: str = LEAVES[2]


def _moved(ring: list[list[float]], by: float) -> list[list[float]]:
    return [[x + by, y] for x, y in ring]


def _hole(ring: list[list[float]], by: float) -> list[list[float]]:
    (x, y), size = ring[0], 0.0001
    x, y = x + by, y + 0.001
    return [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]


BENDS = (
    Bend("a bow tie", "边界自己相交", lambda ring, _: [[ring[0], ring[2], ring[1], ring[3], ring[0]]]),
    Bend("not closed", "边界没有闭合", lambda ring, _: [[*ring[:-1], [ring[0][0], ring[0][1] + 0.00001]]]),
    Bend("three points", "边界的点太少", lambda ring, _: [[ring[0], ring[1], ring[0]]]),
    Bend("not a number", "不是数的值", lambda ring, _: [[ring[0], [float("nan"), 32.0], *ring[2:]]]),
    Bend("without end", "不是数的值", lambda ring, _: [[ring[0], [float("inf"), 32.0], *ring[2:]]]),
    Bend("words", "坐标写得不对", lambda ring, _: [[ring[0], ["120.5", "32.0"], *ring[2:]]]),
    Bend("one number", "坐标写得不对", lambda ring, _: [[ring[0], [120.5], *ring[2:]]]),
    Bend("nothing", "坐标写得不对", lambda _ring, _: []),
    Bend("swapped", "经度和纬度反了", lambda ring, _: [[[y, x] for x, y in ring]]),
    Bend("metres", "不在中国范围内", lambda ring, _: [[[x * 100_000, y * 100_000] for x, y in ring]]),
    Bend("hole outside", "洞跑到外面去了", lambda ring, _: [ring, _hole(ring, -0.01)]),
    Bend("flat", "边界的形状不对", lambda ring, _: [[ring[0], ring[1], ring[1], ring[0]]]),
    Bend("over its sibling", "互相重叠", lambda _ring, other: other, LEAVES[1]),
    Bend("out of its parent", "在上级之外", lambda ring, _: [_moved(ring, -0.4)], LEAVES[0]),
)


def with_cells(one: Break) -> list[Cells]:
    """The table with one thing broken."""
    return [{**row, **one.cells} if row["编码"] == one.at else row for row in ROWS]


def properties(rows: list[Cells]) -> list[dict[str, Any]]:
    """The rows as properties, in their order."""
    return [
        {ENGLISH[name]: cell for name, cell in row.items() if cell or name in {"编码", "名称", "层级"}} for row in rows
    ]


def features(path: Path, rows: list[Cells], drawn: dict[str, Any], encoding: str = "utf-8") -> Path:
    """A map that says everything, a line for each place."""
    shapes = list(drawn.values())
    lines = [
        json.dumps({"type": "Feature", "properties": one, "geometry": shape}, ensure_ascii=False)
        for one, shape in zip(properties(rows), shapes, strict=True)
    ]
    path.write_text('{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}", encoding)
    return path


def bent(one: Bend) -> dict[str, Any]:
    """The map with one boundary broken."""
    drawn = deepcopy(DRAWN)
    ring = drawn[one.at]["coordinates"][0]
    drawn[one.at]["coordinates"] = one.bend(ring, drawn[LEAVES[0]]["coordinates"])
    return drawn


Files = tuple[list[Path], str, str]
"""Files, what must be said, and where."""


def line_of(code: str, extra: int = 2) -> int:
    return next(at for at, row in enumerate(ROWS, extra) if row["编码"] == code)


def broken_tables(folder: Path) -> Iterator[Files]:
    """Each broken cell in each kind of file."""
    for at, one in enumerate(CELLS):
        rows, where = with_cells(one), one.at
        if one.name == "child of a closed one":
            where = "SY010101"
        spot = f" 第 {line_of(where)} 行："
        name = f"t{at}"
        yield [write_csv(folder / f"{name}.csv", rows)], one.said, f"{name}.csv{spot}"
        yield [write_xlsx(folder / f"{name}.xlsx", rows)], one.said, f"{name}.xlsx{spot}"
        encoding = "gb18030" if one.name == "unseen sign" else ("gbk", "utf-8")[at % 2]
        table = write_csv(folder / f"{name}b.csv", rows, encoding)
        yield [table, write_geojson(folder / f"{name}b.geojson", DRAWN)], one.said, f"{name}b.csv{spot}"
        map_ = features(folder / f"{name}c.json", rows, DRAWN, ("utf-8", "utf-8-sig")[at % 2])
        yield [map_], one.said, f"{name}c.json 第 {line_of(where, 1)} 个要素（第 {line_of(where)} 行）："


def broken_maps(folder: Path) -> Iterator[Files]:
    """Each broken boundary beside a table, and in a map that says everything."""
    for at, one in enumerate(BENDS):
        spot = f"第 {line_of(one.at, 1)} 个要素（第 {line_of(one.at)} 行）："
        table = write_csv(folder / f"m{at}.csv", ROWS)
        yield [table, write_geojson(folder / f"m{at}.geojson", bent(one))], one.said, f"m{at}.geojson {spot}"
        yield [features(folder / f"m{at}b.json", ROWS, bent(one))], one.said, f"m{at}b.json {spot}"


def put(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def broken_files(folder: Path) -> Iterator[Files]:
    """Files that are broken as a whole."""
    table = write_csv(folder / "good.csv", ROWS, "utf-8").read_bytes().decode()
    text = write_geojson(folder / "good.geojson", DRAWN).read_text("utf-8")
    head, rest = table.split("\r\n", 1)
    book = write_xlsx(folder / "good.xlsx", ROWS).read_bytes()
    tables: dict[str, tuple[str | bytes, str, str]] = {
        "missing.csv": (head.replace("层级", "别名2") + "\r\n" + rest, "缺少“层级”这一列", ""),
        "unknown.csv": (head.replace("户数", "人数") + "\r\n" + rest, "不认识的列名“人数”", " 第 1 行："),
        "double.csv": (head.replace("党小组", "name") + "\r\n" + rest, "列名“name”重复了", " 第 1 行："),
        "empty.csv": ("", "文件是空的", "："),
        "headings.csv": (head, "文件是空的", "："),
        "utf16.csv": (table.encode("utf-16"), "看不懂文件的编码", "："),
        "utf32.csv": (table.encode("utf-32"), "看不懂文件的编码", "："),
        "picture.csv": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "看不懂文件的编码", "："),
        "quote.csv": (table.replace("第SY-1镇", '"第SY-1镇'), "引号不成对", "："),
        "cut.xlsx": (book[: len(book) // 2], "不是 xlsx 文件", "："),
        "none.xlsx": (b"", "不是 xlsx 文件", "："),
        "text.xlsx": (table, "不是 xlsx 文件", "："),
        "table.txt": (table, "看不懂这种文件", "："),
        "shapes.shp": (b"\0\0\x27\x0a", "看不懂这种文件", "："),
        "utf16.geojson": (text.encode("utf-16"), "看不懂文件的编码", "："),
        "empty.geojson": ("", "JSON 在这里断了", " 第 1 行："),
        "cut.geojson": (text[: len(text) // 2], "JSON 在这里断了", " 第 "),
        "comma.geojson": (text.replace("},\n", "}\n", 1), "JSON 在这里断了", " 第 3 行："),
        "more.geojson": (text + "{}", "JSON 在这里断了", " 第 "),
        "deep.geojson": ("[" * 100_000, "不是 GeoJSON", "："),
        "deeper.geojson": ('{"a":' * 100_000, "JSON 在这里断了", ""),
        "list.geojson": ("[]", "不是 GeoJSON", "："),
        "kind.geojson": (text.replace("FeatureCollection", "Topology"), "不是 GeoJSON", "："),
        "none.geojson": ('{"type": "FeatureCollection", "features": []}', "没有要素", "："),
        "crs.geojson": (
            text.replace('"features"', '"crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}, "features"'),
            "坐标系不是 WGS84",
            " 第 1 行：",
        ),
        "point.geojson": (text.replace("Polygon", "Point", 1), "不是“Point”", " 第 1 个要素（第 2 行）："),
        "feature.geojson": (text.replace('"Feature"', '"Thing"', 1), "这一个不是 Feature", " 第 1 个要素（第 2 行）："),
        "bare.geojson": (text.replace('"properties": {"code": "SY"}', '"properties": null', 1), "没有属性", " 第 1 个"),
        "nocode.geojson": (text.replace('"code": "SY"', '"FID": 1', 1), "没有写编码", " 第 1 个要素（第 2 行）："),
        "twice.geojson": (
            text.replace('"code": "SY"', '"code": "SY", "编码": "SY"', 1),
            "列名“编码”重复了",
            " 第 1 个要素（第 2 行）：",
        ),
        "same.geojson": (
            text.replace('"code": "SY"', '"code": "SY9", "code": "SY"', 1),
            "列名“code”重复了",
            " 第 1 个要素（第 2 行）：",
        ),
        "nobody.geojson": (text.replace('"SY0102"', '"SY0199"'), "这个边界不知道是谁的", " 第 10 个要素（第 11 行）："),
        "double.geojson": (text.replace('"SY0102"', '"SY0101"'), "编码“SY0101”重复了", " 第 10 个要素"),
        "differs.geojson": (
            text.replace('"code": "SY01"', '"code": "SY01", "name": "西镇"'),
            "和表格第 3 行写的不一样",
            " 第 2 个要素（第 3 行）：",
        ),
    }
    for name, (content, said, where) in tables.items():
        beside = [put(folder / "beside.csv", table)] if name.endswith("json") else []
        yield [*beside, put(folder / name, content)], said, f"{name}{where}"


def written_by_accident(folder: Path) -> Iterator[Files]:
    """Files as mail and faulty sticks make them: signs lost, doubled and turned. Something is said of each."""
    random = Random(3)
    for number in range(12):
        kind = ("csv", "geojson", "xlsx")[number % 3]
        good = {"csv": folder / "good.csv", "geojson": folder / "good.geojson", "xlsx": folder / "good.xlsx"}[kind]
        content = bytearray(good.read_bytes())
        for _ in range(4):
            begin = random.randrange(len(content) // 2)
            del content[begin : begin + random.randint(20, 60)]
        yield [put(folder / f"hurt{number}.{kind}", bytes(content))], "", f"hurt{number}.{kind}"


def print_of(folder: Path) -> str:
    """Everything that stands in the database, as one number."""
    if address_of(folder) is not None:
        rows = " union all ".join(f'select t::text as row from "{table.name}" t' for table in TABLES)
        return asked(folder, f"select md5(string_agg(row, ' ' order by row)) from ({rows}) every")[0][0]
    with sqlite3.connect(next(folder.glob("*.db"))) as base:
        return hashlib.sha256("\n".join(base.iterdump()).encode()).hexdigest()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, template: Path) -> Path:
    """A data folder with the demo district in it, for all of them: none changes it."""
    return installed(tmp_path_factory.mktemp("broken") / "data", template)


def test_the_unbroken_district_is_fine(folder: Path, tmp_path: Path) -> None:
    before = print_of(folder)
    for files in (
        [write_csv(tmp_path / "a.csv", ROWS), write_geojson(tmp_path / "a.geojson", DRAWN)],
        [features(tmp_path / "b.json", ROWS, DRAWN)],
        [write_xlsx(tmp_path / "c.xlsx", ROWS)],
    ):
        said = runs(folder, "grid", "import", *files)
        assert (said.exit_code, "新增 31 个" in said.output) == (0, True), said.output
    assert print_of(folder) == before


def test_two_hundred_broken_files_are_told_at_the_right_place_and_change_nothing(folder: Path, tmp_path: Path) -> None:
    before, told, wrong = print_of(folder), 0, list[str]()
    for make in (broken_tables, broken_maps, broken_files, written_by_accident):
        for files, said, where in make(tmp_path):
            heard = runs(folder, "grid", "import", *files, "--apply")
            told += 1
            lines = heard.output.splitlines()
            if heard.exit_code != 1 or not isinstance(heard.exception, SystemExit):
                wrong.append(f"{files}: {heard.exit_code} {heard.exception!r} {heard.output[-300:]}")
            elif not any(where in line and said in line for line in lines) or "什么也没有改" not in lines[-1]:
                wrong.append(f"{files}: not {where}{said} but {heard.output[:300]}")
    assert wrong == []
    assert told >= 200
    assert print_of(folder) == before
