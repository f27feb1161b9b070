"""Somebody who must not be heard, or cannot call: in writing only, without a sound, and those on duty know it."""

import pytest

from tests.databases import SQLITE
from tests.stories.steps import case_of, nothing_failed
from tests.town import Json, Person, Town

WITHOUT_A_SOUND = "您别出声，不用打电话"
HIDDEN = "对方不能出声"


async def received(person: Person) -> list[Json]:
    """Every message of the bot that somebody has, the oldest first."""
    return [one for one in await person.messages() if one["from"]["is_bot"]]


@pytest.mark.parametrize(
    "words",
    [
        "他在旁边 别打电话",
        "嘘 别出声 他在外面",
        "老公又打我了 我躲在厕所里 不敢出声",
        "后面有人跟着我 不敢说话 只能打字",
        "my husband is beating me I can't talk",
    ],
)
async def test_nobody_is_told_to_call_and_nothing_sounds(town: Town, words: str) -> None:
    resident = town.resident
    before = len(await received(resident))
    await resident.sends(words)
    await town.passes(minutes=2)
    fresh = (await received(resident))[before:]
    said = "\n".join(one["text"] for one in fresh)
    assert WITHOUT_A_SOUND in said or "Stay quiet; you need not call" in said
    assert "12110" in said
    assert "请先打电话" not in said
    assert "Please phone first" not in said
    assert "打通了吗" not in said, "it is not asked of whoever cannot call"
    assert all(one["silent"] for one in fresh)
    card = (await town.dispatcher.message_with(HIDDEN))["text"]
    assert "别打电话" in card
    assert not await town.centre_group.sees(words), "in secret"
    assert await nothing_failed(town)


async def test_what_comes_of_it_days_later_makes_no_sound_either(town: Town) -> None:
    resident = town.resident
    await resident.sends("老公又打我了 我躲在厕所里 不敢出声 新港小区3栋")
    before = len(await received(resident))
    await town.passes(minutes=11)
    assert await resident.sees("我先按您说的报上去了"), "silence is a report"
    await town.passes(hours=30)
    later = (await received(resident))[before:]
    assert later
    assert all(one["silent"] for one in later)
    await town.passes(hours=50)
    await resident.sends("/help")
    assert not (await received(resident))[-1]["silent"], "three days are enough"


async def test_whoever_only_cannot_speak_is_asked_whether_there_is_danger(town: Town) -> None:
    resident = town.resident
    await resident.sends("不能说话")
    assert "好，只打字，不打电话" in await resident.said()
    assert "12110" in await resident.said()
    await resident.presses("有，正在发生")
    assert WITHOUT_A_SOUND in await resident.said(2)
    assert await town.dispatcher.sees(HIDDEN)
    await resident.sends("新港小区3栋")
    assert "提交" in "".join(await resident.buttons()), "what it is, nobody asks"
    await resident.presses("提交")
    number = (await resident.message_with("已提交"))["text"].split("编号")[1].split()[0]
    case = await case_of(town, number)
    assert case.sealed
    assert case.danger


async def test_not_daring_to_call_is_an_answer_and_no_other_number_is_named(town: Town) -> None:
    resident = town.resident
    await resident.sends("爸爸喝醉了在砸东西打妈妈 我躲在房间里")
    await town.passes(minutes=2)
    assert await resident.sees("打通了吗")
    await resident.sends("不敢")
    said = await resident.said()
    assert "不用打" in said
    assert "12110" in said
    assert "119" not in said
    assert "再打" not in said
    told = (await town.dispatcher.message_with("请直接派人过去"))["text"]
    assert HIDDEN in told
    assert "替他联系" not in told
    await resident.sends("在新港小区3栋")
    assert (await received(resident))[-1]["silent"]


async def test_a_tap_on_a_number_takes_it_along(town: Town) -> None:
    """Telegram dials no short number; one tap copies it."""
    await town.resident.sends("新港小区2栋着火了")
    for words, number in (("请先打电话", "119"), (WITHOUT_A_SOUND, "12110")):
        if number == "12110":
            await town.resident.sends("他在旁边 别打电话")
        message = await town.resident.message_with(words)
        codes = [one for one in message["entities"] if one["type"] == "code"]
        text = message["text"].encode("utf-16-le")
        taken = [text[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le") for one in codes]
        assert number in taken


async def test_the_deaf_are_not_told_to_call_and_hear_of_others_who_can(town: Town) -> None:
    resident = town.resident
    await resident.sends("我是聋哑人 家里着火了")
    said = await resident.said(3)
    assert "请他替您打 119" in said.replace("<b>", "")
    assert "12110" in said
    assert "先离开，别坐电梯。" in said
    assert "马上打119" not in said
    await town.passes(minutes=2)
    assert not await resident.sees("打通了吗")
    assert await town.centre_group.sees("对方打不了电话")


async def test_the_police_that_cannot_be_called_can_be_written_to(town: Town) -> None:
    resident = town.resident
    await resident.sends("有人在打架 新港小区")
    await town.passes(minutes=2)
    await resident.sends("没打通")
    said = await resident.said()
    assert "12110" in said
    assert "119" not in said, "firemen are no police"


@pytest.mark.parametrize("database", [SQLITE], indirect=True, scope="session")
@pytest.mark.parametrize(
    "words", ["不要给我打电话 打字就行，小区路灯不亮", "楼上半夜吵，说话声都听得到", "他在外面打工"]
)
async def test_a_wish_or_a_story_is_not_taken_for_it(town: Town, words: str) -> None:
    await town.resident.sends(words)
    assert "12110" not in await town.resident.said(3)
    assert not (await received(town.resident))[-1]["silent"]
