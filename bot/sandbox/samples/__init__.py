"""Small made-up media that a person can send: a photo (with EXIF and a place), a voice, films, a paper."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sample:
    file: str
    name: str = ""
    mime: str = ""
    facts: dict[str, object] = field(default_factory=dict[str, object])


SAMPLES = {
    "photo": Sample("photo.jpg", "photo.jpg", "image/jpeg"),
    "document": Sample("document.pdf", "sample.pdf", "application/pdf"),
    "video": Sample("video.mp4", "video.mp4", "video/mp4"),
    "animation": Sample("animation.mp4", "animation.mp4", "video/mp4", {"width": 160, "height": 120, "duration": 1}),
    "video_note": Sample("video_note.mp4"),
    "voice": Sample("voice.ogg", mime="audio/ogg"),
    "audio": Sample("audio.mp3", "tone.mp3", "audio/mpeg"),
    "sticker": Sample("sticker.webp", facts={"emoji": "🙂"}),
}


@cache
def sample(file: str) -> bytes:
    return Path(__file__).with_name(file).read_bytes()
