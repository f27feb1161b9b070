"""The door for whoever runs the sandbox: clock, faults, limits, log, queues of updates, and what the page needs."""

from contextlib import aclosing, suppress
from pathlib import Path

from aiohttp import web

from bot.sandbox.door_people import answer, body_of, number
from bot.sandbox.errors import Mistaken
from bot.sandbox.world import World


class ControlDoor:
    def __init__(self, world: World, page: Path) -> None:
        self.world = world
        self.page = page

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/sandbox/clock", self.clock),
            web.post("/sandbox/clock", self.move_clock),
            web.get("/sandbox/faults", self.faults),
            web.post("/sandbox/faults", self.add_fault),
            web.delete("/sandbox/faults", self.drop_faults),
            web.delete(r"/sandbox/faults/{fault:\d+}", self.drop_faults),
            web.get("/sandbox/limits", self.limits),
            web.post("/sandbox/limits", self.switch_limits),
            web.get("/sandbox/log", self.log),
            web.delete("/sandbox/log", self.clear_log),
            web.get("/sandbox/pending", self.pending),
            web.post("/sandbox/raw_update", self.raw_update),
            web.post("/sandbox/repeat", self.repeat),
            web.get("/sandbox/events", self.events),
            web.get("/sandbox/files/{file_id}", self.file),
            web.get("/", self.index),
            web.get("/page/{path:.+}", self.page_file),
        ]

    async def clock(self, _: web.Request) -> web.Response:
        clock = self.world.clock
        return answer({"now": clock.unix(), "offset": clock.offset, "next": await clock.next()})

    async def move_clock(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        if body.get("to") == "next":
            await self.world.clock.add_until_next()
        else:
            await self.world.clock.add(number(body, "add"))
        self.world.events.tell("clock", now=self.world.clock.unix(), offset=self.world.clock.offset)
        return await self.clock(request)

    async def faults(self, _: web.Request) -> web.Response:
        return answer(self.world.faults.listing())

    async def add_fault(self, request: web.Request) -> web.Response:
        try:
            return answer({"id": self.world.faults.add(await body_of(request))})
        except (TypeError, ValueError) as error:
            raise Mistaken(f"this fault cannot be read: {error}") from None

    async def drop_faults(self, request: web.Request) -> web.Response:
        wanted = request.match_info.get("fault")
        self.world.faults.drop(int(wanted) if wanted else None)
        return answer({})

    async def limits(self, _: web.Request) -> web.Response:
        return answer({"on": self.world.limits.on})

    async def switch_limits(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        self.world.limits.switch(bool(body.get("on")))
        return answer({"on": self.world.limits.on})

    async def log(self, request: web.Request) -> web.Response:
        return answer({"calls": self.world.calls.after(_query_number(request, "after"))})

    async def clear_log(self, _: web.Request) -> web.Response:
        self.world.calls.clear()
        return answer({})

    async def pending(self, request: web.Request) -> web.Response:
        wanted = _query_number(request, "bot")
        queues = [self.world.queues[self.world.bot(wanted).id]] if wanted else list(self.world.queues.values())
        counts = [queue.counts() for queue in queues]
        return answer({"pending": sum(each[0] for each in counts), "in_flight": sum(each[1] for each in counts)})

    async def raw_update(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        if "update" not in body:
            raise Mistaken("there is no update")
        self.world.queues[self.world.bot(number(body, "bot")).id].add_raw(body["update"])
        return answer({})

    async def repeat(self, request: web.Request) -> web.Response:
        """`same_ids` keeps the numbers of the updates, `restart` goes on with lower ones, else they get new ones."""
        body = await body_of(request)
        queue = self.world.queues[self.world.bot(number(body, "bot")).id]
        count = int(body.get("count", 1))
        return answer({"repeated": queue.repeat(count, bool(body.get("same_ids")), bool(body.get("restart")))})

    async def events(self, request: web.Request) -> web.StreamResponse:
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        await response.write(b": hello\n\n")
        async with aclosing(self.world.events.follow()) as lines:
            with suppress(ConnectionError):
                async for line in lines:
                    await response.write(line)
        return response

    async def file(self, request: web.Request) -> web.Response:
        stored = self.world.files.get(request.match_info["file_id"])
        if stored is None:
            raise Mistaken("no such file", 404)
        media = {"photo": "image/jpeg", "video_note": "video/mp4", "sticker": "image/webp"}
        mime = str(stored.facts.get("mime_type") or media.get(stored.kind, "application/octet-stream"))
        # What a person handed in is shown as what it is only if it cannot act in the page.
        if not mime.startswith(("image/", "audio/", "video/")) or "svg" in mime:
            mime = "application/octet-stream"
        headers = {"Content-Type": mime, "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        return web.Response(body=stored.data, headers=headers)

    async def index(self, _: web.Request) -> web.StreamResponse:
        return self._page_file("index.html")

    async def page_file(self, request: web.Request) -> web.StreamResponse:
        return self._page_file(request.match_info["path"])

    def _page_file(self, name: str) -> web.StreamResponse:
        root = self.page.resolve()
        path = (root / name).resolve()
        if not path.is_relative_to(root) or not path.is_file():
            raise Mistaken("no such page", 404)
        return web.FileResponse(path, headers={"Cache-Control": "no-cache"})


def _query_number(request: web.Request, name: str) -> int:
    try:
        return int(request.query.get(name) or 0)
    except ValueError:
        raise Mistaken(f"{name} must be a number") from None
