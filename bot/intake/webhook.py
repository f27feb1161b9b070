"""The webhook: 200 only after the commit, 503 when storage fails, nothing at all without the secret."""

import hmac

import orjson
import structlog
from aiohttp import web

from bot.intake.arrivals import Arrivals

log = structlog.get_logger()

LARGEST_UPDATE = 1 << 20
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
PATH = "/telegram"


def webhook(arrivals: Arrivals, secret: str) -> web.Application:
    """An application with the one door that Telegram knocks at."""

    async def knock(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, secret.encode()):
            return web.Response(status=401)
        body = await request.read()
        try:
            update: object = orjson.loads(body)
        except orjson.JSONDecodeError:
            update = {"unreadable": body.decode("utf-8", "replace")}
        try:
            await arrivals.keep([update])
        except Exception as error:  # noqa: BLE001 - whatever the database says, Telegram shall come again
            log.error("arrival_not_kept", error=type(error).__name__)
            return web.Response(status=503, headers={"Retry-After": "5"})
        return web.Response()

    app = web.Application(client_max_size=LARGEST_UPDATE)
    app.router.add_post(PATH, knock)
    return app
