"""The bad weather of the lab: whoever judges the product by it relies on what took effect, what was heard, the wait."""

import asyncio
from collections.abc import AsyncGenerator
from random import Random
from typing import Any

import aiohttp
import pytest

from bot.lab.chaos_points import Heard
from bot.lab.chaos_poison import Fates, fates, poison
from bot.lab.chaos_reckoning import reckon
from bot.lab.chaos_storms import Storm, Stormy, shuffled, storms_of

LONG_S = 30
HANGS_S = 0.1


class Telegram:
    """A stormy stub, and a bot's line to it."""

    def __init__(self, stub: Stormy, http: aiohttp.ClientSession) -> None:
        self.stub = stub
        self.http = http

    async def says(self, text: str, chat: int = 7) -> int:
        """The status that the bot is answered with, 0 if the line broke."""
        try:
            async with self.http.post("/bot42:x/sendMessage", json={"chat_id": chat, "text": text}) as answer:
                return answer.status
        except aiohttp.ClientError:
            return 0

    async def brought(self) -> list[int]:
        """The numbers of the updates that wait."""
        async with self.http.post("/bot42:x/getUpdates", json={"timeout": 1}) as answer:
            return [one["update_id"] for one in (await answer.json())["result"]]

    @property
    def shown(self) -> list[str]:
        return [one.text for one in self.stub.heard]


@pytest.fixture
async def telegram() -> AsyncGenerator[Telegram]:
    async with (
        Stormy(seed=1, patience=HANGS_S) as stub,
        aiohttp.ClientSession(f"http://127.0.0.1:{stub.port}") as http,
    ):
        yield Telegram(stub, http)


@pytest.mark.parametrize(
    ("storm", "status", "shown", "lost"),
    [
        (Storm.TOO_MANY, 429, False, 0),
        (Storm.FALTERS, 502, False, 0),
        (Storm.BEFORE, 0, False, 0),
        (Storm.AFTER, 0, True, 1),
        (Storm.HANGS, 200, True, 1),
    ],
)
async def test_what_a_storm_does_to_one(telegram: Telegram, storm: Storm, status: int, shown: bool, lost: int) -> None:
    begin = asyncio.get_running_loop().time()
    telegram.stub.breaks_out(storm, LONG_S)
    assert await telegram.says("您好") == status
    assert telegram.shown == ["您好"] * shown
    assert telegram.stub.lost.total() == lost
    assert telegram.stub.struck == {storm.value: 1}
    assert (asyncio.get_running_loop().time() - begin >= HANGS_S) or storm is not Storm.HANGS


async def test_a_storm_ends_and_the_next_one_waits_for_what_it_can_strike(telegram: Telegram) -> None:
    telegram.stub.breaks_out(Storm.BEFORE, 0.05)
    telegram.stub.breaks_out(Storm.TWICE, LONG_S)
    assert await telegram.says("一") == 0
    await asyncio.sleep(0.1)
    assert await telegram.says("二") == 200
    assert telegram.stub.struck == {Storm.BEFORE.value: 1}


async def test_who_does_not_wait_as_long_as_asked_is_counted_and_nobody_else(telegram: Telegram) -> None:
    telegram.stub.breaks_out(Storm.TOO_MANY, 0.01)
    assert await telegram.says("一") == 429
    await asyncio.sleep(0.05)
    assert await telegram.says("甲", chat=8) == 200
    assert telegram.stub.too_early == 0
    assert await telegram.says("一") == 200
    assert telegram.stub.too_early == 1


def message(number: int, who: int) -> dict[str, Any]:
    return {"update_id": number, "message": {"message_id": number, "from": {"id": who}, "chat": {"id": who}}}


async def test_an_update_that_comes_twice_is_one_with_one_fate(telegram: Telegram) -> None:
    telegram.stub.breaks_out(Storm.TWICE, LONG_S)
    telegram.stub._deliver(message(next(telegram.stub._crowd.update_ids), 1))
    assert len(await telegram.brought()) == 2
    assert telegram.stub.sent == {1}


async def test_shuffled_updates_are_numbered_as_they_are_given(telegram: Telegram) -> None:
    telegram.stub.breaks_out(Storm.SHUFFLED, LONG_S)
    for who in (1, 2, 3):
        telegram.stub._deliver(message(next(telegram.stub._crowd.update_ids), who))
    assert await telegram.brought() == [4, 5, 6]
    assert telegram.stub.sent == {4, 5, 6}


def test_everybodys_own_updates_stay_in_order() -> None:
    updates = [message(number, number % 3) for number in range(30)]
    mixed = shuffled(updates, Random(1))
    assert mixed != updates
    for who in range(3):
        theirs = [one["update_id"] for one in mixed if one["message"]["from"]["id"] == who]
        assert theirs == sorted(theirs)
        assert len(theirs) == 10


def test_only_a_webhook_has_an_answer_that_gets_lost() -> None:
    assert set(storms_of("webhook")) - set(storms_of("polling")) == {Storm.UNHEARD}


def test_a_lost_answer_explains_one_more_showing_and_no_second_one() -> None:
    shown = [Heard(0, "sendMessage", -5, "编号 261121-001", "card")] * 3
    found = reckon([], shown, {"card": 1})
    assert (found.said_again, found.duplicates) == (1, 1)


def test_who_is_not_in_the_inbox_or_waits_there_has_no_fate() -> None:
    rows = [(1, "done", None), (2, "dead", "Unreadable"), (3, "new", None), (4, "dead", "KeyError"), (5, "dead", None)]
    found = fates(range(1, 7), {2}, rows)
    assert found == Fates(poison=1, none=3, dead=2, dead_poison=1)


def test_no_two_poisoned_updates_in_a_row_are_alike() -> None:
    assert all(poison(number) != poison(number + 1) for number in range(100))
