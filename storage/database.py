"""The database: one writer, several readers. SQLite by default, PostgreSQL when grown.

SQLite's driver starts no transaction for a SELECT, so read-modify-write loses updates without a word; every writing
transaction therefore begins with BEGIN IMMEDIATE, and writers of one process stand in one queue.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import orjson
from sqlalchemy import Connection, Insert, Table, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.sql.dml import ReturningInsert

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=10000",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "temp_store=MEMORY",
    "cache_size=-16000",
)


class Database:
    """Hands out transactions. `write()` queues writers; `read()` sees the last commit and never waits for a writer."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._sqlite = make_url(url).get_backend_name() == "sqlite"
        self._writer = _engine(url, self._sqlite, size=1 if self._sqlite else 10)
        self._reader = _engine(url, self._sqlite, size=4) if self._sqlite else self._writer
        if self._sqlite:
            event.listen(self._writer.sync_engine, "begin", _begin_immediate)
        self._queue = asyncio.Lock()

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[AsyncConnection]:
        """A transaction that commits at the end of the block and rolls back on any exception."""
        async with self._queue, self._writer.begin() as tx:
            yield tx

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncConnection]:
        """A look at the last commit; writing through it is an error on SQLite."""
        async with self._reader.connect() as tx:
            yield tx

    async def close(self) -> None:
        """Close every connection (the driver's threads keep the program alive otherwise)."""
        await self._writer.dispose()
        await self._reader.dispose()


def insert_new(tx: AsyncConnection, table: Table) -> Insert:
    """An INSERT that leaves rows alone whose key is known already."""
    return _dialect(tx).insert(table).on_conflict_do_nothing()


def upsert(tx: AsyncConnection, table: Table, key: list[str], changed: list[str]) -> Insert:
    """An INSERT that replaces the `changed` columns of a row whose `key` is known already."""
    statement = _dialect(tx).insert(table)
    return statement.on_conflict_do_update(
        index_elements=key, set_={name: statement.excluded[name] for name in changed}
    )


def count_up(tx: AsyncConnection, table: Table, key: str, value: str) -> ReturningInsert[tuple[int]]:
    """An INSERT that counts `value` up by one where `key` is known already, and gives the new number."""
    statement = _dialect(tx).insert(table)
    counted = statement.on_conflict_do_update(index_elements=[key], set_={value: table.c[value] + 1})
    return counted.returning(table.c[value])


def _dialect(tx: AsyncConnection) -> Any:
    return sqlite if tx.dialect.name == "sqlite" else postgresql


def _engine(url: str, is_sqlite: bool, size: int) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_pre_ping=not is_sqlite,
        json_serializer=lambda value: orjson.dumps(value).decode(),
        json_deserializer=orjson.loads,
    )
    if is_sqlite:
        event.listen(engine.sync_engine, "connect", _prepare)
        if size > 1:
            event.listen(engine.sync_engine, "connect", _only_read)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _only_read(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only=ON")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
