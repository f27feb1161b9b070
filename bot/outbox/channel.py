"""One wrapper around the Bot API over HTTP: what an answer or a failure means, and never a token in an error."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any, cast

import aiohttp
import orjson
from yarl import URL

TIMEOUT_S = 20.0
UNNEEDED = ("User-Agent", "Accept", "Accept-Encoding")


class Verdict(StrEnum):
    """What became of a call."""

    SENT = "sent"
    WAIT = "wait"
    NOT_SENT = "not_sent"
    MAYBE = "maybe"
    MOVED = "moved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer in short. `trouble` is Telegram's description or the kind of error, without addresses or tokens;
    `unreadable` is an answer as it came that is no JSON."""

    verdict: Verdict
    code: int = 0
    result: Any = None
    retry_after: float = 0
    moved_to: int | None = None
    trouble: str = ""
    unreadable: bytes = field(default=b"", repr=False)

    @property
    def message_id(self) -> int | None:
        """The number of the message that was sent (of an album: of its first)."""
        return next(iter(self.message_ids), None)

    @property
    def message_ids(self) -> list[int]:
        """The numbers of all messages that were sent: an album is several."""
        given: object = self.result
        result = cast("list[object]", given) if isinstance(given, list) else [given]
        numbers = [cast("dict[str, object]", one).get("message_id") for one in result if isinstance(one, dict)]
        return [one for one in numbers if isinstance(one, int)]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to send along, under a name of our own."""

    name: str
    content: bytes


class Channel:
    """Calls methods of one bot. Keep one for the life of the program and `close` it."""

    def __init__(self, base: str, token: str, proxy: str | None = None) -> None:
        self._base = base
        self._calls = f"{base}/bot{token}/"
        self._files = f"{base}/file/bot{token}/"
        self._proxy = proxy
        self._http_proxy: str | None = None
        self._session: aiohttp.ClientSession | None = None
        self._addresses: dict[str, URL] = {}

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector, self._http_proxy = _connector(self._proxy)
            self._session = aiohttp.ClientSession(
                connector=connector, cookie_jar=aiohttp.DummyCookieJar(), skip_auto_headers=UNNEEDED
            )
        return self._session

    async def call(
        self,
        method: str,
        params: Mapping[str, Any],
        uploads: Mapping[str, Upload] | None = None,
        timeout_s: float = TIMEOUT_S,
    ) -> Outcome:
        """Call a method. Never raises for what the network or Telegram does."""
        session = self._open()
        kwargs: dict[str, Any] = {"timeout": aiohttp.ClientTimeout(timeout_s), "proxy": self._http_proxy}
        if uploads:
            kwargs["data"] = _form(params, uploads)
        else:
            kwargs["data"] = orjson.dumps(params)
            kwargs["headers"] = {"Content-Type": "application/json"}
        try:
            async with session.post(self._address(method), **kwargs) as response:
                body = await response.read()
        except aiohttp.ClientConnectorError as error:
            return Outcome(Verdict.NOT_SENT, trouble=type(error).__name__)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return Outcome(Verdict.MAYBE, trouble=type(error).__name__)
        return read_answer(response.status, body)

    def _address(self, method: str) -> URL:
        """Taken apart once per method, not once per call."""
        if method not in self._addresses:
            self._addresses[method] = URL(self._calls + method)
        return self._addresses[method]

    async def fetch(self, path: str, timeout_s: float = 120) -> AsyncGenerator[bytes]:
        """The bytes of a file that getFile named. Raises FetchFailed, without the address: it has the token."""
        wait = aiohttp.ClientTimeout(timeout_s)
        try:
            async with self._open().get(self._files + path, proxy=self._http_proxy, timeout=wait) as response:
                if response.status != 200:
                    raise FetchFailed(f"HTTP {response.status}", final=response.status in {400, 404, 410})
                async for piece in response.content.iter_chunked(1 << 16):
                    yield piece
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise FetchFailed(type(error).__name__, final=False) from None

    async def server_time(self) -> datetime | None:
        """What the server's clock says, to the second; None if it does not tell."""
        wait = aiohttp.ClientTimeout(TIMEOUT_S)
        try:
            session = self._open()
            async with session.get(self._base, proxy=self._http_proxy, timeout=wait, allow_redirects=False) as response:
                return parsedate_to_datetime(response.headers["Date"])
        except (aiohttp.ClientError, TimeoutError, OSError, KeyError, ValueError):
            return None

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None


class FetchFailed(Exception):
    """A file could not be fetched. `final`: it will not come, however often it is asked for."""

    def __init__(self, trouble: str, *, final: bool) -> None:
        super().__init__(trouble)
        self.final = final


def read_answer(status: int, body: bytes) -> Outcome:
    """What an HTTP answer of the Bot API means. An unreadable one may have had its effect."""
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        return Outcome(Verdict.MAYBE, status, trouble="unreadable answer", unreadable=body)
    if not isinstance(answer, dict):
        return Outcome(Verdict.MAYBE, status, trouble="unreadable answer")
    said = cast("dict[str, Any]", answer)
    if said.get("ok") is True:
        return Outcome(Verdict.SENT, status, said.get("result"))
    code = _whole(said.get("error_code")) or status
    trouble = str(said.get("description", ""))[:200]
    parameters: Any = said.get("parameters")
    hints = cast("dict[str, Any]", parameters) if isinstance(parameters, dict) else {}
    if code == 429:
        return Outcome(Verdict.WAIT, 429, retry_after=max(_whole(hints.get("retry_after")), 1), trouble=trouble)
    if moved := _whole(hints.get("migrate_to_chat_id")):
        return Outcome(Verdict.MOVED, code, moved_to=moved, trouble=trouble)
    if code >= 500:
        return Outcome(Verdict.MAYBE, code, trouble=trouble)
    return Outcome(Verdict.REFUSED, code, trouble=trouble)


def _whole(value: object) -> int:
    """A whole number, or 0: what stands between us and Telegram may answer anything."""
    return value if isinstance(value, int) else 0


def _form(params: Mapping[str, Any], uploads: Mapping[str, Upload]) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in params.items():
        form.add_field(name, value if isinstance(value, str) else orjson.dumps(value).decode())
    for name, upload in uploads.items():
        form.add_field(name, upload.content, filename=upload.name)
    return form


def _connector(proxy: str | None) -> tuple[aiohttp.BaseConnector, str | None]:
    """A SOCKS proxy needs its own connector (extra `proxy`), an HTTP proxy is named with each request."""
    if proxy and proxy.startswith("socks"):
        from aiohttp_socks import ProxyConnector  # only where used: an optional extra

        return ProxyConnector.from_url(proxy), None
    return aiohttp.TCPConnector(limit=0, keepalive_timeout=60), proxy
