"""How many reports a second one program and several carry, on a file and on a server."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.lab.answers import is_word
from bot.lab.chaos import SCRIPT, Trial
from bot.lab.chaos_herd import several
from bot.lab.chaos_storms import patience_of
from bot.lab.chaos_street import Street
from bot.lab.footprint import cpu_seconds
from bot.lab.homes import Kind, homes
from bot.lab.measure import free_port
from bot.lab.script import Plan

LIFTED = 100_000.0
_WARM_UP = 20
_SECONDS = 150.0


@dataclass(frozen=True, kw_only=True)
class Carried:
    """One run. Waits are those of people for the first answer to a step; the processor time is that of all programs
    together, without the server's."""

    database: Kind
    programs: int
    reports_per_s: float
    updates_per_s: float
    messages_a_report: float
    p50_ms: float
    p99_ms: float
    cpu_ms_a_report: float
    stub_busy: float


async def measure(reports: int, people: int, of: Sequence[tuple[Kind, int]]) -> list[Carried]:
    """Run by run, each with a new district; all of Telegram's limits are lifted. Raises ChaosFailedError."""
    return [await _carry(reports, people, database, programs) for database, programs in of]


async def _carry(reports: int, people: int, database: Kind, programs: int) -> Carried:
    doors = [free_port() for _ in range(programs)]
    trial = Trial(kills=0, delivery="webhook", database=database, pace=LIFTED, replicas=programs, lasts=_SECONDS)
    with tempfile.TemporaryDirectory(prefix="yashu-carry-") as name, homes(database, Path(name)) as place:
        address = place.home("carried")
        async with (
            Street(0, patience_of(trial.lasts), doors) as street,
            several(Path(name), street, doors, trial, address) as bots,
        ):
            await bots.start()
            await street.run(_plan(_WARM_UP, people))
            before = _cpu(bots.pids)
            found = await street.run(_plan(reports, people))
            busy = _cpu(bots.pids) - before
            await bots.stop()
            if found.stuck:
                raise bots.failed("people were left without an answer: " + "; ".join(found.stuck))
    return Carried(
        database=database,
        programs=programs,
        reports_per_s=round(found.reports / found.seconds, 1),
        updates_per_s=round(found.updates / found.seconds, 1),
        messages_a_report=round(sum(n for call, n in found.calls.items() if is_word(call)) / found.reports, 1),
        p50_ms=round(found.p50_ms),
        p99_ms=round(found.p99_ms),
        cpu_ms_a_report=round(busy / found.reports * 1000, 1),
        stub_busy=round(found.stub_busy, 2),
    )


def _plan(reports: int, people: int) -> Plan:
    return Plan(script=SCRIPT, reports=reports, people=people, fresh=True, seconds=_SECONDS, patience=_SECONDS)


def _cpu(pids: Sequence[int]) -> float:
    return sum(cpu_seconds(pid) for pid in pids)
