"""What stood in a group before a case became confidential is taken back as far as Telegram lets it be done."""

from datetime import timedelta
from typing import Any

from bot.cases.case import Case
from bot.desk.desk import Desk
from bot.jobs.cleaning import clean
from storage import posted
from storage.posted import Posted
from tests.stories.centre import answers, asks_sealed, decides
from tests.stories.office import acts_as, goes_to, now_is, photo, pieces, reports
from tests.stories.steps import nothing_failed
from tests.stories.test_conflicts import blocks_xinmao
from tests.town import Person, Town

EMPTIED = "这条消息已撤下。"


async def shows(person: Person) -> list[dict[str, Any]]:
    """What the bot has left standing here, but for what it says to everybody."""
    return [one for one in await person.messages() if one["from"]["is_bot"]]


async def about(person: Person, case: Case) -> list[dict[str, Any]]:
    """What is left here of a case: its number, its words, its files."""
    said = [
        (one, f"{one.get('text', '')}{one.get('caption', '')}")
        for one in await shows(person)
        if {"text", "photo", "voice", "video"} & one.keys()
    ]
    return [one for one, words in said if case.number in words or "灯不亮" in words or "photo" in one or "voice" in one]


async def in_hand(town: Town) -> Case:
    """A lamp with two pictures and a voice; the community has signed, and the group reads and sees it."""
    voice = {"voice": {"base64": "T2dnUw==", "name": "v.ogg", "mime": "audio/ogg", "duration": 2}}
    media = await pieces(town.responder, photo(2), photo(3), voice)
    case = await reports(town, words="楼下路灯不亮" + "，等了很久" * 300, media=media)
    await town.fetches()
    group = town.community_group
    await group.presses("签收", message=await group.message_with("待签收"))
    kinds = {kind for one in await about(group, case) for kind in ("text", "photo", "voice") if kind in one}
    assert kinds == {"text", "photo", "voice"}
    return await now_is(town, case)


async def left(town: Town, case: Case) -> list[Posted]:
    """What is booked as standing in groups."""
    async with town.app.database.read() as tx:
        return [one for one in await posted.of_case(tx, case.id) if one.chat_id is not None]


async def test_a_report_that_is_sealed_later_leaves_the_groups_with_card_words_album_and_voice(town: Town) -> None:
    await goes_to(town, 10)
    case = await in_hand(town)
    await town.centre_group.sends(f"/orders {case.number}")
    await town.centre_group.presses(case.number)
    assert await about(town.centre_group, case)
    await town.resident.sends("别让人知道是我说的")
    assert "能撤的卡片和照片都撤下" in await town.resident.said()
    assert (await now_is(town, case)).sealed
    for group in (town.community_group, town.centre_group):
        assert await about(group, case) == [], group.home
    assert [one for one in await left(town, case) if one.words is False] == []
    assert case.number in str(await town.dispatcher.messages()), "the dispatchers read on, privately"
    assert case.number in str(await town.responder.messages()), "and whoever is on duty"
    assert not await town.dispatcher.sees("撤不回来")
    assert await nothing_failed(town)


async def test_whoever_is_complained_of_keeps_nothing_neither_in_the_group_nor_privately(town: Town) -> None:
    await goes_to(town, 10)
    case = await in_hand(town)
    await town.responder.sends("/start")
    await town.community_group.presses("更多", message=await town.community_group.message_with("已签收"))
    await town.community_group.presses("转办")
    await town.community_group.presses("孙桂芳")
    assert await about(town.leader, case)
    await blocks_xinmao(town, case)
    assert (await now_is(town, case)).conflicted
    assert await about(town.community_group, case) == []
    assert await about(town.leader, case) == [], "the colleague's private card too"
    assert case.number in str(await town.dispatcher.messages())
    assert await nothing_failed(town)


async def test_what_is_too_old_is_emptied_and_the_dispatchers_hear_what_stays(town: Town) -> None:
    await goes_to(town, 10)
    case = await in_hand(town)
    await town.passes(hours=49)
    await town.resident.sends("别让人知道是我说的")
    stays = await about(town.community_group, case)
    assert stays and all("photo" in one or "voice" in one for one in stays), "no words of it any more"
    texts = [one["text"] for one in await shows(town.community_group) if "text" in one]
    assert EMPTIED in texts
    told = [one for one in await town.dispatcher.heard() if "撤不回来了" in one]
    assert len(told) == 1, "once for the group in which pictures stand"
    assert "新茂社区的工作群" in told[0] and case.number in told[0]
    assert not await town.community_group.sees("撤不回来"), "nobody is told there where to look"
    assert await nothing_failed(town)


async def test_what_telegram_refuses_to_delete_is_emptied(town: Town) -> None:
    await goes_to(town, 10)
    case = await in_hand(town)
    await town.post("faults", {"kind": "400", "method": "deletemessage", "chat": "-5002"})
    await town.resident.sends("别让人知道是我说的")
    assert all("photo" in one or "voice" in one for one in await about(town.community_group, case))
    assert len([one for one in await town.dispatcher.heard() if "新茂社区的工作群" in one]) == 1


async def test_what_a_group_may_read_again_is_a_new_card_and_goes_again(town: Town) -> None:
    await goes_to(town, 10)
    case = await in_hand(town)
    await blocks_xinmao(town, case)
    assert await about(town.centre_group, case) == []

    async def writes(desk: Desk) -> None:
        await acts_as(desk, town.dispatcher.id)
        rows = [Posted(case.id, "unit:999", -5001, 1, True, desk.now() - timedelta(days=91))]
        await posted.remember(desk.tx, rows)
        assert await clean(desk) >= 1

    await town.app.at_desk(writes)
    assert "unit:999" not in {one.recipient for one in await left(town, case)}, "nobody looks there after three months"
    await town.dispatcher.presses("更多", message=await town.dispatcher.message_with(case.number))
    await town.dispatcher.presses("🚫 回避", message=await town.dispatcher.message_with(case.number))
    await town.dispatcher.presses("解除")
    await town.dispatcher.sends("弄错了", reply_to=(await town.dispatcher.messages())[-1]["message_id"])
    assert not (await now_is(town, case)).conflicted


async def test_the_answer_to_what_somebody_asked_is_taken_back_from_whoever_is_complained_of(town: Town) -> None:
    case = await asks_sealed(town)
    await town.dispatcher.presses("不同意", message=await town.dispatcher.message_with("社区进不去机房"))
    await answers(town.dispatcher, "请物业开门")
    assert await town.responder.sees("没同意：请物业开门")
    await decides(town.dispatcher, case, "🚫 回避")
    await town.dispatcher.presses("新茂社区", message=await town.dispatcher.message_with("反映的是谁"))
    await town.dispatcher.presses("整个单位")
    assert (await now_is(town, case)).conflicted
    assert [one for one in await shows(town.responder) if "请物业开门" in one.get("text", "")] == []
