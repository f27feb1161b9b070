"""Which place a few words mean: the smallest, the longest name, never a guess among several."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.place_names import BUILDING, COMMUNITY, Named, PlaceNames, plain

TOWN = (
    Named(1, "A", 1, None, ["东乡区"]),
    Named(2, "A1", 2, 1, ["丁岗镇"]),
    Named(3, "A101", 3, 2, ["新茂社区", "新茂"]),
    Named(4, "A102", 3, 2, ["滨河社区", "滨河"]),
    Named(5, "A10101", 4, 3, ["新港小区"], ["平昌新城"]),
    Named(6, "A10102", 4, 3, ["第一小组"]),
    Named(7, "A10201", 4, 4, ["第一小组"]),
    Named(8, "A1010101", 5, 5, ["3栋", "3号楼"], ["平昌新城8幢"]),
    Named(9, "A1010102", 5, 5, ["13栋"], ["9幢"]),
    Named(10, "A1010201", 5, 6, ["3栋"]),
    Named(11, "A1020101", 5, 7, ["3栋"]),
)
NAMES = PlaceNames(TOWN)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("新港小区3栋路灯不亮", "A1010101"),
        ("新港小区 ３号楼", "A1010101"),
        ("丁岗镇新茂社区垃圾没人收", "A101"),
        ("3栋路灯不亮", None),
        ("13栋路灯不亮，在新港小区", "A1010102"),
        ("新港小区33栋", "A10101"),
        ("平昌新城8幢漏水", "A1010101"),
        ("9幢漏水", None),
        ("平昌新城9幢漏水", "A1010102"),
        ("第一小组路坏了", None),
        ("滨河第一小组路坏了", "A10201"),
        ("滨河第一小组3栋", "A1020101"),
        ("丁岗镇第一小组路坏了", "A1"),
        ("新茂3栋漏水", "A101"),
        ("路灯不亮", None),
        ("", None),
    ],
)
def test_words_mean_a_place_or_none(words: str, code: str | None) -> None:
    found = NAMES.find(words)
    assert next((place.code for place in TOWN if place.id == found), None) == code


def found_slowly(places: Sequence[Named], words: str) -> int | None:
    """The same by looking for each name, one after the other."""
    words = plain(words)
    known = {place.id: place for place in places}

    def above(place: Named) -> list[Named]:
        found: list[Named] = []
        while place.parent_id is not None:
            place = known[place.parent_id]
            found.append(place)
        return found

    def stands(name: str) -> bool:
        starts = [at for at in range(len(words)) if words.startswith(name, at)]
        return any(not (name[0].isdigit() and at and words[at - 1].isdigit()) for at in starts)

    heard = [(one, name) for one in places for name in map(plain, (*one.names, *one.addresses)) if stands(name)]
    near = {one.id for one, name in heard if one.depth < BUILDING or (name in one.addresses and len(name) >= 4)}
    fits = [
        (one, name)
        for one, name in heard
        if one.id in near or any(top.id in near and top.depth >= COMMUNITY for top in above(one))
    ]
    ranked = {(one.depth, len(name), sum(top.id in near for top in above(one)), name, one.id) for one, name in fits}
    shared: list[str] = []
    for rank in sorted({one[:3] for one in ranked}, reverse=True):
        here = [one for one in ranked if one[:3] == rank and not any(one[3] in longer for longer in shared)]
        names = [one[3] for one in here]
        if single := [known[one[4]] for one in here if names.count(one[3]) == 1]:
            return min(single, key=lambda place: place.code).id
        shared += names
    return None


@st.composite
def towns(draw: st.DrawFn) -> list[Named]:
    """Some places with few letters in their names, so that many are alike."""
    places: list[Named] = []
    for id_ in range(1, draw(st.integers(1, 14)) + 1):
        higher = [place for place in places if place.depth < BUILDING]
        parent = draw(st.sampled_from(higher)) if higher and draw(st.booleans()) else None
        depth = parent.depth + 1 if parent else draw(st.integers(1, 2))
        names = draw(st.lists(st.text("甲乙1", min_size=1, max_size=3), min_size=1, max_size=2, unique=True))
        places.append(Named(id_, f"{draw(st.integers(0, 9))}-{id_}", depth, parent.id if parent else None, names))
    return places


@given(towns(), st.text("甲乙1丙", max_size=12))
def test_the_dictionary_finds_what_looking_one_by_one_finds(places: list[Named], words: str) -> None:
    assert PlaceNames(places).find(words) == found_slowly(places, words)


def test_long_words_and_thousands_of_names_take_no_time() -> None:
    many = [Named(n, f"C{n}", 4, None, [f"第{n}小区", f"老{n}村"]) for n in range(5_800)]
    names = PlaceNames(many)
    assert names.find("x" * 4_000 + "第577小区" + "路" * 900) == 577
