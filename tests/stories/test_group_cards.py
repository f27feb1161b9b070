"""The group of a unit: one card per case, signed, gone to, reported on and ended there."""

import asyncio
from random import Random

from bot.cases.case import Status
from tests.stories.office import count, files_of, goes_to, now_is, photo, reports
from tests.town import Person, Town, buttons_on


async def answers(group: Person, words: str, **more: object) -> None:
    """Reply to what the bot asked last."""
    asked = (await group.messages())[-1]
    assert "请回复这条消息" in asked["text"], asked["text"]
    await group.sends(words, reply_to=asked["message_id"], **more)


async def test_a_lamp_is_signed_for_and_mended_on_one_card(town: Town) -> None:
    await goes_to(town, 10)
    group = town.community_group
    case = await reports(town, words="新港小区3栋楼下路灯不亮，晚上黑漆漆的")
    card = await group.message_with(case.number)
    assert card["text"].startswith("【待签收】")
    assert "11:00 前签收" in card["text"] and "3栋" in card["text"]
    assert buttons_on(card) == ["✍️ 签收", "⋯ 更多"]

    said = await group.presses("签收")
    assert said is not None and said["text"] == "签收成功，请尽快联系。"
    card = await group.message_with(case.number)
    assert card["text"].startswith("【已签收】") and "经办：李建国" in card["text"]
    assert buttons_on(card) == ["📞 到场/已联系", "📝 进展", "✅ 办结", "💬 问上报人", "⋯ 更多"]
    assert "已经签收" in await town.resident.said()

    await group.presses("到场")
    await group.presses("进展")
    await answers(group, "电工下午三点到")
    assert "有进展：电工下午三点到" in await town.resident.said()

    await group.presses("办结")
    asked = (await group.messages())[-1]
    await group.sends_photo("与王奶奶沟通，换了灯泡，今天下午完成", reply_to=asked["message_id"])
    assert (await now_is(town, case)).status is Status.VERIFY
    texts = await group.heard()
    assert count(texts, "推送号") == 1, "one card, edited in place"
    assert count(texts, "请回复这条消息") == 0, "what was answered is taken away"


async def test_words_and_photo_of_a_result_may_come_in_any_order(town: Town) -> None:
    await goes_to(town, 10)
    group = town.community_group
    first, second = await reports(town), await reports(town)
    for case, photo_first in ((first, True), (second, False)):
        card = await group.message_with(case.number)
        await group.presses("签收", message=card)
        await group.presses("办结", message=await group.message_with(case.number))
        asked = (await group.messages())[-1]["message_id"]
        if photo_first:
            await group.sends_photo(reply_to=asked)
            assert "还差文字" in await group.said()
            await group.sends("与居民沟通，换好了", reply_to=asked)
        else:
            await group.sends("与居民沟通，换好了", reply_to=asked)
            assert "还差一张现场照片" in await group.said()
            await group.sends_photo(reply_to=asked)
        assert (await now_is(town, case)).status is Status.VERIFY


async def test_an_album_in_reply_to_the_card_is_one_progress_with_all_its_photos(town: Town) -> None:
    await goes_to(town, 10)
    group = town.community_group
    case = await reports(town)
    await group.presses("签收")
    card = await group.message_with(case.number)
    await group.sends_any(album=[photo(n) for n in range(3)], caption="正在换灯泡", reply_to=card["message_id"])
    heard = await group.heard()
    assert count(heard, "已记到") == 1
    assert count(await town.resident.heard(), "正在换灯泡") == 1
    assert await files_of(town, case.id) == [("progress", 3)]


async def test_a_result_with_an_album_is_judged_by_all_its_pictures(town: Town) -> None:
    await goes_to(town, 10)
    group = town.community_group
    await reports(town)
    await group.presses("签收")
    await group.presses("办结")
    asked = (await group.messages())[-1]["message_id"]
    await group.sends_any(album=[photo(n) for n in range(4)], caption="与居民沟通，换好了", reply_to=asked)
    await town.fetches()
    await town.passes(minutes=1)
    pictures = [one for one in await town.grid_member.messages() if "photo" in one]
    assert len(pictures) == 4
    assert len({one.get("media_group_id") for one in pictures}) == 1


async def test_a_responder_deals_with_it_privately_through_the_link_on_the_card(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await town.community_group.presses("签收")
    card = await town.community_group.message_with(case.number)
    link = next(one["url"] for one in card["entities"] if one["type"] == "text_link")
    assert link == f"https://t.me/yashu_demo_bot?start=c_{case.id}"
    await town.responder.sends(f"/start c_{case.id}")
    await town.responder.presses("办结")
    await town.responder.sends_photo("与居民沟通，换好了")
    assert (await now_is(town, case)).status is Status.VERIFY
    await town.neighbour.sends(f"/start c_{case.id}")
    assert not await town.neighbour.sees(case.number)


async def test_of_two_who_sign_at_once_one_wins_and_the_other_hears_who(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    card = await town.community_group.message_with(case.number)
    body = {"chat": -5002, "message_id": card["message_id"], "text": "签收", "wait": 5}
    both = [town.post(f"people/{who.id}/press", body) for who in (town.responder, town.leader)]
    said = [pressed["answer"]["text"] for pressed in await asyncio.gather(*both)]
    await town.settles()
    handler = "李建国" if said[0] == "签收成功，请尽快联系。" else "孙桂芳"
    assert sorted(said) == sorted(["签收成功，请尽快联系。", f"已被{handler}签收。"])
    assert f"经办：{handler}" in (await town.community_group.message_with(case.number))["text"]


async def test_signing_twice_is_signing_once(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    card = await town.community_group.message_with(case.number)
    await town.community_group.presses("签收")
    again = await town.community_group.presses_data(card["message_id"], f"c:{case.id}:accept:2:")
    assert again is not None and again["text"] == "签收成功，请尽快联系。"
    assert count(await town.resident.heard(), "已经签收") == 1


async def test_only_responders_of_the_unit_may_press(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    card = await town.community_group.message_with(case.number)
    for stranger in (town.grid_member, town.admin):
        said = await stranger.inside(-5002).presses("签收", message=card)
        assert said is not None and said["show_alert"] and len(said["text"]) < 30
    for elsewhere in (town.other_responder, town.neighbour):
        said = await elsewhere.presses_data((await elsewhere.sends("您好"))["message_id"] + 1, f"c:{case.id}:accept:2:")
        assert said is not None and said["show_alert"]
    assert (await now_is(town, case)).status is Status.DISPATCHED
    assert (await now_is(town, case)).version == case.version


async def test_an_old_button_says_that_the_case_moved_on(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await town.community_group.presses("签收")
    card = await town.community_group.message_with(case.number)
    await town.community_group.presses("到场")
    before = await now_is(town, case)
    said = await town.community_group.presses_data(card["message_id"], f"c:{case.id}:contact:{case.version}:")
    assert said is not None and said["show_alert"] and "最新的卡片" in said["text"]
    assert await now_is(town, case) == before


async def test_forged_presses_have_no_effect(town: Town) -> None:
    await goes_to(town, 10)
    open_case, sealed = await reports(town), await reports(town, sealed=True)
    dice = Random(7)
    words = ["accept", "contact", "progress", "resolve", "confirm", "fail", "dispatch", "reassign", "units", "files"]
    words += ["card", "open", "remind", "rate", "show", "archive", "lapse", "close", "bind", "d", "draft", "lang"]
    ids = [str(open_case.id), str(sealed.id), "0", "-1", "99999999999999999999", "1e3", "x", "１"]
    forged = [
        f"{dice.choice('ccccbd')}:{dice.choice(ids)}:{dice.choice(words)}:{dice.randrange(6)}:"
        f"{dice.choice(['', '1', '4', 'unit', 'unsigned.centre', 'nonsense.unit', 'reassign', '9' * 30])}"
        for _ in range(220)
    ]
    forged += ["".join(chr(dice.randrange(33, 0x4FF)) for _ in range(dice.randrange(1, 30))) for _ in range(60)]
    before = [await now_is(town, one) for one in (open_case, sealed)]
    card = (await town.community_group.message_with(open_case.number))["message_id"]
    quiet = {-5002: len(await town.community_group.messages())}
    for data in forged:
        presser = dice.choice([town.grid_member, town.admin])
        body = {"chat": -5002, "message_id": card, "data": data[:60], "wait": 0}
        await town.post(f"people/{presser.id}/press", body)
    await town.settles()
    assert [await now_is(town, one) for one in (open_case, sealed)] == before
    texts = [one.get("text", "") for one in (await town.community_group.messages())[quiet[-5002] :]]
    assert not any(sealed.number in text for text in texts)
    assert not await town.admin.sees("死信")


async def test_what_is_said_in_the_group_without_a_reply_is_nobodys_business(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await town.post("groups/-5002/admins", {"bot": 7000001})
    await town.community_group.presses("签收")
    await town.community_group.presses("进展")
    await town.community_group.sends("中午谁去吃饭")
    assert not await town.resident.sees("吃饭")
    card = await town.community_group.message_with(case.number)
    await town.community_group.sends("下午去修", reply_to=card["message_id"])
    assert await town.resident.sees("下午去修")


async def test_a_responder_who_turns_to_something_else_sends_nothing_to_the_reporter(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    await town.responder.sends(f"/start c_{case.id}")
    await town.responder.presses("签收")
    await town.responder.sends(f"/start c_{case.id}")
    await town.responder.presses("进展")
    await town.responder.presses("我的上报")
    await town.responder.sends("我家楼道的灯也坏了")
    assert not await town.resident.sees("我家楼道")
    assert (await now_is(town, case)).status is Status.ACCEPTED
