"""Two programs on one server, struck down for real: the other one takes over, and nobody is answered twice."""

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot import demo
from bot.config import Settings
from bot.demo_town import BOT_ID, TOKEN, everybody_starts, furnish
from bot.lab.measure import free_port
from bot.sandbox.server import Sandbox
from storage.seals import make_keys
from tests.databases import POSTGRESQL, address_of, asked, copied
from tests.town import Json

TAKEN_OVER_WITHIN_S = 10.0
PATIENCE_S = 60.0
RESIDENT = 1001


pytestmark = pytest.mark.parametrize("database", [POSTGRESQL], indirect=True, scope="session")


class Pair:
    """A sandbox with two programs."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        self.address = address
        self.programs: list[Process] = []

    async def start(self) -> Process:
        """One more program, when it lives."""
        port = free_port()
        clean = {name: value for name, value in os.environ.items() if name.lower() not in Settings.model_fields}
        given = {
            "BOT_TOKEN": TOKEN,
            "BOT_API_BASE": self.address,
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": address_of(self.folder) or "",
            "MESSAGES_PER_SECOND": "1000",
            "MESSAGES_PER_CHAT_SECOND": "1000",
            "BACKUP_HOURS": "0",
            "HEALTH_LISTEN": f"127.0.0.1:{port}",
        }
        argv = [sys.executable, "-m", "bot.cli", "run"]
        root = str(Path(__file__).parents[2])
        running = await asyncio.create_subprocess_exec(
            *argv, cwd=self.folder, env={**clean, **given, "PYTHONPATH": root}, stdout=DEVNULL, stderr=DEVNULL
        )
        self.programs.append(running)
        async with asyncio.timeout(PATIENCE_S), aiohttp.ClientSession() as session:
            while not await _lives(session, port):
                await asyncio.sleep(0.1)
        return running

    def epoch(self) -> int:
        """How often charge was taken."""
        return asked(self.folder, "select coalesce(max(epoch), 0) from leases")[0][0]

    async def charged(self, epoch: int) -> None:
        """Wait until charge was taken so often."""
        async with asyncio.timeout(PATIENCE_S):
            while await asyncio.to_thread(self.epoch) < epoch:
                await asyncio.sleep(0.1)

    async def says(self, words: str) -> None:
        """The resident writes."""
        async with aiohttp.ClientSession(self.address) as session:
            body = {"chat": BOT_ID, "text": words}
            async with session.post(f"/sandbox/people/{RESIDENT}/send", json=body) as sent:
                assert sent.status < 400

    async def answers(self) -> list[str]:
        """What the resident has been told."""
        where = f"/sandbox/people/{RESIDENT}/chats/{BOT_ID}/messages?limit=100"
        async with aiohttp.ClientSession(self.address) as session, session.get(where) as got:
            messages: list[Json] = (await got.json())["messages"]
        return [one.get("text") or "" for one in messages if one["from"]["is_bot"]]

    async def answered(self, count: int) -> float:
        """Wait for so many answers; how long it took, in seconds."""
        begun = time.monotonic()
        async with asyncio.timeout(PATIENCE_S):
            while len(await self.answers()) < count:
                await asyncio.sleep(0.1)
        return time.monotonic() - begun


async def _lives(session: aiohttp.ClientSession, port: int) -> bool:
    try:
        async with session.get(f"http://127.0.0.1:{port}/livez") as said:
            return said.status == 200
    except aiohttp.ClientError:
        return False


@asynccontextmanager
async def two_programs(folder: Path, template: Path) -> AsyncGenerator[Pair]:
    """One in charge, the other stands by."""
    copied(template, folder)
    make_keys(folder / "keys")
    sandbox = Sandbox(limits=False)
    address = await sandbox.start()
    await furnish(address, demo.read())
    pair = Pair(folder, address)
    try:
        await pair.start()
        await pair.charged(1)
        await pair.start()
        await everybody_starts(address, demo.read())
        yield pair
    finally:
        for running in pair.programs:
            if running.returncode is None:
                running.kill()
            await running.wait()
        await sandbox.stop()


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
async def test_the_other_takes_over_and_nobody_is_answered_twice(tmp_path: Path, template: Path, blow: int) -> None:
    async with two_programs(tmp_path / "data", template) as pair:
        await pair.says("/help")
        await pair.answered(1)
        await asyncio.sleep(3)
        before = len(await pair.answers())
        pair.programs[0].send_signal(blow)
        struck = time.monotonic()
        await pair.says("/help")
        await pair.charged(2)
        assert time.monotonic() - struck < TAKEN_OVER_WITHIN_S
        await pair.answered(before + 1)
        if blow == signal.SIGSTOP:
            pair.programs[0].send_signal(signal.SIGCONT)
            async with asyncio.timeout(PATIENCE_S):
                assert await pair.programs[0].wait() == 1, "it ends by itself"
        await asyncio.sleep(2)
        told = await pair.answers()
        assert len(told) == before + 1, told[before:]
        assert await asyncio.to_thread(pair.epoch) == 2
