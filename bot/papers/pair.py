"""Draws two pictures side by side, each under its name: JSON on standard input, a JPEG on standard output.

Facts: font, face, pictures (two JPEGs made here, base64), names (two words). A process of its own.
"""

import json
import sys
from base64 import b64decode
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 720, 960
"""Of one half, at most."""

HEAD, GAP = 84, 8
PAPER, INK = "#ffffff", "#ffffff"
HEADS = ("#8a5a00", "#16703f")


def draw(facts: dict[str, Any]) -> Image.Image:
    """Both halves as high as each other."""
    halves = [_read(one) for one in facts["pictures"]]
    high = min(HEIGHT, *(half.height * WIDTH // half.width for half in halves))
    halves = [half.resize((max(1, half.width * high // half.height), high)) for half in halves]
    width = sum(half.width for half in halves) + GAP
    page = Image.new("RGB", (width, HEAD + high), PAPER)
    pen = ImageDraw.Draw(page)
    face = ImageFont.truetype(facts["font"], 44, index=facts["face"])
    left = 0
    for half, name, colour in zip(halves, facts["names"], HEADS, strict=True):
        pen.rectangle((left, 0, left + half.width, HEAD), fill=colour)
        pen.text((left + half.width / 2, HEAD / 2), name, fill=INK, font=face, anchor="mm")
        page.paste(half, (left, HEAD))
        left += half.width + GAP
    return page


def _read(picture: str) -> Image.Image:
    with Image.open(BytesIO(b64decode(picture)), formats=("JPEG",)) as found:
        return found.convert("RGB")


if __name__ == "__main__":
    draw(json.load(sys.stdin.buffer)).save(sys.stdout.buffer, "JPEG", quality=85)
