"""Groups of units: bound by an admin, moved, lost; and reports that begin in one."""

from bot.sandbox.records import Chat
from tests.stories.office import count, goes_to, reports
from tests.town import Person, Town

BOT = 7000001


async def new_group(town: Town, **more: object) -> Person:
    """An admin founds a group with the bot in it."""
    body = {"title": "新群", "members": [2001, 1001], "admins": [9001], "bots": [BOT], **more}
    group = (await town.post("groups", body))["id"]
    await town.settles()
    return town.admin.inside(group)


async def test_an_admin_binds_a_new_group_and_the_open_cards_follow(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    group = await new_group(town)
    assert "请管理员在这里发 /bind" in await group.said()
    await group.sends("/bind")
    await group.presses("新茂社区")
    assert await group.sees("本群是“新茂社区”的工作群")
    card = await group.message_with(case.number)
    await town.responder.inside(group.home).presses("签收", message=card)
    assert "已签收" in (await group.message_with(case.number))["text"]
    old = await town.community_group.message_with(case.number)
    assert "待签收" in old["text"], "the old group is left alone"


async def test_binding_again_to_another_unit_and_back(town: Town) -> None:
    group = town.admin.inside(-5002)
    await group.sends("/bind")
    assert "现在是“新茂社区”的工作群" in await group.said()
    await group.presses("滨河社区")
    await group.sends("/bind@yashu_demo_bot")
    assert "现在是“滨河社区”的工作群" in await group.said()
    await group.presses("新茂社区")
    await goes_to(town, 10)
    case = await reports(town)
    assert await group.sees(case.number)


async def test_only_an_admin_binds(town: Town) -> None:
    await town.community_group.sends("/bind")
    assert "不归您办" in await town.community_group.said()
    asked = await _asked_by_admin(town)
    said = await town.community_group.presses("滨河社区", message=asked)
    assert said is not None and said["show_alert"]
    assert not await town.community_group.sees("本群是“滨河社区”")
    await town.admin.sends("/bind")
    assert "请到工作群里发" in await town.admin.said()


async def _asked_by_admin(town: Town) -> dict[str, object]:
    await town.admin.inside(-5002).sends("/bind")
    return (await town.admin.inside(-5002).messages())[-1]


async def test_an_anonymous_admin_is_known_by_the_press(town: Town) -> None:
    group = town.admin.inside(-5003)
    await group.sends("/bind", anonymous=True)
    assert "匿名" in await group.said()
    refused = await town.town_office.inside(-5003).presses("滨河社区")
    assert refused is not None and refused["show_alert"]
    await group.presses("滨河社区")
    assert await group.sees("本群是“滨河社区”")


async def test_a_topic_is_a_group_of_its_own(town: Town) -> None:
    await goes_to(town, 10)
    group = await new_group(town, forum=True)
    topics = [(await town.post(f"groups/{group.home}/topics", {"name": name}))["id"] for name in ("路灯", "别的")]
    await group.sends("/bind", topic=topics[0])
    asked = (await group.messages())[-1]
    await group.presses("新茂社区", message=asked)
    case = await reports(town)
    assert (await group.message_with(case.number))["message_thread_id"] == topics[0]
    await town.post(f"groups/{group.home}/topics/{topics[0]}/close", {})
    later = await reports(town)
    await town.passes(minutes=1)
    assert not await group.sees(later.number)
    assert await town.responder.sees(later.number), "a closed topic: privately"
    assert await town.admin.sees("新茂社区”的群我进不去了")


async def test_a_group_that_becomes_a_supergroup_keeps_its_unit_and_its_cards(town: Town) -> None:
    await goes_to(town, 10)
    case = await reports(town)
    moved = (await town.post("groups/-5002/migrate", {}))["migrate_to_chat_id"]
    await town.settles()
    group = town.responder.inside(moved)
    await group.presses("签收", message=await group.message_with(case.number))
    assert count(await group.heard(), case.number) == 1
    assert "已签收" in (await group.message_with(case.number))["text"]
    assert await town.admin.sees("升级成了超级群")


async def test_a_move_that_is_first_heard_of_when_sending_is_followed_too(town: Town) -> None:
    await goes_to(town, 10)
    first = await reports(town)
    world, moved = town.sandbox.world, -4000000777
    old = world.groups[-5002]
    world.groups[moved] = Chat(moved, "supergroup", old.title, members=dict(old.members))
    old.migrated_to = moved  # and nobody tells the bot
    second = await reports(town)
    await town.passes(minutes=1)
    group = town.responder.inside(moved)
    for case in (first, second):
        assert count(await group.heard(), case.number) == 1


async def test_a_bot_that_was_thrown_out_writes_privately_and_tells_the_admins(town: Town) -> None:
    await goes_to(town, 10)
    first = await reports(town)
    await town.post("groups/-5002/kick", {"bot": BOT})
    await town.settles()
    assert await town.admin.sees("“新茂社区”的群我进不去了")
    second = await reports(town)
    for case in (first, second):
        card = await town.responder.message_with(case.number)
        assert "【待签收】" in card["text"]
        await town.responder.presses("签收", message=card)
        assert "【已签收】" in (await town.responder.message_with(case.number))["text"]


async def test_added_by_a_stranger_the_bot_says_good_bye(town: Town) -> None:
    body = {"title": "麻将群", "members": [1001, 1002], "admins": [1001], "bots": [BOT]}
    group = (await town.post("groups", body))["id"]
    await town.settles()
    assert await town.resident.inside(group).sees("再见")
    assert BOT not in _members(town, group)


def _members(town: Town, group: int) -> set[int]:
    chat = town.sandbox.world.groups[group]
    return {member for member in chat.members if chat.has(member)}


async def test_a_report_that_begins_in_a_group_goes_on_privately(town: Town) -> None:
    await town.community_group.sends("/report 楼道灯坏了")
    message = (await town.community_group.messages())[-1]
    assert "私下" in message["text"] and "楼道" not in message["text"]
    assert message["reply_markup"]["inline_keyboard"][0][0]["url"] == "https://t.me/yashu_demo_bot?start=report"
    await town.community_group.sends("/report@another_bot")
    assert (await town.community_group.messages())[-1]["from"]["is_bot"] is False
