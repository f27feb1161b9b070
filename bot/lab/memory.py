"""What the product holds while reports go through it: memory, open files and waits, fresh and after every portion."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.lab.footprint import open_files, resident_mb
from bot.lab.measure import Contender, Load, tracked
from bot.lab.verdict import Part

PORTION = 1000
FLAT_FROM = 0.5
"""The second half of the reports is to show that nothing grows any more."""

_SLOWEST = 5.0
"""Reports a second; who is slower than that has stopped."""

_LEAST_S = 60.0


@dataclass(frozen=True, kw_only=True)
class Held:
    """After a portion: reports done so far, MB and open files of the product with its children, what it gave."""

    reports: int
    resident_mb: float
    files: int
    part: Part | None


@dataclass(frozen=True, kw_only=True)
class Memory:
    """Resident MB of the product and its children: fresh, after each portion, above the start, and grown since half."""

    reports: int
    started_mb: float
    resident_mb: Sequence[float]
    above_start_mb: float
    grown_mb: float


async def watch(product: Contender, portions: Sequence[int], heard: Callable[[Held], object]) -> list[Held]:
    """Let the portions through, one after the other; the first entry is the fresh start. Raises BenchFailedError."""
    load = Load(part_seconds=max(_LEAST_S, max(portions) / _SLOWEST))
    async with tracked(product, load, parts=len(portions)) as track:
        await track.ready(load)
        held = [_look(track.bot.pid, 0, None)]
        for done, portion in zip(itertools.accumulate(portions), portions, strict=True):
            held.append(_look(track.bot.pid, done, await track.run(load, portion)))
            heard(held[-1])
    return held


def _look(pid: int, done: int, part: Part | None) -> Held:
    return Held(reports=done, resident_mb=resident_mb(pid), files=open_files(pid), part=part)


async def measure(product: Contender, reports: int, heard: Callable[[Held], object]) -> Memory:
    """Let `reports` through in portions; `heard` gets what is held after each. Raises BenchFailedError."""
    portions = [min(PORTION, reports - done) for done in range(0, reports, PORTION)]
    fresh, *after = await watch(product, portions, heard)
    held = [one.resident_mb for one in after]
    half = held[int(len(held) * FLAT_FROM) - 1] if len(held) > 1 else held[-1]
    return Memory(
        reports=reports,
        started_mb=fresh.resident_mb,
        resident_mb=held,
        above_start_mb=held[-1] - fresh.resident_mb,
        grown_mb=held[-1] - half,
    )
