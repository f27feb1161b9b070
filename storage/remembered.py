"""Small tables that everybody asks for and hardly anybody changes, kept in memory for a moment, per database."""

import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy.ext.asyncio import AsyncConnection

FRESH_S = 2.0
UNSETTLED_S = 0.5

T = TypeVar("T")


class Remembered:
    """Answers of questions by key. Another process sees a change after FRESH_S at most, this one at once."""

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[Any, dict[object, tuple[float, Any]]] = WeakKeyDictionary()
        self._unsettled_until = 0.0

    async def get(self, tx: AsyncConnection, key: object, ask: Callable[[], Awaitable[T]]) -> T:
        """The answer as it was at most FRESH_S ago."""
        known = self._known.setdefault(tx.engine.sync_engine, {})
        now = time.monotonic()
        found = known.get(key)
        if found is not None and now - found[0] < FRESH_S:
            return found[1]
        answer = await ask()
        if now >= self._unsettled_until:
            known[key] = (now, answer)
        return answer

    def changed(self) -> None:
        """The table was changed in a transaction that may still be rolled back: for a moment nothing is kept."""
        self._known.clear()
        self._unsettled_until = time.monotonic() + UNSETTLED_S
