"""Drafts rest, are recalled, survive a restart, and end; what comes after submitting still finds its case."""

from itertools import permutations

import pytest

from tests.stories.steps import (
    comes_to_review,
    files_of,
    newest_number,
    picture,
    reports_lamp,
    sends_piece,
    submits,
)
from tests.town import Town


async def test_a_resting_draft_is_recalled_and_goes_on_by_its_button(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋楼下路灯不亮")
    await town.passes(minutes=29)
    assert not await resident.sees("还没报完")
    await town.passes(minutes=2)
    assert "您刚才说的事「新港小区3栋楼下路灯不亮」还没报完" in await resident.said()
    await resident.presses("接着说")
    assert "这是哪一类事" in await resident.said()
    await resident.presses("小区路灯不亮")
    await comes_to_review(resident)


async def test_after_a_day_it_can_be_submitted_as_it_is(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋楼下路灯不亮")
    await town.passes(hours=25)
    assert "您昨天说的事「新港小区3栋楼下路灯不亮」还没提交" in await resident.said()
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


async def test_danger_that_rests_is_submitted_as_it_is(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋着火了，快来人")
    await town.passes(minutes=11)
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
    assert await resident.sees("您刚才说的事「小区路灯不亮」还没报完"), "its matter is named"
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
    await resident.presses("这件事的")
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


async def test_pieces_of_an_album_come_late_out_of_order_and_twice(town: Town) -> None:
    resident = town.resident
    await resident.sends("/start")
    await sends_piece(resident, "815", 10)
    assert "是哪方面的事" in await resident.said()
    await resident.sends("新港小区3栋")
    heard = len(await resident.heard())
    await sends_piece(resident, "815", 90)
    await sends_piece(resident, "816", 120)
    await sends_piece(resident, "815", 200)
    assert len(await resident.heard()) == heard + 1, "only the first piece of the other album is answered"
    await resident.presses("路灯道路水电气")
    await resident.presses("小区路灯不亮")
    number = await submits(resident)
    assert len(await files_of(town, number)) == 4


async def test_the_caption_of_a_later_piece_is_heard(town: Town) -> None:
    resident = town.resident
    await resident.sends("/start")
    await sends_piece(resident, "4712", 10)
    await sends_piece(resident, "4712", 90, "新港小区3栋楼下路灯不亮")
    assert "这是哪一类事" in await resident.said()
    assert (await resident.buttons())[0] == "小区路灯不亮"


async def test_the_same_file_twice_is_one(town: Town) -> None:
    resident = town.resident
    for _ in range(2):
        await resident.sends_any(photo=picture(33), caption="新港小区3栋楼下路灯不亮")
    await resident.presses("小区路灯不亮")
    number = await submits(resident)
    assert len(await files_of(town, number)) == 1


@pytest.mark.parametrize("order", list(permutations(("voice", "photo", "text"))), ids="-".join)
async def test_voice_photo_and_text_in_any_order_make_one_report(town: Town, order: tuple[str, ...]) -> None:
    resident = town.resident
    for what in order:
        await resident.sends_any(**({"text": "新港小区3栋楼下路灯不亮"} if what == "text" else {what: True}))
    await resident.presses("小区路灯不亮")
    await comes_to_review(resident)
    assert "2 份" in await resident.said()
    assert "情况：新港小区3栋楼下路灯不亮" in await resident.said()
    assert not await resident.sees("有照片或视频吗")


async def test_an_edited_answer_is_the_answer_and_no_story(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋老奶奶没人管")
    await resident.presses("看全部")
    await resident.presses("老人孩子")
    await resident.presses("独居老人走访")
    sent = await resident.sends("七十五")
    assert "最近一次见到" in await resident.said()
    await resident.edits(sent["message_id"], "八十五")
    assert "按您改过的记" in await resident.said()
    await comes_to_review(resident)
    card = await resident.said()
    assert "老人多大年纪？ 85" in card
    assert "八十五" not in card


async def test_an_edited_place_is_the_place(town: Town) -> None:
    resident = town.resident
    await resident.sends("路灯不亮")
    await resident.presses("小区路灯不亮")
    await resident.presses("一盏")
    sent = await resident.sends("滨河花园大门口")
    await resident.edits(sent["message_id"], "新港小区2栋门口")
    await comes_to_review(resident)
    card = await resident.said()
    assert "地点：新港小区2栋门口" in card
    assert "滨河花园" not in card


async def test_an_edit_the_day_after_reaches_its_own_case_and_no_other(town: Town) -> None:
    resident = town.resident
    sent = await resident.sends("新港小区3栋楼下路灯不亮")
    await resident.presses("小区路灯不亮")
    first = await submits(resident)
    chat = await resident.sends("新港小区垃圾没人收")
    await resident.presses("垃圾没人清")
    second = await submits(resident)
    await town.passes(hours=26)
    await resident.sends("井盖响")
    await resident.edits(sent["message_id"], "新港小区3栋楼下路灯全不亮")
    assert f"已补充到 {first}" in await resident.said()
    await resident.edits(chat["message_id"], "新港小区垃圾三天没人收")
    assert f"已补充到 {second}" in await resident.said()
    await town.passes(hours=30)
    heard = await resident.heard()
    await resident.edits(sent["message_id"], "现在又亮了")
    assert "已补充到" not in "".join((await resident.heard())[len(heard) :]), "after 48 hours Telegram allows no edit"


async def test_an_old_button_pressed_on_another_device_still_counts_and_harms_nothing(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋楼下路灯不亮")
    question = await resident.message_with("哪一类事")
    await resident.presses("小区路灯不亮", message=question)
    lamps = await resident.message_with("坏了几盏")
    keys = [key["callback_data"] for row in lamps["reply_markup"]["inline_keyboard"] for key in row]
    await resident.presses_data(lamps["message_id"], keys[0])
    await resident.presses_data(lamps["message_id"], keys[1])
    await comes_to_review(resident)
    assert "坏了几盏？ 好几盏" in await resident.said(), "the last tap counts"
