"""Where it is, in the words of people: asked whether it was understood, offered again, never invented."""

import pytest

from tests.stories.steps import case_of, comes_to_review, newest_number, reports_lamp
from tests.town import Town


@pytest.mark.parametrize(
    ("words", "right", "place"),
    [
        ("从新茂社区到滨河社区的那条路路灯不亮", "滨河社区", "滨河社区"),
        ("我住新港小区3栋，昨天在滨河社区门口看到路灯不亮", "滨河社区", "滨河社区"),
        ("新岗小区3栋路灯不亮", "新港小区3栋", "新港小区3栋"),
    ],
)
async def test_it_is_asked_whether_the_place_was_understood(town: Town, words: str, right: str, place: str) -> None:
    resident = town.resident
    await resident.sends(words)
    await resident.presses("小区路灯不亮")
    for _ in range(3):
        if "是这里吗" in await resident.said():
            break
        await resident.presses("跳过" if "跳过" in await resident.buttons() else "一盏")
    assert "是这里吗" in await resident.said()
    await resident.presses(right)
    await comes_to_review(resident)
    await resident.presses("✅ 提交")
    assert place in (await case_of(town, await newest_number(resident))).place


async def test_what_is_no_place_is_asked_again_and_then_left(town: Town) -> None:
    resident = town.resident
    await resident.sends("路灯不亮")
    await resident.presses("小区路灯不亮")
    await resident.presses("一盏")
    await resident.sends("不知道")
    assert "说个小区、路名或店名就行" in await resident.said()
    await resident.sends("问这个干啥")
    assert not await resident.sees("地点：问这个干啥")
    await resident.sends("不知道")
    await comes_to_review(resident)
    assert "地点不清楚" in await resident.said()
    await resident.presses("✅ 提交")
    assert (await case_of(town, await newest_number(resident))).place == "地点不清楚"


async def test_a_building_without_its_estate_is_asked_about_and_both_are_the_place(town: Town) -> None:
    resident = town.resident
    await resident.sends("3栋楼下路灯不亮")
    await resident.presses("小区路灯不亮")
    await resident.presses("一盏")
    assert "“3栋楼下”在哪个小区、哪个村？" in await resident.said()
    await resident.sends("新港小区")
    await comes_to_review(resident)
    await resident.presses("✅ 提交")
    case = await case_of(town, await newest_number(resident))
    assert case.place.endswith("新港小区3栋楼下") and case.node_id


async def test_an_answer_without_the_estate_is_asked_about_once_and_then_stays(town: Town) -> None:
    resident = town.resident
    await resident.sends("路灯不亮")
    await resident.presses("小区路灯不亮")
    await resident.presses("一盏")
    await resident.sends("小区门口")
    assert "“小区门口”在哪个小区、哪个村？" in await resident.said()
    await resident.sends("不是门口 是北门")
    await resident.sends("5栋北门")
    await comes_to_review(resident)
    assert "地点：5栋北门" in await resident.said()


async def test_whoever_cannot_name_the_estate_goes_on_with_what_was_said(town: Town) -> None:
    resident = town.resident
    await resident.sends("3栋楼下路灯不亮")
    await resident.presses("小区路灯不亮")
    await resident.presses("一盏")
    await resident.sends("跳过")
    await comes_to_review(resident)
    await resident.presses("✅ 提交")
    assert (await case_of(town, await newest_number(resident))).place == "3栋楼下"


async def test_the_last_place_is_offered_again(town: Town) -> None:
    resident = town.resident
    await reports_lamp(resident)
    await resident.sends("路灯不亮，黑得很")
    await resident.presses("小区路灯不亮")
    await resident.presses("一盏")
    assert "在什么地方" in await resident.said()
    await resident.presses("新港小区3栋")
    assert "新港小区3栋" in await resident.said(2)


async def test_a_lost_child_is_not_asked_about_twice(town: Town) -> None:
    resident = town.resident
    await resident.sends("我孙子不见了 六岁 男孩 红衣服 刚才在新港小区门口")
    await resident.presses("走失、寻人")
    assert not await resident.sees("多大年纪")
    assert not await resident.sees("穿什么衣服")


async def test_no_answer_is_invented(town: Town) -> None:
    resident = town.resident
    await resident.sends("垃圾没人收，新港小区3栋")
    await resident.presses("垃圾没人清")
    assert "是什么样的垃圾" in await resident.said()


async def test_buttons_stand_for_commands(town: Town) -> None:
    resident = town.resident
    await resident.sends("❓ 怎么用")
    assert "/" not in await resident.said()
    await resident.presses("删掉我的资料")
    assert "删" in await resident.said()
    await resident.presses("当吹哨员")
    assert "吹哨员" in await resident.said()
    await resident.sends("/help 路灯不亮怎么办")
    assert "哪一类事" in await resident.said() or "哪方面的事" in await resident.said()


async def test_an_unknown_code_is_said_to_be_one(town: Town) -> None:
    await town.resident.sends("/start g_999999")
    assert "这个码我没认出来" in await town.resident.said(2)
