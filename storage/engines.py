"""How SQLite and PostgreSQL are opened: what is set on each connection, which errors are trouble of the database."""

from typing import Any

import orjson
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.asking import DRIVER
from storage.quick import connect
from storage.ready import TROUBLE

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "temp_store=MEMORY",
    "cache_size=-16000",
)


IDLE_MS = 7000
"""A program that was stopped in the middle of writing holds up the others no longer than this."""

PREPARED = 500
"""Statements that a server keeps ready for a connection; the product has some four hundred, of a few shapes each."""

SERVER_SETTINGS = {"idle_in_transaction_session_timeout": str(IDLE_MS)}


def _as_json(value: object) -> str:
    return orjson.dumps(value).decode()


def file_engine(url: str, size: int, *, quick: bool = False) -> AsyncEngine:
    """Connections of a SQLite file: one that writes, without a change of thread (`quick`), or several that read."""
    path = make_url(url).database or ""
    engine = _engine(url, size, **({"async_creator": lambda: connect(path)} if quick else {}))
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "connect", _never_wait if quick else _only_read)
    return engine


def lonely_engine(url: str) -> AsyncEngine:
    """One connection of the only program on a database, for one long transaction.

    On a file references are not looked after: to give somebody another number, SQLite would look through all that may
    refer to them.
    """
    if make_url(url).get_backend_name() != "sqlite":
        return server_engine(url, size=1, direct=False)
    engine = _engine(url, size=1)
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "connect", _refer_to_nothing)
    return engine


def server_engine(url: str, size: int, *, writes: bool = False, direct: bool = True) -> AsyncEngine:
    """Connections of a PostgreSQL.

    `direct`: constant statements may skip SQLAlchemy, which then begins no transaction for them. `writes`: transactions
    are begun and ended at the driver.
    """
    engine = _engine(
        url,
        size,
        **({"isolation_level": "AUTOCOMMIT"} if writes else {}),
        connect_args={
            "server_settings": SERVER_SETTINGS,
            "prepared_statement_cache_size": PREPARED,
            "statement_cache_size": PREPARED,
            "max_cached_statement_lifetime": 0,
        },
    )
    event.listen(engine.sync_engine, "handle_error", _as_trouble)
    event.listen(engine.sync_engine, "checkout", _still_there)
    if direct:
        event.listen(engine.sync_engine, "connect", _let_ask)
    return engine


def _engine(url: str, size: int, **more: Any) -> AsyncEngine:
    return create_async_engine(
        url, pool_size=size, max_overflow=0, json_serializer=_as_json, json_deserializer=orjson.loads, **more
    )


def _still_there(connection: Any, _record: object, _proxy: object) -> None:
    """A connection that the server ended is known to be; asking whether it still answers would be three ways more."""
    if connection.driver_connection.is_closed():
        raise DisconnectionError


def _let_ask(connection: Any, record: Any) -> None:
    record.info[DRIVER] = connection.driver_connection


def _as_trouble(context: ExceptionContext) -> DBAPIError | None:
    """A server that is full, away or overloaded is trouble of the database; its driver calls everything an error.

    Whoever is told to stop while asking is told to stop (SQLAlchemy calls that a disconnect too).
    """
    found = context.original_exception
    if not isinstance(found, Exception):
        return None
    if context.is_disconnect or str(getattr(found, "sqlstate", None))[:2] in TROUBLE:
        return OperationalError(context.statement, None, found, hide_parameters=True)
    return None


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _refer_to_nothing(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.close()


def _never_wait(connection: Any, _record: object) -> None:
    """Nothing may stand still for a lock: who begins to write asks again (see _begin)."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=0")
    cursor.close()


def _only_read(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only=ON")
    cursor.close()
