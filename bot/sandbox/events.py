"""What the chat page is told while it happens: server-sent events, and pauses that end when the sandbox does."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress

import orjson

from bot.sandbox.records import Json

HEARTBEAT = 15.0
LONGEST_QUEUE = 5_000


class Events:
    """Fans events out to every open page. One that does not read is cut off rather than kept in memory."""

    def __init__(self) -> None:
        self._readers: set[asyncio.Queue[bytes | None]] = set()
        self._closing = asyncio.Event()
        self.unheard: set[int] = set()
        """People of whom no page is told: the crowd."""

    @property
    def closed(self) -> bool:
        return self._closing.is_set()

    def tell(self, kind: str, chat: int | None = None, *, person: int | None = None, **more: object) -> None:
        if not self._readers or person in self.unheard:
            return
        event: Json = {"type": kind, "chat": chat, "person": person, **more}
        line = b"data: " + orjson.dumps(event) + b"\n\n"
        for reader in list(self._readers):
            if reader.qsize() >= LONGEST_QUEUE:
                self._readers.discard(reader)
                reader.put_nowait(None)
            else:
                reader.put_nowait(line)

    async def follow(self) -> AsyncGenerator[bytes]:
        """Events as they come, a comment line every 15 s of silence; ends with the sandbox."""
        reader: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._readers.add(reader)
        try:
            while not self.closed:
                try:
                    async with asyncio.timeout(HEARTBEAT):
                        line = await reader.get()
                except TimeoutError:
                    line = b": heartbeat\n\n"
                if line is None:
                    return
                yield line
        finally:
            self._readers.discard(reader)

    async def pause(self, seconds: float) -> None:
        """Wait, but no longer than the sandbox lives."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._closing.wait()

    def close(self) -> None:
        self._closing.set()
        for reader in list(self._readers):
            reader.put_nowait(None)
