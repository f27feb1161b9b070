"""Pictures are decoded in a locked-in process of its own, which may die and hang without harm."""

import asyncio
import os
import random
import signal
import sys
import time
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from storage.darkroom import Darkroom, Developed, Harm, Unsafe
from storage.sanitise import develop, look
from tests.storage.pictures import (
    BLUE,
    RED,
    SECRETS,
    half_red,
    pixel_bomb,
    saved,
    segments,
    talkative,
    text_bomb,
    told_by_phone,
)

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="the limits of a process are read from /proc")
PHOTO = saved(half_red(), "JPEG")


@pytest.fixture
async def darkroom() -> AsyncIterator[Darkroom]:
    darkroom = Darkroom()
    yield darkroom
    await darkroom.close()


async def shown(darkroom: Darkroom, format_name: str, data: bytes) -> Image.Image:
    developed = await darkroom.develop(format_name, data)
    assert isinstance(developed, Developed), developed
    picture = Image.open(BytesIO(developed.jpeg), formats=("JPEG",))
    assert picture.size == (developed.width, developed.height)
    return picture


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP"])
async def test_nothing_but_pixels_is_left(darkroom: Darkroom, format_name: str) -> None:
    original = talkative(format_name)
    assert any(secret in original for secret in SECRETS)
    developed = await darkroom.develop(format_name, original)
    assert isinstance(developed, Developed)
    assert not [secret for secret in (*SECRETS, b"Exif", b"GPS") if secret in developed.jpeg]
    assert segments(developed.jpeg) <= {0xE0, 0xDB, 0xC0, 0xC4}


@pytest.mark.parametrize(("orientation", "red_at"), [(1, (5, 150)), (3, (395, 150)), (6, (150, 5)), (8, (150, 395))])
async def test_the_picture_stands_upright(darkroom: Darkroom, orientation: int, red_at: tuple[int, int]) -> None:
    original = saved(half_red(), "JPEG", exif=told_by_phone(orientation))
    pixel = (await shown(darkroom, "JPEG", original)).getpixel(red_at)
    assert isinstance(pixel, tuple)
    assert pixel[0] > 180 > 80 > pixel[2]


async def test_the_longest_side_is_1600_and_small_ones_stay(darkroom: Darkroom) -> None:
    assert (await shown(darkroom, "JPEG", saved(half_red((3000, 1000)), "JPEG"))).size == (1600, 533)
    assert (await shown(darkroom, "JPEG", saved(half_red((60, 50)), "JPEG"))).size == (60, 50)


@pytest.mark.parametrize(
    ("format_name", "mode"),
    [("PNG", mode) for mode in ("1", "L", "LA", "P", "RGBA", "I;16")]
    + [("JPEG", "L"), ("JPEG", "CMYK"), ("WEBP", "RGBA"), ("MPO", "RGB")],
)
async def test_every_colour_mode_can_be_shown(darkroom: Darkroom, format_name: str, mode: str) -> None:
    picture = half_red().convert("L").convert(mode) if mode == "I;16" else half_red().convert(mode)
    extras = {"save_all": True, "append_images": [half_red()]} if format_name == "MPO" else {}
    asked = "JPEG" if format_name == "MPO" else format_name
    assert (await shown(darkroom, asked, saved(picture, format_name, **extras))).mode == "RGB"


async def test_what_is_transparent_becomes_white(darkroom: Darkroom) -> None:
    picture = await shown(darkroom, "PNG", saved(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG"))
    assert picture.getpixel((20, 20)) == (255, 255, 255)


HOSTILE: dict[str, tuple[str, bytes, Harm]] = {
    "pixel bomb": ("PNG", pixel_bomb(), Harm.TOO_MANY_PIXELS),
    "text bomb": ("PNG", text_bomb(), Harm.BROKEN),
    "truncated": ("JPEG", talkative("JPEG")[:-900], Harm.BROKEN),
    "only a header": ("JPEG", PHOTO[:20], Harm.BROKEN),
    "page behind a magic": ("JPEG", b"\xff\xd8\xff\xe0<html><script>alert(1)</script>", Harm.BROKEN),
    "another format": ("JPEG", saved(half_red(), "PNG"), Harm.BROKEN),
    "eps": ("JPEG", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", Harm.BROKEN),
    "a hair": ("PNG", saved(half_red((2000, 2)), "PNG"), Harm.TOO_NARROW),
    "nothing": ("WEBP", b"", Harm.BROKEN),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_file_is_harmless_and_the_next_photo_is_shown(darkroom: Darkroom, name: str) -> None:
    format_name, data, reason = HOSTILE[name]
    assert await darkroom.develop(format_name, PHOTO[:9]) == Unsafe(Harm.BROKEN)
    first = darkroom.pid
    assert await darkroom.develop(format_name, data) == Unsafe(reason)
    await shown(darkroom, "JPEG", PHOTO)
    assert darkroom.pid == first


async def test_random_damage_never_breaks_the_darkroom(darkroom: Darkroom) -> None:
    dice = random.Random(7)
    for format_name in ("JPEG", "PNG", "WEBP"):
        for _ in range(40):
            damaged = bytearray(talkative(format_name))
            for _ in range(dice.randint(1, 12)):
                damaged[dice.randrange(len(damaged))] = dice.randrange(256)
            result = await darkroom.develop(format_name, bytes(damaged))
            assert isinstance(result, Developed) or result.reason is not Harm.DECODER_DIED


async def test_what_hides_behind_a_picture_is_gone(darkroom: Darkroom) -> None:
    payload = b"PK\x03\x04evil.exe<script>alert(1)</script>"
    developed = await darkroom.develop("JPEG", PHOTO + payload)
    assert isinstance(developed, Developed)
    assert b"<script>" not in developed.jpeg
    assert b"evil.exe" not in developed.jpeg


async def test_a_killed_decoder_is_replaced(darkroom: Darkroom) -> None:
    await shown(darkroom, "JPEG", PHOTO)
    first = darkroom.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    await shown(darkroom, "JPEG", PHOTO)
    assert darkroom.pid not in {None, first}


async def test_a_picture_whose_decoder_is_killed_at_work_is_repeated(darkroom: Darkroom) -> None:
    await shown(darkroom, "JPEG", PHOTO)
    first = darkroom.pid
    assert first is not None
    os.kill(first, signal.SIGSTOP)

    async def kill_it() -> None:
        await asyncio.sleep(0.1)
        os.kill(first, signal.SIGKILL)

    developed, _ = await asyncio.gather(darkroom.develop("JPEG", PHOTO), kill_it())
    assert isinstance(developed, Developed)


async def test_a_cancelled_picture_does_not_answer_for_the_next(darkroom: Darkroom) -> None:
    await shown(darkroom, "JPEG", PHOTO)
    assert darkroom.pid is not None
    os.kill(darkroom.pid, signal.SIGSTOP)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await darkroom.develop("PNG", pixel_bomb())
    assert (await shown(darkroom, "JPEG", PHOTO)).size == (400, 300)


async def test_many_at_once_get_their_own_answers(darkroom: Darkroom) -> None:
    await shown(darkroom, "JPEG", PHOTO)
    sizes = [(100 + 10 * n, 90) for n in range(8)]
    photos = await asyncio.gather(*(shown(darkroom, "PNG", saved(half_red(size), "PNG")) for size in sizes))
    assert [photo.size for photo in photos] == sizes


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import time; time.sleep(60)", Harm.TOO_SLOW),
        ("import sys; sys.exit(1)", Harm.DECODER_DIED),
        ("import sys; sys.stdout.buffer.write(bytes((255,) * 4000)); sys.stdout.flush()", Harm.DECODER_DIED),
        ("import sys; sys.stdout.buffer.write(bytes((0, 0, 0, 4)) + b'+abc')", Harm.BROKEN),
        ("import sys; sys.stdout.buffer.write(bytes((0, 0, 0, 4)) + b'-abc')", Harm.BROKEN),
    ],
    ids=["hangs", "dies", "floods", "short answer", "strange answer"],
)
async def test_a_decoder_gone_wrong_shows_nothing(tmp_path: Path, program: str, reason: Harm) -> None:
    decoder = tmp_path / "decoder.py"
    decoder.write_text(program)
    darkroom = Darkroom(decoder, patience=1.5)
    try:
        assert await darkroom.develop("JPEG", PHOTO) == Unsafe(reason)
    finally:
        await darkroom.close()


@pytest.mark.parametrize(
    ("name", "reason", "starts"), [("SIGXCPU", Harm.TOO_SLOW, 1), ("SIGSEGV", Harm.DECODER_DIED, 2)]
)
async def test_only_a_picture_that_took_too_long_is_not_tried_again(
    tmp_path: Path, name: str, reason: Harm, starts: int
) -> None:
    decoder, started = tmp_path / "decoder.py", tmp_path / "started"
    decoder.write_text(
        "import os, resource, signal; resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n"
        f"with open({str(started)!r}, 'a') as file: file.write('.')\n"
        f"os.kill(os.getpid(), signal.{name})"
    )
    assert await Darkroom(decoder).develop("JPEG", PHOTO) == Unsafe(reason)
    assert len(started.read_text()) == starts


@linux_only
async def test_the_decoder_is_locked_in_and_knows_no_secret(
    darkroom: Darkroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_TOKEN", "12345:secret")
    await shown(darkroom, "JPEG", PHOTO)
    process = Path(f"/proc/{darkroom.pid}")
    limits = {line[:26].strip(): line[26:].split()[0] for line in (process / "limits").read_text().splitlines()}
    assert limits["Max address space"] == str(512 * 1024 * 1024)
    assert limits["Max open files"] == limits["Max processes"] == limits["Max file size"] == "0"
    assert 10 <= int(limits["Max cpu time"]) <= 12
    assert b"secret" not in (process / "environ").read_bytes()


async def test_twelve_megapixels_are_ready_soon(darkroom: Darkroom) -> None:
    noise = Image.effect_noise((1000, 750), 60).convert("RGB").resize((4000, 3000))
    original = saved(noise, "JPEG", quality=90)
    await shown(darkroom, "JPEG", PHOTO)
    fastest = 60.0
    for _ in range(3):
        began = time.perf_counter()
        await shown(darkroom, "JPEG", original)
        fastest = min(fastest, time.perf_counter() - began)
    assert fastest < 1.5  # 0.2 s on a quiet machine; the rest is for noisy neighbours


def street(lamp: int) -> Image.Image:
    picture = Image.linear_gradient("L").resize((640, 480)).convert("RGB")
    drawing = ImageDraw.Draw(picture)
    drawing.rectangle((lamp, 40, lamp + 150, 400), fill=RED)
    drawing.ellipse((600 - lamp, 200, 700 - lamp, 420), fill=BLUE)
    return picture


def test_the_look_of_the_same_scene_is_close_and_of_another_is_not() -> None:
    scene = look(develop(saved(street(60), "PNG"), "PNG")[0])
    smaller = look(develop(saved(street(60).resize((320, 240)), "JPEG", quality=40), "JPEG")[0])
    other = look(develop(saved(street(430), "PNG"), "PNG")[0])
    assert -(2**63) <= scene < 2**63
    assert ((scene ^ smaller) & (2**64 - 1)).bit_count() <= 5
    assert ((scene ^ other) & (2**64 - 1)).bit_count() >= 12
