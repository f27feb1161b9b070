"""Seals: what is unreadable without a key that is outside the database.

Two keys: `vault` (who reported, who is who) and `content` (words and files in transit). Losing one leaves the other.
"""

import os
import secrets
from hmac import digest
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.cases.errors import BrokenSetting
from bot.texts.console import key_broken, key_missing

KEY_BYTES = 32
NONCE_BYTES = 12


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


def read_keys(folder: Path) -> Seals:
    """Read vault.key and content.key (64 hex digits each). Raises BrokenSetting naming the missing or wrong file."""
    return Seals(*(_read(folder / f"{name}.key") for name in ("vault", "content")))


def make_keys(folder: Path) -> None:
    """Make the keys that are missing; never overwrites one. Files are readable by their owner alone."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in ("vault", "content"):
        path = folder / f"{name}.key"
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_hex(KEY_BYTES))


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
