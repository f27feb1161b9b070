"""A town to tell stories in: the sandbox over real HTTP, the product, and the people of the demo district."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bot import demo
from bot.app import App
from bot.demo_town import BOT_ID, everybody_starts, furnish, settings_for
from bot.desk.desk import Clock
from bot.jobs import timetable
from bot.sandbox.server import Sandbox
from storage.migrations import upgrade
from storage.seals import make_keys
from tests.databases import address_of, copied, settled

Json = dict[str, Any]
NAMES = frozenset(str(one["name"]) for one in demo.read().people)
WRITTEN: set[str] = set()
"""What people wrote to the bot in this test: no log may have it."""
LONG_ENOUGH = 4


def buttons_on(message: Json) -> list[str]:
    """The words on the inline buttons of a message."""
    markup: Json = message.get("reply_markup") or {}
    return [button["text"] for row in markup.get("inline_keyboard", []) for button in row]


class Person:
    """Somebody of the town, played over HTTP. `last` is the newest text the bot sent them privately."""

    def __init__(self, town: "Town", person_id: int, home: int = BOT_ID) -> None:
        self.town = town
        self.id = person_id
        self.home = home

    def inside(self, group: int) -> "Person":
        """The same person in a group."""
        return Person(self.town, self.id, group)

    async def sends(self, text: str, **more: object) -> Json:
        """Write something."""
        return await self._send({"text": text, **more})

    async def sends_photo(self, caption: str | None = None, **more: object) -> Json:
        """Send a photo."""
        return await self._send({"photo": True, **({"caption": caption} if caption else {}), **more})

    async def sends_any(self, **content: object) -> Json:
        """Send anything the people API knows."""
        return await self._send(content)

    async def shares_location(self, lat: float, lon: float) -> Json:
        """Share a location."""
        return await self._send({"location": {"lat": lat, "lon": lon}})

    async def _send(self, body: Json) -> Json:
        words = str(body.get("text") or body.get("caption") or "")
        if len(words) >= LONG_ENOUGH and not words.isascii():
            WRITTEN.add(words)
        sent = await self.town.post(f"people/{self.id}/send", {"chat": self.home, **body})
        await self.town.settles()
        return sent["messages"][-1]

    async def edits(self, message_id: int, text: str) -> None:
        """Change an earlier message."""
        await self.town.post(f"people/{self.id}/edit", {"chat": self.home, "message_id": message_id, "text": text})
        await self.town.settles()

    async def presses(self, text: str, *, message: Json | None = None) -> Json | None:
        """Press the newest inline button with these words (or part of them), or a reply key with them."""
        found = message or await self._with_button(text)
        if found is None:
            return await self._reply_key(text)
        body = {"chat": self.home, "message_id": found["message_id"], "text": text}
        pressed = await self.town.post(f"people/{self.id}/press", body)
        await self.town.settles()
        return pressed["answer"]

    async def presses_data(self, message_id: int, data: str) -> Json | None:
        """A bad client: send any callback data."""
        body = {"chat": self.home, "message_id": message_id, "data": data}
        pressed = await self.town.post(f"people/{self.id}/press", body)
        await self.town.settles()
        return pressed["answer"]

    async def _reply_key(self, text: str) -> None:
        chats = await self.town.get(f"people/{self.id}/chats")
        shown: Json = next(one for one in chats if one["chat"] == self.home)["reply_keyboard"] or {}
        keys: list[Json] = [key for row in shown.get("keyboard", []) for key in row]
        key = next((one for one in keys if text in one["text"]), None)
        assert key is not None, f"no button {text!r}; newest: {await self.said(1)}"
        if key.get("request_location"):
            person = next(one for one in self.town.district.people if one["id"] == self.id)
            await self.shares_location(person["lat"], person["lon"])
        else:
            await self.sends(key["text"])

    async def _with_button(self, text: str) -> Json | None:
        for message in reversed(await self.messages()):
            if any(text in one for one in buttons_on(message)):
                return message
        return None

    async def messages(self) -> list[Json]:
        """Everything in this chat as this person sees it, the oldest first."""
        return (await self.town.get(f"people/{self.id}/chats/{self.home}/messages?limit=500"))["messages"]

    async def heard(self) -> list[str]:
        """All texts and captions of the bot here, the oldest first."""
        return [one.get("text") or one.get("caption") or "" for one in await self.messages() if one["from"]["is_bot"]]

    async def said(self, count: int = 1) -> str:
        """The newest texts of the bot here, joined."""
        return "\n".join((await self.heard())[-count:])

    async def buttons(self) -> list[str]:
        """The words on the inline buttons of the newest message that has some."""
        for message in reversed(await self.messages()):
            if words := buttons_on(message):
                return words
        return []

    async def sees(self, words: str) -> bool:
        """Whether any text of the bot here has these words."""
        return any(words in text for text in await self.heard())

    async def message_with(self, words: str) -> Json:
        """The newest message here with these words."""
        return next(
            one
            for one in reversed(await self.messages())
            if words in (one.get("text") or "") or words in (one.get("caption") or "")
        )


class Town:
    """Sandbox, product and people. Times pass only when told to."""

    def __init__(self, sandbox: Sandbox, app: App, session: aiohttp.ClientSession, district: demo.District) -> None:
        self.sandbox = sandbox
        self.app = app
        self.session = session
        self.district = district
        self.filed = 0
        self.resident = Person(self, 1001)
        self.neighbour = Person(self, 1002)
        self.whistleblower = Person(self, 1003)
        self.responder = Person(self, 2001)
        self.leader = Person(self, 2002)
        self.town_office = Person(self, 2003)
        self.fire_brigade = Person(self, 2004)
        self.other_responder = Person(self, 2005)
        self.grid_member = Person(self, 2006)
        self.head = Person(self, 2007)
        self.other_head = Person(self, 2008)
        self.dispatcher = Person(self, 3001)
        self.admin = Person(self, 9001)
        self.centre_group = self.dispatcher.inside(-5001)
        self.community_group = self.responder.inside(-5002)

    async def post(self, what: str, body: Json) -> Any:
        """Do something in the sandbox."""
        async with self.session.post(f"/sandbox/{what}", json=body) as response:
            answer = await response.json()
            assert response.status < 400, f"{what}: {answer}"
            return answer

    async def get(self, what: str) -> Any:
        """Look at something in the sandbox."""
        async with self.session.get(f"/sandbox/{what}") as response:
            return await response.json()

    async def settles(self, seconds: float = 20) -> None:
        """Wait until every update is worked on and everything that may leave has left."""
        async with asyncio.timeout(seconds):
            while (waiting := await self.get(f"pending?bot={BOT_ID}"))["pending"] or waiting["in_flight"]:
                await asyncio.sleep(0.005)
        await self.app.quiet(seconds)

    async def passes(self, *, hours: float = 0, minutes: float = 0, days: float = 0) -> None:
        """Let time pass, in steps, so that everything happens in its order."""
        left = timedelta(hours=hours, minutes=minutes, days=days)
        while left > timedelta(0):
            step = min(left, timedelta(hours=6))
            await self.post("clock", {"add": step.total_seconds()})
            await self.settles()
            left -= step

    async def restarts(self) -> None:
        """Stop the product and start it anew on the same folder."""
        await self.app.stop()
        self.app = App(self.app.settings, self.app.office.clock)
        await self.app.start()

    async def sleeps_through(self, span: timedelta) -> None:
        """The product is down while time passes; then it starts, and does what is due."""
        await self.app.stop()
        self.sandbox.world.clock.offset += span.total_seconds()
        self.app.office.clock.ahead += span
        self.app = App(self.app.settings, self.app.office.clock)
        await self.app.start()
        async with asyncio.timeout(20):
            while not self.app.lease.held:
                await asyncio.sleep(0.005)
        await self.app.move_clock(timedelta(0))
        await self.settles()

    async def fetches(self) -> None:
        """Let the job fetch the files that wait."""
        while await self.app.ticker.fetch():
            await self.settles()
        await self.settles()


async def prepared(folder: Path, kind: str) -> Path:
    """A migrated database with the demo district, to be copied for each story."""
    settings = settings_for(settled(folder, kind), "http://127.0.0.1:1", database_url=address_of(folder))
    await upgrade(settings.database)
    app = App(settings)
    await app.at_desk(lambda desk: demo.found(desk, demo.read()))
    await app.database.close()
    return folder


@asynccontextmanager
async def open_town(
    folder: Path, template: Path, at: datetime | None = None, /, **settings: object
) -> AsyncGenerator[Town]:
    """A running town, where it is now or `at`. Telegram's limits are lifted; a test of limits switches them on."""
    copied(template, folder)
    make_keys(folder / "keys")
    opened: list[Town] = []

    async def on_clock(ahead: timedelta) -> None:
        await opened[0].app.move_clock(ahead)

    async def next_event() -> Any:
        return await opened[0].app.next_event()

    sandbox = Sandbox(on_clock=on_clock, next_event=next_event, limits=False)
    address = await sandbox.start()
    district = demo.read()
    await furnish(address, district)
    clock = Clock()
    clock.ahead = at - clock.now() if at else timedelta(0)
    sandbox.world.clock.offset = clock.ahead.total_seconds()
    lifted = {"messages_per_second": 5000, "messages_per_group_minute": 50_000, "messages_per_chat_second": 5000}
    lifted |= {"messages_per_person_minute": 50_000, "reports_per_person_day": 1000}
    timetable.OFTEN_S = 3600.0  # what a story sees must not hang on how fast it is told
    app = App(
        settings_for(folder, address, **{**lifted, "tick_seconds": 30, "database_url": address_of(folder), **settings}),
        clock,
    )
    await app.start()
    async with aiohttp.ClientSession(address) as session:
        town = Town(sandbox, app, session, district)
        opened.append(town)
        try:
            await everybody_starts(address, district)
            await town.settles()
            yield town
        finally:
            await town.app.stop()
            await sandbox.stop()
            opened.clear()  # aiohttp remembers the doors of the sandbox, and with them all that they hold
