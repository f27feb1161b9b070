"""The figures of understanding, the command that prints them, and a matter that nobody has learned."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cases.catalogue_file import SHIPPED, load
from bot.cases.placing import Place
from bot.cases.trial import Labelled, right_place
from bot.cli import main
from bot.lab.train import REPORTS

NEW = """
[[matter]]
code = "G77"
name = "共享充电宝坏"
name_en = "Power bank broken"
level = "community"
colour = "none"
visibility = "P"
lead = "community"
finish = "7 d"
words = ["充电宝:9"]
"""


def test_the_shipped_weights_hold_their_figures() -> None:
    run = CliRunner().invoke(main, ["triage-eval", str(REPORTS), "--json"])
    figures = json.loads(run.output)

    assert run.exit_code == 0
    assert figures["n"] == 240
    assert figures["matter_top1"] >= 0.9
    assert figures["matter_top3"] >= 0.95
    assert figures["danger_recall"] >= 0.98
    assert figures["danger_false_alarm"] <= 0.03
    assert figures["place_found"] >= 0.9


def test_the_table_tells_what_was_taken_for_what(tmp_path: Path) -> None:
    report: dict[str, object] = {"text": "路灯不亮", "matter": "G01", "also": [], "danger_now": True, "place": None}
    (tmp_path / "reports.jsonl").write_text(json.dumps(report), encoding="utf-8")
    run = CliRunner().invoke(main, ["triage-eval", str(tmp_path / "reports.jsonl")])

    assert "G01 -> H01" in run.output
    assert "路灯不亮" in run.output.split("danger missed")[1]


def test_a_line_that_is_no_report_is_named(tmp_path: Path) -> None:
    (tmp_path / "reports.jsonl").write_text('{"text": "路灯不亮"}\n', encoding="utf-8")
    run = CliRunner().invoke(main, ["triage-eval", str(tmp_path / "reports.jsonl")])

    assert run.exit_code == 1
    assert "reports.jsonl:1: not a labelled report" in run.output


@pytest.mark.parametrize(
    ("start", "end", "right"),
    [(0, 6, True), (0, 4, False), (2, 6, False), (1, 6, True), (0, 12, True), (0, 13, False)],
)
def test_a_place_is_right_if_it_is_mostly_the_one_that_is_meant(start: int, end: int, right: bool) -> None:
    text = "新港小区3栋楼下路灯不亮很久了"
    report = Labelled(text, frozenset({"H01"}), "H01", False, "新港小区3栋")

    assert right_place(report, Place(start, end, text[start:end])) is right


def test_a_matter_a_district_adds_is_suggested_by_its_words_alone(tmp_path: Path) -> None:
    file = tmp_path / "matters.toml"
    file.write_text(SHIPPED.read_text(encoding="utf-8") + NEW, encoding="utf-8")
    best = load(file).guesses("小区门口的充电宝坏了借不出来")[0]

    assert best.matter.code == "G77"
    assert best.words == ("充电宝",)
