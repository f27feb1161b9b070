"""A second matter told while a report is open is asked about, kept, and reported after the first."""

import pytest

from tests.stories.steps import (
    case_of,
    comes_to_review,
    files_of,
    newest_number,
    nothing_failed,
    picture,
    sends_piece,
    submits,
)
from tests.town import Person, Town

LAMP, RUBBISH = "新港小区3栋楼下路灯不亮", "新港小区垃圾堆了三天没人收"


async def _lamp_is_open(person: Person) -> None:
    await person.sends(LAMP)
    await person.presses("小区路灯不亮")


async def test_another_matter_waits_and_is_asked_about_after_the_first(town: Town) -> None:
    resident = town.resident
    await _lamp_is_open(resident)
    await resident.sends(RUBBISH)
    assert "这是另一件事吗？还是和「小区路灯不亮」同一件？" in await resident.said()
    await resident.presses("另一件")
    assert "那件我记着了，先把这件报完" in await resident.said()
    await comes_to_review(resident)
    assert "垃圾" not in await resident.said()
    await resident.presses("✅ 提交")
    first = await newest_number(resident)
    assert await resident.sees(f"接着报刚才的另一件：“{RUBBISH}”")
    await resident.presses("垃圾没人清")
    second = await submits(resident)
    assert first != second
    assert (await case_of(town, first)).text == LAMP
    assert (await case_of(town, second)).text == RUBBISH
    assert await nothing_failed(town)


async def test_the_same_matter_stays_one_report(town: Town) -> None:
    resident = town.resident
    await _lamp_is_open(resident)
    await resident.sends(RUBBISH)
    await resident.presses("同一件")
    number = await submits(resident)
    assert (await case_of(town, number)).text == f"{LAMP}\n{RUBBISH}"


@pytest.mark.parametrize("words", ["另一件", "是的。"])
async def test_the_answer_may_be_typed(town: Town, words: str) -> None:
    resident = town.resident
    await _lamp_is_open(resident)
    await resident.sends(RUBBISH)
    await resident.sends(words)
    assert "那件我记着了" in await resident.said()


async def test_whoever_goes_on_without_answering_loses_nothing(town: Town) -> None:
    resident = town.resident
    await _lamp_is_open(resident)
    await resident.sends(RUBBISH)
    await resident.sends("老人晚上不敢走")
    number = await submits(resident)
    assert (await case_of(town, number)).text.split("\n") == [LAMP, RUBBISH, "老人晚上不敢走"]


async def test_more_about_the_same_matter_is_never_asked_about(town: Town) -> None:
    resident = town.resident
    await _lamp_is_open(resident)
    for words in ("旁边还有一盏也不亮", "已经三天了", "老人晚上不敢走"):
        await resident.sends(words)
    assert not await resident.sees("这是另一件事吗")


async def test_where_a_place_was_asked_for_a_rubbish_heap_is_a_place(town: Town) -> None:
    resident = town.resident
    await resident.sends("路灯不亮")
    await resident.presses("小区路灯不亮")
    await resident.presses("跳过")
    await resident.sends("垃圾站旁边那盏")
    assert "好的，地点：垃圾站旁边那盏。" in await resident.said(2)


async def test_danger_told_meanwhile_is_reported_first_and_makes_no_lamp_red(town: Town) -> None:
    resident = town.resident
    await _lamp_is_open(resident)
    await resident.sends("新港小区2栋着火了，快来人")
    heard = await resident.heard()
    assert "请先打电话" in heard[-2]
    assert "这是另一件事吗" in heard[-1]
    await resident.presses("另一件")
    assert sum("请先打电话" in text for text in await resident.heard()) == 1
    await resident.presses("着火、冒烟")
    fire = await submits(resident)
    assert await town.fire_brigade.sees(fire)
    assert await resident.sees("接着报刚才的另一件")
    await resident.presses("一盏")
    lamp = await submits(resident)
    assert (await case_of(town, lamp)).colour == "none"
    assert (await case_of(town, fire)).colour == "red"


async def test_danger_of_the_same_matter_is_danger(town: Town) -> None:
    resident = town.resident
    await _lamp_is_open(resident)
    await resident.sends("新港小区2栋着火了，快来人")
    await resident.presses("同一件")
    number = await submits(resident)
    assert (await case_of(town, number)).danger


async def test_the_pictures_of_the_other_matter_go_with_it(town: Town) -> None:
    resident = town.resident
    await _lamp_is_open(resident)
    await sends_piece(resident, "66", 20, RUBBISH)
    assert "这是另一件事吗" in await resident.said()
    heard = len(await resident.heard())
    await sends_piece(resident, "66", 90)
    assert len(await resident.heard()) == heard, "a piece of an album is kept in silence"
    await resident.sends_any(photo=picture(200))
    assert "这是另一件事吗" in await resident.said()
    await resident.presses("另一件", message=await resident.message_with("这是另一件事吗"))
    first = await submits(resident)
    await resident.presses("垃圾没人清")
    second = await submits(resident)
    assert [len(await files_of(town, one)) for one in (first, second)] == [0, 3]


async def test_dropping_the_first_keeps_the_other(town: Town) -> None:
    resident = town.resident
    await _lamp_is_open(resident)
    await resident.sends(RUBBISH)
    await resident.sends("/cancel")
    assert "接着报刚才的另一件" in await resident.said()
    await resident.sends("/cancel")
    assert "这次不报了" in await resident.said()
    await resident.sends("/cancel")
    assert "没有做到一半的事" in await resident.said()


async def test_what_waits_behind_a_forgotten_draft_is_asked_about_in_its_turn(town: Town) -> None:
    resident = town.resident
    await _lamp_is_open(resident)
    await resident.sends(RUBBISH)
    await resident.presses("另一件")
    await town.restarts()
    await town.passes(hours=74)
    assert await resident.sees(f"您刚才说的事「{RUBBISH}」还没报完")
    await resident.presses("接着说")
    await resident.presses("垃圾没人清")
    number = await submits(resident)
    assert (await case_of(town, number)).text == RUBBISH


async def test_skipping_under_an_old_message_says_what_became_of_it(town: Town) -> None:
    resident = town.resident
    await resident.sends("路灯不亮")
    await resident.presses("小区路灯不亮")
    lamps = await resident.message_with("坏了几盏")
    skip = next(
        key["callback_data"] for row in lamps["reply_markup"]["inline_keyboard"] for key in row if key["text"] == "跳过"
    )
    await resident.sends("一盏")
    assert "在什么地方" in await resident.said()
    await resident.presses_data(lamps["message_id"], skip)
    assert "「坏了几盏？」您说过了，不用跳过。" in await resident.said()
    await resident.sends(LAMP[:6])
    photo = await resident.message_with("有照片或视频吗")
    await resident.presses("跳过", message=photo)
    keys = [key["callback_data"] for row in photo["reply_markup"]["inline_keyboard"] for key in row]
    await resident.presses_data(photo["message_id"], keys[0])
    assert "「照片」已经跳过了，我们接着来。" in await resident.said()
    await resident.sends("跳过")
    assert "都问完了，没有要跳过的。" in await resident.said()
    await resident.presses("修改")
    await resident.presses("地点")
    await resident.sends("跳过")
    assert "好的，地点还是：" in await resident.said(2)
    await resident.presses_data(photo["message_id"], keys[0].replace("photo", "submit"))
    newest = await resident.said()
    assert "请看一眼" in newest or "就这样提交" in newest, "a forged skip skips nothing"


async def test_what_cannot_be_skipped_says_so(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋电梯坏了")
    await resident.presses("电梯故障")
    assert "电梯里有人被困吗" in await resident.said()
    await resident.sends("跳过")
    assert "这一步跳不过去" in await resident.said()
