"""Webhooks: secret, order within a chat, retries, Retry-After, methods in the answer."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web

from tests.sandbox.until import until
from tests.sandbox.wire import BOT, LI, WANG, Wire

Answer = Callable[[dict[str, Any]], web.Response]


class Hook:
    """A bot's own web server: keeps what it was told, answers as `reply` says."""

    def __init__(self) -> None:
        self.got: list[tuple[float, dict[str, Any]]] = []
        self.secrets: list[str | None] = []
        self.reply: Answer = lambda _: web.Response()
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.got.append((time.monotonic(), update))
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        return self.reply(update)

    def texts(self) -> list[str]:
        return [update["message"]["text"] for _, update in self.got]

    async def heard(self, count: int) -> None:
        await until(lambda: len(self.got) >= count)


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook, app = Hook(), web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def emptied(wire: Wire) -> None:
    await until(lambda: not wire.sandbox.world.queues[BOT].pending)


async def test_updates_come_with_the_secret_also_those_that_waited(wire: Wire, hook: Hook) -> None:
    await wire.send(WANG, BOT, text="before")
    await wire.call("setWebhook", url=hook.url, secret_token="s3cret")
    await wire.send(WANG, BOT, text="after")
    await emptied(wire)
    assert hook.texts()[-2:] == ["before", "after"]
    assert set(hook.secrets) == {"s3cret"}


async def test_a_refused_update_is_repeated_and_holds_back_only_its_own_chat(wire: Wire, hook: Hook) -> None:
    await wire.send(LI, BOT, text="start")
    await wire.updates()
    failures = iter([503, 500, 502])
    hook.reply = lambda update: web.Response(status=next(failures, 200) if update["message"]["text"] == "W1" else 200)
    await wire.call("setWebhook", url=hook.url)
    for person, text in ((WANG, "W1"), (WANG, "W2"), (LI, "L1"), (LI, "L2")):
        await wire.send(person, BOT, text=text)
    await emptied(wire)
    assert hook.texts().count("W1") == 4
    assert [text for text in hook.texts() if text.startswith("L")] == ["L1", "L2"]
    assert hook.texts()[-1] == "W2"
    assert hook.texts().index("L2") < hook.texts().index("W2")
    info = await wire.call("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 502 Bad Gateway"


async def test_retry_after_is_honoured(wire: Wire, hook: Hook) -> None:
    answers = iter([web.Response(status=503, headers={"Retry-After": "1"})])
    hook.reply = lambda _: next(answers, web.Response())
    await wire.call("setWebhook", url=hook.url)
    await wire.send(WANG, BOT, text="x")
    await hook.heard(2)
    assert hook.got[1][0] - hook.got[0][0] >= 0.95


async def test_a_method_in_the_answer_is_carried_out(wire: Wire, hook: Hook) -> None:
    hook.reply = lambda _: web.json_response({"method": "sendMessage", "chat_id": WANG, "text": "from the answer"})
    await wire.call("setWebhook", url=hook.url)
    await wire.send(WANG, BOT, text="x")
    chat = wire.sandbox.world.privates[BOT, WANG]
    await until(lambda: list(chat.messages.values())[-1]["text"] == "from the answer")


async def test_a_webhook_can_be_taken_away_in_the_answer_to_an_update(wire: Wire, hook: Hook) -> None:
    hook.reply = lambda _: web.json_response({"method": "deleteWebhook"})
    await wire.call("setWebhook", url=hook.url)
    await wire.send(WANG, BOT, text="x")
    await until(lambda: not wire.sandbox.world.webhooks)
    await wire.send(WANG, BOT, text="y")
    assert [each["message"]["text"] for each in await wire.updates()] == ["y"]
    assert hook.texts() == ["x"]


async def test_the_webhook_tells_about_itself_and_can_be_taken_away(wire: Wire, hook: Hook) -> None:
    await wire.call("setWebhook", url=hook.url, max_connections=7, allowed_updates=["message"])
    info = await wire.call("getWebhookInfo")
    assert (info["url"], info["max_connections"], info["allowed_updates"]) == (hook.url, 7, ["message"])
    hook.reply = lambda _: web.Response(status=500)
    await wire.send(WANG, BOT, text="stuck")
    await hook.heard(1)
    assert (await wire.call("getWebhookInfo"))["pending_update_count"] == 1
    await wire.call("deleteWebhook", drop_pending_updates=True)
    assert (await wire.call("getWebhookInfo"))["url"] == ""
    assert await wire.updates() == []


async def test_an_update_can_come_twice_under_its_own_id(wire: Wire, hook: Hook) -> None:
    await wire.call("setWebhook", url=hook.url)
    await wire.send(WANG, BOT, text="x")
    await emptied(wire)
    await wire.post("repeat", bot=BOT, same_ids=True)
    await hook.heard(2)
    assert hook.got[0][1] == hook.got[1][1]


async def test_the_chats_are_served_side_by_side_but_not_more_than_allowed(wire: Wire, hook: Hook) -> None:
    people = [(await wire.post("people", first_name=f"p{n}"))["id"] for n in range(6)]
    for person in people:
        await wire.send(person, BOT, text="x")
    busy, most = 0, 0

    async def slow(request: web.Request) -> web.Response:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0.02)
        busy -= 1
        hook.got.append((time.monotonic(), await request.json()))
        return web.Response()

    app = web.Application()
    app.router.add_post("/slow", slow)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/slow"
    await wire.call("setWebhook", url=address, max_connections=3)
    await emptied(wire)
    await runner.cleanup()
    assert most == 3
