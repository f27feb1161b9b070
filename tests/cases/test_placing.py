"""Which words of a text name the place."""

import pytest

from bot.cases.placing import place_in, reads_as_place


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
