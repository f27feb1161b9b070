"""The updates that a bot has not confirmed yet: kept 24 hours (button presses 150 seconds), asked for by getUpdates."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from time import monotonic

import orjson

from bot.sandbox.errors import Refused, conflict
from bot.sandbox.records import Json, message_numbers

KEPT = 86_400.0
PRESS_KEPT = 150.0
REPEATABLE = 200
FAR_AHEAD = 10
ASKED_AGAIN_AT_ONCE = 0.5
KINDS = frozenset({
    "message", "edited_message", "channel_post", "edited_channel_post", "callback_query", "inline_query",
    "chosen_inline_result", "my_chat_member", "chat_member", "chat_join_request", "poll", "poll_answer",
    "message_reaction", "message_reaction_count",
})  # fmt: skip
BY_DEFAULT = KINDS - {"chat_member", "message_reaction", "message_reaction_count"}
TERMINATED = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(slots=True)
class Pending:
    """One update. `payload` is the JSON below its kind, or the whole update where `kind` is empty."""

    update_id: int
    kind: str
    payload: bytes
    lane: int
    expires: float
    handed_over: bool = False

    def body(self) -> bytes:
        if not self.kind:
            return self.payload
        return b'{"update_id":%d,"%s":%s}' % (self.update_id, self.kind.encode(), self.payload)


@dataclass(slots=True)
class UpdateQueue:
    """Updates of one bot in order. `now` is the sandbox's clock; `on_new` hears of every update at once."""

    now: Callable[[], float]
    allowed: frozenset[str] = BY_DEFAULT
    pending: dict[int, Pending] = field(default_factory=dict[int, Pending])
    recent: deque[Pending] = field(default_factory=lambda: deque[Pending](maxlen=REPEATABLE))
    next_id: int = field(default_factory=lambda: next(message_numbers()) * 4)
    on_new: Callable[[Pending], None] | None = None
    _waiter: "asyncio.Future[None] | None" = None
    _earliest_end: float = float("inf")
    _last_asked: tuple[int, float] = (-1, 0.0)

    def allow(self, kinds: Iterable[str]) -> None:
        """Kinds of updates to be queued from now on; none means all but those that must be asked for."""
        self.allowed = frozenset(kinds) & KINDS or BY_DEFAULT

    def add(self, kind: str, payload: Json, lane: int) -> None:
        """Queue an update, serialised as the world is now. `lane` is the chat, whose order is kept by webhooks."""
        if kind in self.allowed:
            body = orjson.dumps(payload)
            self._queue(Pending(self.next_id, kind, body, lane, self.now() + _lifetime(kind)))

    def add_raw(self, update: object) -> None:
        """Queue anything as an update; an object without update_id is given one."""
        update_id = self.next_id
        if isinstance(update, dict):
            known: Json = {"update_id": update_id, **update}  # pyright: ignore[reportUnknownArgumentType]
            given = known["update_id"]
            update_id = given if isinstance(given, int) else update_id
            update = known
        self._queue(Pending(update_id, "", orjson.dumps(update), 0, self.now() + KEPT))

    def repeat(self, count: int, same_ids: bool, restart: bool) -> int:
        """Send the last `count` updates again: under new ids, under their own, or under ids that start anew."""
        again = list(self.recent)[-count:] if count > 0 else []
        if restart:
            self.next_id = self.next_id // 2 + 7
        for old in again:
            update_id = old.update_id if same_ids else self.next_id
            self._queue(Pending(update_id, old.kind, old.payload, old.lane, self.now() + _lifetime(old.kind)))
        return len(again)

    def _queue(self, update: Pending) -> None:
        if update.update_id in self.pending:
            return
        self.pending[update.update_id] = update
        self.recent.append(update)
        if update.update_id == self.next_id:
            self.next_id += 1
        self._earliest_end = min(self._earliest_end, update.expires)
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)
        if self.on_new:
            self.on_new(update)

    def forget_expired(self) -> None:
        now = self.now()
        if now < self._earliest_end:
            return
        self.pending = {key: each for key, each in self.pending.items() if each.expires > now}
        self._earliest_end = min((each.expires for each in self.pending.values()), default=float("inf"))

    def confirm(self, offset: int) -> None:
        """Drop what is below `offset`; a negative offset keeps only the last ones.

        An offset far beyond the newest id is of another numbering (ids restart after a quiet week) and confirms
        nothing.
        """
        self.forget_expired()
        if offset < 0:
            kept = list(self.pending)[offset:]
            self.pending = {key: self.pending[key] for key in kept}
        elif offset <= self.next_id + FAR_AHEAD:
            for key in [key for key in self.pending if key < offset]:
                del self.pending[key]

    async def ask(self, offset: int, limit: int, patience: float) -> list[Pending]:
        """Up to `limit` updates from `offset` on, waiting up to `patience` seconds for the first.

        Raises Refused 409 when another request comes in meanwhile. As with Telegram, the same offset asked again within
        half a second gives only one update.
        """
        self.interrupt(conflict(TERMINATED))
        self.confirm(offset)
        asked = monotonic()
        if offset == self._last_asked[0] and asked < self._last_asked[1] + ASKED_AGAIN_AT_ONCE:
            limit = 1
        self._last_asked = (offset, asked)
        if not self.pending and patience > 0:
            await self._wait(patience)
        self.forget_expired()
        batch = [each for _, each in zip(range(limit), self.pending.values(), strict=False)]
        for each in batch:
            each.handed_over = True
        return batch

    async def _wait(self, patience: float) -> None:
        waiter = self._waiter = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(patience):
                await waiter
        except TimeoutError:
            return
        finally:
            if self._waiter is waiter:
                self._waiter = None

    def interrupt(self, reason: Refused | None = None) -> None:
        """End a waiting request: with an error, or with no updates."""
        if self._waiter and not self._waiter.done():
            if reason:
                self._waiter.set_exception(reason)
            else:
                self._waiter.set_result(None)

    def counts(self) -> tuple[int, int]:
        """How many updates are not confirmed, and how many of these were handed over."""
        self.forget_expired()
        return len(self.pending), sum(each.handed_over for each in self.pending.values())


def _lifetime(kind: str) -> float:
    return PRESS_KEPT if kind == "callback_query" else KEPT
