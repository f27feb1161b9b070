"""The grid comes from a table and a map, and goes into them: all or nothing, each mistake with its place."""

import json
from pathlib import Path
from typing import Any

from bot.cases.grid_file import places_of
from bot.cases.sheet import Row
from bot.desk.grid_files import compare, enter
from storage import grid
from storage.seals import make_keys
from tests.databases import asked
from tests.stories.district import Cells, district, write_csv, write_geojson
from tests.stories.register import beside, runs
from tests.town import Town


def count(folder: Path) -> int:
    """How many places there are."""
    return asked(folder, "select count(*) from nodes")[0][0]


def both(folder: Path, rows: list[Cells], drawn: dict[str, Any]) -> tuple[Path, Path]:
    """The district as two files."""
    return write_csv(folder / "g.csv", rows), write_geojson(folder / "g.geojson", drawn)


def changed(rows: list[Cells], code: str, **cells: str) -> list[Cells]:
    """The table with other cells in one row."""
    return [{**row, **cells} if row["编码"] == code else row for row in rows]


def test_a_dry_run_changes_nothing_and_applying_it_enters_the_whole_tree(folder: Path, tmp_path: Path) -> None:
    files = both(tmp_path, *district(2, 2, 2, 2))
    before = count(folder)
    said = runs(folder, "grid", "import", *files)
    assert said.exit_code == 0, said.output
    assert "新增 31 个，更新 0 个（其中停用 0 个），0 个没有变化" in said.output
    assert "试运行" in said.output
    assert count(folder) == before
    assert "已写入" in runs(folder, "grid", "import", *files, "--apply").output
    assert count(folder) == before + 31
    way = asked(folder, "select id, path, parent_id, depth, households from nodes where code = 'SY02010201'")[0]
    above = asked(folder, f"select path from nodes where id = {way[2]}")[0][0]
    assert (way[1], way[3:]) == (f"{above}{way[0]}/", (5, 30))
    assert above.count("/") == 5


def test_an_export_is_read_again_without_a_change(folder: Path, tmp_path: Path) -> None:
    rows, drawn = district(2, 2, 2)
    rows = changed(rows, "SY0101", 别名="一村；老一村", 地址="一村路1号；一村路2号", 户数="300", 党小组="第一党小组")
    rows = changed(rows, "SY0102", 纬度="32.1", 经度="120.5", 生效日期="2026-01-02")
    runs(folder, "grid", "import", *both(tmp_path, rows, drawn), "--apply")
    before = asked(folder, "select * from nodes")
    for names in (["out"], ["a.xlsx", "b.geojson"]):
        into = [tmp_path / name for name in names]
        assert runs(folder, "grid", "export", *into).exit_code == 0
        files = list(into[0].iterdir()) if into[0].is_dir() else into
        said = runs(folder, "grid", "import", *files, "--apply")
        assert "新增 0 个，更新 0 个（其中停用 0 个）" in said.output, said.output
    assert asked(folder, "select * from nodes") == before
    for name in ("once", "twice"):
        make_keys(tmp_path / name / "keys")
        said = runs(tmp_path / name, "grid", "import", *(tmp_path / "out").iterdir(), "--apply")
        assert said.exit_code == 0, said.output
        assert runs(tmp_path / name, "grid", "export", tmp_path / f"of {name}").exit_code == 0
    for name in ("grid.csv", "grid.geojson"):
        assert (tmp_path / "of once" / name).read_bytes() == (tmp_path / "of twice" / name).read_bytes()


def test_a_map_alone_may_say_everything(folder: Path, tmp_path: Path) -> None:
    rows, drawn = district(2, 2)
    more: dict[str, Any] = {
        row["编码"]: {"name": row["名称"], "level": row["层级"], "parent": row["上级编码"]} for row in rows
    }
    more["SY01"] |= {"aliases": ["东镇", "老东镇"], "households": 1200.0, "FID": 7}
    said = runs(folder, "grid", "import", write_geojson(tmp_path / "all.json", drawn, more), "--apply", language="en")
    assert "7 new, 0 changed" in said.output, said.output
    assert "Note all.json feature 2 (line 3): The property “FID” is unknown" in said.output
    assert asked(folder, "select households, cast(aliases as text) from nodes where code = 'SY01'") == [
        (1200, '["东镇","老东镇"]')
    ]


def test_the_file_wins_for_what_it_names_and_the_rest_stays(folder: Path, tmp_path: Path) -> None:
    rows, drawn = district(2)
    runs(folder, "grid", "import", *both(tmp_path, changed(rows, "SY01", 别名="东镇", 户数="9"), drawn), "--apply")
    some = [{"编码": "SY01", "名称": "新东镇", "层级": "2", "上级编码": "SY", "户数": ""}]
    said = runs(folder, "grid", "import", write_csv(tmp_path / "some.csv", some), "--apply")
    assert "更新 1 个" in said.output, said.output
    found = asked(
        folder, "select name, cast(aliases as text), households, boundary is not null from nodes where code = 'SY01'"
    )
    assert found == [("新东镇", '["东镇"]', None, 1)]


def test_a_place_is_neither_moved_nor_taken_from_those_who_need_it(folder: Path, tmp_path: Path) -> None:
    def said(**cells: str) -> str:
        row = {"编码": "DX010101", "名称": "新港小区", "层级": "小组", "上级编码": "DX0101", **cells}
        told = runs(folder, "grid", "import", write_csv(tmp_path / "a.csv", [row]), "--apply")
        assert told.exit_code == 1
        return told.output

    before = asked(folder, "select * from nodes")
    assert "DX010101 现在的上级是“DX0101”，导入不能换上级" in said(上级编码="DX0102")
    assert "下面还有 3 个没停用的（如 DX01010101）" in said(停用日期="2026-01-01")
    assert "层级是楼栋，上级却是村社区" in said(层级="5")
    last = said(编码="DX01010103", 层级="5", 上级编码="DX010101", 停用日期="2026-01-01")
    assert "DX01010103 还有人和事（在办案件 / 职责 / 单位：0 / " in last
    assert asked(folder, "select * from nodes") == before


def test_what_nobody_needs_is_closed_and_stays_closed(folder: Path, tmp_path: Path) -> None:
    rows, drawn = district(2, 2)
    rows = changed(rows, "SY0102", 生效日期="2026-01-02")
    runs(folder, "grid", "import", *both(tmp_path, rows, drawn), "--apply")
    early = write_csv(tmp_path / "a.csv", changed(rows, "SY0102", 停用日期="2026-01-01"))
    assert "停用日期 2026-01-01 早于生效日期 2026-01-02" in runs(folder, "grid", "import", early).output
    closed = changed(rows, "SY0102", 停用日期="2026-03-01")
    said = runs(folder, "grid", "import", write_csv(tmp_path / "b.csv", closed), "--apply")
    assert "更新 1 个（其中停用 1 个）" in said.output, said.output
    assert "SY01 的下级没有盖满它" in said.output
    assert "SY0102 已经停用，不能再启用" in runs(folder, "grid", "import", tmp_path / "g.csv", "--apply").output
    runs(folder, "grid", "export", tmp_path / "out")
    assert "更新 0 个" in runs(folder, "grid", "import", *(tmp_path / "out").iterdir()).output


def test_doubts_are_told_and_do_not_hinder(folder: Path, tmp_path: Path) -> None:
    rows, drawn = district(2, 2, 2, 2)
    rows = changed(changed(rows, "SY01010101", 户数="36"), "SY01010102", 户数="51")
    del drawn["SY02020202"]
    said = runs(folder, "grid", "import", *both(tmp_path, rows, drawn))
    assert said.exit_code == 0
    for words in ("有 36 户，超过 35", "有 51 户，超过 50", "没有边界也没有地址", "SY020202 的下级没有盖满它，空着"):
        assert words in said.output
    assert "50.0%" in said.output
    assert "共 4 处要注意" in said.output


async def test_a_running_bot_knows_the_new_places_at_once(town: Town, tmp_path: Path) -> None:
    await town.resident.sends("路灯不亮")
    rows, drawn = district(2, 2)
    rows = changed(rows, "SY0101", 名称="平昌社区", 地址="平昌新城")
    said = await beside(town, "grid", "import", *both(tmp_path, rows, drawn), "--apply")
    assert said.exit_code == 0, said.output
    (west, south), _, (east, north) = drawn["SY0101"]["coordinates"][0][:3]
    await town.neighbour.sends("/mygrid")
    await town.neighbour.shares_location((south + north) / 2, (west + east) / 2)
    assert "平昌社区" in await town.neighbour.said(3)


async def test_what_was_compared_with_a_grid_that_has_changed_since_is_not_written(town: Town) -> None:
    row = Row(2, {"code": "DX02", "name": "西镇", "level": "2", "parent": "DX"}, "a.csv")
    now = town.app.office.clock.now()
    places, _ = places_of([row], [], now)
    plan = await town.app.at_desk(lambda desk: compare(desk, places, lambda _count: None))
    assert [one["code"] for one in plan.new] == ["DX02"]
    other = {"code": "DX03", "name": "东镇", "depth": 2, "parent_id": None}
    await town.app.at_desk(lambda desk: grid.add(desk.tx, other))
    wrong = await town.app.at_desk(lambda desk: enter(desk, plan, lambda _count: None))
    assert [one.what for one in wrong] == ["grid_changed"]
    async with town.app.database.read() as tx:
        assert await grid.by_code(tx, "DX02") is None


def test_the_map_has_a_line_for_each_place(folder: Path, tmp_path: Path) -> None:
    runs(folder, "grid", "export", tmp_path / "map.geojson")
    lines = (tmp_path / "map.geojson").read_text("utf-8").splitlines()
    assert len(lines) == asked(folder, "select count(*) from nodes where boundary is not null")[0][0] + 2
    assert json.loads(lines[1].rstrip(","))["properties"] == {"code": "DX", "name": "东乡区"}
    assert runs(folder, "grid", "export", tmp_path / "map.txt").exit_code == 2


def written_in_gbk(path: Path, *lines: str) -> Path:
    """A table as a spreadsheet program of China saves it."""
    path.write_bytes("\r\n".join(lines).encode("gbk"))
    return path


def test_the_table_of_an_office_is_read_with_its_title_its_own_headings_and_wide_digits(
    folder: Path, tmp_path: Path
) -> None:
    file = written_in_gbk(
        tmp_path / "g.csv",
        "湖西区网格统计表,,,,",
        "网格编号,网格名称,级别,上级编号,户数",
        "HX,湖西区,区,,",
        "HX01,新港镇,镇街,HX,１２０户",
    )
    assert "新增 2 个" in runs(folder, "grid", "import", file, "--apply").output
    assert asked(folder, "select name, households from nodes where code = 'HX01'") == [("新港镇", 120)]


def test_a_code_that_a_spreadsheet_cut_short_is_told_as_such(folder: Path, tmp_path: Path) -> None:
    file = written_in_gbk(tmp_path / "g.csv", "编码,名称,层级", "3.21101E+11,湖西区,区")
    assert "g.csv 第 2 行：“3.21101E+11”是表格软件改短了的数字" in runs(folder, "grid", "import", file).output


def test_addresses_with_the_wrong_sign_between_them_are_told_of(folder: Path, tmp_path: Path) -> None:
    file = written_in_gbk(tmp_path / "g.csv", "编码,名称,层级,地址", "HX,湖西区,区,滨江花园、江景苑")
    said = runs(folder, "grid", "import", file).output
    assert "第 2 行：“滨江花园、江景苑”会当成一整个。要是几个，请用；隔开。" in said


def test_what_table_and_map_say_differently_is_told_by_its_heading(folder: Path, tmp_path: Path) -> None:
    table, drawn = both(tmp_path, *district(1))
    known = json.loads(drawn.read_text("utf-8"))
    known["features"][0]["properties"]["name"] = "另一个名字"
    drawn.write_text(json.dumps(known), "utf-8")
    assert "“名称”和表格第 2 行写的不一样" in runs(folder, "grid", "import", table, drawn).output


def test_a_place_that_an_import_cannot_move_names_a_command_that_is_there(folder: Path, tmp_path: Path) -> None:
    rows, drawn = district(2, 1)
    runs(folder, "grid", "import", *both(tmp_path, rows, drawn), "--apply")
    said = runs(
        folder, "grid", "import", write_csv(tmp_path / "m.csv", changed(rows, "SY0101", 上级编码="SY02"))
    ).output
    assert "请用 yashu redraw split、merge 或 move" in said
    assert runs(folder, "redraw", "move", "--help").exit_code == 0


def test_mistakes_of_rows_and_between_rows_are_told_in_one_round(folder: Path, tmp_path: Path) -> None:
    rows, drawn = district(2, 2, 2, 2)
    broken = changed(rows, "SY01010101", 户数="三十", 上级编码="SY77")
    broken = changed(broken, "SY0201", 层级="省")
    broken = changed(broken, "SY02", 上级编码="SY99")
    said = runs(folder, "grid", "import", *both(tmp_path, broken, drawn))
    assert said.exit_code == 1
    for words in ("“三十”不是户数", "没有编码为“SY77”的上级", "不认识的层级“省”", "没有编码为“SY99”的上级"):
        assert said.output.count(words) == 1, said.output
    assert "共 4 处" in said.output, "and nothing that follows from them"
