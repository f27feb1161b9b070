"""Bars with lines to compare them with, as a PNG, in our own letters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT = Path(__file__).parents[1] / "texts" / "fonts" / "YashuSansSC.otf"
WIDTH, MARGIN, TOP, ROW_H, BAR_H, FOOT, WORDS_H = 1100, 40, 110, 46, 26, 24, 26
NAMES_W, WORDS_W = 360, 110
WHITE, INK, GREY, GOOD, LINE = "#ffffff", "#1c1c1c", "#8a8a8a", "#1b7f3b", "#c0392b"


@dataclass(frozen=True, kw_only=True)
class Bars:
    """What is drawn: values by name, values to compare with by their words, and whose bars stand out."""

    title: str
    unit: str
    values: Mapping[str, float]
    lines: Mapping[str, float] = field(default_factory=dict[str, float])
    ours: Sequence[str] = ()


def draw(bars: Bars) -> Image.Image:
    """A row for each value, and a line through all rows for each value to compare with."""
    image = Image.new("RGB", (WIDTH, TOP + ROW_H * len(bars.values) + FOOT + WORDS_H * len(bars.lines)), WHITE)
    pen = ImageDraw.Draw(image)
    pen.text((MARGIN, 40), bars.title, fill=INK, font=_letters(30), anchor="lm")
    pen.text((MARGIN, 80), bars.unit, fill=GREY, font=_letters(20), anchor="lm")
    left, room = MARGIN + NAMES_W, WIDTH - 2 * MARGIN - NAMES_W - WORDS_W
    scale = room / (max([*bars.values.values(), *bars.lines.values()]) or 1)
    for row, (name, value) in enumerate(bars.values.items()):
        middle = TOP + ROW_H * row + ROW_H / 2
        pen.text((MARGIN, middle), _cut(pen, name), fill=INK, font=_letters(22), anchor="lm")
        end = left + max(2.0, value * scale)
        colour = GOOD if name in bars.ours else GREY
        pen.rectangle((left, middle - BAR_H / 2, end, middle + BAR_H / 2), fill=colour)
        pen.text(
            (end + 10, middle),
            f"{value:,.0f}" if value >= 100 else f"{value:.2f}",
            fill=INK,
            font=_letters(20),
            anchor="lm",
        )
    bottom = TOP + ROW_H * len(bars.values)
    for row, (words, value) in enumerate(sorted(bars.lines.items(), key=lambda line: -line[1])):
        at, foot = left + value * scale, bottom + 8 + WORDS_H * row
        pen.line((at, TOP, at, foot + 10), fill=LINE, width=2)
        pen.text((at + 8, foot + 6), words, fill=LINE, font=_letters(18), anchor="lm")
    return image


def _cut(pen: ImageDraw.ImageDraw, name: str) -> str:
    while pen.textlength(name, _letters(22)) > NAMES_W - 16:
        name = name[:-2] + "…"
    return name


def _letters(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)
