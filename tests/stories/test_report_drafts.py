"""Drafts rest, are recalled, survive a restart, and end; what comes after submitting still finds its case."""

from tests.stories.steps import comes_to_review, newest_number, reports_lamp, sends_piece
from tests.town import Town


async def test_a_resting_draft_is_recalled_and_goes_on_by_its_button(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋楼下路灯不亮")
    await town.passes(minutes=29)
    assert not await resident.sees("还没报完")
    await town.passes(minutes=2)
    assert "您刚才说的事还没报完" in await resident.said()
    await resident.presses("接着说")
    assert "这是哪一类事" in await resident.said()
    await resident.presses("小区路灯不亮")
    await comes_to_review(resident)


async def test_after_a_day_it_can_be_submitted_as_it_is(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋楼下路灯不亮")
    await town.passes(hours=25)
    assert "您昨天说的事还没提交" in await resident.said()
    await resident.presses("就这样提交")
    assert await resident.sees("已提交，编号")
    assert await town.centre_group.sees("新港小区3栋楼下路灯不亮")


async def test_the_reminder_can_drop_it(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋楼下路灯不亮")
    await town.passes(minutes=31)
    await resident.presses("不报了", message=await resident.message_with("还没报完"))
    assert "这次不报了" in await resident.said()
    await town.passes(hours=80)
    assert not await resident.sees("昨天说的事")


async def test_after_three_days_a_quiet_draft_is_deleted(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋楼下路灯不亮")
    await town.passes(hours=25)
    reminder = await resident.message_with("您昨天说的事")
    await town.passes(hours=50)
    pressed = await resident.presses("就这样提交", message=reminder)
    assert pressed and "已经过去了" in pressed["text"]
    await resident.sends("/mine")
    assert "还没有反映过事情" in await resident.said()
    assert not await town.centre_group.sees("新港小区3栋楼下路灯不亮")


async def test_after_three_days_danger_is_submitted_as_it_is(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋着火了，快来人")
    await town.passes(hours=25)
    assert "后天我替您交" in await resident.said()
    await town.passes(hours=48)
    await resident.sends("/mine")
    assert any("着火、冒烟" in one for one in await resident.buttons())
    assert await town.fire_brigade.sees("着火了")


async def test_a_draft_survives_a_restart(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋楼下路灯不亮")
    await resident.presses("小区路灯不亮")
    await town.restarts()
    assert "坏了几盏" in await resident.said()
    await town.restarts()
    await resident.presses("好几盏")
    await town.passes(minutes=31)
    assert await resident.sees("您刚才说的事还没报完")
    await resident.presses("接着说")
    await comes_to_review(resident)
    assert "新港小区3栋楼下路灯不亮" in await resident.said()


async def test_a_place_alone_is_no_draft_to_be_recalled(town: Town) -> None:
    resident = town.resident
    await resident.sends("/start g_DX01010102")
    await town.passes(hours=80)
    assert not await resident.sees("还没报完")
    await resident.sends("路灯不亮")
    await resident.presses("小区路灯不亮")
    await comes_to_review(resident)
    assert "地点：" not in await resident.said()


async def test_a_photo_after_submitting_belongs_to_the_case(town: Town) -> None:
    resident = town.resident
    number = await reports_lamp(resident)
    await resident.sends_photo()
    assert f"已补充到 {number}" in await resident.said()
    await town.passes(minutes=11)
    await resident.sends_photo()
    assert "是哪方面的事" in await resident.said(), "after ten minutes it is something new"


async def test_an_album_split_over_the_submit_is_one_case(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋楼下路灯不亮")
    await resident.presses("小区路灯不亮")
    await comes_to_review(resident)
    await resident.presses("加照片")
    await sends_piece(resident, "4711", 10)
    await sends_piece(resident, "4711", 90)
    await resident.presses("提交", message=await resident.message_with("请看一眼"))
    number = await newest_number(resident)
    heard = await resident.heard()
    await sends_piece(resident, "4711", 200)
    assert await resident.heard() == heard, "the rest of an album is not answered again"
    await resident.sends(number)
    assert "您补充了内容" in await resident.said()
    await town.fetches()
    await town.passes(minutes=1)
    shown = [one for one in await town.community_group.messages() if "photo" in one]
    assert len(shown) == 3


async def test_an_edit_after_submitting_is_added(town: Town) -> None:
    resident = town.resident
    sent = await resident.sends("新港小区3栋楼下路灯不亮")
    await resident.presses("小区路灯不亮")
    await comes_to_review(resident)
    await resident.presses("提交")
    await resident.edits(sent["message_id"], "新港小区2栋楼下路灯不亮")
    assert "已补充到" in await resident.said()
    assert await town.community_group.sees("新港小区2栋楼下路灯不亮")
