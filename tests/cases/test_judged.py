"""Danger in sentences that nothing was learned from: found, and not imagined; and the advice that fits."""

from pathlib import Path

import pytest

from bot.cases.catalogue_file import load

JUDGED = Path(__file__).parents[2] / "bot" / "lab" / "judged" / "danger.txt"
CATALOGUE = load()


def _heard(mark: str) -> list[bool]:
    lines = JUDGED.read_text(encoding="utf-8").splitlines()
    return [CATALOGUE.danger(line[2:]) is not None for line in lines if line.startswith(mark)]


def test_danger_is_found_in_95_of_100_sentences_never_seen() -> None:
    found = _heard("! ")
    assert len(found) > 200
    assert sum(found) / len(found) >= 0.95


def test_everyday_sentences_are_no_danger() -> None:
    imagined = _heard("- ")
    assert len(imagined) > 300
    assert sum(imagined) / len(imagined) <= 0.05


@pytest.mark.parametrize(
    ("words", "numbers", "said"),
    [
        ("我不想活了", ("12356", "110", "120"), "您"),
        ("我女儿说她不想活了，要跳楼", ("110", "120"), "陪着他"),
        ("有人触电了", ("120", "95598"), "95598"),
        ("高压线掉地上了", ("110", "95598"), "95598"),
        ("有人煤气中毒了", ("120", "119"), "通风"),
        ("孩子被锁在车里了", ("119", "120"), "车"),
        ("小孩误喝了洁厕灵", ("120",), "催吐"),
        ("房子塌了，有人埋在里头", ("119", "120"), "119"),
    ],
)
def test_the_advice_fits_who_is_in_danger(words: str, numbers: tuple[str, ...], said: str) -> None:
    danger = CATALOGUE.danger(words)
    assert danger is not None and danger.matter.advice is not None
    assert danger.numbers == numbers
    assert said in "".join(danger.matter.advice.lines)
