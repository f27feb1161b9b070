"""What a reporter wishes after submitting, in their own words: it leads to their own case, never to a grave matter."""

import pytest

from bot.cases.case import Status
from tests.stories.steps import case_of, reports_lamp
from tests.town import Town

GRAVE = ("有人要轻生", "受伤、昏倒、急病", "电信诈骗")
WITHDRAW = ("我要撤回", "我想撤回", "我要取消", "我要取消上报", "帮我撤销", "把那件事撤回")
OTHERS = {
    "已经修好了，不用来了": "太好了",
    "不用来了，修好了": "太好了",
    "我要补充": "想补充，点下面的「补充」",
    "我要看进展": "您说的是这件吧",
    "我要改地址": "想补充，点下面的「补充」",
}


async def test_what_is_wished_leads_to_the_own_case(town: Town) -> None:
    resident = town.resident
    number = await reports_lamp(resident)
    await town.passes(minutes=20)
    wishes = {**dict.fromkeys(WITHDRAW, "想撤回，点下面的「撤回」"), **OTHERS}
    for wish, head in wishes.items():
        await resident.sends(wish)
        said = await resident.said()
        assert said.startswith(head) and number in said, (wish, said)
        assert "撤回" in await resident.buttons(), wish
    assert not any([await resident.sees(words) for words in (*GRAVE, "是哪方面的事")])


@pytest.mark.parametrize("words", [*WITHDRAW, "不用来了，修好了"])
async def test_and_whoever_reported_nothing_reports_nothing_by_it(town: Town, words: str) -> None:
    await town.neighbour.sends(words)
    assert not any([await town.neighbour.sees(grave) for grave in (*GRAVE, "这是哪一类事")])


async def test_a_grave_matter_is_never_taken_for_meant_on_almost_nothing(town: Town) -> None:
    await town.neighbour.sends("我就想把这个撤回算了行不行嘛")
    assert not await town.neighbour.sees("我就记成")
    await town.neighbour.shares_location(32.19, 119.593)
    assert not await town.neighbour.sees("先按「")


async def in_hand(town: Town) -> str:
    """A lamp that somebody is working at; its number."""
    number = await reports_lamp(town.resident)
    await town.community_group.presses("签收")
    await town.community_group.presses("到场")
    return number


async def passed_on(town: Town) -> int:
    return sum("上报人想撤回，请您定" in words for words in await town.community_group.heard())


async def test_a_wish_to_withdraw_is_passed_on_once_when_handling_has_begun(town: Town) -> None:
    resident = town.resident
    number = await in_hand(town)
    await resident.sends("我要撤回")
    assert f"{number} 已经有人在办了，不能直接撤回" in await resident.said()
    await resident.presses("转告他们")
    assert await resident.sees(f"已转告办的人：您想撤回 {number}")
    assert await passed_on(town) == 1
    case = await case_of(town, number)
    assert case.status is Status.HANDLING
    await resident.sends("我要撤回")
    await resident.presses("转告他们")
    assert await resident.sees("早转告过了")
    assert await passed_on(town) == 1
    await resident.sends(number)
    assert "您想撤回，已转告办的人" in await resident.said()


async def test_so_it_is_when_handling_began_while_it_was_asked_whether_that_is_sure(town: Town) -> None:
    resident = town.resident
    number = await reports_lamp(resident)
    await resident.sends("我想撤回")
    await resident.presses("撤回")
    assert f"真的要撤回 {number} 吗" in await resident.said()
    await town.community_group.presses("签收")
    await town.community_group.presses("到场")
    await resident.presses("确定撤回")
    assert await resident.sees(f"已转告办的人：您想撤回 {number}")
    assert await passed_on(town) == 1
