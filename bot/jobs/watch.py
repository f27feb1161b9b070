"""Watches over the program, and tells of troubles on ways that are not Telegram: mail, webhook, a missing heartbeat.

A trouble is told when it has lasted a minute, and again when it is over. The heartbeat is the other way round: a
service elsewhere alarms when it stays away (the machine is off, the network is cut).
"""

import asyncio
import smtplib
import ssl
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import aiohttp
import structlog

from bot.config import Settings
from bot.jobs.health import Health, Trouble
from bot.texts import texts_in

log = structlog.get_logger()

LASTS_S = 60.0
WAIT = aiohttp.ClientTimeout(total=10)
MAIL_WAIT_S = 20


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
        async with aiohttp.ClientSession(timeout=WAIT) as session:
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
        if self._untold and await self._tell(session, "\n".join(self._untold)):
            self._untold.clear()
        if not troubles and now - self._beat_at >= self._settings.heartbeat_seconds and await self._beat(session):
            self._beat_at = now

    async def _tell(self, session: aiohttp.ClientSession, words: str) -> bool:
        """On every way there is. False when none of them worked: it is told at the next look."""
        ways = [self._post(session, words), self._mail(words)]
        return any(await asyncio.gather(*ways)) or not (self._settings.alarm_webhook or self._settings.alarm_mail)

    async def _post(self, session: aiohttp.ClientSession, words: str) -> bool:
        if not (url := self._settings.alarm_webhook):
            return False
        return await _reached(session.post(url.get_secret_value(), json=as_robots_read(words)), "alarm_webhook_failed")

    async def _mail(self, words: str) -> bool:
        if not (self._settings.alarm_mail and self._settings.smtp_url):
            return False
        server = MailServer.at(self._settings.smtp_url.get_secret_value())
        try:
            await asyncio.to_thread(server.send, self._settings.alarm_mail, words)
        except (OSError, smtplib.SMTPException) as error:
            log.warning("alarm_mail_failed", error=type(error).__name__)
            return False
        return True

    async def _beat(self, session: aiohttp.ClientSession) -> bool:
        if not (url := self._settings.heartbeat_url):
            return False
        return await _reached(session.get(url.get_secret_value()), "heartbeat_failed")


async def _reached(call: AbstractAsyncContextManager[aiohttp.ClientResponse], failed: str) -> bool:
    try:
        async with call as answer:
            if answer.status < 400:
                return True
            log.warning(failed, status=answer.status)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        log.warning(failed, error=type(error).__name__)
    return False


def as_robots_read(words: str) -> dict[str, object]:
    """One body that the group robots of WeCom, DingTalk and Feishu all understand."""
    return {"msgtype": "text", "text": {"content": words}, "msg_type": "text", "content": {"text": words}}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over: smtps:// from the first byte in TLS, smtp:// by STARTTLS where it is offered."""

    host: str
    port: int
    secure: bool
    user: str
    password: str

    @classmethod
    def at(cls, url: str) -> "MailServer":
        """smtp://user:password@host:port, smtps://... ; user and password may be left out."""
        parts = urlsplit(url)
        secure = parts.scheme == "smtps"
        port = parts.port or (465 if secure else 25)
        return cls(parts.hostname or "", port, secure, unquote(parts.username or ""), unquote(parts.password or ""))

    def send(self, to: str, words: str) -> None:
        """Hand over one mail; blocks. Raises OSError, SMTPException."""
        mail = EmailMessage()
        mail["To"] = to
        mail["From"] = self.user if "@" in self.user else to
        mail["Subject"] = words.splitlines()[0]
        mail.set_content(words)
        safe = ssl.create_default_context()
        with self._reach(safe) as server:
            server.ehlo()
            if not self.secure and server.has_extn("starttls"):
                server.starttls(context=safe)
                server.ehlo()
            if self.user and server.has_extn("auth"):
                server.login(self.user, self.password)
            server.send_message(mail)

    def _reach(self, safe: ssl.SSLContext) -> smtplib.SMTP:
        if self.secure:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=MAIL_WAIT_S, context=safe)
        return smtplib.SMTP(self.host, self.port, timeout=MAIL_WAIT_S)
