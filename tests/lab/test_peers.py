"""The peers lead the same conversation, keep it on the disk as they say, and are told to be missing where they are."""

import os
import pickle
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.lab.measure import Contender, Load, Track, tracked
from bot.lab.peers import PeerMissingError, grammy, peers, python_telegram_bot
from bot.lab.verdict import Part

LOAD = Load(people=3, settle=0.2)


@asynccontextmanager
async def led(peer: Contender) -> AsyncGenerator[tuple[Track, Part]]:
    """Ten reports, and the peer while it still runs."""
    async with tracked(peer, LOAD) as track:
        await track.ready(LOAD)
        yield track, await track.run(LOAD, 10)


async def test_python_telegram_bot_leads_the_conversation_and_writes_it_down() -> None:
    async with led(python_telegram_bot("polling")) as (track, part):
        assert (part.calls_a_report, part.pushes_a_report) == (13, 1)
        kept = pickle.loads((track.log.parent / "conversations.pickle").read_bytes())
    assert len(kept["conversations"]["report"]) == 3, "one of each person"


async def test_grammy_leads_the_conversation_and_writes_it_down(tmp_path: Path) -> None:
    try:
        peer = grammy("polling", tmp_path)
    except PeerMissingError as why:
        pytest.skip(f"grammY: {why}")
    async with led(peer) as (track, part):
        assert (part.calls_a_report, part.pushes_a_report) == (13, 1)
        assert len([*(track.log.parent / "sessions").rglob("*.json")]) == 3, "one of each person"


def test_where_there_is_no_node_the_others_run_and_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    with peers("polling") as (there, missing):
        assert [one.name for one in there] == ["python-telegram-bot, polling"]
        assert missing == {"grammY": "not installed: it needs node (20 or newer) and npm"}


def test_where_python_telegram_bot_is_not_installed_it_is_said_how(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(_name: str) -> None:
        return None

    monkeypatch.setattr("bot.lab.peers.find_spec", nowhere)
    with pytest.raises(PeerMissingError, match=r"pip install yashu\[bench\]"):
        python_telegram_bot("webhook")
