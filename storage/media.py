"""Keeping of media: sealed while they arrive, named by us, typed by content, shown as harmless copies.

NotKept           nothing stays on disk; whoever fetches may try again
├── TooLarge      more bytes than the limit
├── TooSlow       more time than the deadline
├── CutShort      not a single byte came
└── NoRoom        the disk is nearly full
Unreadable        this path, with this key, is no file of ours as we wrote it
"""

import asyncio
import contextlib
import os
import re
import shutil
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from hashlib import sha256
from hmac import digest
from pathlib import Path
from typing import BinaryIO, Self
from uuid import uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM

from storage.darkroom import Darkroom, Harm, Unsafe
from storage.folders import sync_folder
from storage.kinds import HEAD, PICTURES, Kind, kind_of

LIMIT = 20 * 1024 * 1024  # bytes; Telegram's getFile gives no more
DEADLINE = 120.0  # seconds for the whole file, however steadily it drips
FLOOR = 512 * 1024 * 1024  # bytes that must stay free on the disk
STRIDE = 256 * 1024  # bytes gathered before a thread is asked to seal and write them

MARK = b"YSM1"
NONCE_BYTES = 12
KEY_BYTES = 32
COPY = "-shown.jpg"
MADE = "made"
TMP = "tmp"
FOLDER_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", re.ASCII)


class NotKept(Exception):
    """The file was not kept and left nothing behind."""


class TooLarge(NotKept):
    """More bytes came than allowed."""


class TooSlow(NotKept):
    """The last byte had not come when the deadline passed."""


class CutShort(NotKept):
    """Nothing came."""


class NoRoom(NotKept):
    """Keeping it could take the disk below the floor."""


class Unreadable(Exception):
    """No such file of ours, another key, or bytes changed on disk."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A sealed original: `path` is relative to the root, `sha256` (hex) and `size` are those of the bytes that came."""

    path: str
    sha256: str
    size: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that may be shown, sealed on disk too. `look` is its 64-bit difference hash as a signed number."""

    path: str
    sha256: str
    size: int
    width: int
    height: int
    look: int


class MediaStore:
    """A folder of sealed files. `key` (32 bytes) is kept elsewhere; a backup of the folder alone is unreadable."""

    def __init__(self, root: Path, key: bytes, *, floor: int = FLOOR, darkroom: Darkroom | None = None) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"the key of media has {len(key)} bytes, {KEY_BYTES} are needed")
        self._root = root.resolve()
        self._tmp = self._root / TMP
        self._tmp.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._key = key
        self._floor = floor
        self._darkroom = darkroom or Darkroom()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """End the decoder."""
        await self._darkroom.close()

    async def keep(
        self, chunks: AsyncIterator[bytes], folder: str, *, limit: int = LIMIT, deadline: float = DEADLINE
    ) -> Kept:
        """Seal what comes into `folder` (a generated name, never a person's words) under a generated name.

        When this returns, the file outlives a power cut. Otherwise nothing stays: raises NotKept, ValueError for a
        folder that is no plain name, OSError of the disk. `deadline` is in seconds.
        """
        _check(folder)
        self._check_room(limit)
        name = uuid4().hex
        draft = self._draft(folder, name)
        try:
            rest = await _fill(draft, chunks, limit, deadline)
            await _in_thread(draft.settle, rest, lambda: self._inside(f"{folder}/{name}.{kind_of(draft.head)}"))
        finally:
            if not draft.settled:
                await _in_thread(draft.discard)
        kind = kind_of(draft.head)
        return Kept(f"{folder}/{name}.{kind}", draft.hash.hexdigest(), draft.size, kind)

    async def working_copy(self, path: str) -> Copy | Unsafe:
        """Make the copy of an original that may be shown: upright, small, without EXIF, places, comments and names.

        Safe to repeat: the same original has one copy. Only pictures have one. Raises Unreadable.
        """
        original = await self.read_original(path)
        if (kind := kind_of(original[:HEAD])) not in PICTURES:
            return Unsafe(Harm.NOT_A_PICTURE)
        picture = await self._darkroom.develop(PICTURES[kind], original)
        if isinstance(picture, Unsafe):
            return picture
        folder, name = path.split("/")
        name = name.partition(".")[0]
        draft = self._draft(folder, name + COPY.partition(".")[0])
        try:
            await _in_thread(draft.settle, picture.jpeg, partial(self._inside, f"{folder}/{name}{COPY}"))
        finally:
            if not draft.settled:
                await _in_thread(draft.discard)
        shape = (picture.width, picture.height, picture.look)
        return Copy(f"{folder}/{name}{COPY}", draft.hash.hexdigest(), draft.size, *shape)

    async def read_original(self, path: str) -> bytes:
        """Return the bytes as they came: maybe hostile or naming the reporter, never for a card. Raises Unreadable."""
        return await asyncio.to_thread(self._read, path)

    async def read_copy(self, path: str) -> bytes:
        """Return the JPEG of a working copy. Raises Unreadable, also for an original."""
        if not path.endswith(COPY):
            raise Unreadable("this is not a working copy")
        return await asyncio.to_thread(self._read, path)

    async def keep_made(self, content: bytes, ending: str) -> str:
        """Seal a document that was made here (a sheet, a picture), which may leave; returns its path.

        Raises NoRoom, OSError of the disk.
        """
        self._check_room(len(content))
        name = uuid4().hex
        draft = self._draft(MADE, name)
        try:
            await _in_thread(draft.settle, content, partial(self._inside, f"{MADE}/{name}.{ending}"))
        finally:
            if not draft.settled:
                await _in_thread(draft.discard)
        return f"{MADE}/{name}.{ending}"

    async def read_outgoing(self, path: str) -> bytes:
        """Return what may leave: a working copy, or a document made here. Raises Unreadable, also for an original."""
        if path.startswith(f"{MADE}/"):
            return await asyncio.to_thread(self._read, path)
        return await self.read_copy(path)

    async def forget_made(self, path: str) -> None:
        """Delete a document made here. Safe to repeat."""
        if path.startswith(f"{MADE}/"):
            await asyncio.to_thread(self._inside(path).unlink, missing_ok=True)

    def seal_anew(self, path: str, before: "MediaStore") -> None:
        """Seal a file anew that another key has sealed. Safe to repeat. Raises Unreadable when neither key opens it."""
        try:
            plain = before._read(path)
        except Unreadable:
            self._read(path)
            return
        folder, _, name = path.partition("/")
        draft = self._draft(folder, name.partition(".")[0])
        try:
            draft.settle(plain, partial(self._inside, path))
        finally:
            if not draft.settled:
                draft.discard()
        if self._read(path) != plain:
            raise Unreadable("it is not on disk as it was written")

    def every(self) -> Iterator[str]:
        """The paths of all files, folder by folder."""
        for folder in sorted(one for one in self._root.iterdir() if one.is_dir() and one != self._tmp):
            yield from (f"{folder.name}/{name}" for name in sorted(one.name for one in folder.iterdir()))

    async def clear_tmp(self, older_than: timedelta = timedelta(hours=1)) -> int:
        """Remove what crashes left half-written; return how many. At the start, before any keep, use timedelta(0)."""
        return await asyncio.to_thread(self._clear_tmp, older_than.total_seconds())

    def _clear_tmp(self, seconds: float) -> int:
        latest, cleared = time.time() - seconds, 0
        for path in self._tmp.iterdir():
            with contextlib.suppress(FileNotFoundError):  # settled meanwhile
                if path.lstat().st_mtime <= latest:
                    path.unlink()
                    cleared += 1
        return cleared

    def _check_room(self, limit: int) -> None:
        if shutil.disk_usage(self._tmp).free < self._floor + limit:
            raise NoRoom(f"fewer than {self._floor + limit} bytes are free in {self._root}")

    def _draft(self, folder: str, name: str) -> "_Draft":
        return _Draft(self._tmp / uuid4().hex, self._key_of(folder), f"{folder}/{name}".encode())

    def _key_of(self, folder: str) -> bytes:
        """Every case has a key of its own, so that one can be handed over without the others."""
        return digest(self._key, folder.encode(), "sha256")

    def _inside(self, path: str) -> Path:
        target = (self._root / path).resolve()
        if not target.is_relative_to(self._root) or target.parent.parent != self._root:
            raise Unreadable("this path leads out of the folder of media")
        return target

    def _read(self, path: str) -> bytes:
        folder, _, name = path.partition("/")
        try:
            sealed = memoryview(self._inside(path).read_bytes())
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError, ValueError) as error:
            raise Unreadable("no such file of media") from error
        nonce, rest = sealed[len(MARK) : len(MARK) + NONCE_BYTES], sealed[len(MARK) + NONCE_BYTES :]
        try:
            return AESGCM(self._key_of(folder)).decrypt(nonce, rest, f"{folder}/{name.partition('.')[0]}".encode())
        except (InvalidTag, ValueError) as error:
            raise Unreadable("another key, or the file was changed") from error


class _Draft:
    """A file being sealed under tmp/: plain bytes never touch the disk. `bound_to` keeps files from being swapped."""

    def __init__(self, path: Path, key: bytes, bound_to: bytes) -> None:
        self._path = path
        self._nonce = os.urandom(NONCE_BYTES)
        self._seal = Cipher(AES(key), GCM(self._nonce)).encryptor()
        self._seal.authenticate_additional_data(bound_to)
        self._file: BinaryIO | None = None
        self.hash = sha256()
        self.size = 0
        self.head = b""
        self.settled = False

    def write(self, plain: bytes) -> None:
        if self._file is None:
            self._file = self._path.open("xb")
            self._file.write(MARK + self._nonce)
        self._file.write(self._seal.update(plain))
        self.hash.update(plain)
        self.size += len(plain)
        self.head += plain[: HEAD - len(self.head)]

    def settle(self, rest: bytes, find_target: Callable[[], Path]) -> None:
        """Write the rest, close the seal and move the file to its place; bytes and name are on disk then."""
        if rest:
            self.write(rest)
        if self._file is None:
            raise CutShort("no byte came")
        with self._file as file:
            file.write(self._seal.finalize() + self._seal.tag)
            file.flush()
            os.fsync(file.fileno())
        target = find_target()
        if not target.parent.is_dir():
            target.parent.mkdir(mode=0o700, exist_ok=True)
            sync_folder(target.parent.parent)
        self._path.replace(target)
        self.settled = True
        sync_folder(target.parent)

    def discard(self) -> None:
        """Close the file and remove it if it was not settled."""
        if self._file is not None:
            self._file.close()
        self._path.unlink(missing_ok=True)


async def _fill(draft: _Draft, chunks: AsyncIterator[bytes], limit: int, deadline: float) -> bytes:
    """Write what comes in strides; gives back the rest, which of a small file is all of it."""
    gathered = bytearray()
    try:
        async with asyncio.timeout(deadline):
            async for chunk in chunks:
                gathered += chunk
                if draft.size + len(gathered) > limit:
                    raise TooLarge(f"more than {limit} bytes")
                if len(gathered) >= STRIDE:
                    await _in_thread(draft.write, bytes(gathered))
                    gathered.clear()
    except TimeoutError as error:
        raise TooSlow(f"not complete after {deadline} s") from error
    return bytes(gathered)


async def _in_thread(work: Callable[..., None], *args: object) -> None:
    """Do file work in a thread. A cancellation waits for it, so that nobody closes a file another still writes."""
    doing = asyncio.get_running_loop().run_in_executor(None, work, *args)
    try:
        await asyncio.shield(doing)
    except asyncio.CancelledError:
        await asyncio.wait([doing])
        raise


def _check(folder: str) -> None:
    if not FOLDER_NAME.fullmatch(folder) or folder in {TMP, MADE}:
        raise ValueError("a folder of media has a generated name of letters, digits, - and _")
