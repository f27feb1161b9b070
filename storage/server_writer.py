"""Writing on PostgreSQL: one connection, one transaction after the other, begun and ended at the driver.

SQLAlchemy would take five ways to the server for what is said in two. It takes part in the statements alone; its
connection is told to commit by itself, which means that it leaves beginning and ending to us.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

from sqlalchemy.exc import InterfaceError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.asking import DRIVER
from storage.ready import Server, plainly

MY_TURN = "select pg_advisory_xact_lock(7823)"
"""Writers of all programs stand in one queue, as SQLite makes them: who checks and then writes is never overtaken."""

Fence = Callable[[AsyncConnection], Awaitable[None]]


class ServerWriter:
    """`engine`: commits by itself and has one connection, kept as long as the server does. `waits`: what is said for
    our turn among all programs; nothing is waited for without."""

    def __init__(self, engine: AsyncEngine, queue: asyncio.Lock, waits: str = "") -> None:
        self._engine = engine
        self._queue = queue
        self._begin = f"begin; {waits}"
        self._kept: AsyncConnection | None = None

    @asynccontextmanager
    async def turn(self, fence: Fence | None) -> AsyncGenerator[AsyncConnection]:
        """A transaction of our own, when it is our turn; `fence` is asked first, and raises."""
        async with self._queue:
            tx = await self._connected()
            driver: Server = tx.info[DRIVER]
            try:
                await _say(driver, self._begin)
                if fence is not None:
                    await fence(tx)
                yield tx
                await _keep(driver)
            finally:
                await self._end(tx, driver)

    async def close(self) -> None:
        """Let the connection go."""
        kept, self._kept = self._kept, None
        if kept is not None:
            await kept.close()

    async def _connected(self) -> AsyncConnection:
        if self._kept is not None and (self._kept.invalidated or self._kept.info[DRIVER].is_closed()):
            await self.close()
        if self._kept is None:
            self._kept = await self._engine.connect()
        return self._kept

    async def _end(self, tx: AsyncConnection, driver: Server) -> None:
        """Nothing of what was not kept stays, and the next one finds a connection that is free."""
        free = False
        try:
            if tx.in_transaction():
                await tx.rollback()
            if not driver.is_closed() and driver.is_in_transaction():
                await _say(driver, "rollback")
            free = True
        finally:
            if not free:
                driver.terminate()


async def _say(driver: Server, words: str) -> str:
    with plainly(driver, words):
        return await driver.execute(words)


async def _keep(driver: Server) -> None:
    """Wait until all of it is on disk. A server says nothing but `ROLLBACK` when a statement had failed before."""
    if await _say(driver, "commit") != "COMMIT":
        raise InterfaceError("COMMIT", None, ConnectionAbortedError())
