"""What happens to the database and the program besides a kill, and the looks into the database that follow."""

import asyncio
import os
import signal
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.lab.chaos_bot import Victim
from bot.lab.chaos_disk import Disk
from bot.lab.chaos_nursery import JUMPED
from bot.lab.homes import Homes, held
from storage.tables import metadata


class Fault(StrEnum):
    """Something that is no death of the program; everything must go on afterwards as if nothing had been."""

    LOCKED = "another program writes for a while"
    FROZEN = "the program stands still (SIGSTOP)"
    CUT = "the database ends all connections"
    FALLEN = "the database dies and recovers"
    FULL = "the disk is full"
    JUMPED = "the clock jumps an hour ahead and back"


OF_SERVER = (Fault.CUT, Fault.FALLEN)
_END_ALL = (
    "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname is not null"
)


class Memory:
    """The database of the product under trial: read, and given trouble."""

    def __init__(self, homes: Homes, address: str | None, folder: Path, disk: Disk | None = None) -> None:
        self._homes = homes
        self._address = address or f"sqlite+aiosqlite:///{folder / 'data' / 'yashu.db'}"
        self._disk = disk
        self._jumped = folder / JUMPED
        self.faults = tuple(one for one in Fault if self._can(one))

    def _can(self, fault: Fault) -> bool:
        if fault is Fault.FULL:
            return self._disk is not None
        return self._homes.kind == "postgresql" or fault not in OF_SERVER

    async def strike(self, fault: Fault, bot: Victim, seconds: float) -> None:
        """Give trouble of this kind; what lasts lasts so many seconds."""
        match fault:
            case Fault.LOCKED:
                async with held(self._address):
                    await asyncio.sleep(seconds)
            case Fault.FROZEN:
                os.kill(bot.pid, signal.SIGSTOP)
                await asyncio.sleep(seconds)
                os.kill(bot.pid, signal.SIGCONT)
            case Fault.CUT:
                await self.rows(_END_ALL)
            case Fault.FALLEN:
                await asyncio.to_thread(self._homes.fall)
            case Fault.FULL:
                assert self._disk is not None
                await asyncio.to_thread(self._disk.fill)
                await asyncio.sleep(seconds)
                self._disk.empty()
            case Fault.JUMPED:
                self._jumped.touch()
                await asyncio.sleep(seconds)
                self._jumped.unlink()

    async def number(self, question: str) -> int:
        """The one number that is the answer."""
        return (await self.rows(question))[0][0]

    async def rows(self, question: str) -> list[Any]:
        """All rows of an answer."""
        engine = create_async_engine(self._address, poolclass=NullPool)
        try:
            async with engine.connect() as base:
                return [tuple(row) for row in (await base.execute(text(question))).all()]
        finally:
            await engine.dispose()

    async def whole(self) -> bool:
        """Whether the file is undamaged; a server tells of damage by itself when everything is read."""
        if self._homes.kind == "sqlite":
            return await self.rows("pragma integrity_check") == [("ok",)]
        for table in metadata.sorted_tables:
            await self.rows(f"select count(*) from (select * from {table.name}) whole")
        return True
