"""The demo: sandbox, product and district in one process; the page's clock moves the product's."""

from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp

from bot import demo
from bot.app import App
from bot.cases.errors import Broken
from bot.config import GivenSettings, Settings, read_settings
from bot.sandbox.server import Sandbox
from storage.migrations import upgrade
from storage.seals import make_keys

TOKEN = "7000001:demo-demo-demo-demo-demo-demo-demo"  # noqa: S105 - of the sandbox, opens nothing
BOT_ID = 7000001


@dataclass(frozen=True, slots=True)
class Scene:
    """Who is played, and in which district. A `crowd` (number and name) stands in a district that is there already."""

    district: demo.District = field(default_factory=demo.read)
    crowd: Mapping[int, str] = field(default_factory=dict[int, str])
    map: Mapping[str, object] | None = None


async def play(folder: Path, port: int, on_open: Callable[[str], None], scene: Scene | None = None) -> None:
    """Run until Ctrl-C or SIGTERM; `on_open` hears the address of the page. Raises OSError when the port is taken."""
    scene = scene or Scene()
    town: list[App] = []

    async def on_clock(ahead: timedelta) -> None:
        await town[0].move_clock(ahead)

    async def next_event() -> datetime | None:
        return await town[0].next_event()

    sandbox = Sandbox(on_clock=on_clock, next_event=next_event)
    async with AsyncExitStack() as ending:
        ending.push_async_callback(sandbox.stop)
        address = await sandbox.start(port=port)
        await furnish(address, scene.district)
        await gather(address, scene)
        app = App(settings_for(folder, address))
        town.append(app)
        ending.push_async_callback(app.stop)
        await upgrade(app.settings.database)
        await app.at_desk(lambda desk: demo.found(desk, scene.district))
        await app.start()
        await everybody_starts(address, scene.district)
        on_open(address)
        await app.run()


async def furnish(address: str, district: demo.District) -> None:
    """Put the bot, the people and the groups of the demo into the sandbox."""
    async with aiohttp.ClientSession(address) as session:
        bot = {"token": TOKEN, "username": "yashu_demo_bot", "name": "东乡伢叔"}
        await _make(session, "bots", bot)
        for person in district.people:
            sheet = {name: person[name] for name in ("id", "label", "lat", "lon")}
            await _make(session, "people", {**sheet, "first_name": person["name"]})
        for group in district.groups:
            members = {"members": group["members"], "admins": [9001], "bots": [BOT_ID]}
            await _make(session, "groups", {"id": group["id"], "title": group["title"], **members})


async def gather(address: str, scene: Scene) -> None:
    """Put the crowd into the sandbox, where all of them have started the bot, and the map of their district."""
    async with aiohttp.ClientSession(address) as session:
        if scene.crowd:
            await _make(session, "crowd", {"bot": BOT_ID, "people": list(scene.crowd.items())})
        if scene.map is not None:
            await _make(session, "map", scene.map)


async def everybody_starts(address: str, district: demo.District) -> None:
    """A bot may not write first, so everybody with a duty has pressed start."""
    async with aiohttp.ClientSession(address) as session:
        for person in district.people:
            if person.get("duties"):
                await _make(session, f"people/{person['id']}/send", {"chat": BOT_ID, "text": "/start"})


async def _make(session: aiohttp.ClientSession, what: str, body: Mapping[str, object]) -> None:
    async with session.post(f"/sandbox/{what}", json=body) as response:
        if response.status >= 400:
            raise Broken(f"sandbox: {await response.text()}")


def settings_for(folder: Path, address: str, **more: object) -> Settings:
    """Settings of an installation that talks to the sandbox, whatever the environment says."""
    make_keys(folder / "keys")
    given = {"bot_token": TOKEN, "bot_api_base": address, "data_dir": folder, "admin_ids": (9001,), "backup_hours": 0}
    return read_settings(GivenSettings, **{**given, **more})
