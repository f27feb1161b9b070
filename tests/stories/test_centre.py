"""The command centre: what comes to it, and how it sends a case on."""

from bot.cases.case import Status
from tests.stories.office import FIRE, STALL, count, files, goes_to, now_is, photo, pieces, reports
from tests.town import Town, buttons_on


async def test_a_case_without_a_place_goes_through_triage_to_the_suggested_unit(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, node=None, words="村口的路灯不亮")
    card = await town.centre_group.message_with(case.number)
    assert card["text"].startswith("📥 【待研判】")
    assert not await town.community_group.sees(case.number)
    await town.dispatcher.inside(-5001).presses("派给其他单位", message=card)
    listed = await town.centre_group.message_with(case.number)
    assert listed["message_id"] == card["message_id"], "the units are listed on the card itself"
    assert {"新茂社区", "滨河社区", "‹ 先不派"} <= set(buttons_on(listed))
    await town.centre_group.presses("先不派")
    assert "派给其他单位" in buttons_on(await town.centre_group.message_with(case.number))
    await town.centre_group.presses("派给其他单位")
    said = await town.centre_group.presses("新茂社区")
    assert said is not None and said["text"] == f"{case.number} 已派给新茂社区。"
    assert "【待签收】" in (await town.community_group.message_with(case.number))["text"]
    assert "单位：新茂社区" in (await town.centre_group.message_with(case.number))["text"]
    assert count(await town.centre_group.heard(), case.number) == 1


async def test_a_dispatch_made_by_itself_is_shown_and_can_be_sent_elsewhere(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    assert "已自动派给新茂社区，不对请改派" in (await town.centre_group.message_with(case.number))["text"]
    await town.centre_group.presses("改派")
    assert "新茂社区" not in buttons_on(await town.centre_group.message_with(case.number))
    await town.centre_group.presses("滨河社区")
    assert "【待签收】" in (await town.other_responder.inside(-5004).message_with(case.number))["text"]
    old = await town.community_group.message_with(case.number)
    assert old["text"] == f"{case.number} 已转给其他单位，您这边不用再办了。" and not buttons_on(old)
    assert "现在由滨河社区负责" in await town.resident.said()
    await town.other_responder.inside(-5004).presses("签收")
    assert "已转给其他单位" in (await town.community_group.message_with(case.number))["text"]


async def test_only_dispatchers_send_and_only_to_units_that_take_the_matter(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, node=None)
    card = await town.centre_group.message_with(case.number)
    refused = await town.admin.inside(-5001).presses("派给其他单位", message=card)
    assert refused is not None and refused["show_alert"]
    for unit in ("1", "99", "-1", "x", "9" * 30):  # 1 is the centre itself
        said = await town.centre_group.presses_data(card["message_id"], f"c:{case.id}:dispatch:2:{unit}")
        assert said is not None and said["show_alert"]
    assert (await now_is(town, case)).status is Status.TRIAGE


async def test_a_red_case_is_shown_to_the_centre_and_at_once_to_the_one_on_duty(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, FIRE, "3栋二楼冒烟", danger=True)
    assert "🔴 红" in (await town.centre_group.message_with(case.number))["text"]
    private = await town.fire_brigade.message_with(case.number)
    assert "【待研判】" in private["text"] and "⚠️ 上报人说现在有危险" in private["text"]
    await town.centre_group.presses("派给区消防救援大队")
    assert await town.fire_brigade.inside(-5005).sees(case.number)
    newest = await town.fire_brigade.message_with(case.number)
    assert newest["message_id"] > private["message_id"] and "签收" in buttons_on(newest)[0]


async def test_the_queue_lists_what_waits_and_opens_it(town: Town) -> None:
    await goes_to(town, 10)
    await town.centre_group.sends("/queue")
    assert "没有等着研判的事" in await town.centre_group.said()
    plain, sealed = await reports(town, node=None), await reports(town, node=None, sealed=True)
    await town.centre_group.sends("/queue")
    assert [plain.number in one or sealed.number in one for one in await town.centre_group.buttons()] == [True]
    await town.dispatcher.sends("/queue")
    assert any(sealed.number in one for one in await town.dispatcher.buttons())
    await town.dispatcher.presses(plain.number)
    await town.dispatcher.presses("派给其他单位")
    await town.dispatcher.presses("新茂社区")
    assert (await now_is(town, plain)).status is Status.DISPATCHED
    await town.resident.sends("/queue")
    assert "不归您办" in await town.resident.said()


async def test_the_pictures_of_what_went_out_by_itself_come_when_asked_for(town: Town) -> None:
    await goes_to(town, 10)
    await reports(town, media=await pieces(town.responder, photo(1), photo(2)))
    await town.fetches()
    assert not [one for one in await town.centre_group.messages() if "photo" in one]
    await town.centre_group.presses("看照片")
    assert len([one for one in await town.centre_group.messages() if "photo" in one]) == 2


async def test_a_unit_that_nobody_can_be_reached_in_is_told_to_the_dispatchers(town: Town) -> None:
    await goes_to(town, 10)
    await town.post("groups/-5002/kick", {"bot": 7000001})
    for who in (town.responder, town.leader):
        await town.post(f"people/{who.id}/block", {"bot": 7000001})
    first = await reports(town)
    await town.passes(minutes=1)
    assert await town.centre_group.sees(f"{first.number}（小区路灯不亮）派给了新茂社区，可值班的人联系不上")
    before = count(await town.centre_group.heard(), "联系不上")
    await files(town)
    await town.passes(minutes=1)
    assert count(await town.centre_group.heard(), "联系不上") > before


async def test_a_matter_of_the_town_is_suggested_to_the_town(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, STALL, "占道摆摊，堵了半边路")
    assert (await now_is(town, case)).status in {Status.TRIAGE, Status.DISPATCHED}
    assert await town.centre_group.sees("建议：丁岗镇综治办")
