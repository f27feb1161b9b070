"""Seals: what is unreadable without a key that is outside the database.

Two keys: `vault` (who reported, who is who) and `content` (words and files in transit). Losing one leaves the other.

While keys are changed (`yashu rotate-keys`) the folder holds more: `next/` with the new keys, which nobody but that
command looks past, and `old-.../` with those of before, without which older backups cannot be opened.
"""

import os
import secrets
import shutil
from datetime import UTC, datetime
from hmac import digest
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.cases.errors import BrokenSetting
from bot.texts.console import key_broken, key_missing, keys_half_changed
from storage.folders import sync_folder

KEY_BYTES = 32
NONCE_BYTES = 12
NAMES = ("vault", "content")
NEXT, UNFINISHED = "next", "next.unfinished"
ASIDE = "aside"
"""Beside the next keys: the name of the folder that holds those of before."""

WHEN = "%Y%m%dT%H%M%SZ"


class Seal:
    """AES-256-GCM with a random 96-bit nonce before the sealed bytes, and a keyed fingerprint for looking things up."""

    def __init__(self, key: bytes) -> None:
        self._box = AESGCM(key)
        self._key = key

    def close(self, plain: bytes) -> bytes:
        """Return nonce and sealed bytes (28 longer than `plain`)."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._box.encrypt(nonce, plain, None)

    def open(self, sealed: bytes) -> bytes:
        """Return the plain bytes. Raises cryptography.exceptions.InvalidTag when the key is another one."""
        return self._box.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)

    def fingerprint(self, what: str) -> int:
        """A keyed hash as a positive 63-bit number: the same for the same words, says nothing without the key."""
        return int.from_bytes(digest(self._key, what.encode(), "sha256")[:8]) >> 1


class Seals:
    """The keys of an installation."""

    def __init__(self, vault: bytes, content: bytes) -> None:
        self.vault = Seal(vault)
        self.content = Seal(content)
        self.media_key = digest(content, b"media", "sha256")
        self.backup_key = digest(content, b"backup", "sha256")

    @property
    def mark(self) -> int:
        """Tells these keys from others, and nothing of them."""
        return self.content.fingerprint(f"these keys {self.vault.fingerprint('these keys')}")


def read_keys(folder: Path) -> Seals:
    """Read vault.key and content.key (64 hex digits each).

    Raises BrokenSetting naming the missing or wrong file, or when the keys are half changed.
    """
    if half_changed(folder):
        raise BrokenSetting(keys_half_changed(folder / NEXT))
    return Seals(*(_read(folder / f"{name}.key") for name in NAMES))


def make_keys(folder: Path) -> None:
    """Make the keys that are missing; never overwrites one. Files are readable by their owner alone."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in NAMES:
        path = folder / f"{name}.key"
        if not path.exists():
            _write(path, secrets.token_hex(KEY_BYTES))


def half_changed(folder: Path) -> bool:
    """Whether new keys were made and are not in force yet."""
    return (folder / NEXT).exists()


def new_seals() -> Seals:
    """Keys that are nowhere: for a trial."""
    return Seals(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES))


def begin_change(folder: Path, now: datetime) -> None:
    """Put the keys of before aside, then make the next ones. Safe to repeat."""
    if not half_changed(folder):
        place = folder / f"old-{now.astimezone(UTC):{WHEN}}"
        _aside(folder, place)
        unfinished = folder / UNFINISHED
        shutil.rmtree(unfinished, ignore_errors=True)
        make_keys(unfinished)
        _write(unfinished / ASIDE, place.name)
        sync_folder(unfinished)
        unfinished.rename(folder / NEXT)
        sync_folder(folder)


def aside_in(folder: Path) -> Path:
    """Where the keys of before are, while they are changed."""
    return folder / (folder / NEXT / ASIDE).read_text()


def keys_between(folder: Path) -> tuple[Seals, Seals]:
    """The keys of before and the next ones while they are changed; one that is in force already is both."""
    here = [folder / f"{name}.key" for name in NAMES]
    there = [folder / NEXT / path.name for path in here]
    coming = [new if new.exists() else old for old, new in zip(here, there, strict=True)]
    return Seals(*map(_read, here)), Seals(*map(_read, coming))


def end_change(folder: Path) -> None:
    """The next keys are in force. Safe to repeat."""
    for name in NAMES:
        if (coming := folder / NEXT / f"{name}.key").exists():
            coming.replace(folder / coming.name)
            sync_folder(folder)
    shutil.rmtree(folder / UNFINISHED, ignore_errors=True)
    (folder / NEXT).rename(folder / UNFINISHED)
    shutil.rmtree(folder / UNFINISHED)
    sync_folder(folder)


def give_up_change(folder: Path, now: datetime) -> None:
    """Nothing was sealed with the next keys. They are put away and not deleted, for a key is lost for good."""
    if all((folder / NEXT / f"{name}.key").exists() for name in NAMES):
        (folder / NEXT).rename(folder / f"unused-{now.astimezone(UTC):{WHEN}}")
        sync_folder(folder)


def _aside(folder: Path, place: Path) -> None:
    """Copies of the keys, unless a change that was cut short has made some."""
    keys = {f"{name}.key": (folder / f"{name}.key").read_text() for name in NAMES}
    for one in folder.glob("old-*"):
        if all((one / name).exists() and (one / name).read_text() == words for name, words in keys.items()):
            one.replace(place)
            return
    place.mkdir(mode=0o700)
    for name, words in keys.items():
        _write(place / name, words)
    sync_folder(place)
    sync_folder(folder)


def _write(path: Path, words: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "w") as file:
        file.write(words)
        file.flush()
        os.fsync(descriptor)


def _read(path: Path) -> bytes:
    if not path.exists():
        raise BrokenSetting(key_missing(path))
    try:
        key = bytes.fromhex(path.read_text().strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise BrokenSetting(key_broken(path, KEY_BYTES * 2))
    return key
