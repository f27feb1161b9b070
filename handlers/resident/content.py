"""What a message brings: words, files, a place. Anything else is not lost, but cannot be used."""

from dataclasses import dataclass, field
from typing import Any

from aiogram.types import Message


@dataclass(slots=True)
class Content:
    """Words, files (kind, file_id, unique_id, size) and a point or the name of a place."""

    words: str = ""
    media: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    latitude: float | None = None
    longitude: float | None = None
    place: str = ""

    @property
    def nothing(self) -> bool:
        """A sticker, a dice, a poll ..."""
        return not (self.words or self.media or self.place or self.latitude is not None)


def content_of(message: Message) -> Content:
    """Read a message; names of forwarders, files and contacts are left behind."""
    found = Content(words=(message.text or message.caption or "").strip())
    if message.contact:
        found.words = message.contact.phone_number
    if message.location:
        found.latitude, found.longitude = message.location.latitude, message.location.longitude
    if message.venue:
        found.place = " ".join(part for part in (message.venue.title, message.venue.address) if part)
    if message.photo:
        found.media.append(_piece("photo", message.photo[-1]))
    for kind in ("video", "video_note", "voice", "audio", "document"):
        file = getattr(message, kind)
        if file is not None and not message.animation:
            found.media.append(_piece(kind, file))
    if message.animation:
        found.media.append(_piece("video", message.animation))
    return found


def _piece(kind: str, file: Any) -> dict[str, Any]:
    return {"kind": kind, "file_id": file.file_id, "unique_id": file.file_unique_id, "size": file.file_size}
