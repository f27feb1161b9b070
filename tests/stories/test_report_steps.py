"""From the matter to the receipt: danger first, one question at a time, every line of the card can be changed."""

import asyncio

import pytest

from bot.demo_town import BOT_ID
from tests.stories.steps import (
    case_of,
    comes_to_review,
    files_of,
    has_button,
    newest_number,
    promise_card,
    reports_lamp,
    sends_piece,
    submits,
)
from tests.town import Person, Town


async def test_danger_in_the_first_words_brings_numbers_and_advice_before_anything_else(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋着火了，快来人")
    heard = await resident.heard()
    assert "请先打电话" in heard[0]
    assert "119" in heard[0]
    assert heard[0].count("\n· ") == 3
    assert "这是哪一类事" in heard[1]
    assert len(heard) == 2
    assert (await resident.buttons())[0] == "着火、冒烟"
    await resident.presses("着火、冒烟")
    number = await submits(resident)
    assert sum("请先打电话" in text for text in await resident.heard()) == 1
    assert await resident.sees("先跟您说清楚"), "the notice waits in danger, but it comes"
    assert await town.fire_brigade.sees(number), "red: the duty person hears in parallel"
    assert await town.centre_group.sees(number)


async def test_a_red_matter_that_was_only_tapped_brings_its_advice(town: Town) -> None:
    resident = town.resident
    await resident.sends_photo()
    await resident.presses("眼前有危险")
    await resident.presses("燃气泄漏")
    assert await resident.sees("请先打电话")
    assert "现在还有危险吗" in await resident.said()
    await resident.presses("有，正在发生")
    assert sum("请先打电话" in text for text in await resident.heard()) == 1


async def test_danger_now_makes_a_yellow_matter_red(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋楼下窨井盖没了")
    await resident.presses("小区井盖缺损")
    assert "现在还有危险吗" in await resident.said()
    await resident.sends("有")
    assert await resident.sees("请先打电话")
    number = await submits(resident)
    assert "🔴" in await town.centre_group.said(2)
    assert number in await town.centre_group.said(2)


async def test_a_broken_lift_with_somebody_inside_is_a_trapped_person(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋电梯坏了")
    await resident.presses("电梯故障")
    assert "电梯里有人被困吗" in await resident.said()
    await resident.presses("有")
    assert await resident.sees("按电梯里的应急按钮")
    assert "里面有几个人" in await resident.said()
    await resident.sends("两个人")
    assert "编号是多少" in await resident.said()
    await comes_to_review(resident)
    card = await resident.said()
    assert "事项：电梯困人" in card
    assert "里面有几个人？ 2" in card


async def test_all_matters_are_two_taps_away_with_a_way_back(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋楼下路灯不亮")
    await resident.presses("都不是，看全部")
    await resident.presses("停车和楼道")
    await resident.presses("返回")
    await resident.presses("其他")
    await resident.presses("其他")
    await comes_to_review(resident)
    assert "事项：其他" in await resident.said()


async def _to_where(resident: Person) -> None:
    await resident.sends("路灯不亮")
    await resident.presses("小区路灯不亮")
    await resident.presses("跳过")
    assert "在什么地方" in await resident.said()


async def test_the_place_by_sharing_the_location(town: Town) -> None:
    resident = town.resident
    await _to_where(resident)
    assert "位置只用来找现场" in await resident.said()
    await resident.presses("发送我的位置")
    assert "好的，地点：丁岗镇新茂社区新港小区3栋。" in await resident.said(2)
    assert "有照片或视频吗" in await resident.said()


async def test_the_place_by_tapping_through_the_list(town: Town) -> None:
    resident = town.resident
    await _to_where(resident)
    await resident.presses("从社区里选")
    assert await resident.buttons() == ["新茂社区", "滨河社区", "‹ 返回"]
    await resident.presses("新茂社区")
    await resident.presses("新港小区")
    await resident.presses("2栋")
    assert "好的，地点：丁岗镇新茂社区新港小区2栋。" in await resident.said(2)


async def test_the_place_by_the_list_only_as_far_as_it_is_known(town: Town) -> None:
    resident = town.resident
    await _to_where(resident)
    await resident.presses("从社区里选")
    await resident.presses("滨河社区")
    await resident.presses("就是这里")
    assert "好的，地点：丁岗镇滨河社区。" in await resident.said(2)


async def test_the_place_in_words(town: Town) -> None:
    resident = town.resident
    await _to_where(resident)
    await resident.sends("滨河花园大门口的保安亭旁")
    assert "好的，地点：滨河花园大门口的保安亭旁。" in await resident.said(2)
    await submits(resident)
    assert "滨河社区" in await promise_text(resident)


async def promise_text(person: Person) -> str:
    return str((await promise_card(person, await newest_number(person)))["text"])


async def test_a_point_outside_the_district_is_kept_all_the_same(town: Town) -> None:
    resident = town.resident
    await _to_where(resident)
    await resident.shares_location(31.0, 121.0)
    assert "好的，位置收到了。" in await resident.said(2)
    await comes_to_review(resident)
    assert "地点：已发送位置" in await resident.said()


async def test_no_place_is_no_obstacle(town: Town) -> None:
    resident = town.resident
    await _to_where(resident)
    await resident.sends("跳过")
    assert "地点先不填" in await resident.said(2)
    number = await submits(resident)
    assert await town.centre_group.sees(number)


async def test_the_code_of_a_place_is_known_from_the_start(town: Town) -> None:
    resident = town.resident
    await resident.sends("/start g_DX01010102")
    assert await resident.sees("您在：丁岗镇新茂社区新港小区2栋。这里有什么事？")
    await resident.sends("路灯不亮")
    await resident.presses("小区路灯不亮")
    await comes_to_review(resident)
    assert "地点：丁岗镇新茂社区新港小区2栋" in await resident.said()
    assert not await resident.sees("在什么地方")


async def test_the_place_of_the_last_report_is_offered_again(town: Town) -> None:
    resident = town.resident
    await _to_where(resident)
    await resident.presses("从社区里选")
    for one in ("新茂社区", "新港小区", "2栋"):
        await resident.presses(one)
    first = await case_of(town, await submits(resident))
    await town.passes(minutes=15)
    await _to_where(resident)
    await resident.presses("新茂社区新港小区2栋")
    assert "好的，地点：新茂社区新港小区2栋。" in await resident.said(2)
    second = await case_of(town, await submits(resident))
    assert second.node_id == first.node_id and second.number != first.number


async def test_an_unknown_code_is_simply_a_welcome(town: Town) -> None:
    await town.resident.sends("/start g_NOWHERE")
    assert "伢叔" in (await town.resident.heard())[0]
    assert not await town.resident.sees("您在：")


async def test_every_line_of_the_card_can_be_changed(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋楼下路灯不亮")
    await resident.presses("小区路灯不亮")
    await comes_to_review(resident)
    await _changes(resident, "情况")
    await resident.sends("其实是车棚边上的灯不亮")
    assert "情况：其实是车棚边上的灯不亮\n" in await resident.said()
    await _changes(resident, "地点")
    await resident.sends("新港小区2栋")
    assert "地点：新港小区2栋\n" in await resident.said()
    await _changes(resident, "现在有危险")
    await resident.presses("没有")
    await _changes(resident, "联系")
    await resident.presses("替我保密")
    assert "🔒 替我保密" in await resident.said()
    await _changes(resident, "坏了几盏")
    await resident.presses("好几盏")
    assert "坏了几盏？ 好几盏" in await resident.said()
    await _changes(resident, "事项")
    await resident.presses("脏乱、噪声、违建")
    await resident.presses("返回")
    await resident.presses("其他")
    await resident.presses("其他")
    assert "事项：其他" in await resident.said()
    await resident.presses("加照片")
    await resident.sends_photo()
    assert "1 份" in await resident.said()


async def _changes(person: Person, line: str) -> None:
    await person.presses("修改")
    await person.presses(line)


async def test_a_change_that_is_given_up_changes_nothing(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋楼下路灯不亮")
    await resident.presses("小区路灯不亮")
    await comes_to_review(resident)
    before = await resident.said()
    await _changes(resident, "情况")
    await resident.presses("不改了")
    assert await resident.said() == before
    await resident.presses("加照片")
    await resident.presses("不改了")
    assert await resident.said() == before


async def test_submitting_gives_number_and_promise_and_the_card_follows_the_case(town: Town) -> None:
    resident = town.resident
    number = await reports_lamp(resident)
    card = await promise_card(resident, number)
    assert "已派单，等待签收" in card["text"]
    assert "承诺办结" in card["text"]
    await town.responder.inside(-5002).presses("签收")
    changed = await promise_card(resident, number)
    assert changed["message_id"] == card["message_id"]
    assert "已签收" in changed["text"]
    assert await resident.sees(f"{number}，新茂社区已经签收")


async def test_typing_submit_is_as_good_as_pressing(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋楼下路灯不亮")
    await resident.presses("小区路灯不亮")
    await comes_to_review(resident)
    await resident.sends("没问题")
    assert await resident.sees("已提交，编号")


async def test_an_album_of_ten_and_ten_taps_on_submit_at_once_give_one_case_with_ten_photos(town: Town) -> None:
    resident = town.resident
    await resident.sends("新港小区3栋楼下路灯不亮")
    await resident.presses("小区路灯不亮")
    await asyncio.gather(*(sends_piece(resident, "4713", 20 * number) for number in range(10)))
    await comes_to_review(resident)
    card = next(one for one in reversed(await resident.messages()) if has_button(one, "提交"))
    data = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    press = {"chat": BOT_ID, "message_id": card["message_id"], "data": data, "wait": 0}
    await asyncio.gather(*(town.post(f"people/{resident.id}/press", press) for _ in range(10)))
    await town.settles()
    assert len(await files_of(town, await newest_number(resident))) == 10
    late = await resident.presses_data(card["message_id"], data)
    assert late and "已经提交过了，编号" in late["text"]
    await resident.sends("/mine")
    assert len([one for one in await resident.buttons() if "路灯" in one]) == 1
    assert sum("待签收" in text for text in await town.community_group.heard()) == 1


@pytest.mark.parametrize("extra", [[], [{"photo": True}]])
async def test_dropping_a_report_leaves_nothing(town: Town, extra: list[object]) -> None:
    resident = town.resident
    await resident.sends("路灯不亮")
    if extra:
        await resident.sends_photo()
    await resident.presses("不报了")
    assert "这次不报了" in await resident.said()
    await resident.sends("/mine")
    assert "还没有反映过事情" in await resident.said()
