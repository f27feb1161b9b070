"""A clock that was ahead and is put right: what waits for a time that will only come again later must not wait for it.

Telegram is not asked for anything here and nothing is decided: rows that were to leave at once, or after a short wait,
are due, and the timetable is begun anew, since it had reckoned with the wrong time as well.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from bot.desk.desk import Office
from bot.intake.worker import WAITS
from bot.outbox.results import BACK_OFF
from storage import attachments, inbox, outbox, voices
from storage.database import STORAGE, Database

log = structlog.get_logger()

LOOK_S = 1.0
JUMP = timedelta(seconds=5)
"""What a clock is put back by more than this is no slow correction."""


class Jumps:
    """`run` until cancelled; `look` is one look. A jump is told to `begin_anew`."""

    def __init__(self, database: Database, office: Office, begin_anew: Callable[[], None]) -> None:
        self._database = database
        self._office = office
        self._begin_anew = begin_anew

    async def run(self) -> None:
        """The clock may have been put right while the program was down; from then on it is watched."""
        clock = self._office.clock
        with suppress(*STORAGE):
            async with self._database.read() as tx:
                clock.latest = max(clock.latest, await outbox.latest(tx) or clock.latest)
        while True:
            await self.look()
            await asyncio.sleep(LOOK_S)

    async def look(self) -> None:
        """Look at the clock once. If the database is away, it is done at the next look."""
        clock = self._office.clock
        latest, now = clock.latest, clock.now()
        if latest - now <= JUMP:
            return
        log.warning("clock_went_back", seconds=round((latest - now).total_seconds()))
        try:
            rows = await self._put_right(now, latest)
        except STORAGE as error:
            log.error("clock_not_followed", error=type(error).__name__)
            return
        log.info("put_right", rows=rows)
        clock.latest = now
        self._begin_anew()

    async def _put_right(self, now: datetime, latest: datetime) -> int:
        async with self._database.write() as tx:
            rows = await outbox.put_right(tx, now, latest, BACK_OFF[-1])
            rows += await inbox.put_right(tx, now, latest, WAITS[-1])
            return rows + await attachments.put_right(tx, now) + await voices.put_right(tx, now)
