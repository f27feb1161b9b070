"""What these tests share: a look into the tables, a disk that fails, and a desk to put answers on."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path
from typing import Any

from bot.desk.desk import Desk
from tests.town import Json, Town

BOT_ID = 7000001


def ask(town: Town, question: str) -> list[Any]:
    """The rows of a question to the product's database."""
    with contextlib.closing(sqlite3.connect(_path(town), timeout=10)) as memory:
        return memory.execute(question).fetchall()


@contextlib.asynccontextmanager
async def failing_disk(town: Town, table: str = "inbox") -> AsyncGenerator[None]:
    """Whatever is written into the table is refused by the database, as by a disk that is full."""
    await _do(town, f"create trigger full before insert on {table} begin select raise(abort, 'disk is full'); end")
    try:
        yield
    finally:
        await _do(town, "drop trigger full")


@contextlib.asynccontextmanager
async def locked(town: Town) -> AsyncGenerator[None]:
    """Another program writes into the database and takes its time."""
    with contextlib.closing(sqlite3.connect(_path(town), timeout=10, check_same_thread=False)) as memory:
        await asyncio.to_thread(memory.execute, "begin immediate")
        try:
            yield
        finally:
            memory.rollback()


async def _do(town: Town, statement: str) -> None:
    """In a thread: waiting for a lock here would keep the product from giving it back."""

    def do() -> None:
        with contextlib.closing(sqlite3.connect(_path(town), timeout=10)) as memory:
            memory.execute(statement)
            memory.commit()

    await asyncio.to_thread(do)


async def until(true: Callable[[], Awaitable[object]], seconds: float = 10) -> None:
    """Wait until something has become true. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while not await true():
            await asyncio.sleep(0.02)


async def owes(town: Town, *texts: str, chat: int, method: str = "sendMessage", **more: Any) -> None:
    """Answers to one chat, in this order, as a handler would return them."""

    async def put(desk: Desk) -> None:
        for text in texts:
            desk.answer(chat, method, {"chat_id": chat, "text": text, **more})

    await town.app.at_desk(put)
    town.app.sender.look()


async def fault(town: Town, kind: str, **more: Any) -> None:
    """Switch a fault of the sandbox on, once unless told otherwise."""
    await town.post("faults", {"kind": kind, "times": 1, **more})


async def calls(town: Town, chat: int, method: str = "sendMessage") -> list[Json]:
    """What was asked of the Bot API for one chat, the oldest first."""
    rows = (await town.get("log"))["calls"]
    return [row for row in rows if row["method"].lower() == method.lower() and row["chat_id"] == str(chat)]


def _path(town: Town) -> Path:
    return town.app.settings.data_dir / "yashu.db"
