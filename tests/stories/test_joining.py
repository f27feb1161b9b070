"""我也遇到: a lamp that others reported is joined instead of reported again, and nobody learns who the others are."""

from functools import partial
from typing import Any

import pytest

from bot.cases.case import Case, Status
from bot.cases.draft import Draft
from bot.desk.desk import Desk
from bot.desk.joining import join
from storage import joining
from tests.stories.office import FIRE, SECRET, STALL, acts_as, goes_to, now_is, reports
from tests.stories.steps import comes_to_review, nothing_failed, promise_card
from tests.town import Person, Town

WORDS = "三单元王奶奶家门口的灯不亮，我姓赵"
HERE: dict[str, Any] = {"latitude": 32.1900, "longitude": 119.5930}


async def _meets(person: Person, lat: float = 32.1904, words: str = "这里路灯坏了") -> None:
    """Comes to the card before submitting about a lamp at this place."""
    await person.sends(words)
    await person.presses("小区路灯不亮")
    await person.shares_location(lat, 119.5931)
    await comes_to_review(person)


async def _joined(town: Town, person: Person) -> Case:
    """The resident's lamp, and somebody who joined it."""
    case = await reports(town, words=WORDS, **HERE)
    await _meets(person)
    await person.presses("我也遇到")
    return await now_is(town, case)


async def test_a_lamp_nearby_is_joined_with_two_taps_fewer(town: Town) -> None:
    neighbour, group = town.neighbour, town.community_group
    case = await _joined(town, neighbour)
    assert f"您和大家一起等 {case.number} 的结果" in await neighbour.said(3)
    assert case.joined == 1
    assert await group.sees(f"{case.number} 另一位居民也遇到了：这里路灯坏了")
    assert await group.sees("另有 1 位居民也遇到")
    assert await promise_card(neighbour, case.number)
    await neighbour.presses("我的上报")
    assert [one for one in await neighbour.buttons() if one.startswith(case.number)]
    assert await nothing_failed(town)


async def test_what_is_offered_says_nothing_of_the_other(town: Town) -> None:
    case = await _joined(town, town.neighbour)
    await town.neighbour.sends(case.number)
    shown = await town.neighbour.said()
    assert "有居民上报了这件事" in shown
    heard = "\n".join(await town.neighbour.heard())
    assert not any(word in heard for word in ("王奶奶", "赵", "新港小区3栋"))
    assert "地点：丁岗镇新茂社区\n" in shown
    await town.resident.sends(case.number)
    assert "又有一位居民也遇到了" in await town.resident.said()
    assert "这里路灯坏了" not in "\n".join(await town.resident.heard())


async def test_whoever_joined_hears_the_news_and_rates(town: Town) -> None:
    await goes_to(town, 10)
    neighbour = town.neighbour
    case = await _joined(town, neighbour)
    group = town.community_group
    await group.presses("签收")
    await group.presses("办结")
    await group.sends_photo("与居民联系，换了灯泡，下午办完", reply_to=(await group.messages())[-1]["message_id"])
    assert await neighbour.sees(f"{case.number}，新茂社区已经签收")
    await town.grid_member.presses("核查通过")
    await town.fetches()
    await town.passes(minutes=1)
    assert "办理的人联系您及时吗" in await neighbour.said()
    await neighbour.presses("及时")
    await neighbour.presses("没解决")
    assert "您满意吗" in await neighbour.said(), "only the reporter may have it done again"
    assert await town.centre_group.sees("有一位“我也遇到”的居民说没解决")
    await neighbour.presses("2")
    assert (await now_is(town, case)).status is Status.FEEDBACK, "it is the reporter's to close"
    async with town.app.database.read() as tx:
        assert await joining.has_rated(tx, (await joining.refs_of(tx, case.id))[0])
    await town.resident.presses("及时")
    await town.resident.presses("解决了")
    await town.resident.presses("5 很满意")
    assert (await now_is(town, case)).status is Status.CLOSED


async def test_whoever_joined_adds_but_neither_urges_nor_withdraws(town: Town) -> None:
    neighbour = town.neighbour
    case = await _joined(town, neighbour)
    await neighbour.sends(case.number)
    assert await neighbour.buttons() == ["➕ 补充", "‹ 全部"]
    await neighbour.presses("➕ 补充")
    await neighbour.sends("楼道里也黑了")
    assert await town.community_group.sees("也遇到的居民补充：楼道里也黑了")
    shown = await neighbour.message_with("有居民上报了这件事")
    for action in ("urge", "withdraw_yes", "redo"):
        await neighbour.presses_data(shown["message_id"], f"c:{case.id}:{action}:{case.version}:")
    assert (await now_is(town, case)).status is Status.DISPATCHED
    assert (await now_is(town, case)).urged == 0


@pytest.mark.parametrize(
    ("matter", "more"),
    [
        ("H01a", {"latitude": 32.1950, "longitude": 119.5930}),
        ("H01a", {**HERE, "sealed": True}),
        ("H01a", {**HERE, "danger": True}),
        ("G07b", HERE),
        (SECRET, HERE),
    ],
    ids=["too far", "sealed", "danger", "another group", "confidential"],
)
async def test_what_is_far_sealed_or_another_matter_is_not_offered(
    town: Town, matter: str, more: dict[str, Any]
) -> None:
    await reports(town, matter, words=WORDS, **more)
    await _meets(town.neighbour)
    assert not any("我也遇到" in one for one in await town.neighbour.buttons())
    assert any("提交" in one for one in await town.neighbour.buttons())


async def test_own_reports_and_old_ones_are_not_offered(town: Town) -> None:
    case = await reports(town, words=WORDS, **HERE)
    await _meets(town.resident)
    assert not any("我也遇到" in one for one in await town.resident.buttons())
    await town.passes(days=15)
    assert not (await now_is(town, case)).ended
    await _meets(town.neighbour)
    assert not any("我也遇到" in one for one in await town.neighbour.buttons())


async def test_the_third_is_told_to_the_centre_and_twice_is_once(town: Town) -> None:
    case = await reports(town, words=WORDS, **HERE)
    people = [town.neighbour, town.whistleblower, town.head]
    for person in people:
        await _meets(person)
        card = await person.message_with("请看一眼")
        await person.presses("我也遇到")
        data = next(
            button["callback_data"]
            for row in card["reply_markup"]["inline_keyboard"]
            for button in row
            if "我也遇到" in button["text"]
        )
        await person.presses_data(card["message_id"], data)
    assert (await now_is(town, case)).joined == 3
    assert await town.centre_group.sees(f"{case.number} 已有 3 位居民也遇到")


async def test_what_many_met_and_dangers_come_first_in_the_queue(town: Town) -> None:
    await goes_to(town, 10)
    alone = await reports(town, STALL, "路口有人摆摊", node=None)
    met = await reports(town, STALL, "学校门口都是摊子，车过不去", node=None, **HERE)
    for person in (town.neighbour, town.whistleblower):
        await person.sends("/start")
        await town.app.at_desk(partial(_joins, person=person, case=met))
        town.app.sender.look()
    fire = await reports(town, FIRE, "三楼冒烟", node=None)
    await town.dispatcher.sends("/queue")
    shown = await town.dispatcher.buttons()
    assert [one[:10] for one in shown] == [fire.number, met.number, alone.number]
    assert ["🙋2" in one for one in shown] == [False, True, False]
    assert await nothing_failed(town)


async def _joins(desk: Desk, person: Person, case: Case) -> None:
    await acts_as(desk, person.id)
    draft = Draft(id=f"met-{person.id}", matter=STALL, words=["我也看到了"], **HERE)
    await join(desk, case.id, draft, desk.office.catalogue.matters[STALL])


async def test_whoever_is_forgotten_leaves_no_way_back_and_the_reporter_keeps_theirs(town: Town) -> None:
    case = await _joined(town, town.neighbour)
    await town.neighbour.sends("/forget")
    await town.neighbour.presses("删")
    await town.community_group.presses("签收")
    assert (await now_is(town, case)).status is Status.ACCEPTED
    assert not any("已经签收" in one for one in await town.neighbour.heard())
    assert await town.resident.sees("已经签收")


async def test_whoever_joined_is_not_told_by_the_last_tap_which_building_it_was(town: Town) -> None:
    await goes_to(town, 10)
    await _joined(town, town.neighbour)
    group = town.community_group
    await group.presses("签收")
    await group.presses("办结")
    await group.sends_photo("与居民联系，换了灯泡，下午办完", reply_to=(await group.messages())[-1]["message_id"])
    await town.grid_member.presses("核查通过")
    await town.fetches()
    await town.passes(minutes=1)
    for words in ("及时", "解决了", "5"):
        await town.neighbour.presses(words)
    shown = (await town.neighbour.messages())[-1]
    assert "评价已记下" in shown["text"]
    assert "新港小区" not in shown["text"] and not shown.get("reply_markup")


async def test_whoever_joined_reads_of_the_work_but_no_number_plate_or_door(town: Town) -> None:
    await goes_to(town, 10)
    neighbour, group = town.neighbour, town.community_group
    case = await _joined(town, neighbour)
    await group.presses("签收")
    await group.presses("办结")
    said = "换了灯泡，3栋302室老王电话13812345678，车子苏L12345已挪"
    await group.sends_photo(said, reply_to=(await group.messages())[-1]["message_id"])
    await town.grid_member.presses("核查通过")
    await town.fetches()
    await town.passes(minutes=1)
    await neighbour.sends(case.number)
    heard = "\n".join(await neighbour.heard())
    assert heard.count("换了灯泡") >= 3, "the news, the question for the rating and the timeline"
    for word in ("13812345678", "苏L12345", "302"):
        assert word not in heard, word
    assert await town.resident.sees("13812345678"), "whoever reported reads all of it"
    assert await nothing_failed(town)


async def test_a_case_without_a_point_is_offered_all_over_its_estate_and_tells_no_building(town: Town) -> None:
    case = await reports(town, words="路灯不亮", node="DX01010103")
    for place, offered in (("新港小区1栋", True), ("新港小区2栋", True), ("新港小区3栋", True), ("滨河花园1栋", False)):
        await town.neighbour.sends(f"{place}楼下路灯不亮")
        await town.neighbour.presses("小区路灯不亮")
        await comes_to_review(town.neighbour)
        found = [one for one in await town.neighbour.buttons() if "我也遇到" in one]
        assert bool(found) is offered, place
        assert all("同一片" in one for one in found)
        await town.neighbour.sends("/cancel")
    assert (await now_is(town, case)).joined == 0
