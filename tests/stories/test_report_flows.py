"""Questions of a matter: every kind of answer, by tap and in words, and who reads what of it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cases.catalogue_file import SHIPPED
from storage import cases
from tests.stories.steps import case_of, comes_to_review, has_button, newest_number, nothing_failed
from tests.town import Person, Town, open_town

ALL_KINDS = """
[[matter.question]]
key = "when"
kind = "time"
ask = "什么时候掉的？"
ask_en = "When did it fall?"

[[matter.question]]
key = "phone"
kind = "phone"
ask = "谁的电话可以打？"
ask_en = "Whom can we call?"
help = "只给经办的人看。"
help_en = "Only whoever deals with it sees it."

[[matter.question]]
key = "seen_at"
kind = "location"
ask = "车往哪里开了？"
ask_en = "Where did the car go?"

[[matter.question]]
key = "film"
kind = "video"
ask = "有视频吗？"
ask_en = "Is there a video?"

[[matter.question]]
key = "sound"
kind = "voice"
ask = "能发一段语音吗？"
ask_en = "Can you send a voice message?"

[[matter.question]]
key = "owner"
kind = "person"
ask = "这是谁家的？"
ask_en = "Whose is it?"
later = true
"""


@pytest.fixture
async def odd_town(tmp_path: Path, template: Path) -> AsyncIterator[Town]:
    """A town whose catalogue asks of 其他 (a matter without questions) everything that can be asked."""
    catalogue = tmp_path / "matters.toml"
    catalogue.write_text(SHIPPED.read_text("utf-8").rstrip() + "\n" + ALL_KINDS, "utf-8")
    async with open_town(tmp_path / "data", template, catalogue=catalogue) as opened:
        yield opened


async def _tells(person: Person, words: str, matter: str) -> None:
    await person.sends(words)
    await person.presses(matter)


async def _answers(town: Town, number: str) -> dict[str, str]:
    async with town.app.database.read() as tx:
        return dict(await cases.answers_of(tx, (await case_of(town, number)).id))


async def test_what_the_first_words_say_is_never_asked_and_stands_on_the_card(town: Town) -> None:
    resident = town.resident
    await _tells(resident, "新港小区3栋电梯里关了两个人", "电梯")
    assert "编号是多少" in await resident.said(), "neither whether somebody is inside nor how many"
    await resident.presses("跳过")
    card = await resident.said()
    assert "电梯里有人被困吗？ 是" in card or "电梯里有人被困吗？ 有" in card
    assert "里面有几个人？ 2" in card
    assert not await resident.sees("有照片或视频吗"), "nobody takes pictures in danger"


async def test_times_in_words_are_understood_and_what_is_not_is_asked_kindly_once(town: Town) -> None:
    resident = town.resident
    await _tells(resident, "滨河花园2栋对门的老奶奶一个人住，想请人常去看看", "独居老人走访")
    await resident.sends("八十好几了")
    assert "没数明白" in await resident.said()
    await resident.sends("八十五")
    assert "您最近一次见到老人是什么时候" in await resident.said()
    assert await resident.buttons() == ["刚才", "今天", "昨天", "更早", "说不清", "跳过", "‹ 返回", "不报了"]
    await resident.sends("那个那个")
    assert "是什么时候呢" in await resident.said()
    await resident.sends("三天前")
    assert "谁有老人家的钥匙" in await resident.said()
    await resident.sends("王桂英")
    assert "王桂英是您什么人" in await resident.said()
    await resident.presses("邻居")
    await comes_to_review(resident)
    card = await resident.said()
    assert "老人多大年纪？ 85" in card
    assert "王桂英（邻居）" in card
    day = town.app.office.clock.now().astimezone(town.app.office.calendar.zone) - timedelta(days=3)
    assert f"{day:%-m月%-d日}" in card.split("什么时候？")[1]
    await resident.presses("提交")
    assert await town.dispatcher.sees("王桂英（邻居）"), "whole on the card that one person reads"
    assert not await town.centre_group.sees("王")


async def test_several_choices_are_toggled_and_ended_by_a_tap(town: Town) -> None:
    resident = town.resident
    await _tells(resident, "新港小区3栋楼上天天装修太响", "邻居、广场舞噪声")
    assert "可以选几个" in await resident.said()
    assert "👌 好了" not in await resident.buttons()
    await resident.presses("中午")
    await resident.presses("半夜")
    assert "✅ 中午" in await resident.buttons()
    await resident.presses("✅ 中午")
    await resident.presses("晚上")
    await resident.presses("好了")
    await comes_to_review(resident)
    assert "一般什么时候吵？ 晚上、半夜" in await resident.said()
    assert not await resident.sees("有照片或视频吗"), "a noise cannot be photographed"


async def test_every_kind_of_question_by_its_own_answer(odd_town: Town) -> None:
    town, resident = odd_town, odd_town.resident
    await _to_other(resident)
    await resident.presses("昨天")
    assert "谁的电话可以打" in await resident.said()
    assert "只给经办的人看" in await resident.said()
    await resident.sends("12345")
    assert "号码好像不对" in await resident.said()
    await resident.sends_any(contact={"phone": "+8613800001234", "first_name": "甲", "user_id": resident.id})
    assert await resident.sees("电话记下了")
    assert "车往哪里开了" in await resident.said()
    await resident.shares_location(32.19, 119.593)
    assert "有视频吗" in await resident.said()
    await resident.sends_any(video=True)
    await comes_to_review(resident)
    await resident.presses("修改")
    await resident.presses("这是谁家的")
    await resident.sends("张建国")
    await resident.presses("不认识")
    card = await resident.said()
    assert "谁的电话可以打？ 13800001234" in card
    assert "这是谁家的？ 张建国（不认识）" in card
    await resident.presses("✅ 提交")
    number = await newest_number(resident)
    told = await _answers(town, number)
    assert told["phone"] == "13800001234"
    assert told["seen_at"] == "丁岗镇新茂社区新港小区3栋"
    group = await town.centre_group.said(2)
    assert "138****1234" in group
    assert "张某（不认识）" in group
    assert "13800001234" not in group
    assert "张建国" not in group
    assert await nothing_failed(town)


async def _to_other(resident: Person) -> None:
    await resident.sends("新港小区3栋楼下一块牌子挡路")
    await resident.presses("看全部")
    await resident.presses("📌 其他")
    await resident.presses("其他")
    assert "什么时候掉的" in await resident.said()


async def test_no_number_and_no_place_are_fine_and_the_menu_comes_back(odd_town: Town) -> None:
    resident = odd_town.resident
    await _to_other(resident)
    await resident.sends("昨晚八点")
    await resident.presses("不方便")
    assert await resident.sees("不填也行")
    await resident.sends("跳过")
    assert "有视频吗" in await resident.said()
    await resident.sends_any(voice=True)
    await resident.presses("跳过")
    await comes_to_review(resident)
    card = await resident.said()
    assert "谁的电话" not in card
    assert "晚" in card or "20:00" in card


async def test_a_number_nobody_asked_for_is_still_refused(odd_town: Town) -> None:
    resident = odd_town.resident
    await _to_other(resident)
    await resident.sends_any(contact={"phone": "13800001234", "first_name": "甲"})
    assert "电话号码不用留" in await resident.said()
    assert "什么时候掉的" in await resident.said()


async def test_somebody_stuck_is_shown_ways_out_and_not_asked_for_ever(town: Town) -> None:
    resident = town.resident
    await _tells(resident, "电梯坏了", "电梯故障")
    await resident.sends_any(sticker=True)
    assert "电梯里有人被困吗" in await resident.said()
    await resident.sends_any(sticker=True)
    assert "不要紧，这一步可以跳过" in await resident.said()
    assert await resident.buttons() == ["跳过这一步", "就这样提交", "🙋 找人帮我", "不报了"]
    await resident.sends_any(sticker=True)
    await resident.sends_any(sticker=True)
    assert "这一问先空着" in await resident.said() and "电梯怎么了" in await resident.said()
    for _ in range(3):
        await resident.sends_any(sticker=True)
    await resident.presses("就这样提交")
    assert await resident.sees("已提交，编号")


async def test_the_matter_changed_and_changed_back_keeps_what_was_answered(town: Town) -> None:
    resident = town.resident
    await _tells(resident, "新港小区3栋楼下路灯不亮", "小区路灯不亮")
    await resident.presses("好几盏")
    await comes_to_review(resident)
    await _to_matter(resident, "停车和楼道", "楼道漏水")
    await resident.presses("漏水")
    assert "坏了几盏" not in await resident.said()
    await _to_matter(resident, "路灯道路水电气", "小区路灯不亮")
    card = await resident.said()
    assert "坏了几盏？ 好几盏" in card
    assert "是哪一种" not in card


async def _to_matter(person: Person, shelf: str, matter: str) -> None:
    await person.presses("修改")
    await person.presses("事项")
    await person.presses(shelf)
    await person.presses(matter)


async def test_a_question_that_was_not_asked_is_answered_from_the_card_and_left_as_it_was(town: Town) -> None:
    resident = town.resident
    await _tells(resident, "新港小区3栋楼下一盏路灯不亮", "小区路灯不亮")
    await comes_to_review(resident)
    assert not await resident.sees("灯杆上有编号吗")
    await resident.presses("修改")
    await resident.presses("灯杆上有编号吗")
    await resident.sends("D-117")
    assert "D-117" in await resident.said()
    await resident.presses("修改")
    await resident.presses("灯杆上有编号吗")
    await resident.presses("不改了")
    assert "D-117" in await resident.said(), "what was there stays until something else comes"


async def test_the_files_of_a_draft_can_be_taken_out(town: Town) -> None:
    resident = town.resident
    await resident.sends_photo("新港小区3栋楼下一盏路灯不亮")
    await resident.presses("小区路灯不亮")
    await comes_to_review(resident)
    assert "1 份" in await resident.said()
    await resident.presses("修改")
    await resident.presses("照片等附件")
    await resident.presses("都不要")
    await comes_to_review(resident)
    assert "份" not in await resident.said()


async def test_the_list_of_places_has_a_way_back_on_every_step(town: Town) -> None:
    resident = town.resident
    await _tells(resident, "路灯不亮", "小区路灯不亮")
    await resident.presses("一盏")
    await resident.presses("从社区里选")
    await resident.presses("新茂社区")
    await resident.presses("新港小区")
    await resident.presses("返回")
    assert "新港小区" in await resident.buttons()
    await resident.presses("返回")
    assert await resident.buttons() == ["新茂社区", "滨河社区", "‹ 返回"]
    await resident.presses("返回")
    assert "在什么地方" in await resident.said()


async def test_an_insider_is_asked_about_secrecy(town: Town) -> None:
    resident = town.resident
    await resident.sends("滨河花园旁边的工地没有护栏")
    await resident.presses("看全部")
    await resident.presses("工厂工地")
    await resident.presses("工地安全")
    for _ in range(12):
        said = await resident.said()
        if "您在这个工地干活吗" in said:
            await resident.presses("是")
        elif "要不要替您保密" in said:
            await resident.presses("🔒 替我保密")
            break
        else:
            buttons = await resident.buttons()
            await resident.presses(next(one for one in ("没有", "跳过") if any(one in words for words in buttons)))
    await comes_to_review(resident)
    assert "🔒 替我保密，不进工作群" in await resident.said()
    assert "🔒 保密提交" not in await resident.buttons(), "it is chosen already"


async def test_secrecy_is_one_tap_on_the_card(town: Town) -> None:
    resident = town.resident
    await _tells(resident, "新港小区3栋楼下一盏路灯不亮", "小区路灯不亮")
    await comes_to_review(resident)
    card = next(one for one in reversed(await resident.messages()) if has_button(one, "保密提交"))
    await resident.presses("保密提交")
    number = await newest_number(resident)
    assert (await resident.message_with("已提交"))["text"] == f"✅ 已提交，编号 {number}\n🔒 这件保密，不进工作群。"
    assert (await case_of(town, number)).sealed
    again = await resident.presses_data(
        card["message_id"], card["reply_markup"]["inline_keyboard"][1][0]["callback_data"]
    )
    assert again and "已经提交过了" in again["text"]
    assert not await town.community_group.sees(number)
