"""Writes down what arrived and works on it, in order per person, in one commit for all that waits.

What a desk does and the update it did it for are written in the same transaction, so an update is either not there
at all (and Telegram, not having been told, brings it again) or dealt with. A round is first done without safety net;
if any desk fails or refuses, all is rolled back and done again with a savepoint each, so that one bad update costs only
itself: it is kept, sealed, for another try. Nothing was sent meanwhile, so nothing repeats.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.errors import Refusal
from bot.desk.alarms import alarm, sorry
from bot.desk.desk import Call, Desk, Office, write_down
from bot.intake.arrivals import Arrivals, Delivery, Fresh, tell
from bot.intake.signs import Sign
from bot.intake.tasks import DONE, Outcome, Task
from bot.metrics import UPDATES
from storage import dialogs, inbox, people
from storage.database import STORAGE, Database
from storage.dialogs import Dialog
from storage.outbox import Owed
from storage.people import Person

log = structlog.get_logger()

BATCH = 64
WAITS = tuple(timedelta(seconds=s) for s in (1, 5, 30, 120))
LOOK_AGAIN_S = 1.0


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


class Outgoing(Protocol):
    """What the sender offers the worker."""

    def takes(self, recipient: str) -> bool:
        """Whether answers to this address may be handed over without waiting in the table."""
        ...

    def hand_over(self, in_hand: Sequence[Owed], at_once: Sequence[Call]) -> None:
        """After the commit: kept answers, and answers to presses that are not kept."""
        ...

    def look(self) -> None:
        """Something waits in the outbox."""
        ...


class Worker:
    """Works until cancelled."""

    def __init__(
        self,
        database: Database,
        office: Office,
        conversation: Conversation,
        arrivals: Arrivals,
        arrived: asyncio.Event,
        outgoing: Outgoing,
    ) -> None:
        self._database = database
        self._office = office
        self._conversation = conversation
        self._arrivals = arrivals
        self._arrived = arrived
        self._outgoing = outgoing
        self._backlog = True

    async def run(self) -> None:
        """Round after round; a database that does not answer is asked again after a second."""
        while True:
            self._arrived.clear()
            deliveries = self._arrivals.take()
            try:
                worked = await self.round(deliveries)
            except Exception as error:  # noqa: BLE001 - the loop itself must live; Telegram or the table still has it all
                log.error("worker_round_failed", error=type(error).__name__)
                tell(deliveries, error)
                await asyncio.sleep(LOOK_AGAIN_S)
            except BaseException as error:
                tell(deliveries, error)
                raise
            else:
                tell(deliveries, None)
                if not worked and not self._arrivals.more:
                    await _wait(self._arrived, LOOK_AGAIN_S if self._backlog else None)

    async def round(self, deliveries: Sequence[Delivery]) -> int:
        """Write down and work on what arrived, and on what waits for another try. Returns how many were worked on."""
        fresh = [one for delivery in deliveries for one in delivery.updates]
        if not fresh and not self._backlog:
            return 0
        try:
            return await self._round(fresh, careful=False)
        except STORAGE:
            raise
        except Exception:  # noqa: BLE001 - whose it was is found out in the careful round
            return await self._round(fresh, careful=True)

    async def _round(self, fresh: Sequence[Fresh], *, careful: bool) -> int:
        async with self._database.write() as tx:
            now = self._office.clock.now()
            tasks = await self._tasks(tx, fresh, now)
            working = [task for task in tasks if not task.behind]
            if careful:
                working = await self._one_by_one(tx, working)
            else:
                await self._all_at_once(tx, working)
            desks = [task.desk for task in working if not task.written]
            written = await write_down(tx, self._office, desks, self._outgoing.takes)
            await self._book(tx, tasks, now)
        for task in working:
            UPDATES.labels(task.outcome.state).inc()
        self._outgoing.hand_over(written.in_hand, [call for task in working for call in task.left_to_say()])
        if written.owed or any(task.written for task in working):
            self._outgoing.look()
        return len(working)

    async def _tasks(self, tx: AsyncConnection, fresh: Sequence[Fresh], now: datetime) -> list[Task]:
        """What to work on: what waited and may be tried now, then what is new, each known update and deed once."""
        tasks: list[Task] = []
        queued: set[int] = set()
        if self._backlog:
            tasks = [Task.again(arrival, self._office) for arrival in await inbox.waiting(tx, now, BATCH)]
            queued = await inbox.queued(tx)
            self._backlog = bool(queued) or bool(tasks) or self._database.shared
        for one in await self._unknown(tx, fresh):
            tasks.append(Task.new(one, behind=one.person in queued))
        return tasks

    async def _unknown(self, tx: AsyncConnection, fresh: Sequence[Fresh]) -> list[Fresh]:
        if not fresh:
            return []
        deeds = [one.deed for one in fresh if one.deed is not None]
        updates, done = await inbox.known(tx, self._office.bot_id, [one.update_id for one in fresh], deeds)
        new: list[Fresh] = []
        for one in fresh:
            if one.update_id not in updates and (one.deed is None or one.deed not in done):
                new.append(one)
                updates.add(one.update_id)
                done |= set() if one.deed is None else {one.deed}
        return new

    async def _all_at_once(self, tx: AsyncConnection, tasks: Sequence[Task]) -> None:
        """One after the other; what the one before changed of a person is what the next one sees."""
        ids = {task.person for task in tasks if task.person is not None}
        known, talks = await dialogs.people_and_dialogs(tx, self._office.seals.content, ids) if ids else ({}, {})
        for task in tasks:
            self._open(tx, task, known, talks)
            await self._conversation.answer(task.desk, task.update, task.sign)
            if task.desk.person is not None:
                known[task.desk.person.id] = task.desk.person
                talks.update(task.desk.dialogs)
            task.outcome = DONE

    async def _open_anew(self, tx: AsyncConnection, task: Task) -> None:
        ids = [] if task.person is None else [task.person]
        known, talks = await dialogs.people_and_dialogs(tx, self._office.seals.content, ids) if ids else ({}, {})
        self._open(tx, task, known, talks)

    def _open(
        self,
        tx: AsyncConnection,
        task: Task,
        known: dict[int, Person],
        talks: dict[tuple[int, int], Dialog],
    ) -> None:
        """A desk with who it is and where the conversation stands."""
        desk = Desk(tx, self._office, self._office.clock.now(), task.name)
        who = task.person
        if who is not None and task.sign.user_id is not None:
            desk.person = known.get(who)
            if desk.person is None:
                desk.person = Person(who, None, None, reachable=True, name=None)
                desk.newcomers.append(people.new_row(self._office.seals.vault, who, task.sign.user_id))
            place = 0 if task.sign.private else task.sign.chat_id or 0
            desk.dialogs = {key: talk for key, talk in talks.items() if key[0] == who}
            desk.dialogs.setdefault((who, place), Dialog(who, place))
        task.desk = desk

    async def _one_by_one(self, tx: AsyncConnection, tasks: Sequence[Task]) -> list[Task]:
        """Returns those worked on: what comes after a failed one of the same person waits with it."""
        failed: set[int | None] = set()
        worked: list[Task] = []
        for task in tasks:
            if task.person is None or task.person not in failed:
                await self._carefully(tx, task)
                worked.append(task)
            if task.outcome.state == "new":
                failed.add(task.person)
        return worked

    async def _carefully(self, tx: AsyncConnection, task: Task) -> None:
        """The same with a savepoint; what it wrote is written before the next one begins."""
        await self._open_anew(tx, task)
        try:
            await self._answer_or_refuse(tx, task)
            task.outcome = DONE
        except STORAGE:
            raise
        except Exception as error:  # noqa: BLE001 - one bad update must not stop the others
            await self._open_anew(tx, task)
            await self._put_off(task, error)
            await write_down(tx, self._office, [task.desk])
        task.written = True

    async def _answer_or_refuse(self, tx: AsyncConnection, task: Task) -> None:
        """All that one update does, in a savepoint."""
        try:
            async with tx.begin_nested():
                await self._conversation.answer(task.desk, task.update, task.sign)
                await write_down(tx, self._office, [task.desk])
        except Refusal as refusal:
            await self._open_anew(tx, task)
            async with tx.begin_nested():
                await self._conversation.refuse(task.desk, task.update, task.sign, refusal)
                await write_down(tx, self._office, [task.desk])

    async def _put_off(self, task: Task, error: Exception) -> None:
        """Another try later, or a dead letter with an alarm and a neutral word to the person."""
        trouble, desk = type(error).__name__, task.desk
        task.attempts += 1
        log.warning("update_failed", attempts=task.attempts, error=trouble)
        if task.attempts <= len(WAITS) and not isinstance(error, Unreadable):
            task.outcome = Outcome("new", desk.now() + WAITS[task.attempts - 1], trouble)
            self._backlog = True
            return
        task.outcome = Outcome("dead", None, trouble)
        await alarm(desk, f"inbox {desk.now():%Y%m%d%H}", "update_dead", error=trouble)
        if task.sign.private and desk.person and not isinstance(error, Unreadable):
            sorry(desk, desk.person.id, task.name)

    async def _book(self, tx: AsyncConnection, tasks: Sequence[Task], now: datetime) -> None:
        """Write down the new ones as they ended, and how the older ones ended."""
        if rows := [task.row(self._office, now) for task in tasks if task.known is None]:
            await inbox.keep(tx, rows)
        older = [task for task in tasks if task.known is not None]
        if done := [task.known.id for task in older if task.known and task.outcome is DONE]:
            await inbox.done(tx, done)
        for task in older:
            if task.known and task.outcome is not DONE:
                ended = task.outcome
                await inbox.put_off(tx, task.known.id, ended.state, task.attempts, ended.not_before, ended.trouble)


async def _wait(event: asyncio.Event, seconds: float | None) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
