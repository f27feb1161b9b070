"""说错了，改一下: what was reported is corrected in the first ten minutes; afterwards it is added to."""

import pytest

from bot.cases.case import Case
from tests.stories.office import now_is
from tests.stories.steps import case_of, files_of, nothing_failed, promise_card, reports_lamp
from tests.town import Town


async def _begun(town: Town) -> Case:
    case = await case_of(town, await reports_lamp(town.resident))
    await town.resident.presses("说错了，改一下")
    assert "改哪一样" in await town.resident.said()
    return case


async def test_the_words_are_replaced_and_the_unit_reads_it(town: Town) -> None:
    resident, group = town.resident, town.community_group
    case = await _begun(town)
    await resident.presses("情况")
    await resident.sends_any(sticker=True)
    assert "请重新说一遍" in await resident.said()
    await resident.sends("新港小区3栋楼道灯不亮")
    assert f"{case.number} 改好了" in await resident.said()
    assert (await now_is(town, case)).text == "新港小区3栋楼道灯不亮"
    assert await group.sees("上报人更正：新港小区3栋楼道灯不亮")
    assert "情况：新港小区3栋楼道灯不亮" in (await group.message_with("待签收"))["text"]
    await resident.sends(case.number)
    assert "您更正过。原来是：新港小区3栋楼下路灯不亮" in await resident.said()
    assert await nothing_failed(town)


async def test_another_place_sends_it_to_the_community_that_it_lies_in(town: Town) -> None:
    resident = town.resident
    case = await _begun(town)
    await resident.presses("地点")
    await resident.sends("滨河花园大门口的保安亭旁")
    assert f"{case.number} 改好了" in await resident.said()
    after = await now_is(town, case)
    assert after.unit_id != case.unit_id
    assert (after.status, "滨河社区" in after.place) == ("dispatched", True)
    assert "已转给其他单位" in (await town.community_group.message_with(case.number))["text"]
    assert "滨河社区" in (await promise_card(resident, case.number))["text"]
    assert await nothing_failed(town)


async def test_a_location_is_a_place_too(town: Town) -> None:
    resident = town.resident
    case = await _begun(town)
    await resident.presses("地点")
    await resident.shares_location(32.19, 119.593)
    assert (await now_is(town, case)).latitude == pytest.approx(32.19)
    assert (await now_is(town, case)).unit_id == case.unit_id


async def test_another_matter_that_a_dispatcher_decides_about_goes_back_to_the_centre(town: Town) -> None:
    resident = town.resident
    case = await _begun(town)
    await resident.presses("事项")
    await resident.presses("眼前有危险")
    await resident.presses("燃气泄漏")
    assert await resident.sees("请先打电话")
    after = await now_is(town, case)
    assert (after.status, after.colour, after.unit_id) == ("triage", "red", None)
    assert await town.centre_group.sees("燃气泄漏")
    assert await nothing_failed(town)


async def test_what_is_secret_is_not_among_the_matters_and_cannot_be_forged(town: Town) -> None:
    resident = town.resident
    case = await _begun(town)
    await resident.presses("事项")
    shown = await resident.message_with("哪一类事")
    refused = await resident.presses_data(shown["message_id"], f"c:{case.id}:fix:0:one.C03")
    assert refused and "已经过去了" in refused["text"]
    refused = await resident.presses_data(shown["message_id"], f"c:{case.id}:fix:0:group.ZZ")
    assert refused and "已经过去了" in refused["text"]
    assert (await now_is(town, case)).matter == case.matter
    stranger = await town.neighbour.sends("/start")
    refused = await town.neighbour.presses_data(stranger["message_id"] + 1, f"c:{case.id}:correct:0:")
    assert refused and "没有找到" in refused["text"]


async def test_after_signing_words_are_corrected_and_it_stays_where_it_is(town: Town) -> None:
    resident = town.resident
    case = await _begun(town)
    await town.community_group.presses("签收")
    await resident.presses("地点")
    await resident.sends("滨河花园大门口")
    after = await now_is(town, case)
    assert (after.status, after.unit_id) == ("accepted", case.unit_id)
    assert await town.community_group.sees("上报人更正：")


async def test_danger_in_the_corrected_words_makes_it_red(town: Town) -> None:
    resident = town.resident
    case = await _begun(town)
    await resident.presses("情况")
    await resident.sends("新港小区3栋着火了，快来人")
    assert await resident.sees("请先打电话")
    after = await now_is(town, case)
    assert (after.colour, after.danger, after.status) == ("red", True, "triage")


async def test_after_ten_minutes_it_is_a_supplement(town: Town) -> None:
    resident = town.resident
    case = await _begun(town)
    await resident.presses("情况")
    await town.passes(minutes=11)
    await resident.sends("新港小区3栋楼道灯不亮")
    assert f"已补充到 {case.number}" in await resident.said(), "nothing is lost"
    await resident.presses("说错了，改一下")
    assert "过了 10 分钟，原话不改了" in await resident.said()
    await resident.sends("是楼道灯")
    assert f"已补充到 {case.number}" in await resident.said()
    assert (await now_is(town, case)).text == case.text
    await resident.sends(case.number)
    assert "✏️ 说错了，改一下" not in await resident.buttons()


async def test_a_correction_that_is_given_up_changes_nothing(town: Town) -> None:
    resident = town.resident
    case = await _begun(town)
    for what in ("情况", "地点"):
        await resident.presses(what)
        await resident.presses("算了")
        assert "好的，不改了" in await resident.said()
    assert await now_is(town, case) == case


async def test_a_picture_instead_of_words_is_added_and_not_lost(town: Town) -> None:
    resident = town.resident
    case = await _begun(town)
    for what in ("情况", "地点"):
        await resident.presses(what)
        await resident.sends_photo()
        assert f"已补充到 {case.number}" in await resident.said()
    assert len(await files_of(town, case.number)) == 1


async def test_a_picture_that_comes_with_the_right_place_is_added_too(town: Town) -> None:
    resident = town.resident
    case = await _begun(town)
    await resident.presses("地点")
    await resident.sends_photo("滨河花园大门口的保安亭旁")
    assert f"{case.number} 改好了" in await resident.said()
    assert "滨河社区" in (await now_is(town, case)).place
    assert len(await files_of(town, case.number)) == 1
    assert await nothing_failed(town)


@pytest.mark.parametrize(
    ("begin", "question"), [("情况", "请重新说一遍"), ("地点", "到底在什么地方"), ("补充", "要补充什么")]
)
async def test_what_cannot_be_used_is_asked_about_twice_and_then_left(town: Town, begin: str, question: str) -> None:
    resident = town.resident
    case = await _begun(town)
    await resident.presses(begin)
    await resident.sends_any(sticker=True)
    assert await resident.sees(question)
    await resident.sends_any(sticker=True)
    assert "就先放着" in await resident.said()
    await resident.sends_any(sticker=True)
    assert question not in await resident.said(), "nothing waits any more"
    assert (await now_is(town, case)).text == case.text
    assert await nothing_failed(town)
