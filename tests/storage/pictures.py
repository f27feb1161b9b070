"""Pictures for tests: honest ones as phones take them, and hostile ones."""

import struct
import zlib
from collections.abc import AsyncIterator
from io import BytesIO

from PIL import Image, PngImagePlugin

RED, BLUE = (220, 20, 20), (20, 20, 220)
SECRETS = (b"ZhangSanPhone", b"XinGangXiaoQu", b"taken by Li Si", b"http://ns.adobe.com/xap", b"ICCOFOWNER")


async def arriving(data: bytes, chunk: int = 65_536) -> AsyncIterator[bytes]:
    """`data` as the network gives it."""
    for start in range(0, len(data), chunk):
        yield data[start : start + chunk]


def half_red(size: tuple[int, int] = (400, 300)) -> Image.Image:
    """Left half red, right half blue."""
    picture = Image.new("RGB", size, BLUE)
    picture.paste(RED, (0, 0, size[0] // 2, size[1]))
    return picture


def saved(picture: Image.Image, format_name: str, **options: object) -> bytes:
    """The bytes of `picture` in a format."""
    file = BytesIO()
    picture.save(file, format_name, **options)
    return file.getvalue()


def told_by_phone(orientation: int = 1) -> Image.Exif:
    """EXIF with an owner, a place and an orientation."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "ZhangSanPhone"
    exif.get_ifd(0x8825).update({1: "N", 2: (32.0, 11.0, 24.0), 3: "E", 4: (119.0, 37.0, 12.0), 29: "XinGangXiaoQu"})
    return exif


def talkative(format_name: str) -> bytes:
    """A picture that tells who took it where, in every way its format has."""
    extras: dict[str, object] = {"exif": told_by_phone(), "icc_profile": b"ICCOFOWNER" * 20}
    if format_name == "JPEG":
        extras |= {"comment": b"taken by Li Si", "xmp": b"<x xmlns='http://ns.adobe.com/xap'/>"}
    if format_name == "WEBP":
        extras |= {"xmp": b"<x xmlns='http://ns.adobe.com/xap'/>"}
    if format_name == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_text("Comment", "taken by Li Si")
        extras["pnginfo"] = words
    return saved(half_red(), format_name, **extras)


def png_of(size: tuple[int, int], pixels: bytes, *others: tuple[bytes, bytes]) -> bytes:
    """A one-bit PNG made by hand, with `others` (name, content) before the pixels."""
    header = struct.pack(">IIBBBBB", *size, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), *others, (b"IDAT", zlib.compress(pixels)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks
    )


def pixel_bomb() -> bytes:
    """400 megapixels in some 50 KB."""
    return png_of((20_000, 20_000), bytes(2501 * 20_000))


def text_bomb() -> bytes:
    """A tiny picture with 64 MB of text packed into some 64 KB."""
    return png_of((8, 8), bytes(16), (b"zTXt", b"Comment\0\0" + zlib.compress(bytes(64 * 1024 * 1024))))


def segments(jpeg: bytes) -> set[int]:
    """The marker numbers before the picture data of a JPEG."""
    found: set[int] = set()
    at = 2
    while jpeg[at + 1] != 0xDA:
        found.add(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return found
