"""Kinds of files, told by their first bytes and never by their name or what the sender says of them."""

import re
from enum import StrEnum

HEAD = 4096  # bytes the kind is told from


class Kind(StrEnum):
    """What a file is by its content; the value is the ending of its name."""

    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    GIF = "gif"
    HEIC = "heic"
    MP4 = "mp4"
    MOV = "mov"
    OGG = "ogg"
    MP3 = "mp3"
    AMR = "amr"
    PDF = "pdf"
    OFFICE = "office"
    UNKNOWN = "unknown"


MAGIC: tuple[tuple[re.Pattern[bytes], Kind], ...] = tuple(
    (re.compile(pattern, re.DOTALL), kind)
    for pattern, kind in (
        (rb"\xff\xd8\xff", Kind.JPEG),
        (rb"\x89PNG\r\n\x1a\n", Kind.PNG),
        (rb"RIFF....WEBP", Kind.WEBP),
        (rb"GIF8[79]a", Kind.GIF),
        (rb"....ftyp(heic|heix|heim|heis|hevc|hevx|mif1|msf1)", Kind.HEIC),
        (rb"....ftypqt  ", Kind.MOV),
        (rb"....ftyp(isom|iso[2-9]|mp4[12]|avc1|M4[AV] |MSNV|dash|3g[p2].)", Kind.MP4),
        (rb"OggS\x00", Kind.OGG),
        (rb"ID3[\x02-\x04]|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]", Kind.MP3),
        (rb"#!AMR", Kind.AMR),
        (rb"%PDF-", Kind.PDF),
        (rb"PK\x03\x04.{26}(\[Content_Types\]\.xml|_rels/|docProps/|word/|xl/|ppt/)", Kind.OFFICE),
        (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument", Kind.OFFICE),
    )
)
PICTURES = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.WEBP: "WEBP"}  # what the decoder is asked to read


def kind_of(head: bytes) -> Kind:
    """Tell the kind from the first 4 KiB. What is not in the table (SVG, HTML, archives, programs) is unknown."""
    return next((kind for pattern, kind in MAGIC if pattern.match(head)), Kind.UNKNOWN)
