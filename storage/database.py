"""The database: one writer, several readers. SQLite by default, PostgreSQL when grown.

SQLite's driver starts no transaction for a SELECT, so read-modify-write loses updates without a word; every writing
transaction therefore begins with BEGIN IMMEDIATE, and writers of one process stand in one queue. Those who stand there
together share one commit, a savepoint each: one sync of the disk serves all that waits.
"""

import asyncio
import fcntl
import sqlite3
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from copy import copy
from dataclasses import dataclass
from functools import cache
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert

from storage.asking import DRIVER
from storage.engines import file_engine, server_engine
from storage.quick import QuickConnection, quick_of
from storage.server_writer import MY_TURN, Fence, ServerWriter

BUSY_S = 10.0
BUSY_LOOK_S = 0.02
SHARED_BY = 16

STORAGE = (OperationalError, InterfaceError)
"""The database itself is in trouble: what was being worked on is not to blame."""


class Database:
    """Hands out transactions. `write()` queues writers; `read()` sees the last commit and never waits for a writer."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._sqlite = make_url(url).get_backend_name() == "sqlite"
        self._queue = asyncio.Lock()
        if self._sqlite:
            self._writer, self._reader = file_engine(url, size=1, quick=True), file_engine(url, size=4)
            self._aside = self._writer
        else:
            self._writer, self._reader = server_engine(url, size=1, writes=True), server_engine(url, size=8)
            self._aside = server_engine(url, size=2, direct=False)
            self._server = ServerWriter(self._writer, self._queue, MY_TURN)
            self._notes = server_engine(url, size=1, writes=True)
            self._beside = ServerWriter(self._notes, asyncio.Lock())
        self._waiting = 0
        self._kept: AsyncConnection | None = None
        self._quick: QuickConnection
        self._commit: _Commit | None = None
        self._sole: TextIOWrapper | None = None
        self._fence: Fence | None = None

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[AsyncConnection]:
        """A transaction, on disk when the block has ended; on any exception nothing of it stays.

        On SQLite those who wait for their turn meanwhile go into the same commit, and each comes out after it.
        """
        if not self._sqlite:
            async with self._server.turn(self._fence) as tx:
                yield tx
            return
        async with self._turn():
            commit = await self._open()
            try:
                with _savepoint(commit):
                    yield commit.tx
            finally:
                if not commit.blocks or not self._waiting or commit.blocks >= SHARED_BY:
                    await self._close_commit()
        if not commit.over:
            async with self._queue:
                if not commit.over:
                    await self._close_commit()
        if commit.failure is not None:
            raise commit.failure

    @asynccontextmanager
    async def _turn(self) -> AsyncGenerator[None]:
        self._waiting += 1
        try:
            await self._queue.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._queue.release()

    async def _open(self) -> "_Commit":
        """The commit that is open, or a new one. Raises OperationalError if another process writes for too long."""
        if self._commit is None:
            if self._kept is None:
                self._kept = await self._writer.connect()
                self._quick = await quick_of(self._kept)
                self._kept.info[DRIVER] = self._quick.driver
            await _begin(self._quick.driver)
            self._commit = _Commit(self._kept, self._quick)
        return self._commit

    async def _close_commit(self) -> None:
        """Commit what is open, if anything is. Those who took part raise its `failure`."""
        commit, self._commit = self._commit, None
        if commit is None:
            return
        try:
            if commit.blocks and commit.failure is None:
                await commit.keep()
        except DBAPIError as error:
            commit.failure = error
        finally:
            if not commit.kept and commit.failure is None:
                commit.failure = InterfaceError("COMMIT", None, ConnectionAbortedError())
            commit.over = True
            await commit.end()

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncConnection]:
        """A look at the last commit; writing through it is an error on SQLite."""
        async with self._reader.connect() as tx:
            yield tx

    @asynccontextmanager
    async def between_writes(self) -> AsyncGenerator[None]:
        """Nobody writes inside the block: a writer that is cancelled half-way leaves SQLite locked behind it."""
        async with self._queue:
            await self._close_commit()
            yield

    @asynccontextmanager
    async def beside(self) -> AsyncGenerator[AsyncConnection]:
        """A transaction on a server beside the queue of writers, for what only whoever is in charge touches."""
        async with self._beside.turn(self._fence) as tx:
            yield tx

    @asynccontextmanager
    async def aside(self) -> AsyncGenerator[AsyncConnection]:
        """A transaction on a server that does not stand in the queue of writers: for who is in charge."""
        async with self._aside.begin() as tx:
            yield tx

    def fenced(self, fence: Fence) -> "Database":
        """The same database, for those who write only while they are in charge: `fence` is asked first, and raises."""
        other = copy(self)
        other._fence = fence
        return other

    @property
    def shared(self) -> bool:
        """Whether several programs may run on it."""
        return not self._sqlite

    @property
    def file(self) -> Path | None:
        """The file of SQLite; None on a server."""
        return Path(make_url(self.url).database or "") if self._sqlite else None

    def alone(self, folder: Path) -> None:
        """Be the only program on a file of SQLite, until closed. Raises BlockingIOError when another is."""
        self._sole = alone(folder)

    async def close(self) -> None:
        """Close every connection (the driver's threads keep the program alive otherwise)."""
        async with self.between_writes():
            if self.shared:
                await self._server.close()
                await self._beside.close()
                await self._notes.dispose()
            elif self._kept is not None:
                await self._kept.close()
        await self._writer.dispose()
        await self._reader.dispose()
        await self._aside.dispose()
        if self._sole is not None:
            self._sole.close()


@dataclass(slots=True)
class _Commit:
    """A transaction that several blocks share, and how it ended: `failure` means that nothing of any block stays.

    It is begun and ended at the driver. SQLAlchemy takes part only if a statement went through it meanwhile.
    """

    tx: AsyncConnection
    quick: QuickConnection
    blocks: int = 0
    kept: bool = False
    over: bool = False
    failure: DBAPIError | None = None

    async def keep(self) -> None:
        """Wait until all of it is on disk."""
        try:
            await (self.tx.commit() if self.tx.in_transaction() else self.quick.commit())
        except sqlite3.Error as error:
            raise OperationalError("COMMIT", None, error) from error
        self.kept = True

    async def end(self) -> None:
        """Give up what was not kept. SQLAlchemy waits to be told so after a commit that failed, too."""
        if not self.kept or self.tx.in_transaction():
            await self.tx.rollback()
        if self.quick.driver.in_transaction:
            await self.quick.rollback()


@contextmanager
def _savepoint(commit: _Commit) -> Generator[None]:
    """One block of a shared transaction: if it fails, what the others wrote stays. Costs some microseconds."""
    driver, done = commit.quick.driver, False
    driver.execute("SAVEPOINT block")
    try:
        yield
        done = True
    finally:
        if driver.in_transaction:
            driver.execute("RELEASE block" if done else "ROLLBACK TO block")
        else:  # the disk is full or broken: SQLite gave up the whole transaction
            commit.failure = OperationalError("SAVEPOINT", None, ConnectionAbortedError())
    commit.blocks += 1


async def _begin(driver: sqlite3.Connection) -> None:
    """Begin to write, when no other process does. Raises OperationalError after BUSY_S."""
    patience = asyncio.get_running_loop().time() + BUSY_S
    while True:
        try:
            driver.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            busy = error.sqlite_errorcode == sqlite3.SQLITE_BUSY
            if not busy or asyncio.get_running_loop().time() > patience:
                raise OperationalError("BEGIN", None, error) from error
            await asyncio.sleep(BUSY_LOOK_S)
        else:
            return


def alone(folder: Path) -> TextIOWrapper:
    """Be the only program on the SQLite file of a folder, as long as what is given back is open.

    Raises BlockingIOError when another one is.
    """
    lock = (folder / "yashu.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        with suppress(OSError):
            lock.close()
        raise
    return lock


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
    return _count_up(_dialect(tx), table, key, value)


@cache
def _count_up(dialect: Any, table: Table, key: str, value: str) -> ReturningInsert[int]:
    statement = dialect.insert(table)
    counted = statement.on_conflict_do_update(index_elements=[key], set_={value: table.c[value] + 1})
    return counted.returning(table.c[value])


def _dialect(tx: AsyncConnection) -> Any:
    return sqlite if tx.dialect.name == "sqlite" else postgresql
