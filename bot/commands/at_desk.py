"""One piece of work of a command: settings, database and a desk of its own, beside a program that may be running."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.config import Settings
from bot.desk.desk import Desk

T = TypeVar("T")


def at_a_desk(settings: Settings, work: Callable[[Desk], Awaitable[T]]) -> T:
    """Do it in one transaction: all of it is kept, or (when it raises) nothing. Raises Broken."""
    return asyncio.run(_at_a_desk(settings, work))


async def _at_a_desk(settings: Settings, work: Callable[[Desk], Awaitable[T]]) -> T:
    from bot.app import at_desk, open_office
    from bot.desk.desk import Clock
    from storage.database import Database
    from storage.migrations import upgrade

    office = open_office(settings, Clock())
    await upgrade(settings.database)
    database = Database(settings.database)
    try:
        async with database.write() as tx:
            return await at_desk(tx, office, work)
    finally:
        await database.close()


def look_then_write(
    settings: Settings, look: Callable[[Desk], Awaitable[T]], write: Callable[[Desk, T], Awaitable[None]] | None
) -> T:
    """Look at length, holding up nobody; then write what that gave, in one transaction. Raises Broken."""
    return asyncio.run(_look_then_write(settings, look, write))


async def _look_then_write(
    settings: Settings, look: Callable[[Desk], Awaitable[T]], write: Callable[[Desk, T], Awaitable[None]] | None
) -> T:
    from bot.app import at_desk, open_office
    from bot.desk.desk import Clock
    from storage.database import Database
    from storage.migrations import upgrade

    office = open_office(settings, Clock())
    await upgrade(settings.database)
    database = Database(settings.database)
    try:
        async with database.read() as tx:
            found = await look(Desk(tx, office, office.clock.now(), "command"))
        if write is not None:
            async with database.write() as tx:
                await at_desk(tx, office, lambda desk: write(desk, found))
        return found
    finally:
        await database.close()


def name_of_bot(settings: Settings) -> str | None:
    """What Telegram calls our bot; None if it was not reached."""
    return asyncio.run(_name_of_bot(settings))


async def _name_of_bot(settings: Settings) -> str | None:
    from bot.outbox.channel import Channel, Verdict

    channel = Channel(settings.bot_api_base, settings.bot_token.get_secret_value(), settings.proxy)
    try:
        me = await channel.call("getMe", {})
    finally:
        await channel.close()
    return me.result.get("username") if me.verdict is Verdict.SENT else None
