"""Everything that happens without a button, on one screen. APScheduler only ticks; what is due stands in the tables."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.desk.broadcasting import PORTION
from bot.desk.desk import Desk, Office, write_down
from bot.jobs import (
    assessment,
    broadcasts,
    cleaning,
    clocks,
    cries,
    drafts,
    figures,
    menus,
    mornings,
    nudging,
    patrols,
    revisits,
    rosters,
    rounds,
    searching,
    supervisions,
    whistleblowers,
)
from bot.metrics import FAILED_JOBS
from storage.database import Database

log = structlog.get_logger()

Deskwork = Callable[[Desk], Awaitable[int]]
SlowWork = Callable[[], Awaitable[int]]
"""Work with a wait in it that no transaction may see (network, another process). Returns how many rows were due."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A job, how often it looks, in ticks (0: every second), and how many rows make it look again at once."""

    name: str
    work: Deskwork
    every: int
    full: int


TIMETABLE = (
    Entry("broadcasts", broadcasts.feed, every=0, full=PORTION),
    Entry("clocks", clocks.ring, every=1, full=clocks.BATCH),
    Entry("supervisions", supervisions.remind, every=1, full=supervisions.BATCH),
    Entry("successors", supervisions.succeed, every=12, full=supervisions.BATCH),
    Entry("revisits", revisits.remind, every=12, full=revisits.BATCH),
    Entry("held", nudging.release, every=6, full=nudging.BATCH),
    Entry("digest", mornings.tell, every=6, full=1),
    Entry("orphans", mornings.look_for_orphans, every=12, full=1),
    Entry("gaps", rosters.look_for_gaps, every=12, full=1),
    Entry("cries", cries.look_after, every=1, full=cries.BATCH),
    Entry("drafts", drafts.recall, every=6, full=drafts.BATCH),
    Entry("rounds", rounds.go_on, every=1, full=rounds.BATCH),
    Entry("patrols", patrols.remind, every=6, full=patrols.BATCH),
    Entry("figures", figures.fold, every=6, full=figures.BATCH),
    Entry("words", searching.follow, every=1, full=searching.BATCH),
    Entry("menus", menus.follow, every=12, full=menus.BATCH + 1),
    Entry("sheets", assessment.give_out, every=12, full=assessment.BATCH),
    Entry("silent", assessment.look_for_silence, every=12, full=assessment.BATCH),
    Entry("whistleblowers", whistleblowers.look_for_ends, every=12, full=whistleblowers.BATCH),
    Entry("cleaning", cleaning.clean, every=120, full=cleaning.BATCH),
    Entry("calendar", cleaning.look_at_calendar, every=720, full=1),
)
OFTEN_S = 1.0
LET_GO_S = 5.0


class Ticker:
    """Runs the timetable, and beside it the slow work.

    `tick_all` does one full round at once (the sandbox and the tests move the clock).
    """

    def __init__(
        self,
        database: Database,
        office: Office,
        slow: Sequence[SlowWork],
        owed: Callable[[], None],
        tick_s: float,
    ) -> None:
        self._database = database
        self._office = office
        self._slow = slow
        self._owed = owed
        self._tick_s = tick_s
        self._stopped = False
        self._running: set[asyncio.Task[Any]] = set()
        # A tick that finds the one before still at work is no news: what is due stays due.
        logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
        self._scheduler = AsyncIOScheduler(
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )

    def start(self) -> None:
        """Begin to tick."""
        self._set_up()
        self._scheduler.start()

    def begin_anew(self) -> None:
        """The clock went back: APScheduler would wait until it is again where it was."""
        self._scheduler.remove_all_jobs()  # pyright: ignore[reportUnknownMemberType]
        self._set_up()

    def _set_up(self) -> None:
        often = min(self._tick_s, OFTEN_S)
        for entry in TIMETABLE:
            seconds = entry.every * self._tick_s or often
            self._scheduler.add_job(self._job, "interval", args=[self._run, entry], seconds=seconds, id=entry.name)  # pyright: ignore[reportUnknownMemberType]
        for work in self._slow:
            self._scheduler.add_job(self._job, "interval", args=[self._all, work], seconds=often)  # pyright: ignore[reportUnknownMemberType]

    def stop(self) -> None:
        """Stop ticking; what runs is cancelled and its transaction rolled back."""
        self._stopped = True
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def ended(self) -> None:
        """After `stop`: wait until what was cut short has let go of the database."""
        if self._running:
            await asyncio.wait(self._running, timeout=LET_GO_S)

    async def _job(self, work: Callable[..., Awaitable[int]], *args: Entry | SlowWork) -> None:
        """Cut short by the stop it ends quietly: what it had in hand is still due."""
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        try:
            await work(*args)
        except asyncio.CancelledError:
            if not self._stopped:
                raise
        finally:
            self._running.discard(task)

    async def tick_all(self) -> int:
        """One round of everything but the slow work. Returns how many rows were due."""
        return sum([await self._run(entry) for entry in TIMETABLE])

    async def fetch(self) -> int:
        """Fetch files that are due, make documents that were asked for, hear voices."""
        return sum([await self._all(work) for work in self._slow])

    async def _all(self, work: SlowWork) -> int:
        """Until nothing is left."""
        done = 0
        try:
            while (more := await work()) > 0:
                done += more
                self._owed()
        except Exception as error:  # noqa: BLE001 - the ticker must live; the rows are still due
            log.error("fetching_failed", error=type(error).__name__)
        return done

    async def _run(self, entry: Entry) -> int:
        done = 0
        try:
            while True:
                count = await self._once(entry)
                done += count
                if count < entry.full:
                    return done
        except Exception as error:  # noqa: BLE001 - the ticker must live; the rows are still due
            FAILED_JOBS.labels(entry.name).inc()
            log.error("job_failed", job=entry.name, error=type(error).__name__)
            return done

    async def _once(self, entry: Entry) -> int:
        async with self._database.write() as tx:
            now = self._office.clock.now()
            desk = Desk(tx, self._office, now, f"{entry.name} {now:%Y%m%d%H%M%S%f}")
            count = await entry.work(desk)
            if (await write_down(tx, self._office, [desk])).owed:
                self._owed()
        return count
