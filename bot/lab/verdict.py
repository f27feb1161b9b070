"""The figures of a bench: parts, laps, the verdict over pairs of laps, and how they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import orjson


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one load gave. Busy is processor time as a share of one core: the bot's must be the higher one."""

    cpu_ms_a_report: float
    reports_per_s: float
    updates_per_s: float
    p50_ms: float
    p99_ms: float
    worst_ms: float
    calls_a_report: float
    pushes_a_report: float
    bot_busy: float
    stub_busy: float


@dataclass(frozen=True, kw_only=True)
class Lap:
    """One start of one contender; `crowd` is full load, `steady` the open-loop rate. Memory in MB, start in seconds."""

    name: str
    start_s: float
    started_mb: float
    peak_mb: float
    crowd: Part
    steady: Part | None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The medians over the laps of the product; ratios are medians of the ratios within pairs run side by side."""

    cpu_ratio_bare_aiogram: float
    p50_ms: float
    p99_ms: float
    peak_mb: float
    reports_per_s: float
    cpu_ms_a_report: float
    bare_cpu_ms_a_report: float
    bare_reports_per_s: float
    steady_p50_ms: float | None
    steady_p99_ms: float | None
    steady_cpu_ratio_bare_aiogram: float | None
    laps: Sequence[Lap]


def weigh(pairs: Sequence[tuple[Lap, Lap]]) -> Verdict:
    """Judge pairs of (product, bare aiogram)."""
    ours, bare = [a.crowd for a, _ in pairs], [b.crowd for _, b in pairs]
    steady = [(a.steady, b.steady) for a, b in pairs if a.steady and b.steady]
    return Verdict(
        cpu_ratio_bare_aiogram=median(a.cpu_ms_a_report / b.cpu_ms_a_report for a, b in zip(ours, bare, strict=True)),
        p50_ms=median(part.p50_ms for part in ours),
        p99_ms=median(part.p99_ms for part in ours),
        peak_mb=median(product.peak_mb for product, _ in pairs),
        reports_per_s=median(part.reports_per_s for part in ours),
        cpu_ms_a_report=median(part.cpu_ms_a_report for part in ours),
        bare_cpu_ms_a_report=median(part.cpu_ms_a_report for part in bare),
        bare_reports_per_s=median(part.reports_per_s for part in bare),
        steady_p50_ms=_median([a.p50_ms for a, _ in steady]),
        steady_p99_ms=_median([a.p99_ms for a, _ in steady]),
        steady_cpu_ratio_bare_aiogram=_median([a.cpu_ms_a_report / b.cpu_ms_a_report for a, b in steady]),
        laps=[lap for pair in pairs for lap in pair],
    )


def as_json(verdict: Verdict) -> str:
    return orjson.dumps(verdict).decode()


def as_table(verdict: Verdict) -> str:
    """One line for each lap and load, then the medians."""
    lines = [_ROW.format(*_TITLES)]
    for lap in verdict.laps:
        lines += [_row(lap, load, part) for load, part in (("crowd", lap.crowd), ("steady", lap.steady)) if part]
    lines.append(f"CPU of a report, times bare aiogram: {verdict.cpu_ratio_bare_aiogram:.2f} with the crowd")
    if verdict.steady_cpu_ratio_bare_aiogram is not None:
        lines[-1] += f", {verdict.steady_cpu_ratio_bare_aiogram:.2f} at the steady rate"
    return "\n".join(lines)


_TITLES = (
    "bot",
    "load",
    "CPU ms",
    "reports/s",
    "updates/s",
    "p50 ms",
    "p99 ms",
    "worst",
    "calls",
    "MB",
    "busy",
    "stub",
)
_ROW = "{:<24} {:<7} {:>7} {:>10} {:>10} {:>7} {:>7} {:>7} {:>6} {:>5} {:>5} {:>5}"


def _row(lap: Lap, load: str, part: Part) -> str:
    return _ROW.format(
        lap.name,
        load,
        f"{part.cpu_ms_a_report:.2f}",
        f"{part.reports_per_s:.1f}",
        f"{part.updates_per_s:.0f}",
        f"{part.p50_ms:.1f}",
        f"{part.p99_ms:.1f}",
        f"{part.worst_ms:.1f}",
        f"{part.calls_a_report:.1f}",
        f"{lap.peak_mb:.0f}",
        f"{part.bot_busy:.2f}",
        f"{part.stub_busy:.2f}",
    )


def _median(numbers: Sequence[float]) -> float | None:
    return median(numbers) if numbers else None
