"""Fault storms of the Bot API: spells in which it asks to wait, falters, breaks off, hangs, or brings things twice.

A storm begins with the first call or update that it can strike, so that each one strikes something.
"""

import asyncio
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from enum import StrEnum
from random import Random
from typing import Any

from bot.intake.signs import whose
from bot.lab import wire
from bot.lab.answers import is_word
from bot.lab.chaos_points import Delivery, Witness
from bot.lab.delivery import RESET, Answer

_LONGEST_WAIT_S = 2
_SHUFFLED_FOR_S = 0.25
_TOO_MANY = b'{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":%d}}'
_FALTERED = (
    b'{"ok":false,"error_code":502,"description":"Bad Gateway"}',
    b"<html><head><title>502 Bad Gateway</title></head></html>",
)


class Storm(StrEnum):
    """What Telegram, or the way to it, does for a while."""

    TOO_MANY = "Telegram asks to wait (429)"
    FALTERS = "Telegram answers 502"
    BEFORE = "the line breaks before the effect"
    AFTER = "the line breaks after the effect"
    HANGS = "the answer comes when nobody waits for it"
    TWICE = "updates come twice"
    SHUFFLED = "updates of different people are shuffled"
    UNHEARD = "the 200 of the webhook gets lost"


_OF_UPDATES = (Storm.TWICE, Storm.SHUFFLED)
_OF_CALLS = tuple(storm for storm in Storm if storm not in (*_OF_UPDATES, Storm.UNHEARD))


def storms_of(delivery: Delivery) -> tuple[Storm, ...]:
    """Those that this way of delivery knows."""
    return tuple(storm for storm in Storm if delivery == "webhook" or storm is not Storm.UNHEARD)


def patience_of(lasts: float) -> float:
    """Seconds that the product waits for an answer in a run whose faults last so long: shorter than in earnest, so that
    nobody waits long, and longer than it may stand still."""
    return 2 * lasts + 3


class Stormy(Witness):
    """A witness with weather. `lost` counts what was shown without the product being told, `too_early` the calls before
    the wait that was asked for was over; `sent` are the numbers of all updates, `poisoned` of those that are none."""

    def __init__(self, seed: int, patience: float) -> None:
        super().__init__(seed)
        self.struck: Counter[str] = Counter()
        self.lost: Counter[str] = Counter()
        self.too_early = 0
        self.sent: set[int] = set()
        self.poisoned: set[int] = set()
        self._hangs_for = 1.2 * patience
        self._fortune = Random(seed)
        self._coming: deque[tuple[Storm, float]] = deque()
        self._over_at: float | None = None
        self._free_at: dict[str, tuple[int, float]] = {}
        self._mixed: list[dict[str, Any]] = []

    def breaks_out(self, storm: Storm, seconds: float) -> None:
        """Let it storm so long, after what storms already."""
        self._coming.append((storm, seconds))

    def brings(self, poison: Mapping[str, Any]) -> None:
        """Hand on what no client should send; it is neither shuffled nor doubled."""
        number = next(self._crowd.update_ids)
        self.poisoned.add(number)
        self._hand_over({"update_id": number, **poison})

    def serve(self, parcel: wire.Parcel, answer: Answer) -> None:
        """Answer a request, unless it storms."""
        path = parcel.target.partition("?")[0]
        method = path.rpartition("/")[2]
        whom = _whom(method, parcel)
        self._look_at_the_clock(whom)
        match self._strikes(_OF_CALLS):
            case Storm.TOO_MANY:
                self._asks_to_wait(whom, answer)
            case Storm.FALTERS:
                answer(wire.reply(self._fortune.choice(_FALTERED), 502))
            case Storm.BEFORE:
                answer(RESET)
            case Storm.AFTER:
                self._serves_in_vain(parcel, lambda _: answer(RESET))
            case Storm.HANGS:
                self._serves_in_vain(parcel, lambda reply: self._late(answer, reply))
            case _:
                super().serve(parcel, answer)

    def _serves_in_vain(self, parcel: wire.Parcel, answer: Answer) -> None:
        before = len(self.heard)
        super().serve(parcel, answer)
        self.lost.update(one.what for one in self.heard[before:])

    def _late(self, answer: Answer, reply: bytes) -> None:
        asyncio.get_running_loop().call_later(self._hangs_for, answer, reply)

    def _asks_to_wait(self, whom: str, answer: Answer) -> None:
        seconds = self._fortune.randint(1, _LONGEST_WAIT_S)
        if whom:
            self._free_at[whom] = (self.life, asyncio.get_running_loop().time() + seconds)
        answer(wire.reply(_TOO_MANY % seconds, 429))

    def _look_at_the_clock(self, whom: str) -> None:
        """A program that died meanwhile cannot know; its next life is told once more. Calls that go side by side (files
        are asked for in fours) have each a wait of their own."""
        life, free_at = self._free_at.get(whom, (0, 0.0))
        self.too_early += life == self.life and asyncio.get_running_loop().time() < free_at

    def _deliver(self, update: dict[str, Any]) -> None:
        storm = self._strikes(_OF_UPDATES)
        if storm is Storm.SHUFFLED:
            if not self._mixed:
                asyncio.get_running_loop().call_later(_SHUFFLED_FOR_S, self._hand_over_mixed)
            self._mixed.append(update)
            return
        self._hand_over(update)
        if storm is Storm.TWICE:
            self._again(update)

    def _again(self, update: dict[str, Any]) -> None:
        """As it was, or, as happens to a client that lost its line, the same message under another number."""
        if "message" in update and self._fortune.random() < 0.5:
            update = update | {"update_id": next(self._crowd.update_ids)}
        super()._deliver(update)

    def _hand_over(self, update: dict[str, Any]) -> None:
        self.sent.add(update["update_id"])
        super()._deliver(update)

    def _hand_over_mixed(self) -> None:
        """In order for each person. Who asks for updates gets them numbered as they are given: what has a lower number
        than one before it counts as confirmed."""
        mixed, self._mixed = self._mixed, []
        for update in shuffled(mixed, self._fortune):
            self._hand_over(update if self._postman else update | {"update_id": next(self._crowd.update_ids)})

    def _answered_in_the_reply(self, parcel: wire.Parcel) -> None:
        if self._strikes((Storm.UNHEARD,)):
            raise ConnectionResetError
        super()._answered_in_the_reply(parcel)

    def _strikes(self, kinds: Sequence[Storm]) -> Storm | None:
        """The storm that strikes now, if it is one of these."""
        now = asyncio.get_running_loop().time()
        if self._over_at is not None and now >= self._over_at:
            self._over_at = None
            self._coming.popleft()
        if not self._coming or self._coming[0][0] not in kinds:
            return None
        storm, seconds = self._coming[0]
        self._over_at = self._over_at or now + seconds
        self.struck[storm.value] += 1
        return storm


def _whom(method: str, parcel: wire.Parcel) -> str:
    """Who has to wait when Telegram asks to: a chat, or whoever asks for updates; of other calls only the one."""
    if is_word(method):
        return str(wire.number(wire.fields(parcel), "chat_id"))
    return method if method == "getUpdates" else ""


def shuffled(updates: Sequence[dict[str, Any]], dice: Random) -> list[dict[str, Any]]:
    """In another order, in which everybody's own are as they were."""
    turns = [whose(update).user_id for update in updates]
    dice.shuffle(turns)
    left = {who: iter([one for one in updates if whose(one).user_id == who]) for who in set(turns)}
    return [next(left[who]) for who in turns]
