"""A unit whose group is a topic of a forum: cards, replies, buttons, lists and nudges stay in it."""

from bot.cases.case import Status
from tests.stories.centre import answers, card_of
from tests.stories.office import goes_to, now_is, photo, reports
from tests.stories.steps import nothing_failed, promise_card
from tests.stories.test_group_binding import new_group
from tests.town import Json, Person, Town

DONE = "与居民联系，换了灯泡，今天下午完成"


async def topic_of_unit(town: Town, unit: str = "新茂社区") -> tuple[Person, int]:
    """A forum group with a topic that is bound to a unit, and its number."""
    group = await new_group(town, forum=True, members=[2001, 2002, 1001])
    topic: int = (await town.post(f"groups/{group.home}/topics", {"name": "新茂"}))["id"]
    await group.sends("/bind", topic=topic)
    await group.presses(unit, message=(await group.messages())[-1])
    return town.responder.inside(group.home), topic


async def elsewhere(group: Person, topic: int, since: int) -> list[Json]:
    """What the bot said in this forum outside the topic."""
    fresh = (await group.messages())[since:]
    return [one for one in fresh if one["from"]["is_bot"] and one.get("message_thread_id") != topic]


async def test_all_of_a_case_stays_in_the_topic_of_its_unit(town: Town) -> None:
    await goes_to(town, 10)
    group, topic = await topic_of_unit(town)
    since = len(await group.messages())
    case = await reports(town)
    promise = await promise_card(town.resident, case.number)
    await town.resident.sends_any(**photo(3), reply_to=promise["message_id"])
    await town.passes(hours=1, minutes=2)
    await group.presses("签收", message=await group.message_with("还没人签收"))
    await group.presses("更多", message=await card_of(group, case))
    await group.presses("转办", message=await card_of(group, case))
    assert "转给哪位同事" in await group.said()
    await group.presses("返回", message=await card_of(group, case))
    await group.presses("问上报人", message=await card_of(group, case))
    await group.sends("哪一盏？", reply_to=(await group.messages())[-1]["message_id"], topic=topic)
    await town.resident.presses("回答", message=await town.resident.message_with("哪一盏"))
    await town.resident.sends("左边那盏")
    assert await group.sees("上报人回答：左边那盏")
    await group.sends("买到灯泡了", reply_to=(await card_of(group, case))["message_id"], topic=topic)
    assert await town.resident.sees("买到灯泡了"), "a reply to the card is a progress"
    for command in ("/orders", "/start", "/queue"):
        await group.sends(command, topic=topic)
    await group.presses("办结", message=await card_of(group, case))
    asked = (await group.messages())[-1]["message_id"]
    await group.sends_any(**photo(5), caption=DONE, reply_to=asked, topic=topic)
    assert (await now_is(town, case)).status is Status.VERIFY
    await town.grid_member.presses("不通过")
    await answers(town.grid_member, "还是不亮")
    assert await group.sees("还是不亮")
    await town.passes(days=2)
    assert any("照片" in one or "📎" in one for one in await group.heard())
    assert await elsewhere(group, topic, since) == []
    assert await nothing_failed(town)


async def test_two_units_have_their_topics_in_one_forum(town: Town) -> None:
    await goes_to(town, 10)
    group, topic = await topic_of_unit(town)
    other: int = (await town.post(f"groups/{group.home}/topics", {"name": "综治"}))["id"]
    await town.admin.inside(group.home).sends("/bind", topic=other)
    admin = town.admin.inside(group.home)
    await admin.presses("丁岗镇综治办", message=(await admin.messages())[-1])
    case = await reports(town)
    assert (await card_of(group, case))["message_thread_id"] == topic
    await town.centre_group.presses("改派", message=await card_of(town.centre_group, case))
    await town.centre_group.presses("丁岗镇综治办", message=await card_of(town.centre_group, case))
    shown = await card_of(group, case)
    assert shown["message_thread_id"] == other
    refused = await group.presses("签收", message=shown)
    assert refused is not None and refused["show_alert"], "who is of the other unit signs nothing here"
    assert (await now_is(town, case)).status is Status.DISPATCHED
