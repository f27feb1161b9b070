"""The lab's Bot API and crowd: whoever measures with them relies on how they wait, press, deliver and count."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from aiogram.methods import Response
from aiohttp import web
from PIL import Image

from bot.lab import wire
from bot.lab.answers import is_word, result
from bot.lab.script import Outcome, Plan, Step
from bot.lab.stub import Stub

SECRET = "a-secret-of-the-test"
SCRIPT = [
    Step(text="/start"),
    Step(press="反映", unless="没有这个按钮"),
    Step(text="路灯不亮 {n}"),
    Step(press="不需要", if_button="不需要"),
    Step(photo=True),
    Step(location=(32.19, 119.6)),
    Step(press="提交", sends=0),
]


class RawBot:
    """Thirty lines of bot without any library: asks in order, and pushes to a group at the end."""

    def __init__(self, api: str) -> None:
        self.http = aiohttp.ClientSession()
        self.api = api
        self.heard: list[Mapping[str, Any]] = []

    async def call(self, method: str, **parameters: Any) -> Any:
        async with self.http.post(f"{self.api}/bot42:x/{method}", json=parameters) as answer:
            return (await answer.json())["result"]

    async def take(self, update: Mapping[str, Any]) -> None:
        self.heard.append(update)
        if press := update.get("callback_query"):
            await self.pressed(press)
            return
        message = update["message"]
        rows = {"location": [[{"text": "我要提交", "callback_data": "submit"}]], "text": None}
        if message.get("text") == "/start":
            rows["text"] = [[{"text": "我要反映", "callback_data": "report"}]]
        markup = {"inline_keyboard": next((r for name, r in rows.items() if name in message), None) or []}
        await self.call("sendMessage", chat_id=message["chat"]["id"], text="好的", reply_markup=markup)

    async def pressed(self, press: Mapping[str, Any]) -> None:
        await self.call("answerCallbackQuery", callback_query_id=press["id"])
        if press["data"] == "submit":
            await self.call("sendMessage", chat_id=-100, text="新工单")
        else:
            chat_id, message_id = press["from"]["id"], press["message"]["message_id"]
            await self.call("editMessageText", chat_id=chat_id, message_id=message_id, text="请说")

    async def poll(self) -> None:
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=5):
                offset = update["update_id"] + 1
                await self.take(update)

    async def hooked(self, request: web.Request) -> web.Response:
        assert request.headers["X-Telegram-Bot-Api-Secret-Token"] == SECRET
        await self.take(await request.json())
        return web.Response()


@asynccontextmanager
async def polling_bot(stub: Stub) -> AsyncGenerator[RawBot]:
    bot = RawBot(f"http://127.0.0.1:{stub.port}")
    polling = asyncio.get_running_loop().create_task(bot.poll())
    try:
        yield bot
    finally:
        polling.cancel()
        await bot.http.close()


@asynccontextmanager
async def listening(handler: Any) -> AsyncGenerator[str]:
    app = web.Application()
    app.router.add_post("/hook", handler)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    finally:
        await runner.cleanup()


def assert_that_all_was_played(outcome: Outcome, bot: RawBot, reports: int) -> None:
    assert (outcome.reports, outcome.stuck) == (reports, [])
    assert outcome.updates == len(bot.heard) == reports * 6, "the step with if_button is never due"
    assert outcome.pushes == reports
    assert outcome.calls["sendMessage"] == reports * 5
    assert outcome.calls["answerCallbackQuery"] == reports * 2
    assert 0 < outcome.p50_ms <= outcome.p99_ms <= outcome.worst_ms
    told = [u["message"]["text"] for u in bot.heard if "路灯" in u.get("message", {}).get("text", "")]
    assert sorted(told) == sorted(f"路灯不亮 {n}" for n in range(reports))


async def test_a_crowd_reports_to_a_bot_that_polls() -> None:
    async with Stub() as stub, polling_bot(stub) as bot:
        outcome = await stub.run(Plan(script=SCRIPT, reports=12, people=5, settle=0.1))
        assert await stub.ready() == "polling"
    assert_that_all_was_played(outcome, bot, 12)
    assert len({u["message"]["chat"]["id"] for u in bot.heard if "message" in u}) == 5
    update_ids = [u["update_id"] for u in bot.heard]
    assert update_ids == sorted(set(update_ids)), "each update once, in order"


async def test_a_crowd_reports_to_a_bot_with_a_webhook() -> None:
    async with Stub() as stub:
        bot = RawBot(f"http://127.0.0.1:{stub.port}")
        async with listening(bot.hooked) as url, bot.http:
            await bot.call("setWebhook", url=url, secret_token=SECRET)
            outcome = await stub.run(Plan(script=SCRIPT, reports=12, people=5, fresh=True, settle=0.1))
    assert_that_all_was_played(outcome, bot, 12)
    assert len({u["message"]["chat"]["id"] for u in bot.heard if "message" in u}) == 12, "fresh people"
    assert outcome.redelivered == 0


async def test_reports_at_a_rate_begin_whatever_became_of_the_earlier_ones() -> None:
    async with Stub() as stub, polling_bot(stub):
        outcome = await stub.run(Plan(script=SCRIPT, reports=10, rate=20, settle=0.1))
    assert outcome.reports == 10
    assert 0.45 <= outcome.seconds < 5


async def test_an_answer_in_the_webhook_reply_counts_and_a_refused_post_comes_again() -> None:
    refused: list[int] = []

    async def answer(request: web.Request) -> web.Response:
        update = await request.json()
        if not refused:
            refused.append(update["update_id"])
            return web.Response(status=503)
        chat_id = update["message"]["chat"]["id"]
        return web.json_response({"method": "sendMessage", "chat_id": chat_id, "text": "您好"})

    async with Stub() as stub, listening(answer) as url, aiohttp.ClientSession() as http:
        await http.post(f"http://127.0.0.1:{stub.port}/bot42:x/setWebhook", data={"url": url})
        outcome = await stub.run(Plan(script=[Step(text="您好")], reports=1, settle=0.1))
    assert (outcome.reports, outcome.redelivered) == (1, 1)
    assert outcome.calls == {"sendMessage": 1}


async def test_a_button_that_is_never_offered_is_told_with_the_step() -> None:
    script = [Step(text="/start"), Step(press="撤回")]
    async with Stub() as stub, polling_bot(stub):
        outcome = await stub.run(Plan(script=script, reports=3, people=1, patience=1, settle=0, strict=True))
    assert outcome.reports == 0
    assert outcome.stuck == ["report 0, step 2 (press 撤回), offered: 我要反映"]


async def test_the_files_of_the_crowd_can_be_fetched() -> None:
    async with Stub() as stub, aiohttp.ClientSession(f"http://127.0.0.1:{stub.port}") as http:
        async with http.post("/bot42:x/getFile", data={"file_id": "photo-7-320"}) as answer:
            path = (await answer.json())["result"]["file_path"]
        async with http.get(f"/file/bot42:x/{path}") as answer:
            content = await answer.read()
    with Image.open(BytesIO(content)) as picture:
        assert picture.format == "JPEG"


async def test_json_a_form_and_multipart_say_the_same() -> None:
    markup = {"inline_keyboard": [[{"text": "提交", "callback_data": "s"}]]}
    texts = {"chat_id": "7", "text": "两行\r\n字", "reply_markup": json.dumps(markup)}
    multipart = aiohttp.FormData(texts, default_to_multipart=True)
    multipart.add_field("photo", b"\xff\xd8--\r\n\r\n", filename="a.jpg")
    seen: list[wire.Parcel] = []

    async def keep(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        cutter = wire.Cutter()
        while data := await reader.read(7):
            for parcel in cutter.feed(data):
                seen.append(parcel)
                writer.write(wire.reply(b"{}"))
        writer.close()

    server = await asyncio.start_server(keep, "127.0.0.1", 0)
    async with server, aiohttp.ClientSession() as http:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        await http.post(url, data=multipart)
        await http.post(url, data=texts)
        await http.post(url, data=texts, chunked=True)
        await http.post(url, json={"chat_id": 7, "text": texts["text"], "reply_markup": markup})
        await http.get(url, params={"chat_id": "7"})
    *full, query = [wire.fields(parcel) for parcel in seen]
    assert len(full) == 4
    for given in full:
        assert given["text"] == texts["text"]
        assert wire.nested(given, "reply_markup") == markup
    assert [wire.number(given, "chat_id") for given in (*full, query)] == [7] * 5


CALLS: dict[str, dict[str, Any]] = {
    "GetMe": {},
    "SetWebhook": {"url": "http://127.0.0.1/"},
    "GetWebhookInfo": {},
    "SendMessage": {"chat_id": 7, "text": "您好"},
    "SendPhoto": {"chat_id": -100, "photo": "photo-1"},
    "SendVoice": {"chat_id": 7, "voice": "voice-1"},
    "SendLocation": {"chat_id": 7, "latitude": 32.1, "longitude": 119.6},
    "SendMediaGroup": {"chat_id": -100, "media": [{"type": "photo", "media": "photo-1"}] * 2},
    "SendChatAction": {"chat_id": 7, "action": "typing"},
    "CopyMessage": {"chat_id": 7, "from_chat_id": 8, "message_id": 3},
    "EditMessageText": {"chat_id": 7, "message_id": 3, "text": "好"},
    "EditMessageReplyMarkup": {"chat_id": 7, "message_id": 3},
    "AnswerCallbackQuery": {"callback_query_id": "7000001"},
    "DeleteMessage": {"chat_id": 7, "message_id": 3},
    "SetMyCommands": {"commands": []},
    "GetMyCommands": {},
    "GetFile": {"file_id": "voice-1"},
    "GetChat": {"chat_id": 7},
    "GetChatMember": {"chat_id": -100, "user_id": 7},
    "GetChatAdministrators": {"chat_id": -100},
}


@pytest.mark.parametrize("name", CALLS)
def test_a_strict_library_accepts_the_answer(name: str) -> None:
    import aiogram.methods

    method = getattr(aiogram.methods, name)
    answer = {"ok": True, "result": result(method.__api_method__, CALLS[name], 5)}
    parsed = Response[method.__returning__].model_validate(answer)
    assert parsed.result is not None


@pytest.mark.parametrize(("method", "new"), [("sendPhoto", True), ("sendChatAction", False), ("getFile", False)])
def test_only_what_shows_in_the_chat_is_a_word(method: str, new: bool) -> None:
    assert is_word(method) is new


def test_a_step_does_exactly_one_thing() -> None:
    with pytest.raises(ValueError, match="exactly one"):
        Step(text="您好", photo=True)
