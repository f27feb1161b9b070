"""The bench itself: it counts what it says it counts, refuses what cannot be compared, and weighs pairs fairly."""

import json
import sys
from dataclasses import replace

import pytest

from bot.lab.measure import BenchFailedError, Contender, Load, bare_aiogram, run_lap
from bot.lab.script import Step
from bot.lab.verdict import Lap, Part, as_json, as_table, weigh


async def test_the_yardstick_costs_thirteen_calls_a_report() -> None:
    load = Load(people=5, warm_up=5, reports=20, rate=0, settle=0.2)
    lap = await run_lap(bare_aiogram("polling"), load)
    assert (lap.crowd.calls_a_report, lap.crowd.pushes_a_report) == (13, 1)
    assert lap.crowd.cpu_ms_a_report > 0
    assert lap.peak_mb >= lap.started_mb > 10


async def test_a_bot_that_ends_at_once_is_told_with_its_last_words() -> None:
    mute = Contender(
        name="无言", argv=[sys.executable, "-c", "raise SystemExit('no token')"], script=[Step(text="您好")]
    )
    with pytest.raises(BenchFailedError, match=r"无言: it ended\nno token"):
        await run_lap(mute, Load(start_seconds=10))


def lap(name: str, cpu: float, p99: float = 100.0, steady: float | None = None) -> Lap:
    def part(cpu: float) -> Part:
        return Part(
            cpu_ms_a_report=cpu,
            reports_per_s=1000 / cpu,
            updates_per_s=9000 / cpu,
            p50_ms=10.0,
            p99_ms=p99,
            worst_ms=p99,
            calls_a_report=13.0,
            pushes_a_report=1.0,
            bot_busy=1.0,
            stub_busy=0.2,
        )

    peak = 100 + cpu
    return Lap(
        name=name, start_s=1, started_mb=90, peak_mb=peak, crowd=part(cpu), steady=part(steady) if steady else None
    )


def test_the_ratio_is_the_median_of_the_pairs_not_the_ratio_of_the_medians() -> None:
    noisy = [(lap("伢叔", 5), lap("bare", 10)), (lap("伢叔", 30), lap("bare", 40)), (lap("伢叔", 12), lap("bare", 20))]
    verdict = weigh(noisy)
    assert verdict.cpu_ratio_bare_aiogram == 0.6
    assert verdict.cpu_ms_a_report == 12
    assert verdict.peak_mb == 112
    assert verdict.steady_cpu_ratio_bare_aiogram is None


def test_the_verdict_is_one_object_and_one_table() -> None:
    verdict = weigh([(lap("伢叔", 5, p99=42.0, steady=8), lap("bare", 10, steady=10))])
    told = json.loads(as_json(verdict))
    promised = {"cpu_ratio_bare_aiogram": 0.5, "p50_ms": 10, "p99_ms": 42, "peak_mb": 105, "reports_per_s": 200}
    assert told | promised == told
    assert told["steady_cpu_ratio_bare_aiogram"] == 0.8
    table = as_table(verdict)
    assert "0.50 with the crowd, 0.80 at the steady rate" in table
    assert len(table.splitlines()) == 1 + 4 + 1 + 2 + 1


def test_a_peer_stands_beside_the_product_and_what_did_not_run_is_told() -> None:
    rounds = [[lap("伢叔", 5), lap("bare", 10), lap("grammY", cpu)] for cpu in (6, 9, 7)]
    verdict = weigh(rounds)
    assert [(one.name, one.cpu_ratio_bare_aiogram) for one in verdict.standings] == [
        ("伢叔", 0.5),
        ("bare", 1.0),
        ("grammY", 0.7),
    ]
    table = as_table(replace(verdict, missing={"python-telegram-bot": "not installed"}))
    assert "python-telegram-bot: did not run, not installed" in table
    assert "NOT durable" in table
