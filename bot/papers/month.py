"""Draws one month of somebody's patrols: JSON on standard input, a PNG on standard output. A process of its own.

Facts: font, face, title, place, weekdays (7 words, Monday first), first (weekday of the 1st, 0 Monday), days (a list of
[number, mark, cases]; mark is done, missed, free or none), legend (pairs of mark and words), foot (lines).
"""

import json
import sys
from typing import Any

from PIL import Image, ImageDraw, ImageFont

WIDTH, MARGIN, CELL_H = 980, 40, 104
CELL_W = (WIDTH - 2 * MARGIN) // 7
TOP = 200
WHITE, INK, GREY, LINE = "#ffffff", "#1c1c1c", "#8a8a8a", "#d9d9d9"
FILLS = {"done": "#d8f0dd", "missed": "#fbdcd9", "free": "#f2f2f2", "none": WHITE}
MARKS = {"done": "#1b7f3b", "missed": "#c0392b"}
WEEKEND = 5


class Sheet:
    """A white page with our font in several sizes."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.facts = facts
        self.weeks = (facts["first"] + len(facts["days"]) + 6) // 7
        height = TOP + self.weeks * CELL_H + 60 + 44 * len(facts["foot"]) + MARGIN
        self.image = Image.new("RGB", (WIDTH, height), WHITE)
        self.draw = ImageDraw.Draw(self.image)

    def words(self, at: tuple[float, float], text: str, size: int, colour: str = INK, anchor: str = "la") -> None:
        """One line of text."""
        face = ImageFont.truetype(self.facts["font"], size, index=self.facts["face"])
        self.draw.text(at, text, fill=colour, font=face, anchor=anchor)

    def head(self) -> None:
        """Title, place and the names of the weekdays."""
        self.words((WIDTH / 2, 38), self.facts["title"], 44, anchor="ma")
        self.words((WIDTH / 2, 104), self.facts["place"], 28, GREY, anchor="ma")
        for at, name in enumerate(self.facts["weekdays"]):
            colour = GREY if at >= WEEKEND else INK
            self.words((MARGIN + CELL_W * (at + 0.5), TOP - 40), name, 26, colour, anchor="ma")

    def day(self, number: int, mark: str, cases: int) -> None:
        """One day: its number, a tick or a cross, and how many defects became cases."""
        week, weekday = divmod(self.facts["first"] + number - 1, 7)
        left, top = MARGIN + weekday * CELL_W, TOP + week * CELL_H
        self.draw.rectangle((left, top, left + CELL_W, top + CELL_H), fill=FILLS[mark], outline=LINE, width=2)
        self.words((left + 12, top + 8), str(number), 24, INK if mark in MARKS else GREY)
        middle = (left + CELL_W / 2, top + CELL_H / 2 + 10)
        if mark in MARKS:
            self.sign(mark, middle)
        if cases:
            self.words((left + CELL_W - 12, top + 8), f"!{cases}", 24, MARKS["missed"], anchor="ra")

    def sign(self, mark: str, middle: tuple[float, float], size: float = 22) -> None:
        """A tick or a cross, drawn and not written: no font need have them."""
        x, y = middle
        if mark == "done":
            corners = [(x - size, y), (x - size / 4, y + size * 0.8), (x + size, y - size * 0.8)]
            self.draw.line(corners, fill=MARKS[mark], width=7, joint="curve")
        else:
            for turn in (1, -1):
                self.draw.line(
                    (x - size * 0.7, y - turn * size * 0.7, x + size * 0.7, y + turn * size * 0.7),
                    fill=MARKS[mark],
                    width=7,
                )

    def foot(self) -> None:
        """What the signs mean, and the sums."""
        top, left = TOP + self.weeks * CELL_H + 22, float(MARGIN)
        for mark, words in self.facts["legend"]:
            self.draw.rectangle((left, top, left + 30, top + 30), fill=FILLS[mark], outline=LINE)
            if mark in MARKS:
                self.sign(mark, (left + 15, top + 15), 9)
            self.words((left + 42, top - 3), words, 26)
            left += (
                42
                + self.draw.textlength(words, ImageFont.truetype(self.facts["font"], 26, index=self.facts["face"]))
                + 40
            )
        for at, line in enumerate(self.facts["foot"]):
            self.words((MARGIN, top + 50 + at * 44), line, 30)


def draw(facts: dict[str, Any]) -> Image.Image:
    """The whole page."""
    sheet = Sheet(facts)
    sheet.head()
    for number, mark, cases in facts["days"]:
        sheet.day(number, mark, cases)
    sheet.foot()
    return sheet.image


if __name__ == "__main__":
    draw(json.load(sys.stdin.buffer)).save(sys.stdout.buffer, "PNG", optimize=True)
