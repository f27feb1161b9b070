"""Who must not be heard, and who cannot call: many ways of saying it, and what only sounds like it."""

import pytest

from bot.cases.hush import Hush, hush_in, is_afraid, somebody_near, tells_nothing_else


@pytest.mark.parametrize(
    "words",
    [
        "不能说话",
        "我现在不方便说话",
        "不敢出声",
        "没法讲话，他在门外",
        "只能打字",
        "只敢偷偷打字",
        "偷偷发消息给你们",
        "不敢打电话",
        "不方便接电话 不敢打110",
        "别出声",
        "嘘",
        "他就在旁边",
        "他在我旁边",
        "老公在隔壁",
        "怕他听见",
        "别让他听到",
        "不能让他发现",
        "他会听见的",
        "我躲在衣柜里 不敢说",
        "I can't talk",
        "he is next to me",
        "he will hear me",
        "can only text",
        "scared to call",
    ],
)
def test_must_not_be_heard(words: str) -> None:
    assert hush_in(words) is Hush.HIDDEN


@pytest.mark.parametrize(
    "words", ["我是聋哑人", "我是聋人 看得懂字", "我耳朵聋了", "打不了电话", "手机没话费", "I am deaf"]
)
def test_cannot_call(words: str) -> None:
    assert hush_in(words) is Hush.MUTE


@pytest.mark.parametrize(
    "words",
    [
        "路灯坏了",
        "不要给我打电话",
        "请打字给我",
        "他在外面打工，家里老人没人管",
        "晚上会听到施工的声音",
        "楼上说话声都听得到",
        "他家的狗在外面叫",
        "物业电话打不通",
        "老公在外面欠了债",
        "我怕别人看到，替我保密",
        "孩子不会说话，两岁了",
        "他会看见的，车牌很清楚，停在消防通道上的那辆",
        "please call me",
        "the phone box is broken",
    ],
)
def test_what_only_sounds_like_it(words: str) -> None:
    assert hush_in(words) is None


def test_what_else_is_told() -> None:
    assert tells_nothing_else("嘘 别出声 他在外面")
    assert tells_nothing_else("不能说话")
    assert not tells_nothing_else("老公又打我了 不敢出声")
    assert somebody_near("他在旁边 别打电话")
    assert not somebody_near("只能打字")


@pytest.mark.parametrize(
    ("words", "afraid"), [("不敢", True), ("不敢打啊", True), ("不能", True), ("没打通", False), ("打了", False)]
)
def test_an_answer_of_whoever_does_not_dare(words: str, afraid: bool) -> None:
    assert is_afraid(words) is afraid
