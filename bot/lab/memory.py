"""How much memory the product holds while reports go through it: right after the start, and after every portion."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.lab.footprint import resident_mb
from bot.lab.measure import Contender, Load, tracked

PORTION = 1000
FLAT_FROM = 0.5
"""The second half of the reports is to show that nothing grows any more."""


@dataclass(frozen=True, kw_only=True)
class Memory:
    """Resident MB of the product and its children: fresh, after each portion, above the start, and grown since half."""

    reports: int
    started_mb: float
    resident_mb: Sequence[float]
    above_start_mb: float
    grown_mb: float


async def measure(product: Contender, reports: int, heard: Callable[[int, float], object]) -> Memory:
    """Let `reports` through in portions; `heard` gets how many are done and the MB. Raises BenchFailedError."""
    load = Load(start_seconds=120.0, part_seconds=600.0)
    portions = [min(PORTION, reports - done) for done in range(0, reports, PORTION)]
    async with tracked(product, load, parts=len(portions)) as track:
        await track.ready(load)
        started = resident_mb(track.bot.pid)
        held: list[float] = []
        for done, portion in zip(itertools.accumulate(portions), portions, strict=True):
            await track.run(load, portion)
            held.append(resident_mb(track.bot.pid))
            heard(done, held[-1])
    half = held[int(len(held) * FLAT_FROM) - 1] if len(held) > 1 else held[-1]
    return Memory(
        reports=reports,
        started_mb=started,
        resident_mb=held,
        above_start_mb=held[-1] - started,
        grown_mb=held[-1] - half,
    )
