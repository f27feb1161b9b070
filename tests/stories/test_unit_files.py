"""The units come from a table, and go into one; what a community's list names is sent to it at once."""

from pathlib import Path

import pytest

from storage.seals import make_keys
from tests.databases import asked
from tests.stories.office import LAMP, reports
from tests.stories.register import beside, runs, written
from tests.town import Town

HEADINGS = ("编码", "名称", "类型", "级别", "上级编码", "网格编码", "事项")


def table(path: Path, *rows: tuple[str, ...]) -> Path:
    return written(path, *rows, headings=HEADINGS)


def test_new_units_are_entered_with_what_is_above_them_wherever_they_stand_in_the_file(
    folder: Path, tmp_path: Path
) -> None:
    file = table(
        tmp_path / "u.csv",
        ("gang", "丁岗环卫所", "环卫", "镇街", "clean", "DX01", "F01；F02"),
        ("clean", "区环卫处", "sanitation", "区", "centre", "DX", ""),
    )
    before = asked(folder, "select count(*) from units")[0][0]
    assert "新增 2 个单位，更新 0 个，0 个没有变化" in runs(folder, "units", "import", file).output
    assert asked(folder, "select count(*) from units")[0][0] == before
    said = runs(folder, "units", "import", file, "--apply")
    assert "/bind" in said.output, said.output
    row = asked(folder, "select kind, level, parent_id, cast(matters as text) from units where code = 'gang'")[0]
    assert row[:2] == ("sanitation", "town")
    assert asked(folder, f"select code from units where id = {row[2]}") == [("clean",)]
    assert row[3] == '["F01","F02"]'
    assert "新增 0 个单位，更新 0 个，2 个没有变化" in runs(folder, "units", "import", file, "--apply").output


def test_the_words_of_an_office_are_understood_for_kinds_and_between_matters(folder: Path, tmp_path: Path) -> None:
    file = table(tmp_path / "u.csv", ("bj", "滨江社区", "社区", "村社区", "", "", "F01、F02，A07"))
    said = runs(folder, "units", "import", file, "--apply")
    assert said.exit_code == 0, said.output
    assert asked(folder, "select kind, cast(matters as text) from units where code = 'bj'") == [
        ("community", '["F01","F02","A07"]')
    ]


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_an_export_is_read_again_without_a_change(folder: Path, tmp_path: Path, name: str) -> None:
    before = asked(folder, "select * from units")
    assert "已导出 5 行" in runs(folder, "units", "export", tmp_path / name).output
    said = runs(folder, "units", "import", tmp_path / name, "--apply", language="en")
    assert "0 new units, 0 changed, 5 as they were" in said.output
    assert asked(folder, "select * from units") == before


WRONG = {
    "第 2 行：没有写编码": ("", "甲", "town", "镇街"),
    "第 2 行：编码“环卫”不对": ("环卫", "甲", "town", "镇街"),
    "第 2 行：没有写名称": ("x", "", "town", "镇街"),
    "第 2 行：“" + "长" * 41 + "”太长": ("x", "长" * 41, "town", "镇街"),
    "第 2 行：没有写类型": ("x", "甲", "", "镇街"),
    "第 2 行：不认识的单位类型“皇宫”": ("x", "甲", "皇宫", "镇街"),
    "第 2 行：级别“国家”不对": ("x", "甲", "town", "国家"),
    "第 2 行：没有编码为“nobody”的上级单位": ("x", "甲", "town", "镇街", "nobody"),
    "第 2 行：上级单位“xinmao”的级别比它低": ("x", "甲", "town", "镇街", "xinmao"),
    "第 2 行：x 绕了一圈": ("x", "甲", "town", "镇街", "x"),
    "第 2 行：“centre”是唯一的指挥中心，改了就没有人研判": ("centre", "区指挥中心", "水务", "区"),
    "第 2 行：“centre”下面的单位“fire”级别比它高": ("centre", "区指挥中心", "指挥中心", "镇街"),
    "第 2 行：没有编码为“XX9”的网格": ("x", "甲", "town", "镇街", "", "XX9"),
    "第 2 行：事项清单里没有“Z99”": ("x", "甲", "town", "镇街", "", "", "H01a；Z99"),
}


@pytest.mark.parametrize(("said", "row"), WRONG.items(), ids=range(len(WRONG)))
def test_a_mistake_is_told_with_its_line_and_nothing_is_entered(
    folder: Path, tmp_path: Path, said: str, row: tuple[str, ...]
) -> None:
    before = asked(folder, "select * from units")
    file = table(tmp_path / "u.csv", row, ("good", "区水务局", "water", "区", "centre"))
    told = runs(folder, "units", "import", file, "--apply")
    assert told.exit_code == 1
    assert f"u.csv {said}" in told.output
    assert "什么也没有改" in told.output
    assert asked(folder, "select * from units") == before


def test_a_code_that_is_there_twice_and_a_circle_of_two_are_found(folder: Path, tmp_path: Path) -> None:
    rows = (("a", "甲", "town", "镇街", "b"), ("b", "乙", "town", "镇街", "a"), ("a", "丙", "town", "镇街"))
    told = runs(folder, "units", "import", table(tmp_path / "u.csv", *rows)).output
    assert "第 4 行：编码“a”重复了，第 2 行" in told
    assert "第 2 行：a 绕了一圈" in told
    assert "第 3 行：b 绕了一圈" in told


def test_two_units_of_one_name_are_warned_of_and_only_new_ones_need_a_group(folder: Path, tmp_path: Path) -> None:
    file = table(tmp_path / "u.csv", ("second", "新茂社区", "community", "村社区"))
    said = runs(folder, "units", "import", file, "--apply")
    assert said.exit_code == 0 and "第 2 行：单位“新茂社区”和编码为“xinmao”的重名" in said.output
    file = table(tmp_path / "u.csv", ("second", "新茂第二社区", "community", "村社区"))
    assert "/bind" in said.output and "/bind" not in runs(folder, "units", "import", file, "--apply").output


def test_an_installation_without_a_centre_is_told_so(tmp_path: Path) -> None:
    make_keys(tmp_path / "new" / "keys")
    file = table(tmp_path / "u.csv", ("x", "区水务局", "water", "区"))
    assert "还没有指挥中心" in runs(tmp_path / "new", "units", "import", file, "--apply").output


async def test_the_list_of_a_community_decides_what_is_sent_to_it_at_once(town: Town, tmp_path: Path) -> None:
    await reports(town, LAMP, "一号灯不亮")
    assert await town.community_group.sees("一号灯不亮")
    other = table(tmp_path / "u.csv", ("xinmao", "新茂社区", "community", "村社区", "town", "DX0101", "J01"))
    said = await beside(town, "units", "import", other, "--apply")
    assert "更新 1 个" in said.output, said.output
    await town.passes(minutes=1)
    await reports(town, LAMP, "二号灯不亮")
    assert not await town.community_group.sees("二号灯不亮")
    assert await town.centre_group.sees("二号灯不亮")
