"""How fast somebody writes. Whoever hurries is told once, then heard in silence until it calms down."""

from datetime import datetime, timedelta
from enum import Enum

MINUTE = timedelta(minutes=1)
MOST_KNOWN = 10_000
"""Of so many people it is known how fast they write; then those who rest are forgotten."""


class Hurry(Enum):
    """Answer as always; say that it is too fast; take it in without a word."""

    CALM = "calm"
    TELL = "tell"
    QUIET = "quiet"


class Hurries:
    """What came of whom within the last minute. In memory: a restart forgives everybody."""

    def __init__(self) -> None:
        self._came: dict[int, dict[int, datetime]] = {}
        self._told: dict[int, int] = {}

    def look(self, who: int, arrival: int, now: datetime, most: float) -> Hurry:
        """How this arrival is to be answered. Safe to repeat: the same arrival counts once and gets the same answer."""
        came = self._came.setdefault(who, {})
        for one in [one for one, at in came.items() if not now - MINUTE < at <= now]:
            del came[one]
        came.setdefault(arrival, now)
        if len(self._came) > MOST_KNOWN:
            self._forget(now)
        if len(came) <= most / 2:
            self._told.pop(who, None)
        told = self._told.get(who)
        if told is None and len(came) <= most:
            return Hurry.CALM
        if told in (None, arrival):
            self._told[who] = arrival
            return Hurry.TELL
        return Hurry.QUIET

    def _forget(self, now: datetime) -> None:
        resting = [who for who, came in self._came.items() if all(at <= now - MINUTE for at in came.values())]
        for who in resting:
            del self._came[who]
            self._told.pop(who, None)
