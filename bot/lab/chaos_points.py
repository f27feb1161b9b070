"""The moments at which a crash is hardest, and a stub that knows when one has come and keeps a record of all it did."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any, Literal

import orjson

from bot.lab import wire
from bot.lab.answers import is_word
from bot.lab.delivery import Answer
from bot.lab.stub import Stub

Delivery = Literal["polling", "webhook"]

SOON_S = 0.008
_SKIPPED = 5


class Point(StrEnum):
    """A line of the crash table. Each is met within a few milliseconds, so that both sides of a commit are hit."""

    HANDED_OUT = "updates handed out, not kept yet"
    KEPT = "updates kept, not worked on yet"
    CLAIMED = "a message claimed, its request without effect"
    ARRIVED = "a message shown, its answer not heard"
    ANSWERED = "a message shown and answered, not booked yet"
    DOWNLOADING = "half of a file fetched"
    ANY = "any moment"


@dataclass(frozen=True, slots=True)
class Heard:
    """A call that had an effect. `life` is how many times the bot had died by then; `what` is all that was shown."""

    life: int
    method: str
    chat: int
    text: str
    what: str


class Witness(Stub):
    """A stub that strikes down the bot at the point aimed at, and remembers everything that people saw."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.heard: list[Heard] = []
        self.life = 0
        self._dice = Random(seed)
        self._aim: Point | None = None
        self._skip = 0
        self._kill: Callable[[], None] = lambda: None
        self._offset = 0
        self._asked = asyncio.Event()

    @property
    def spoken(self) -> int:
        """How many updates people have caused."""
        return self._crowd.updates

    def aim(self, point: Point | None, kill: Callable[[], None]) -> None:
        """Call `kill` at one of the next times this point is met; with None never."""
        self._aim, self._kill = point, kill
        self._skip = self._dice.randrange(_SKIPPED)

    async def asked(self) -> None:
        """Wait until the bot of this life asks for updates."""
        await self._asked.wait()

    def bury(self) -> None:
        """The bot is dead: what it says from now on, it says in another life."""
        self.life += 1
        self._asked.clear()

    def serve(self, parcel: wire.Parcel, answer: Answer) -> None:
        """Answer a request, unless the bot is struck down meanwhile."""
        path = parcel.target.partition("?")[0]
        if path.startswith("/file/") and self._met(Point.DOWNLOADING):
            super().serve(parcel, lambda reply: answer(reply[: len(reply) // 2]))
            self._strike(self._dice.uniform(0, SOON_S))
        elif is_word(path.rpartition("/")[2]):
            self._serve_word(parcel, answer)
        else:
            super().serve(parcel, answer)

    def _serve_word(self, parcel: wire.Parcel, answer: Answer) -> None:
        if self._met(Point.CLAIMED):
            self._strike(0)
        elif self._met(Point.ARRIVED):
            self._strike(0)
            super().serve(parcel, lambda _: None)
        else:
            super().serve(parcel, answer)
            if self._met(Point.ANSWERED):
                self._strike(self._dice.uniform(0, SOON_S))

    def _call(self, method: str, given: dict[str, Any]) -> Any:
        if is_word(method) or method == "answerCallbackQuery":
            text = " ".join(str(given[name]) for name in ("text", "caption", "voice") if name in given)
            what = orjson.dumps([method, sorted(given.items())], default=str).decode()
            self.heard.append(Heard(self.life, method, wire.number(given, "chat_id"), text, what))
        return super()._call(method, given)

    def _poll(self, given: dict[str, Any], answer: Answer) -> None:
        offset = wire.number(given, "offset")
        if offset > self._offset and self._met(Point.KEPT):
            self._strike(self._dice.uniform(0, SOON_S))
        self._offset = offset

        def hand_out(reply: bytes) -> None:
            answer(reply)
            if b"update_id" in reply and self._met(Point.HANDED_OUT):
                self._strike(self._dice.uniform(0, SOON_S))

        super()._poll(given, hand_out)

    def _deliver(self, update: dict[str, Any]) -> None:
        super()._deliver(update)
        if self._postman and self._met(Point.HANDED_OUT):
            self._strike(self._dice.uniform(0, SOON_S))

    def _answered_in_the_reply(self, parcel: wire.Parcel) -> None:
        super()._answered_in_the_reply(parcel)
        if self._met(Point.KEPT):
            self._strike(self._dice.uniform(0, SOON_S))

    def _choose(self, way: str) -> None:
        super()._choose(way)
        self._asked.set()

    def _met(self, point: Point) -> bool:
        if self._aim is not point:
            return False
        self._skip -= 1
        return self._skip < 0

    def _strike(self, after: float) -> None:
        self._aim = None
        if after:
            asyncio.get_running_loop().call_later(after, self._kill)
        else:
            self._kill()
