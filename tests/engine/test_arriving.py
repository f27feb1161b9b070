"""What arrives is on disk before it is acknowledged; what cannot be kept stays with Telegram."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import orjson
import pytest

from bot.intake.poller import ALLOWED
from bot.jobs import health
from bot.jobs.health import Trouble
from tests.engine.office import BOT_ID, ask, failing_disk, locked, until
from tests.town import Town, open_town

SECRET = "only-telegram-knows-this-secret-0123456789"


def by_webhook() -> dict[str, str]:
    """Settings of a product that is told by webhook."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        door = f"127.0.0.1:{probe.getsockname()[1]}"
    return {"webhook_url": f"http://{door}", "webhook_secret": SECRET, "webhook_listen": door}


@pytest.fixture
async def hooked(tmp_path: Path, template: Path) -> AsyncIterator[Town]:
    """A town whose product is told by webhook."""
    async with open_town(tmp_path / "data", template, **by_webhook()) as opened:
        yield opened


@pytest.fixture(params=["polling", "webhook"])
async def either(tmp_path: Path, template: Path, request: pytest.FixtureRequest) -> AsyncIterator[Town]:
    """A town with the one way of delivery, and one with the other."""
    given = by_webhook() if request.param == "webhook" else {}
    async with open_town(tmp_path / "data", template, **given) as opened:
        yield opened


async def knock(town: Town, body: bytes, secret: str | bytes | None = SECRET) -> tuple[int, Mapping[str, str]]:
    """Post to the webhook over a bare socket, so that headers may be as odd as anybody likes."""
    host, _, port = town.app.settings.webhook_listen.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    given = secret.encode() if isinstance(secret, str) else secret
    sign = b"" if given is None else b"X-Telegram-Bot-Api-Secret-Token: " + given + b"\r\n"
    head = b"POST /telegram HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n" % len(body)
    writer.write(head + sign + b"\r\n" + body)
    answer = await reader.read()
    writer.close()
    status, *lines = answer.partition(b"\r\n\r\n")[0].decode().split("\r\n")
    return int(status.split()[1]), dict(line.split(": ", 1) for line in lines)


def says(update_id: int, text: str) -> bytes:
    """An update in which the resident says something."""
    sender = {"id": 1001, "is_bot": False, "first_name": "王奶奶"}
    chat = {"id": 1001, "type": "private", "first_name": "王奶奶"}
    message = {"message_id": update_id, "date": 1_800_000_000, "chat": chat, "from": sender, "text": text}
    return orjson.dumps({"update_id": update_id, "message": message})


@pytest.mark.parametrize("secret", [None, "", SECRET[:-1], SECRET + "x", "密".encode(), b"\xff\xfe" + SECRET.encode()])
async def test_who_does_not_know_the_secret_is_sent_away_and_nothing_is_kept(
    hooked: Town, secret: str | bytes | None
) -> None:
    before = ask(hooked, "select count(*) from inbox")
    status, _ = await knock(hooked, says(1, "让我进去"), secret)
    assert status == 401
    assert ask(hooked, "select count(*) from inbox") == before


async def test_what_cannot_be_read_is_accepted_kept_apart_and_told_to_the_admins(
    hooked: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    deep = b'{"update_id":77,"message":%s%s}' % (b"[" * 500, b"]" * 500)
    for body in (b"{", b"\xff\xfe", b'"\\ud800"', b"", b"[" * 100_000, "机密".encode() + b"}", deep):
        assert (await knock(hooked, body))[0] == 200
    await hooked.settles()
    assert ask(hooked, "select count(*) from inbox where state = 'dead'") == [(7,)]
    assert await hooked.admin.sees("死信")
    assert "机密" not in "".join(capsys.readouterr())


async def test_a_body_that_is_too_large_is_refused(hooked: Town) -> None:
    before = ask(hooked, "select count(*) from inbox")
    status, _ = await knock(hooked, says(1, "长" * 500_000))
    assert status == 413
    assert ask(hooked, "select count(*) from inbox") == before


async def test_a_webhook_that_telegram_did_not_hear_of_is_announced_again(hooked: Town) -> None:
    await hooked.post("faults", {"kind": "500", "method": "setwebhook", "times": 1})
    async with hooked.session.post(f"/bot{hooked.app.settings.bot_token.get_secret_value()}/deleteWebhook") as gone:
        assert gone.status == 200
    await hooked.restarts()
    await hooked.post("people/1001/send", {"chat": BOT_ID, "text": "/start"})
    await until(lambda: hooked.resident.sees("伢叔"))


async def test_a_webhook_pointed_elsewhere_is_set_right_and_told_to_the_admins(hooked: Town) -> None:
    call, hook = hooked.app.channel.call, hooked.app.hook
    assert hook is not None and hooked.app.settings.webhook_url is not None
    await call("setWebhook", {"url": "http://127.0.0.1:1/theirs", "secret_token": "theirs"})
    await hook.look(hooked.app.tell_moved)
    assert (await call("getWebhookInfo", {})).result["url"] == hooked.app.settings.webhook_url + "/telegram"
    await until(lambda: hooked.admin.sees("被改到了别处"))
    await hooked.post("people/1001/send", {"chat": BOT_ID, "text": "/start"})
    await until(lambda: hooked.resident.sees("伢叔"))


async def test_what_telegram_cannot_bring_is_a_trouble_until_it_can(hooked: Town) -> None:
    call, hook = hooked.app.channel.call, hooked.app.hook
    assert hook is not None and hooked.app.settings.webhook_url is not None
    await hook.look(hooked.app.tell_moved)
    assert not hook.undelivered
    own = hooked.app.settings.webhook_url + "/telegram"
    await call("setWebhook", {"url": own, "secret_token": "another", "allowed_updates": ALLOWED})
    await hooked.post("people/1001/send", {"chat": BOT_ID, "text": "/start"})

    async def failed() -> bool:
        return bool((await call("getWebhookInfo", {})).result.get("last_error_date"))

    await until(failed)
    await hook.look(hooked.app.tell_moved)
    assert hook.undelivered and Trouble.UNDELIVERED in (await hooked.app.health.look()).troubles
    await until(lambda: hooked.resident.sees("伢叔"))  # it was announced anew, with our secret
    await hook.look(hooked.app.tell_moved)
    assert not hook.undelivered


async def test_who_never_hears_telegram_is_deaf(either: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also with a webhook: then its own questions stay without an answer."""
    assert Trouble.DEAF not in (await either.app.health.look()).troubles
    monkeypatch.setattr(health, "DEAF_S", 0.2)
    monkeypatch.setattr(health, "FRESH_S", 0.0)
    await either.post("faults", {"kind": "500", "method": "getupdates", "times": 1000})
    await either.post("faults", {"kind": "500", "method": "getwebhookinfo", "times": 1000})
    await either.restarts()
    await asyncio.sleep(0.7)
    facts = await either.app.health.look()
    assert Trouble.DEAF in facts.troubles and not facts.ready


async def test_while_nothing_can_be_kept_the_webhook_asks_telegram_to_come_again(hooked: Town) -> None:
    async with failing_disk(hooked):
        status, head = await knock(hooked, says(1, "/help"))
        assert (status, head["Retry-After"]) == (503, "5")
        await hooked.post("people/1001/send", {"chat": BOT_ID, "text": "/start"})
        await asyncio.sleep(0.3)
        assert await hooked.resident.heard() == []
    await until(lambda: hooked.resident.sees("伢叔"), 20)


async def test_a_locked_database_delays_the_answer_but_loses_nothing(either: Town) -> None:
    async with locked(either):
        await either.post("people/1001/send", {"chat": BOT_ID, "text": "/start"})
        await asyncio.sleep(1)
        assert await either.resident.heard() == []
    await until(lambda: either.resident.sees("伢叔"))


async def test_the_poller_keeps_asking_for_what_it_could_not_keep(town: Town) -> None:
    async with failing_disk(town):
        for words in ("/start", "/help", "/cancel"):
            await town.post("people/1001/send", {"chat": BOT_ID, "text": words})
        await asyncio.sleep(1.5)
        assert (await town.get(f"pending?bot={BOT_ID}"))["pending"] == 3
    await until(lambda: town.resident.sees("没有"), 10)
    await town.settles()
    assert (await town.get(f"pending?bot={BOT_ID}"))["pending"] == 0


async def test_every_update_three_times_has_one_effect(either: Town) -> None:
    town, resident = either, either.resident

    async def thrice() -> None:
        heard = len(await resident.heard())
        for same_ids in (True, False):
            await town.post("repeat", {"bot": BOT_ID, "count": 1, "same_ids": same_ids})
            await town.settles()
        news = (await resident.heard())[heard:]
        assert not [text for text in news if "编号" in text or "已提交" in text]

    await resident.sends_photo("新港小区3栋楼下路灯不亮")
    await thrice()
    for _ in range(12):
        buttons = await resident.buttons()
        wanted = next((one for one in ("路灯", "跳过", "提交") if any(one in b for b in buttons)), buttons[0])
        await resident.presses(wanted)
        await thrice()
        if wanted == "提交":
            break
    await town.fetches()
    assert ask(town, "select count(*) from cases") == [(1,)]
    assert ask(town, "select count(*) from media") == [(1,)]
    assert ask(town, "select kind, count(*) from outbox where kind in ('promise', 'unit_card') group by kind") == [
        ("promise", 1),
        ("unit_card", 1),
    ]
