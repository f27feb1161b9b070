"""Migrations: one numbered step after the other. Alembic is imported only when there is something to do.

The steps of one version only add, so that programs of two versions can work on one database for a while.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine.interfaces import ReflectedColumn
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.cases.errors import Broken
from bot.texts.console import database_too_new
from storage.server_writer import MY_TURN
from storage.tables import metadata

HEAD = "0031"
_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(7824)")
"""Programs that start together on one server: the second finds everything done."""

FOLDER = Path(__file__).parent


class TooNew(Broken):
    """A newer program has taken away what this one needs, or demands what it does not know."""

    def __init__(self, step: str, lacking: Sequence[str]) -> None:
        super().__init__(database_too_new(step, HEAD, lacking))


async def upgrade(url: str) -> str:
    """Bring a database to the newest step, and return where it stands. Safe to repeat.

    One that a newer program has upgraded is left there. Raises TooNew if this one cannot work on it. On a server
    writers wait meanwhile: who has one table in hand and wants another that a step holds would be ended, or end us.
    """
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                await connection.execute(_ONE_AT_A_TIME)
            step = await connection.run_sync(step_of)
            if step is None or step < HEAD:
                if connection.dialect.name == "postgresql":
                    await connection.execute(text(MY_TURN))
                await connection.run_sync(_run)
                return HEAD
            if step > HEAD and (lacking := await connection.run_sync(lacking_in)):
                raise TooNew(step, lacking)
            return step
    finally:
        await engine.dispose()


def step_of(connection: Connection) -> str | None:
    """The step a database stands at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("select version_num from alembic_version")).scalar()


def lacking_in(connection: Connection) -> list[str]:
    """Why this program cannot work on a newer database: tables and columns that it needs and that are gone, and
    columns (with a `+`) that must be given and that it does not know."""
    found = inspect(connection)
    lacking: list[str] = []
    for table in metadata.sorted_tables:
        if not found.has_table(table.name):
            lacking.append(table.name)
            continue
        there = {column["name"]: column for column in found.get_columns(table.name)}
        lacking += [f"{table.name}.{column.name}" for column in table.columns if column.name not in there]
        demanded = [name for name in there.keys() - table.columns.keys() if must_be_given(there[name])]
        lacking += [f"+{table.name}.{name}" for name in sorted(demanded)]
    return lacking


def must_be_given(column: ReflectedColumn) -> bool:
    """Whether no row comes in without a value for this column."""
    return not column["nullable"] and column["default"] is None and "computed" not in column


def config_for(connection: Connection | None = None) -> Any:
    """Alembic's configuration for the scripts of this folder."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


def _run(connection: Connection) -> None:
    from alembic import command

    command.upgrade(config_for(connection), "head")


def upgrade_now(url: str) -> str:
    """The same for a command line."""
    return asyncio.run(upgrade(url))
