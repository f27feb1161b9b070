"""The figures of a bench: parts, laps, the verdict over pairs of laps, and how they are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
    durable: bool = False
    keeps: str = ""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The medians of one contender with the crowd; the ratio is the median of those within the rounds."""

    name: str
    cpu_ratio_bare_aiogram: float
    cpu_ms_a_report: float
    reports_per_s: float
    p99_ms: float
    peak_mb: float
    durable: bool
    keeps: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The medians over the laps of the product; ratios are medians of the ratios within rounds run side by side.

    `standings` are of all that ran, the product first; `missing` says why a peer did not run. `asked` is the load.
    """

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
    standings: Sequence[Standing]
    laps: Sequence[Lap]
    missing: Mapping[str, str] = field(default_factory=dict[str, str])
    asked: str = ""
    machine: str = ""


def weigh(rounds: Sequence[Sequence[Lap]]) -> Verdict:
    """Judge rounds of product, bare aiogram and peers, in this order."""
    ours, bare = [laps[0].crowd for laps in rounds], [laps[1].crowd for laps in rounds]
    steady = [(laps[0].steady, laps[1].steady) for laps in rounds if laps[0].steady and laps[1].steady]
    standings = [_standing(laps, bare) for laps in zip(*rounds, strict=True)]
    return Verdict(
        cpu_ratio_bare_aiogram=standings[0].cpu_ratio_bare_aiogram,
        p50_ms=median(part.p50_ms for part in ours),
        p99_ms=median(part.p99_ms for part in ours),
        peak_mb=standings[0].peak_mb,
        reports_per_s=standings[0].reports_per_s,
        cpu_ms_a_report=standings[0].cpu_ms_a_report,
        bare_cpu_ms_a_report=standings[1].cpu_ms_a_report,
        bare_reports_per_s=standings[1].reports_per_s,
        steady_p50_ms=_median([a.p50_ms for a, _ in steady]),
        steady_p99_ms=_median([a.p99_ms for a, _ in steady]),
        steady_cpu_ratio_bare_aiogram=_median([a.cpu_ms_a_report / b.cpu_ms_a_report for a, b in steady]),
        standings=standings,
        laps=[lap for laps in rounds for lap in laps],
    )


def _standing(laps: Sequence[Lap], bare: Sequence[Part]) -> Standing:
    pairs = zip(laps, bare, strict=True)
    return Standing(
        name=laps[0].name,
        cpu_ratio_bare_aiogram=median(lap.crowd.cpu_ms_a_report / part.cpu_ms_a_report for lap, part in pairs),
        cpu_ms_a_report=median(lap.crowd.cpu_ms_a_report for lap in laps),
        reports_per_s=median(lap.crowd.reports_per_s for lap in laps),
        p99_ms=median(lap.crowd.p99_ms for lap in laps),
        peak_mb=median(lap.peak_mb for lap in laps),
        durable=laps[0].durable,
        keeps=laps[0].keeps,
    )


def as_json(verdict: Verdict) -> str:
    return orjson.dumps(verdict).decode()


def as_table(verdict: Verdict) -> str:
    """One line for each lap and load, then one for each contender with its medians, then the ratio of the product."""
    lines = [_ROW.format(*_TITLES)]
    for lap in verdict.laps:
        lines += [_row(lap, load, part) for load, part in (("crowd", lap.crowd), ("steady", lap.steady)) if part]
    lines.append("")
    lines += [_stands(one) for one in verdict.standings]
    lines += [f"{name}: did not run, {why}" for name, why in verdict.missing.items()]
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
_ROW = "{:<32} {:<7} {:>7} {:>10} {:>10} {:>7} {:>7} {:>7} {:>6} {:>5} {:>5} {:>5}"


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


def _stands(one: Standing) -> str:
    figures = f"{one.cpu_ratio_bare_aiogram:>6.2f} x bare aiogram, {one.reports_per_s:>6.1f} reports/s"
    return f"{one.name:<32} {figures}  {'durable' if one.durable else 'NOT durable'}: {one.keeps}"


def _median(numbers: Sequence[float]) -> float | None:
    return median(numbers) if numbers else None
