"""Simulated months at the real desk, with times when the program is down: which nudges rang, and which should have.

What should ring is reckoned from the rules alone, case by case. Each must ring, and each once.
"""

import heapq
import tempfile
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import orjson
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app import App
from bot.cases.alarms import Alarm, Audience, Firing, alarms, overdue_now, rings_again
from bot.cases.case import Case
from bot.cases.errors import Refusal
from bot.cases.worktime import WorkCalendar
from bot.demo_town import settings_for
from bot.desk.desk import Clock, Desk, write_down
from bot.desk.moves import clock_spans
from bot.jobs.clocks import MOVES, ring
from bot.lab.years import NOWHERE, found
from bot.outbox.letters import Kind as Letters
from storage import cases, clocks, people
from storage.tables import clocks as running
from storage.tables import outbox

BEGIN = datetime(2026, 6, 1, tzinfo=UTC)
TICK = timedelta(minutes=15)
LIFTED = {"reports_per_person_day": 100_000, "nudges_per_group_hour": 1_000}
"""What a group reads later, on a list (bot/jobs/nudging.py), is no clock that was missed."""
DOWN = (timedelta(hours=1), timedelta(hours=10), timedelta(days=10))
"""An hour, a night, and ten days; spread over the whole time."""

ANNOUNCED = frozenset({Letters.NUDGE.value, Letters.ASK_RATING.value, Letters.REMINDERS.value})
Rung = tuple[int, str, int, datetime]
"""Case, kind, step, and when it was to ring."""


class Stopped(Clock):
    """Time stands until it is moved."""

    def __init__(self) -> None:
        super().__init__()
        self.at = BEGIN

    def now(self) -> datetime:
        """The simulated time."""
        return self.at


@dataclass(frozen=True, kw_only=True)
class Result:
    """`nudges` are the clocks that the reckoning rang, `moves` those of them that move the case by themselves.

    `missed`, `extra`, `twice`: clocks that the product did not ring at that moment, rang besides, or announced twice.
    """

    days: int
    cases: int
    deeds: int
    refused: int
    nudges: int
    moves: int
    letters: int
    missed: int
    extra: int
    twice: int

    @property
    def broken(self) -> list[str]:
        """The promises that were not kept."""
        wrong = ("missed", "extra", "twice")
        return [f"{name}: {getattr(self, name)}" for name in wrong if getattr(self, name)]


@dataclass
class Reckoning:
    """What must ring, from the rules alone: one set of alarms for each case, made anew whenever it moves."""

    waiting: dict[int, set[Alarm]] = field(default_factory=dict[int, set[Alarm]])
    known: dict[int, tuple[Case, WorkCalendar]] = field(default_factory=dict[int, tuple[Case, WorkCalendar]])
    fired: defaultdict[int, set[Alarm]] = field(default_factory=lambda: defaultdict[int, set[Alarm]](set))
    _looks: list[tuple[datetime, int]] = field(default_factory=list[tuple[datetime, int]])

    def moved(self, desk: Desk, case: Case) -> None:
        """The case stands otherwise now: what waited is void."""
        ringing = alarms(case, desk.office.calendar, desk.now(), clock_spans(desk, case))
        self.waiting[case.id] = set(ringing) - self.fired[case.id]
        self.known[case.id] = (case, desk.office.calendar)
        self._look_again(case.id)

    def anything(self, now: datetime) -> bool:
        """Whether something may ring by now."""
        return bool(self._looks) and self._looks[0][0] <= now

    def due(self, now: datetime) -> dict[int, tuple[Firing, ...]]:
        """What rings now, case by case; it is rung by this. A move ends the others of its case."""
        found: dict[int, tuple[Firing, ...]] = {}
        while self.anything(now):
            case_id = heapq.heappop(self._looks)[1]
            if firings := overdue_now(self.waiting[case_id], now):
                found[case_id] = firings
                rung = {one for firing in firings for one in firing.alarms}
                self.fired[case_id] |= rung
                self.waiting[case_id] -= rung
                again = (rings_again(self.known[case_id][0], one, self.known[case_id][1], now) for one in firings)
                self.waiting[case_id] |= {one for one in again if one is not None}
                self._look_again(case_id)
        return found

    def _look_again(self, case_id: int) -> None:
        if waiting := self.waiting[case_id]:
            heapq.heappush(self._looks, (min(one.at for one in waiting), case_id))


Deed = Callable[[Desk], Awaitable[Case | None]]


class Months:
    """A district whose people do things at random moments, and a ticker that is sometimes down."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.clock = Stopped()
        self.app = App(settings_for(folder, NOWHERE, **LIFTED), self.clock)
        self.dice = Random(seed)
        self.reckoning = Reckoning()
        self.tally: Counter[str] = Counter()
        self._plans: list[tuple[datetime, int, int, Deed]] = []
        self._order = count()
        self._said: set[str] = set()

    def plan(self, at: datetime, who: int, deed: Deed) -> None:
        """Somebody will do something."""
        heapq.heappush(self._plans, (at, next(self._order), who, deed))

    async def until(self, end: datetime, *, down: bool = False) -> None:
        """Let time pass, tick by tick; while the program is down nobody can do anything and nothing rings."""
        if down:
            self._put_off(end)
            await self._people(end)
            self.clock.at = end
        while self.clock.at < end:
            step = min(self.clock.at + TICK, end)
            await self._people(step)
            self.clock.at = step
            await self._rings()

    def _put_off(self, end: datetime) -> None:
        """Telegram keeps what people do for so long; then all of it comes at once, in its order."""
        late = [(max(at, end), order, who, deed) for at, order, who, deed in self._plans]
        self._plans = late
        heapq.heapify(self._plans)

    async def _people(self, step: datetime) -> None:
        if not self._plans or self._plans[0][0] > step:
            return
        async with self.app.database.write() as tx:
            while self._plans and self._plans[0][0] <= step:
                at, order, who, deed = heapq.heappop(self._plans)
                self.clock.at = max(self.clock.at, at)
                desk = Desk(tx, self.app.office, self.clock.at, f"deed {order}")
                desk.person = await self._somebody(desk, who)
                await self._does(desk, deed)
                await write_down(tx, self.app.office, [desk])

    async def _does(self, desk: Desk, deed: Deed) -> None:
        self.tally["deeds"] += 1
        try:
            async with desk.tx.begin_nested():
                case = await deed(desk)
        except Refusal:
            desk.owed.clear()
            self.tally["refused"] += 1
            return
        now = await cases.by_id(desk.tx, case.id) if case else None
        if now is not None:
            self.reckoning.moved(desk, now)

    async def _somebody(self, desk: Desk, user_id: int) -> people.Person:
        vault = desk.office.seals.vault
        who = people.fingerprint(vault, user_id)
        if not (known := await people.known(desk.tx, [who])):
            await people.add(desk.tx, [people.new_row(vault, who, user_id)])
            known = await people.known(desk.tx, [who])
        return known[who]

    async def _rings(self) -> None:
        """Rounds of the job until nothing rings, and the same by the reckoning. Where neither has anything, none."""
        async with self.app.database.read() as tx:
            first = await clocks.next_due(tx)
        if not self.reckoning.anything(self.clock.at) and (first is None or first > self.clock.at):
            return
        owed: list[dict[str, Any]] = []
        async with self.app.database.write() as tx:
            rung = 1
            while rung:
                desk = Desk(tx, self.app.office, self.clock.at, f"tick {next(self._order)}")
                rung = await ring(desk)
                owed += desk.owed
                await write_down(tx, self.app.office, [desk])
            await self._compare(tx, owed)
            await tx.execute(delete(outbox))

    async def _compare(self, tx: AsyncConnection, owed: Sequence[dict[str, Any]]) -> None:
        """What rang at this tick against what should have, move after move."""
        desk = Desk(tx, self.app.office, self.clock.at, "reckoning")
        should: set[Rung] = set()
        announced: list[tuple[int, Firing]] = []
        while expected := self.reckoning.due(self.clock.at):
            moved: list[int] = []
            for case_id, firings in expected.items():
                should |= {(case_id, one.kind.value, one.step, one.at) for each in firings for one in each.alarms}
                if any(each.says.kind in MOVES for each in firings):
                    moved.append(case_id)
                else:
                    announced += [(case_id, each) for each in firings]
            for case in (await cases.by_ids(tx, moved)).values() if moved else ():
                self.reckoning.moved(desk, case)
            self.tally["moves"] += len(moved)
        names = (running.c.case_id, running.c.kind, running.c.step, running.c.at)
        rows = (await tx.execute(select(*names).where(running.c.fired_at == self.clock.at))).all()
        rang = {(row.case_id, row.kind, row.step, row.at) for row in rows}
        self.tally.update(nudges=len(should), missed=len(should - rang), extra=len(rang - should))
        self._letters(announced, owed)

    def _letters(self, announced: Sequence[tuple[int, Firing]], owed: Sequence[dict[str, Any]]) -> None:
        """Each firing is announced to somebody, alone or in a list, and no announcement comes twice."""
        alone: set[str] = set()
        listed: set[int] = set()
        for row in (one for one in owed if one["kind"] in ANNOUNCED):
            self.tally.update(letters=1, twice=row["key"] in self._said)
            self._said.add(row["key"])
            alone.add(row["key"].rpartition(" ")[0])
            if row["kind"] == Letters.REMINDERS.value:
                facts = orjson.loads(self.app.office.seals.content.open(row["body"]))["facts"]
                listed |= {case_id for case_id, *_ in facts["nudges"]}
        for case_id, firing in announced:
            one = firing.says
            key = f"{one.kind} {case_id} {one.step} {one.at:%y%m%d%H%M%S}"
            known = key in alone or case_id in listed or set(firing.to) == {Audience.ADMINS}
            self.tally["missed"] += not known


async def measure(
    days: int = 90, a_day: int = 170, seed: int = 0, downtimes: Sequence[timedelta] = DOWN, folder: Path | None = None
) -> Result:
    """So many days with so many cases a day; the downtimes are spread over them."""
    from bot.lab.clocks_deeds import Townspeople

    with tempfile.TemporaryDirectory(prefix="yashu-clocks-") as name:
        place = folder or Path(name) / "data"
        if folder is None:
            await found(place)
        months = Months(place, seed)
        try:
            await Townspeople(months).report(days, a_day)
            await _pass(months, days, downtimes)
        finally:
            await months.app.database.close()
    told = months.tally
    return Result(
        days=days,
        cases=len(months.reckoning.waiting),
        **{one.name: told[one.name] for one in fields(Result) if one.name not in {"days", "cases"}},
    )


async def _pass(months: Months, days: int, downtimes: Sequence[timedelta]) -> None:
    """An equal part of the time before each downtime, and the rest after the last."""
    end = BEGIN + timedelta(days=days)
    part = (timedelta(days=days) - sum(downtimes, timedelta())) / (len(downtimes) + 1)
    for down in downtimes:
        await months.until(months.clock.at + part)
        await months.until(months.clock.at + down, down=True)
    await months.until(end)
