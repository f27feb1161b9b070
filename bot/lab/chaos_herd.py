"""Several programs on one PostgreSQL, struck down one after the other while people report: pull any plug.

One of them is in charge and sends (bot/jobs/lease.py). Blows that only a sender can take meet that one; of the others
every second one does, the rest any of the programs. Two at least are up before a blow falls. Programs on one database
have one clock, so none of them jumps. With a checkout of the version before this is an upgrade of replicas: see
bot/lab/chaos_beside.py.
"""

import asyncio
import contextlib
import tempfile
import time
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bot.jobs.lease import LASTS_S
from bot.lab import chaos_beside
from bot.lab.chaos import MOST_A_KILL, SCRIPT, Blow, Result, Trial, blows_of, plan_of, result_of, settle, weather
from bot.lab.chaos_beside import TOGETHER, Version
from bot.lab.chaos_bot import ChaosFailedError, Victim, victim
from bot.lab.chaos_faults import Fault, Memory
from bot.lab.chaos_nursery import PATIENCE
from bot.lab.chaos_points import Point
from bot.lab.chaos_storms import Storm, patience_of
from bot.lab.chaos_street import OneOf, Street
from bot.lab.homes import homes
from bot.lab.measure import free_port

TAKEN_OVER_WITHIN_S = 10.0
FROZEN_S = LASTS_S + 2.5
_ENDS_WITHIN_S = 10.0
_CALM_WITHIN_S = 30.0
_LOOK_S = 0.01
_ONLY_A_SENDER = (Point.CLAIMED, Point.ARRIVED, Point.ANSWERED, Point.DOWNLOADING)


@dataclass(frozen=True, kw_only=True)
class HerdResult(Result):
    """`changes`: how often another program began to send. `most_late`: what was sent, at one change, by the one before
    after the next one had begun. `woke_and_went_on`: stood still for longer than its lease and did not end afterwards.
    `versions`: what programs of each version did, when there were two.
    """

    replicas: int
    changes: int
    takeovers_s: Sequence[float]
    slowest_takeover_s: float
    most_late: int
    late: int
    woke_and_went_on: int
    versions: Mapping[str, int]

    @property
    def broken(self) -> list[str]:
        """The promises that were not kept."""
        promises = {
            f"nobody took over within {TAKEN_OVER_WITHIN_S:g} s": self.slowest_takeover_s > TAKEN_OVER_WITHIN_S,
            "two sent at the same time": self.most_late > MOST_A_KILL,
            "one that had stood still went on": self.woke_and_went_on,
        }
        return [*super().broken, *(promise for promise, broken in promises.items() if broken)]


async def herd(reports: int, trial: Trial) -> HerdResult:
    """Let people make `reports` while programs are struck down. The limits of single chats are lifted.

    Raises ChaosFailedError.
    """
    begin, doors = time.perf_counter(), [free_port() for _ in range(trial.replicas)]
    with tempfile.TemporaryDirectory(prefix="yashu-chaos-") as name, homes(trial.database, Path(name)) as place:
        address = place.home("chaos")
        memory = Memory(place, address, Path(name))
        async with (
            Street(trial.seed, patience_of(trial.lasts), doors) as street,
            several(Path(name), street, doors, trial, address) as bots,
        ):
            await bots.start()
            async with asyncio.TaskGroup() as both:
                crowd = both.create_task(street.run(plan_of(reports, trial)))
                crowd.add_done_callback(lambda _: street.charge.nobody_waits())
                met = both.create_task(bots.suffer(memory, crowd.done, reports * len(SCRIPT)))
            await settle(bots, street, memory)
            await bots.stop()
            found = await result_of(bots, street, memory, crowd.result(), met.result(), trial, begin)
            return _with_takeovers(found, street, bots, trial)


def _with_takeovers(found: Result, street: Street, bots: "Herd", trial: Trial) -> HerdResult:
    charge = street.charge
    return HerdResult(
        **vars(found),
        replicas=trial.replicas,
        changes=len(charge.senders) - 1,
        takeovers_s=[round(one, 1) for one in charge.takeovers],
        slowest_takeover_s=round(max(charge.takeovers, default=0.0), 1),
        most_late=max(charge.late.values(), default=0),
        late=charge.late.total(),
        woke_and_went_on=bots.woke_and_went_on,
        versions=chaos_beside.tell(bots.members, bots.versions, street),
    )


class Herd:
    """Programs that share a database and a data folder; whatever dies is started again at once.

    Those of the version before, if there are any, are the first ones. They are born first and leave at the end.
    """

    def __init__(self, members: Sequence[Victim], versions: Sequence[Version], street: Street, trial: Trial) -> None:
        self.members = members
        self.versions = versions
        self._old = 0 if trial.beside is None else versions.index(versions[-1])
        self._gone = 0
        self._street = street
        self._trial = trial
        self._dice = Random(trial.seed)
        self._turns = Counter[Blow]()
        self.points: Counter[str] = Counter()
        self.stops: list[float] = []
        self.unclean: list[int] = []
        self.woke_and_went_on = 0
        for one in members:
            one.points, one.stops, one.unclean = self.points, self.stops, self.unclean

    @property
    def alone(self) -> int:
        """How often one ended untold."""
        return sum(one.alone for one in self.members)

    @property
    def pids(self) -> list[int]:
        """Their processes, as long as they live."""
        return [one.pid for one in self.members]

    async def start(self) -> None:
        """The first one founds the district, the others come after it. Raises ChaosFailedError."""
        first, *others = self.members[: self._old] or self.members
        await first.start()
        await asyncio.gather(*(one.start() for one in others))

    async def _join(self) -> None:
        """Ours come to those of the version before, and bring the database to the newest step under their hands."""
        if self._old:
            await asyncio.gather(*(one.start() for one in self.members[self._old :]))

    async def _leave(self) -> None:
        """Those of the version before go, one after the other, and do not come back."""
        for place in range(self._old):
            await self._until(self._street.at_work(place).is_set)
            await self._strike(None, place)
            self._gone += 1

    async def stop(self) -> None:
        """Ask all to stop, at the same time."""
        for place in range(self._gone, len(self.members)):
            await self._until(self._street.at_work(place).is_set)
        await asyncio.gather(*(one.stop() for one in self.members[self._gone :]))

    def log(self) -> str:
        """All that they logged."""
        return "".join(one.log() for one in self.members)

    def failed(self, what: str) -> ChaosFailedError:
        """An error with the ends of the logs."""
        return ChaosFailedError("\n\n".join([what, *(one.log()[-2000:] for one in self.members)]))

    async def suffer(self, memory: Memory, over: Callable[[], bool], updates: int) -> Counter[str]:
        """One blow after another, spread over the updates that people are going to cause. The faults, counted."""
        met: Counter[str] = Counter()
        blows = blows_of(self._trial, [one for one in memory.faults if one is not Fault.JUMPED])
        begin, end = TOGETHER if self._old else (0.0, 1.0)

        async def reached(share: float) -> None:
            await self._until(lambda: over() or self._street.spoken >= updates * share)

        await reached(begin)
        await self._join()
        async with asyncio.TaskGroup() as births:
            for done, blow in enumerate(blows):
                await reached(begin + (end - begin) * (done + 0.5) / len(blows))
                if isinstance(blow, int | Storm):
                    weather(self._street, blow, self._trial, met)
                    continue
                await self._until(self._calm, _CALM_WITHIN_S)
                place = self._chosen(blow)
                if isinstance(blow, Fault):
                    await self._falter(memory, blow, place)
                    met[blow.value] += 1
                    continue
                await self._strike(blow, place)
                births.create_task(self.members[place].start())
        await reached(end)
        await self._leave()
        return met

    async def _strike(self, blow: Point | None, place: int) -> None:
        """Whoever is asked to stop sends on what is in hand: another one must take over from its end on."""
        one, who = self.members[place], self._street.who(place)
        await (one.stop() if blow is None else one.strike(blow))
        self._street.charge.struck(who)

    async def _falter(self, memory: Memory, fault: Fault, place: int) -> None:
        """Whoever stands still for longer than its lease has to end when it wakes up, if it was in charge."""
        one, who = self.members[place], self._street.who(place)
        if fault is not Fault.FROZEN:
            await memory.strike(fault, one, self._trial.lasts)
            return
        ended = one.alone
        self._street.charge.struck(who)
        await memory.strike(fault, one, FROZEN_S)
        if who in self._street.charge.senders[:-1]:
            await self._until(lambda: one.alone > ended, _ENDS_WITHIN_S)
            self.woke_and_went_on += one.alone == ended

    def _chosen(self, blow: Blow) -> int:
        """The place of whoever is struck."""
        (sender, _), up = self._street.charge.sender, self._up()
        self._turns[blow] += 1
        if sender in up and (blow in _ONLY_A_SENDER or self._turns[blow] % 2):
            return sender
        return self._dice.choice([place for place in up if place != sender] or up)

    def _calm(self) -> bool:
        """Whether somebody sends and somebody else could take over."""
        charge, up = self._street.charge, self._up()
        place, _ = charge.sender
        return len(up) > 1 and place in up and self._street.who(place) == charge.sender and not charge.vacant

    def _up(self) -> list[int]:
        return [place for place in range(len(self.members)) if self._street.at_work(place).is_set()]

    async def _until(self, true: Callable[[], bool], seconds: float = float("inf")) -> None:
        """Wait until something is true, but no longer than this."""
        end = time.perf_counter() + seconds
        while not true() and time.perf_counter() < end:  # noqa: ASYNC110 - what other programs do is no event
            await asyncio.sleep(_LOOK_S)


@contextlib.asynccontextmanager
async def several(
    folder: Path, street: Street, doors: Sequence[int], trial: Trial, address: str | None
) -> AsyncGenerator[Herd]:
    """As compose.yaml has them: one database, one folder of keys and files, the same address of the webhook.

    Without an address of a server there is one program, on a file.
    """
    versions = await chaos_beside.versions_of(len(doors), trial.beside, folder)
    async with contextlib.AsyncExitStack() as all_of_them:
        members: list[Victim] = []
        for place, door in enumerate(doors):
            own = folder / f"program-{place}"
            own.mkdir()
            more = {
                **({} if address is None else {"DATABASE_URL": address}),
                "DATA_DIR": str(folder / "data"),
                PATIENCE: str(patience_of(trial.lasts)),
                "BOT_API_BASE": f"http://127.0.0.1:{street.port}/{place}",
                "WEBHOOK_LISTEN": f"127.0.0.1:{door}",
            }
            seen, code = OneOf(street, place), versions[place].code
            one = victim(own, seen, trial.delivery, trial.seed + place, trial.pace, more, code)
            members.append(await all_of_them.enter_async_context(one))
        yield Herd(members, versions, street, trial)
