"""Telegram as several programs on one server see it, and a record of which of them sends."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from bot.lab import wire
from bot.lab.answers import is_word
from bot.lab.chaos_points import SOON_S, Point
from bot.lab.chaos_porter import Porter
from bot.lab.chaos_storms import Stormy
from bot.lab.delivery import Answer, Postman

NOBODY = -1

Life = tuple[int, int]
"""A program by its place and how often it had died by then."""


class Charge:
    """Who sends, one life after the other, as people see it.

    `takeovers`: seconds from the moment at which a sender died or stood still to the first words of the next one.
    `late`: what a sender still said after the next one had begun, by how many there had been.
    """

    def __init__(self) -> None:
        self.senders: list[Life] = []
        self.takeovers: list[float] = []
        self.late: Counter[int] = Counter()
        self._struck_at: float | None = None
        self._over = False

    @property
    def sender(self) -> Life:
        """Who sends, or sent last."""
        return self.senders[-1] if self.senders else (NOBODY, 0)

    @property
    def vacant(self) -> bool:
        """Whether the sender was struck and the next one has not said anything yet."""
        return self._struck_at is not None

    def says(self, who: Life) -> None:
        """Somebody said something to people."""
        if self.senders and who == self.senders[-1]:
            return
        if who in self.senders:
            self.late[len(self.senders)] += 1
            return
        self.senders.append(who)
        if self._struck_at is not None:
            self.takeovers.append(time.perf_counter() - self._struck_at)
            self._struck_at = None

    def struck(self, who: Life) -> None:
        """If that was the sender, another one must take over from now on."""
        if self.senders and who == self.senders[-1] and self._struck_at is None and not self._over:
            self._struck_at = time.perf_counter()

    def nobody_waits(self) -> None:
        """Nothing is left to be said: how long a takeover takes is not seen from now on."""
        self._struck_at, self._over = None, True


class Street(Stormy):
    """A witness of several programs, each with a door of its own (a port) for updates.

    The program at place 1 calls the Bot API below the path /1, and so on: so it is known who says what. `life` counts
    those who have sent, so that what comes twice is booked on the death of whoever sent before. `taken`: updates that
    each place has taken at its door.
    """

    def __init__(self, seed: int, patience: float, doors: Sequence[int]) -> None:
        super().__init__(seed, patience)
        self.charge = Charge()
        self.taken = Counter[int]()
        self._doors = doors
        self._deaths = [0] * len(doors)
        self._at_work = [asyncio.Event() for _ in doors]
        self._speaking = self._aimed_at = NOBODY

    def at_work(self, place: int) -> asyncio.Event:
        """Set as long as the program there is known to be at work."""
        return self._at_work[place]

    def who(self, place: int) -> Life:
        """Whoever is there now."""
        return place, self._deaths[place]

    def aim_at(self, place: int, point: Point | None, kill: Callable[[], None]) -> None:
        """Like `aim`, but only the program at this place is meant."""
        self._aimed_at = place
        self.aim(point, kill)

    def bury_at(self, place: int) -> None:
        """The program there is dead."""
        self._at_work[place].clear()
        self._deaths[place] += 1

    def serve(self, parcel: wire.Parcel, answer: Answer) -> None:
        """Answer a request of one of them."""
        verb, target, version = parcel.line.split(b" ", 2)
        place, _, path = target.removeprefix(b"/").partition(b"/")
        self._speaking = int(place)
        super().serve(parcel._replace(line=b"%b /%b %b" % (verb, path, version)), answer)

    def _call(self, method: str, given: dict[str, Any]) -> Any:
        if method == "getMe":
            self._at_work[self._speaking].set()
        elif is_word(method):
            self.charge.says(self.who(self._speaking))
            self.life = len(self.charge.senders)
        return super()._call(method, given)

    def _poll(self, given: dict[str, Any], answer: Answer) -> None:
        asking = self._speaking

        def hand_out(reply: bytes) -> None:
            self._speaking = asking
            answer(reply)

        super()._poll(given, hand_out)

    def _hire(self, url: str, secret: str, most: int) -> Postman:
        return Porter(self._doors, secret, most, self._handed, self._kept)

    def _deliver(self, update: dict[str, Any]) -> None:
        self._speaking = NOBODY  # the porter decides who gets it
        super()._deliver(update)

    def _handed(self, place: int) -> None:
        self._speaking = place
        if self._met(Point.HANDED_OUT):
            self._strike(self._dice.uniform(0, SOON_S))

    def _kept(self, place: int, parcel: wire.Parcel) -> None:
        self._speaking = place
        self.taken[place] += 1
        self._answered_in_the_reply(parcel)

    def _met(self, point: Point) -> bool:
        return self._speaking == self._aimed_at and super()._met(point)


class OneOf:
    """What the street sees of one program."""

    def __init__(self, street: Street, place: int) -> None:
        self.port = street.port
        self.place = place
        self._street = street

    def aim(self, point: Point | None, kill: Callable[[], None]) -> None:
        """Call `kill` at one of the next times it meets this point; with None never."""
        self._street.aim_at(self.place, point, kill)

    async def asked(self) -> None:
        """Wait until it is at work."""
        await self._street.at_work(self.place).wait()

    def bury(self) -> None:
        """It is dead."""
        self._street.bury_at(self.place)
