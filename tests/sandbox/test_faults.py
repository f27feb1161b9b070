"""Faults: what the caller hears, and whether it happened."""

import time
from typing import Any

import aiohttp
import pytest

from tests.sandbox.wire import BOT, GROUP, WANG, Wire


async def texts(wire: Wire) -> list[str]:
    return [each["text"] for each in await wire.seen(WANG, BOT) if each["from"]["id"] == BOT]


async def test_a_wished_429_names_the_wait_and_nothing_happens(wire: Wire) -> None:
    await wire.post("faults", kind="429", method="sendMessage", times=1, retry_after=7)
    status, answer = await wire.raw("sendMessage", chat_id=WANG, text="x")
    assert (status, answer["parameters"]) == (429, {"retry_after": 7})
    assert answer["description"] == "Too Many Requests: retry after 7"
    assert await texts(wire) == []
    await wire.call("sendMessage", chat_id=WANG, text="x")


@pytest.mark.parametrize("kind", ["500", "502"])
async def test_server_errors(wire: Wire, kind: str) -> None:
    await wire.post("faults", kind=kind, times=2)
    for _ in range(2):
        assert (await wire.refused("sendMessage", chat_id=WANG, text="x")).startswith(kind)
    assert await wire.get("faults") == []
    assert await texts(wire) == []


@pytest.mark.parametrize(("kind", "happened"), [("reset_before", []), ("reset_after", ["x"])])
async def test_a_cut_connection_before_or_after_the_effect(wire: Wire, kind: str, happened: list[str]) -> None:
    await wire.post("faults", kind=kind, method="send*", times=1)
    with pytest.raises(aiohttp.ClientError):
        await wire.raw("sendMessage", chat_id=WANG, text="x")
    assert await texts(wire) == happened
    last = (await wire.get("log"))["calls"][-1]
    assert (last["error"], last["status"], last["applied"]) == (kind, 0, bool(happened))


async def test_garbage_is_unreadable_but_it_happened(wire: Wire) -> None:
    await wire.post("faults", kind="garbage", times=1)
    with pytest.raises(ValueError, match="unexpected end"):
        await wire.raw("sendMessage", chat_id=WANG, text="x")
    assert await texts(wire) == ["x"]


async def test_slow_and_hanging_answers(wire: Wire) -> None:
    await wire.post("faults", kind="slow", seconds=0.3, times=1)
    started = time.monotonic()
    await wire.call("sendMessage", chat_id=WANG, text="x")
    assert time.monotonic() - started >= 0.29
    await wire.post("faults", kind="hang", seconds=0.2, times=1)
    with pytest.raises(aiohttp.ClientError):
        await wire.raw("sendMessage", chat_id=WANG, text="y")
    assert await texts(wire) == ["x"]


async def test_a_fault_for_one_chat_or_method_spares_the_others(wire: Wire) -> None:
    fault = await wire.post("faults", kind="500", chat=GROUP)
    await wire.call("sendMessage", chat_id=WANG, text="x")
    assert await wire.refused("sendMessage", chat_id=GROUP, text="x") == "500 Internal Server Error"
    await wire.people("DELETE", f"faults/{fault['id']}")
    await wire.call("sendMessage", chat_id=GROUP, text="x")


async def test_polling_is_struck_only_by_name(wire: Wire) -> None:
    await wire.post("faults", kind="500")
    await wire.updates()
    await wire.post("faults", kind="502", method="getUpdates")
    assert await wire.refused("getUpdates") == "502 Bad Gateway"


async def test_a_seeded_storm_is_the_same_every_time(wire: Wire) -> None:
    storms: list[list[int]] = []
    for _ in range(2):
        fault = await wire.post("faults", kind="500", probability=0.5, seed=11)
        storms.append([(await wire.raw("sendMessage", chat_id=WANG, text="x"))[0] for _ in range(12)])
        await wire.people("DELETE", f"faults/{fault['id']}")
    assert storms[0] == storms[1]
    assert set(storms[0]) == {200, 500}


async def test_the_log_names_the_call_that_was_repeated(wire: Wire) -> None:
    await wire.people("DELETE", "log")
    before = (await wire.get("log?after=0"))["calls"]
    await wire.call("sendMessage", chat_id=WANG, text="a")
    await wire.call("sendMessage", chat_id=WANG, text="b")
    await wire.call("sendMessage", chat_id=WANG, text="a")
    calls: list[dict[str, Any]] = (await wire.get("log"))["calls"]
    assert before == []
    assert [each["duplicate_of"] for each in calls] == [None, None, calls[0]["n"]]
    assert (await wire.get(f"log?after={calls[1]['n']}"))["calls"] == calls[2:]
    assert calls[0]["method"] == "sendmessage"
    assert calls[0]["chat_id"] == str(WANG)


async def test_a_nonsense_fault_is_refused(wire: Wire) -> None:
    assert (await wire.mistaken("POST", "faults", kind="flood"))[0] == 400
    assert (await wire.mistaken("DELETE", "faults/99"))[0] == 404
