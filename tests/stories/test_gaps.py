"""What must not slip through: one broken clock, an old photo as proof, long words, menu words, sealed voices."""

import asyncio
import logging

import pytest
from sqlalchemy import insert

from bot.cases.case import Status
from bot.demo_town import BOT_ID
from bot.sandbox.messages import say
from bot.sandbox.speech import file_content
from storage import clocks, tables
from tests.stories.office import QUESTION, count, goes_to, now_is, photo, pieces, reports
from tests.town import Person, Town

LONG = "".join(f"第{n}户的水管又漏了，楼道里全是水。" for n in range(200))
WORDS = "有人半夜往河里倒东西"


async def test_a_case_whose_clock_breaks_holds_up_no_other_and_the_admins_hear(town: Town) -> None:
    await goes_to(town, 10)
    broken, well = await reports(town), await reports(town)
    async with town.app.database.write() as tx:
        row = {"case_id": broken.id, "kind": "nonsense", "step": 1, "audience": "duty", "at": broken.registered_at}
        await tx.execute(insert(tables.clocks), [row])
    before = count(await town.community_group.heard(), well.number)
    await town.passes(hours=6)
    assert count(await town.community_group.heard(), well.number) > before
    told = [text for text in await town.admin.heard() if broken.number in text and "提醒出错" in text]
    assert len(told) == 1 and "ValueError" in told[0]
    async with town.app.database.read() as tx:
        waiting = [one for one in await clocks.due(tx, town.app.office.clock.now(), 99) if one.case_id == broken.id]
    assert not waiting, "it is tried again later, not at every look"
    await town.community_group.presses("签收", message=await town.community_group.message_with(broken.number))
    assert (await now_is(town, broken)).status is Status.ACCEPTED


async def forwards_ours(person: Person, reply_to: int, caption: str) -> None:
    """Forward a picture that the bot showed (its copy is another file than the reporter's)."""
    world = person.town.sandbox.world
    known = world.person(person.id)
    chat = world.chat_of(known, person.home)
    assert chat is not None
    origin = {"type": "user", "sender_user": {"id": BOT_ID, "is_bot": True, "first_name": "伢叔"}, "date": 1}
    content = {"forward_origin": origin, "caption": caption, **file_content(world, "photo", photo(4)["photo"])}
    say(world, chat, known.user(), content, reply_to=chat.messages[reply_to])
    await person.town.settles()


async def test_the_reporters_own_photo_is_no_proof_of_a_result(town: Town) -> None:
    await goes_to(town, 10)
    group = town.community_group
    media = await pieces(town.responder, photo(3))
    case = await reports(town, media=media)
    await town.fetches()
    await group.presses("签收")
    await group.presses("办结")
    asked = (await group.messages())[-1]["message_id"]
    await group.sends_any(**photo(3), caption="与居民沟通，换好了", reply_to=asked)
    assert "这件事里已经有了" in await group.said()
    assert (await now_is(town, case)).status is Status.ACCEPTED
    before = len(await group.heard())
    await forwards_ours(group, asked, "与居民沟通，换好了")
    assert (await group.heard())[before:] == [await group.said()]
    assert "这件事里已经有了" in await group.said()
    assert (await now_is(town, case)).status is Status.ACCEPTED
    await group.sends_any(**photo(5), caption="与居民沟通，换好了", reply_to=asked)
    assert (await now_is(town, case)).status is Status.VERIFY
    await town.grid_member.presses("不通过")
    await town.grid_member.sends("还是不亮")
    await town.passes(minutes=1)
    await group.presses("办结", message=await group.message_with("推送号"))
    asked = (await group.messages())[-1]["message_id"]
    await group.sends_any(**photo(5), caption="与居民沟通，又换了", reply_to=asked)
    assert (await now_is(town, case)).status is Status.REWORK, "nor is the photo that did not pass"


@pytest.mark.parametrize("sealed", [False, True])
async def test_a_long_report_reaches_the_unit_whole(town: Town, sealed: bool) -> None:
    await goes_to(town, 10)
    case = await reports(town, words=LONG, sealed=sealed)
    if sealed:
        await town.dispatcher.presses("派给其他单位", message=await town.dispatcher.message_with("🔒"))
        await town.dispatcher.presses("新茂社区")
    reader = town.responder if sealed else town.community_group
    heard = [text for text in await reader.heard() if case.number in text]
    words = "".join(heard)
    assert all(f"第{n}户的水管" in words for n in range(200))
    assert count(heard, "第150户") == 1
    if sealed:
        assert not await town.community_group.sees("水管")


async def test_menu_words_and_commands_are_no_answer_and_no_progress(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await town.responder.sends(f"/start c_{case.id}")
    await town.responder.presses("签收")
    keys = ("我要反映", "我的上报", "怎么用", "/mine", "/help", "/nonsense", f"/start c_{case.id}")
    for said in (*keys, "/language"):
        await town.responder.sends(f"/start c_{case.id}")
        await town.responder.presses("进展")
        await town.responder.sends(said)
        await town.responder.sends("午饭吃什么")
        card = await town.responder.message_with(case.number)
        await town.responder.sends(said, reply_to=card["message_id"])
    assert count(await town.resident.heard(), "有进展") == 0
    assert (await now_is(town, case)).status is Status.ACCEPTED


async def test_a_dispatcher_hears_sealed_voices_and_the_unit_reads_the_summary(town: Town) -> None:
    await goes_to(town, 10)
    media = await pieces(town.responder, {"voice": True}, {"video": True})
    case = await reports(town, words=WORDS, sealed=True, media=media)
    await town.fetches()
    voices = [one for one in await town.dispatcher.messages() if "voice" in one and one["from"]["is_bot"]]
    assert len(voices) == 1 and voices[0]["has_protected_content"]
    card = await town.dispatcher.message_with("🔒")
    assert "回复这条消息写几句摘要" in card["text"]
    await town.dispatcher.sends("车牌尾号37，每晚十点", reply_to=voices[0]["message_id"])
    assert "责任单位会看到" in await town.dispatcher.said()
    await town.dispatcher.presses("派给其他单位", message=await town.dispatcher.message_with("🔒"))
    await town.dispatcher.presses("新茂社区")
    assert "📝 中心摘要：车牌尾号37" in (await town.responder.message_with("推送号"))["text"]
    await town.dispatcher.sends("还有一辆三轮车", reply_to=card["message_id"])
    assert await town.responder.sees("中心摘要：还有一辆三轮车")
    assert "还有一辆三轮车" in (await town.responder.message_with("推送号"))["text"]
    assert not [one for one in await town.responder.messages() if one["from"]["is_bot"] and "voice" in one]
    await town.resident.sends(case.number)
    for who in (town.resident, town.community_group, town.centre_group, town.leader):
        assert not await who.sees("车牌尾号37") and not await who.sees("三轮车")


async def test_a_voice_added_to_a_sealed_report_goes_to_the_dispatchers_only(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, words=WORDS, sealed=True)
    await town.dispatcher.presses("派给其他单位", message=await town.dispatcher.message_with(case.number))
    await town.dispatcher.presses("新茂社区")
    await town.passes(minutes=1)
    await town.resident.presses("补充")
    await town.resident.sends_any(voice=True)
    await town.fetches()
    await town.passes(minutes=1)
    for who, heard in ((town.dispatcher, 1), (town.responder, 0), (town.community_group, 0), (town.centre_group, 0)):
        found = [one for one in await who.messages() if one["from"]["is_bot"] and "voice" in one]
        assert len(found) == heard, who.id


async def test_only_a_dispatcher_sums_up_and_only_a_confidential_case(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town, QUESTION, "怎么办居住证", node=None)
    card = await town.centre_group.message_with(case.number)
    await town.centre_group.sends("这是一句闲话", reply_to=card["message_id"])
    sealed = await reports(town, words=WORDS, sealed=True)
    for who in (town.neighbour, town.leader, town.admin):
        await who.sends("/start")
        hello = (await who.messages())[-1]["message_id"]
        await who.sends(f"{sealed.number} 摘要", reply_to=hello)
        assert "摘要已记到" not in await who.said(2)
    assert not await town.dispatcher.sees("闲话")
    assert "中心摘要" not in (await town.dispatcher.message_with(sealed.number))["text"]


async def test_a_fetch_that_the_stop_cuts_short_ends_quietly(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    await town.post("faults", {"method": "getFile", "kind": "hang", "seconds": 5})
    await town.resident.sends_photo("路灯不亮")
    case = await reports(town, media=await pieces(town.responder, photo(6)))
    with caplog.at_level(logging.WARNING):
        await asyncio.sleep(1.3)
        await town.app.stop()
        await asyncio.sleep(0.05)
    assert case.id and not [one for one in caplog.records if one.name.startswith("apscheduler")]
