"""HTTP/1.1 as bytes: only what a Bot API client and a webhook speak, so that the stub stays cheap."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, cast
from urllib.parse import parse_qsl

import orjson

_LENGTH = re.compile(rb"content-length:\s*(\d+)")
_FIELD = re.compile(rb'name="?([^";\r\n]+)"?')
_KEEP = b"HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: keep-alive\r\n\r\n"
_REASONS = {200: b"OK", 404: b"Not Found", 409: b"Conflict", 429: b"Too Many Requests", 502: b"Bad Gateway"}


class Parcel(NamedTuple):
    """One request or one reply; `head` is lower-cased."""

    line: bytes
    head: bytes
    body: bytes

    @property
    def target(self) -> str:
        """The path and query of a request."""
        return self.line.split(b" ", 2)[1].decode()

    @property
    def status(self) -> int:
        """The status code of a reply."""
        return int(self.line.split(b" ", 2)[1])


class Cutter:
    """Cuts the bytes of one connection into parcels."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[Parcel]:
        """Yield every parcel that is complete now; keep the rest for the next bytes."""
        self._rest += data
        while cut := _first(self._rest):
            parcel, self._rest = cut
            yield parcel


def reply(body: bytes, status: int = 200, kind: bytes = b"application/json") -> bytes:
    return _KEEP % (status, _REASONS[status], kind, len(body)) + body


def fields(parcel: Parcel) -> dict[str, Any]:
    """Read the parameters from JSON, a form, multipart or the query; the contents of files are left out."""
    if not parcel.body:
        return dict(parse_qsl(parcel.target.partition("?")[2]))
    if b"application/json" in parcel.head:
        return cast("dict[str, Any]", orjson.loads(parcel.body))
    if b"multipart/form-data" in parcel.head:
        return dict(_parts(parcel.body))
    return dict(parse_qsl(parcel.body.decode(), keep_blank_values=True))


def number(given: Mapping[str, Any], name: str, missing: int = 0) -> int:
    """Return a whole number that may have come as text; what is no number (a channel's @name) counts as missing."""
    value = str(given.get(name, ""))
    return int(value) if value.removeprefix("-").isdecimal() else missing


def nested(given: Mapping[str, Any], name: str) -> Any:
    """Return a parameter that forms carry as JSON text and JSON carries as it is."""
    value = given.get(name)
    return orjson.loads(value) if isinstance(value, str) and value else value


def _first(data: bytes) -> tuple[Parcel, bytes] | None:
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return None
    line, _, head = data[:end].partition(b"\r\n")
    head = head.lower()
    if b"transfer-encoding: chunked" in head:
        chunked = _chunks(data, end + 4)
        return chunked and (Parcel(line, head, chunked[0]), data[chunked[1] :])
    length = _LENGTH.search(head)
    stop = end + 4 + (int(length[1]) if length else 0)
    return (Parcel(line, head, data[end + 4 : stop]), data[stop:]) if len(data) >= stop else None


def _chunks(data: bytes, at: int) -> tuple[bytes, int] | None:
    body = b""
    while (line_end := data.find(b"\r\n", at)) >= 0:
        size = int(data[at:line_end].partition(b";")[0], 16)
        at = line_end + 2 + size + 2
        if len(data) < at:
            return None
        if not size:
            return body, at
        body += data[line_end + 2 : line_end + 2 + size]
    return None


def _parts(body: bytes) -> Iterator[tuple[str, str]]:
    # The boundary is taken from the body: in the lower-cased head its letters are lost.
    boundary = body[: body.find(b"\r\n")]
    for part in body.split(boundary)[1:-1]:
        head, _, value = part.partition(b"\r\n\r\n")
        name = _FIELD.search(head)
        if name and b"filename=" not in head:
            yield name[1].decode(), value.removesuffix(b"\r\n").decode()
