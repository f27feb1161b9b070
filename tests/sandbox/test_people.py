"""What people do and see: writing, pressing, editing, reading, the page's events, the clock."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import orjson

from bot.sandbox.messages import KEPT
from bot.sandbox.server import Sandbox
from tests.sandbox.wire import BOT, GROUP, LI, WANG, Wire

KEYBOARD = {"inline_keyboard": [[{"text": "✅ 提交", "callback_data": "go"}, {"text": "看", "url": "https://a.cn"}]]}


async def card(wire: Wire) -> int:
    return (await wire.call("sendMessage", chat_id=WANG, text="卡", reply_markup=KEYBOARD))["message_id"]


async def test_a_press_waits_for_the_answer_of_the_bot(wire: Wire) -> None:
    message_id = await card(wire)

    async def answer() -> None:
        query = (await wire.updates(timeout=5))[0]["callback_query"]
        assert (query["data"], query["message"]["message_id"], query["from"]["id"]) == ("go", message_id, WANG)
        assert query["message"]["reply_markup"] == KEYBOARD
        await wire.call("answerCallbackQuery", callback_query_id=query["id"], text="好", show_alert=True)

    press = wire.post(f"people/{WANG}/press", chat=BOT, message_id=message_id, text="提交")
    pressed, _ = await asyncio.gather(press, answer())
    assert pressed["answer"] == {"text": "好", "show_alert": True}


async def test_a_press_that_nobody_answers(wire: Wire) -> None:
    pressed = await wire.post(f"people/{WANG}/press", chat=BOT, message_id=await card(wire), data="forged", wait=0.05)
    assert pressed["answer"] is None
    assert (await wire.updates())[0]["callback_query"]["data"] == "forged"


async def test_presses_that_make_no_sense(wire: Wire) -> None:
    message_id = await card(wire)
    press = f"people/{WANG}/press"
    assert (await wire.mistaken("POST", press, chat=BOT, message_id=message_id, text="没有"))[0] == 404
    assert (await wire.mistaken("POST", press, chat=BOT, message_id=message_id, text="看"))[0] == 400
    await wire.call("deleteMessage", chat_id=WANG, message_id=message_id)
    assert (await wire.mistaken("POST", press, chat=BOT, message_id=message_id, text="提交"))[0] == 404
    assert (await wire.mistaken("POST", f"people/{WANG}/send", chat=BOT))[1] == "nothing to send"
    assert (await wire.mistaken("POST", f"people/{WANG}/send", chat=BOT, text="x" * 4097))[0] == 400


async def test_a_press_or_a_block_opens_no_chat_with_a_bot(wire: Wire) -> None:
    assert (await wire.mistaken("POST", f"people/{LI}/press", chat=BOT, message_id=1, data="x"))[0] == 404
    assert (await wire.mistaken("POST", f"people/{LI}/block", bot=BOT))[0] == 404
    assert (await wire.mistaken("POST", f"people/{LI}/send", chat=BOT, text=" "))[0] == 400
    assert (await wire.refused("sendMessage", chat_id=LI, text="x")).startswith("403 Forbidden: bot can't initiate")


async def test_everything_that_a_person_can_send(wire: Wire) -> None:
    await wire.send(WANG, BOT, start="case_7")
    await wire.send(WANG, BOT, location={"lat": 32.19, "lon": 119.62})
    await wire.send(WANG, BOT, venue={"lat": 32.19, "lon": 119.62, "title": "新港", "address": "3栋"})
    await wire.send(WANG, BOT, contact={"phone": "13800000000", "first_name": "王"})
    await wire.send(WANG, BOT, photo=True, caption="路灯不亮")
    await wire.send(WANG, BOT, album=[{"photo": True}, {"video": True}], caption="两个")
    await wire.send(WANG, BOT, text="转", forward_from={"hidden": "某人"})
    messages = [each["message"] for each in await wire.updates()]
    start, place, venue, contact, photo, first, second, forwarded = messages
    assert (start["text"], start["entities"][0]["type"]) == ("/start case_7", "bot_command")
    assert place["location"] == {"latitude": 32.19, "longitude": 119.62}
    assert (venue["venue"]["title"], contact["contact"]["phone_number"]) == ("新港", "13800000000")
    assert photo["caption"] == "路灯不亮"
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], "caption" in second) == ("两个", False)
    assert forwarded["forward_origin"]["sender_user_name"] == "某人"
    assert all(each["chat"]["id"] == WANG and each["chat"]["type"] == "private" for each in messages)


async def test_the_list_of_chats_with_unread_marks_keyboards_and_commands(wire: Wire) -> None:
    await wire.call("setMyCommands", commands=[{"command": "start", "description": "开始"}])
    group_scope = {"type": "all_group_chats"}
    await wire.call("setMyCommands", commands=[{"command": "bind", "description": "绑定"}], scope=group_scope)
    keyboard = {"keyboard": [[{"text": "发位置", "request_location": True}]], "resize_keyboard": True}
    await wire.call("sendMessage", chat_id=WANG, text="一", reply_markup=keyboard)
    await wire.call("sendMessage", chat_id=WANG, text="二")
    private, group = await wire.get(f"people/{WANG}/chats")
    assert (private["chat"], private["unread"], private["last"]["text"]) == (BOT, 2, "二")
    assert private["reply_keyboard"]["keyboard"][0][0]["text"] == "发位置"
    assert [each["command"] for each in private["commands"]] == ["start"]
    assert (group["chat"], [each["command"] for each in group["commands"]]) == (GROUP, ["bind"])
    await wire.post(f"people/{WANG}/chats/{BOT}/read")
    await wire.call("sendMessage", chat_id=WANG, text="三", reply_markup={"remove_keyboard": True})
    private = (await wire.get(f"people/{WANG}/chats"))[0]
    assert (private["unread"], private["reply_keyboard"]) == (1, None)


async def test_messages_show_edits_and_come_in_pages(wire: Wire) -> None:
    sent = [await wire.call("sendMessage", chat_id=WANG, text=str(n)) for n in range(5)]
    await wire.call("editMessageText", chat_id=WANG, message_id=sent[1]["message_id"], text="neu")
    path = f"people/{WANG}/chats/{BOT}/messages"
    after = (await wire.get(f"{path}?after={sent[0]['message_id']}&limit=2"))["messages"]
    assert [(each["text"], each["edited"]) for each in after] == [("neu", True), ("2", False)]
    newest = (await wire.get(f"{path}?limit=2"))["messages"]
    assert [each["text"] for each in newest] == ["3", "4"]


async def test_only_the_newest_messages_of_a_chat_are_kept(sandbox: Sandbox, wire: Wire) -> None:
    first = (await wire.call("sendMessage", chat_id=WANG, text="first"))["message_id"]
    for _ in range(KEPT):
        await wire.call("sendMessage", chat_id=WANG, text="x")
    assert len(sandbox.world.privates[BOT, WANG].messages) == KEPT
    answer = await wire.refused("editMessageText", chat_id=WANG, message_id=first, text="y")
    assert answer == "400 Bad Request: message to edit not found"


async def test_somebody_outside_a_group_sees_nothing_of_it(wire: Wire) -> None:
    stranger = (await wire.post("people", first_name="赵"))["id"]
    assert (await wire.mistaken("GET", f"people/{stranger}/chats/{GROUP}/messages"))[0] == 403
    assert (await wire.mistaken("POST", f"people/{stranger}/send", chat=GROUP, text="x"))[0] == 403
    assert [each["chat"] for each in await wire.get(f"people/{stranger}/chats")] == [BOT]


async def follow(wire: Wire) -> AsyncIterator[dict[str, Any]]:
    async with wire.session.get(f"{wire.sandbox.address}/sandbox/events") as answer:
        assert answer.content_type == "text/event-stream"
        yield {}
        async for line in answer.content:
            if line.startswith(b"data: "):
                yield orjson.loads(line[6:])


async def test_the_page_is_told_of_everything_until_the_sandbox_stops(wire: Wire) -> None:
    events = follow(wire)
    await anext(events)
    message_id = await card(wire)
    await wire.call("editMessageText", chat_id=WANG, message_id=message_id, text="neu")
    await wire.call("deleteMessage", chat_id=WANG, message_id=message_id)
    await wire.post("clock", add=60)
    await wire.send(LI, GROUP, text="x")
    seen = [await anext(events) for _ in range(5)]
    assert [each["type"] for each in seen] == ["message", "edit", "delete", "clock", "message"]
    assert [(each["chat"], each.get("person")) for each in seen[:2]] == [(BOT, WANG), (BOT, WANG)]
    assert (seen[4]["chat"], seen[4]["person"], seen[4]["message"]["text"]) == (GROUP, None, "x")
    await wire.sandbox.stop()
    async with asyncio.timeout(2):
        assert [each async for each in events] == []


async def test_the_clock_moves_forward_and_tells_the_product() -> None:
    moved: list[timedelta] = []
    due = datetime.now(UTC) + timedelta(hours=5)  # noqa: TID251 - the test is outside the town

    async def on_clock(by: timedelta) -> None:
        moved.append(by)

    async def next_event() -> datetime | None:
        return due if sum(moved, timedelta()) < timedelta(hours=4) else None

    sandbox = Sandbox(on_clock=on_clock, next_event=next_event)
    await sandbox.start()
    async with aiohttp.ClientSession() as session:
        wire = Wire(sandbox, session)
        assert (await wire.get("clock"))["next"] == due.timestamp()
        await wire.post("clock", add=3600)
        clock = await wire.post("clock", to="next")
        assert abs(clock["now"] - due.timestamp()) <= 1
        assert [round(each.total_seconds() / 3600) for each in moved] == [1, 4]
        assert clock["next"] is None
        assert await wire.mistaken("POST", "clock", to="next") == (400, "nothing is due")
        assert (await wire.mistaken("POST", "clock", add=-1))[0] == 400
    await sandbox.stop()


async def test_dates_follow_the_moved_clock(wire: Wire) -> None:
    before = (await wire.call("sendMessage", chat_id=WANG, text="x"))["date"]
    await wire.post("clock", add=86_400)
    assert 86_399 <= (await wire.call("sendMessage", chat_id=WANG, text="x"))["date"] - before <= 86_420


async def test_the_page_is_served_and_nothing_beside_it(wire: Wire) -> None:
    async with wire.session.get(f"{wire.sandbox.address}/page/..%2fserver.py") as answer:
        assert answer.status == 404
    assert (await wire.mistaken("GET", "nothing/here"))[0] == 404


async def test_other_sites_in_the_same_browser_may_not_ask(wire: Wire) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    async with wire.session.post(f"{wire.sandbox.address}/sandbox/clock", json={"add": 60}, headers=headers) as answer:
        assert answer.status == 403
    assert (await wire.get("clock"))["offset"] == 0
