"""The webhook: 200 only after the commit, 503 when storage fails, nothing at all without the secret.

The answer to a press goes back in the reply itself, which saves a call; like every answer to a press it is not kept.
"""

import hmac

import orjson
import structlog
from aiohttp import web

from bot.intake.arrivals import Arrivals, Reply
from bot.intake.reading import read_update

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
        update, reply = read_update(await request.read()), Reply()
        try:
            await arrivals.keep([update], reply)
        except Exception as error:  # noqa: BLE001 - whatever the database says, Telegram shall come again
            log.error("arrival_not_kept", error=type(error).__name__)
            return web.Response(status=503, headers={"Retry-After": "5"})
        if reply.call is None:
            return web.Response()
        method, params = reply.call
        return web.Response(body=orjson.dumps({"method": method, **params}), content_type="application/json")

    app = web.Application(client_max_size=LARGEST_UPDATE)
    app.router.add_post(PATH, knock)
    return app
