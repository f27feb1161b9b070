"""Long polling. A batch is on disk before the next offset is asked for, so Telegram keeps what we have not kept."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import cast

import structlog

from bot.cases.errors import Broken
from bot.intake.arrivals import Arrivals
from bot.intake.reading import read_batch
from bot.intake.signs import whose
from bot.outbox.channel import Channel, Outcome, Verdict

log = structlog.get_logger()

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]
LONG_POLL_S = 25
BATCH = 100


class WrongToken(Broken):
    """Telegram does not know the token: nothing can be received or sent."""


class Poller:
    """One loop of getUpdates. `heard_at` is the monotonic time of the last answer, first that of the first question:
    never to have heard is no better than to hear no more (health reads it)."""

    def __init__(self, channel: Channel, arrivals: Arrivals) -> None:
        self._channel = channel
        self._arrivals = arrivals
        self._offset = 0
        self.heard_at: float | None = None

    async def run(self, on_first: Callable[[], Awaitable[None]] | None = None) -> None:
        """Poll until cancelled. Raises WrongToken on 401."""
        self.heard_at = asyncio.get_running_loop().time()
        while True:
            outcome = await self._channel.call(
                "getUpdates",
                {"offset": self._offset, "timeout": LONG_POLL_S, "limit": BATCH, "allowed_updates": ALLOWED},
                timeout_s=LONG_POLL_S + 10,
            )
            if on_first is not None:
                await on_first()
                on_first = None
            batch = _batch_of(outcome)
            if batch is None:
                await self._wait(outcome)
            else:
                self.heard_at = asyncio.get_running_loop().time()
                await self._take(batch)

    async def _take(self, batch: list[object]) -> None:
        try:
            await self._arrivals.keep(batch)
        except Exception as error:  # noqa: BLE001 - whatever the database says, the offset stays and we ask again
            log.error("arrivals_not_kept", error=type(error).__name__)
            await asyncio.sleep(1)
            return
        numbers = [number for one in batch if (number := whose(one).update_id) is not None]
        if numbers:
            self._offset = max(numbers) + 1
        elif batch:
            await asyncio.sleep(1)

    async def _wait(self, outcome: Outcome) -> None:
        if outcome.code == 401:
            raise WrongToken("BOT_TOKEN: Telegram 不认识这个令牌 · Telegram does not know this token (401).")
        log.warning("polling_failed", code=outcome.code, trouble=outcome.trouble)
        jitter = random.uniform(0.5, 1.5)  # noqa: S311 - not a secret
        await asyncio.sleep(outcome.retry_after or (jitter * (5 if outcome.code == 409 else 1)))


def _batch_of(outcome: Outcome) -> list[object] | None:
    """The updates of an answer; None if it is none. A single update can make all of it unreadable."""
    if outcome.verdict is Verdict.SENT:
        given: object = outcome.result
        return cast("list[object]", given) if isinstance(given, list) else []
    return read_batch(outcome.unreadable) or None
