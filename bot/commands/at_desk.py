"""One piece of work of a command: settings, database and a desk of its own, beside a program that may be running."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

from bot.config import Settings, read_settings
from bot.desk.desk import Clock, Desk, Office

if TYPE_CHECKING:
    from storage.database import Database
    from storage.grid import Node

T = TypeVar("T")


def at_a_desk(settings: Settings, work: Callable[[Desk], Awaitable[T]]) -> T:
    """Do it in one transaction: all of it is kept, or (when it raises) nothing. Raises Broken."""
    return asyncio.run(_at_a_desk(settings, work))


async def _at_a_desk(settings: Settings, work: Callable[[Desk], Awaitable[T]]) -> T:
    from bot.app import at_desk
    from bot.desk.settings import read as read_choices
    from storage.migrations import upgrade

    async with _opened(settings) as (office, database):
        await upgrade(settings.database)
        await read_choices(database, office)
        async with database.write() as tx:
            return await at_desk(tx, office, work)


def look(work: Callable[[Desk], Awaitable[T]]) -> T:
    """Do something at a desk that only reads. Raises Broken when the installation is wrong."""
    return asyncio.run(_look(work))


async def _look(work: Callable[[Desk], Awaitable[T]]) -> T:
    from bot.desk.settings import read as read_choices
    from storage.noted_keys import must_fit

    async with _opened(read_settings()) as (office, database):
        await read_choices(database, office)
        async with database.read() as tx:
            await must_fit(tx, office.seals)
            return await work(Desk(tx, office, office.clock.now(), "command"))


@asynccontextmanager
async def _opened(settings: Settings) -> "AsyncGenerator[tuple[Office, Database]]":
    """The installation of these settings, closed again at the end. Raises Broken."""
    from bot.app import open_office
    from storage.database import Database

    office = open_office(settings, Clock())
    database = Database(settings.database)
    try:
        yield office, database
    finally:
        await database.close()


async def node_named(desk: Desk, code: str) -> "Node":
    """The place with this code. Raises Broken if there is none."""
    from bot.cases.errors import Broken
    from bot.texts.console import RunTexts, language_of_console
    from storage import grid

    node = await grid.by_code(desk.tx, code)
    if node is None:
        raise Broken(RunTexts(language_of_console()).no_node(code))
    return node


def look_then_write(
    settings: Settings, look: Callable[[Desk], Awaitable[T]], write: Callable[[Desk, T], Awaitable[None]] | None
) -> T:
    """Look at length, holding up nobody; then write what that gave, in one transaction. Raises Broken."""
    return asyncio.run(_look_then_write(settings, look, write))


async def _look_then_write(
    settings: Settings, look: Callable[[Desk], Awaitable[T]], write: Callable[[Desk, T], Awaitable[None]] | None
) -> T:
    from bot.app import at_desk
    from storage.migrations import upgrade
    from storage.noted_keys import must_fit

    async with _opened(settings) as (office, database):
        await upgrade(settings.database)
        async with database.read() as tx:
            await must_fit(tx, office.seals)
            found = await look(Desk(tx, office, office.clock.now(), "command"))
        if write is not None:
            async with database.write() as tx:
                await at_desk(tx, office, lambda desk: write(desk, found))
        return found


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
