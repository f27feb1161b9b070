"""The parameters of one Bot API call, from a query, JSON, a form or a multipart body, read as leniently as Telegram."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import parse_qsl

import orjson
from aiohttp import BodyPartReader, web

from bot.sandbox.errors import Refused, bad
from bot.sandbox.records import Json

TRUTHS = frozenset({"true", "yes", "1"})


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    mime: str
    data: bytes


@dataclass(slots=True)
class Params:
    values: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict[str, Upload])

    def text(self, name: str) -> str:
        """The value as text, empty if it was not given."""
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        return str(value) if isinstance(value, (int, float)) else orjson.dumps(value).decode()

    def integer(self, name: str) -> int | None:
        value = self.values.get(name)
        if isinstance(value, int):
            return int(value)
        try:
            return int(str(value)) if value not in (None, "") else None
        except ValueError:
            return None

    def number(self, name: str) -> float | None:
        value = self.values.get(name)
        try:
            return float(str(value)) if value not in (None, "") else None
        except ValueError:
            return None

    def flag(self, name: str) -> bool:
        value = self.values.get(name)
        return value is True or (value is not None and str(value).lower() in TRUTHS)

    def parsed(self, name: str, what: str) -> Any:
        """The value as JSON, whether it came as JSON or as a string of it; None if it was not given."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            raise bad(f"can't parse {what} JSON object") from None

    def numbers(self, name: str) -> list[int]:
        """A list of whole numbers; what is none is left out."""
        value = self.parsed(name, name)
        return [each for each in cast(list[Any], value) if type(each) is int] if isinstance(value, list) else []

    def fingerprint(self) -> int:
        """The same for two calls that ask for the same."""
        files = [(name, upload.name, len(upload.data)) for name, upload in self.uploads.items()]
        return hash((orjson.dumps(dict(self.values), option=orjson.OPT_SORT_KEYS), *files))


async def read_params(request: web.Request) -> Params:
    """Parameters of the body go before those of the query.

    Raises Refused 400 for a body that is not what its type says, 413 for one that is too big.
    """
    query: Json = dict(request.query)
    if request.method == "GET" or not request.can_read_body:
        return Params(query)
    kind = request.content_type
    try:
        if kind == "multipart/form-data":
            return await _multipart(request, query)
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise Refused(413, "Request Entity Too Large") from None
    except ValueError:
        raise bad("can't parse multipart body") from None
    if kind == "application/json":
        return Params({**query, **_json(body)})
    return Params({**query, **dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))})


def _json(body: bytes) -> Json:
    try:
        value = orjson.loads(body or b"{}")
    except orjson.JSONDecodeError:
        value = None
    if not isinstance(value, dict):
        raise bad("can't parse request body as JSON object") from None
    return value  # pyright: ignore[reportUnknownVariableType] - any JSON object


async def _multipart(request: web.Request, values: Json) -> Params:
    uploads: dict[str, Upload] = {}
    size = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or not part.name:
            continue
        data = bytes(await part.read())
        size += len(data)
        if size > MOST_UPLOADED:
            raise Refused(413, "Request Entity Too Large")
        if part.filename is None:
            values[part.name] = data.decode(errors="replace")
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            uploads[part.name] = Upload(part.filename, mime, data)
    return Params(values, uploads)


MOST_UPLOADED = 50 * 1024 * 1024
