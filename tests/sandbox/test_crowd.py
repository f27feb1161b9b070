"""A crowd in the sandbox: thousands who can be written to and are not shown; and a map of their own."""

import asyncio
from typing import Any

import pytest

from tests.sandbox.wire import BOT, GROUP, LI, WANG, Wire

FIRST, SECOND = 900_000, 900_001
MANY = [[FIRST + number, f"居民{number}"] for number in range(3_000)]
MAP: dict[str, Any] = {
    "west": 119.5, "south": 32.1, "east": 119.7, "north": 32.3, "picture": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "names": [[32.2, 119.6, "丁岗镇", 0]],
}  # fmt: skip


async def test_a_crowd_can_be_written_to_at_once_and_is_not_among_those_who_are_played(wire: Wire) -> None:
    assert await wire.post("crowd", bot=BOT, people=MANY) == {"people": len(MANY)}
    assert await wire.updates() == []
    await wire.call("sendMessage", chat_id=SECOND, text="今晚有大雨")
    assert [each["text"] for each in await wire.seen(SECOND, BOT)] == ["今晚有大雨"]
    assert [person["id"] for person in await wire.get("people")] == [WANG, LI]


async def test_somebody_of_the_crowd_can_still_write_press_and_block(wire: Wire) -> None:
    await wire.post("crowd", bot=BOT, people=MANY)
    keys = {"inline_keyboard": [[{"text": "已收到", "callback_data": "read"}]]}
    sent = await wire.call("sendMessage", chat_id=FIRST, text="通知", reply_markup=keys)
    await wire.post(f"people/{FIRST}/press", chat=BOT, message_id=sent["message_id"], text="已收到", wait=0)
    await wire.send(FIRST, BOT, text="知道了")
    assert [list(update)[1] for update in await wire.updates()] == ["callback_query", "message"]
    await wire.post(f"people/{FIRST}/block", bot=BOT)
    assert "403" in await wire.refused("sendMessage", chat_id=FIRST, text="通知")


async def test_the_page_hears_nothing_of_the_crowd(wire: Wire) -> None:
    await wire.post("crowd", bot=BOT, people=MANY)
    async with wire.session.get(f"{wire.sandbox.address}/sandbox/events") as events:
        assert b"hello" in await events.content.readline()
        sent = await wire.call("sendMessage", chat_id=FIRST, text="给人群")
        await wire.call("pinChatMessage", chat_id=FIRST, message_id=sent["message_id"])
        await wire.call("deleteMessage", chat_id=FIRST, message_id=sent["message_id"])
        await wire.call("sendMessage", chat_id=WANG, text="给王")
        line = b""
        async with asyncio.timeout(5):
            while not line.startswith(b"data"):
                line = await events.content.readline()
    assert "给王".encode() in line


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ({"people": [[WANG, "王"]]}, 409, "taken"),
        ({"people": [[BOT, "王"]]}, 409, "taken"),
        ({"people": [[1, "王"], [1, "李"]]}, 409, "taken"),
        ({"people": [[1]]}, 400, "a list of"),
        ({"people": [["x", "王"]]}, 400, "a list of"),
        ({}, 400, "a list of"),
        ({"bot": 5, "people": []}, 404, "no bot 5"),
        ({"bot": GROUP, "people": []}, 404, "no bot"),
    ],
)
async def test_a_crowd_that_makes_no_sense(wire: Wire, body: dict[str, Any], status: int, reason: str) -> None:
    answered, error = await wire.mistaken("POST", "crowd", **{"bot": BOT, **body})
    assert (answered, reason in error) == (status, True)
    assert [person["id"] for person in await wire.get("people")] == [WANG, LI]


async def test_a_town_may_bring_its_own_map(wire: Wire) -> None:
    assert await wire.get("map") == {}
    assert (await wire.mistaken("GET", "map.svg"))[0] == 404
    await wire.post("map", **MAP)
    assert await wire.get("map") == {**MAP, "picture": "/sandbox/map.svg"}
    async with wire.session.get(f"{wire.sandbox.address}/sandbox/map.svg") as picture:
        assert await picture.text() == MAP["picture"]
        assert picture.content_type == "image/svg+xml"
        assert picture.headers["Content-Security-Policy"] == "sandbox"
    for wrong in ({"names": [[1, 2]]}, {"west": "x"}, {"names": None}):
        assert (await wire.mistaken("POST", "map", **{**MAP, **wrong}))[0] == 400
