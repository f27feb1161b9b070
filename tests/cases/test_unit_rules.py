"""What may be said of a unit."""

import pytest

from bot.cases.case import Level
from bot.cases.unit_rules import LONGEST_NAME, fresh_code, may_stand_above, name_of, named, received, with_matters

ABOVE = {1: None, 2: 1, 3: 2, 4: 2}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("滨江社区", ("滨江社区", None)),
        (" 滨江社区  binjiang ", ("滨江社区", "binjiang")),
        ("binjiang", ("binjiang", None)),
        ("丁岗镇 综治办", ("丁岗镇 综治办", None)),
        ("", None),
        ("一" * (LONGEST_NAME + 1), None),
        ("两\n行", None),
    ],
)
def test_a_name_and_a_code_are_told_apart(words: str, found: tuple[str, str | None] | None) -> None:
    assert named(words) == found


def test_a_name_of_several_words_is_a_name() -> None:
    assert name_of(" Fire brigade no 2 ") == "Fire brigade no 2"


def test_codes_never_meet() -> None:
    assert fresh_code("fire", []) == "fire"
    assert fresh_code("fire", ["fire", "fire-2"]) == "fire-3"


def test_nobody_stands_above_themselves_or_above_what_is_higher() -> None:
    assert may_stand_above(3, Level.COMMUNITY, 2, Level.TOWN, ABOVE)
    assert may_stand_above(3, Level.TOWN, 4, Level.TOWN, ABOVE), "beside it is allowed"
    assert not may_stand_above(2, Level.TOWN, 2, Level.TOWN, ABOVE)
    assert not may_stand_above(2, Level.TOWN, 3, Level.TOWN, ABOVE), "it is below"
    assert not may_stand_above(1, Level.DISTRICT, 2, Level.TOWN, {2: None}), "it is lower"
    assert may_stand_above(9, Level.COMMUNITY, 1, Level.TOWN, {1: 2, 2: 1}), "a ring in the table ends"


def test_a_row_stands_for_all_its_matters_and_everything_for_every_one() -> None:
    codes = ["A14a", "A14b", "B01"]
    assert received(["A14"], codes) == ["A14a", "A14b"]
    assert received(None, codes) == codes
    assert with_matters(["A14"], codes, ["A14b"], on=False) == ["A14a"]
    assert with_matters(["A14a"], codes, ["B01"], on=True) == ["A14a", "B01"]
    assert with_matters(None, codes, ["B01"], on=False) == ["A14a", "A14b"]
