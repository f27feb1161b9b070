"""Gets what we owe out: claims rows, sends them in order per chat and at the right pace, books what became of them.

What is in flight or not yet booked never exceeds HANDS, so a crash can repeat no more than that.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.desk.desk import Call, Office
from bot.metrics import CALLS
from bot.outbox.arrived import Notes, as_noted
from bot.outbox.channel import Channel, Outcome, Upload, Verdict
from bot.outbox.clerk import Clerk, Finished
from bot.outbox.pace import Pace
from bot.outbox.parcel import CardsUnderWay, Parcel, Shelf
from bot.outbox.results import harmless
from bot.outbox.wording import answer_parcel
from storage import outbox
from storage.database import Database
from storage.outbox import Owed

log = structlog.get_logger()

ReadFile = Callable[[str], Awaitable[bytes]]

HANDS = 10
CLAIM = 400
BOOK_WITHIN_S = 0.04
LOOK_AGAIN_S = 60.0
LOOK_OFTEN_S = 0.3
"""On a server others write what is owed, and nobody wakes us."""

LONG_PAUSE_S = 0.5
CALM_DOWN_S = 1.0
LEAST_NAP_S = 0.002


class Sender:
    """`run` until `stop`ped, which lets what is in hand finish."""

    def __init__(
        self,
        database: Database,
        office: Office,
        channel: Channel,
        pace: Pace,
        read: ReadFile,
        in_charge: Callable[[], bool],
    ) -> None:
        self._database = database
        self._office = office
        self._channel = channel
        self._pace = pace
        self._read = read
        self._clerk = Clerk(office)
        self._notes = Notes(database)
        self._in_charge = in_charge
        self._begun = False
        self._took_back = False
        self._alone = not database.shared
        self._look_again_s = LOOK_OFTEN_S if database.shared else LOOK_AGAIN_S
        self._shelf = Shelf(pace)
        self._finished: list[Finished] = []
        self._finished_since = 0.0
        self._at_once: list[Call] = []
        self._in_flight = 0
        self._in_book = 0
        self._held: dict[str, datetime] = {}
        self._passed_over: set[str] = set()
        self._due = True
        self._more = False
        self._next_due: datetime | None = None
        self._caught_up = False
        self._troubled: set[str] = set()
        self._cards = CardsUnderWay()
        self._stopping = False
        self._wake = asyncio.Event()
        self._group: asyncio.TaskGroup

    def look(self) -> None:
        """Something new is owed, or the clock moved."""
        self._due = True
        self._wake.set()

    def begin_anew(self) -> None:
        """The clock went back: who was to wait until then waits no more."""
        self._held.clear()
        self.look()

    def takes(self, recipient: str) -> bool:
        """Whether answers to this address may be handed over: nothing of theirs can be waiting in the table.

        On a server it can: other programs owe too, and only what stands in the table is found by who is in charge next.
        """
        return self._alone and self._caught_up and not self._stopping and recipient not in self._troubled

    def hand_over(self, in_hand: Sequence[Owed], at_once: Sequence[Call]) -> None:
        """Kept answers go on the shelf; answers to presses are not kept, and their failure harms nobody."""
        for owed in in_hand:
            self._shelf.put(answer_parcel(owed))
        self._at_once.extend(at_once)
        if in_hand or at_once:
            self._wake.set()

    def begin(self) -> None:
        """This program is in charge: what is owed leaves from here. Until then only answers to presses do."""
        self._begun = True
        self._wake.set()

    def stop(self) -> None:
        """Send nothing new; `run` ends when what is in hand is booked."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Send until stopped. Whoever is not in charge any more can book nothing, and does not wait for it."""
        async with asyncio.TaskGroup() as self._group:
            while not self._stopping or ((self._in_flight or self._finished) and self._in_charge()):
                self._wake.clear()
                self._hand_out()
                if self._begun:
                    await self._take_back()
                await self._round()
                self._hand_out()
                await self._rest()
        if (left := self._shelf.everything()) and self._in_charge():
            async with self._database.write() as tx:
                await outbox.put_back(tx, [parcel.owed.id for parcel in left])
        self._notes.close()

    async def _take_back(self) -> None:
        """What an earlier process had in hand comes first; it may have arrived already."""
        if self._took_back:
            return
        try:
            async with self._database.write() as tx:
                await self._notes.bring(tx)
                there = await outbox.arrived_unbooked(tx, self._office.seals.content)
                back = await outbox.take_back_unbooked(tx)
        except Exception as error:  # noqa: BLE001 - the sender must live; it is tried again in the next round
            log.error("unbooked_not_taken_back", error=type(error).__name__)
            await asyncio.sleep(CALM_DOWN_S)
            return
        self._took_back = True
        self._finished += [as_noted(owed, note) for owed, note in there]
        if back or there:
            log.info("unbooked_taken_back", rows=back, arrived=len(there))

    def _hand_out(self) -> None:
        """Give parcels to free hands."""
        at_once, self._at_once = self._at_once, []
        for method, params in at_once:
            self._group.create_task(self._say(method, params))
        while (parcel := self._next()) is not None:
            self._in_flight += 1
            self._group.create_task(self._send(parcel))

    async def _say(self, method: str, params: Mapping[str, Any]) -> None:
        await self._channel.call(method, params)

    async def _round(self) -> None:
        """Book what is finished and claim what is next, in one transaction."""
        room = self._to_claim(asyncio.get_running_loop().time())
        if room <= 0 and not self._ripe():
            return
        finished, self._finished = self._finished, []
        self._in_book = len(finished)
        self._due = self._due and room <= 0
        meanwhile = self._group.create_task(self._keep_pace()) if self._shelf.has_more else None
        try:
            parcels = await self._write(finished, room)
        except Exception as error:  # noqa: BLE001 - the sender must live; nothing was booked, so it is booked again
            log.error("sender_round_failed", error=type(error).__name__)
            self._finished, self._in_book = finished + self._finished, 0
            self._clerk.careful = self._due = True
            await asyncio.sleep(CALM_DOWN_S)
            return
        finally:
            if meanwhile is not None:
                meanwhile.cancel()
        self._clerk.careful, self._in_book = False, 0
        if room > 0:
            self._more = len(parcels) == room
            self._caught_up = self._caught_up or len(parcels) < room
        for parcel, _ in finished:
            self._cards.booked(parcel)
        if not self._finished:
            self._notes.all_booked()
        for parcel in parcels:
            self._cards.fetched(parcel)
            if parcel.method is None:
                self._finished.append((parcel, Outcome(Verdict.REFUSED, trouble=parcel.why)))
            else:
                self._shelf.put(parcel)

    async def _keep_pace(self) -> None:
        """While `run` waits for the disk, what may leave leaves on time: a second that was not used is lost."""
        while (next_at := self._shelf.next_at()) is not None:
            await asyncio.sleep(max(LEAST_NAP_S, next_at - asyncio.get_running_loop().time()))
            self._hand_out()

    def _to_claim(self, now: float) -> int:
        """How many rows to fetch now. What is new may be urgent and is fetched at once; of a long queue that is known
        half a shelf at a time, so that few questions are asked."""
        if self._stopping or not self._took_back or not (self._due or self._more):
            return 0
        room = self._shelf.room(CLAIM, now)
        return room if self._due or room >= CLAIM // 2 else 0

    def _ripe(self) -> bool:
        """Whether results should be booked now: at once when nothing is in flight, else a few together, soon."""
        if not self._finished:
            return False
        waited = asyncio.get_running_loop().time() - self._finished_since
        return not self._in_flight or len(self._finished) >= HANDS // 2 or waited >= BOOK_WITHIN_S

    async def _write(self, finished: list[Finished], room: int) -> list[Parcel]:
        async with self._database.write() as tx:
            desk = self._clerk.desk(tx)
            if finished:
                await self._clerk.book(desk, finished)
                self._held |= {parcel.owed.recipient: parcel.held_until for parcel, _ in finished if parcel.held_until}
                self._due = self._due or any(outcome.verdict is not Verdict.SENT for _, outcome in finished)
            if room <= 0:
                return []
            self._passed_over = self._shelf.busy()
            parcels = await self._clerk.fetch(desk, room, self._out_of_turn())
            self._next_due = await outbox.next_due(tx, self._out_of_turn())
            return parcels

    def _out_of_turn(self) -> set[str]:
        """Addresses of which nothing is fetched now: some of it waits here, or what failed must leave before it."""
        now = self._office.clock.now()
        self._held = {recipient: until for recipient, until in self._held.items() if until > now}
        return self._shelf.busy() | self._held.keys()

    def _next(self) -> Parcel | None:
        full = self._in_flight + len(self._finished) + self._in_book >= HANDS
        if self._stopping or full or not self._in_charge():
            return None
        return self._shelf.take(asyncio.get_running_loop().time())

    async def _send(self, parcel: Parcel) -> None:
        self._cards.leaves(parcel)
        outcome = await self._call(parcel)
        if outcome.verdict is Verdict.SENT:
            await self._notes.note(parcel, outcome)
        now = asyncio.get_running_loop().time()
        self._cards.sent(parcel, outcome.message_id)
        if outcome.verdict is Verdict.WAIT:
            self._pace.wait(parcel.chat, now, outcome.retry_after)
        elif outcome.verdict is Verdict.NOT_SENT:
            self._pace.hold_all(now + CALM_DOWN_S)
        self._in_flight -= 1
        if not self._finished:
            self._finished_since = now
        self._finished.append((parcel, outcome))
        if outcome.verdict is not Verdict.SENT and not harmless(outcome):
            self._hold_back(parcel)
        self._shelf.handed_over(parcel.chat)
        if self._in_book:  # `run` waits for the disk; whoever is free may go on meanwhile
            self._hand_out()
        if self._ripe() or self._shelf.has_more:
            self._wake.set()

    async def _call(self, parcel: Parcel) -> Outcome:
        assert parcel.method is not None
        try:
            outcome = await self._channel.call(parcel.method, parcel.params, await self._uploads(parcel))
        except Exception as error:  # noqa: BLE001 - a lost file or a call nobody can write must not stop the others
            outcome = Outcome(Verdict.REFUSED, trouble=f"cannot leave: {type(error).__name__}")
        CALLS.labels(outcome.verdict.value).inc()
        return outcome

    def _hold_back(self, failed: Parcel) -> None:
        """What waits behind it for the same chat must not overtake it."""
        self._troubled.add(failed.owed.recipient)
        for later in self._shelf.clear(failed.chat):
            later.behind = failed
            self._finished.append((later, Outcome(Verdict.NOT_SENT, trouble="behind")))

    async def _uploads(self, parcel: Parcel) -> dict[str, Upload]:
        drawn = {name: Upload(f"{name}.png", content) for name, content in parcel.pictures.items()}
        return drawn | {name: Upload(copy.name, await self._read(copy.path)) for name, copy in parcel.files.items()}

    async def _rest(self) -> None:
        """Sleep until something is owed or finished, or the next parcel may leave."""
        if not (self._took_back and self._in_charge()) and not self._stopping:
            await self._sleep(CALM_DOWN_S)
            return
        if self._finished:
            if not self._ripe():
                await self._sleep(BOOK_WITHIN_S)
            return
        if self._stopping:
            if self._in_flight:
                await self._sleep(self._look_again_s)
            return
        now = asyncio.get_running_loop().time()
        next_at = self._shelf.next_at()
        if self._to_claim(now) > 0:
            return
        if self._in_flight >= HANDS:
            await self._sleep(self._look_again_s)
        elif next_at is not None and (self._due or next_at - now < LONG_PAUSE_S):
            await self._sleep(max(0.0, next_at - now))
        else:
            await self._wait_for_work(self._look_again_s if next_at is None else next_at - now)

    async def _wait_for_work(self, most: float) -> None:
        """Until something is due that may be fetched, at most `most` seconds. A slow chat keeps no other waiting.

        What was owed while something of the same address waited here is looked for as soon as that has left.
        """
        self._due = self._due or not self._passed_over <= self._shelf.busy()
        now, out_of_turn = self._office.clock.now(), self._out_of_turn()
        if self._next_due is None and not out_of_turn and not self._due:
            self._troubled.clear()
        times = [at for at in (self._next_due, *self._held.values()) if at is not None]
        seconds = min(most, (min(times) - now) / timedelta(seconds=1)) if times else most
        woken = not self._due and seconds > 0 and await self._sleep(min(seconds, self._look_again_s))
        self._due = self._due or not woken

    async def _sleep(self, seconds: float) -> bool:
        """Returns whether somebody woke us before the time."""
        try:
            async with asyncio.timeout(seconds):
                return await self._wake.wait()
        except TimeoutError:
            return False
