"""Parameters of any shape are refused or taken, never a crash of the server."""

from typing import Any

import aiohttp

from bot.sandbox.methods import METHODS
from tests.sandbox.wire import GROUP, WANG, Wire

ODD: list[Any] = [
    None,
    "",
    "x",
    "{",
    -5,
    1.5,
    True,
    [],
    [[]],
    {},
    {"type": "x"},
    [None],
    [1],
    ["a"],
    [{"a": 1}],
    "[1,{}]",
]
NAMES = (
    "text", "message_id", "message_ids", "media", "reply_markup", "reply_parameters", "entities", "commands", "scope",
    "photo", "options", "latitude", "user_id", "allowed_updates", "menu_button", "rights", "reaction", "from_chat_id",
    "caption", "caption_entities", "link_preview_options", "message_thread_id", "name", "offset", "url",
)  # fmt: skip
ROWS: list[Any] = [1, "x", [1], [[1]], [[{}]], [[{"text": 5}]], [[{"text": "a", "url": 5}]]]
LEFT_OUT = {"leavechat", "logout", "close"}


async def test_no_shape_of_any_parameter_breaks_a_method(wire: Wire) -> None:
    for method in METHODS.keys() - LEFT_OUT:
        for number, odd in enumerate(ODD):
            params = {name: ODD[(number + shift) % len(ODD)] for shift, name in enumerate(NAMES)}
            for chat in (WANG, GROUP):
                for given in (dict.fromkeys(NAMES, odd), params):
                    status, answer = await wire.raw(method, **given, chat_id=chat)
                    assert status < 500, (method, given, answer)


async def test_odd_keyboards_are_refused(wire: Wire) -> None:
    for rows in ROWS:
        markup = {"inline_keyboard": rows}
        assert (await wire.refused("sendMessage", chat_id=WANG, text="x", reply_markup=markup)).startswith("400")


async def test_bodies_that_are_not_what_they_say(wire: Wire) -> None:
    for body, kind in ((b"{", "application/json"), (b"[1]", "application/json"), (b"\xff\xfe", "text/plain")):
        headers = {"Content-Type": kind}
        async with wire.session.post(wire.url("sendMessage"), data=body, headers=headers) as answer:
            assert answer.status == 400
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    async with wire.session.post(wire.url("sendMessage"), data=b"not parts", headers=headers) as answer:
        assert answer.status == 400


async def test_odd_requests_of_the_people_api_are_answered(wire: Wire) -> None:
    for path in ("send", "press", "edit", "block"):
        for body in (b"", b"{", b"[]", b'{"chat":"x"}', b'{"chat":777,"photo":5,"message_id":"y","album":{}}'):
            async with wire.session.post(f"{wire.sandbox.address}/sandbox/people/{WANG}/{path}", data=body) as answer:
                assert 400 <= answer.status < 500, (path, body)
    async with aiohttp.ClientSession() as session, session.get(f"{wire.sandbox.address}/sandbox/log?after=x") as answer:
        assert answer.status == 400
