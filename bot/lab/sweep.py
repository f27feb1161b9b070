"""Whether looking for due clocks takes longer when many cases have ended: the job itself, on two databases by turns."""

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import delete

from bot.app import App
from bot.cases.alarms import Audience, Kind
from bot.cases.case import Status
from bot.config import Settings
from bot.desk.desk import Desk
from bot.jobs.clocks import BATCH, ring
from bot.lab import homes as living
from bot.lab.years import aged, found, with_open
from storage import clocks
from storage.tables import outbox

MOST = 1.5
"""So many times longer at most (the median of the ratios within pairs)."""


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """`ratio` is the median of the ratios within pairs, times are medians of a sweep that finds `due` clocks, in ms.

    `empty_ms_...`: of a sweep that finds nothing. The names tell the usual sizes; `closed` are those of this run.
    """

    ratio: float
    due_ms_10k: float
    due_ms_1m: float
    empty_ms_10k: float
    empty_ms_1m: float
    due: int
    laps: int
    closed: Sequence[int]
    database: living.Kind

    @property
    def broken(self) -> list[str]:
        """The promises that were not kept."""
        return [f"more than {MOST:g} times as long"] if self.ratio > MOST else []


async def measure(
    few: int = 10_000, many: int = 1_000_000, due: int = 100, laps: int = 15, database: living.Kind = "sqlite"
) -> Sweep:
    """Sweep by turns, `laps` times each after one that does not count; who begins changes from pair to pair."""
    assert 0 < due < BATCH, "one sweep finds them all"
    with tempfile.TemporaryDirectory(prefix="yashu-sweep-") as name, living.homes(database, Path(name)) as place:
        pair = [
            await _Lane.open(await found(Path(name) / lane, place.home(lane)), closed, due)
            for lane, closed in (("few", few), ("many", many))
        ]
        try:
            for lane in pair:
                await lane.lap(due)
            found_ms: list[tuple[float, float]] = []
            empty_ms: list[tuple[float, float]] = []
            for lap in range(laps):
                order = pair if lap % 2 == 0 else pair[::-1]
                for lane in order:
                    await lane.lap(due)
                found_ms.append((pair[0].due_ms, pair[1].due_ms))
                empty_ms.append((pair[0].empty_ms, pair[1].empty_ms))
        finally:
            for lane in pair:
                await lane.app.database.close()
    return Sweep(
        ratio=median(b / a for a, b in found_ms),
        due_ms_10k=median(a for a, _ in found_ms),
        due_ms_1m=median(b for _, b in found_ms),
        empty_ms_10k=median(a for a, _ in empty_ms),
        empty_ms_1m=median(b for _, b in empty_ms),
        due=due,
        laps=laps,
        closed=(few, many),
        database=database,
    )


class _Lane:
    """One database, and how long its last sweeps took."""

    def __init__(self, app: App, cases: Sequence[int]) -> None:
        self.app = app
        self._cases = cases
        self.due_ms = self.empty_ms = 0.0

    @classmethod
    async def open(cls, settings: Settings, closed: int, due: int) -> "_Lane":
        """A founded district with so many cases that ended, and `due` open ones."""
        await aged(settings, closed)
        return cls(App(settings), await with_open(settings, due, Status.HANDLING.value))

    async def lap(self, due: int) -> None:
        """Let the clocks of the open cases run out, sweep, and sweep again when nothing is due."""
        await self.app.at_desk(self._run_out)
        self.due_ms, rung = await self._sweep()
        assert rung == due, f"{rung} of {due} were rung"
        self.empty_ms, rung = await self._sweep()
        assert rung == 0, f"{rung} were rung twice"

    async def _run_out(self, desk: Desk) -> None:
        await desk.tx.execute(delete(outbox))
        at = desk.now() - timedelta(seconds=1)
        of_all = {"kind": Kind.HALF_TIME.value, "step": 1, "audience": Audience.DUTY.value, "at": at}
        await clocks.set_clocks(desk.tx, [{"case_id": case, **of_all} for case in self._cases])

    async def _sweep(self) -> tuple[float, int]:
        begin = time.perf_counter()
        rung: int = await self.app.at_desk(ring)
        return (time.perf_counter() - begin) * 1000, rung
