"""Building a town: what cannot be built is refused with a reason."""

from typing import Any

import pytest

from tests.sandbox.wire import BOT, GROUP, WANG, Wire

MISTAKES: list[tuple[str, dict[str, Any], int, str]] = [
    ("bots", {"token": "777:secret", "username": "another"}, 409, "taken"),
    ("bots", {"token": "778:x", "username": "Yashu_Bot"}, 409, "taken"),
    ("bots", {"token": "778:x"}, 400, "a token and a username"),
    ("people", {"id": WANG, "first_name": "x"}, 409, "taken"),
    ("people", {}, 400, "first_name"),
    ("groups", {"title": "x"}, 400, "at least one person"),
    ("groups", {"title": "x", "members": [1]}, 404, "no person 1"),
    ("groups", {"title": "x", "members": [WANG], "admins": [1]}, 404, "nobody has the id 1"),
    ("groups", {"title": "x", "members": 5}, 400, "a list of ids"),
    ("groups", {"id": GROUP, "members": [WANG]}, 400, "taken"),
    (f"groups/{GROUP}/members", {"person": 1}, 404, "nobody has the id 1"),
    (f"groups/{GROUP}/topics", {"name": "x"}, 400, "not a forum"),
    (f"groups/{GROUP}/topics/5/close", {}, 404, "no such topic"),
    ("groups/-9/kick", {"bot": BOT}, 404, "no group -9"),
    ("repeat", {"bot": 1}, 404, "no bot 1"),
    ("raw_update", {"bot": BOT}, 400, "there is no update"),
    ("clock", {"add": "x"}, 400, "add must be a number"),
    (f"people/{WANG}/send", {"chat": BOT, "photo": {"base64": "%"}}, 400, "base64"),
    (f"people/{WANG}/send", {"chat": BOT, "photo": {"base64": "aGk="}}, 400, "IMAGE_PROCESS_FAILED"),
    (f"people/{WANG}/send", {"chat": BOT, "photo": 5}, 400, "true or an object"),
    (f"people/{WANG}/send", {"chat": BOT, "album": [{"voice": True}]}, 400, "an item of an album"),
    (f"people/{WANG}/send", {"chat": BOT, "location": {"lat": 91, "lon": 0}}, 400, "no such place"),
    (f"people/{WANG}/send", {"chat": BOT, "location": {"lat": 1}}, 400, "lat and lon"),
    (f"people/{WANG}/send", {"chat": BOT, "text": "x", "caption": 1, "reply_to": 5}, 404, "no message 5"),
    (f"people/{WANG}/send", {"chat": BOT, "photo": True, "caption": "x" * 1025}, 400, "1024"),
    (f"people/{WANG}/press", {"chat": BOT, "message_id": 5, "data": "x"}, 404, "no message 5"),
    ("people/1/send", {"chat": BOT, "text": "x"}, 404, "no person 1"),
]


@pytest.mark.parametrize(
    ("path", "body", "status", "reason"), MISTAKES, ids=[f"{path}: {why}" for path, _, _, why in MISTAKES]
)
async def test_what_makes_no_sense(wire: Wire, path: str, body: dict[str, Any], status: int, reason: str) -> None:
    answered, error = await wire.mistaken("POST", path, **body)
    assert answered == status
    assert reason in error


async def test_ids_are_given_where_none_is_named_and_names_are_kept(wire: Wire) -> None:
    one = await wire.post("people", first_name="一", label="居民", lat=32.1, lon=119.6, phone="138", last_name="张")
    two = await wire.post("people", first_name="二", language_code="en")
    assert two["id"] == one["id"] + 1
    assert (one["label"], one["lat"], one["language_code"], two["language_code"]) == ("居民", 32.1, "zh-hans", "en")
    big = await wire.post("groups", title="大", members=[WANG], supergroup=True)
    small = await wire.post("groups", title="小", members=[WANG])
    assert str(big["id"]).startswith("-100")
    assert not str(small["id"]).startswith("-100")
    bot = await wire.post("bots", token="no-number", username="@third_bot")
    assert bot["username"] == "third_bot"
    assert [each["username"] for each in await wire.get("bots")] == ["yashu_bot", "third_bot"]
    assert {one["id"], two["id"], WANG} <= {each["id"] for each in await wire.get("people")}


async def test_one_who_is_gone_does_nothing_more(wire: Wire) -> None:
    await wire.post(f"people/{WANG}/deactivate")
    assert (await wire.mistaken("POST", f"people/{WANG}/send", chat=BOT, text="x"))[0] == 403


async def test_one_who_blocked_the_bot_must_unblock_it_to_write(wire: Wire) -> None:
    await wire.post(f"people/{WANG}/block", bot=BOT)
    assert (await wire.mistaken("POST", f"people/{WANG}/send", chat=BOT, text="x"))[0] == 403
    await wire.post(f"people/{WANG}/unblock", bot=BOT)
    await wire.send(WANG, BOT, text="x")
