"""The short form of the storms; `yashu chaos --faults ... --poison ...` is the long one."""

import asyncio

from bot.lab.chaos import Result, Trial, chaos
from bot.lab.chaos_faults import Fault
from bot.lab.chaos_points import Delivery
from bot.lab.chaos_storms import storms_of

REPORTS = 8
POISON = 24
OF_SQLITE = (Fault.LOCKED, Fault.FROZEN, Fault.FULL, Fault.JUMPED)


async def weathered(way: Delivery) -> Result:
    faults = len(storms_of(way)) + len(OF_SQLITE)
    return await chaos(
        REPORTS,
        Trial(kills=1, delivery=way, seed=7, people=4, faults=faults, lasts=0.2, pace=150, poison=POISON),
    )


async def test_storms_a_full_disk_a_jumping_clock_and_poison_lose_nothing() -> None:
    for result in await asyncio.gather(weathered("polling"), weathered("webhook")):
        assert result.broken == [], result
        assert (result.reports, result.cases) == (REPORTS, REPORTS)
        assert (result.fates.poison, result.fates.none) == (POISON, 0)
        assert result.fates.dead_poison > POISON / 3
        assert result.lost_answers >= result.said_again
        met = {*storms_of(result.delivery), *OF_SQLITE} - ({Fault.FULL} if result.skipped else set())
        assert result.faults.keys() == {one.value for one in met}
