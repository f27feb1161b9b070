"""The gate: a durable report may not become dearer, measured side by side with the yardstick, as a median of pairs."""

from bot.lab.measure import Load, bare_aiogram, compare
from bot.lab.product import product

DEAREST = 2.6
"""Times the CPU of bare aiogram: what was measured (docs/measurements.md) and a quarter more, for the noise."""


async def test_a_report_costs_no_more_than_it_did() -> None:
    load = Load(laps=3, people=20, warm_up=20, reports=80, rate=0, start_seconds=60)
    verdict = await compare(product("polling"), bare_aiogram("polling"), load)
    assert 0 < verdict.cpu_ratio_bare_aiogram < DEAREST
