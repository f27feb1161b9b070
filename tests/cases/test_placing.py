"""Which words of a text name the place."""

import time

import pytest

from bot.cases.placing import in_estate, place_in, reads_as_place, wants_estate


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("锦绣花园8幢2单元楼道灯坏了", "锦绣花园8幢2单元"),
        ("喂你好我要反映红旗村五组有人烧秸秆", "红旗村五组"),
        ("井盖没了，长江路与解放路路口", "长江路与解放路路口"),
        ("垃圾没人收 康泰小区南门", "康泰小区南门"),
        ("我住和平新村十二栋，楼上太吵", "和平新村十二栋"),
    ],
)
def test_a_place_nobody_listed_is_found(text: str, words: str) -> None:
    found = place_in(text)

    assert found
    assert words in found.words or found.words in words
    assert len(found.words) >= 0.7 * len(words)
    assert text[found.start : found.end] == found.words


@pytest.mark.parametrize("text", ["", "路灯不亮", "你好", "老年证怎么办", "我爸79岁了", "着火了快来"])
def test_where_no_place_is_named_none_is_found(text: str) -> None:
    assert place_in(text) is None


def test_five_thousand_characters_are_no_trouble() -> None:
    assert place_in("金桥小区5栋路灯不亮" + "真的很黑" * 1250)


@pytest.mark.parametrize("words", ["煤气站对面", "着火的那栋楼下", "垃圾站旁边。", "消防通道口"])
def test_what_is_told_by_what_is_there_reads_as_a_place(words: str) -> None:
    assert reads_as_place(words)


@pytest.mark.parametrize("words", ["着火了快来人", "有人掉河里了", "煤气味好大"])
def test_a_cry_for_help_reads_as_no_place(words: str) -> None:
    assert not reads_as_place(words)


@pytest.mark.parametrize(
    "words", ["3栋楼下", "小区门口", "十二号楼3单元", "5#楼", "A座大堂", "我家楼下", "三组", "北门"]
)
def test_what_every_estate_has_wants_its_estate(words: str) -> None:
    assert wants_estate(words)


@pytest.mark.parametrize("words", ["新港小区3栋", "东岳村三组", "港南路", "永隆三期", "煤气站对面", "平昌公园", "丁卯"])
def test_what_has_a_name_wants_none(words: str) -> None:
    assert not wants_estate(words)


@pytest.mark.parametrize(
    ("estate", "within", "together"),
    [
        ("新港小区", "3栋楼下", "新港小区3栋楼下"),
        ("新港小区5栋", "3栋楼下", "新港小区5栋"),
        ("新港小区北门", "北门", "新港小区北门"),
        ("新港小区", "", "新港小区"),
    ],
)
def test_estate_and_building_said_apart_are_one_place(estate: str, within: str, together: str) -> None:
    assert in_estate(estate, within) == together


def test_a_word_of_praise_is_no_part_of_the_place() -> None:
    found = place_in("感谢新港小区的保洁")
    assert found and found.words == "新港小区" and found.start == 2


@pytest.mark.parametrize(
    "words", ["13800138000 13900139000 小王", "1" * 40 + "x", "小区" + "一" * 30 + "y", "1楼" * 12 + "x"]
)
def test_words_that_can_be_read_in_many_ways_are_read_at_once(words: str) -> None:
    begun = time.process_time()
    wants_estate(words)
    assert time.process_time() - begun < 0.5
