"""Odd input at every step is answered with what is expected, and nothing of it is lost."""

from collections.abc import Awaitable, Callable

import pytest

from bot.demo_town import BOT_ID
from storage import cases
from tests.stories.steps import (
    album,
    case_of,
    files_of,
    has_button,
    newest_number,
    nothing_failed,
    picture,
    reports_lamp,
    sends_piece,
    submits,
)
from tests.town import Person, Town

Way = Callable[[Person], Awaitable[object]]
LONG = "灯坏了😀，" * 700
"""More than one message of Telegram can hold (4,096 UTF-16 units); a client sends it as two."""


async def _to_matter(person: Person) -> None:
    await person.sends("路灯不亮")


async def _to_danger(person: Person) -> None:
    await person.sends("窨井盖没了")
    await person.presses("小区井盖缺损")


async def _to_words(person: Person) -> None:
    await person.shares_location(32.19, 119.593)
    await person.presses("路灯道路水电气")
    await person.presses("小区路灯不亮")


async def _to_question(person: Person) -> None:
    await person.sends("路灯不亮")
    await person.presses("小区路灯不亮")


async def _to_free_question(person: Person) -> None:
    await person.sends("电梯坏了")
    await person.presses("电梯故障")
    await person.presses("没有")
    await person.presses("别的")


async def _to_where(person: Person) -> None:
    await _to_question(person)
    await person.presses("一盏")


async def _to_photo(person: Person) -> None:
    await _to_where(person)
    await person.sends("跳过")


async def _to_review(person: Person) -> None:
    await _to_photo(person)
    await person.presses("跳过", message=await person.message_with("有照片或视频吗"))


async def _to_contact(person: Person) -> None:
    await _to_review(person)
    await person.presses("修改")
    await person.presses("联系")


async def _to_new_words(person: Person) -> None:
    await _to_review(person)
    await person.presses("修改")
    await person.presses("情况")


STEPS: dict[str, tuple[Way, str]] = {
    "matter": (_to_matter, "哪一类事"),
    "danger": (_to_danger, "还有危险吗"),
    "words": (_to_words, "说说具体情况"),
    "question": (_to_question, "坏了几盏"),
    "free question": (_to_free_question, "编号是多少"),
    "where": (_to_where, "在什么地方"),
    "photo": (_to_photo, "有照片或视频吗"),
    "contact": (_to_contact, "要不要替您保密"),
    "review": (_to_review, "请看一眼"),
    "new words": (_to_new_words, "请重新说一遍"),
}
every_step = pytest.mark.parametrize(("way", "asked"), STEPS.values(), ids=STEPS.keys())


@every_step
async def test_useless_things_are_answered_with_the_question(town: Town, way: Way, asked: str) -> None:
    resident = town.resident
    await way(resident)
    for odd in ({"sticker": True}, {"contact": {"phone": "13800000000", "first_name": "甲"}}, {"text": "/nonsense"}):
        await resident.sends_any(**odd)
        newest = await resident.said()
        assert "看不懂" in newest or "电话号码不用留" in newest
        assert any(one in newest for one in (asked, "请看一眼", "不要紧", "都记在上面了"))
    await resident.sends("/start")
    assert "刚才的事还没报完" in await resident.said(2)
    assert asked in await resident.said() or "请看一眼" in await resident.said()
    assert await nothing_failed(town)


@every_step
async def test_very_long_words_are_kept_whole(town: Town, way: Way, asked: str) -> None:
    resident = town.resident
    await way(resident)
    assert asked in await resident.said()
    first, second = LONG[:2700], LONG[2700:]
    await resident.sends(first)
    await resident.sends(second)
    number = await submits(resident)
    kept = (await case_of(town, number)).text.replace("\n", "")
    assert first in kept
    assert second in kept
    assert await nothing_failed(town)


@every_step
async def test_files_and_places_are_kept_at_any_step(town: Town, way: Way, asked: str) -> None:
    resident = town.resident
    await way(resident)
    assert asked in await resident.said()
    await resident.shares_location(32.19, 119.593)
    await resident.shares_location(32.2065, 119.5925)
    assert "好的，地点：丁岗镇滨河社区滨河花园1栋" in await resident.said(2), "the second location counts"
    await resident.sends_photo("转来的", forward_from={"hidden": "某人"})
    await resident.sends_any(album=album(20, 140))
    await sends_piece(resident, "99", 230)
    await sends_piece(resident, "99", 180)
    large = {"base64": picture(1)["base64"], "name": "long.mp4", "mime": "video/mp4", "size": 30 * 1024 * 1024}
    await resident.sends_any(video=large)
    assert await resident.sees("超过 20 MB")
    number = await submits(resident)
    files = await files_of(town, number)
    assert [one.kind for one in files] == ["photo"] * 5 + ["video"]
    assert files[-1].state == "too_large"
    assert files[-1].file_id
    case = await case_of(town, number)
    assert "转来的" in case.text or "转来的" in await _answers(town, case.id)
    assert case.place.endswith("滨河花园1栋")
    assert await nothing_failed(town)


async def _answers(town: Town, case_id: int) -> list[str]:
    async with town.app.database.read() as tx:
        return list((await cases.answers_of(tx, case_id)).values())


@every_step
async def test_an_edited_message_counts_as_it_reads_now(town: Town, way: Way, asked: str) -> None:
    resident = town.resident
    await way(resident)
    own = [one for one in await resident.messages() if not one["from"]["is_bot"] and "text" in one]
    sent = own[0] if own else await resident.sends("灯坏了")
    assert asked in await resident.said() or not own
    await resident.edits(sent["message_id"], "新港小区2栋的灯全坏了")
    assert "按您改过的记" in await resident.said()
    number = await submits(resident)
    assert (await case_of(town, number)).text == "新港小区2栋的灯全坏了"


@every_step
async def test_buttons_of_other_times_and_people_do_nothing(town: Town, way: Way, asked: str) -> None:
    resident, stranger = town.resident, town.neighbour
    await resident.sends("有人乱倒垃圾")
    old = (await resident.message_with("哪一类"))["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await resident.sends("/cancel")
    await way(resident)
    newest = await resident.message_with(asked)
    for data in (old, "d", "d:", "d::submit:", "d:12345678:submit:", "x", "c:1:show:0:", "q" * 64):
        answer = await resident.presses_data(newest["message_id"], data)
        assert answer is None or not answer.get("text") or "过去了" in answer["text"] or "没有找到" in answer["text"]
    await stranger.sends("/start")
    mine = await _own_buttons(resident)
    for data in mine:
        answer = await stranger.presses_data((await stranger.messages())[-1]["message_id"], data)
        assert answer and "过去了" in answer["text"]
    number = await submits(resident)
    assert number
    assert await nothing_failed(town)


async def _own_buttons(person: Person) -> list[str]:
    for message in reversed(await person.messages()):
        markup: dict[str, list[list[dict[str, str]]]] = message.get("reply_markup") or {}
        if rows := markup.get("inline_keyboard"):
            return [button["callback_data"] for row in rows for button in row]
    return []


@every_step
async def test_a_second_press_on_the_same_button_harms_nothing(town: Town, way: Way, asked: str) -> None:
    resident = town.resident
    await way(resident)
    pressed = next(one for one in reversed(await resident.messages()) if one.get("reply_markup"))
    for row in pressed["reply_markup"].get("inline_keyboard", []):
        data = row[0]["callback_data"]
        if not data.endswith(("cancel:", "submit:", "seal:")):
            for _ in range(2):
                await resident.presses_data(pressed["message_id"], data)
    assert await submits(resident)
    assert await nothing_failed(town)


async def test_a_reporter_who_blocked_us_and_comes_back_sees_where_it_stands(town: Town) -> None:
    resident = town.resident
    number = await reports_lamp(resident)
    await town.post(f"people/{resident.id}/block", {"bot": BOT_ID})
    await town.settles()
    await town.community_group.presses("签收")
    await town.post(f"people/{resident.id}/unblock", {"bot": BOT_ID})
    await town.settles()
    await resident.sends("/start")
    cards = [one for one in await resident.messages() if f"{number}\u3000" in (one.get("text") or "")]
    assert len(cards) == 2, "a new card, which is noticed"
    assert "已签收" in cards[-1]["text"]
    await town.community_group.presses("到场")
    assert await resident.sees("到过现场")
    assert await nothing_failed(town)


async def test_a_stranger_cannot_touch_anothers_case(town: Town) -> None:
    resident, stranger = town.resident, town.neighbour
    number = await reports_lamp(resident)
    case = await case_of(town, number)
    await stranger.sends("/start")
    message = (await stranger.messages())[-1]["message_id"]
    for action in ("show", "add", "urge", "withdraw", "withdraw_yes", "redo", "rating", "rate", "accept", "resolve"):
        value = "satisfied.5" if action == "rate" else ""
        answer = await stranger.presses_data(message, f"c:{case.id}:{action}:{case.version}:{value}")
        assert answer and answer["text"], action
        assert answer.get("show_alert")
    await stranger.sends(number)
    assert "没有找到这件事" in await stranger.said()
    after = await case_of(town, number)
    assert after == case


async def test_the_menu_in_the_middle_of_adding_is_not_added(town: Town) -> None:
    resident = town.resident
    number = await reports_lamp(resident)
    await resident.presses("补充")
    await resident.presses("我要反映")
    assert "请说说是什么事" in await resident.said()
    await resident.sends("滨河花园垃圾没人收")
    assert not await town.community_group.sees("滨河花园垃圾没人收")
    assert has_button((await resident.messages())[-1], "不报了")
    assert await newest_number(resident) == number


async def test_the_words_of_a_button_are_understood_typed_without_their_picture(town: Town) -> None:
    resident = town.resident
    await resident.sends("我的上报")
    assert "还没有反映过" in await resident.said()
    await resident.sends("门口有垃圾")
    await resident.sends("不报了。")
    assert "这次不报了" in await resident.said()
    await resident.sends("怎么用")
    assert "三句话" in await resident.said()
