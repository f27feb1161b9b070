"""The database: one writer, several readers. SQLite by default, PostgreSQL when grown.

SQLite's driver starts no transaction for a SELECT, so read-modify-write loses updates without a word; every writing
transaction therefore begins with BEGIN IMMEDIATE, and writers of one process stand in one queue.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

import orjson
from sqlalchemy import Connection, Insert, Table, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.sql.dml import ReturningInsert

from storage.quick import connect

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


STORAGE = (OperationalError, InterfaceError)
"""The database itself is in trouble: what was being worked on is not to blame."""


class Database:
    """Hands out transactions. `write()` queues writers; `read()` sees the last commit and never waits for a writer."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._sqlite = make_url(url).get_backend_name() == "sqlite"
        self._writer = _engine(url, self._sqlite, size=1 if self._sqlite else 10, quick=self._sqlite)
        self._reader = _engine(url, self._sqlite, size=4) if self._sqlite else self._writer
        if self._sqlite:
            event.listen(self._writer.sync_engine, "begin", _begin_immediate)
        self._queue = asyncio.Lock()
        self._kept: AsyncConnection | None = None

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[AsyncConnection]:
        """A transaction that commits at the end of the block and rolls back on any exception."""
        if not self._sqlite:
            async with self._writer.begin() as tx:
                yield tx
            return
        async with self._queue:
            if self._kept is None:
                self._kept = await self._writer.connect()
            async with self._kept.begin():
                yield self._kept

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncConnection]:
        """A look at the last commit; writing through it is an error on SQLite."""
        async with self._reader.connect() as tx:
            yield tx

    @asynccontextmanager
    async def between_writes(self) -> AsyncGenerator[None]:
        """Nobody writes inside the block: a writer that is cancelled half-way leaves SQLite locked behind it."""
        async with self._queue:
            yield

    async def close(self) -> None:
        """Close every connection (the driver's threads keep the program alive otherwise)."""
        if self._kept is not None:
            await self._kept.close()
        await self._writer.dispose()
        await self._reader.dispose()


def insert_new(tx: AsyncConnection, table: Table, *giving: str) -> Insert:
    """An INSERT that leaves rows alone whose key is known already; gives back these columns of the new ones."""
    return _insert_new(_dialect(tx), table, giving)


@cache
def _insert_new(dialect: Any, table: Table, giving: tuple[str, ...]) -> Insert:
    statement = dialect.insert(table).on_conflict_do_nothing()
    return statement.returning(*(table.c[name] for name in giving)) if giving else statement


def upsert(tx: AsyncConnection, table: Table, key: Sequence[str], changed: Sequence[str]) -> Insert:
    """An INSERT that replaces the `changed` columns of a row whose `key` is known already."""
    return _upsert(_dialect(tx), table, tuple(key), tuple(changed))


@cache
def _upsert(dialect: Any, table: Table, key: tuple[str, ...], changed: tuple[str, ...]) -> Insert:
    statement = dialect.insert(table)
    replaced = {name: statement.excluded[name] for name in changed}
    return statement.on_conflict_do_update(index_elements=key, set_=replaced)


def count_up(tx: AsyncConnection, table: Table, key: str, value: str) -> ReturningInsert[int]:
    """An INSERT that counts `value` up by one where `key` is known already, and gives the new number."""
    statement = _dialect(tx).insert(table)
    counted = statement.on_conflict_do_update(index_elements=[key], set_={value: table.c[value] + 1})
    return counted.returning(table.c[value])


def _as_json(value: object) -> str:
    return orjson.dumps(value).decode()


def _dialect(tx: AsyncConnection) -> Any:
    return sqlite if tx.dialect.name == "sqlite" else postgresql


def _engine(url: str, is_sqlite: bool, size: int, *, quick: bool = False) -> AsyncEngine:
    path = make_url(url).database or ""
    engine = create_async_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_pre_ping=not is_sqlite,
        json_serializer=_as_json,
        json_deserializer=orjson.loads,
        **({"async_creator": lambda: connect(path)} if quick else {}),
    )
    if is_sqlite:
        event.listen(engine.sync_engine, "connect", _prepare)
        if not quick:
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
