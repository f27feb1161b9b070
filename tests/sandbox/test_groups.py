"""Groups: who hears what, being put out, the move to a supergroup, topics."""

from typing import Any

import pytest

from tests.sandbox.wire import BOT, GROUP, LI, WANG, Wire

HEARD: list[tuple[str, bool]] = [
    ("大家好", False),
    ("/bind", True),
    ("/bind@yashu_bot", True),
    ("/bind@other_bot", False),
    ("@yashu_bot 在吗", True),
    ("说说 /bind", False),
]


@pytest.mark.parametrize(("text", "heard"), HEARD)
async def test_privacy_mode_hears_commands_and_mentions(wire: Wire, text: str, heard: bool) -> None:
    await wire.send(LI, GROUP, text=text)
    assert [each["message"]["text"] for each in await wire.updates()] == [text] * heard


async def test_replies_to_the_bot_are_heard_with_the_message_that_they_answer(wire: Wire) -> None:
    card = await wire.call("sendMessage", chat_id=GROUP, text="工单")
    other = await wire.send(LI, GROUP, text="闲聊")
    await wire.send(WANG, GROUP, text="到了", reply_to=card["message_id"])
    await wire.send(WANG, GROUP, photo=True, reply_to=other["message_id"])
    (update,) = await wire.updates()
    assert update["message"]["reply_to_message"]["text"] == "工单"
    assert update["message"]["chat"] == {"id": GROUP, "title": "路灯班", "type": "group"}


async def test_an_admin_bot_hears_everything(wire: Wire) -> None:
    await wire.post(f"groups/{GROUP}/admins", bot=BOT)
    await wire.updates()
    await wire.send(LI, GROUP, text="闲聊")
    assert len(await wire.updates()) == 1


async def test_an_anonymous_admin_writes_as_the_group(wire: Wire) -> None:
    await wire.send(WANG, GROUP, text="/bind", anonymous=True)
    message = (await wire.updates())[0]["message"]
    assert (message["from"]["id"], message["sender_chat"]["id"]) == (1087968824, GROUP)
    assert (await wire.mistaken("POST", f"people/{LI}/send", chat=GROUP, text="x", anonymous=True))[0] == 403


@pytest.mark.parametrize("big", [False, True])
async def test_a_bot_that_was_put_out_or_never_there(wire: Wire, big: bool) -> None:
    group = (await wire.post("groups", title="组", members=[WANG], bots=[BOT], supergroup=big))["id"]
    kind = "supergroup" if big else "group"
    await wire.post(f"groups/{group}/kick", bot=BOT)
    answer = await wire.refused("sendMessage", chat_id=group, text="x")
    assert answer == f"403 Forbidden: bot was kicked from the {kind} chat"
    changes = [each["my_chat_member"] for each in await wire.updates() if "my_chat_member" in each]
    assert [each["new_chat_member"]["status"] for each in changes] == ["member", "kicked"]
    without = (await wire.post("groups", title="别组", members=[WANG], supergroup=big))["id"]
    assert await wire.refused("sendMessage", chat_id=without, text="x") == "400 Bad Request: chat not found"


async def test_a_bot_that_left(wire: Wire) -> None:
    assert await wire.call("leaveChat", chat_id=GROUP) is True
    assert await wire.refused("sendMessage", chat_id=GROUP, text="x") == (
        "403 Forbidden: bot is not a member of the group chat"
    )


async def test_a_group_that_becomes_a_supergroup_tells_its_new_id_everywhere(wire: Wire) -> None:
    new = (await wire.post(f"groups/{GROUP}/migrate"))["migrate_to_chat_id"]
    old_says, new_says = [each["message"] for each in await wire.updates()]
    assert (old_says["chat"]["id"], old_says["migrate_to_chat_id"]) == (GROUP, new)
    assert (new_says["chat"]["id"], new_says["migrate_from_chat_id"]) == (new, GROUP)
    status, answer = await wire.raw("sendMessage", chat_id=GROUP, text="x")
    assert (status, answer["description"]) == (400, "Bad Request: group chat was upgraded to a supergroup chat")
    assert answer["parameters"] == {"migrate_to_chat_id": new}
    sent = await wire.call("sendMessage", chat_id=new, text="x")
    assert sent["chat"]["type"] == "supergroup"
    assert (await wire.seen(LI, new))[-1]["text"] == "x"
    assert (await wire.mistaken("POST", f"people/{WANG}/send", chat=GROUP, text="x"))[0] == 409


async def test_who_is_in_a_group(wire: Wire) -> None:
    members = {user: await wire.call("getChatMember", chat_id=GROUP, user_id=user) for user in (WANG, LI, BOT)}
    assert [each["status"] for each in members.values()] == ["creator", "member", "member"]
    assert [each["user"]["id"] for each in await wire.call("getChatAdministrators", chat_id=GROUP)] == [WANG]
    assert await wire.call("getChatMemberCount", chat_id=GROUP) == 3
    await wire.people("DELETE", f"groups/{GROUP}/members/{LI}")
    assert (await wire.call("getChatMember", chat_id=GROUP, user_id=LI))["status"] == "left"
    said = (await wire.updates())[-1]["message"]
    assert said["left_chat_member"]["id"] == LI
    assert await wire.refused("getChatMember", chat_id=GROUP, user_id=1) == "400 Bad Request: user not found"


@pytest.mark.parametrize(("big", "word"), [(False, "group_chat_created"), (True, "new_chat_members")])
async def test_a_new_group_says_so_to_its_bot(wire: Wire, big: bool, word: str) -> None:
    await wire.post("groups", title="组", members=[WANG], bots=[BOT], supergroup=big)
    added, said = await wire.updates()
    assert added["my_chat_member"]["old_chat_member"]["status"] == "left"
    assert word in said["message"]


async def test_somebody_met_in_a_group_can_be_looked_at_but_not_written_to(wire: Wire) -> None:
    assert (await wire.call("getChat", chat_id=LI))["first_name"] == "李"
    assert (await wire.call("getUserProfilePhotos", user_id=LI))["total_count"] == 0
    assert (await wire.refused("sendMessage", chat_id=LI, text="x")).startswith("403")
    alone = (await wire.post("people", first_name="赵"))["id"]
    assert await wire.refused("getChat", chat_id=alone) == "400 Bad Request: chat not found"


async def test_a_group_is_told_that_somebody_came(wire: Wire) -> None:
    new = (await wire.post("people", first_name="赵"))["id"]
    await wire.post(f"groups/{GROUP}/members", person=new)
    (update,) = await wire.updates()
    assert [each["id"] for each in update["message"]["new_chat_members"]] == [new]


async def test_topics_of_a_forum(wire: Wire) -> None:
    forum = (await wire.post("groups", title="论坛", members=[WANG], bots=[BOT], forum=True))["id"]
    topic = (await wire.post(f"groups/{forum}/topics", name="路灯"))["id"]
    sent = await wire.call("sendMessage", chat_id=forum, message_thread_id=topic, text="x")
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    await wire.send(WANG, forum, text="/bind", topic=topic)
    assert (await wire.updates())[-1]["message"]["message_thread_id"] == topic
    await wire.post(f"groups/{forum}/topics/{topic}/close")
    wanted: dict[str, Any] = {"chat_id": forum, "message_thread_id": topic}
    assert await wire.refused("sendMessage", **wanted, text="x") == "400 Bad Request: TOPIC_CLOSED"
    assert await wire.refused("reopenForumTopic", **wanted) == "400 Bad Request: not enough rights to reopen a topic"
    await wire.post(f"groups/{forum}/admins", bot=BOT)
    await wire.call("reopenForumTopic", **wanted)
    made = await wire.call("createForumTopic", chat_id=forum, name="井盖")
    await wire.call("closeForumTopic", chat_id=forum, message_thread_id=made["message_thread_id"])
    await wire.call("deleteForumTopic", **wanted)
    assert await wire.refused("sendMessage", **wanted, text="x") == "400 Bad Request: message thread not found"


async def test_pins_need_rights_only_in_supergroups(wire: Wire) -> None:
    card = await wire.call("sendMessage", chat_id=GROUP, text="工单")
    await wire.call("pinChatMessage", chat_id=GROUP, message_id=card["message_id"])
    assert (await wire.call("getChat", chat_id=GROUP))["pinned_message"]["text"] == "工单"
    await wire.call("unpinChatMessage", chat_id=GROUP)
    assert "pinned_message" not in await wire.call("getChat", chat_id=GROUP)
    big = (await wire.post("groups", title="组", members=[WANG], bots=[BOT], supergroup=True))["id"]
    card = await wire.call("sendMessage", chat_id=big, text="工单")
    assert await wire.refused("pinChatMessage", chat_id=big, message_id=card["message_id"]) == (
        "400 Bad Request: not enough rights to manage pinned messages in the chat"
    )


async def test_an_admin_bot_names_the_group_and_puts_people_out(wire: Wire) -> None:
    rights = {"chat_id": GROUP, "title": "新名"}
    assert await wire.refused("setChatTitle", **rights) == "400 Bad Request: not enough rights to change chat title"
    await wire.post(f"groups/{GROUP}/admins", bot=BOT)
    await wire.call("setChatTitle", **rights)
    assert await wire.refused("setChatTitle", **rights) == "400 Bad Request: chat title is not modified"
    await wire.call("setChatDescription", chat_id=GROUP, description="夜里也有人")
    full = await wire.call("getChat", chat_id=GROUP)
    assert (full["title"], full["description"]) == ("新名", "夜里也有人")
    assert (await wire.seen(LI, GROUP))[-1]["new_chat_title"] == "新名"
    await wire.call("banChatMember", chat_id=GROUP, user_id=LI)
    assert (await wire.call("getChatMember", chat_id=GROUP, user_id=LI))["status"] == "kicked"
    assert (await wire.mistaken("GET", f"people/{LI}/chats/{GROUP}/messages"))[0] == 403
    await wire.call("unbanChatMember", chat_id=GROUP, user_id=LI)
    assert (await wire.call("getChatMember", chat_id=GROUP, user_id=LI))["status"] == "left"
    refused = await wire.refused("banChatMember", chat_id=GROUP, user_id=WANG)
    assert refused == "400 Bad Request: user is an administrator of the chat"


async def test_topics_are_renamed_once_and_lose_their_pins(wire: Wire) -> None:
    members = {"members": [WANG], "bots": [BOT], "admins": [WANG, BOT]}
    forum = (await wire.post("groups", title="论坛", forum=True, **members))["id"]
    topic = (await wire.call("createForumTopic", chat_id=forum, name="路灯"))["message_thread_id"]
    renamed = {"chat_id": forum, "message_thread_id": topic, "name": "灯"}
    await wire.call("editForumTopic", **renamed)
    assert await wire.refused("editForumTopic", **renamed) == "400 Bad Request: TOPIC_NOT_MODIFIED"
    card = await wire.call("sendMessage", chat_id=forum, message_thread_id=topic, text="工单")
    loose = await wire.call("sendMessage", chat_id=forum, text="通知")
    for message in (loose, card):
        await wire.call("pinChatMessage", chat_id=forum, message_id=message["message_id"])
    await wire.call("unpinAllForumTopicMessages", chat_id=forum, message_thread_id=topic)
    assert (await wire.call("getChat", chat_id=forum))["pinned_message"]["text"] == "通知"
    await wire.call("unpinAllChatMessages", chat_id=forum)
    assert "pinned_message" not in await wire.call("getChat", chat_id=forum)
    groups = {each["id"]: each for each in await wire.get("groups")}
    assert groups[forum]["topics"] == [{"id": topic, "name": "灯", "closed": False}]


async def test_a_bot_reacts_with_one_emoji(wire: Wire) -> None:
    said = await wire.send(WANG, BOT, text="x")
    wanted: dict[str, Any] = {"chat_id": WANG, "message_id": said["message_id"]}
    thumb = {"type": "emoji", "emoji": "👍"}
    await wire.call("setMessageReaction", **wanted, reaction=[thumb])
    assert wire.sandbox.world.privates[BOT, WANG].reactions[said["message_id"], BOT] == [thumb]
    assert (
        await wire.refused("setMessageReaction", **wanted, reaction=[thumb, thumb])
        == "400 Bad Request: REACTION_INVALID"
    )
