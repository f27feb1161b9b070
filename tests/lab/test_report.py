"""Results of benches become a table, an object and charts; what is no result is refused by name."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from bot.lab.charts import GOOD, LINE, Bars, draw
from bot.lab.commands import bench
from bot.lab.report import write

STANDING = {"reports_per_s": 22.5, "p99_ms": 300.0, "keeps": "every | update"}
CONVERSATION = {
    "cpu_ratio_bare_aiogram": 2.0,
    "standings": [
        {"name": "yashu", "cpu_ratio_bare_aiogram": 2.0, "durable": True, **STANDING},
        {"name": "bare", "cpu_ratio_bare_aiogram": 1.0, "durable": False, **STANDING},
    ],
    "laps": [{"name": "yashu"}],
    "missing": {"grammY": "not installed"},
}
SOAK = {"updates": 200_000, "growth": 0.02, "resident_mb": [280.0, 281.0], "p99_ms": [200.0, 210.0], "load": None}
SOAK_MAKES = ("results.md", "results.json", "soak-resident_mb.png", "soak-p99_ms.png")
ASKED = {"my cases": [1.0, 1.2, 1.2], "a number": [1, 1, 0.9]}
QUESTIONS = {"few": 10, "many": 100, "laps": 15, "database": "sqlite", "questions": ASKED}


def kept(folder: Path, **results: object) -> list[Path]:
    for name, result in results.items():
        (folder / f"{name}.json").write_text(json.dumps(result), "utf-8")
    return [folder / f"{name}.json" for name in results]


def test_results_become_one_table_one_object_and_charts(tmp_path: Path) -> None:
    made = write(kept(tmp_path, conversation=CONVERSATION, soak=SOAK, questions=QUESTIONS), tmp_path / "out")
    assert [file.name for file in made] == [
        "results.md",
        "results.json",
        "conversation-cpu_ratio_bare_aiogram.png",
        "conversation-reports_per_s.png",
        "soak-resident_mb.png",
        "soak-p99_ms.png",
        "questions.png",
    ]
    table = made[0].read_text("utf-8").splitlines()
    parts = [line.removeprefix("## ") for line in table if line.startswith("## ")]
    assert parts == ["conversation", "soak", "questions"]
    assert "| updates | 200,000 |" in table
    assert "| resident_mb | 280.00, 281.00 |" in table
    assert "| my cases | 1.00 ms among few, 1.20 ms among many: 1.20 times |" in table
    assert "| grammY | not installed |" in table
    assert any(row.startswith("| yashu |") and r"every \| update" in row for row in table)
    assert [f"![{one.stem}]({one.name})" for one in made[2:]] == [line for line in table if line.startswith("![")]
    whole = json.loads(made[1].read_bytes())
    assert whole["soak"] == SOAK and whole["questions"] == QUESTIONS and "laps" not in whole["conversation"]
    for picture in made[2:]:
        with Image.open(picture) as image:
            image.load()
            assert image.width > 1000


def test_a_chart_shows_bars_as_long_as_their_values_and_the_line_beside_them() -> None:
    image = draw(Bars(title="比一比", unit="倍", values={"伢叔": 2.0, "bare": 1.0}, lines={"1": 1.0}, ours=["伢叔"]))
    found = {value: image.getcolors(1 << 20) or [] for value in (GOOD, LINE)}
    counts = {value: sum(many for many, colour in found[value] if colour == rgb(value)) for value in found}
    assert counts[GOOD] > 10_000, "the bar of the product"
    assert counts[LINE] > 100, "the line to compare with"


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def test_the_command_tells_what_it_made_and_what_is_wrong(tmp_path: Path) -> None:
    files = kept(tmp_path, soak=SOAK, odd=[1])
    out = tmp_path / "out"
    told = CliRunner().invoke(bench, ["report", str(files[0]), "--to", str(out)])
    assert told.exit_code == 0
    assert told.output.split() == [str(out / name) for name in SOAK_MAKES]
    refused = CliRunner().invoke(bench, ["report", *map(str, files), "--to", str(out)])
    assert refused.exit_code == 1
    assert "odd.json: no result" in refused.output


@pytest.mark.parametrize("words", ["not json", "[1]"])
def test_what_is_no_result_is_refused_by_name(tmp_path: Path, words: str) -> None:
    (tmp_path / "odd.json").write_text(words)
    with pytest.raises(ValueError, match=r"odd\.json: no .*--json"):
        write([tmp_path / "odd.json"], tmp_path / "out")
