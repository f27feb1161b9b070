"""Telegram is told where to bring updates, and asked again and again whether it still does: silence says nothing."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, cast

import structlog

from bot.cases.errors import BrokenSetting
from bot.intake.poller import ALLOWED
from bot.intake.webhook import PATH
from bot.outbox.channel import Channel, Outcome, Verdict

log = structlog.get_logger()

AGAIN_S = 2.0
LOOK_S = 30.0


class Hook:
    """`announce` it, then `watch`. `heard_at` is the monotonic time of the last answer (health reads it);
    `undelivered`: Telegram has updates for us and cannot bring them."""

    def __init__(self, channel: Channel, url: str, secret: str) -> None:
        self._channel = channel
        self._url = url + PATH
        self._secret = secret
        self._failed_at = 0
        self.heard_at: float | None = None
        self.undelivered = False

    async def announce(self) -> bool:
        """Raises BrokenSetting when Telegram refuses the address; False when it was not heard."""
        outcome = await self._set()
        if outcome.verdict is Verdict.REFUSED:
            raise BrokenSetting(f"WEBHOOK_URL: Telegram refuses it: {outcome.trouble}")
        return outcome.verdict is Verdict.SENT

    async def announce_until_heard(self) -> None:
        """Again and again. Raises BrokenSetting."""
        while True:
            log.warning("webhook_not_announced")
            await asyncio.sleep(AGAIN_S)
            if await self.announce():
                return

    async def watch(self, tell_moved: Callable[[], Awaitable[None]]) -> None:
        """Look until cancelled."""
        self.heard_at = asyncio.get_running_loop().time()
        while True:
            await asyncio.sleep(LOOK_S)
            await self.look(tell_moved)

    async def look(self, tell_moved: Callable[[], Awaitable[None]]) -> None:
        """Whether updates are brought here; one that was pointed elsewhere is told, and pointed here again."""
        outcome = await self._channel.call("getWebhookInfo", {})
        given: object = outcome.result
        if outcome.verdict is not Verdict.SENT or not isinstance(given, dict):
            log.warning("webhook_not_asked", code=outcome.code, trouble=outcome.trouble)
            return
        self.heard_at = asyncio.get_running_loop().time()
        info = cast("Mapping[str, Any]", given)
        self._look_for_errors(info)
        moved = info.get("url") != self._url
        if moved:
            log.error("webhook_moved")
            await tell_moved()
        if moved or self.undelivered or set(info.get("allowed_updates", ())) != set(ALLOWED):
            await self._set()

    def _look_for_errors(self, info: Mapping[str, Any]) -> None:
        """A new error while something waits; over when nothing waits. Telegram's clock is compared with itself."""
        failed_at = int(info.get("last_error_date", 0))
        if not info.get("pending_update_count", 0):
            self.undelivered = False
        elif failed_at > self._failed_at:
            self.undelivered = True
        self._failed_at = failed_at

    async def _set(self) -> Outcome:
        params = {
            "url": self._url,
            "secret_token": self._secret,
            "allowed_updates": ALLOWED,
            "drop_pending_updates": False,
        }
        return await self._channel.call("setWebhook", params)
