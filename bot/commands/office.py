"""What commands of the console share that look into an installation: settings, a desk that only reads."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from bot.app import open_office
from bot.cases.errors import Broken
from bot.config import read_settings
from bot.desk.desk import Clock, Desk
from bot.texts.console import RunTexts, language_of_console
from storage import grid
from storage.database import Database
from storage.grid import Node


def look(work: Callable[[Desk], Awaitable[Any]]) -> Any:
    """Do something at a desk that only reads. Raises Broken when the installation is wrong."""
    return asyncio.run(_look(work))


async def _look(work: Callable[[Desk], Awaitable[Any]]) -> Any:
    settings = read_settings()
    office = open_office(settings, Clock())
    database = Database(settings.database)
    try:
        async with database.read() as tx:
            return await work(Desk(tx, office, office.clock.now(), "command"))
    finally:
        await database.close()


async def node_named(desk: Desk, code: str) -> Node:
    """The place with this code. Raises Broken if there is none."""
    node = await grid.by_code(desk.tx, code)
    if node is None:
        raise Broken(RunTexts(language_of_console()).no_node(code))
    return node


def write_file(path: Path, content: bytes) -> None:
    """Write what was asked for. Raises Broken if it cannot be written."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Broken(f"{path}: {error.strerror}") from error
