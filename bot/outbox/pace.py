"""How fast we may send: evenly spaced overall and never more than allowed in any second, a window for each chat, and
the pauses that Telegram asks for.

Monotonic seconds only; wall clocks jump.
"""

from collections import OrderedDict, deque

GROUP_WINDOW_S = 60.0
PRIVATE_BURST = 3
REMEMBERED = 5_000
STORM_CHATS = 3
STORM_S = 1.0
CATCH_UP_S = 0.5
"""Waking so late is made up for, within the window; after a longer rest sending begins evenly."""

WIDER = 1.001
"""A window is a little wider than Telegram's, because what left evenly need not arrive evenly."""


class Pace:
    """Asked before a send (`ready_at`), told of it (`sent`), and told of every 429 (`wait`)."""

    def __init__(self, per_second: float, per_group_minute: float, per_chat_second: float) -> None:
        self._gap = 1 / per_second
        self._window: deque[float] = deque(maxlen=max(1, int(per_second)))
        self._window_s = self._gap * (self._window.maxlen or 1) * WIDER
        self._group = (max(1, int(per_group_minute)), GROUP_WINDOW_S * max(1.0, 1 / per_group_minute))
        self._private = (PRIVATE_BURST, PRIVATE_BURST / per_chat_second)
        self._next = 0.0
        self._chats: OrderedDict[int, deque[float]] = OrderedDict()
        self._paused: dict[int, float] = {}
        self._told: deque[float] = deque(maxlen=STORM_CHATS)

    def ready_at(self, chat: int, count: int = 1) -> float:
        """From when on this chat may get its next message (an album is `count`), whatever the others do."""
        allowed, window = self._group if chat < 0 else self._private
        sent = self._chats.get(chat, ())
        over = len(sent) + min(count, allowed) - allowed
        free = sent[over - 1] + window if over > 0 else 0.0
        return max(free, self._paused.get(chat, 0.0))

    @property
    def open_at(self) -> float:
        """From when on anybody may get the next message."""
        full = len(self._window) == self._window.maxlen
        return max(self._next, self._window[0] + self._window_s) if full else self._next

    def sent(self, chat: int, now: float, count: int = 1) -> None:
        """Book a message. The overall gap runs from when it could have left, so that waking late does not add up."""
        began = self._next if now - self._next <= CATCH_UP_S else now
        self._next = began + self._gap * count
        self._window.extend([now] * count)
        allowed, _ = self._group if chat < 0 else self._private
        self._chats.setdefault(chat, deque(maxlen=allowed)).extend([now] * count)
        self._chats.move_to_end(chat)
        while len(self._chats) > REMEMBERED:
            self._chats.popitem(last=False)

    def wait(self, chat: int, now: float, seconds: float) -> None:
        """This chat waits as long as Telegram says; when several are told within a second, all do."""
        self._paused = {known: until for known, until in self._paused.items() if until > now}
        self._paused[chat] = now + seconds
        self._told.append(now)
        if len(self._told) == STORM_CHATS and now - self._told[0] <= STORM_S:
            self._next = max(self._next, now + seconds)

    def hold_all(self, until: float) -> None:
        """Nobody can be reached: try again then."""
        self._next = max(self._next, until)
