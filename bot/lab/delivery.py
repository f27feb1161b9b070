"""The two ways an update reaches a bot: it asks the mailbox (getUpdates), or the postman posts to its webhook."""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncGenerator, Callable
from typing import Any, cast
from urllib.parse import urlsplit

import orjson

from bot.intake.signs import whose
from bot.lab.wire import Cutter, Parcel, reply

AGAIN_AFTER_S = 0.2
_CONFLICT = b'{"ok":false,"error_code":409,"description":"Conflict: terminated by other getUpdates request"}'

Answer = Callable[[bytes], None]
RESET = b""
"""Given for an answer it breaks the connection."""


class Mailbox:
    """Updates that wait for getUpdates. An update stays until a later offset confirms it."""

    def __init__(self) -> None:
        self._updates: deque[tuple[int, bytes]] = deque()
        self._asking: tuple[Answer, int, asyncio.TimerHandle] | None = None

    def put(self, update: dict[str, Any]) -> None:
        self._updates.append((update["update_id"], orjson.dumps(update)))
        if self._asking and len(self._updates) == 1:
            asyncio.get_running_loop().call_soon(self._hand_out)

    def ask(self, offset: int, limit: int, timeout: float, answer: Answer) -> None:
        """Answer at once if anything waits, else with the next update or after `timeout` seconds with nothing."""
        if self._asking:
            self._asking[2].cancel()
            self._asking[0](reply(_CONFLICT, 409))
        while self._updates and self._updates[0][0] < offset:
            self._updates.popleft()
        timer = asyncio.get_running_loop().call_later(timeout, self._hand_out)
        self._asking = (answer, limit, timer)
        if self._updates:
            self._hand_out()

    def _hand_out(self) -> None:
        if self._asking:
            answer, limit, timer = self._asking
            self._asking = None
            timer.cancel()
            batch = b",".join(body for _, body in list(self._updates)[:limit])
            answer(reply(b'{"ok":true,"result":[%b]}' % batch))


class Postman:
    """Posts updates to a webhook over at most `most` kept-alive connections, as Telegram does.

    `heard` is told of every 200; if it raises ConnectionError, the answer was not heard after all.
    """

    def __init__(self, url: str, secret: str, most: int, heard: Callable[[Parcel], None]) -> None:
        self._url = urlsplit(url)
        self.secret = secret
        self.redelivered = 0
        self._heard = heard
        self._letters: dict[int, deque[bytes]] = {}
        self._waiting: asyncio.Queue[int] = asyncio.Queue()
        # The lab is a process of its own: the app, which starts all tasks of the product, has no part in it.
        self._carriers = [asyncio.create_task(self._carry()) for _ in range(most)]  # noqa: TID251 - see above

    def put(self, update: dict[str, Any]) -> None:
        """As Telegram does, what one person says is brought in order, the next when the one before was taken."""
        person = whose(update).user_id or update["update_id"]
        letters = self._letters.setdefault(person, deque())
        letters.append(orjson.dumps(update))
        if len(letters) == 1:
            self._waiting.put_nowait(person)

    @contextlib.asynccontextmanager
    async def _letter(self) -> AsyncGenerator[bytes]:
        """The next one that may be brought; after the block it was."""
        person = await self._waiting.get()
        letters = self._letters[person]
        yield letters[0]
        letters.popleft()
        if letters:
            self._waiting.put_nowait(person)
        else:
            del self._letters[person]

    async def close(self) -> None:
        for carrier in self._carriers:
            carrier.cancel()
        await asyncio.wait(self._carriers)

    async def _carry(self) -> None:
        line = Line()
        try:
            while True:
                async with self._letter() as body:
                    await self._post(line, body)
        finally:
            line.close()

    async def _post(self, line: "Line", body: bytes) -> None:
        """Post until the bot answers 200, over a new connection if the old one is gone."""
        loop = asyncio.get_running_loop()
        while True:
            with contextlib.suppress(ConnectionError):
                if not line.alive:
                    await loop.create_connection(lambda: line, self._url.hostname or "127.0.0.1", self._url.port or 80)
                parcel = await line.post(self._request(body))
                if parcel.status == 200:
                    self._heard(parcel)
                    return
            self.redelivered += 1
            await asyncio.sleep(AGAIN_AFTER_S)

    def _request(self, body: bytes) -> bytes:
        head = (
            f"POST {self._url.path or '/'} HTTP/1.1\r\nHost: {self._url.netloc}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {self.secret}\r\n\r\n"
        )
        return head.encode() + body


class Line(asyncio.Protocol):
    """One way to the webhook, one post at a time; it can be connected again after a loss."""

    def __init__(self) -> None:
        self.alive = False
        self._cutter = Cutter()
        self._waiting: asyncio.Future[Parcel] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are no subclass of asyncio's, they only behave like it.
        self.alive, self._transport = True, cast("asyncio.Transport", transport)
        self._cutter = Cutter()

    def data_received(self, data: bytes) -> None:
        for parcel in self._cutter.feed(data):
            if self._waiting and not self._waiting.done():
                self._waiting.set_result(parcel)

    def connection_lost(self, exc: Exception | None) -> None:
        self.alive = False
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(exc if isinstance(exc, ConnectionError) else ConnectionResetError())

    def post(self, request: bytes) -> asyncio.Future[Parcel]:
        assert self._transport is not None
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return self._waiting

    def close(self) -> None:
        if self._transport:
            self._transport.close()
