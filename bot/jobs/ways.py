"""The ways to tell of troubles that are not Telegram: a group robot or any webhook, mail, and the heartbeat."""

import asyncio
import smtplib
import ssl
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any, cast
from urllib.parse import unquote, urlsplit

import aiohttp
import orjson
import structlog

from bot.config import Settings

log = structlog.get_logger()

WAIT = aiohttp.ClientTimeout(total=10)
MAIL_WAIT_S = 20
FINE = (0, 200)
"""What robots call success in the body of their answer: they refuse with HTTP 200 too."""


class Untold(Exception):
    """It was not taken. The text says why: a number or a kind of error, no address."""


class Ways:
    """What is there by the settings. Every way raises Untold."""

    def __init__(self, settings: Settings, session: aiohttp.ClientSession) -> None:
        self._settings = settings
        self._session = session

    async def post(self, words: str) -> None:
        """To the webhook."""
        url = self._settings.alarm_webhook
        assert url is not None
        body = await _taken(self._session.post(url.get_secret_value(), json=as_robots_read(words), timeout=WAIT))
        if (code := refusal_in(body)) is not None:
            raise Untold(code)

    async def mail(self, words: str) -> None:
        """By mail."""
        to, server = self._settings.alarm_mail, self._settings.smtp_url
        assert to is not None and server is not None
        try:
            await asyncio.to_thread(MailServer.at(server.get_secret_value()).send, to, words)
        except (OSError, ValueError, smtplib.SMTPException) as error:
            raise Untold(type(error).__name__) from error

    async def beat(self) -> None:
        """The heartbeat."""
        url = self._settings.heartbeat_url
        assert url is not None
        await _taken(self._session.get(url.get_secret_value(), timeout=WAIT))


async def _taken(call: AbstractAsyncContextManager[aiohttp.ClientResponse]) -> bytes:
    """The body of the answer. Raises Untold."""
    try:
        async with call as answer:
            body = await answer.read()
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        raise Untold(type(error).__name__) from error
    if answer.status >= 400:
        raise Untold(f"HTTP {answer.status}")
    return body


def refusal_in(body: bytes) -> str | None:
    """The number with which a robot refused (WeCom and DingTalk say errcode, Feishu code); None if it did not."""
    try:
        said: object = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(said, dict):
        return None
    given = cast("Mapping[str, Any]", said)
    codes = [given[name] for name in ("errcode", "code") if isinstance(given.get(name), int)]
    return next((str(code) for code in codes if code not in FINE), None)


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
        """Hand over one mail; blocks. Raises OSError, SMTPException, ValueError (a password that is not ASCII)."""
        mail = EmailMessage()
        mail["Date"], mail["Message-ID"] = formatdate(localtime=True), make_msgid(domain=to.rpartition("@")[2])
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
