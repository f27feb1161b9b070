"""Words of danger win over whatever else was asked: advice first, and a report, or one tap to a report."""

import pytest

from tests.stories.steps import case_of, nothing_failed, reports_lamp, submits
from tests.town import Town

FIRE = "新港小区2栋着火了，快来人"


@pytest.mark.parametrize("asks", ["/mygrid", "/follow"])
async def test_danger_where_a_place_was_asked_for_is_a_report_by_one_tap(town: Town, asks: str) -> None:
    resident = town.resident
    await resident.sends(asks)
    await resident.sends(FIRE)
    assert await resident.sees("请先打电话")
    assert await town.fire_brigade.sees(FIRE), "they know at once"
    await resident.presses("马上报险情")
    assert "这是哪一类事" in await resident.said()
    await resident.presses("着火、冒烟")
    number = await submits(resident)
    assert await town.fire_brigade.sees(number)
    assert await nothing_failed(town)


async def test_the_menu_and_start_leave_what_was_asked_aside(town: Town) -> None:
    resident = town.resident
    for back in ("我要反映", "/start"):
        await resident.sends("/mygrid")
        await resident.sends(back)
        await resident.sends("新港小区3栋楼下路灯不亮")
        assert "这是哪一类事" in await resident.said(), back
        await resident.sends("/cancel")


async def test_a_draft_that_waited_goes_on_after_the_menu(town: Town) -> None:
    resident = town.resident
    await resident.sends("路灯不亮")
    await resident.presses("小区路灯不亮")
    await resident.sends("/mygrid")
    await resident.sends("我要反映")
    assert "坏了几盏" in await resident.said()


async def test_danger_added_to_a_lamp_is_kept_there_and_reported_by_one_tap(town: Town) -> None:
    resident = town.resident
    lamp = await reports_lamp(resident)
    await resident.presses("补充")
    await resident.sends(FIRE)
    heard = await resident.heard()
    assert "请先打电话" in heard[-2]
    assert heard[-1] == f"已补充到 {lamp}。"
    assert await town.community_group.sees(FIRE), "nothing is lost"
    await resident.presses("马上报险情")
    assert "这是哪一类事" in await resident.said()
    await resident.presses("着火、冒烟")
    fire = await submits(resident)
    assert (await case_of(town, fire)).text == FIRE
    assert sum("请先打电话" in text for text in await resident.heard()) == 1
    again = await resident.presses("马上报险情")
    assert again and "已经过去了" in again["text"]


async def test_danger_in_a_reply_to_a_card_brings_the_advice(town: Town) -> None:
    resident = town.resident
    lamp = await reports_lamp(resident)
    card = await resident.message_with(f"{lamp}\u3000")
    await resident.sends(FIRE, reply_to=card["message_id"])
    assert await resident.sees("请先打电话")
    assert await resident.sees(f"已补充到 {lamp}")


async def test_a_responder_who_is_asked_for_a_note_reads_the_advice_and_the_note_is_kept(town: Town) -> None:
    lamp = await reports_lamp(town.resident)
    await town.community_group.presses("签收")
    await town.responder.sends(f"/start c_{(await case_of(town, lamp)).id}")
    await town.responder.presses("进展")
    await town.responder.sends(FIRE)
    assert await town.responder.sees("请先打电话")
    assert await town.resident.sees(f"有进展：{FIRE}")
    await town.responder.presses("马上报险情")
    await town.responder.presses("着火、冒烟")
    assert await town.centre_group.sees(await submits(town.responder))


@pytest.mark.parametrize("asks", ["/people", "/broadcast"])
async def test_an_admin_in_danger_is_heard_too(town: Town, asks: str) -> None:
    admin = town.admin
    await admin.sends(asks)
    await admin.sends(FIRE)
    assert await admin.sees("请先打电话")
    if asks == "/broadcast":
        assert any("现在发" in one for one in await admin.buttons()), "the words are the notice all the same"
    await admin.presses("马上报险情")
    await admin.presses("着火、冒烟")
    assert await town.fire_brigade.sees(await submits(admin))


async def test_a_broadcast_being_put_together_outlives_the_menu(town: Town) -> None:
    admin = town.admin
    await admin.sends("/broadcast")
    await admin.presses("我要反映")
    await admin.sends("新港小区3栋楼下路灯不亮")
    assert "这是哪一类事" in await admin.said()


async def test_a_cry_for_help_is_no_place_and_no_answer(town: Town) -> None:
    resident = town.resident
    await resident.sends("路灯不亮")
    await resident.presses("小区路灯不亮")
    await resident.presses("跳过")
    assert "在什么地方" in await resident.said()
    await resident.sends("着火了快来人啊")
    assert await resident.sees("请先打电话")
    assert not await resident.sees("好的，地点：着火")
