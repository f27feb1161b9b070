"""Telegram's flood limits: 30 messages a second overall, 20 a minute to a group, about one a second to a person."""

import math
import time
from collections import deque

from bot.sandbox.errors import too_many

OVERALL_PER_SECOND = 30
GROUP_PER_MINUTE = 20
PRIVATE_BURST = 10
PRIVATE_PER_SECOND = 1.0
MOST_CHATS = 20_000


class Bucket:
    """Holds up to `size` messages and gains `rate` a second."""

    __slots__ = ("at", "left", "rate", "size")

    def __init__(self, size: float, rate: float, now: float) -> None:
        self.size = size
        self.rate = rate
        self.left = size
        self.at = now

    def wait_for(self, amount: int, now: float) -> float:
        """Seconds until `amount` (at most what fits) may be taken, 0 if now."""
        self.left = min(self.size, self.left + (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (min(amount, self.size) - self.left) / self.rate)


class Window:
    """At most 20 messages in any 60 seconds."""

    __slots__ = ("sent",)

    def __init__(self) -> None:
        self.sent: deque[float] = deque()

    def wait_for(self, amount: int, now: float) -> float:
        while self.sent and self.sent[0] <= now - 60:
            self.sent.popleft()
        over = len(self.sent) + min(amount, GROUP_PER_MINUTE) - GROUP_PER_MINUTE
        return self.sent[over - 1] + 60 - now if over > 0 else 0.0


class Limits:
    """Counted per bot by the real monotonic clock. A refused message costs nothing."""

    def __init__(self, on: bool, per_second: float = OVERALL_PER_SECOND) -> None:
        self.on = on
        self._per_second = per_second
        self._overall: dict[int, Bucket] = {}
        self._private: dict[tuple[int, int], Bucket] = {}
        self._groups: dict[tuple[int, int], Window] = {}

    def switch(self, on: bool) -> None:
        """Switching starts the counting anew."""
        self.on = on
        self._overall.clear()
        self._private.clear()
        self._groups.clear()

    def take(self, bot_id: int, chat_id: int, amount: int = 1) -> None:
        """Count `amount` messages to a chat. Raises Refused 429 with whole seconds to wait if that is too many."""
        if not self.on:
            return
        now = time.monotonic()
        overall = self._overall.setdefault(bot_id, Bucket(self._per_second, self._per_second, now))
        chat = self._chat(bot_id, chat_id, now)
        wait = max(overall.wait_for(amount, now), chat.wait_for(amount, now))
        if wait > 0:
            raise too_many(max(1, math.ceil(wait)))
        overall.left -= amount
        if isinstance(chat, Bucket):
            chat.left -= amount
        else:
            chat.sent.extend([now] * amount)

    def _chat(self, bot_id: int, chat_id: int, now: float) -> Bucket | Window:
        key = (bot_id, chat_id)
        if chat_id < 0:
            return self._groups.setdefault(key, Window())
        if len(self._private) > MOST_CHATS:
            self._private.clear()
        return self._private.setdefault(key, Bucket(PRIVATE_BURST, PRIVATE_PER_SECOND, now))
