"""The sandbox's clock: the real time plus an offset that can only grow, and the product's clock that follows it."""

import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.sandbox.errors import Mistaken

Mover = Callable[[timedelta], Awaitable[None]]
Outlook = Callable[[], Awaitable[datetime | None]]


class Clock:
    """Tells unix time in seconds. `on_clock` hears every move, `next_event` says when something is due next."""

    def __init__(self, on_clock: Mover | None = None, next_event: Outlook | None = None) -> None:
        self.offset = 0.0
        self._on_clock = on_clock
        self._next_event = next_event

    def now(self) -> float:
        return time.time() + self.offset

    def unix(self) -> int:
        return int(self.now())

    async def next(self) -> float | None:
        """Unix time of the next thing that falls due, None if nobody knows of any."""
        due = await self._next_event() if self._next_event else None
        return due.timestamp() if due else None

    async def add(self, seconds: float) -> None:
        """Move forward by `seconds`; going back is refused, as no clock in a running town does."""
        if seconds < 0:
            raise Mistaken("the clock only goes forward")
        self.offset += seconds
        if self._on_clock:
            await self._on_clock(timedelta(seconds=seconds))

    async def add_until_next(self) -> None:
        """Move to the moment when the next thing falls due; refused if nothing does."""
        due = await self.next()
        if due is None:
            raise Mistaken("nothing is due")
        await self.add(max(0.0, due - self.now()))
