"""Watches over the program, and tells of troubles on ways that are not Telegram: mail, webhook, a missing heartbeat.

A trouble is told when it has lasted a minute, and again when it is over. The heartbeat is the other way round: a
service elsewhere alarms when it stays away (the machine is off, the network is cut).
"""

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp
import structlog

from bot.config import Settings
from bot.jobs.health import Health, Trouble
from bot.jobs.ways import Untold, Ways
from bot.texts import texts_in

log = structlog.get_logger()

LASTS_S = 60.0
PAST = frozenset({Trouble.DEAD_LETTERS})
"""Is told like every trouble, but the heart beats on: what could not be dealt with lies there until a person looks."""


class Watch:
    """`run` until cancelled; `look` is one look. `time` is monotonic, in seconds."""

    def __init__(self, health: Health, settings: Settings, every_s: float, time: Callable[[], float]) -> None:
        self._health = health
        self._settings = settings
        self._every_s = every_s
        self._time = time
        self._since: dict[Trouble, float] = {}
        self._told: set[Trouble] = set()
        self._untold: list[str] = []
        self._beat_at = float("-inf")

    @property
    def wanted(self) -> bool:
        """Whether there is anybody to tell."""
        given = self._settings
        return bool(given.alarm_webhook or given.alarm_mail or given.heartbeat_url)

    async def run(self) -> None:
        """Look again and again. Whatever fails here is logged, and tried again at the next look."""
        async with aiohttp.ClientSession() as session:
            while True:
                await self.look(session)
                await asyncio.sleep(self._every_s)

    async def look(self, session: aiohttp.ClientSession) -> None:
        """One look; tell what began or ended, and beat."""
        troubles, now = (await self._health.look()).troubles, self._time()
        self._since = {one: self._since.get(one, now) for one in troubles}
        lasting = {one for one, since in self._since.items() if now - since >= LASTS_S}
        texts = texts_in(self._settings.language)
        place = self._settings.district
        self._untold += [texts.trouble(place, one.value) for one in sorted(lasting - self._told)]
        self._untold += [texts.trouble_over(place, one.value) for one in sorted(self._told - set(troubles))]
        self._told = (self._told & set(troubles)) | lasting
        ways = Ways(self._settings, session)
        if self._untold and await self._tell(ways, "\n".join(self._untold)):
            self._untold.clear()
        if PAST.issuperset(troubles) and now - self._beat_at >= self._settings.heartbeat_seconds:
            await self._beat(ways, now)

    async def _tell(self, ways: Ways, words: str) -> bool:
        """On every way there is. False when none of them worked: it is told at the next look."""
        tried: list[Awaitable[bool]] = []
        if self._settings.alarm_webhook:
            tried.append(_worked(ways.post(words), "alarm_webhook_failed"))
        if self._settings.alarm_mail:
            tried.append(_worked(ways.mail(words), "alarm_mail_failed"))
        return any(await asyncio.gather(*tried)) or not tried

    async def _beat(self, ways: Ways, now: float) -> None:
        if self._settings.heartbeat_url and await _worked(ways.beat(), "heartbeat_failed"):
            self._beat_at = now


async def _worked(telling: Awaitable[None], failed: str) -> bool:
    try:
        await telling
    except Untold as error:
        log.warning(failed, error=str(error))
        return False
    return True
