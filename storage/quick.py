"""aiosqlite without a change of thread for statements that take microseconds.

aiosqlite hands every call to its thread: four hand-overs for one statement, each dearer than the statement itself. Here
only what may wait - for a lock (BEGIN), for the disk (COMMIT) - goes to the thread; the rest runs where it is asked.
For the writer only: its statements are short by design. Long questions belong to the reader, which keeps the thread.
"""

import sqlite3
from collections.abc import Callable
from typing import Any

import aiosqlite

MAY_WAIT = frozenset({"commit", "rollback", "close"})
"""Of the connection; closing a cursor is nothing."""

LONG = ("BEGIN", "PRAGMA", "VACUUM")


class QuickConnection(aiosqlite.Connection):
    """One connection, used by one coroutine at a time."""

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
