"""Kills the product again and again while people report, and counts what was lost: the proof of the promises."""

import asyncio
import contextlib
import sqlite3
import tempfile
import time
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from random import Random

import click

from bot.lab.chaos_bot import Victim, victim
from bot.lab.chaos_points import Delivery, Point, Witness
from bot.lab.chaos_reckoning import reckon
from bot.lab.judging import judge
from bot.lab.product import TOKEN
from bot.lab.script import Outcome, Plan, Step

TELEGRAMS_PACE = 30.0
MOST_A_KILL = 10
KILLS_FOR_AN_AVERAGE = 50
STOP_WITHIN_S = 25.0
# Nothing in it makes the bot say the same twice, so whatever is shown twice alike is one letter delivered twice.
_SCRIPT = (
    Step(text="/start"),
    Step(text="社区门口的广场地面很脏，好几天没人打扫（{n}）"),
    Step(press="路面脏"),
    Step(location=(32.1995, 119.6085), sends=2),
    Step(photo=True),
    Step(voice=True),
    Step(text="下过雨更脏，走路打滑"),
    Step(press="提交", sends=2),
)
_PATIENCE_S = 180.0
_SETTLE_WITHIN_S = 120.0
_OPEN = (
    "select (select count(*) from inbox where state = 'new') + (select count(*) from outbox where state in"
    " ('due', 'sending')) + (select count(*) from media where state = 'waiting')"
)
_DEAD = "select (select count(*) from inbox where state = 'dead') + (select count(*) from outbox where state = 'dead')"


@dataclass(frozen=True, kw_only=True)
class Result:
    """`reports` were finished by their people, `cases` are in the database. `stops` are polite ones (SIGTERM).

    `most_duplicates` is how many one death cost at most; `points` says how often the bot was struck down where.
    """

    delivery: Delivery
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
            "more than one duplicate a kill": self.duplicates > self.kills >= KILLS_FOR_AN_AVERAGE,
            f"more than {MOST_A_KILL} duplicates of one kill": self.most_duplicates > MOST_A_KILL,
            f"a stop took longer than {STOP_WITHIN_S:g} s": self.slowest_stop_s > STOP_WITHIN_S,
            "a stop was not clean": self.unclean_stops,
            "somebody's words or the token are in the log": self.words_in_log,
            "the database is damaged": not self.whole,
        }
        return [promise for promise, broken in promises.items() if broken]


async def chaos(
    reports: int,
    kills: int,
    delivery: Delivery = "polling",
    seed: int = 0,
    *,
    people: int = 20,
    stops: int = 0,
    pace: float = TELEGRAMS_PACE,
) -> Result:
    """Let `people` at a time make `reports`; kill the bot `kills` times and stop it politely `stops` times meanwhile.

    `pace` is how many messages a second may leave; the limits of single chats are lifted. Raises ChaosFailedError.
    """
    begin = time.perf_counter()
    plan = Plan(script=_SCRIPT, reports=reports, people=people, fresh=True, patience=_PATIENCE_S, seconds=3600)
    blows = _blows(kills, stops, Random(seed))
    with tempfile.TemporaryDirectory(prefix="yashu-chaos-") as name:
        async with Witness(seed) as witness, victim(Path(name), witness, delivery, seed, pace) as bot:
            await bot.start()
            async with asyncio.TaskGroup() as both:
                crowd = both.create_task(witness.run(plan))
                both.create_task(_trouble(bot, witness, blows, reports * len(_SCRIPT)))
            with _memory(Path(name)) as memory:
                await _settle(bot, memory)
                await bot.stop()
                return _result(bot, witness, memory, crowd.result(), (delivery, seed, time.perf_counter() - begin))


def _blows(kills: int, stops: int, dice: Random) -> list[Point | None]:
    """Every point in turn and the stops (None), in any order."""
    blows: list[Point | None] = [*islice(cycle(Point), kills), *[None] * stops]
    dice.shuffle(blows)
    return blows


async def _trouble(bot: Victim, witness: Witness, blows: Sequence[Point | None], updates: int) -> None:
    """One blow after another, spread over the updates that people are going to cause."""
    for done, blow in enumerate(blows):
        while witness.spoken < updates * (done + 0.5) / len(blows):  # noqa: ASYNC110 - counting is no event
            await asyncio.sleep(0.005)
        await (bot.stop() if blow is None else bot.strike(blow))
        await bot.start()


async def _settle(bot: Victim, memory: sqlite3.Connection) -> None:
    """Wait until nothing is left to be worked on, sent or fetched. Raises ChaosFailedError."""
    end = time.perf_counter() + _SETTLE_WITHIN_S
    while left := _number(memory, _OPEN):
        if time.perf_counter() > end:
            raise bot.failed(f"{left} rows were still open after {_SETTLE_WITHIN_S:g} s")
        await asyncio.sleep(0.1)


def _result(
    bot: Victim, witness: Witness, memory: sqlite3.Connection, crowd: Outcome, what: tuple[Delivery, int, float]
) -> Result:
    reckoning = reckon(memory.execute("select number, text from cases").fetchall(), witness.heard)
    log = bot.log()
    delivery, seed, seconds = what
    return Result(
        delivery=delivery,
        seed=seed,
        reports=crowd.reports,
        cases=reckoning.cases,
        kills=bot.points.total(),
        stops=len(bot.stops),
        lost=reckoning.lost,
        doubled=reckoning.doubled,
        duplicates=reckoning.duplicates,
        most_duplicates=max(reckoning.by_life.values(), default=0),
        lost_pushes=reckoning.lost_pushes,
        dead_letters=_number(memory, _DEAD),
        stuck=crowd.stuck,
        slowest_stop_s=round(max(bot.stops), 2),
        unclean_stops=bot.unclean,
        words_in_log=sum(word in log for word in (TOKEN, "广场", "居民")),
        whole=memory.execute("pragma integrity_check").fetchone() == ("ok",),
        points=dict(bot.points),
        seconds=round(seconds, 1),
    )


def _number(memory: sqlite3.Connection, question: str) -> int:
    return memory.execute(question).fetchone()[0]


@contextlib.contextmanager
def _memory(folder: Path) -> Generator[sqlite3.Connection]:
    """The product's database, only to be read."""
    path = folder / "data" / "yashu.db"
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as memory:
        yield memory


@click.command("chaos")
@click.option("--reports", default=2000, show_default=True)
@click.option("--kills", default=200, show_default=True)
@click.option("--stops", default=20, show_default=True, help="polite stops (SIGTERM) besides the kills")
@click.option("--people", default=20, show_default=True, help="how many report at the same time")
@click.option("--pace", default=TELEGRAMS_PACE, show_default=True, help="messages a second, all chats together")
@click.option("--delivery", type=click.Choice(["polling", "webhook"]), default="polling", show_default=True)
@click.option("--seed", default=0, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="one JSON object instead of a table")
def command(
    *, reports: int, kills: int, stops: int, people: int, pace: float, delivery: Delivery, seed: int, as_json: bool
) -> None:
    """Kill the product while people report, and count what was lost. Ends with 1 if a promise was broken."""
    judge(chaos(reports, kills, delivery, seed, people=people, stops=stops, pace=pace), as_json=as_json)


if __name__ == "__main__":
    command()
