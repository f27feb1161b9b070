"""Runs bots against the stub, one after another and by turns, and finds what a report costs each of them."""

import argparse
import asyncio
import contextlib
import os
import socket
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import orjson

from bot.lab.conversation import SCRIPT
from bot.lab.footprint import cpu_seconds, peak_mb, resident_mb
from bot.lab.script import Outcome, Plan, Step
from bot.lab.verdict import Lap, Part, Verdict, as_json, as_table, weigh

_ROOT = Path(__file__).parents[2]
_LOG = "bot.log"
_PATIENCE_WITH_A_STOP = 30.0
# What a part may take beyond its own end: settling, and the last answer on its way.
_GRACE = 15.0


class BenchFailedError(Exception):
    """A bot did not start, ended early or left people without an answer: there is nothing fair to compare."""


@dataclass(frozen=True, kw_only=True)
class Contender:
    """A bot to be measured: how it is started, and what people say to it.

    In `argv` and `env` {api} becomes the address of the stub, {hook_port} a free port for the webhook, {folder} an
    empty folder, new at every start, which is the working directory too. The stub posts to `hook_path` on that port,
    whatever public address the bot announces. `keeps` says what a power cut leaves; `durable` is true if that is every
    update that was acknowledged.
    """

    name: str
    argv: Sequence[str]
    script: Sequence[Step]
    env: Mapping[str, str] = field(default_factory=dict[str, str])
    delivery: Literal["webhook", "polling"] = "webhook"
    hook_path: str = "/hook"
    durable: bool = False
    keeps: str = ""


@dataclass(frozen=True, kw_only=True)
class Load:
    """How much is asked of every contender; times in seconds.

    First `warm_up` reports that do not count, then `reports` by `people` at once, then, if `rate` is not 0, `rate`
    reports a second for `rate_seconds`. `fresh` and `settle` are those of a plan. No part takes longer than
    `part_seconds`, or it fails.
    """

    laps: int = 3
    people: int = 100
    warm_up: int = 200
    reports: int = 1000
    rate: float = 20.0
    rate_seconds: float = 10.0
    fresh: bool = False
    settle: float = 0.5
    start_seconds: float = 120.0
    part_seconds: float = 120.0


def bare_aiogram(delivery: Literal["webhook", "polling"] = "webhook") -> Contender:
    """The yardstick."""
    return Contender(
        name=f"bare aiogram, {delivery}",
        argv=[sys.executable, "-m", "bot.lab.bare", "--delivery", delivery, "--api", "{api}", "--port", "{hook_port}"],
        script=SCRIPT,
        delivery=delivery,
        keeps="nothing: memory only",
    )


async def compare(product: Contender, bare: Contender, load: Load, peers: Sequence[Contender] = ()) -> Verdict:
    """Run all by turns, `load.laps` times each; who begins changes from round to round.

    Raises BenchFailedError as soon as one lap cannot be counted.
    """
    everybody = (product, bare, *peers)
    rounds: list[Sequence[Lap]] = []
    for first in range(load.laps):
        turns = [(first + turn) % len(everybody) for turn in range(len(everybody))]
        laps = {turn: await run_lap(everybody[turn], load) for turn in turns}
        rounds.append([laps[turn] for turn in sorted(laps)])
    return weigh(rounds)


async def run_lap(contender: Contender, load: Load) -> Lap:
    """Start the stub and the bot, warm up, measure, and end both. Raises BenchFailedError."""
    async with tracked(contender, load) as track:
        start_s = await track.ready(load)
        started_mb = resident_mb(track.bot.pid)
        await track.run(load, load.warm_up)
        crowd = await track.run(load, load.reports)
        steady_reports = int(load.rate * load.rate_seconds)
        steady = await track.run(load, steady_reports, load.rate) if steady_reports else None
        memory = peak_mb(track.bot.pid)
    return Lap(
        name=contender.name,
        durable=contender.durable,
        keeps=contender.keeps,
        start_s=start_s,
        started_mb=started_mb,
        peak_mb=memory,
        crowd=crowd,
        steady=steady,
    )


@dataclass(frozen=True, kw_only=True)
class Track:
    """A stub and a bot that run and know each other."""

    contender: Contender
    stub: Process
    bot: Process
    log: Path

    async def ready(self, load: Load) -> float:
        """Wait until the bot asks for updates; return how long that took from its start, in seconds."""
        begin = time.perf_counter()
        way = (await self._news_while_it_lives(load.start_seconds))["ready"]
        if way != self.contender.delivery:
            raise self.failed(f"it was to use {self.contender.delivery}, but asked for {way}")
        return time.perf_counter() - begin

    async def run(self, load: Load, reports: int, rate: float = 0.0) -> Part:
        """Let the crowd make so many reports, and book what that cost the bot."""
        assert self.stub.stdin is not None
        plan = _plan(self.contender, load, reports, rate)
        before, begin = cpu_seconds(self.bot.pid), time.perf_counter()
        self.stub.stdin.write(orjson.dumps(plan) + b"\n")
        outcome = Outcome(**await self._news_while_it_lives(plan.seconds + _GRACE))
        if outcome.stuck:
            raise self.failed("it left people without an answer: " + "; ".join(outcome.stuck))
        cpu, seconds = cpu_seconds(self.bot.pid) - before, time.perf_counter() - begin
        return Part(
            cpu_ms_a_report=cpu / outcome.reports * 1000,
            reports_per_s=outcome.reports / outcome.seconds,
            updates_per_s=outcome.updates / outcome.seconds,
            p50_ms=outcome.p50_ms,
            p99_ms=outcome.p99_ms,
            worst_ms=outcome.worst_ms,
            calls_a_report=sum(outcome.calls.values()) / outcome.reports,
            pushes_a_report=outcome.pushes / outcome.reports,
            bot_busy=cpu / seconds,
            stub_busy=outcome.stub_busy,
        )

    async def _news_while_it_lives(self, seconds: float) -> dict[str, Any]:
        """Wait for the stub's next line. Raises BenchFailedError if the bot ends meanwhile, or after `seconds`."""
        news = asyncio.create_task(_news(self.stub))  # noqa: TID251 - the lab is no part of the app
        gone = asyncio.create_task(self.bot.wait())  # noqa: TID251 - the lab is no part of the app
        try:
            await asyncio.wait((news, gone), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if not news.done():
                raise self.failed("it ended" if gone.done() else f"no news of it for {seconds:g} s")
            return news.result()
        finally:
            news.cancel()
            gone.cancel()

    def failed(self, what: str) -> BenchFailedError:
        said = self.log.read_text(errors="replace")[-3000:]
        return BenchFailedError(f"{self.contender.name}: {what}\n{said}")


@contextlib.asynccontextmanager
async def tracked(contender: Contender, load: Load, parts: int = 3) -> AsyncGenerator[Track]:
    """Start the stub and the bot, for so many parts of the load at most, and end both."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        log = Path(folder) / _LOG
        async with contextlib.AsyncExitStack() as both:
            stub = await both.enter_async_context(_stub(contender, load, port, parts))
            api = f"http://127.0.0.1:{(await _news(stub))['listening']}"
            places = {"{api}": api, "{hook_port}": str(port), "{folder}": folder}
            bot = await both.enter_async_context(_bot(contender, places, log))
            yield Track(contender=contender, stub=stub, bot=bot, log=log)


@contextlib.asynccontextmanager
async def _stub(contender: Contender, load: Load, port: int, parts: int) -> AsyncGenerator[Process]:
    to = f"http://127.0.0.1:{port}{contender.hook_path}"
    longest = load.start_seconds + parts * (load.part_seconds + _GRACE)
    argv = [sys.executable, "-m", "bot.lab.stub", "--webhook-to", to, "--seconds", str(longest)]
    stub = await asyncio.create_subprocess_exec(*argv, stdin=PIPE, stdout=PIPE, cwd=_ROOT)
    async with _ending(stub):
        yield stub


@contextlib.asynccontextmanager
async def _bot(contender: Contender, places: Mapping[str, str], log: Path) -> AsyncGenerator[Process]:
    env = os.environ | {"PYTHONPATH": str(_ROOT)}
    env |= {name: filled(value, places) for name, value in contender.env.items()}
    argv = [filled(word, places) for word in contender.argv]
    with log.open("wb") as said:
        bot = await asyncio.create_subprocess_exec(*argv, cwd=log.parent, env=env, stdout=said, stderr=said)
    async with _ending(bot):
        yield bot


@contextlib.asynccontextmanager
async def _ending(process: Process) -> AsyncGenerator[None]:
    """At the end ask the process to stop, as an operator does; kill it if it does not."""
    try:
        yield
    finally:
        try:
            async with asyncio.timeout(_PATIENCE_WITH_A_STOP):
                if process.returncode is None:
                    process.terminate()
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()


def _plan(contender: Contender, load: Load, reports: int, rate: float) -> Plan:
    return Plan(
        script=contender.script,
        reports=reports,
        people=load.people,
        rate=rate,
        fresh=load.fresh,
        seconds=load.part_seconds,
        settle=load.settle,
        strict=True,
    )


async def _news(stub: Process) -> dict[str, Any]:
    assert stub.stdout is not None
    if not (line := await stub.stdout.readline()):
        raise BenchFailedError("the stub ended; its last words are above")
    return orjson.loads(line)


def filled(word: str, places: Mapping[str, str]) -> str:
    for place, value in places.items():
        word = word.replace(place, value)
    return word


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main() -> None:
    """Measure the yardstick against itself: how far the ratio is from 1 is the noise of this machine."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("--delivery", choices=("webhook", "polling"), default="webhook")
    arguments.add_argument("--laps", type=int, default=Load.laps)
    arguments.add_argument("--people", type=int, default=Load.people)
    arguments.add_argument("--reports", type=int, default=Load.reports)
    arguments.add_argument("--rate", type=float, default=Load.rate, help="reports a second of the steady part")
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    load = Load(laps=given.laps, people=given.people, reports=given.reports, rate=given.rate)
    verdict = asyncio.run(compare(bare_aiogram(given.delivery), bare_aiogram(given.delivery), load))
    print(as_json(verdict) if given.json else as_table(verdict))


if __name__ == "__main__":
    main()
