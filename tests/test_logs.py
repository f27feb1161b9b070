"""Logs: whatever goes wrong and whoever logs it, no token, no word of a person and no id gets out."""

import asyncio
import gc
import io
import json
import logging
import sys
from collections.abc import Callable, Iterator
from typing import Any

import aiohttp
import pytest
import structlog
from aiohttp import web

from bot.logs import Plain, set_up

TOKEN = "7000001:AAEhBP0av28mTzlJJ3fmFZkwqWVuJ7F0abc"
WORDS = "张三家的煤气漏了"
ID = "1357924680"
HUSH = (TOKEN, WORDS, ID)
URL = f"http://127.0.0.1:1/bot{TOKEN}/sendMessage?chat_id={ID}"


class Spilled(Exception):
    """An error whose text says everything it must not."""

    def __init__(self) -> None:
        super().__init__(f"{URL} {WORDS}")


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """Logging as the program sets it up; call it for the lines so far, checked to keep quiet."""
    root, hook, level = logging.getLogger(), sys.excepthook, logging.getLogger().level
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    set_up("INFO")

    def lines() -> list[dict[str, Any]]:
        said = stream.getvalue()
        assert not [word for word in HUSH if word in said], said
        return [json.loads(line) for line in said.splitlines()]

    yield lines
    root.handlers[:] = [handler for handler in root.handlers if not isinstance(handler.formatter, Plain)]
    root.setLevel(level)
    sys.excepthook = hook
    structlog.reset_defaults()


def test_a_token_in_a_line_of_our_own_is_blotted_out(logged: Callable[[], list[dict[str, Any]]]) -> None:
    structlog.get_logger().error("polling_failed", trouble=f"http://127.0.0.1:1/bot{TOKEN}/getUpdates")
    (line,) = logged()
    assert line["event"] == "polling_failed"
    assert line["trouble"] == "http://127.0.0.1:1/bot<token>/getUpdates"


def test_what_a_library_fills_in_is_left_out(logged: Callable[[], list[dict[str, Any]]]) -> None:
    logging.getLogger("aiogram.event").error("Cause exception while process update id=%s: %s", ID, WORDS)
    logging.getLogger("aiohttp.client").error(f"cannot get {URL.partition('?')[0]}")
    first, second = logged()
    assert first["event"] == "Cause exception while process update id=%s: %s"
    assert second["event"] == "cannot get http://127.0.0.1:1/bot<token>/sendMessage"


def test_an_error_is_told_by_kind_and_place(logged: Callable[[], list[dict[str, Any]]]) -> None:
    try:
        raise Spilled from ValueError(WORDS)
    except Spilled:
        logging.getLogger("aiogram.dispatcher").exception("Failed")
    (line,) = logged()
    assert (line["logger"], line["level"], line["error"]) == ("aiogram.dispatcher", "error", "Spilled")
    assert "test_an_error_is_told_by_kind_and_place" in line["where"][-1]


async def test_a_forgotten_task_of_asyncio_keeps_quiet(logged: Callable[[], list[dict[str, Any]]]) -> None:
    async def spill(_words: str) -> None:
        raise Spilled

    loop = asyncio.get_running_loop()
    loop.set_exception_handler(None)
    task = loop.create_task(spill(WORDS), name=WORDS)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
    gc.collect()
    (line,) = logged()
    assert line["event"] == "Task exception was never retrieved"
    assert line["error"] == "Spilled"


async def test_a_failed_call_with_the_token_in_its_address_keeps_quiet(
    logged: Callable[[], list[dict[str, Any]]],
) -> None:
    async with aiohttp.ClientSession() as session:
        try:
            await session.post(URL, data=WORDS)
        except aiohttp.ClientError:
            logging.getLogger("aiohttp.client").exception("Request to %s failed", URL)
    (line,) = logged()
    assert line["error"] == "ClientConnectorError"


async def test_a_broken_handler_of_the_web_server_keeps_quiet(logged: Callable[[], list[dict[str, Any]]]) -> None:
    async def broken(_request: web.Request) -> web.Response:
        raise Spilled

    app = web.Application()
    app.router.add_post("/{tail:.*}", broken)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    async with aiohttp.ClientSession() as session:
        answer = await session.post(f"http://127.0.0.1:{port}/bot{TOKEN}/?chat={ID}", data=WORDS)
        assert answer.status == 500
        assert WORDS not in await answer.text()
    await runner.cleanup()
    (line,) = logged()
    assert (line["logger"], line["error"]) == ("aiohttp.server", "Spilled")


def test_what_nobody_caught_is_logged_without_its_text(logged: Callable[[], list[dict[str, Any]]]) -> None:
    try:
        raise Spilled
    except Spilled as error:
        sys.excepthook(type(error), error, error.__traceback__)
    (line,) = logged()
    assert (line["event"], line["level"], line["error"]) == ("crashed", "critical", "Spilled")
