"""Whoever watches over the program: pages for a monitor, alarms that do not go through Telegram, a heartbeat."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from click.testing import CliRunner, Result
from pydantic import SecretStr
from sqlalchemy import insert, update

from bot.cases.errors import BrokenSetting
from bot.cli import main
from bot.commands.init import ANY_TOKEN
from bot.config import GivenSettings, read_settings
from bot.jobs import health as looking
from bot.jobs.watch import Watch
from bot.jobs.ways import MailServer, as_robots_read, refusal_in
from bot.texts import texts_in
from storage.tables import inbox, outbox
from tests.stories.steps import reports_lamp
from tests.town import Town, open_town


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every look is a new one."""
    monkeypatch.setattr(looking, "FRESH_S", -1.0)


def console(town: Town, **env: str) -> Result:
    """`yashu try-alarms` with these settings."""
    token = town.app.settings.bot_token.get_secret_value()
    nothing = {"ALARM_WEBHOOK": None, "ALARM_MAIL": None, "SMTP_URL": None, "HEARTBEAT_URL": None}
    return CliRunner().invoke(main, ["try-alarms"], env={**nothing, "BOT_TOKEN": token, "LANGUAGE": "zh", **env})


@asynccontextmanager
async def robot(says: str = "") -> AsyncGenerator[tuple[str, list[Any]]]:
    """A group robot elsewhere that `says` something: its address, and what it was told (None: a heartbeat)."""
    heard: list[Any] = []

    async def hears(request: web.Request) -> web.Response:
        heard.append(await request.json() if request.can_read_body else None)
        return web.Response(text=says)

    app = web.Application()
    app.router.add_route("*", "/robot", hears)
    runner = web.AppRunner(app)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://127.0.0.1:{port}/robot", heard
    finally:
        await runner.cleanup()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


async def page(town: Town, name: str) -> tuple[int, str]:
    """One of the pages for a monitor."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://{town.app.settings.health_listen}/{name}") as got,
    ):
        return got.status, await got.text()


async def test_a_healthy_program_is_alive_ready_and_counts(tmp_path: Path, template: Path) -> None:
    async with open_town(tmp_path / "data", template, health_listen=f"127.0.0.1:{free_port()}") as town:
        await reports_lamp(town.resident)
        assert (await page(town, "livez"))[0] == 200
        status, said = await page(town, "readyz")
        assert status == 200 and '"troubles":[]' in said
        counted = (await page(town, "metrics"))[1]
        assert 'yashu_updates_total{outcome="done"}' in counted and 'yashu_calls_total{verdict="sent"}' in counted
        assert "yashu_ready 1.0" in counted and "yashu_heard_seconds" in counted


async def test_who_cannot_write_is_not_ready(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "WRITE_WITHIN_S", 0.1)
    async with town.app.database.write():
        facts = await town.app.health.look()
    assert not facts.ready and facts.troubles == [looking.Trouble.NO_WRITING]
    assert (await town.app.health.look()).ready


async def test_what_waits_too_long_is_a_trouble(town: Town) -> None:
    old = town.app.office.clock.now().replace(year=2020)
    arrived = {"bot_id": 1, "update_id": 5, "deed": 5, "state": "new", "attempts": 0, "received_at": old}
    owed = {"key": "old", "kind": "news", "recipient": "nobody", "lane": 0, "state": "due"}
    facts = await _with(town, insert(inbox).values(arrived))
    assert looking.Trouble.BACKLOG in facts.troubles and not facts.ready
    await _with(town, update(inbox).where(inbox.c.update_id == 5).values(state="dead"))
    facts = await _with(town, insert(outbox).values({**owed, "created_at": old, "not_before": old}))
    assert set(facts.troubles) == {looking.Trouble.NOT_SENDING, looking.Trouble.DEAD_LETTERS}
    assert facts.ready, "what waits to be sent is not mended by bringing no more updates"


async def _with(town: Town, change: Any) -> looking.Facts:
    async with town.app.database.write() as tx:
        await tx.execute(change)
    return await town.app.health.look()


async def test_a_trouble_that_lasts_is_told_elsewhere_once_and_again_when_it_is_over(town: Town) -> None:
    async with robot() as (address, heard), aiohttp.ClientSession() as session:
        now = [0.0]
        settings = town.app.settings.model_copy(
            update={"alarm_webhook": _secret(address), "heartbeat_url": _secret(address)}
        )
        watch = Watch(town.app.health, settings, 10, lambda: now[0])
        assert watch.wanted
        await watch.look(session)
        assert heard == [None], "the heartbeat"
        dead = {"bot_id": 1, "update_id": 5, "deed": 5, "state": "dead", "attempts": 5}
        await _with(town, insert(inbox).values({**dead, "received_at": town.app.office.clock.now()}))
        for now[0] in (10.0, 60.0, 75.0, 90.0):
            await watch.look(session)
        told = texts_in("zh").trouble("东乡", "dead_letters")
        assert [one for one in heard if one] == [as_robots_read(told)], "once"
        assert heard.count(None) == 2, "the heart beats on: a dead letter waits for a person, the program is well"
        await _with(town, update(inbox).where(inbox.c.update_id == 5).values(state="done"))
        await watch.look(session)
        assert heard[-1] == as_robots_read(texts_in("zh").trouble_over("东乡", "dead_letters"))


async def test_the_heart_stands_still_while_something_is_wrong(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    async with robot() as (address, heard), aiohttp.ClientSession() as session:
        settings = town.app.settings.model_copy(update={"heartbeat_url": _secret(address)})
        now = [0.0]
        watch = Watch(town.app.health, settings, 10, lambda: now[0])
        monkeypatch.setattr(looking, "WRITE_WITHIN_S", 0.1)
        async with town.app.database.write():
            await watch.look(session)
        assert heard == []
        await watch.look(session)
        assert heard == [None]


async def test_what_could_not_be_told_is_told_at_the_next_look(town: Town) -> None:
    async with aiohttp.ClientSession() as session:
        nowhere = f"http://127.0.0.1:{free_port()}/robot"
        now, settings = [0.0], town.app.settings.model_copy(update={"alarm_webhook": _secret(nowhere)})
        watch = Watch(town.app.health, settings, 10, lambda: now[0])
        dead = {"bot_id": 1, "update_id": 5, "deed": 5, "state": "dead", "attempts": 5}
        await _with(town, insert(inbox).values({**dead, "received_at": town.app.office.clock.now()}))
        for now[0] in (0.0, 70.0):
            await watch.look(session)
        async with robot() as (address, heard):
            settings.alarm_webhook = _secret(address)
            await watch.look(session)
            assert len(heard) == 1


REFUSED = '{"errcode":310000,"errmsg":"keywords not in content"}'


async def test_a_robot_that_refuses_politely_was_not_told(town: Town) -> None:
    """WeCom, DingTalk and Feishu refuse with HTTP 200."""
    async with robot(REFUSED) as (address, heard), aiohttp.ClientSession() as session:
        settings = town.app.settings.model_copy(update={"alarm_webhook": _secret(address)})
        now = [0.0]
        watch = Watch(town.app.health, settings, 10, lambda: now[0])
        dead = {"bot_id": 1, "update_id": 5, "deed": 5, "state": "dead", "attempts": 5}
        await _with(town, insert(inbox).values({**dead, "received_at": town.app.office.clock.now()}))
        for now[0] in (0.0, 70.0, 80.0):
            await watch.look(session)
        assert len(heard) == 2, "it is told again"


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (REFUSED, "310000"),
        ('{"errcode":0,"errmsg":"ok"}', None),
        ('{"code":19024,"msg":"Key Words Not Found"}', "19024"),
        ('{"StatusCode":0,"code":0}', None),
        ('{"code":200}', None),
        ("OK", None),
        ("[1]", None),
    ],
)
def test_what_robots_answer(body: str, refusal: str | None) -> None:
    assert refusal_in(body.encode()) == refusal


async def test_the_ways_can_be_tried(town: Town) -> None:
    async with robot() as (address, heard), robot(REFUSED) as (stubborn, _):
        tried = await asyncio.to_thread(console, town, ALARM_WEBHOOK=address, HEARTBEAT_URL=address)
        assert tried.exit_code == 0 and tried.output.count("对方收下了") == 2, tried.output
        assert "试一试" in heard[0]["text"]["content"] and heard[1] is None
        tried = await asyncio.to_thread(console, town, ALARM_WEBHOOK=stubborn, HEARTBEAT_URL=address)
        assert tried.exit_code == 1 and "没发成（310000）" in tried.output
    mail = {"ALARM_MAIL": "it@dongxiang.example", "SMTP_URL": f"smtp://127.0.0.1:{free_port()}"}
    tried = await asyncio.to_thread(console, town, **mail)
    assert tried.exit_code == 1 and "没发成（ConnectionRefusedError）" in tried.output
    tried = await asyncio.to_thread(console, town)
    assert tried.exit_code == 1 and "谁也不会知道" in tried.output


def test_an_address_whose_port_is_none_refuses_to_start() -> None:
    for name in ("smtp_url", "alarm_webhook", "heartbeat_url"):
        kind = "smtp" if name == "smtp_url" else "https"
        with pytest.raises(BrokenSetting, match=name.upper()):
            read_settings(GivenSettings, bot_token=ANY_TOKEN, **{name: f"{kind}://host:mail"})


async def test_a_mail_is_handed_over(tmp_path: Path) -> None:
    received: list[bytes] = []

    async def talks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            word = line[:4].upper()
            if word == b"DATA":
                writer.write(b"354 go on\r\n")
                received.append(await reader.readuntil(b"\r\n.\r\n"))
            writer.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
            if word == b"QUIT":
                break
        writer.close()

    server = await asyncio.start_server(talks, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        given = MailServer.at(f"smtp://127.0.0.1:{port}")
        await asyncio.to_thread(given.send, "it@dongxiang.example", "伢叔（东乡）：磁盘快满了。")
    (mail,) = received
    assert b"it@dongxiang.example" in mail and b"Subject: =?utf-8?" in mail
    assert b"Date: " in mail and b"Message-ID: <" in mail, "without them it counts as spam"


def test_a_mail_server_is_read_from_its_address() -> None:
    assert MailServer.at("smtps://a%40b.cn:p%3Aw@mail.cn") == MailServer("mail.cn", 465, True, "a@b.cn", "p:w")
    assert MailServer.at("smtp://mail.cn:587") == MailServer("mail.cn", 587, False, "", "")


def _secret(words: str) -> SecretStr:
    return SecretStr(words)
