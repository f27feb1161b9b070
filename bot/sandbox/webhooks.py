"""Webhooks: one queue per chat in order, chats side by side, retried until taken, Retry-After honoured."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlsplit

import aiohttp
import orjson

from bot.sandbox.errors import bad
from bot.sandbox.records import Json
from bot.sandbox.updates import Pending, UpdateQueue

# Telegram starts at once and then doubles from 2 s up to a minute or two; scaled down so that a test need not wait.
FIRST_RETRY = 0.1
LONGEST_RETRY = 5.0
LONGEST_RETRY_AFTER = 3600.0
PATIENCE = 60.0
OWN_ADDRESSES = frozenset({"127.0.0.1", "localhost", "::1"})
SECRET_SIGNS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
Execute = Callable[[str, Json], Awaitable[None]]


@dataclass(slots=True)
class Address:
    url: str
    secret: str = ""
    max_connections: int = 40

    def check(self) -> None:
        """Raises Refused 400 unless the address is one of this machine and the secret has only allowed signs."""
        try:
            parts = urlsplit(self.url)
        except ValueError:
            raise bad("bad webhook: URL is invalid") from None
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise bad("bad webhook: URL is invalid")
        if parts.hostname not in OWN_ADDRESSES:
            raise bad("bad webhook: the sandbox reaches only addresses of this machine")
        if len(self.secret) > 256:
            raise bad("secret token is too long")
        if not SECRET_SIGNS.issuperset(self.secret):
            raise bad("secret token contains unallowed characters")


@dataclass(slots=True)
class Webhook:
    """Delivers the updates of one queue to one address until stopped; `execute` runs a method found in an answer."""

    address: Address
    queue: UpdateQueue
    session: aiohttp.ClientSession
    execute: Execute
    last_error: str = ""
    last_error_at: int = 0
    _stopped: bool = False
    _lanes: dict[int, deque[Pending]] = field(default_factory=dict[int, deque[Pending]])
    _tasks: set["asyncio.Task[None]"] = field(default_factory=set["asyncio.Task[None]"])
    _places: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._places = asyncio.Semaphore(self.address.max_connections)

    def start(self) -> None:
        """Take over the queue, what waits in it first."""
        for update in self.queue.pending.values():
            self._put(update)
        self.queue.on_new = self._put

    async def stop(self) -> None:
        """End all deliveries; what was not taken stays in the queue."""
        self._stopped = True
        self.queue.on_new = None
        # A bot may take its webhook away in the very answer to an update.
        others = self._tasks - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _put(self, update: Pending) -> None:
        update.handed_over = False
        if lane := self._lanes.get(update.lane):
            lane.append(update)
            return
        lane = self._lanes[update.lane] = deque([update])
        task = asyncio.create_task(self._serve(update.lane, lane))  # noqa: TID251 - the sandbox is a program of its own
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, key: int, lane: deque[Pending]) -> None:
        try:
            while lane:
                await self._deliver(lane[0])
                lane.popleft()
        finally:
            del self._lanes[key]

    async def _deliver(self, update: Pending) -> None:
        delay = 0.0
        while self._is_wanted(update):
            async with self._places:
                update.handed_over = True
                asked = await self._post(update)
                update.handed_over = False
            if asked is None:
                return
            await asyncio.sleep(min(asked, LONGEST_RETRY_AFTER) or delay)
            delay = min(LONGEST_RETRY, delay * 2 or FIRST_RETRY)

    def _is_wanted(self, update: Pending) -> bool:
        self.queue.forget_expired()
        return not self._stopped and self.queue.pending.get(update.update_id) is update

    async def _post(self, update: Pending) -> float | None:
        """None if the update was taken, else the seconds that the bot asked for (0 if it did not)."""
        headers = {"Content-Type": "application/json"}
        if self.address.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.address.secret
        try:
            async with self.session.post(
                self.address.url, data=update.body(), headers=headers, timeout=aiohttp.ClientTimeout(total=PATIENCE)
            ) as answer:
                body = await answer.read()
        except (aiohttp.ClientError, TimeoutError, OSError):
            self._failed("Connection failed")
            return 0.0
        if not 200 <= answer.status < 300:
            self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
            return _seconds(answer.headers.get("Retry-After", ""))
        self.queue.pending.pop(update.update_id, None)
        await self._execute(body)
        return None

    async def _execute(self, body: bytes) -> None:
        try:
            wish: Any = orjson.loads(body)
        except orjson.JSONDecodeError:
            return
        if isinstance(wish, dict):
            values = cast(Json, wish)
            await self.execute(str(values.pop("method", "")), values)

    def _failed(self, error: str) -> None:
        self.last_error = error
        self.last_error_at = int(self.queue.now())

    def info(self) -> Json:
        info: Json = {"url": self.address.url, "max_connections": self.address.max_connections}
        if self.last_error:
            info |= {"last_error_date": self.last_error_at, "last_error_message": self.last_error}
        return info


def _seconds(header: str) -> float:
    try:
        return max(0.0, float(header))
    except ValueError:
        return 0.0
