"""In danger nothing is asked before the place; and what is said with or after the answer about the call is heard."""

import re

import pytest

from tests.stories.steps import case_of, newest_number, nothing_failed
from tests.stories.test_cries import UNFINISHED
from tests.town import Town


@pytest.mark.parametrize("words", ["楼下着火了", "我朋友说他不想活了", "my husband fell and does not move"])
async def test_the_place_is_asked_before_anything_else(town: Town, words: str) -> None:
    await town.resident.sends(words)
    assert "在什么地方" in await town.resident.said() or "Where" in await town.resident.said()
    await town.resident.sends("在新港小区3栋")
    await town.passes(minutes=11)
    said = " ".join(await town.resident.heard())
    assert "我先按您说的报上去了" in said or "I have filed what you said" in said
    assert "3栋" in (await case_of(town, re.findall(r"\d{6}-\d{3}", said)[-1])).place
    assert await nothing_failed(town)


async def test_a_danger_that_was_tapped_asks_for_the_place_before_its_details(town: Town) -> None:
    await town.resident.sends("冒烟了，怎么办")
    if "在什么地方" not in await town.resident.said():
        await town.resident.presses("着火、冒烟")
        await town.resident.presses("有，正在发生")
    assert "在什么地方" in await town.resident.said()


async def test_whoever_cannot_say_where_is_asked_on_and_nothing_is_lost(town: Town) -> None:
    await town.resident.sends("我朋友说他不想活了，在江边")
    await town.resident.sends("我不知道在哪")
    await town.resident.sends("我不知道在哪")
    assert "有人要轻生" in await town.resident.buttons()


async def test_no_notice_stands_between_somebody_in_danger_and_the_question(town: Town) -> None:
    for words in ("着火了", "快点", "在3栋"):
        await town.resident.sends(words)
    assert not await town.resident.sees("先跟您说清楚")


async def test_what_is_said_with_the_answer_about_the_call_is_kept(town: Town) -> None:
    await town.resident.sends("新港小区2栋着火了")
    await town.passes(minutes=1, hours=0.01)
    await town.resident.sends("打了 消防在路上")
    assert "消防在路上" in (await town.centre_group.message_with(UNFINISHED))["text"]
    await town.resident.sends("就这样提交")
    number = await newest_number(town.resident)
    assert "消防在路上" in (await case_of(town, number)).text


@pytest.mark.parametrize("words", ["灭了 谢谢", "人找到了，在他姑姑家", "已经救出来了，没事了"])
async def test_that_all_is_well_is_heard_after_the_call_got_through_and_silence_filed_it(
    town: Town, words: str
) -> None:
    await town.resident.sends("新港小区2栋着火了")
    await town.passes(minutes=1, hours=0.01)
    await town.resident.sends("打通了")
    await town.passes(minutes=11)
    assert await town.resident.sees("没事了，也跟我说一声")
    before = len(await town.resident.heard())
    await town.resident.sends(words)
    assert len(await town.resident.heard()) == before + 1 and "没事就好" in await town.resident.said()
    assert "没事了" in "".join(await town.centre_group.heard())
    assert await nothing_failed(town)


async def test_good_news_that_tells_of_another_danger_is_danger(town: Town) -> None:
    await town.resident.sends("新港小区2栋着火了")
    await town.passes(minutes=1, hours=0.01)
    await town.resident.sends("打通了")
    await town.passes(minutes=11)
    await town.resident.sends("火灭了，我妈昏过去了叫不醒")
    assert await town.resident.sees("120")


async def test_that_all_is_well_is_heard_of_what_was_submitted_at_once(town: Town) -> None:
    await town.resident.sends("我妈不见了 早上出去的")
    await town.resident.sends("新港小区")
    await town.resident.sends("就这样提交")
    number = await newest_number(town.resident)
    await town.passes(hours=5)
    await town.resident.sends("找到了 在超市")
    assert "没事就好" in await town.resident.said()
    assert await town.centre_group.sees(f"{number} 上报人补充：找到了 在超市")


async def test_all_right_said_of_another_report_hours_later_is_not_said_of_the_danger(town: Town) -> None:
    await town.resident.sends("新港小区2栋着火了")
    await town.resident.sends("就这样提交")
    await town.passes(minutes=2)
    await town.passes(hours=5)
    await town.resident.sends("新港小区3栋电梯坏了")
    await town.resident.sends("没事")
    assert "没事就好" not in await town.resident.said()
    assert "没事了" not in "".join(await town.centre_group.heard())


async def test_a_yes_to_whether_all_is_well_is_not_asked_again(town: Town) -> None:
    await town.resident.sends("新港小区2栋着火了")
    await town.passes(minutes=2)
    await town.resident.sends("打通了")
    await town.resident.sends("没事了")
    assert "真的没事了吗" in await town.resident.said()
    await town.resident.sends("真的没事了")
    assert "真的没事了吗" not in await town.resident.said()
    assert await town.centre_group.sees("撤了")
