"""Very many updates, looked at after each tenth: does memory grow, do files stay open, do answers become slower?"""

import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.lab.measure import Contender
from bot.lab.memory import Held, watch

TENTHS = 10
WARM = 2
"""Tenths after which everything that is kept for speed is there."""

LAST = 3
"""Of so many tenths at the end the fewest files count: somebody may just be drawing in a process of its own."""

MOST_GROWTH = 0.10
FULL = 5_000
"""Reports; in a fifth of fewer than that the pages that the database keeps in memory are not all there yet."""

MORE_FILES = 5
"""Connections come and go; a leak would be one for each report."""


@dataclass(frozen=True, kw_only=True)
class Soak:
    """Growth is from a fifth of the run to its end, as a share. Per tenth: MB, open files, p99 of the answers."""

    updates: int
    reports: int
    updates_per_s: float
    cpu_ms_a_report: float
    started_mb: float
    growth: float
    more_files: int
    resident_mb: Sequence[float]
    files: Sequence[int]
    p99_ms: Sequence[float]
    load: float

    @property
    def broken(self) -> list[str]:
        """The promises that were not kept."""
        promises = {
            f"memory grew by {self.growth:.1%}": self.reports >= FULL and self.growth >= MOST_GROWTH,
            f"{self.more_files} more open files": self.more_files > MORE_FILES,
        }
        return [promise for promise, broken in promises.items() if broken]


async def measure(product: Contender, updates: int, heard: Callable[[Held], object]) -> Soak:
    """Let at least so many updates through; `heard` gets what is held after each tenth. Raises BenchFailedError."""
    steps = len(product.script)
    tenth = math.ceil(updates / steps / TENTHS)
    fresh, *after = await watch(product, [tenth] * TENTHS, heard)
    return weigh(fresh, after, steps)


def weigh(fresh: Held, after: Sequence[Held], steps: int) -> Soak:
    """Judge what was held after each tenth of a run."""
    parts = [one.part for one in after if one.part]
    memory, files = [one.resident_mb for one in after], [one.files for one in after]
    reports = after[-1].reports
    seconds = sum(reports / len(parts) / part.reports_per_s for part in parts)
    return Soak(
        updates=reports * steps,
        reports=reports,
        updates_per_s=round(reports * steps / seconds, 1),
        cpu_ms_a_report=round(sum(part.cpu_ms_a_report for part in parts) / len(parts), 2),
        started_mb=round(fresh.resident_mb, 1),
        growth=round(memory[-1] / memory[WARM - 1] - 1, 4),
        more_files=min(files[-LAST:]) - files[WARM - 1],
        resident_mb=[round(one, 1) for one in memory],
        files=files,
        p99_ms=[round(part.p99_ms, 1) for part in parts],
        load=round(os.getloadavg()[0], 1),
    )
