"""Draws a place of the grid: JSON on standard input, a PNG on standard output. A process of its own.

Facts: font, face, title, place, view (west, south, east, north in degrees), areas (each with kind: own, below, beside;
parts: a list of polygons, each a list of rings of [longitude, latitude]; name), dots (lists of longitude, latitude and
kind: red, yellow or none), legend (pairs of kind and words), foot (lines).
"""

import json
import math
import sys
from typing import Any

from PIL import Image, ImageDraw, ImageFont

SIZE, MARGIN, TOP = 1080, 36, 150
ROW = 46
FINE = 2
"""Drawn so many times as large and made smaller, so that lines are smooth."""

PAPER, INK, GREY = "#ffffff", "#1c1c1c", "#8a8a8a"
FILLS = {"beside": "#f1f1ee", "own": "#e3f2e6", "below": "#d3ead9"}
LINES = {"beside": ("#c4c4bd", 2), "own": ("#16703f", 6), "below": ("#5aa777", 2)}
DOTS = {"red": "#d92b2b", "yellow": "#e9a400", "none": "#2b6cb0"}
ORDER = ("beside", "own", "below")


class Map:
    """A plane around the place, north above."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.facts = facts
        west, south, east, north = facts["view"]
        self.west, self.north = west, north
        self.narrow = math.cos(math.radians((south + north) / 2))
        wide, high = (east - west) * self.narrow, north - south
        self.scale = (SIZE - 2 * MARGIN) / max(wide, high)
        self.left = MARGIN + (SIZE - 2 * MARGIN - wide * self.scale) / 2
        self.height = TOP + int(high * self.scale) + 24 + ROW * (1 + len(facts["foot"])) + MARGIN
        self.image = Image.new("RGB", (SIZE * FINE, self.height * FINE), PAPER)
        self.draw = ImageDraw.Draw(self.image)

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point is on the paper."""
        x = self.left + (longitude - self.west) * self.narrow * self.scale
        return x * FINE, (TOP + (self.north - latitude) * self.scale) * FINE

    def face(self, size: int) -> ImageFont.FreeTypeFont:
        """Our font."""
        return ImageFont.truetype(self.facts["font"], size * FINE, index=self.facts["face"])

    def words(self, at: tuple[float, float], text: str, size: int, colour: str = INK, anchor: str = "la") -> None:
        """One line, with a white edge so that it can be read on anything."""
        self.draw.text(
            (at[0], at[1]), text, fill=colour, font=self.face(size), anchor=anchor, stroke_width=4, stroke_fill=PAPER
        )

    def area(self, area: dict[str, Any]) -> None:
        """Its fill, and its line over those drawn before."""
        colour, width = LINES[area["kind"]]
        for part in area["parts"]:
            rings = [[self.at(*point) for point in ring] for ring in part]
            self.draw.polygon(rings[0], fill=FILLS[area["kind"]])
            for hole in rings[1:]:
                self.draw.polygon(hole, fill=PAPER)
            for ring in rings:
                self.draw.line([*ring, ring[0]], fill=colour, width=width * FINE, joint="curve")

    def name(self, area: dict[str, Any]) -> None:
        """Its name in the middle, smaller where there is little room; what has none at all goes without."""
        ring = [self.at(*point) for point in max(area["parts"], key=lambda part: len(part[0]))[0]]
        xs, ys = [x for x, _ in ring], [y for _, y in ring]
        room, middle = max(xs) - min(xs), ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
        for size in (34, 28, 22, 17):
            wide = self.draw.textlength(area["name"], self.face(size))
            if wide < room and size * FINE < max(ys) - min(ys):
                self.words(middle, area["name"], size, GREY if area["kind"] == "beside" else INK, "mm")
                return

    def dot(self, longitude: float, latitude: float, kind: str, size: float = 9) -> None:
        """An open case."""
        self.spot(self.at(longitude, latitude), kind, size * FINE)

    def spot(self, middle: tuple[float, float], kind: str, size: float) -> None:
        """A round mark with a white edge."""
        x, y = middle
        self.draw.ellipse((x - size, y - size, x + size, y + size), fill=DOTS[kind], outline=PAPER, width=2 * FINE)

    def frame(self) -> None:
        """White around the view, then title and what the marks mean."""
        bottom = self.height - MARGIN - ROW * (1 + len(self.facts["foot"])) - 12
        wide = SIZE * FINE
        self.draw.rectangle((0, 0, wide, (TOP - 10) * FINE), fill=PAPER)
        self.draw.rectangle((0, (bottom + 4) * FINE, wide, self.height * FINE), fill=PAPER)
        for left in (0, (SIZE - MARGIN + 6) * FINE):
            self.draw.rectangle((left, 0, left + (MARGIN - 6) * FINE, self.height * FINE), fill=PAPER)
        self.words((SIZE * FINE / 2, 30 * FINE), self.facts["title"], 44, anchor="ma")
        self.words((SIZE * FINE / 2, 92 * FINE), self.facts["place"], 26, GREY, anchor="ma")
        left = float(MARGIN * FINE)
        for kind, words in self.facts["legend"]:
            self.spot((left + 12 * FINE, (bottom + 30) * FINE), kind, 10 * FINE)
            self.words((left + 30 * FINE, (bottom + 14) * FINE), words, 24)
            left += self.draw.textlength(words, self.face(24)) + 70 * FINE
        for at, line in enumerate(self.facts["foot"], 1):
            self.words((MARGIN * FINE, (bottom + 14 + at * ROW) * FINE), line, 26)


def draw(facts: dict[str, Any]) -> Image.Image:
    """The whole picture: what is beside below what is drawn for, names above all areas, cases above all names."""
    drawn = Map(facts)
    areas = sorted(facts["areas"], key=lambda area: ORDER.index(area["kind"]))
    for area in areas:
        drawn.area(area)
    inside = any(area["kind"] == "below" for area in areas)
    for area in areas:
        if area["kind"] != "own" or not inside:
            drawn.name(area)
    for longitude, latitude, kind in facts["dots"]:
        drawn.dot(longitude, latitude, kind)
    drawn.frame()
    return drawn.image.resize((SIZE, drawn.height), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    draw(json.load(sys.stdin.buffer)).save(sys.stdout.buffer, "PNG", optimize=True)
