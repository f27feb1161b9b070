"""Photos as Telegram treats them: decoded, bounded, without metadata, and a small size beside the full one."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image

from bot.sandbox.errors import bad

MOST_SIDES = 10_000
MOST_RATIO = 20
LONGEST_SIDE = 1280


@dataclass(frozen=True, slots=True)
class Picture:
    data: bytes
    width: int
    height: int


def read_picture(data: bytes) -> Picture:
    """A JPEG without metadata, at most 1280 pixels a side. Only what is not that already is encoded anew.

    Raises Refused 400 for what is no picture, or has impossible sides.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data))
    except (OSError, Image.DecompressionBombError):
        raise bad("IMAGE_PROCESS_FAILED") from None
    width, height = image.size
    if width + height > MOST_SIDES or max(width, height) > MOST_RATIO * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    if image.format == "JPEG" and max(width, height) <= LONGEST_SIDE and "exif" not in image.info:
        return Picture(data, width, height)
    return _encoded(image, LONGEST_SIDE)


def shrunk(picture: Picture, side: int) -> Picture:
    return _encoded(Image.open(io.BytesIO(picture.data)), side)


def _encoded(image: Image.Image, side: int) -> Picture:
    try:
        image.draft("RGB", (side, side))
        plain = image.convert("RGB")
    except (OSError, SyntaxError, ValueError):
        raise bad("IMAGE_PROCESS_FAILED") from None
    plain.thumbnail((side, side), Image.Resampling.BILINEAR)
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=80)
    return Picture(out.getvalue(), *plain.size)
