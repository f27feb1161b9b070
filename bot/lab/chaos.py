"""Kills the product again and again while people report, and counts what was lost: the proof of the promises."""

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any, Protocol

import click

from bot.lab.chaos_bot import ChaosFailedError, Victim, victim
from bot.lab.chaos_disk import small_disk
from bot.lab.chaos_faults import Fault, Memory
from bot.lab.chaos_nursery import PATIENCE
from bot.lab.chaos_points import Delivery, Point
from bot.lab.chaos_poison import WORDS, Fates, fates, poison
from bot.lab.chaos_reckoning import reckon
from bot.lab.chaos_storms import Storm, Stormy, patience_of, storms_of
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
_DEAD = "select count(*) from outbox where state = 'dead'"
_FATES = "select update_id, state, trouble from inbox"
_NO_DISK = "the disk is full: a file system in memory can be mounted by root only"


@dataclass(frozen=True, kw_only=True)
class Result:
    """`reports` were finished by their people, `cases` are in the database. `stops` are polite ones (SIGTERM).

    `ended_alone`: it gave up because the database was away, and was started again.
    `most_duplicates` is how many one death cost at most; `points` says how often the bot was struck down where.
    `lost_answers`: what was shown without the bot being told; `said_again`: how much of that came once more, which
    does not count as a duplicate. `too_early`: calls before the wait that Telegram asked for was over. `struck`: calls
    and updates that storms met; `skipped`: faults that cannot be had here.
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
    struck: Mapping[str, int]
    skipped: Sequence[str]
    fates: Fates
    lost_answers: int
    said_again: int
    too_early: int
    ended_alone: int
    seconds: float

    @property
    def broken(self) -> list[str]:
        """The promises that were not kept."""
        promises = {
            "a report was lost": self.lost or self.cases < self.reports,
            "a report became two cases": self.doubled,
            "a push was lost": self.lost_pushes,
            "a letter died": self.dead_letters or self.fates.dead,
            "an update has no fate": self.fates.none,
            "a call came before the wait was over": self.too_early,
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
    a fault takes which takes any; `poison`: updates that are none, among those of people; `beside`: a checkout of the
    version before, from which half of the replicas come."""

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
    poison: int = 0
    beside: Path | None = None


Blow = Point | Fault | Storm | int | None
"""A number is that of a poisoned update, None a polite stop."""


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
    on_small_disk = trial.faults > 0 and trial.database == "sqlite"
    with (
        tempfile.TemporaryDirectory(prefix="yashu-chaos-") as name,
        homes(trial.database, Path(name)) as place,
        small_disk(Path(name, "data"), wanted=on_small_disk) as disk,
    ):
        address, patience = place.home("chaos"), patience_of(trial.lasts)
        memory = Memory(place, address, Path(name), disk)
        more = ({} if address is None else {"DATABASE_URL": address}) | {PATIENCE: str(patience)}
        async with (
            Stormy(trial.seed, patience) as witness,
            victim(Path(name), witness, trial.delivery, trial.seed, trial.pace, more) as bot,
        ):
            await bot.start()
            async with asyncio.TaskGroup() as both:
                crowd = both.create_task(witness.run(plan_of(reports, trial)))
                met = both.create_task(_trouble(bot, witness, memory, trial, reports * len(SCRIPT)))
            await settle(bot, witness, memory)
            await bot.stop()
            skipped = [_NO_DISK] if on_small_disk and disk is None else []
            found = await result_of(bot, witness, memory, crowd.result(), met.result(), trial, begin)
            return replace(found, skipped=skipped)


def plan_of(reports: int, trial: Trial) -> Plan:
    """What the people do."""
    return Plan(script=SCRIPT, reports=reports, people=trial.people, fresh=True, patience=PATIENCE_S, seconds=3600)


def blows_of(trial: Trial, faults: Sequence[Fault]) -> list[Blow]:
    """Every point, fault and storm in turn, poison and the stops (None), in any order."""
    blows: list[Blow] = [
        *islice(cycle(Point), trial.kills),
        *islice(cycle((*faults, *storms_of(trial.delivery))), trial.faults),
        *range(trial.poison),
        *[None] * trial.stops,
    ]
    Random(trial.seed).shuffle(blows)
    return blows


async def _trouble(bot: Victim, witness: Stormy, memory: Memory, trial: Trial, updates: int) -> Counter[str]:
    """One blow after another, spread over the updates that people are going to cause. The faults, counted."""
    met: Counter[str] = Counter()
    blows = blows_of(trial, memory.faults)
    for done, blow in enumerate(blows):
        while witness.spoken < updates * (done + 0.5) / len(blows):  # noqa: ASYNC110 - counting is no event
            await asyncio.sleep(0.005)
        match blow:
            case int() | Storm():
                weather(witness, blow, trial, met)
            case Fault():
                await memory.strike(blow, bot, trial.lasts)
                met[blow.value] += 1
            case _:
                await (bot.stop() if blow is None else bot.strike(blow))
                await bot.start()
    return met


def weather(witness: Stormy, blow: Storm | int, trial: Trial, met: Counter[str]) -> None:
    """What comes from Telegram's side."""
    if isinstance(blow, int):
        witness.brings(poison(blow))
    else:
        witness.breaks_out(blow, trial.lasts)
        met[blow.value] += 1


async def settle(bot: Struck, witness: Stormy, memory: Memory) -> None:
    """Wait until nothing is left to be brought, worked on, sent or fetched. Raises ChaosFailedError."""
    end = time.perf_counter() + _SETTLE_WITHIN_S
    while left := await memory.number(_OPEN) or (await _fates(witness, memory)).none:
        if time.perf_counter() > end:
            raise bot.failed(f"{left} rows were still open after {_SETTLE_WITHIN_S:g} s")
        await asyncio.sleep(0.1)


async def _fates(witness: Stormy, memory: Memory) -> Fates:
    return fates(witness.sent, witness.poisoned, await memory.rows(_FATES))


async def result_of(
    bot: Struck, witness: Stormy, memory: Memory, crowd: Outcome, met: Counter[str], trial: Trial, begin: float
) -> Result:
    """What is to be said of a run that has settled and ended."""
    reckoning = reckon(await memory.rows("select number, text from cases"), witness.heard, witness.lost)
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
        words_in_log=sum(word in log for word in (TOKEN, "广场", "居民", WORDS)),
        whole=await memory.whole(),
        points=dict(bot.points),
        faults=dict(met),
        struck=dict(witness.struck),
        skipped=(),
        fates=await _fates(witness, memory),
        lost_answers=witness.lost.total(),
        said_again=reckoning.said_again,
        too_early=witness.too_early,
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
@click.option("--faults", default=0, show_default=True, help="times that something falters")
@click.option("--lasts", default=1.0, show_default=True, help="seconds of a fault that takes time")
@click.option("--replicas", default=1, show_default=True, help="programs on one PostgreSQL")
@click.option(
    "--beside",
    type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path),
    help="a checkout of the version before: half of the replicas run from there, at first alone, then beside ours",
)
@click.option("--poison", default=0, show_default=True, help="malformed updates among those of people")
@click.option("--seed", default=0, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="one JSON object instead of a table")
def command(*, reports: int, as_json: bool, **trial: Any) -> None:
    """Kill the product while people report, and count what was lost. Ends with 1 if a promise was broken."""
    from bot.lab.chaos_herd import herd

    given = Trial(**trial)
    if given.replicas > 1 and given.database != "postgresql":
        raise click.UsageError("several replicas need --database postgresql")
    if given.beside and given.replicas == 1:
        raise click.UsageError("--beside needs several replicas")
    judge((herd if given.replicas > 1 else chaos)(reports, given), as_json=as_json)


if __name__ == "__main__":
    command()
