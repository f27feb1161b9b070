"""The short form of the broadcast bench; `yashu bench broadcast` is the long one."""

from dataclasses import replace

from bot.lab.broadcast import Result, measure

GOOD = Result(
    recipients=10_000,
    rate=30.0,
    kills=0,
    seed=0,
    ideal_s=333.3,
    actual_s=336.0,
    own_429=0,
    missed=0,
    duplicates=0,
    most_duplicates=0,
    p50_answer_ms=10.0,
    p99_answer_ms=90.0,
    answers=50,
    others=100,
    most_in_a_second=30,
    booked=10_000,
    cpu_s=10.0,
    stub_cpu_s=1.0,
    memory_mb=200.0,
    growth_mb=1.0,
)


async def test_a_broadcast_that_is_killed_on_the_way_misses_nobody_and_angers_nobody() -> None:
    found = await measure(200, 200.0, kills=1, seed=3)
    assert (found.missed, found.own_429, found.booked, found.kills) == (0, 0, 200, 1), found
    assert found.duplicates <= 10, found
    assert found.most_in_a_second <= 240, found


def test_each_promise_that_is_not_kept_is_told() -> None:
    assert GOOD.broken == []
    assert replace(GOOD, missed=1).broken == ["somebody was missed"]
    assert replace(GOOD, booked=9_999).broken == ["somebody got it and it is not booked"]
    assert replace(GOOD, actual_s=341.0).broken == ["more than 2% over the ideal time"]
    assert replace(GOOD, own_429=1).broken == ["Telegram had to refuse"]
    assert replace(GOOD, p99_answer_ms=500.0).broken == ["answers slower than 500 ms"]
    assert replace(GOOD, duplicates=1).broken == ["duplicates without a kill"]
    assert replace(GOOD, kills=1, duplicates=11, most_duplicates=11).broken == ["more than 10 duplicates of one kill"]
    assert replace(GOOD, growth_mb=30.0).broken == ["memory grew"]
