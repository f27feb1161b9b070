"""Being in charge: on a server with several programs one of them sends, ticks and polls, and another takes over.

On a file of SQLite there is one program, and it is in charge.
"""

import asyncio
import secrets
import socket

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.errors import Broken
from bot.texts.console import lease_lost
from storage import leases
from storage.database import Database

log = structlog.get_logger()

LASTS_S = 6.0
RENEW_S = 1.5
ASK_S = 0.5


class LeaseLost(Broken):
    """Another program is in charge: this one ends, and begins anew as one of the others."""


class Lease:
    """`take` waits for it, `keep` holds it until it is lost; `held` says whether it holds at this moment."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._holder = f"{socket.gethostname()[:40]} {secrets.token_hex(8)}"
        self._epoch: int | None = None
        self._until = 0.0

    @property
    def held(self) -> bool:
        """Whether this program is in charge now, by its own clock: a stopped program knows it when it wakes up."""
        return not self._database.shared or self._now() < self._until

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    async def take(self) -> None:
        """Wait until nobody is in charge, then be it."""
        while self._epoch is None:
            begun = self._now()
            try:
                async with self._database.aside() as tx:
                    self._epoch = await leases.take(tx, self._holder, LASTS_S)
            except (SQLAlchemyError, OSError) as error:
                log.warning("lease_not_asked", error=type(error).__name__)
            if self._epoch is None:
                await asyncio.sleep(ASK_S)
            else:
                self._until = begun + LASTS_S
        log.info("in_charge", epoch=self._epoch)

    async def keep(self) -> None:
        """Stay in charge. Raises LeaseLost when another one is, or when the server was away for too long."""
        assert self._epoch is not None
        while self.held:
            await asyncio.sleep(RENEW_S)
            begun = self._now()
            try:
                async with asyncio.timeout(LASTS_S), self._database.aside() as tx:
                    if not await leases.renew(tx, self._epoch, LASTS_S):
                        break
            except (SQLAlchemyError, OSError, TimeoutError) as error:
                log.warning("lease_not_renewed", error=type(error).__name__)
            else:
                self._until = begun + LASTS_S
        self._until = 0.0
        raise LeaseLost(lease_lost())

    async def give_back(self) -> None:
        """Let the next one take over at once."""
        if self._epoch is None or not self.held:
            return
        self._until = 0.0
        try:
            async with self._database.aside() as tx:
                await leases.give_back(tx, self._epoch)
        except (SQLAlchemyError, OSError) as error:
            log.warning("lease_not_given_back", error=type(error).__name__)

    async def check(self, tx: AsyncConnection) -> None:
        """Asked in every transaction of those who are in charge. Raises LeaseLost for a program that is no more."""
        if self._epoch is None or not await leases.still(tx, self._epoch):
            raise LeaseLost(lease_lost())
