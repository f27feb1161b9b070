"""`yashu move-database`: from SQLite to PostgreSQL or back, with proof that nothing is missing."""

from __future__ import annotations

import asyncio
import sys
from contextlib import AbstractContextManager, AsyncExitStack, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cases.errors import Broken
from bot.commands.plainly import told_plainly
from bot.texts.console import language_of_console
from bot.texts.console_moving import MovingTexts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.ext.asyncio import AsyncConnection

    from storage.moving import Sum


@click.command("move-database")
@click.option(
    "--from", "source", required=True, help="Address of the database to read: sqlite:///... or postgresql://..."
)
@click.option("--to", "target", required=True, help="Address of an empty database.")
@click.option("--json", "as_json", is_flag=True, help="Print rows and fingerprint of each table as one object.")
def move_database(source: str, target: str, as_json: bool) -> None:
    """Move everything from one database to another while yashu is stopped.

    All or nothing: the new database is compared with the old one, table by table, before it is kept. The old one is
    only read.
    """
    with told_plainly():
        from sqlalchemy.exc import SQLAlchemyError

        from bot.config import with_driver

        texts = MovingTexts(language_of_console())
        try:
            sums = asyncio.run(_move(with_driver(source), with_driver(target), texts))
        except ValueError as error:
            raise Broken(str(error)) from error
        except (SQLAlchemyError, OSError) as error:
            raise Broken(texts.unreachable(type(error).__name__)) from error
        if as_json:
            import orjson

            click.echo(orjson.dumps({str(name): [one.rows, one.fingerprint] for name, one in sums.items()}))
        else:
            click.echo(texts.done(sum(one.rows for one in sums.values()), len(sums)))


async def _move(source: str, target: str, texts: MovingTexts) -> Mapping[str, Sum]:
    from storage import moving
    from storage.database import Database
    from storage.migrations import upgrade
    from storage.noted import NotesFile

    if source == target:
        raise Broken(texts.same())
    async with AsyncExitStack() as ending:
        ending.enter_context(_nobody_runs(source, texts))
        old, new = Database(source), Database(target)
        ending.push_async_callback(new.close)
        ending.push_async_callback(old.close)
        async with old.read() as reading:
            await moving.take_time(reading)
            await _ready(reading, texts)
            await upgrade(target)
            async with new.write() as writing:
                await moving.take_time(writing)
                if not await moving.is_empty(writing):
                    raise Broken(texts.not_empty())
                await _copy(reading, writing, texts)
                sums = await _compared(reading, writing, texts)
                if old.file is not None:
                    await NotesFile(old.file).bring(writing)
                return sums


def _nobody_runs(source: str, texts: MovingTexts) -> AbstractContextManager[object]:
    """The lock that the program holds as long as it runs on a file of SQLite."""
    from sqlalchemy.engine import make_url

    from storage.database import alone

    address = make_url(source)
    if address.get_backend_name() != "sqlite":
        return nullcontext()
    file = Path(address.database or "")
    if not file.exists():
        raise Broken(texts.no_source())
    try:
        return alone(file.parent)
    except BlockingIOError:
        raise Broken(texts.running()) from None


async def _ready(source: AsyncConnection, texts: MovingTexts) -> None:
    from storage import leases
    from storage.migrations import HEAD, step_of

    step = await source.run_sync(step_of)
    if step is None:
        raise Broken(texts.no_source())
    if step != HEAD:
        raise Broken(texts.old(step, HEAD))
    if source.dialect.name == "postgresql" and await leases.held(source):
        raise Broken(texts.running())


async def _copy(source: AsyncConnection, target: AsyncConnection, texts: MovingTexts) -> None:
    from storage import moving

    rows = sum([await moving.rows_of(source, table) for table in moving.TABLES])
    with click.progressbar(length=rows, label=texts.moving(), file=sys.stderr) as bar:
        for table in moving.TABLES:
            async for done in moving.move(source, target, table):
                bar.update(done)


async def _compared(source: AsyncConnection, target: AsyncConnection, texts: MovingTexts) -> Mapping[str, Sum]:
    from storage import moving

    sums: dict[str, Sum] = {}
    with click.progressbar(moving.TABLES, label=texts.checking(), file=sys.stderr) as bar:
        for table in bar:
            sums[table.name] = await moving.sum_of(source, table)
            if sums[table.name] != await moving.sum_of(target, table):
                raise Broken(texts.differs(table.name))
    return sums
