"""The ear: a real model, real Ogg/Opus, and a listener that dies, hangs, lies and can open nothing."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from bot.listening.ear import Ear, Unheard
from bot.listening.model import KINDS, find_model
from tests.speech import encoded, model_of, needs_voice, spoken

SENTENCES = ("新港小区3栋", "马路上井盖没了", "家里着火了", "今晚")

pytestmark = needs_voice


@pytest.fixture(params=KINDS)
async def ear(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Ear]:
    """An ear for each kind of model."""
    ear = Ear(find_model(model_of(tmp_path, SENTENCES, request.param)))
    yield ear
    await ear.close()


@pytest.fixture
async def one_ear(tmp_path: Path) -> AsyncIterator[Ear]:
    """An ear where the kind does not matter."""
    ear = Ear(find_model(model_of(tmp_path, SENTENCES)))
    yield ear
    await ear.close()


async def test_it_hears_what_is_said(ear: Ear) -> None:
    assert await ear.hear(spoken("新港小区3栋，马路上井盖没了", SENTENCES)) == "新港小区3栋马路上井盖没了"
    assert await ear.hear(spoken("家里着火了", SENTENCES)) == "家里着火了"


async def test_nothing_of_a_long_speech_is_lost_where_it_is_cut(ear: Ear) -> None:
    words = "，".join(["今晚", "家里着火了"] * 3)
    assert await ear.hear(spoken(words, SENTENCES, pause=9)) == words.replace("，", "")


async def test_more_than_five_minutes_and_silence_have_no_words(one_ear: Ear) -> None:
    assert await one_ear.hear(encoded(np.zeros(301 * 8_000), 8_000)) is Unheard.TOO_LONG
    assert await one_ear.hear(encoded(np.zeros(48_000), 48_000)) is Unheard.SILENT


@pytest.mark.parametrize(
    "sound", [b"", b"RIFF", b"OggS\x00" + bytes(64), b"#EXTM3U\n", b"ffconcat version 1.0\nfile /etc/passwd\n"]
)
async def test_what_is_no_sound_is_broken_and_the_next_one_is_heard(one_ear: Ear, sound: bytes) -> None:
    assert await one_ear.hear(sound) is Unheard.BROKEN
    assert await one_ear.hear(spoken("今晚", SENTENCES)) == "今晚"


async def test_a_message_cut_short_is_heard_as_far_as_it_came(one_ear: Ear) -> None:
    whole = spoken("今晚，家里着火了", SENTENCES, pause=1.0)
    assert await one_ear.hear(whole[: len(whole) * 6 // 10]) in {"今晚", Unheard.BROKEN}


async def test_a_listener_that_was_killed_starts_anew(one_ear: Ear) -> None:
    assert await one_ear.hear(spoken("今晚", SENTENCES)) == "今晚"
    assert one_ear.pid is not None
    os.kill(one_ear.pid, signal.SIGKILL)
    assert await one_ear.hear(spoken("家里着火了", SENTENCES)) == "家里着火了"


async def test_one_at_a_time(one_ear: Ear) -> None:
    both = await asyncio.gather(*(one_ear.hear(spoken(words, SENTENCES)) for words in ("今晚", "家里着火了")))
    assert both == ["今晚", "家里着火了"]


async def test_a_listener_that_cannot_load_its_model_is_given_up(tmp_path: Path) -> None:
    model = find_model(model_of(tmp_path, SENTENCES))
    model.tokens.write_text("no tokens at all\n")
    ear = Ear(model)
    assert await ear.hear(spoken("今晚", SENTENCES)) is Unheard.LISTENER_DIED
    await ear.close()


BAD_LISTENERS = {
    "hangs": ("import time; time.sleep(60)", Unheard.TOO_SLOW),
    "dies": ("raise SystemExit(3)", Unheard.LISTENER_DIED),
    "lies": (
        r"import sys; sys.stdout.buffer.write(b'\0\0\0\3-no'); sys.stdout.flush(); sys.stdin.read()",
        Unheard.BROKEN,
    ),
}


@pytest.mark.parametrize(("program", "why"), BAD_LISTENERS.values(), ids=BAD_LISTENERS)
async def test_a_bad_listener_harms_nobody(tmp_path: Path, program: str, why: Unheard) -> None:
    listener = tmp_path / "listener.py"
    listener.write_text(program)
    ear = Ear(find_model(model_of(tmp_path, SENTENCES)), listener, patience=1.5)
    assert await ear.hear(b"OggS") is why
    await ear.close()


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="only Linux tells what a process may do")
async def test_the_listener_can_open_nothing_any_more(one_ear: Ear) -> None:
    assert await one_ear.hear(spoken("今晚", SENTENCES)) == "今晚"
    limits = Path(f"/proc/{one_ear.pid}/limits").read_text().splitlines()
    for what in ("Max open files", "Max processes", "Max file size"):
        (line,) = [one for one in limits if one.startswith(what)]
        assert line.removeprefix(what).split()[:2] == ["0", "0"], line
