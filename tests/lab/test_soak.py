"""The short form of the soak; `yashu bench soak` is the long one."""

from dataclasses import replace

from bot.lab.memory import Held
from bot.lab.product import product
from bot.lab.soak import TENTHS, Soak, measure

GOOD = Soak(
    updates=200_000,
    reports=22_230,
    updates_per_s=300.0,
    cpu_ms_a_report=30.0,
    started_mb=230.0,
    growth=0.02,
    more_files=0,
    resident_mb=[280.0] * TENTHS,
    files=[60] * TENTHS,
    p99_ms=[200.0] * TENTHS,
    load=1.0,
)


async def test_updates_go_through_and_each_tenth_is_looked_at() -> None:
    heard: list[Held] = []
    found = await measure(product("polling"), 450, heard.append)
    assert (found.updates, found.reports) == (450, 50)
    assert [one.reports for one in heard] == [5, 10, 15, 20, 25, 30, 35, 40, 45, 50]
    assert len(found.resident_mb) == len(found.files) == len(found.p99_ms) == TENTHS
    assert found.broken == [], found
    assert min(found.resident_mb) > 100 and min(found.files) > 10 and found.updates_per_s > 0


def test_each_promise_that_is_not_kept_is_told() -> None:
    assert GOOD.broken == []
    assert replace(GOOD, growth=0.1).broken == ["memory grew by 10.0%"]
    assert replace(GOOD, growth=0.1, reports=4_999).broken == [], "too short to tell"
    assert replace(GOOD, more_files=6).broken == ["6 more open files"]
