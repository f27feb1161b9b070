"""The short form of the soak; `yashu bench soak` is the long one."""

from collections.abc import Sequence
from dataclasses import replace

from bot.lab.memory import Held
from bot.lab.product import product
from bot.lab.soak import TENTHS, Soak, measure, weigh
from bot.lab.verdict import Part

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
    found = await measure(product("polling"), 180, heard.append)
    assert (found.updates, found.reports) == (180, 20)
    assert [one.reports for one in heard] == [*range(2, 21, 2)]
    assert len(found.resident_mb) == len(found.files) == len(found.p99_ms) == TENTHS
    assert found.broken == [], found
    assert min(found.resident_mb) > 100 and min(found.files) > 10 and found.updates_per_s > 0


def test_growth_is_from_a_fifth_on_and_a_leak_is_no_passing_process() -> None:
    part = Part(
        cpu_ms_a_report=30,
        reports_per_s=33,
        updates_per_s=300,
        p50_ms=10,
        p99_ms=100,
        worst_ms=200,
        calls_a_report=21,
        pushes_a_report=4,
        bot_busy=1,
        stub_busy=0.1,
    )

    def run(memory: Sequence[float], files: Sequence[int]) -> Soak:
        pairs = enumerate(zip(memory, files, strict=True), 1)
        after = [Held(reports=n, resident_mb=mb, files=held, part=part) for n, (mb, held) in pairs]
        return weigh(Held(reports=0, resident_mb=100, files=40, part=None), after, steps=9)

    warm = [150.0, 200.0, *[210.0] * 7, 220.0]
    passing = run(warm, [50, 60, *[60] * 7, 90])
    assert (passing.growth, passing.more_files) == (0.1, 0)
    assert run(warm, [50, 60, *[60] * 5, 70, 75, 80]).more_files == 10
    assert run(warm, [50] * 10).updates == 90


def test_each_promise_that_is_not_kept_is_told() -> None:
    assert GOOD.broken == []
    assert replace(GOOD, growth=0.1).broken == ["memory grew by 10.0%"]
    assert replace(GOOD, growth=0.1, reports=4_999).broken == [], "too short to tell"
    assert replace(GOOD, more_files=6).broken == ["6 more open files"]
