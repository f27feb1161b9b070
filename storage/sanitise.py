"""The decoder: a program of its own that turns hostile pictures into plain small JPEGs, locked in before the first one.

Frames on stdin and stdout are a 4-byte length and that many bytes. Asked: the 4-byte name of a format and the file.
Answered: `+`, 8 bytes of look, width, height and a JPEG; or `-` and the reason (a `Harm` of storage/darkroom.py).
It imports nothing of the product and never learns a name or a path.
"""

import math
import os
import struct
import sys
import time
import warnings
from io import BytesIO
from typing import BinaryIO

# Pillow loads these when a file first needs them; locked in, no file can be opened any more, not even a module.
from PIL import Image, ImageOps, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin

if sys.platform == "linux":
    import resource

LENGTH = struct.Struct(">I")
SHOWN = struct.Struct(">qHH")

MAX_PIXELS = 50_000_000
LONGEST_SIDE = 1600
WIDEST_RATIO = 20  # Telegram refuses photos narrower than that
MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 10
WHITE = (255, 255, 255)
BEHIND_THE_BOT = 10  # nice: a picture may wait, an answer may not
LOADED_BEFOREHAND = (MpoImagePlugin, TiffImagePlugin, WebPImagePlugin)

BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    LookupError,
    TypeError,
    ArithmeticError,
    MemoryError,
    EOFError,
    struct.error,
)


class Unfit(Exception):
    """This picture is not shown; the message is the reason."""


def develop(data: bytes, format_name: str) -> tuple[Image.Image, bytes]:
    """Return the upright small picture (RGB, longest side 1600 at most) and its JPEG without any words or places.

    Only the decoder of `format_name` (JPEG, PNG, WEBP) is tried. Raises Unfit.
    """
    try:
        with Image.open(BytesIO(data), formats=(format_name,)) as picture:
            small = _redrawn(picture)
        jpeg = BytesIO()
        small.save(jpeg, "JPEG", quality=82)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unfit("too_many_pixels") from None
    except BROKEN as error:
        raise Unfit("broken") from error
    return small, jpeg.getvalue()


def look(picture: Image.Image) -> int:
    """Difference hash, 64 bits as a signed number: alike pictures differ in few. A set bit: darker to the right."""
    grey = picture.convert("L").resize((9, 8), Image.Resampling.BOX).tobytes()
    bits = "".join("01"[grey[at] > grey[at + 1]] for at in range(72) if at % 9 != 8)
    return int.from_bytes(int(bits, 2).to_bytes(8), signed=True)


def _redrawn(picture: Image.Image) -> Image.Image:
    if max(picture.size) > WIDEST_RATIO * min(picture.size):
        raise Unfit("too_narrow")
    orientation = picture.getexif().get(0x0112)
    if picture.mode in {"1", "P", "PA"}:  # a palette cannot be scaled smoothly
        picture = picture.convert("RGBA")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # A fresh canvas takes over pixels and nothing else: no EXIF, profile, comment, text or thumbnail can follow.
    canvas = Image.new("RGB", picture.size, WHITE)
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        canvas.paste(seen, mask=seen)
    else:
        canvas.paste(picture.convert("RGB"))
    if orientation is not None:
        canvas.getexif()[0x0112] = orientation
    return ImageOps.exif_transpose(canvas)


def lock_in() -> None:
    """Give up memory beyond 512 MB and every new file, socket and process. There is no way back.

    Only Linux keeps all of it; elsewhere the limit of pixels and the patience of the asking process remain.
    """
    Image.preinit()
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    if sys.platform == "linux":
        os.nice(BEHIND_THE_BOT)
        for what in (resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
            resource.setrlimit(what, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def allow_time() -> None:
    """Let the next picture take 10 s of CPU; then the kernel ends the program."""
    if sys.platform == "linux":
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time()) + CPU_SECONDS, hard))


def answer(asked: bytes) -> bytes:
    """Return the answer to one frame."""
    try:
        picture, jpeg = develop(asked[4:], asked[:4].decode("ascii").rstrip())
    except Unfit as unfit:
        return b"-" + str(unfit).encode("ascii")
    return b"+" + SHOWN.pack(look(picture), *picture.size) + jpeg


def serve(asking: BinaryIO, answering: BinaryIO) -> None:
    """Answer frames until the asking side closes."""
    while len(head := asking.read(LENGTH.size)) == LENGTH.size:
        allow_time()
        reply = answer(asking.read(LENGTH.unpack(head)[0]))
        answering.write(LENGTH.pack(len(reply)) + reply)
        answering.flush()


if __name__ == "__main__":
    lock_in()
    serve(sys.stdin.buffer, sys.stdout.buffer)
