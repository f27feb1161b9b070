"""One broadcast by the whole product, as Telegram sees it: how long it takes, who is missed or written to twice."""

import asyncio
import contextlib
import math
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from random import Random

from bot.cases.broadcast import needs_second
from bot.lab.broadcast_stub import Counting
from bot.lab.chaos import KILLS_FOR_AN_AVERAGE, MOST_A_KILL
from bot.lab.chaos_bot import Victim, victim
from bot.lab.chaos_nursery import AHEAD, CROWD
from bot.lab.chaos_points import Point
from bot.lab.footprint import cpu_seconds, own_mb
from bot.texts.language import ZONE

MOST_OVER = 0.02
MOST_ANSWER_MS = 500.0
LONG_S = 60.0
"""A shorter run is judged without the time: starting takes a share of it."""

_TELEGRAMS = {"MESSAGES_PER_GROUP_MINUTE": "20", "MESSAGES_PER_CHAT_SECOND": "1", "ADMIN_IDS": "9001"}
_POINTS = (Point.ARRIVED, Point.ANSWERED, Point.CLAIMED)
_TALK = 0.005
"""Steps of residents for each message that may leave: little, since their answers take their share of the limit."""

_THINK_LEAST_S = 2.0
_SILENCE_S = 20.0
_LOOK_S = 0.5
_WARM = 0.1
_WORTH_WARMING_S = 5.0
_MEMORY_MAY_GROW_MB = 8.0


@dataclass(frozen=True, kw_only=True)
class Result:
    """`ideal_s` is recipients / rate; `actual_s` runs from the last button an admin pressed to the last copy.

    `others` are messages that left meanwhile and took their share of the limit. `growth_mb` is memory at the end less
    that after a tenth of the copies, without the processes that look at photos. `booked` are those of whom the product
    knows that they got it.
    """

    recipients: int
    rate: float
    kills: int
    seed: int
    ideal_s: float
    actual_s: float
    own_429: int
    missed: int
    duplicates: int
    most_duplicates: int
    p50_answer_ms: float
    p99_answer_ms: float
    answers: int
    others: int
    most_in_a_second: int
    booked: int
    cpu_s: float
    stub_cpu_s: float
    memory_mb: float
    growth_mb: float

    @property
    def over(self) -> float:
        """How much longer than ideal, as a share."""
        return self.actual_s / self.ideal_s - 1

    @property
    def broken(self) -> list[str]:
        """The promises that were not kept."""
        promises = {
            "somebody was missed": self.missed,
            "somebody got it and it is not booked": self.booked < self.recipients - self.missed,
            f"more than {MOST_OVER:.0%} over the ideal time": not self.kills
            and self.ideal_s >= LONG_S
            and self.over > MOST_OVER,
            "Telegram had to refuse": self.own_429,
            f"answers slower than {MOST_ANSWER_MS:g} ms": self.p99_answer_ms >= MOST_ANSWER_MS,
            "more than one duplicate a kill": self.duplicates > self.kills >= KILLS_FOR_AN_AVERAGE,
            f"more than {MOST_A_KILL} duplicates of one kill": self.most_duplicates > MOST_A_KILL,
            "duplicates without a kill": self.duplicates and not self.kills,
            "memory grew": not self.kills and self.ideal_s >= _WORTH_WARMING_S and self.growth_mb > _MEMORY_MAY_GROW_MB,
        }
        return [promise for promise, broken in promises.items() if broken]


async def measure(recipients: int, rate: float, kills: int = 0, seed: int = 0) -> Result:
    """Send one broadcast, and strike the product down `kills` times on the way. Raises ChaosFailedError."""
    with tempfile.TemporaryDirectory(prefix="yashu-broadcast-") as name:
        more = _TELEGRAMS | {AHEAD: str(_until_noon()), CROWD: str(recipients)}
        async with (
            Counting(seed, rate) as stub,
            victim(Path(name), stub, "polling", seed, rate, more) as bot,
        ):
            await bot.start()
            if recipients / rate >= _WORTH_WARMING_S:
                await stub.warms_up()
            run = _Run(stub, bot, Path(name) / "data" / "yashu.db", recipients)
            busy = time.process_time()
            pressed = await stub.asks(recipients, second=needs_second(recipients))
            await run.watch(rate, [*islice(cycle(_POINTS), kills)], Random(seed))
            busy = time.process_time() - busy
            await bot.stop()
            return run.result(rate, seed, kills, stub.last_copy - pressed, busy)


def _until_noon() -> float:
    now = datetime.now(UTC).astimezone(ZONE)  # noqa: TID251 - the lab looks at the real clock, to leave the night
    noon = now.replace(hour=12, minute=0, second=0, microsecond=0)
    return ((noon - now) % timedelta(days=1)).total_seconds()


class _Run:
    """The time between the last button and the last copy."""

    def __init__(self, stub: Counting, bot: Victim, database: Path, recipients: int) -> None:
        self._stub = stub
        self._bot = bot
        self._database = database
        self._recipients = recipients
        self._cpu: dict[int, float] = {}
        self._memory: dict[int, list[float]] = {}
        self._before = cpu_seconds(bot.pid)

    async def watch(self, rate: float, blows: Sequence[Point], dice: Random) -> None:
        """Until everybody has it and the product has booked it, or nothing comes any more."""
        seats, think = _seats(rate)
        async with asyncio.TaskGroup() as all_of_it:
            residents = [all_of_it.create_task(self._stub.reports(seat, think)) for seat in range(seats)]
            trouble = all_of_it.create_task(self._strike(blows, dice))
            await self._until_done(trouble)
            self._stub.sending = False
            for task in (*residents, trouble):
                task.cancel()

    async def _strike(self, blows: Sequence[Point], dice: Random) -> None:
        """Spread over the copies, not quite evenly."""
        for done, point in enumerate(blows):
            share = (done + dice.uniform(0.3, 0.7)) / len(blows)
            while len(self._stub.copies) < self._recipients * share:  # noqa: ASYNC110 - counting is no event
                await asyncio.sleep(0.005)
            await self._bot.strike(point)
            await self._bot.start()

    async def _until_done(self, trouble: "asyncio.Task[None]") -> None:
        end = time.perf_counter() + _SILENCE_S
        while time.perf_counter() < end:
            if len(self._stub.copies) == self._recipients and trouble.done() and self.booked() == self._recipients:
                return
            await asyncio.sleep(_LOOK_S)
            self._sample()
            end = max(end, self._stub.last_copy + _SILENCE_S)

    def _sample(self) -> None:
        with contextlib.suppress(KeyError, FileNotFoundError, ProcessLookupError):
            pid = self._bot.pid
            self._cpu[pid] = cpu_seconds(pid)
            if len(self._stub.copies) >= self._recipients * _WARM:
                self._memory.setdefault(pid, []).append(own_mb(pid))

    def booked(self) -> int:
        """Of how many the product knows that they got it."""
        with contextlib.closing(sqlite3.connect(f"file:{self._database}?mode=ro", uri=True)) as memory:
            return memory.execute("select count(*) from recipients where state = 'sent'").fetchone()[0]

    def result(self, rate: float, seed: int, kills: int, seconds: float, stub_busy: float) -> Result:
        """All of it in figures."""
        stub, waits = self._stub, sorted(self._stub.waits) or [0.0]
        lives = [life for life in self._memory.values() if life] or [[0.0]]
        return Result(
            recipients=self._recipients,
            rate=rate,
            kills=kills,
            seed=seed,
            ideal_s=round(self._recipients / rate, 2),
            actual_s=round(seconds, 2),
            own_429=stub.refused,
            missed=self._recipients - len(stub.copies),
            duplicates=stub.again.total(),
            most_duplicates=max(stub.again.values(), default=0),
            p50_answer_ms=round(waits[len(waits) // 2] * 1000, 1),
            p99_answer_ms=round(waits[len(waits) * 99 // 100] * 1000, 1),
            answers=len(stub.waits),
            others=stub.others,
            most_in_a_second=stub.most_in_a_second,
            booked=self.booked(),
            cpu_s=round(sum(self._cpu.values()) - self._before, 2),
            stub_cpu_s=round(stub_busy, 2),
            memory_mb=round(max(map(max, lives)), 1),
            growth_mb=round(max(life[-1] - life[0] for life in lives), 1),
        )


def _seats(rate: float) -> tuple[int, float]:
    """How many residents report, and how long each rests between two steps."""
    steps = rate * _TALK
    seats = max(1, math.ceil(steps * _THINK_LEAST_S))
    return seats, seats / steps
