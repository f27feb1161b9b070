"""The short form of the simulated months; `yashu bench clocks` is the long one."""

from dataclasses import replace
from datetime import timedelta

from bot.lab.clocks import Result, measure

GOOD = Result(days=1, cases=1, deeds=1, refused=0, nudges=1, moves=0, letters=1, missed=0, extra=0, twice=0)


async def test_each_clock_rings_once_through_downtimes() -> None:
    downtimes = (timedelta(hours=1), timedelta(hours=10), timedelta(days=3))
    found = await measure(12, 4, seed=1, downtimes=downtimes)
    assert found.broken == [], found
    assert found.nudges > 100 and found.moves > 1 and found.letters > 100, "much rang at all"
    assert found.refused < found.deeds / 4, "people mostly do what they may"


def test_each_promise_that_is_not_kept_is_told() -> None:
    assert GOOD.broken == []
    assert replace(GOOD, missed=1).broken == ["missed: 1"]
    assert replace(GOOD, extra=2, twice=1).broken == ["extra: 2", "twice: 1"]
