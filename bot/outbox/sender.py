"""Gets what we owe out: claims rows, sends them in order per chat and at the right pace, books what became of them.

What is in flight or not yet booked never exceeds HANDS, so a crash can repeat no more than that.
"""

import asyncio
from datetime import timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.desk.desk import Desk, Office, write_down
from bot.outbox.channel import Channel, Outcome, Verdict
from bot.outbox.pace import Pace
from bot.outbox.parcel import Parcel, Shelf
from bot.outbox.results import book
from bot.outbox.wording import Wording
from storage import outbox
from storage.database import Database
from storage.outbox import Owed

log = structlog.get_logger()

HANDS = 8
CLAIM = 48
BOOK_WITHIN_S = 0.005
LOOK_AGAIN_S = 60.0
CALM_DOWN_S = 1.0


class Sender:
    """`run` until `stop`ped, which lets what is in hand finish. `idle` is set while nothing is due."""

    def __init__(self, database: Database, office: Office, channel: Channel, pace: Pace, wording: Wording) -> None:
        self._database = database
        self._office = office
        self._channel = channel
        self._pace = pace
        self._wording = wording
        self._shelf = Shelf(pace)
        self._finished: list[tuple[Parcel, Outcome]] = []
        self._in_flight = 0
        self._due = True
        self._stopping = False
        self._wake = asyncio.Event()
        self.idle = asyncio.Event()

    def look(self) -> None:
        """Something new is owed, or the clock moved."""
        self._due = True
        self.idle.clear()
        self._wake.set()

    def stop(self) -> None:
        """Send nothing new; `run` ends when what is in hand is booked."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Send until stopped. What an earlier process had in hand comes first; it may have arrived already."""
        async with self._database.write() as tx:
            back = await outbox.take_back_unbooked(tx)
        if back:
            log.info("unbooked_taken_back", rows=back)
        async with asyncio.TaskGroup() as group:
            while not self._stopping or self._in_flight or self._finished:
                self._wake.clear()
                await self._round()
                while (parcel := self._next()) is not None:
                    self._in_flight += 1
                    group.create_task(self._send(parcel))
                await self._rest()

    async def _round(self) -> None:
        """Book what is finished and claim what is next, in one transaction."""
        now = asyncio.get_running_loop().time()
        room = self._shelf.room(CLAIM, now) if self._due and not self._stopping else 0
        if not self._finished and room <= 0:
            return
        finished, self._finished = self._finished, []
        self._due = False
        try:
            claimed = await self._write(finished, room)
        except Exception as error:  # noqa: BLE001 - the sender must live; nothing was booked, so it is booked again
            log.error("sender_round_failed", error=type(error).__name__)
            self._finished = finished + self._finished
            self._due = True
            await asyncio.sleep(CALM_DOWN_S)
            return
        if claimed and len(claimed) == room:
            self._due = True
        await self._pack(claimed)

    async def _write(self, finished: list[tuple[Parcel, Outcome]], room: int) -> list[Owed]:
        async with self._database.write() as tx:
            desk = self._desk(tx, "sender")
            if finished:
                again = await book(desk, finished)
                self._due = self._due or again
                await write_down(tx, self._office, [desk])
            if room <= 0:
                return []
            return await outbox.claim(tx, self._office.seals.content, desk.now(), room, self._shelf.busy())

    async def _pack(self, claimed: list[Owed]) -> None:
        """Put letters into words; one that is no longer true, or that cannot be worded, is finished here."""
        if not claimed:
            return
        async with self._database.read() as tx:
            parcels = [await self._word(tx, owed) for owed in claimed]
        for parcel in parcels:
            if parcel.method is None:
                self._finished.append((parcel, Outcome(Verdict.REFUSED, trouble=parcel.why)))
            else:
                self._shelf.put(parcel)

    async def _word(self, tx: AsyncConnection, owed: Owed) -> Parcel:
        try:
            return await self._wording.parcel(self._desk(tx, f"o{owed.id}"), owed)
        except Exception as error:  # noqa: BLE001 - one letter that cannot be worded must not stop the others
            log.error("letter_not_worded", row=owed.id, kind=owed.kind, error=type(error).__name__)
            return Parcel(owed=owed, why=f"not worded: {type(error).__name__}", lost=True)

    def _next(self) -> Parcel | None:
        if self._stopping or self._in_flight + len(self._finished) >= HANDS:
            return None
        return self._shelf.take(asyncio.get_running_loop().time())

    async def _send(self, parcel: Parcel) -> None:
        assert parcel.method is not None
        outcome = await self._channel.call(parcel.method, parcel.params, parcel.uploads)
        now = asyncio.get_running_loop().time()
        if outcome.verdict is Verdict.WAIT:
            self._pace.wait(parcel.chat, now, outcome.retry_after)
        elif outcome.verdict is Verdict.NOT_SENT:
            self._pace.hold_all(now + CALM_DOWN_S)
        self._in_flight -= 1
        self._finished.append((parcel, outcome))
        if outcome.verdict is not Verdict.SENT:
            behind = Outcome(Verdict.NOT_SENT, trouble="behind")
            self._finished.extend((later, behind) for later in self._shelf.clear(parcel.chat))
        self._shelf.handed_over(parcel.chat)
        self._wake.set()

    async def _rest(self) -> None:
        """Sleep until something is owed or finished, or the next parcel may leave."""
        if self._finished:
            if self._in_flight:
                await self._sleep(BOOK_WITHIN_S)
            return
        if self._stopping:
            await self._sleep(LOOK_AGAIN_S)
            return
        now = asyncio.get_running_loop().time()
        next_at = self._shelf.next_at()
        if self._due and self._shelf.room(CLAIM, now) > 0:
            return
        if next_at is not None and self._in_flight < HANDS:
            await self._sleep(max(0.0, next_at - now))
        elif self._in_flight:
            await self._sleep(LOOK_AGAIN_S)
        else:
            await self._wait_for_work()

    async def _wait_for_work(self) -> None:
        async with self._database.read() as tx:
            due = await outbox.next_due(tx)
        seconds = LOOK_AGAIN_S if due is None else (due - self._office.clock.now()) / timedelta(seconds=1)
        if not self._due and seconds > 0:
            self.idle.set()
            await self._sleep(min(seconds, LOOK_AGAIN_S))
            self.idle.clear()
        self._due = True

    async def _sleep(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._wake.wait(), seconds)
        except TimeoutError:
            return

    def _desk(self, tx: AsyncConnection, name: str) -> Desk:
        return Desk(tx, self._office, self._office.clock.now(), name)
