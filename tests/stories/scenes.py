"""Pictures with something on them, as phones take them: other scenes look other, and one scene can be sent anew."""

import random
from base64 import b64encode
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

from tests.town import Json


def scene(seed: int) -> Image.Image:
    """A street of its own."""
    chance = random.Random(seed)
    picture = Image.new("RGB", (800, 600), tuple(chance.randrange(60, 200) for _ in range(3)))
    pen = ImageDraw.Draw(picture)
    for _ in range(60):
        left, top, wide, high = (chance.randrange(most) for most in (760, 560, 300, 240))
        colour = tuple(chance.randrange(256) for _ in range(3))
        (pen.ellipse if chance.random() < 0.5 else pen.rectangle)((left, top, left + wide, top + high), fill=colour)
    return picture.filter(ImageFilter.GaussianBlur(6))


def cut(picture: Image.Image, part: float) -> Image.Image:
    """The same without a narrow edge on each side."""
    wide, high = picture.size
    return picture.crop((int(wide * part), int(high * part), wide - int(wide * part), high - int(high * part)))


def file_of(picture: Image.Image, quality: int = 85, side: int = 800) -> Json:
    """As it is sent: compressed, and no larger than that."""
    sent = picture.copy()
    sent.thumbnail((side, side))
    data = BytesIO()
    sent.save(data, "JPEG", quality=quality)
    return {"base64": b64encode(data.getvalue()).decode(), "name": "IMG.jpg", "mime": "image/jpeg"}
