"""The register comes from a table, and goes into one: all or nothing, each mistake with its line."""

from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from bot.cases.sheet import Row
from bot.desk.members import compare, enter
from storage import grid, members
from tests.databases import asked, told
from tests.engine.office import ask
from tests.stories.register import GRID, HEADINGS, runs, written
from tests.town import Town

BUILDING = "DX01010103"


def count(folder: Path) -> tuple[int, int]:
    """How many members and duties there are."""
    return asked(folder, "select count(*) from members")[0][0], asked(folder, "select count(*) from duties")[0][0]


def xlsx(path: Path, *rows: tuple[object, ...]) -> Path:
    """A workbook as a clerk makes it: numbers are numbers."""
    book = Workbook()
    sheet: Any = book.active
    for row in (HEADINGS, *rows):
        sheet.append(row)
    book.save(path)
    return path


def test_a_dry_run_changes_nothing_and_applying_it_enters_everybody(folder: Path, tmp_path: Path) -> None:
    file = written(
        tmp_path / "名单.csv",
        ("冯桂兰", "138 0000-1111", "网格员", GRID, "", "8:00-18:00", "是"),
        ("冯桂兰", "13800001111", "信息员", BUILDING),
        ("郭大爷", "", "楼栋长", BUILDING),
        ("马队", "05118888777", "处置人", "", "xinmao"),
    )
    before = count(folder)
    said = runs(folder, "people", "import", file)
    assert said.exit_code == 0, said.output
    assert "新增 3 人，更新 0 人，共 4 个职责" in said.output
    assert "试运行" in said.output
    assert count(folder) == before
    assert "已写入" in runs(folder, "people", "import", file, "--apply").output
    assert count(folder) == (before[0] + 3, before[1] + 4)
    row = asked(folder, "select state, phone_tail, shows_phone, hours, phone from members where name = '冯桂兰'")[0]
    assert row[:4] == ("invited", "1111", 1, "8:00-18:00")
    assert b"13800001111" not in row[4]


def test_entering_the_same_file_again_doubles_nobody(folder: Path, tmp_path: Path) -> None:
    file = written(tmp_path / "a.csv", ("冯桂兰", "13800001111", "网格员", GRID), ("郭大爷", "", "楼栋长", BUILDING))
    runs(folder, "people", "import", file, "--apply")
    before = count(folder)
    said = runs(folder, "people", "import", file, "--apply")
    assert "新增 0 人，更新 0 人" in said.output and "2 人没有变化" in said.output
    assert count(folder) == before
    moved = written(tmp_path / "b.csv", ("冯桂兰", "13800001111", "网格员", "DX010201"), headings=HEADINGS)
    assert "去掉 1 个" in runs(folder, "people", "import", moved, "--apply").output
    nodes = "select code from nodes join duties on node_id = nodes.id join members on member_id = members.id"
    assert asked(folder, f"{nodes} where members.name = '冯桂兰'") == [("DX010201",)]


def test_only_what_differs_is_written_and_told(folder: Path, tmp_path: Path) -> None:
    many = [(f"甲{n}", f"{13800000000 + n}", "网格员", GRID) for n in range(6)]
    runs(folder, "people", "import", written(tmp_path / "a.csv", *many), "--apply")
    before = asked(folder, "select * from members where name = '甲5'")
    other = [
        (*many[0], "", "8:00-18:00"),
        ("甲一", *many[1][1:]),
        ("甲2", "13900000002", "网格员", GRID),
        (*many[3][:2], "中心户", BUILDING),
        *(many[4:]),
    ]
    said = runs(folder, "people", "import", written(tmp_path / "b.csv", *other), "--apply")
    assert "新增 0 人，更新 4 人，共 6 个职责；去掉 1 个不在表里的职责；2 人没有变化" in said.output
    kept = dict(asked(folder, "select name, phone_tail || coalesce(hours, '') from members where name like '甲%'"))
    assert (kept["甲0"], kept["甲一"], kept["甲2"]) == ("00008:00-18:00", "0001", "0002")
    roles = "select role from duties join members on member_id = members.id where name = '甲3'"
    assert asked(folder, roles) == [("household_head",)]
    assert asked(folder, "select * from members where name = '甲5'") == before
    left = "update members set state = 'left' where name = '甲5'"
    told(folder, left)
    assert "更新 1 人" in runs(folder, "people", "import", tmp_path / "b.csv", "--apply").output
    assert asked(folder, "select state from members where name = '甲5'") == [("invited",)]
    until = written(tmp_path / "c.csv", (*many[4], "2099-01-01", "1"), headings=(*HEADINGS[:4], "有效期", "值班顺序"))
    assert "更新 1 人" in runs(folder, "people", "import", until, "--apply").output
    assert "更新 0 人" in runs(folder, "people", "import", until, "--apply").output


async def test_what_was_compared_with_a_register_that_has_changed_since_is_not_written(town: Town) -> None:
    place = await town.app.at_desk(lambda desk: grid.by_code(desk.tx, GRID))
    assert place is not None
    rows = [Row(2, {"name": "冯桂兰", "phone": "13800001111", "role": "网格员", "node": GRID})]
    plan = await town.app.at_desk(lambda desk: compare(desk, rows))
    await town.app.at_desk(lambda desk: members.add(desk.tx, [{"name": "郭大爷"}]))
    wrong = await town.app.at_desk(lambda desk: enter(desk, plan, lambda _count: None))
    assert [one.what for one in wrong] == ["register_changed"]
    assert ask(town, "select count(*) from members where name = '冯桂兰'") == [(0,)]


def test_whoever_works_already_keeps_their_chat_and_gets_what_is_new(folder: Path, tmp_path: Path) -> None:
    file = written(
        tmp_path / "a.csv", ("钱丽", "13900002222", "网格员", GRID), ("钱丽", "13900002222", "信息员", BUILDING)
    )
    assert "新增 0 人，更新 1 人" in runs(folder, "people", "import", file, "--apply").output
    roles = "select role, duties.person_id is not null from duties join members on member_id = members.id"
    assert asked(folder, f"{roles} where name = '钱丽' order by role") == [("grid_member", 1), ("informer", 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_both_encodings_are_read(folder: Path, tmp_path: Path, encoding: str) -> None:
    file = written(tmp_path / "a.csv", ("冯桂兰", "13800001111", "网格员", GRID), encoding=encoding)
    assert "新增 1 人" in runs(folder, "people", "import", file).output


def test_a_workbook_with_numbers_for_telephones_is_read(folder: Path, tmp_path: Path) -> None:
    file = xlsx(tmp_path / "a.xlsx", ("冯桂兰", 13800001111, "网格员", GRID), (None,) * 3, ("甲", None, "管理员"))
    assert "新增 2 人" in runs(folder, "people", "import", file, "--apply").output
    assert asked(folder, "select phone_tail from members where name = '冯桂兰'") == [("1111",)]


def test_a_formula_nobody_has_reckoned_is_an_empty_cell(folder: Path, tmp_path: Path) -> None:
    said = runs(folder, "people", "import", xlsx(tmp_path / "a.xlsx", (None,) * 3, ("=1+1", None, "管理员")))
    assert "第 3 行：没有写姓名" in said.output


WRONG = {
    "第 2 行：没有写姓名": ("", "", "网格员", GRID),
    "第 2 行：不认识的角色“皇帝”": ("甲", "", "皇帝", GRID),
    "第 2 行：没有编码为“XX9”的网格": ("甲", "", "网格员", "XX9"),
    "第 2 行：“网格员”要写网格编码": ("甲", "", "网格员", ""),
    "第 2 行：“处置人”要写单位编码": ("甲", "", "处置人", GRID),
    "第 2 行：没有编码为“nobody”的单位": ("甲", "", "处置人", "", "nobody"),
    "第 2 行：电话“12ab”不对": ("甲", "12ab", "网格员", GRID),
    "第 2 行：“1.38E+10”是表格软件改短了的数字": ("甲", "1.38E+10", "网格员", GRID),
    "第 2 行：不认识的角色“网格员、中心户”，一行写一个": ("甲", "", "网格员、中心户", GRID),
    "第 2 行：公开电话写“是”或“否”": ("甲", "", "网格员", GRID, "", "", "也许"),
}


@pytest.mark.parametrize(("said", "row"), WRONG.items(), ids=range(len(WRONG)))
def test_a_mistake_is_told_with_its_line_and_nothing_is_entered(
    folder: Path, tmp_path: Path, said: str, row: tuple[str, ...]
) -> None:
    before = count(folder)
    file = written(tmp_path / "a.csv", row, ("冯桂兰", "13800001111", "网格员", GRID))
    told = runs(folder, "people", "import", file, "--apply")
    assert told.exit_code == 1
    assert said in told.output
    assert "什么也没有改" in told.output
    assert count(folder) == before


def test_mistakes_between_lines_are_found(folder: Path, tmp_path: Path) -> None:
    file = written(
        tmp_path / "a.csv",
        ("冯桂兰", "13800001111", "网格员", GRID),
        ("马队", "13800001111", "网格员", GRID),
        ("冯桂兰", "13800001111", "网格员", GRID),
    )
    told = runs(folder, "people", "import", file, language="en").output
    assert "Line 3: This telephone is 冯桂兰's further up." in told
    assert "Line 4: This duty of 冯桂兰 is there twice." in told


def test_days_are_understood_and_past_ones_refused(folder: Path, tmp_path: Path) -> None:
    headings = ("姓名", "角色", "网格编码", "有效期", "值班顺序", "标签")
    good = written(
        tmp_path / "a.csv", ("甲", "网格员", GRID, "2199年12月31日", "副职", "党员、退役"), headings=headings
    )
    assert "新增 1 人" in runs(folder, "people", "import", good, "--apply").output
    assert asked(folder, "select rank from duties join members on member_id = members.id where name = '甲'") == [(1,)]
    bad = written(
        tmp_path / "b.csv",
        ("乙", "网格员", GRID, "2001-01-01", ""),
        ("丙", "网格员", GRID, "2027-02-30", ""),
        ("丁", "网格员", GRID, "", "第五"),
        headings=headings,
    )
    told = runs(folder, "people", "import", bad).output
    assert "第 2 行：有效期“2001-01-01”已经过了" in told
    assert "第 3 行：有效期“2027-02-30”看不懂" in told
    assert "第 4 行：值班顺序“第五”不对" in told


BROKEN = {
    "编码": b"\xff\xfe\x00\x81name",
    "文件是空的": b"",
    "引号不成对": '姓名,角色\n"甲,网格员\n'.encode(),
    "缺少“角色”": "姓名\n甲\n".encode(),
    "不认识的列名“生肖”": "姓名,角色,生肖\n甲,网格员,鼠\n".encode(),
    "列名“name”重复": "姓名,角色,name\n甲,网格员,乙\n".encode(),
}


@pytest.mark.parametrize(("said", "content"), BROKEN.items(), ids=range(len(BROKEN)))
def test_a_broken_file_is_told_plainly(folder: Path, tmp_path: Path, said: str, content: bytes) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(content)
    told = runs(folder, "people", "import", file, "--apply")
    assert told.exit_code == 1
    assert said in told.output


@pytest.mark.parametrize("content", [b"PK\x03\x04 no", b"", b"\x00" * 2000])
def test_what_is_no_workbook_is_told_plainly(folder: Path, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(content)
    told = runs(folder, "people", "import", file)
    assert (told.exit_code, "不是 xlsx" in told.output) == (1, True)


def test_the_export_is_read_again_and_holds_no_formula(folder: Path, tmp_path: Path) -> None:
    file = written(tmp_path / "a.csv", ("=1+1", "13800001111", "网格员", GRID, "", "@早上", "是"))
    runs(folder, "people", "import", file, "--apply")
    out = tmp_path / "out.xlsx"
    said = runs(folder, "people", "export", out)
    assert "妥善保管" in said.output
    assert out.stat().st_mode & 0o077 == 0
    sheet: Any = load_workbook(out).active
    rows = list(sheet.iter_rows())
    assert all(cell.data_type in {"s", "n"} for row in rows for cell in row)
    told = [tuple(cell.value for cell in row) for row in rows]
    assert told[-1][:4] == ("=1+1", "13800001111", "网格员", GRID)
    before = count(folder)
    again = runs(folder, "people", "import", out, "--apply")
    assert again.exit_code == 0, again.output
    assert "新增 0 人" in again.output
    assert count(folder) == before
    assert runs(folder, "people", "export", tmp_path / "out.txt").exit_code == 2


def test_ten_thousand_are_entered_at_once(folder: Path, tmp_path: Path) -> None:
    file = written(tmp_path / "a.csv", *((f"甲{n}", f"{13800000000 + n}", "网格员", GRID) for n in range(10_000)))
    assert "新增 10000 人" in runs(folder, "people", "import", file, "--apply").output
    assert asked(folder, "select count(*) from members where name like '甲%'") == [(10_000,)]


def _broken(random: Random) -> bytes:
    """A good file with something wrong in it, as files come from people and from mail."""
    good = "姓名,电话,角色,网格编码\n冯桂兰,13800001111,网格员,DX010101\n马队,13800002222,中心户,DX01010103\n"
    content = bytearray(good.encode(random.choice(["utf-8", "gbk", "utf-16", "utf-8-sig"])))
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(content))
        deed = random.choice(["flip", "cut", "quote", "null", "double", "swap"])
        if deed == "flip":
            content[at] ^= 1 << random.randrange(8)
        elif deed == "cut":
            del content[at : at + random.randint(1, 9)]
        elif deed == "double":
            content[at:at] = content[at : at + 30]
        else:
            content[at:at] = {"quote": b'"', "null": b"\0", "swap": b";\t,"}[deed]
    return bytes(content)


def test_two_hundred_broken_files_give_words_and_change_nothing(folder: Path, tmp_path: Path) -> None:
    random, before, refused = Random(261125), asked(folder, "select * from members"), 0
    for n in range(200):
        file = tmp_path / f"broken{n}.{'xlsx' if n % 10 == 0 else 'csv'}"
        file.write_bytes(_broken(random))
        said = runs(folder, "people", "import", file)
        assert said.exception is None or isinstance(said.exception, SystemExit), (n, said.exception)
        assert said.exit_code in {0, 1}
        assert said.output.strip()
        refused += said.exit_code
    assert refused > 150
    assert asked(folder, "select * from members") == before
