"""The catalogue that ships: complete, true to its list, and safe for who reports."""

import re

import pytest

from bot.cases.case import Colour, Level, Visibility
from bot.cases.catalogue import Catalogue, Route
from bot.cases.catalogue_file import load

ROWS = {"A": 18, "B": 6, "C": 12, "D": 5, "E": 6, "F": 5, "G": 10, "H": 7, "I": 2, "J": 4, "K": 2}
LEVELS = {"一": Level.DISTRICT, "二": Level.TOWN, "三": Level.COMMUNITY}
COLOURS = {"红": Colour.RED, "黄": Colour.YELLOW, "-": Colour.NONE}

LISTED = """
A01 一红M A02 一红M A03 一红M A04 二黄P A05 一红C A06 一红C A07 二红P A08a 二红P A08b 二黄P A09a 三黄P A09b 二黄P
A10 二黄P A11 三黄P A12 三黄P A13 三黄P A14a 三红P A14b 三黄P A15a 二黄P A15b 二黄P A15c 二黄P A16 二黄P A17 一红M
B01 一红C B02 一黄C B03 一黄C B04 二黄P B05 二黄M B06a 二-C B06b 二黄C
C01 一红C C02 一红C C03 一黄C C04 一黄C C05 一黄C C06 一红C C07 一红C C08 一红C C09 一红C C11 一-C C12 一-C
D01a 一黄C D01b 一红C D02 一黄M D03 一红P D04a 三黄P D04b 二黄P D05a 二黄P E01 三红C E02 三-C E03 二-C E04a 一红C
E04b 三-C E05 二-C E06 三-C F01 三-C F02 三-M F03 二黄M F04a 三-C F04b 三黄C F05c 二-M G01 三-P G02a 三-P G02b 二-P
G03 三-P G04 二-P G05a 三-P G06a 二-M G06b 二黄M G07b 二-P G08 三-P G09a 三-M G09b 二-M G09c 二-M G10 二-P H01a 三-P
H01b 二-P H02a 二-P H02b 二黄P H03a 一黄P H03b 一-P H04a 二黄P H04b 二-P H05 三-M H06a 三-P H07b 二-P I01 三-M I02 三-P
J04 三-C
"""

TIMES = [
    ("A03", "30 min", "24 h"),
    ("A09a", "2 h", "24 h"),
    ("A13", "24 h", "3 d"),
    ("A16", "1 h", "4 wh"),
    ("B02", "24 h", "15 d"),
    ("C07", "15 min", None),
    ("D02", "24 h", "15 wd"),
    ("G01", "4 wh", "1 wd"),
    ("G03", "2 wh", "5 wh"),
    ("G06b", "4 h", "20 wd"),
    ("G09a", "same day", "7 d"),
    ("H05", "1 h", "same day"),
    ("J02", None, "10 wd"),
]

RICH = ["A02", "A09a", "A11", "A14a", "A14b", "A17", "B06a", "E02", "F01", "G01", "G09a", "H01a", "I01"]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


def test_all_seventy_seven_rows_are_there_and_the_wish_to_be_contacted(catalogue: Catalogue) -> None:
    rows = {f"{group}{number:02}" for group, many in ROWS.items() for number in range(1, many + 1)}

    assert len(rows) == 77
    assert {matter.row for matter in catalogue.matters.values()} == rows | {"K03"}
    assert [group.code for group in catalogue.groups()] == list(ROWS)


@pytest.mark.parametrize(("code", "facts"), re.findall(r"(\w+) (\S{3})", LISTED))
def test_level_colour_and_visibility_are_those_of_the_list(catalogue: Catalogue, code: str, facts: str) -> None:
    matter = catalogue.matter(code)

    listed = (LEVELS[facts[0]], COLOURS[facts[1]], Visibility(facts[2]))
    assert (matter.level, matter.colour, matter.visibility) == listed


@pytest.mark.parametrize(("code", "first_contact", "finish"), TIMES)
def test_times_are_those_of_the_list(
    catalogue: Catalogue, code: str, first_contact: str | None, finish: str | None
) -> None:
    matter = catalogue.matter(code)

    assert (matter.first_contact, matter.finish) == (first_contact, finish)


def test_every_red_matter_says_whom_to_call(catalogue: Catalogue) -> None:
    for matter in catalogue.matters.values():
        if matter.colour is Colour.RED:
            assert matter.advice, matter.code
            assert matter.advice.numbers[0] in "".join(matter.advice.lines), matter.code


def test_nothing_unconfirmed_ships(catalogue: Catalogue) -> None:
    said = "".join(
        line for matter in catalogue.matters.values() if matter.advice for line in (*matter.advice.lines, matter.law)
    )

    for unconfirmed in ("8米", "24小时", "114", "12388", "?", "？"):
        assert unconfirmed not in said


@pytest.mark.parametrize("code", ["C01", "C02", "C03", "C04", "C05"])
def test_grave_crimes_get_a_number_first_and_no_questions(catalogue: Catalogue, code: str) -> None:
    matter = catalogue.matter(code)

    assert not matter.asks_details
    assert not matter.questions
    assert matter.advice
    assert matter.visibility is Visibility.CONFIDENTIAL


def test_national_security_is_only_handed_to_its_own_number(catalogue: Catalogue) -> None:
    matter = catalogue.matter("C05")

    assert matter.route is Route.HAND_OVER
    assert matter.lead == "state_security"
    assert matter.helpers == ()
    assert matter.advice
    assert matter.advice.numbers == ("12339",)


def test_other_is_always_there_and_never_goes_out_by_itself(catalogue: Catalogue) -> None:
    assert catalogue.other.name == "其他"
    assert not catalogue.other.automatic


def test_advice_that_nobody_reviewed_is_listed(catalogue: Catalogue) -> None:
    advised = [matter.code for matter in catalogue.matters.values() if matter.advice]

    assert [matter.code for matter in catalogue.unreviewed()] == advised


@pytest.mark.parametrize("code", RICH)
def test_common_matters_ask_their_own_questions(catalogue: Catalogue, code: str) -> None:
    assert len(catalogue.matter(code).questions) >= 2


@pytest.mark.parametrize(
    ("code", "key", "answer", "then"),
    [
        ("A14b", "inside", "yes", "A14a"),
        ("A14a", "inside", "no", "A14b"),
        ("B06a", "workers", "10人以上", "B06b"),
        ("H04b", "homes", "50户以上", "H04a"),
        ("H02a", "deep", "yes", "H02b"),
        ("F04a", "threat", "yes", "F04b"),
        ("H01a", "where", "马路上", "H01b"),
        ("H01a", "where", "小区里", "H01a"),
        ("H01a", "nothing", "小区里", "H01a"),
    ],
)
def test_an_answer_can_make_another_matter_of_it(
    catalogue: Catalogue, code: str, key: str, answer: str, then: str
) -> None:
    assert catalogue.becomes(catalogue.matter(code), key, answer).code == then


def test_an_unknown_code_is_no_matter(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError):
        catalogue.matter("Z99")
    assert catalogue.in_group("Z") == ()
