"""What a bench gave when it was last written down (baseline.json): the gate of the tests stands a quarter above it."""

import os
import platform
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import orjson

from bot.lab.measure import Load, bare_aiogram, compare
from bot.lab.product import product

FILE = Path(__file__).with_name("baseline.json")
MOST_WORSE = 1.25
"""Times the baseline; less is the noise of a shared machine."""

GATE = Load(laps=3, people=20, warm_up=20, reports=80, rate=0)
COMMAND = "yashu bench conversation --baseline"


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """The median of the ratios within pairs, and how it came about."""

    cpu_ratio_bare_aiogram: float
    command: str
    date: str
    machine: str

    @property
    def most(self) -> float:
        """What a paired median may be before it counts as worse."""
        return self.cpu_ratio_bare_aiogram * MOST_WORSE


async def ratio(laps: int = GATE.laps) -> float:
    """Measure what the gate looks at: the durable report against bare aiogram, a median of pairs."""
    verdict = await compare(product("polling"), bare_aiogram("polling"), replace(GATE, laps=laps))
    return verdict.cpu_ratio_bare_aiogram


def read(file: Path = FILE) -> Baseline:
    """Return what is committed."""
    return Baseline(**orjson.loads(file.read_bytes())["conversation"])


def write(measured: float, laps: int, file: Path = FILE) -> Baseline:
    """Write it anew, with what ran where and when."""
    found = Baseline(
        cpu_ratio_bare_aiogram=round(measured, 2),
        command=f"{COMMAND} --laps {laps}",
        date=time.strftime("%Y-%m-%d"),
        machine=machine(),
    )
    file.write_bytes(orjson.dumps({"conversation": asdict(found)}, option=orjson.OPT_INDENT_2) + b"\n")
    return found


def machine() -> str:
    """Cores, system, Python, and how busy it is."""
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {system}, load {os.getloadavg()[0]:.1f}"
