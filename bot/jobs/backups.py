"""A backup every few hours, made beside the work and never in its way."""

import asyncio
from datetime import datetime, timedelta
from sqlite3 import Error
from threading import Event

import structlog

from bot.config import Settings
from bot.desk.alarms import alarm
from bot.desk.desk import Desk, Office, write_down
from storage import backups
from storage.database import Database

log = structlog.get_logger()

TRY_AGAIN = timedelta(hours=1)


class MakeBackups:
    """Looks at the folder itself for when the last one was made, so a restart neither skips nor repeats one.

    On a server only the files are kept: for its databases it has tools of its own.
    """

    def __init__(self, database: Database, office: Office, settings: Settings) -> None:
        self._database = database
        self._office = office
        self._file = settings.database_file
        self._data = settings.data_dir
        self._root = settings.backups
        self._every = timedelta(hours=settings.backup_hours)
        self._newest = settings.backup_keep
        self._turn = asyncio.Lock()
        self._not_before: datetime | None = None
        self._stopped = Event()

    def stop(self) -> None:
        """Give up what is being made: a program that is told to end ends."""
        self._stopped.set()

    def _go_on(self) -> None:
        if self._stopped.is_set():
            raise backups.Stopped

    async def run(self) -> int:
        """Make one if it is time. Returns 0: there is never a second one to make at once."""
        if not self._every or self._turn.locked():
            return 0
        async with self._turn:
            now = self._office.clock.now()
            if self._not_before is not None and now < self._not_before:
                return 0
            made = await asyncio.to_thread(backups.all_in, self._root)
            self._not_before = max(one.at for one in made) + self._every if made else now
            if now >= self._not_before:
                self._not_before = now + (self._every if await self._make() else TRY_AGAIN)
        return 0

    def _keep(self, now: datetime) -> None:
        """In a thread of its own. Raises what `backups.make` raises, and Busy."""
        key = self._office.seals.backup_key
        with backups.one_at_a_time(self._data):
            backups.make(self._file, self._data / "media", self._root, key, now, self._go_on)
            backups.prune(self._root, self._newest, key)

    async def _make(self) -> bool:
        try:
            await asyncio.to_thread(self._keep, self._office.clock.now())
        except (backups.Stopped, backups.Busy):
            return False
        except (OSError, Error, backups.Damaged) as error:
            log.error("backup_failed", error=type(error).__name__)
            await self._tell(type(error).__name__)
            return False
        log.info("backup_made")
        return True

    async def _tell(self, trouble: str) -> None:
        """Every admin, once a day."""
        async with self._database.write() as tx:
            now = self._office.clock.now()
            desk = Desk(tx, self._office, now, f"backups {now:%Y%m%d%H%M%S%f}")
            await alarm(desk, f"backup {now:%Y%m%d}", "backup_failed", error=trouble)
            await write_down(tx, self._office, [desk])
