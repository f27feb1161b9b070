"""A sandbox with one bot, two people and a group, and a wire to it over real HTTP."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.sandbox.server import Sandbox
from tests.sandbox.wire import BOT, GROUP, LI, TOKEN, WANG, Wire


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(limits=False)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def wire(sandbox: Sandbox) -> AsyncIterator[Wire]:
    """The bot 777, Wang who has started it, Li who has not, and a group of all three."""
    async with aiohttp.ClientSession() as session:
        wire = Wire(sandbox, session)
        await wire.post("bots", token=TOKEN, username="yashu_bot", name="伢叔")
        await wire.post("people", id=WANG, first_name="王", username="wang_test")
        await wire.post("people", id=LI, first_name="李")
        await wire.post("groups", id=GROUP, title="路灯班", members=[WANG, LI], bots=[BOT], admins=[WANG])
        await wire.send(WANG, BOT, text="/start")
        await wire.updates()
        yield wire
