"""Kills the product again and again while people report, and counts what was lost: the proof of the promises."""

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any, Protocol

import click

from bot.lab.chaos_bot import ChaosFailedError, Victim, victim
from bot.lab.chaos_faults import Fault, Memory
from bot.lab.chaos_points import Delivery, Point, Witness
from bot.lab.chaos_reckoning import reckon
from bot.lab.homes import Kind, homes
from bot.lab.judging import judge
from bot.lab.product import TOKEN
from bot.lab.script import Outcome, Plan, Step

TELEGRAMS_PACE = 30.0
MOST_A_KILL = 10
KILLS_FOR_AN_AVERAGE = 50
STOP_WITHIN_S = 25.0
# Nothing in it makes the bot say the same twice, so whatever is shown twice alike is one letter delivered twice.
SCRIPT = (
    Step(text="/start"),
    Step(text="社区门口的广场地面很脏，好几天没人打扫（{n}）"),
    Step(press="路面脏"),
    Step(location=(32.1995, 119.6085), sends=2),
    Step(photo=True),
    Step(voice=True),
    Step(text="下过雨更脏，走路打滑"),
    Step(press="提交", sends=2),
)
PATIENCE_S = 180.0
_SETTLE_WITHIN_S = 120.0
_OPEN = (
    "select (select count(*) from inbox where state = 'new') + (select count(*) from outbox where state in"
    " ('due', 'sending')) + (select count(*) from media where state = 'waiting')"
)
_DEAD = "select (select count(*) from inbox where state = 'dead') + (select count(*) from outbox where state = 'dead')"


@dataclass(frozen=True, kw_only=True)
class Result:
    """`reports` were finished by their people, `cases` are in the database. `stops` are polite ones (SIGTERM).

    `ended_alone`: it gave up because the database was away, and was started again.
    `most_duplicates` is how many one death cost at most; `points` says how often the bot was struck down where.
    """

    delivery: Delivery
    database: Kind
    seed: int
    reports: int
    cases: int
    kills: int
    stops: int
    lost: int
    doubled: int
    duplicates: int
    most_duplicates: int
    lost_pushes: int
    dead_letters: int
    stuck: Sequence[str]
    slowest_stop_s: float
    unclean_stops: Sequence[int]
    words_in_log: int
    whole: bool
    points: Mapping[str, int]
    faults: Mapping[str, int]
    ended_alone: int
    seconds: float

    @property
    def broken(self) -> list[str]:
        """The promises that were not kept."""
        promises = {
            "a report was lost": self.lost or self.cases < self.reports,
            "a report became two cases": self.doubled,
            "a push was lost": self.lost_pushes,
            "a letter died": self.dead_letters,
            "somebody got no answer": self.stuck,
            "more than one duplicate a kill": self.duplicates - self.ended_alone > self.kills >= KILLS_FOR_AN_AVERAGE,
            f"more than {MOST_A_KILL} duplicates of one kill": self.most_duplicates > MOST_A_KILL,
            f"a stop took longer than {STOP_WITHIN_S:g} s": self.slowest_stop_s > STOP_WITHIN_S,
            "a stop was not clean": self.unclean_stops,
            "somebody's words or the token are in the log": self.words_in_log,
            "the database is damaged": not self.whole,
        }
        return [promise for promise, broken in promises.items() if broken]


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What is done to the product while people report. `pace`: messages a second that may leave; `lasts`: seconds that
    a fault takes which takes any."""

    kills: int
    delivery: Delivery = "polling"
    database: Kind = "sqlite"
    seed: int = 0
    people: int = 20
    stops: int = 0
    faults: int = 0
    lasts: float = 1.0
    pace: float = TELEGRAMS_PACE
    replicas: int = 1


Blow = Point | Fault | None


class Struck(Protocol):
    """What was struck and how it took that: one program, or several together."""

    points: Counter[str]
    stops: list[float]
    unclean: list[int]

    @property
    def alone(self) -> int:
        """How often it ended untold."""
        ...

    def log(self) -> str:
        """All that was logged."""
        ...

    def failed(self, what: str) -> ChaosFailedError:
        """An error with the end of the log."""
        ...


async def chaos(reports: int, trial: Trial) -> Result:
    """Let people make `reports`, so many at a time, while all that happens. The limits of single chats are lifted.

    Raises ChaosFailedError.
    """
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="yashu-chaos-") as name, homes(trial.database, Path(name)) as place:
        address = place.home("chaos")
        memory, more = Memory(place, address, Path(name)), {} if address is None else {"DATABASE_URL": address}
        async with (
            Witness(trial.seed) as witness,
            victim(Path(name), witness, trial.delivery, trial.seed, trial.pace, more) as bot,
        ):
            await bot.start()
            async with asyncio.TaskGroup() as both:
                crowd = both.create_task(witness.run(plan_of(reports, trial)))
                met = both.create_task(_trouble(bot, witness, memory, trial, reports * len(SCRIPT)))
            await settle(bot, memory)
            await bot.stop()
            return await result_of(bot, witness, memory, crowd.result(), met.result(), trial, begin)


def plan_of(reports: int, trial: Trial) -> Plan:
    """What the people do."""
    return Plan(script=SCRIPT, reports=reports, people=trial.people, fresh=True, patience=PATIENCE_S, seconds=3600)


def blows_of(trial: Trial, faults: Sequence[Fault]) -> list[Blow]:
    """Every point and fault in turn and the stops (None), in any order."""
    blows: list[Blow] = [
        *islice(cycle(Point), trial.kills),
        *islice(cycle(faults), trial.faults),
        *[None] * trial.stops,
    ]
    Random(trial.seed).shuffle(blows)
    return blows


async def _trouble(bot: Victim, witness: Witness, memory: Memory, trial: Trial, updates: int) -> Counter[str]:
    """One blow after another, spread over the updates that people are going to cause. The faults, counted."""
    met: Counter[str] = Counter()
    blows = blows_of(trial, memory.faults)
    for done, blow in enumerate(blows):
        while witness.spoken < updates * (done + 0.5) / len(blows):  # noqa: ASYNC110 - counting is no event
            await asyncio.sleep(0.005)
        if isinstance(blow, Fault):
            await memory.strike(blow, bot, trial.lasts)
            met[blow.value] += 1
            continue
        await (bot.stop() if blow is None else bot.strike(blow))
        await bot.start()
    return met


async def settle(bot: Struck, memory: Memory) -> None:
    """Wait until nothing is left to be worked on, sent or fetched. Raises ChaosFailedError."""
    end = time.perf_counter() + _SETTLE_WITHIN_S
    while left := await memory.number(_OPEN):
        if time.perf_counter() > end:
            raise bot.failed(f"{left} rows were still open after {_SETTLE_WITHIN_S:g} s")
        await asyncio.sleep(0.1)


async def result_of(
    bot: Struck, witness: Witness, memory: Memory, crowd: Outcome, met: Counter[str], trial: Trial, begin: float
) -> Result:
    """What is to be said of a run that has settled and ended."""
    reckoning = reckon(await memory.rows("select number, text from cases"), witness.heard)
    log = bot.log()
    return Result(
        delivery=trial.delivery,
        database=trial.database,
        seed=trial.seed,
        reports=crowd.reports,
        cases=reckoning.cases,
        kills=bot.points.total(),
        stops=len(bot.stops),
        lost=reckoning.lost,
        doubled=reckoning.doubled,
        duplicates=reckoning.duplicates,
        most_duplicates=max(reckoning.by_life.values(), default=0),
        lost_pushes=reckoning.lost_pushes,
        dead_letters=await memory.number(_DEAD),
        stuck=crowd.stuck,
        slowest_stop_s=round(max(bot.stops), 2),
        unclean_stops=bot.unclean,
        words_in_log=sum(word in log for word in (TOKEN, "广场", "居民")),
        whole=await memory.whole(),
        points=dict(bot.points),
        faults=dict(met),
        ended_alone=bot.alone,
        seconds=round(time.perf_counter() - begin, 1),
    )


@click.command("chaos")
@click.option("--reports", default=2000, show_default=True)
@click.option("--kills", default=200, show_default=True)
@click.option("--stops", default=20, show_default=True, help="polite stops (SIGTERM) besides the kills")
@click.option("--people", default=20, show_default=True, help="how many report at the same time")
@click.option("--pace", default=TELEGRAMS_PACE, show_default=True, help="messages a second, all chats together")
@click.option("--delivery", type=click.Choice(["polling", "webhook"]), default="polling", show_default=True)
@click.option("--database", type=click.Choice(["sqlite", "postgresql"]), default="sqlite", show_default=True)
@click.option("--faults", default=0, show_default=True, help="times that the database or the program falters")
@click.option("--lasts", default=1.0, show_default=True, help="seconds of a fault that takes time")
@click.option("--replicas", default=1, show_default=True, help="programs on one PostgreSQL")
@click.option("--seed", default=0, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="one JSON object instead of a table")
def command(*, reports: int, as_json: bool, **trial: Any) -> None:
    """Kill the product while people report, and count what was lost. Ends with 1 if a promise was broken."""
    from bot.lab.chaos_herd import herd

    given = Trial(**trial)
    if given.replicas > 1 and given.database != "postgresql":
        raise click.UsageError("several replicas need --database postgresql")
    judge((herd if given.replicas > 1 else chaos)(reports, given), as_json=as_json)


if __name__ == "__main__":
    command()
