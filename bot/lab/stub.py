"""A Bot API that costs next to nothing, and the crowd that talks through it; a process of its own, told by stdin."""

import argparse
import asyncio
import contextlib
import sys
import time
from collections import Counter
from collections.abc import Mapping
from typing import Any, Self, cast

import orjson
import uvloop

from bot.lab import wire
from bot.lab.answers import file_content, is_word, result
from bot.lab.delivery import RESET, Answer, Mailbox, Postman
from bot.lab.people import Crowd, Tally
from bot.lab.script import Outcome, Plan

_TELEGRAMS_CONNECTIONS = 40
_LONGEST_SETTLING = 10.0
_TOO_MANY = (
    b'{"ok":false,"error_code":429,"description":"Too Many Requests: retry after %d","parameters":{"retry_after":%d}}'
)


class Stub:
    """Bot API, mailbox, postman and crowd on 127.0.0.1. `async with` opens and closes it.

    The bot chooses the way of delivery, as with Telegram: by setWebhook or by getUpdates. `webhook_to` is where
    updates are really posted when the address the bot announces is a public one.
    """

    def __init__(self, port: int = 0, webhook_to: str | None = None) -> None:
        self.port = port
        self._webhook_to = webhook_to
        self.callers: set[asyncio.Transport] = set()
        self._mailbox = Mailbox()
        self._postman: Postman | None = None
        self._crowd = Crowd(self._deliver)
        self._calls: Counter[str] = Counter()
        self._hooked: dict[str, Any] = {}
        self._pushes = 0
        self._last_call = 0.0
        self._way: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.get_running_loop().create_server(lambda: _Caller(self), "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for caller in tuple(self.callers):
            caller.close()
        if self._postman:
            await self._postman.close()

    async def ready(self) -> str:
        """Wait until the bot asked for updates; return the way, "webhook" or "polling"."""
        return await asyncio.shield(self._way)

    async def run(self, plan: Plan) -> Outcome:
        """Let the crowd play the plan, then wait until the bot has been silent for `plan.settle` seconds."""
        await self.ready()
        self._calls.clear()
        self._pushes, updates, again = 0, self._crowd.updates, self._redelivered
        start, busy = time.perf_counter(), time.process_time()
        tally = await self._crowd.play(plan)
        seconds, busy = time.perf_counter() - start, time.process_time() - busy
        await self._settle(plan.settle)
        p50, p99, worst = _latency(tally)
        return Outcome(
            reports=tally.done,
            stuck=tally.stuck[:10],
            updates=self._crowd.updates - updates,
            seconds=seconds,
            p50_ms=p50,
            p99_ms=p99,
            worst_ms=worst,
            calls=dict(self._calls),
            pushes=self._pushes,
            redelivered=self._redelivered - again,
            stub_busy=busy / seconds,
        )

    @property
    def _redelivered(self) -> int:
        return self._postman.redelivered if self._postman else 0

    def serve(self, parcel: wire.Parcel, answer: Answer) -> None:
        """Answer one request of the bot: a method, or a file."""
        path = parcel.target.partition("?")[0]
        method = path.rpartition("/")[2]
        if path.startswith("/file/"):
            self._calls["download"] += 1
            self._last_call = time.perf_counter()
            body, kind = file_content(path)
            answer(wire.reply(body, kind=kind))
        elif method == "getUpdates":
            self._poll(wire.fields(parcel), answer)
        else:
            given = wire.fields(parcel)
            if wait := self._must_wait(method, given):
                answer(wire.reply(_TOO_MANY % (wait, wait), 429))
                return
            done = orjson.dumps(self._call(method, given))
            answer(wire.reply(b'{"ok":true,"result":%b}' % done))

    def _must_wait(self, method: str, given: Mapping[str, Any]) -> int:
        """Seconds after which a call that came too early may come again; this stub is patient."""
        return 0

    def _call(self, method: str, given: dict[str, Any]) -> Any:
        self._calls[method] += 1
        self._last_call = time.perf_counter()
        if method == "setWebhook" and given.get("url"):
            self._hook(given)
        elif method == "getWebhookInfo" and self._hooked:
            return self._hooked
        message_id = next(self._crowd.message_ids)
        self._pushes += is_word(method) and not method.startswith("edit") and wire.number(given, "chat_id") < 0
        self._crowd.hears(method, given, message_id)
        return result(method, given, message_id)

    def _poll(self, given: dict[str, Any], answer: Answer) -> None:
        limit = wire.number(given, "limit", 100)
        self._mailbox.ask(wire.number(given, "offset"), limit, wire.number(given, "timeout"), answer)
        self._choose("polling")

    def _hook(self, given: dict[str, Any]) -> None:
        allowed: list[str] = wire.nested(given, "allowed_updates") or []
        self._hooked = {"url": given["url"], "allowed_updates": allowed, "pending_update_count": 0}
        secret = str(given.get("secret_token", ""))
        if self._postman:
            self._postman.secret = secret
        else:
            most = wire.number(given, "max_connections", _TELEGRAMS_CONNECTIONS)
            self._postman = self._hire(given["url"], secret, most)
        self._choose("webhook")

    def _hire(self, url: str, secret: str, most: int) -> Postman:
        return Postman(self._webhook_to or url, secret, most, self._answered_in_the_reply)

    def _choose(self, way: str) -> None:
        if not self._way.done():
            self._way.set_result(way)

    def _deliver(self, update: dict[str, Any]) -> None:
        (self._postman or self._mailbox).put(update)

    def _answered_in_the_reply(self, parcel: wire.Parcel) -> None:
        """A bot may put one call into its answer to the webhook's post."""
        if b"method" in parcel.body and (method := (given := wire.fields(parcel)).pop("method", None)):
            self._call(str(method), given)

    async def _settle(self, quiet: float) -> None:
        end = time.perf_counter() + _LONGEST_SETTLING
        while (now := time.perf_counter()) < min(end, self._last_call + quiet):  # noqa: ASYNC110 - silence is no event
            await asyncio.sleep(min(0.05, self._last_call + quiet - now))


class _Caller(asyncio.Protocol):
    """One connection of the bot to the stub."""

    def __init__(self, stub: Stub) -> None:
        self._stub = stub
        self._cutter = wire.Cutter()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are no subclass of asyncio's, they only behave like it.
        self._transport = cast("asyncio.Transport", transport)
        self._stub.callers.add(self._transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._transport:
            self._stub.callers.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        for parcel in self._cutter.feed(data):
            self._stub.serve(parcel, self._answer)

    def _answer(self, reply: bytes) -> None:
        if self._transport and reply == RESET:
            self._transport.abort()
        elif self._transport and not self._transport.is_closing():
            self._transport.write(reply)


def _latency(tally: Tally) -> tuple[float, float, float]:
    """Return the median, the 99th of a hundred and the worst wait, in milliseconds."""
    waits = sorted(tally.latencies) or [0.0]
    return waits[len(waits) // 2] * 1000, waits[len(waits) * 99 // 100] * 1000, waits[-1] * 1000


def _say(news: Any) -> None:
    sys.stdout.write(orjson.dumps(news).decode() + "\n")
    sys.stdout.flush()


async def _commands() -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=2**20)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


async def _serve(port: int, webhook_to: str | None, seconds: float) -> None:
    """Say {"listening": port} and {"ready": way}, then play each plan, a line of JSON; end with the input."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds), Stub(port, webhook_to) as stub:
            commands = await _commands()
            _say({"listening": stub.port})
            _say({"ready": await stub.ready()})
            async for line in commands:
                _say(await stub.run(Plan.read(orjson.loads(line))))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--port", type=int, default=0)
    arguments.add_argument("--webhook-to", help="post updates here, whatever address the bot announces")
    arguments.add_argument("--seconds", type=float, default=600, help="end after this time in any case")
    given = arguments.parse_args()
    uvloop.run(_serve(given.port, given.webhook_to, given.seconds))


if __name__ == "__main__":
    main()
