"""Migrations: one numbered step after the other. Alembic is imported only when there is something to do."""

import asyncio
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

HEAD = "0028"
_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(7824)")
"""Programs that start together on one server: the second finds everything done."""

FOLDER = Path(__file__).parent


async def upgrade(url: str) -> None:
    """Bring a database to the newest step. Safe to repeat."""
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            if await connection.run_sync(step_of) == HEAD:
                return
        async with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                await connection.execute(_ONE_AT_A_TIME)
            await connection.run_sync(_run)
    finally:
        await engine.dispose()


def step_of(connection: Connection) -> str | None:
    """The step a database stands at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("select version_num from alembic_version")).scalar()


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


def upgrade_now(url: str) -> None:
    """The same for a command line."""
    asyncio.run(upgrade(url))
