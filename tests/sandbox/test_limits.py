"""Flood limits: 30 a second overall, 20 a minute to a group, about one a second to a person."""

import asyncio

import pytest

from bot.sandbox import limits
from bot.sandbox.errors import Refused
from bot.sandbox.limits import Limits
from tests.sandbox.wire import BOT, GROUP, WANG, Wire


async def test_the_21st_message_to_a_group_within_a_minute_waits(wire: Wire) -> None:
    await wire.post("limits", on=True)
    for _ in range(20):
        await wire.call("sendMessage", chat_id=GROUP, text="x")
    status, answer = await wire.raw("sendMessage", chat_id=GROUP, text="x")
    assert status == 429
    assert 55 <= answer["parameters"]["retry_after"] <= 60
    await wire.post("limits", on=False)
    await wire.call("sendMessage", chat_id=GROUP, text="x")


async def test_a_person_gets_a_short_burst_and_then_about_one_a_second(wire: Wire) -> None:
    await wire.post("limits", on=True)
    for _ in range(limits.PRIVATE_BURST):
        await wire.call("sendMessage", chat_id=WANG, text="x")
    status, answer = await wire.raw("sendMessage", chat_id=WANG, text="x")
    assert (status, answer["parameters"]["retry_after"]) == (429, 1)
    await asyncio.sleep(1.05)
    await wire.call("sendMessage", chat_id=WANG, text="x")


async def test_albums_count_each_picture_and_refused_calls_count_nothing(wire: Wire) -> None:
    photo = (await wire.send(WANG, BOT, photo=True))["photo"][-1]["file_id"]
    await wire.post("limits", on=True)
    for _ in range(30):
        await wire.refused("sendMessage", chat_id=GROUP)
    album = [{"type": "photo", "media": photo}] * 10
    await wire.call("sendMediaGroup", chat_id=GROUP, media=album)
    await wire.call("sendMediaGroup", chat_id=GROUP, media=album)
    assert (await wire.raw("sendMessage", chat_id=GROUP, text="x"))[0] == 429


def test_thirty_a_second_overall() -> None:
    counted = Limits(on=True)
    for chat in range(1, 31):
        counted.take(BOT, chat)
    with pytest.raises(Refused) as refused:
        counted.take(BOT, 31)
    assert refused.value.parameters == {"retry_after": 1}
    counted.take(BOT + 1, 31)
