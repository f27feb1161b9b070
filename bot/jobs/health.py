"""How the program is: whether it can write, hears Telegram, and how long what arrived and what is owed has waited."""

import asyncio
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.desk.desk import Office
from storage import counters, inbox, outbox
from storage.database import Database

WRITE_WITHIN_S = 5.0
FRESH_S = 0.5
DEAF_S = 90.0
WAITS_LONG_S = 60.0
OWED_LONG_S = {0: 30.0, 1: 30.0, 2: 300.0}
"""By lane: a broadcast may take its time, what is urgent may not."""

LITTLE_ROOM = 512 * 1024 * 1024
SIGN_OF_LIFE = "health"


class Trouble(StrEnum):
    """What may be wrong; bot/texts has a sentence for each."""

    NO_WRITING = "no_writing"
    DEAF = "deaf"
    UNDELIVERED = "undelivered"
    BACKLOG = "backlog"
    NOT_SENDING = "not_sending"
    LITTLE_ROOM = "little_room"
    DEAD_LETTERS = "dead_letters"


UNREADY = frozenset({Trouble.NO_WRITING, Trouble.DEAF, Trouble.BACKLOG})
"""Then no more updates should be brought here."""


@dataclass(frozen=True, slots=True)
class Facts:
    """One look. Ages in seconds; None: nothing waits, or nothing was heard yet. `owed` by lane: (how many, oldest)."""

    writes: bool
    heard_s: float | None
    arrived: tuple[int, float]
    owed: Mapping[int, tuple[int, float]]
    dead: int
    free: int
    undelivered: bool = False

    @property
    def troubles(self) -> list[Trouble]:
        """What is wrong now."""
        late = any(oldest > OWED_LONG_S[lane] for lane, (_, oldest) in self.owed.items() if lane in OWED_LONG_S)
        checks = {
            Trouble.NO_WRITING: not self.writes,
            Trouble.DEAF: self.heard_s is not None and self.heard_s > DEAF_S,
            Trouble.UNDELIVERED: self.undelivered,
            Trouble.BACKLOG: self.arrived[1] > WAITS_LONG_S,
            Trouble.NOT_SENDING: late,
            Trouble.LITTLE_ROOM: self.free < LITTLE_ROOM,
            Trouble.DEAD_LETTERS: self.dead > 0,
        }
        return [trouble for trouble, wrong in checks.items() if wrong]

    @property
    def ready(self) -> bool:
        """Whether it can do its work."""
        return not UNREADY & set(self.troubles)


class Health:
    """Looks whenever asked. `heard_s` tells how long ago Telegram was heard, `undelivered` whether it cannot bring
    updates here."""

    def __init__(
        self,
        database: Database,
        office: Office,
        folder: Path,
        heard_s: Callable[[], float | None],
        undelivered: Callable[[], bool],
    ) -> None:
        self._database = database
        self._office = office
        self._folder = folder
        self._heard_s = heard_s
        self._undelivered = undelivered
        self._turn = asyncio.Lock()
        self._facts: Facts | None = None
        self._looked_at = 0.0

    async def look(self) -> Facts:
        """How things are, not older than FRESH_S: however many ask, the database is asked once."""
        async with self._turn:
            now = asyncio.get_running_loop().time()
            if self._facts is None or now - self._looked_at > FRESH_S:
                self._facts, self._looked_at = await self._now(), now
            return self._facts

    async def _now(self) -> Facts:
        free = shutil.disk_usage(self._folder).free
        now = self._office.clock.now()
        try:
            async with asyncio.timeout(WRITE_WITHIN_S):
                await self._writes()
                async with self._database.read() as tx:
                    arrived = await inbox.backlog(tx, now)
                    owed = await outbox.backlog(tx, now)
                    dead = await inbox.dead(tx) + await outbox.dead(tx)
        except (TimeoutError, SQLAlchemyError, OSError):
            return Facts(False, self._heard_s(), (0, 0.0), {}, 0, free, self._undelivered())
        ages = {lane: (count, _age(now, oldest)) for lane, (count, oldest) in owed.items()}
        waits = (arrived[0], _age(now, arrived[1]))
        return Facts(True, self._heard_s(), waits, ages, dead, free, self._undelivered())

    async def _writes(self) -> None:
        """A row on disk, in the queue of all writers."""
        async with self._database.write() as tx:
            await counters.put(tx, SIGN_OF_LIFE, int(self._office.clock.now().timestamp()))


def _age(now: datetime, oldest: datetime | None) -> float:
    return max(0.0, (now - oldest).total_seconds()) if oldest else 0.0
