"""The sandbox as one aiohttp application: started on a port, stopped at once, whatever is waiting."""

from pathlib import Path

import aiohttp
import orjson
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.sandbox.clock import Clock, Mover, Outlook
from bot.sandbox.door_bots import BotDoor
from bot.sandbox.door_control import ControlDoor
from bot.sandbox.door_people import PeopleDoor
from bot.sandbox.door_town import TownDoor
from bot.sandbox.errors import Mistaken
from bot.sandbox.limits import Limits
from bot.sandbox.params import MOST_UPLOADED
from bot.sandbox.world import World

PAGE = Path(__file__).with_name("page")
SHUTDOWN = 1.0


class Sandbox:
    """A Telegram of one's own.

    `on_clock` hears how far the clock was moved, `next_event` tells when something is due next; `limits` switches
    Telegram's flood limits on. `world` is the whole state, for those in the same process.
    """

    def __init__(
        self,
        *,
        on_clock: Mover | None = None,
        next_event: Outlook | None = None,
        limits: bool = True,
        page: Path = PAGE,
    ) -> None:
        self.world = World(Clock(on_clock, next_event), Limits(limits))
        self.address = ""
        self._page = page
        self._runner: web.AppRunner | None = None

    def application(self) -> web.Application:
        app = web.Application(client_max_size=MOST_UPLOADED, middlewares=[_in_plain_words])
        app.add_routes(BotDoor(self.world).routes())
        people = [PeopleDoor(self.world).routes(), TownDoor(self.world).routes()]
        for routes in (*people, ControlDoor(self.world, self._page).routes()):
            app.add_routes(routes)
        return app

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listen; returns the address, such as http://127.0.0.1:8081. Port 0 takes any free one."""
        self.world.session = aiohttp.ClientSession()
        self._runner = web.AppRunner(self.application(), access_log=None, shutdown_timeout=SHUTDOWN)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        bound = self._runner.addresses[0][1]
        self.address = f"http://{host}:{bound}"
        return self.address

    async def stop(self) -> None:
        """End long polls, event streams, hanging faults and webhooks, then the server. Safe to repeat."""
        self.world.events.close()
        for queue in self.world.queues.values():
            queue.interrupt()
        for webhook in self.world.webhooks.values():
            await webhook.stop()
        if self.world.session:
            await self.world.session.close()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None


@web.middleware
async def _in_plain_words(request: web.Request, handler: Handler) -> web.StreamResponse:
    # Any page in the same browser could otherwise play with the town.
    if request.headers.get("Sec-Fetch-Site") == "cross-site" and request.path.startswith("/sandbox/"):
        return _plain("only the sandbox's own page may ask", 403)
    try:
        return await handler(request)
    except Mistaken as mistaken:
        return _plain(str(mistaken), mistaken.status)
    except web.HTTPNotFound:
        if request.path.startswith("/sandbox/"):
            return _plain("there is nothing at this address", 404)
        body = {"ok": False, "error_code": 404, "description": "Not Found"}
        return web.Response(body=orjson.dumps(body), status=404, content_type="application/json")


def _plain(text: str, status: int) -> web.Response:
    return web.Response(body=orjson.dumps({"error": text}), status=status, content_type="application/json")
