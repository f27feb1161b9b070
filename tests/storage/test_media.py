"""Files of a report are kept whole, sealed and under our own names, or not at all."""

import asyncio
import os
import random
import re
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from storage.darkroom import Harm, Unsafe
from storage.kinds import Kind, kind_of
from storage.media import COPY, LIMIT, Copy, CutShort, MediaStore, NoRoom, TooLarge, TooSlow, Unreadable
from tests.storage.pictures import arriving, half_red, pixel_bomb, saved, talkative

KEY = bytes(range(32))
WORDS = b"the manager threatened us, Wang Xiulan, building 3 " * 400


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[MediaStore]:
    async with MediaStore(tmp_path / "media", KEY) as store:
        yield store


def on_disk(tmp_path: Path) -> list[Path]:
    return [path for path in tmp_path.rglob("*") if path.is_file()]


async def dripping(data: bytes, pause: float = 0.01) -> AsyncIterator[bytes]:
    while True:
        yield data
        await asyncio.sleep(pause)


async def broken_off(data: bytes) -> AsyncIterator[bytes]:
    yield data
    raise ConnectionResetError("the other side went away")


@pytest.mark.parametrize("size", [1, 4095, 4096, 262_144, 262_145, 3_000_001])
async def test_what_comes_is_what_is_kept(store: MediaStore, size: int) -> None:
    data = random.Random(size).randbytes(size)
    kept = await store.keep(arriving(data, 100_003), "case-7")
    assert (kept.size, kept.sha256) == (size, sha256(data).hexdigest())
    assert await store.read_original(kept.path) == data


async def test_a_name_is_generated_and_ends_by_content(store: MediaStore, tmp_path: Path) -> None:
    photo = await store.keep(arriving(talkative("JPEG")), "0d5a-4c")
    page = await store.keep(arriving(b"<svg onload=alert(1)>"), "0d5a-4c")
    assert re.fullmatch(r"0d5a-4c/[0-9a-f]{32}\.jpg", photo.path)
    assert re.fullmatch(r"0d5a-4c/[0-9a-f]{32}\.unknown", page.path)
    assert (photo.kind, page.kind) == (Kind.JPEG, Kind.UNKNOWN)
    assert {path.relative_to(tmp_path / "media").as_posix() for path in on_disk(tmp_path)} == {photo.path, page.path}


@pytest.mark.parametrize(
    "folder", ["", ".", "..", "../x", "a/b", "/etc", "tmp", "a\0", "a\n", "新港", "-a", "a.b", "C:", "a\\b", "a" * 65]
)
async def test_a_path_cannot_be_made_from_words(store: MediaStore, tmp_path: Path, folder: str) -> None:
    with pytest.raises(ValueError, match="generated name"):
        await store.keep(arriving(b"x"), folder)
    assert not on_disk(tmp_path)


async def test_a_planted_link_leads_nowhere(store: MediaStore, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / "media" / "case-7").symlink_to(outside)
    with pytest.raises(Unreadable):
        await store.keep(arriving(b"x"), "case-7")
    assert not on_disk(tmp_path)


async def test_only_files_of_the_store_can_be_read(store: MediaStore, tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    kept = await store.keep(arriving(WORDS), "case-7")
    (tmp_path / "media" / "case-7" / "plain.jpg").write_bytes(b"secret")
    folder, name = kept.path.split("/")
    for path in ("../secret.jpg", str(tmp_path / "secret.jpg"), "case-7/plain.jpg", "case-7/../../secret.jpg"):
        with pytest.raises(Unreadable):
            await store.read_original(path)
    for path in ("", "case-7", "case-7/none.jpg", f"{kept.path}/x", f"./{kept.path}", f"{folder}/\0{name}"):
        with pytest.raises(Unreadable):
            await store.read_original(path)


async def test_a_sealed_file_says_nothing_without_its_key(store: MediaStore, tmp_path: Path) -> None:
    kept = await store.keep(arriving(WORDS), "case-7")
    raw = (tmp_path / "media" / kept.path).read_bytes()
    assert b"Wang Xiulan" in WORDS
    assert b"Wang Xiulan" not in raw
    async with MediaStore(tmp_path / "media", bytes(32)) as stranger:
        with pytest.raises(Unreadable):
            await stranger.read_original(kept.path)


async def test_plain_bytes_never_touch_the_disk(store: MediaStore, tmp_path: Path) -> None:
    seen: list[bytes] = []

    async def watched() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield WORDS * 4
            seen.extend(path.read_bytes() for path in on_disk(tmp_path))

    await store.keep(watched(), "case-7")
    assert max(map(len, seen)) > 100_000
    assert not [raw for raw in seen if b"Wang Xiulan" in raw]


CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "a bit": lambda raw: raw[:-40] + bytes((raw[-40] ^ 1,)) + raw[-39:],
    "cut": lambda raw: raw[:-1],
    "cut to the nonce": lambda raw: raw[:9],
    "emptied": lambda raw: b"",
    "doubled": lambda raw: raw * 2,
}


@pytest.mark.parametrize("change", CHANGES)
async def test_a_changed_file_is_noticed(store: MediaStore, tmp_path: Path, change: str) -> None:
    kept = await store.keep(arriving(WORDS), "case-7")
    file = tmp_path / "media" / kept.path
    file.write_bytes(CHANGES[change](file.read_bytes()))
    with pytest.raises(Unreadable):
        await store.read_original(kept.path)


@pytest.mark.parametrize("other_folder", ["case-7", "case-8"])
async def test_swapped_evidence_is_noticed(store: MediaStore, tmp_path: Path, other_folder: str) -> None:
    mine = await store.keep(arriving(WORDS), "case-7")
    other = await store.keep(arriving(WORDS), other_folder)
    (tmp_path / "media" / mine.path).replace(tmp_path / "media" / other.path)
    with pytest.raises(Unreadable):
        await store.read_original(other.path)


REFUSED: dict[str, tuple[Callable[[], AsyncIterator[bytes]], int, float, type[Exception]]] = {
    "endless": (lambda: dripping(bytes(50_000), 0), 1_000_000, 60, TooLarge),
    "a byte too many": (lambda: arriving(bytes(1001)), 1000, 60, TooLarge),
    "slow drip": (lambda: dripping(b"x"), LIMIT, 0.15, TooSlow),
    "slow stream": (lambda: dripping(bytes(300_000), 0.02), LIMIT, 0.15, TooSlow),
    "nothing": (lambda: arriving(b""), LIMIT, 60, CutShort),
    "broken off": (lambda: broken_off(bytes(300_000)), LIMIT, 60, ConnectionResetError),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_not_kept_leaves_nothing(store: MediaStore, tmp_path: Path, name: str) -> None:
    chunks, limit, deadline, refusal = REFUSED[name]
    with pytest.raises(refusal):
        await store.keep(chunks(), "case-7", limit=limit, deadline=deadline)
    assert not on_disk(tmp_path)


async def test_exactly_the_limit_is_kept(store: MediaStore) -> None:
    assert (await store.keep(arriving(bytes(1000)), "case-7", limit=1000)).size == 1000


async def test_a_cancelled_keep_leaves_nothing(store: MediaStore, tmp_path: Path) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await store.keep(dripping(bytes(300_000), 0), "case-7", limit=2**30)
    assert not on_disk(tmp_path)


async def test_a_nearly_full_disk_refuses_before_the_first_byte(tmp_path: Path) -> None:
    async with MediaStore(tmp_path / "media", KEY, floor=2**62) as store:
        with pytest.raises(NoRoom):
            await store.keep(arriving(b"x"), "case-7")
    assert not on_disk(tmp_path)


def test_a_short_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32 are needed"):
        MediaStore(tmp_path / "media", b"short")


async def test_what_a_crash_left_is_cleared_and_what_still_arrives_is_not(store: MediaStore, tmp_path: Path) -> None:
    left = tmp_path / "media" / "tmp" / "0f"
    left.write_bytes(b"half")
    os.utime(left, (1, 1))

    async def clearing_midway() -> AsyncIterator[bytes]:
        yield bytes(300_000)
        assert await store.clear_tmp() == 1
        yield bytes(300_000)

    kept = await store.keep(clearing_midway(), "case-7")
    assert await store.read_original(kept.path) == bytes(600_000)
    left.write_bytes(b"half")
    assert await store.clear_tmp() == 0
    assert await store.clear_tmp(timedelta(0)) == 1
    assert not left.exists()


async def test_others_are_served_while_a_file_is_kept_and_shown(store: MediaStore) -> None:
    beats = 0
    done = False

    async def heart() -> None:
        nonlocal beats
        while not done:
            await asyncio.sleep(0.001)
            beats += 1

    async def work() -> None:
        nonlocal done
        kept = await store.keep(arriving(bytes(10_000_000), 1_000_000), "case-7")
        before = beats
        await store.read_original(kept.path)
        photo = await store.keep(arriving(talkative("JPEG")), "case-7")
        await store.working_copy(photo.path)
        done = True
        assert min(before, beats - before) >= 5

    await asyncio.gather(work(), heart())


def zipped(*names: str) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, b"application/vnd.oasis.opendocument.text" if name == "mimetype" else b"x")
    return file.getvalue()


KINDS = [
    (talkative("JPEG"), Kind.JPEG),
    (talkative("PNG"), Kind.PNG),
    (talkative("WEBP"), Kind.WEBP),
    (saved(half_red(), "GIF"), Kind.GIF),
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Kind.HEIC),
    (b"\0\0\0\x20ftypisom\0\0\2\0isomiso2", Kind.MP4),
    (b"\0\0\0\x18ftypmp42\0\0\0\0", Kind.MP4),
    (b"\0\0\0\x18ftyp3gp4\0\0\0\0", Kind.MP4),
    (b"\0\0\0\x14ftypqt  \0\0\2\0qt  ", Kind.MOV),
    (b"OggS\0\2" + bytes(22) + b"OpusHead", Kind.OGG),
    (b"ID3\4\0\0\0\0\0\0", Kind.MP3),
    (b"\xff\xfb\x90\x64\0", Kind.MP3),
    (b"#!AMR\n\x3c", Kind.AMR),
    (b"%PDF-1.7\n", Kind.PDF),
    (zipped("[Content_Types].xml", "word/document.xml"), Kind.OFFICE),
    (zipped("mimetype", "content.xml"), Kind.OFFICE),
    (zipped("photo.jpg"), Kind.UNKNOWN),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Kind.UNKNOWN),
    (b"<!DOCTYPE html><script>", Kind.UNKNOWN),
    (b"\x7fELF\2\1\1", Kind.UNKNOWN),
    (b" \xff\xd8\xff", Kind.UNKNOWN),
    (b"RIFF\0\0\0\0AVI LIST", Kind.UNKNOWN),
    (b"", Kind.UNKNOWN),
]


@pytest.mark.parametrize(("head", "kind"), KINDS)
def test_the_kind_is_told_by_content(head: bytes, kind: Kind) -> None:
    assert kind_of(head) == kind


async def test_a_copy_shows_the_picture_and_tells_nothing(store: MediaStore, tmp_path: Path) -> None:
    kept = await store.keep(arriving(talkative("JPEG")), "case-7")
    copy = await store.working_copy(kept.path)
    assert isinstance(copy, Copy)
    jpeg = await store.read_copy(copy.path)
    assert Image.open(BytesIO(jpeg)).size == (copy.width, copy.height) == (400, 300)
    assert (len(jpeg), sha256(jpeg).hexdigest()) == (copy.size, copy.sha256)
    assert b"Exif" in await store.read_original(kept.path)
    assert b"Exif" not in jpeg
    assert jpeg[:64] not in (tmp_path / "media" / copy.path).read_bytes()


async def test_making_the_copy_twice_gives_one_copy(store: MediaStore, tmp_path: Path) -> None:
    kept = await store.keep(arriving(talkative("PNG")), "case-7")
    assert await store.working_copy(kept.path) == await store.working_copy(kept.path)
    assert len(on_disk(tmp_path)) == 2


@pytest.mark.parametrize(
    ("data", "reason"),
    [(data, Harm.NOT_A_PICTURE) for data, kind in KINDS if data and kind not in {Kind.JPEG, Kind.PNG, Kind.WEBP}]
    + [(pixel_bomb(), Harm.TOO_MANY_PIXELS), (talkative("JPEG")[:-900], Harm.BROKEN)],
)
async def test_what_is_no_sound_picture_is_kept_and_not_shown(store: MediaStore, data: bytes, reason: Harm) -> None:
    kept = await store.keep(arriving(data), "case-7")
    assert await store.working_copy(kept.path) == Unsafe(reason)
    assert await store.read_original(kept.path) == data
    with pytest.raises(Unreadable):
        await store.read_copy(kept.path)
    with pytest.raises(Unreadable):
        await store.read_copy(kept.path.partition(".")[0] + COPY)


async def test_a_file_outlives_the_program(tmp_path: Path) -> None:
    async with MediaStore(tmp_path / "media", KEY) as before:
        kept = await before.keep(arriving(WORDS), "case-7")
    async with MediaStore(tmp_path / "media", KEY) as after:
        assert await after.read_original(kept.path) == WORDS


async def test_what_was_made_here_may_leave_and_is_forgotten_and_an_original_may_not(store: MediaStore) -> None:
    path = await store.keep_made(b"PK a sheet", "xlsx")
    assert path.startswith("made/") and path.endswith(".xlsx")
    assert await store.read_outgoing(path) == b"PK a sheet"
    kept = await store.keep(arriving(b"words"), "c1")
    with pytest.raises(Unreadable):
        await store.read_outgoing(kept.path)
    await store.forget_made(kept.path)
    assert await store.read_original(kept.path) == b"words", "only what was made here is forgotten"
    for _ in range(2):
        await store.forget_made(path)
    for wrong in (path, "made/../c1/x", "made/no.png"):
        with pytest.raises(Unreadable):
            await store.read_outgoing(wrong)
