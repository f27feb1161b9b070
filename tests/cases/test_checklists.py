"""A wrong file of checklists is refused, and every mistake is named with its line."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cases.catalogue_file import load
from bot.cases.checklists import PATROL_ROLES, SHIPPED, Days, load_checklists
from bot.cases.errors import BrokenCatalogue
from bot.cli import main

SOUND = """\
[[checklist]]
roles = ["grid_member"]
days = "workdays"

[[checklist.item]]
code = "lift"
name = "电梯"
name_en = "Lift"
matter = "A14b"
words = "巡查发现电梯有问题"

[[checklist.item]]
code = "remind"
name = "提醒"
name_en = "Reminded"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "lists.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_lists_are_sound_and_cover_everybody_who_patrols() -> None:
    read = load_checklists(SHIPPED, load().matters)
    assert set(read.by_role) == set(PATROL_ROLES)
    assert read.by_role["grid_member"].days is Days.WORKDAYS
    assert [item.name for item in read.by_role["household_head"].items][:2] == ["电梯", "燃气管道"]


@pytest.mark.parametrize(
    "old, new, line, words",
    [
        ('"grid_member"', '"grid_membr"', 2, 'did you mean "grid_member"?'),
        ('["grid_member"]', "[]", 2, "roles is empty"),
        ('"workdays"', '"sundays"', 3, "unknown"),
        ('code = "lift"', 'code = "Lift 1"', 6, "wrong form"),
        ('code = "remind"', 'code = "lift"', 13, "in this list already"),
        ('"A14b"', '"A99"', 9, "unknown"),
        ('words = "巡查发现电梯有问题"', "", 5, "words is missing"),
        ('name = "电梯"', 'name = "一个长得按钮上放不下的名字"', 7, "at most 12"),
        ('name_en = "Lift"', 'nam_en = "Lift"', 8, "did you mean"),
        ('name = "电梯"', "name = “电梯”", 7, "full-width"),
    ],
)
def test_every_mistake_has_its_line(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    path = written(tmp_path, SOUND.replace(old, new, 1))
    with pytest.raises(BrokenCatalogue) as refused:
        load_checklists(path, load().matters)
    assert any(f"lists.toml:{line}:" in one and words in one for one in str(refused.value).splitlines()), refused.value


def test_a_role_has_one_list_and_a_list_has_items(tmp_path: Path) -> None:
    twice = SOUND + SOUND.split("[[checklist.item]]")[0]
    with pytest.raises(BrokenCatalogue) as refused:
        load_checklists(written(tmp_path, twice))
    said = str(refused.value)
    assert "has a checklist already" in said and "1 to 10 items; here are 0" in said
    with pytest.raises(BrokenCatalogue, match="there is no checklist"):
        load_checklists(written(tmp_path, ""))


def test_the_command_checks_a_file(tmp_path: Path) -> None:
    fine = CliRunner().invoke(main, ["checklists", "check", str(written(tmp_path, SOUND))])
    assert (fine.exit_code, "1 张清单 2 项" in fine.output) == (0, True)
    wrong = CliRunner().invoke(main, ["checklists", "check", str(written(tmp_path, SOUND.replace("A14b", "A99")))])
    assert wrong.exit_code == 1 and "lists.toml:9:" in wrong.output
