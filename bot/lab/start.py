"""How long the product takes from its start to its first poll, next to importing its libraries alone."""

import asyncio
import contextlib
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bot.lab.product import product
from bot.lab.stub import Stub

LIBRARIES = "import aiogram, sqlalchemy.ext.asyncio"
_ROOT = Path(__file__).parents[2]
_PATIENCE_S = 60.0


class NoStartError(Exception):
    """The product ended, or was silent for a minute."""


@dataclass(frozen=True, kw_only=True)
class Start:
    """Medians in seconds, the interpreter's own start in both; `ratio` is the median of the ratios within pairs."""

    start_s: float
    imports_s: float
    ratio: float


async def measure(laps: int = 5) -> Start:
    """Start and import by turns, after one start that does not count: it makes the database. Raises NoStartError."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        await _start(folder, "bot.lab.product")
        pairs = [(await _start(folder, "bot.cli", "run"), await _import()) for _ in range(laps)]
    return Start(
        start_s=median(ours for ours, _ in pairs),
        imports_s=median(theirs for _, theirs in pairs),
        ratio=median(ours / theirs for ours, theirs in pairs),
    )


async def _start(folder: Path, *module: str) -> float:
    """From the start of the process to its first getUpdates."""
    async with Stub() as stub:
        api = f"http://127.0.0.1:{stub.port}"
        given = product("polling").env.items()
        env = {name: value.replace("{api}", api).replace("{folder}", str(folder)) for name, value in given}
        begin = time.perf_counter()
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", *module, cwd=folder, env=os.environ | env | {"PYTHONPATH": str(_ROOT)}
        )
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await stub.ready()
            return time.perf_counter() - begin
        except TimeoutError:
            raise NoStartError("the product did not ask for updates; what it said is above") from None
        finally:
            with contextlib.suppress(ProcessLookupError):
                bot.terminate()
            await bot.wait()


async def _import() -> float:
    begin = time.perf_counter()
    await (await asyncio.create_subprocess_exec(sys.executable, "-c", LIBRARIES)).wait()
    return time.perf_counter() - begin
