"""A bot written with grammY (npm) runs on the sandbox, by polling and by webhook."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.sandbox.until import until
from tests.sandbox.wire import BOT, TOKEN, WANG, Json, Wire

SOURCE = Path(__file__).with_name("grammy")
NPM_PATIENCE = 120


@pytest.fixture(scope="session")
def grammy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside the tree with the bot and its packages from npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        pytest.skip("node and npm are needed for the bot of grammY")
    folder = tmp_path_factory.mktemp("grammy")
    for name in ("package.json", "bot.mjs"):
        shutil.copy(SOURCE / name, folder / name)
    install = [npm, "install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"]
    try:
        done = subprocess.run(install, cwd=folder, timeout=NPM_PATIENCE, check=False, capture_output=True, text=True)
    except subprocess.TimeoutExpired:
        pytest.skip(f"npm install took over {NPM_PATIENCE} s")
    if done.returncode:
        pytest.skip(f"npm install failed: {done.stderr[-300:]}")
    return folder


@asynccontextmanager
async def running(folder: Path, wire: Wire, secret: str = "") -> AsyncGenerator[str]:
    """Runs the bot; gives the first line that it says of itself."""
    told = {**os.environ, "BOT_TOKEN": TOKEN, "API_ROOT": wire.sandbox.address, "SECRET": secret}
    pipe = asyncio.subprocess.PIPE
    bot = await asyncio.create_subprocess_exec("node", "bot.mjs", cwd=folder, env=told, stdout=pipe)
    assert bot.stdout is not None
    try:
        async with asyncio.timeout(20):
            yield (await bot.stdout.readline()).decode().strip()
    finally:
        bot.terminate()
        await bot.wait()


async def said(wire: Wire, key: str, text: str) -> Json:
    chat = wire.sandbox.world.privates[BOT, WANG]
    await until(lambda: any(each.get(key) == text for each in chat.messages.values()))
    return next(each for each in chat.messages.values() if each.get(key) == text)


async def the_conversation(wire: Wire) -> None:
    await wire.send(WANG, BOT, text="/start")
    assert (await said(wire, "text", "伢叔: 什么事?"))["entities"][0]["type"] == "bold"
    await wire.send(WANG, BOT, text="路灯不亮")
    await said(wire, "text", "在哪?")
    place = await wire.send(WANG, BOT, location={"lat": 32.19, "lon": 119.62})
    card = await said(wire, "text", "路灯不亮 @ 32.19")
    assert card["reply_to_message"]["message_id"] == place["message_id"]
    pressed = await wire.post(f"people/{WANG}/press", chat=BOT, message_id=card["message_id"], text="提交")
    assert pressed["answer"] == {"text": "已收到", "show_alert": True}
    assert (await said(wire, "text", "已提交"))["message_id"] == card["message_id"]
    await wire.send(WANG, BOT, photo=True)
    paper = await said(wire, "caption", "附件")
    assert (paper["document"]["file_name"], paper["caption_entities"][0]["type"]) == ("path.txt", "bold")


async def test_a_grammy_bot_by_polling(wire: Wire, grammy: Path) -> None:
    async with running(grammy, wire) as greeting:
        assert greeting == "started yashu_bot"
        await the_conversation(wire)


async def test_a_grammy_bot_by_webhook(wire: Wire, grammy: Path) -> None:
    async with running(grammy, wire, secret="s3cret") as greeting:
        port = int(greeting.removeprefix("port "))
        await wire.call("setWebhook", url=f"http://127.0.0.1:{port}/", secret_token="s3cret")
        await the_conversation(wire)
        assert "last_error_message" not in await wire.call("getWebhookInfo")
        await wire.call("deleteWebhook")
