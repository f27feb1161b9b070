"""aiosqlite without a change of thread for statements that take microseconds.

aiosqlite hands every call to its thread: four hand-overs for one statement, each dearer than the statement itself. Here
only what waits for the disk (COMMIT) goes to the thread; the rest runs where it is asked. Nothing waits for a lock:
BEGIN is refused at once when another process writes, and asked again (storage/database.py).
For the writer only: its statements are short by design. Long questions belong to the reader, which keeps the thread.
"""

import sqlite3
from collections.abc import Callable
from typing import Any

import aiosqlite
from sqlalchemy.ext.asyncio import AsyncConnection

MAY_WAIT = frozenset({"commit", "rollback", "close"})
"""Of the connection; closing a cursor is nothing."""

LONG = ("PRAGMA", "VACUUM")


class QuickConnection(aiosqlite.Connection):
    """One connection, used by one coroutine at a time."""

    @property
    def driver(self) -> sqlite3.Connection:
        """The driver's own connection."""
        return self._conn

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        own = getattr(fn, "__self__", None) is self._connection and fn.__name__ in MAY_WAIT
        if self._connection is None or own or (args and str(args[0]).startswith(LONG)):
            return await super()._execute(fn, *args, **kwargs)  # pyright: ignore[reportUnknownMemberType] - untyped
        return fn(*args, **kwargs)


async def connect(path: str) -> QuickConnection:
    """Open a SQLite file."""
    connection = QuickConnection(lambda: sqlite3.connect(path, check_same_thread=False), iter_chunk_size=64)
    connection._thread.daemon = True
    await connection
    return connection


async def quick_of(tx: AsyncConnection) -> QuickConnection:
    """What is below SQLAlchemy, for statements that need nothing in between."""
    connection = (await tx.get_raw_connection()).driver_connection
    assert isinstance(connection, QuickConnection)
    return connection
