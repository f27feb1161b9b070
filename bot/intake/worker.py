"""Takes what arrived through the conversation, in order per person, one desk each, many desks in one commit.

A batch is first worked on without safety net. If any desk fails or refuses, all is rolled back and the batch is done
again with a savepoint each, so that one bad update costs only itself. Nothing was sent meanwhile, so nothing repeats.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, Protocol

import orjson
import structlog
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.errors import Refusal
from bot.desk.alarms import alarm, sorry
from bot.desk.desk import Desk, Office, write_down
from bot.intake.signs import Sign, whose
from storage import dialogs, inbox, people
from storage.database import Database
from storage.dialogs import Dialog
from storage.inbox import Arrival

log = structlog.get_logger()

BATCH = 64
WAITS = tuple(timedelta(seconds=s) for s in (1, 5, 30, 120))
IDLE_S = 1.0


class Unreadable(Exception):
    """An update nobody can parse; trying again is pointless."""


class Conversation(Protocol):
    """What the doors offer the worker."""

    async def answer(self, desk: Desk, update: dict[str, Any], sign: Sign) -> None:
        """Deal with one update; answers are put on the desk."""
        ...

    async def refuse(self, desk: Desk, update: dict[str, Any], sign: Sign, refusal: Refusal) -> None:
        """Put the polite sentence for a refusal on the desk."""
        ...


class Worker:
    """Works until cancelled; `idle` is set while nothing waits."""

    def __init__(
        self,
        database: Database,
        office: Office,
        conversation: Conversation,
        arrived: asyncio.Event,
        owed: asyncio.Event,
    ) -> None:
        self._database = database
        self._office = office
        self._conversation = conversation
        self._arrived = arrived
        self._owed = owed
        self._retrying = True
        self.idle = asyncio.Event()

    async def run(self) -> None:
        """Round after round; a database that does not answer is asked again after a second."""
        while True:
            self._arrived.clear()
            try:
                worked = await self.round()
            except Exception as error:  # noqa: BLE001 - the loop itself must live; the rows are still there
                log.error("worker_round_failed", error=type(error).__name__)
                await asyncio.sleep(1)
                continue
            if not worked and not self._arrived.is_set():
                self.idle.set()
                await _wait(self._arrived, IDLE_S if self._retrying else None)
                self.idle.clear()

    async def round(self) -> int:
        """Work on the oldest arrival of each person that waits. Returns how many were worked on."""
        try:
            return await self._round(careful=False)
        except (OperationalError, InterfaceError):
            raise
        except Exception:  # noqa: BLE001 - whose it was is found out in the careful round
            return await self._round(careful=True)

    async def _round(self, *, careful: bool) -> int:
        async with self._database.write() as tx:
            now = self._office.clock.now()
            arrivals = _one_each(await inbox.waiting(tx, now, BATCH, retrying=self._retrying))
            if not arrivals:
                self._retrying = bool(await inbox.next_try(tx)) if self._retrying else False
                return 0
            tasks = [_Task(arrival, self._office) for arrival in arrivals]
            await self._open(tx, tasks)
            for task in tasks:
                await (self._carefully(tx, task) if careful else self._at_once(task))
            owed = await write_down(tx, self._office, [task.desk for task in tasks])
            if done := [task.arrival.id for task in tasks if task.done]:
                await inbox.done(tx, done)
        if owed:
            self._owed()
        return len(tasks)

    async def _open(self, tx: AsyncConnection, tasks: "Sequence[_Task]") -> None:
        """A desk for each, with who it is and where the conversation stands, in two questions for all."""
        ids = {task.arrival.person for task in tasks if task.arrival.person is not None}
        known = await people.known(tx, ids) if ids else {}
        talks = await dialogs.of_people(tx, self._office.seals.content, ids) if ids else {}
        for task in tasks:
            desk = Desk(tx, self._office, self._office.clock.now(), f"u{task.arrival.id}")
            who = task.arrival.person
            if who is not None and task.sign.user_id is not None:
                desk.person = known.get(who) or people.Person(who, None, None, True, None)
                if who not in known:
                    desk.newcomers.append(people.new_row(self._office.seals.vault, who, task.sign.user_id))
                place = 0 if task.sign.private else task.sign.chat_id or 0
                desk.dialogs = {key: talk for key, talk in talks.items() if key[0] == who}
                desk.dialogs.setdefault((who, place), Dialog(who, place))
            task.desk = desk

    async def _at_once(self, task: "_Task") -> None:
        await self._conversation.answer(task.desk, task.update, task.sign)
        task.done = True

    async def _carefully(self, tx: AsyncConnection, task: "_Task") -> None:
        clean = task.desk
        savepoint = await tx.begin_nested()
        try:
            await self._conversation.answer(clean, task.update, task.sign)
            await savepoint.commit()
            task.done = True
        except Refusal as refusal:
            await savepoint.rollback()
            await self._open(tx, [task])
            await self._conversation.refuse(task.desk, task.update, task.sign, refusal)
            task.done = True
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:  # noqa: BLE001 - one bad update must not stop the others
            await savepoint.rollback()
            await self._open(tx, [task])
            await self._put_off(tx, task, error)

    async def _put_off(self, tx: AsyncConnection, task: "_Task", error: Exception) -> None:
        """Another try later, or a dead letter with an alarm and a neutral word to the person."""
        arrival, trouble = task.arrival, type(error).__name__
        log.warning("update_failed", row=arrival.id, attempts=arrival.attempts + 1, error=trouble)
        if arrival.attempts < len(WAITS) and not isinstance(error, Unreadable):
            await inbox.try_again(tx, arrival.id, task.desk.now() + WAITS[arrival.attempts], trouble)
            self._retrying = True
            return
        await inbox.give_up(tx, arrival.id, trouble)
        await alarm(task.desk, f"inbox {task.desk.now():%Y%m%d%H}", "update_dead", row=arrival.id, error=trouble)
        if task.sign.private and task.desk.person and not isinstance(error, Unreadable):
            sorry(task.desk, task.desk.person.id, arrival.id)


class _Task:
    """One arrival on its way through a round."""

    def __init__(self, arrival: Arrival, office: Office) -> None:
        self.arrival = arrival
        self.update: dict[str, Any] = orjson.loads(office.seals.content.open(arrival.raw))
        self.sign = whose(self.update)
        self.desk: Desk
        self.done = False


def _one_each(arrivals: Sequence[Arrival]) -> list[Arrival]:
    """The oldest of each person; those of nobody all."""
    taken: set[int] = set()
    first: list[Arrival] = []
    for arrival in arrivals:
        if arrival.person is None or arrival.person not in taken:
            first.append(arrival)
        if arrival.person is not None:
            taken.add(arrival.person)
    return first


async def _wait(event: asyncio.Event, seconds: float | None) -> None:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return
