"""The wire to a sandbox: a bot's calls and what people do, over HTTP."""

from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson

from bot.sandbox.server import Sandbox

TOKEN = "777:secret"
BOT, WANG, LI, GROUP = 777, 5001, 5002, -4001
Json = dict[str, Any]


@dataclass
class Wire:
    sandbox: Sandbox
    session: aiohttp.ClientSession
    offset: int = 0

    def url(self, method: str, token: str = TOKEN) -> str:
        return f"{self.sandbox.address}/bot{token}/{method}"

    async def raw(self, method: str, token: str = TOKEN, /, **params: Any) -> tuple[int, Json]:
        """Status and whole answer of a bot's call, sent as JSON."""
        async with self.session.post(self.url(method, token), json=params) as answer:
            return answer.status, orjson.loads(await answer.read())

    async def call(self, method: str, token: str = TOKEN, /, **params: Any) -> Any:
        """The result of a bot's call that must succeed."""
        status, answer = await self.raw(method, token, **params)
        assert (status, answer.get("ok")) == (200, True), answer
        return answer["result"]

    async def refused(self, method: str, token: str = TOKEN, /, **params: Any) -> str:
        """The description of a bot's call that must be refused, with its status in front."""
        status, answer = await self.raw(method, token, **params)
        assert answer["ok"] is False, answer
        assert answer["error_code"] == status
        return f"{status} {answer['description']}"

    async def updates(self, **params: Any) -> list[Json]:
        """New updates of the bot, asked for until there are none, which confirms them all."""
        found: list[Json] = []
        while batch := await self.call("getUpdates", offset=self.offset, **params):
            params.pop("timeout", None)
            self.offset = batch[-1]["update_id"] + 1
            found += batch
        return found

    async def post(self, path: str, **body: Any) -> Any:
        """What a people API call that must succeed answers."""
        return await self.people("POST", path, body)

    async def get(self, path: str) -> Any:
        return await self.people("GET", path)

    async def people(self, method: str, path: str, body: Json | None = None) -> Any:
        async with self.session.request(method, f"{self.sandbox.address}/sandbox/{path}", json=body) as answer:
            read = orjson.loads(await answer.read())
            assert answer.status == 200, read
            return read

    async def mistaken(self, method: str, path: str, **body: Any) -> tuple[int, str]:
        """Status and error of a people API call that must fail."""
        async with self.session.request(method, f"{self.sandbox.address}/sandbox/{path}", json=body) as answer:
            read = orjson.loads(await answer.read())
            return answer.status, read["error"]

    async def send(self, person: int, chat: int, **what: Any) -> Json:
        """What a person sends; the last of the messages."""
        return (await self.post(f"people/{person}/send", chat=chat, **what))["messages"][-1]

    async def seen(self, person: int, chat: int) -> list[Json]:
        return (await self.get(f"people/{person}/chats/{chat}/messages"))["messages"]
