"""The product as something that is started, struck down and stopped, over and over."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any, Protocol

import orjson

from bot.lab.chaos_points import Delivery, Point
from bot.lab.measure import filled, free_port
from bot.lab.product import product

LOG = "bot.log"
ROOT = Path(__file__).parents[2]
"""Whose code runs unless another is asked for."""

_START_WITHIN_S = 120.0
_AIM_FOR_S = 3.0
_STOP_AT_MOST_S = 60.0


class ChaosFailedError(Exception):
    """The product did not start, or the run could not be finished: nothing can be said of its promises."""


class Onlooker(Protocol):
    """Who sees what a program does at the Bot API: the stub itself, or what it sees of one of several programs."""

    port: int

    def aim(self, point: Point | None, kill: Callable[[], None]) -> None:
        """Call `kill` at one of the next times this point is met; with None never."""
        ...

    async def asked(self) -> None:
        """Wait until the program of this life is at work."""
        ...

    def bury(self) -> None:
        """It is dead."""
        ...


class Victim:
    """One installation in `folder`, alive or not. Times in seconds. `alone`: how often it ended untold."""

    def __init__(self, nursery: Process, witness: Onlooker, folder: Path, seed: int) -> None:
        self._nursery = nursery
        self._witness = witness
        self._folder = folder
        self._dice = Random(seed)
        self._pid = 0
        self._told: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._struck = True
        self.alone = 0
        self.points: Counter[str] = Counter()
        self.stops: list[float] = []
        self.unclean: list[int] = []

    @property
    def pid(self) -> int:
        """Its process, as long as it lives."""
        return self._pid

    async def start(self) -> None:
        """Start it and wait until it asks for updates. Raises ChaosFailedError."""
        self._bear()
        await self._news(_START_WITHIN_S)
        try:
            async with asyncio.timeout(_START_WITHIN_S):
                await self._witness.asked()
        except TimeoutError:
            raise self.failed("it did not begin to ask for updates") from None

    async def watch(self) -> None:
        """Hear what the nursery says. What ended by itself is started again, as a service manager does."""
        assert self._nursery.stdout is not None
        while line := await self._nursery.stdout.readline():
            news = orjson.loads(line)
            alone = not self._struck
            if "born" in news:
                self._pid, self._struck = news["born"], False
            elif alone:
                self.alone += 1
                self._witness.bury()
                self._bear()
            if not alone:
                await self._told.put(news)
        await self._told.put(None)

    async def strike(self, point: Point) -> None:
        """Kill it the next time this point is met; at any moment if it is not met in time."""
        if point is Point.ANY:
            await asyncio.sleep(self._dice.uniform(0, 0.3))
            self._kill()
        self._witness.aim(point, self._kill)
        try:
            await self._news(_AIM_FOR_S)
        except TimeoutError:
            self._witness.aim(None, self._kill)
            point = Point.ANY
            self._kill()
            await self._news(_AIM_FOR_S)
        self.points[point.value] += 1
        self._witness.bury()

    async def stop(self) -> None:
        """Ask it to stop, as an operator does, and note how long that took and whether it ended well."""
        begin = time.perf_counter()
        self._struck = True
        os.kill(self._pid, signal.SIGTERM)
        try:
            code = (await self._news(_STOP_AT_MOST_S))["code"]
        except TimeoutError:
            self._kill()
            code = (await self._news(_STOP_AT_MOST_S))["code"]
        self.stops.append(time.perf_counter() - begin)
        if code:
            self.unclean.append(code)
        self._witness.bury()

    def log(self) -> str:
        """All that it logged."""
        log = self._folder / LOG
        return log.read_text(errors="replace") if log.exists() else ""

    def failed(self, what: str) -> ChaosFailedError:
        return ChaosFailedError(f"{what}\n{self.log()[-3000:]}")

    def _bear(self) -> None:
        assert self._nursery.stdin is not None
        self._nursery.stdin.write(b"start\n")

    def _kill(self) -> None:
        self._struck = True
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)

    async def _news(self, seconds: float) -> dict[str, Any]:
        """What the nursery says next. Raises TimeoutError, or ChaosFailedError if it is gone."""
        async with asyncio.timeout(seconds):
            news = await self._told.get()
        if news is None:
            raise self.failed("the nursery ended; its last words are above")
        return news


@contextlib.asynccontextmanager
async def victim(
    folder: Path,
    witness: Onlooker,
    delivery: Delivery,
    seed: int,
    pace: float,
    more: Mapping[str, str] | None = None,
    code: Path = ROOT,
) -> AsyncGenerator[Victim]:
    """A product to be killed, with `more` settings, run from the checkout `code`; whatever still runs of it at the end
    is killed too."""
    places = {
        "{api}": f"http://127.0.0.1:{witness.port}",
        "{hook_port}": str(free_port()),
        "{folder}": str(folder),
    }
    settings = {name: filled(value, places) for name, value in product(delivery).env.items()}
    env = os.environ | {"PYTHONPATH": str(code)} | settings | {"MESSAGES_PER_SECOND": str(pace)} | dict(more or {})
    argv = [sys.executable, "-m", "bot.lab.chaos_nursery"]
    nursery = await asyncio.create_subprocess_exec(*argv, stdin=PIPE, stdout=PIPE, cwd=folder, env=env)
    bot = Victim(nursery, witness, folder, seed)
    watch = asyncio.create_task(bot.watch())  # noqa: TID251 - a group would wrap what fails here
    try:
        yield bot
    finally:
        watch.cancel()
        assert nursery.stdin is not None
        nursery.stdin.close()
        await nursery.wait()
