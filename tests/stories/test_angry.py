"""Whoever swears is answered kindly and asked what happened, once; danger among such words is heard all the same."""

import pytest

from tests.databases import SQLITE
from tests.stories.steps import case_of, comes_to_review, newest_number, nothing_failed
from tests.town import Town

WHAT_HAPPENED = "出什么事了？您慢慢说"
pytestmark = pytest.mark.parametrize("database", [SQLITE], indirect=True, scope="session")


@pytest.mark.parametrize(
    "words",
    ["你们都是废物", "一群吃干饭的！", "你们这帮饭桶，有什么用", "滚", "脑子有病吧你", "一帮混蛋，就会欺负老百姓"],
)
async def test_it_is_asked_what_happened_and_no_list_is_shown(town: Town, words: str) -> None:
    resident = town.resident
    await resident.sends(words)
    assert "对不住" in await resident.said() and WHAT_HAPPENED in await resident.said()
    assert not await resident.sees("哪一类事") and not await resident.sees("哪方面的事")
    await resident.sends("新港小区3栋路灯不亮")
    assert "小区路灯不亮" in await resident.buttons()
    assert await nothing_failed(town)


async def test_it_is_asked_once_and_then_said_who_can_be_talked_to(town: Town) -> None:
    resident = town.resident
    for words in ("你们都是废物", "你们都是骗子！", "滚蛋"):
        await resident.sends(words)
    assert sum(WHAT_HAPPENED in one for one in await resident.heard()) == 1
    assert "您心里有气，我知道" in await resident.said() and "12345" in await resident.said()
    assert "🙋 请人联系我" in await resident.buttons()


async def test_an_insult_is_not_kept_but_a_rant_that_may_tell_something_is(town: Town) -> None:
    resident = town.resident
    await resident.sends("你们都是废物")
    await resident.sends("新港小区3栋路灯不亮")
    await resident.presses("小区路灯不亮")
    await comes_to_review(resident)
    await resident.presses("✅ 提交")
    assert (await case_of(town, await newest_number(resident))).text == "新港小区3栋路灯不亮"
    await resident.sends("一帮混蛋，就会欺负老百姓")
    assert WHAT_HAPPENED in await resident.said(), "asked anew before another report"
    await resident.sends("新港小区5栋楼道灯坏了")
    await resident.presses("小区路灯不亮")
    await comes_to_review(resident)
    assert "就会欺负老百姓" in await resident.said()


async def test_what_is_told_with_an_insult_is_taken_as_told(town: Town) -> None:
    await town.resident.sends("你们这群废物，新港小区3栋路灯不亮没人修")
    assert not await town.resident.sees(WHAT_HAPPENED)
    assert "小区路灯不亮" in await town.resident.buttons()


async def test_in_the_middle_of_a_report_the_question_goes_on(town: Town) -> None:
    await town.resident.sends("新港小区3栋路灯不亮")
    await town.resident.sends("你们都是饭桶")
    assert "让您着急了" in await town.resident.said() and "哪一类事" in await town.resident.said()


@pytest.mark.parametrize(
    "words",
    [
        "你们这帮废物，我家着火了",
        "他妈的我不想活了",
        "废物！有人要跳楼了",
        "畜生，他又打我，我满脸是血",
        "fuck, somebody is drowning",
    ],
)
async def test_every_word_of_danger_is_heard(town: Town, words: str) -> None:
    await town.resident.sends("你们都是废物")
    await town.resident.sends(words)
    assert any("110" in one or "119" in one or "120" in one for one in await town.resident.heard())
    assert await town.centre_group.sees("险情，正在说") or await town.dispatcher.sees("险情，正在说")


@pytest.mark.parametrize("words", ["我就是个废物", "我真没用", "都是垃圾", "有流氓"])
async def test_what_tells_of_oneself_or_of_a_matter_is_no_insult(town: Town, words: str) -> None:
    await town.resident.sends(words)
    assert "对不住" not in await town.resident.said()
