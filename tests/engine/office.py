"""What these tests share: a look into the tables, a disk that fails, and a desk to put answers on."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

from bot.desk.desk import Desk
from tests import databases
from tests.town import Json, Town

BOT_ID = 7000001


def ask(town: Town, question: str) -> list[Any]:
    """The rows of a question to the product's database."""
    return databases.asked(town.app.settings.data_dir, question)


_FULL = {
    databases.SQLITE: (
        ("create trigger full before insert on {} begin select raise(abort, 'disk is full'); end",),
        ("drop trigger full",),
    ),
    databases.POSTGRESQL: (
        (
            "create function refuse() returns trigger language plpgsql as"
            " $$ begin raise 'disk is full' using errcode = 'disk_full'; end $$",
            "create trigger full_disk before insert on {} for each row execute function refuse()",
        ),
        ("drop function refuse cascade",),
    ),
}


@contextlib.asynccontextmanager
async def failing_disk(town: Town, table: str = "inbox") -> AsyncGenerator[None]:
    """Whatever is written into the table is refused by the database, as by a disk that is full."""
    folder = town.app.settings.data_dir
    begin, end = _FULL[databases.POSTGRESQL if databases.address_of(folder) else databases.SQLITE]
    # In a thread: waiting for a lock here would keep the product from giving it back.
    await asyncio.to_thread(databases.told, folder, *(one.format(table) for one in begin))
    try:
        yield
    finally:
        await asyncio.to_thread(databases.told, folder, *end)


def locked(town: Town) -> contextlib.AbstractAsyncContextManager[None]:
    """Another program writes into the database and takes its time."""
    return databases.locked(town.app.settings.data_dir)


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
