"""Draws bars, a row for each community or unit: JSON on standard input, a PNG on standard output. A process of its own.

Facts: font, face, title, span, legend (the words of the two bars), note, bars (a list of [name, whole, part, words]).
"""

import json
import sys
from typing import Any

from PIL import Image, ImageDraw, ImageFont

WIDTH, MARGIN, TOP, ROW_H, BAR_H = 1000, 44, 216, 96, 26
NAMES_W = 270
WHITE, INK, GREY, LINE = "#ffffff", "#1c1c1c", "#7a7a7a", "#e3e3e3"
WHOLE, PART = "#b9d7c4", "#1b7f3b"
WORDS_W = 210


class Page:
    """A white page with our font in several sizes."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.facts = facts
        self.bars: list[tuple[str, int, int, str]] = facts["bars"]
        self.image = Image.new("RGB", (WIDTH, TOP + ROW_H * len(self.bars) + 110), WHITE)
        self.draw = ImageDraw.Draw(self.image)
        self.most = max([many for _, *pair, _ in self.bars for many in pair] + [1])

    def face(self, size: int) -> ImageFont.FreeTypeFont:
        """Our font in a size."""
        return ImageFont.truetype(self.facts["font"], size, index=self.facts["face"])

    def words(self, at: tuple[float, float], text: str, size: int, colour: str = INK, width: int = WIDTH) -> None:
        """One line, smaller if it would be too wide, cut where it still is."""
        while size > 20 and self.draw.textlength(text, self.face(size)) > width:
            size -= 2
        while len(text) > 1 and self.draw.textlength(text, self.face(size)) > width:
            text = text[:-2] + "…"
        self.draw.text(at, text, fill=colour, font=self.face(size), anchor="lm")

    def head(self) -> None:
        """Title, days, and what the colours mean."""
        self.words((MARGIN, 62), self.facts["title"], 44, width=WIDTH - 2 * MARGIN)
        self.words((MARGIN, 118), self.facts["span"], 28, GREY)
        left = float(MARGIN)
        for colour, words in zip((WHOLE, PART), self.facts["legend"], strict=True):
            self.draw.rectangle((left, 158, left + 30, 184), fill=colour)
            self.words((left + 42, 171), words, 28)
            left += 42 + self.draw.textlength(words, self.face(28)) + 48

    def row(self, number: int, name: str, whole: int, part: int, words: str) -> None:
        """A name, two bars over each other, and the numbers behind them."""
        top = TOP + number * ROW_H
        self.draw.line((MARGIN, top, WIDTH - MARGIN, top), fill=LINE, width=2)
        self.words((MARGIN, top + ROW_H / 2), name, 30, width=NAMES_W - 20)
        left, room = MARGIN + NAMES_W, WIDTH - 2 * MARGIN - NAMES_W - WORDS_W
        for at, (many, colour) in enumerate(((whole, WHOLE), (part, PART))):
            y = top + 18 + at * (BAR_H + 8)
            self.draw.rectangle((left, y, left + max(2.0, room * many / self.most), y + BAR_H), fill=colour)
        self.words((WIDTH - MARGIN - WORDS_W + 16, top + ROW_H / 2), words, 28, width=WORDS_W - 16)

    def foot(self) -> None:
        """What the numbers mean."""
        top = TOP + ROW_H * len(self.bars)
        self.draw.line((MARGIN, top, WIDTH - MARGIN, top), fill=LINE, width=2)
        self.words((MARGIN, top + 52), self.facts["note"], 26, GREY, width=WIDTH - 2 * MARGIN)


def draw(facts: dict[str, Any]) -> Image.Image:
    """The whole page."""
    page = Page(facts)
    page.head()
    for number, (name, whole, part, words) in enumerate(page.bars):
        page.row(number, name, whole, part, words)
    page.foot()
    return page.image


if __name__ == "__main__":
    draw(json.load(sys.stdin.buffer)).save(sys.stdout.buffer, "PNG", optimize=True)
