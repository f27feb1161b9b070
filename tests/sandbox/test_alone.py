"""The sandbox runs alone, as a program for bots of any library."""

import asyncio
import signal
import sys

import aiohttp


async def test_it_says_its_address_serves_a_bot_and_ends_at_once_on_sigterm() -> None:
    command = [sys.executable, "-m", "bot.sandbox", "--port", "0", "--bot", "777:secret@yashu_bot"]
    program = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert program.stdout is not None
    async with asyncio.timeout(20), aiohttp.ClientSession() as session:
        address = (await program.stdout.readline()).decode().strip()
        async with session.get(f"{address}/bot777:secret/getMe") as answer:
            assert (await answer.json())["result"]["username"] == "yashu_bot"
        async with session.get(f"{address}/sandbox/events") as events:
            assert await events.content.readline() == b": hello\n"
            program.send_signal(signal.SIGTERM)
            assert await program.wait() == 0
