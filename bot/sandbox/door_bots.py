"""The door for bots: /bot<token>/<method> and downloads, through faults into the table of methods, and into the log."""

from collections.abc import Callable
from inspect import isawaitable
from typing import Any, cast

import orjson
from aiohttp import web

from bot.sandbox.addressing import Call
from bot.sandbox.errors import Refused
from bot.sandbox.faults import Fault
from bot.sandbox.methods import METHODS, SENDS
from bot.sandbox.params import Params, read_params
from bot.sandbox.records import Bot, Json
from bot.sandbox.updates import Pending
from bot.sandbox.world import World

JSON = "application/json"
GARBAGE = b'{"ok":true,"result":{"message_id":'
SERVER_TEXTS = {
    400: "Bad Request: wrong file identifier/HTTP URL specified",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


class BotDoor:
    def __init__(self, world: World) -> None:
        self.world = world
        world.execute = self.run

    def routes(self) -> list[web.RouteDef]:
        path = "/bot{token:[^/]+}/{method}"
        return [
            web.get(path, self.call, allow_head=False),
            web.post(path, self.call),
            web.get("/file/bot{token:[^/]+}/{path:.+}", self.download, allow_head=False),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        bot = self.world.by_token.get(request.match_info["token"])
        if bot is None:
            return _refusal(Refused(401, "Unauthorized"))
        method = request.match_info["method"].lower()
        try:
            params = await read_params(request)
        except Refused as refused:
            self._log(bot, method, Params({}), refused)
            return _refusal(refused)
        fault = self.world.faults.strike(method, params.text("chat_id"))
        if fault and (struck := await self._strike_before(fault, request, bot, method, params)):
            return struck
        try:
            result = await self._perform(bot, method, params)
        except Refused as refused:
            self._log(bot, method, params, refused)
            return _refusal(refused)
        if fault and fault.kind in ("reset_after", "garbage"):
            self._log_success(bot, method, params, result, fault.kind)
            return self._strike_after(fault, request)
        self._log_success(bot, method, params, result)
        return web.Response(body=_written(result), content_type=JSON)

    async def run(self, bot: Bot, method: str, params: Params) -> None:
        """A method that came in the answer to a webhook; nobody hears its result."""
        method = method.lower()
        if not method:
            return
        try:
            result = await self._perform(bot, method, params)
        except Refused as refused:
            self._log(bot, method, params, refused)
        else:
            self._log_success(bot, method, params, result)

    async def _perform(self, bot: Bot, method: str, params: Params) -> Any:
        function = METHODS.get(method)
        if function is None:
            raise Refused(404, "Not Found")
        result = cast(Callable[[Call], Any], function)(Call(self.world, bot, params))
        return await result if isawaitable(result) else result

    async def _strike_before(
        self, fault: Fault, request: web.Request, bot: Bot, method: str, params: Params
    ) -> web.StreamResponse | None:  # fmt: skip
        """The answer of a fault that lets nothing happen, None if the call goes on."""
        match fault.kind:
            case "429":
                text = f"Too Many Requests: retry after {fault.retry_after}"
                refused = Refused(429, text, retry_after=fault.retry_after)
            case "400" | "500" | "502":
                refused = Refused(int(fault.kind), SERVER_TEXTS[int(fault.kind)])
            case "reset_before" | "hang":
                if fault.kind == "hang":
                    await self.world.events.pause(fault.seconds)
                self._log(bot, method, params, Refused(0, fault.kind))
                return _cut(request)
            case "slow":
                await self.world.events.pause(fault.seconds)
                return None
            case _:
                return None
        self._log(bot, method, params, refused)
        return _refusal(refused)

    def _strike_after(self, fault: Fault, request: web.Request) -> web.StreamResponse:
        return _cut(request) if fault.kind == "reset_after" else web.Response(body=GARBAGE, content_type=JSON)

    def _log(self, bot: Bot, method: str, params: Params, refused: Refused) -> None:
        chat = params.text("chat_id")
        self.world.calls.write(bot.id, method, chat, status=refused.code, error=refused.description)

    def _log_success(self, bot: Bot, method: str, params: Params, result: Any, struck: str | None = None) -> None:
        several = cast(list[Any], result) if isinstance(result, list) else [result]
        message_id: Any = cast(Json, several[0]).get("message_id") if several and isinstance(several[0], dict) else None
        status = 0 if struck == "reset_after" else 200
        self.world.calls.write(
            bot.id, method, params.text("chat_id"), status=status, error=struck, applied=True, message_id=message_id,
            fingerprint=params.fingerprint() if method in SENDS else None,
        )  # fmt: skip

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Faults strike downloads under the method name "download"."""
        bot = self.world.by_token.get(request.match_info["token"])
        if bot is None:
            return _refusal(Refused(401, "Unauthorized"))
        params = Params({})
        fault = self.world.faults.strike("download", "")
        if fault and (struck := await self._strike_before(fault, request, bot, "download", params)):
            return struck
        try:
            data = self.world.files.download(request.match_info["path"], self.world.clock.now())
        except Refused as refused:
            self._log(bot, "download", params, refused)
            return _refusal(refused)
        if fault and fault.kind == "reset_after":
            return _cut(request)
        self._log_success(bot, "download", params, None)
        body = GARBAGE if fault and fault.kind == "garbage" else data
        return web.Response(body=body, content_type="application/octet-stream")


def _written(result: Any) -> bytes:
    if isinstance(result, list) and result and isinstance(result[0], Pending):
        updates = cast(list[Pending], result)
        return b'{"ok":true,"result":[' + b",".join(each.body() for each in updates) + b"]}"
    return b'{"ok":true,"result":' + orjson.dumps(result) + b"}"


def _refusal(refused: Refused) -> web.Response:
    body: Json = {"ok": False, "error_code": refused.code, "description": refused.description}
    if refused.parameters:
        body["parameters"] = refused.parameters
    headers = {"Retry-After": str(refused.parameters["retry_after"])} if refused.code == 429 else None
    return web.Response(body=orjson.dumps(body), status=refused.code, content_type=JSON, headers=headers)


def _cut(request: web.Request) -> web.Response:
    """Cut the connection without a word; the answer returned is only for aiohttp, nobody gets it."""
    if request.transport:
        request.transport.abort()
    return web.Response(status=500)
