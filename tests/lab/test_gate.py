"""The gate: a durable report may not become dearer, measured side by side with the yardstick, as a median of pairs."""

from pathlib import Path

from bot.lab import baseline


async def test_a_report_costs_no_more_than_a_quarter_above_the_baseline() -> None:
    committed = baseline.read()
    assert 0 < await baseline.ratio() <= committed.most, committed


def test_a_baseline_is_written_with_where_and_how_it_came_about(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    written = baseline.write(2.0049, laps=9, file=file)
    assert baseline.read(file) == written
    assert (written.cpu_ratio_bare_aiogram, written.most) == (2.0, 2.5)
    assert written.command == "yashu bench conversation --baseline --laps 9"
    assert "cores" in written.machine and "load" in written.machine
