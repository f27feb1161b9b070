"""The short form of the bench of sweeps; `yashu bench sweep` is the long one."""

from dataclasses import replace

from bot.lab.sweep import MOST, Sweep, measure

NOISE = 2.0
"""Times MOST: a short run on a busy machine says little of a few milliseconds, but would see a scan of all cases."""


async def test_a_sweep_takes_no_longer_when_very_many_cases_have_ended() -> None:
    found = await measure(1_000, 60_000, due=40, laps=5)
    assert found.ratio < MOST * NOISE, found
    assert found.empty_ms_1m < 4 * found.empty_ms_10k, "looking alone reads no case that has ended"


def test_a_sweep_that_takes_longer_breaks_the_promise() -> None:
    found = Sweep(
        ratio=1.49,
        due_ms_10k=1,
        due_ms_1m=1,
        empty_ms_10k=1,
        empty_ms_1m=1,
        due=1,
        laps=1,
        closed=(10, 100),
        database="sqlite",
    )
    assert found.broken == []
    assert replace(found, ratio=1.51).broken == ["more than 1.5 times as long"]
