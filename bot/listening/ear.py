"""The ear: asks the listener (bot/listening/transcriber.py, another process) what is said in a voice message."""

import asyncio
from enum import StrEnum
from pathlib import Path

from bot.listening.model import Model
from storage.apart import GONE, Apart
from storage.kinds import HEAD, kind_of

LISTENER = Path(__file__).with_name("transcriber.py")
PATIENCE_S = 240.0
"""For one message of five minutes, on a slow machine that has the model still to load."""

LONGEST_S = 300
"""Longer ones are not turned into words; the listener measures it, whatever the message says."""

LARGEST_ANSWER = 256 * 1024
TRIES = 2
REST_S = 600.0
"""A model takes some hundred megabytes; unused for so long it is let go."""


class Unheard(StrEnum):
    """Why there are no words."""

    BROKEN = "broken"
    TOO_LONG = "too_long"
    SILENT = "silent"
    TOO_SLOW = "too_slow"
    LISTENER_DIED = "listener_died"


class Ear:
    """One listener for all voices, one voice at a time. It starts with the first, and anew after it died or hung."""

    def __init__(self, model: Model, listener: Path = LISTENER, patience: float = PATIENCE_S) -> None:
        words = (model.kind, str(model.file.absolute()), str(model.tokens.absolute()))
        self._listener = Apart(listener, *words, patience=patience, largest_answer=LARGEST_ANSWER)
        self._turn = asyncio.Lock()
        self._heard_at = 0.0

    @property
    def pid(self) -> int | None:
        """Process id of the listener that runs now."""
        return self._listener.pid

    async def hear(self, sound: bytes) -> str | Unheard:
        """The words of a sound file, as the model hears them. A listener that dies is asked once more."""
        question = str(kind_of(sound[:HEAD])).ljust(4)[:4].encode("ascii") + sound
        async with self._turn:
            for _ in range(TRIES):
                try:
                    answer = await self._listener.ask(question)
                except TimeoutError:
                    return Unheard.TOO_SLOW
                except GONE:
                    await self._listener.end(grace=1.0)
                else:
                    self._heard_at = asyncio.get_running_loop().time()
                    return _judged(answer)
        return Unheard.LISTENER_DIED

    async def rest(self) -> None:
        """Let go of a model that was not used for a while."""
        if self.pid is not None and asyncio.get_running_loop().time() - self._heard_at > REST_S:
            await self.close()

    async def close(self) -> None:
        """End the listener. Safe to repeat; a later voice starts another one."""
        async with self._turn:
            await self._listener.end()


def _judged(answer: bytes) -> str | Unheard:
    try:
        if answer[:1] == b"+":
            return answer[1:].decode()
        return Unheard(answer[1:].decode("ascii"))
    except ValueError:  # only a listener that was taken over answers so
        return Unheard.BROKEN
