"""getUpdates: nothing is lost before it is confirmed, and one asks at a time."""

import asyncio
import time

from tests.sandbox.wire import BOT, GROUP, LI, WANG, Wire

ASKED_APART = 0.55


async def numbers(wire: Wire, **params: int) -> list[int]:
    return [each["update_id"] for each in await wire.call("getUpdates", **params)]


async def test_the_same_offset_gives_the_same_updates_until_a_higher_one_confirms_them(wire: Wire) -> None:
    for text in "abc":
        await wire.send(WANG, BOT, text=text)
    first = await numbers(wire, offset=0)
    assert len(first) == 3
    await asyncio.sleep(ASKED_APART)
    assert await numbers(wire, offset=0) == first
    assert await wire.get(f"pending?bot={BOT}") == {"pending": 3, "in_flight": 3}
    assert await numbers(wire, offset=first[1]) == first[1:]
    assert await numbers(wire, offset=first[2] + 1) == []
    assert await wire.get("pending") == {"pending": 0, "in_flight": 0}


async def test_the_same_offset_asked_again_at_once_gives_one_update(wire: Wire) -> None:
    await wire.call("getUpdates", offset=wire.offset)
    await wire.send(WANG, BOT, text="a")
    await wire.send(WANG, BOT, text="b")
    assert len(await wire.call("getUpdates", offset=wire.offset)) == 1


async def test_limit_and_a_negative_offset(wire: Wire) -> None:
    for text in "abcd":
        await wire.send(WANG, BOT, text=text)
    assert len(await wire.call("getUpdates", limit=2)) == 2
    last = await wire.call("getUpdates", offset=-1)
    assert [each["message"]["text"] for each in last] == ["d"]
    assert (await wire.get("pending"))["pending"] == 1


async def test_a_waiting_request_ends_with_the_first_update(wire: Wire) -> None:
    asked = asyncio.ensure_future(wire.updates(timeout=20))  # noqa: TID251 - a bot that waits
    await asyncio.sleep(0.05)
    started = time.monotonic()
    await wire.send(WANG, BOT, text="快")
    assert [each["message"]["text"] for each in await asked] == ["快"]
    assert time.monotonic() - started < 2


async def test_a_second_asker_ends_the_first(wire: Wire) -> None:
    first = asyncio.ensure_future(wire.refused("getUpdates", offset=wire.offset, timeout=20))  # noqa: TID251 - two bots
    await asyncio.sleep(0.05)
    await wire.call("getUpdates", offset=wire.offset, timeout=0)
    assert await first == (
        "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )


async def test_no_polling_while_there_is_a_webhook(wire: Wire) -> None:
    await wire.call("setWebhook", url="http://127.0.0.1:9/hook")
    text = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    assert await wire.refused("getUpdates") == f"409 Conflict: {text}"
    await wire.send(WANG, BOT, text="later")
    await wire.call("deleteWebhook")
    assert (await wire.updates())[-1]["message"]["text"] == "later"


async def test_only_the_allowed_kinds_are_queued(wire: Wire) -> None:
    await wire.updates(allowed_updates=["edited_message"])
    mine = await wire.send(WANG, BOT, text="a")
    await wire.post(f"people/{WANG}/edit", chat=BOT, message_id=mine["message_id"], text="b")
    found = await wire.updates()
    assert [each.keys() - {"update_id"} for each in found] == [{"edited_message"}]
    assert found[0]["edited_message"]["edit_date"]
    await wire.updates(allowed_updates=[])
    await wire.send(WANG, BOT, text="c")
    assert len(await wire.updates()) == 1


async def test_chat_member_comes_only_to_an_admin_who_asks_for_it(wire: Wire) -> None:
    await wire.people("DELETE", f"groups/{GROUP}/members/{LI}")
    await wire.post(f"groups/{GROUP}/admins", bot=BOT)
    await wire.post(f"groups/{GROUP}/members", person=LI)
    assert not any("chat_member" in each for each in await wire.updates())
    await wire.updates(allowed_updates=["message", "chat_member"])
    await wire.people("DELETE", f"groups/{GROUP}/members/{LI}")
    changes = [each["chat_member"] for each in await wire.updates() if "chat_member" in each]
    assert [each["new_chat_member"]["status"] for each in changes] == ["left"]


async def test_messages_are_kept_a_day_and_presses_150_seconds(wire: Wire) -> None:
    keyboard = {"inline_keyboard": [[{"text": "好", "callback_data": "go"}]]}
    sent = await wire.call("sendMessage", chat_id=WANG, text="x", reply_markup=keyboard)
    await wire.post(f"people/{WANG}/press", chat=BOT, message_id=sent["message_id"], text="好", wait=0)
    await wire.send(WANG, BOT, text="a")
    assert (await wire.get("pending"))["pending"] == 2
    await wire.post("clock", add=200)
    assert (await wire.get("pending"))["pending"] == 1
    await wire.post("clock", add=86_400)
    assert await wire.updates() == []


async def test_updates_are_as_the_world_was_when_they_happened(wire: Wire) -> None:
    mine = await wire.send(WANG, BOT, text="a")
    await wire.post(f"people/{WANG}/edit", chat=BOT, message_id=mine["message_id"], text="b")
    first, second = await wire.updates()
    assert (first["message"]["text"], second["edited_message"]["text"]) == ("a", "b")


async def test_repeats_under_new_ids_the_same_ids_and_ids_that_start_anew(wire: Wire) -> None:
    await wire.send(WANG, BOT, text="a")
    first = await wire.updates()
    await wire.post("repeat", bot=BOT)
    second = await wire.updates()
    assert second[0]["message"] == first[0]["message"]
    assert second[0]["update_id"] > first[0]["update_id"]
    await wire.post("repeat", bot=BOT, restart=True)
    third = await wire.updates()
    assert third[0]["message"] == first[0]["message"]
    assert third[0]["update_id"] < first[0]["update_id"]
    await wire.post("repeat", bot=BOT, same_ids=True)
    assert await numbers(wire, offset=0) == [third[0]["update_id"]]


async def test_any_json_can_be_queued_as_poison(wire: Wire) -> None:
    await wire.post("raw_update", bot=BOT, update={"message": {"from": None}})
    await wire.send(WANG, BOT, text="good")
    poison, good = await wire.updates()
    assert poison["message"] == {"from": None}
    assert good["message"]["text"] == "good"
    assert poison["update_id"] < good["update_id"]


async def test_stopping_ends_a_waiting_request_at_once(wire: Wire) -> None:
    asked = asyncio.ensure_future(wire.call("getUpdates", offset=wire.offset, timeout=50))  # noqa: TID251 - a bot
    await asyncio.sleep(0.05)
    started = time.monotonic()
    await wire.sandbox.stop()
    assert await asked == []
    assert time.monotonic() - started < 1.5
