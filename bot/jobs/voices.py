"""Turning voices into words: fetched and heard outside any transaction, one at a time; the words arrive like an update.

A voice of a draft is held in memory only: until it is a case no file of it is kept. Killed on the way it is due again;
heard twice its words arrive once, for the update has the same number.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any

import structlog

from bot.desk.desk import Office
from bot.intake.signs import HEARD
from bot.listening.ear import LONGEST_S, Ear, Unheard
from bot.outbox.channel import Channel, FetchFailed, Verdict
from storage import people, voices
from storage.database import Database
from storage.media import DEADLINE, LIMIT
from storage.voices import Waiting

log = structlog.get_logger()

WAITS = tuple(timedelta(seconds=s) for s in (2, 10, 60, 300, 1800))
MOST_TRIES = 6
"""Three quarters of an hour; then the person is told, who can write it."""

MOST_DEATHS = 3
"""A voice over which the listener died so often is left alone."""

NOT_ITS_FAULT = frozenset({Unheard.LISTENER_DIED, Unheard.TOO_SLOW})

Keep = Callable[[Sequence[object]], Awaitable[None]]
"""Writes down what arrived and has it worked on (see Arrivals)."""


class HearVoices:
    """The job that listens. Without an ear nothing waits."""

    def __init__(self, database: Database, office: Office, channel: Channel, ear: Ear | None, keep: Keep) -> None:
        self._database = database
        self._office = office
        self._channel = channel
        self._ear = ear
        self._keep = keep
        self._turn = asyncio.Lock()

    async def run(self) -> int:
        """Hear the voice that waits longest. Returns how many were looked at."""
        if self._ear is None:
            return 0
        async with self._turn:
            async with self._database.read() as tx:
                due = await voices.waiting(tx, self._office.seals.content, self._office.clock.now(), 1)
            for one in due:
                await self._hear(self._ear, one)
            if not due:
                await self._ear.rest()
            return len(due)

    async def close(self) -> None:
        """End the listener."""
        if self._ear is not None:
            await self._ear.close()

    async def _hear(self, ear: Ear, one: Waiting) -> None:
        async with self._database.read() as tx:
            chat = await people.telegram_of(tx, self._office.seals.vault, one.voice.person)
        if chat is not None:
            heard = await self._words(ear, one)
            if heard is None:
                await self._again(one)
                return
            if isinstance(heard, Unheard):
                log.info("voice_not_heard", row=one.id, reason=heard.value)
            await self._keep([self._update(one, chat, heard)])
        async with self._database.write() as tx:
            await voices.forget(tx, one.id)

    async def _words(self, ear: Ear, one: Waiting) -> str | Unheard | None:
        """What is said, or why nothing is; None when it should be tried again."""
        if one.voice.seconds > LONGEST_S:
            return Unheard.TOO_LONG
        try:
            async with asyncio.timeout(DEADLINE):
                sound = await self._fetched(one)
        except TooBig:
            return Unheard.TOO_LONG
        except (FetchFailed, TimeoutError) as error:
            log.warning("voice_not_fetched", row=one.id, attempts=one.attempts + 1, error=type(error).__name__)
            return Unheard.BROKEN if one.attempts + 1 >= MOST_TRIES else None
        heard = await ear.hear(sound)
        return None if heard in NOT_ITS_FAULT and one.attempts + 1 < MOST_DEATHS else heard

    async def _fetched(self, one: Waiting) -> bytes:
        outcome = await self._channel.call("getFile", {"file_id": one.voice.file_id})
        if outcome.verdict is Verdict.REFUSED and "too big" in outcome.trouble:
            raise TooBig
        path = outcome.result.get("file_path") if outcome.verdict is Verdict.SENT else None
        if not path:
            raise FetchFailed(outcome.trouble, final=False)
        sound = bytearray()
        async for chunk in self._channel.fetch(path):
            sound += chunk
            if len(sound) > LIMIT:
                raise TooBig
        return bytes(sound)

    async def _again(self, one: Waiting) -> None:
        wait = WAITS[min(one.attempts, len(WAITS) - 1)]
        async with self._database.write() as tx:
            await voices.put_off(tx, one.id, one.attempts + 1, self._office.clock.now() + wait)

    def _update(self, one: Waiting, chat: int, heard: str | Unheard) -> dict[str, Any]:
        """What was heard in the shape of a message, with what it belongs to. No channel knows this kind of update."""
        words = {} if isinstance(heard, Unheard) else {"text": heard}
        trouble = heard.value if isinstance(heard, Unheard) else ""
        message = {
            "message_id": one.voice.message,
            "date": int(self._office.clock.now().timestamp()),
            "chat": {"id": chat, "type": "private"},
            "from": {"id": chat, "is_bot": False, "first_name": ""},
            **words,
        }
        about = {"draft": one.voice.draft, "case": one.voice.case, "file": one.voice.unique_id, "trouble": trouble}
        return {"update_id": one.key, HEARD: message, "about": about}


class TooBig(Exception):
    """More bytes than are ever fetched."""
