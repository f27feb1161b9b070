"""What a message brings: words, files, a place. Anything else is not lost, but cannot be used."""

from dataclasses import dataclass, field
from typing import Any

from aiogram.types import Animation, Audio, Document, Message, PhotoSize, Video, VideoNote, Voice

FILES = ("video", "video_note", "voice", "audio", "document")
File = PhotoSize | Video | VideoNote | Voice | Audio | Document | Animation


@dataclass(slots=True)
class Content:
    """Words, files (kind, file_id, unique_id, size, perhaps seconds), a point or the name of a place.

    `number` is that of a card; it is only looked at where a telephone number was asked for.
    """

    words: str = ""
    media: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    latitude: float | None = None
    longitude: float | None = None
    place: str = ""
    number: str = ""

    @property
    def nothing(self) -> bool:
        """A sticker, a dice, a poll, somebody's card ..."""
        return not (self.words or self.media or self.place or self.latitude is not None)


def content_of(message: Message) -> Content:
    """Read a message; names of forwarders, of files and on cards are left behind."""
    found = Content(words=(message.text or message.caption or "").strip())
    if message.contact:
        found.number = message.contact.phone_number
    if message.location:
        found.latitude, found.longitude = message.location.latitude, message.location.longitude
    if message.venue:
        found.place = " ".join(part for part in (message.venue.title, message.venue.address) if part)
    if message.photo:
        found.media.append(_piece("photo", message.photo[-1]))
    elif message.animation:
        found.media.append(_piece("animation", message.animation))
    else:
        found.media += [_piece(kind, file) for kind in FILES if (file := getattr(message, kind)) is not None]
    return found


def is_command(words: str) -> bool:
    """Whether this is nothing but a command (one we do not know, or it would not have come here)."""
    return words.startswith("/") and words[1:].replace("_", "").replace("@", "").isalnum() and words.isascii()


def _piece(kind: str, file: File) -> dict[str, Any]:
    piece = {"kind": kind, "file_id": file.file_id, "unique_id": file.file_unique_id, "size": file.file_size}
    seconds = getattr(file, "duration", None)
    return piece if seconds is None else {**piece, "seconds": seconds}
