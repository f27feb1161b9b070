"""Files of the town: what was uploaded, what it is, its id, its time-limited download path."""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field

from bot.sandbox.errors import Mistaken, Refused, bad
from bot.sandbox.pictures import Picture, read_picture, shrunk
from bot.sandbox.records import Json
from bot.sandbox.samples import SAMPLES, sample

DOWNLOAD_LIMIT = 20 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
LINK_LIVES = 3600
MOST_KEPT = 512 * 1024 * 1024
SMALL_SIDE = 320
MEDIA = ("photo", "video", "video_note", "voice", "audio", "document", "sticker", "animation")
PREFIX = {
    "photo": "AgACAgUAAxk", "video": "BAACAgUAAxk", "animation": "CgACAgUAAxk", "audio": "CQACAgUAAxk",
    "voice": "AwACAgUAAxk", "document": "BQACAgUAAxk", "sticker": "CAACAgUAAxk", "video_note": "DQACAgUAAxk",
}  # fmt: skip
FOLDER = {
    "photo": "photos", "video": "videos", "animation": "animations", "audio": "music", "voice": "voice",
    "document": "documents", "sticker": "stickers", "video_note": "video_notes",
}  # fmt: skip
ENDING = {"photo": "jpg", "video": "mp4", "animation": "mp4", "voice": "oga", "sticker": "webp", "video_note": "mp4"}


@dataclass(slots=True)
class StoredFile:
    """`size` in bytes is what Telegram would say, perhaps more than there is; `linked_until` is unix time."""

    file_id: str
    unique_id: str
    kind: str
    path: str
    size: int
    data: bytes
    facts: Json
    linked_until: float = 0.0
    small: "StoredFile | None" = None

    def card(self) -> Json:
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": self.size}

    def shown(self) -> Json | list[Json]:
        """The value of `message[kind]`: for photos the sizes, smallest first."""
        if self.kind == "photo":
            sizes = [each for each in (self.small, self) if each]
            return [{**each.card(), **each.facts} for each in sizes]
        thumbnail = {"thumbnail": {**self.small.card(), **self.small.facts}} if self.small else {}
        return {**self.card(), **self.facts, **thumbnail}


@dataclass(frozen=True, slots=True)
class Wish:
    """A file as it is handed in, before it is looked at."""

    kind: str
    data: bytes
    name: str = ""
    mime: str = ""
    size: int | None = None
    facts: Json = field(default_factory=dict[str, object])


class FileRoom:
    """Keeps at most 512 MB; the oldest files are forgotten first. The same content has the same id."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._bytes = 0
        self._last = 0

    def keep(self, wish: Wish) -> StoredFile:
        """Store a file. A photo loses its metadata, as with Telegram.

        Raises Refused 400 for a photo that is none, or is too big.
        """
        data, facts, picture = wish.data, dict(wish.facts), None
        if wish.kind == "photo":
            if len(data) > PHOTO_LIMIT:
                text = f"file of size {len(data)} bytes is too big for a photo; the maximum size is {PHOTO_LIMIT} bytes"
                raise bad(text)
            picture = read_picture(data)
            data = picture.data
            facts = {"width": picture.width, "height": picture.height}
        mark = repr((wish.kind, wish.name, wish.size, sorted(facts.items()))).encode()
        digest = urlsafe_b64encode(hashlib.sha256(mark + data).digest()).decode().rstrip("=")
        file_id = PREFIX[wish.kind] + digest
        if known := self._by_id.get(file_id):
            return known
        size = wish.size if wish.size is not None else len(data)
        stored = self._store(file_id, digest, wish.kind, size, data, facts, wish.name)
        if picture and max(picture.width, picture.height) > SMALL_SIDE:
            stored.small = self._small(stored, picture)
        return stored

    def _small(self, of: StoredFile, picture: Picture) -> StoredFile:
        small = shrunk(picture, SMALL_SIDE)
        facts: Json = {"width": small.width, "height": small.height}
        return self._store(of.file_id + "-s", of.unique_id + "-s", "photo", len(small.data), small.data, facts, "")

    def _store(
        self, file_id: str, digest: str, kind: str, size: int, data: bytes, facts: Json, name: str
    ) -> StoredFile:  # fmt: skip
        self._last += 1
        ending = ENDING.get(kind) or (name.rsplit(".", 1)[-1].lower() if "." in name else "bin")
        ending = ending if ending.isalnum() and ending.isascii() else "bin"
        path = f"{FOLDER[kind]}/file_{self._last}.{ending}"
        unique = digest[:14] + ("-s" if digest.endswith("-s") else "")
        stored = StoredFile(file_id, unique, kind, path, size, data, facts)
        self._by_id[file_id] = self._by_path[path] = stored
        self._bytes += len(data)
        while self._bytes > MOST_KEPT and len(self._by_id) > 1:
            self._forget(next(iter(self._by_id)))
        return stored

    def _forget(self, file_id: str) -> None:
        gone = self._by_id.pop(file_id)
        del self._by_path[gone.path]
        self._bytes -= len(gone.data)

    def get(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def link(self, file_id: str, now: float) -> Json:
        """Telegram's File, downloadable for an hour. Raises Refused 400 for an unknown file and one over 20 MB."""
        stored = self._by_id.get(file_id)
        if stored is None:
            raise bad("invalid file_id")
        if stored.size > DOWNLOAD_LIMIT:
            raise bad("file is too big")
        stored.linked_until = now + LINK_LIVES
        return {**stored.card(), "file_path": stored.path}

    def download(self, path: str, now: float) -> bytes:
        """The bytes behind a path that getFile gave within the hour, else Refused 404."""
        stored = self._by_path.get(path)
        if stored is None or stored.linked_until < now:
            raise Refused(404, "Not Found")
        return stored.data


def sample_wish(kind: str) -> Wish:
    """The built-in sample of a kind of media."""
    known = SAMPLES.get(kind)
    if known is None:
        raise Mistaken(f"there is no sample of {kind}")
    facts = facts_of(kind, known.name, known.mime, known.facts)
    return Wish(kind, sample(known.file), known.name, known.mime, None, facts)


def facts_of(kind: str, name: str, mime: str, given: Json) -> Json:
    """What a message says of a file besides its id and size, with Telegram's defaults for what was not told."""
    if kind == "document":
        return {"file_name": name or "file", "mime_type": mime or "application/octet-stream"}
    facts: Json = {}
    if kind in ("video", "animation"):
        facts = {"width": 320, "height": 240, "duration": 2, "file_name": name, "mime_type": mime or "video/mp4"}
    elif kind == "audio":
        facts = {"duration": 3, "file_name": name, "mime_type": mime or "audio/mpeg"}
    elif kind == "voice":
        facts = {"duration": 2, "mime_type": mime or "audio/ogg"}
    elif kind == "video_note":
        facts = {"length": 240, "duration": 2}
    elif kind == "sticker":
        facts = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    facts |= {key: value for key, value in given.items() if value is not None}
    return {key: value for key, value in facts.items() if value != ""}
