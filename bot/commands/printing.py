"""What is printed: sheets of cards to cut out, and posters. A4, one font, codes that a telephone reads from a metre."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import segno
from fpdf import FPDF
from PIL import Image, ImageOps

from bot.texts import Texts

FONT = Path(__file__).parents[1] / "texts" / "fonts" / "YashuSansSC.otf"
WIDTH, HEIGHT = 210.0, 297.0
COLUMNS, ROWS = 2, 5
CARD_W, CARD_H = 92.0, 54.0
LEFT, TOP = (WIDTH - COLUMNS * CARD_W) / 2, 12.0
PER_PAGE = COLUMNS * ROWS
CODE = 40.0
GREEN, BLACK, GREY, RED = (22, 110, 70), (20, 20, 20), (110, 110, 110), (190, 30, 30)
MASK = 3
"""Any of the eight patterns may be laid over a code; trying all of them for the nicest takes most of the time."""

BOLD = 0.3
"""The one weight of the font is made bolder by drawing its outline, so many points wide."""

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Card:
    """One card: a small head, the name in large, lines below it (what does not fit is made smaller), and the link."""

    head: str
    name: str
    lines: Sequence[str]
    small: Sequence[str]
    link: str


class Paper(FPDF):
    """A4 paper, millimetres, our font."""

    def __init__(self) -> None:
        super().__init__()
        self.set_auto_page_break(auto=False)
        self.set_image_filter("FlateDecode")
        self.add_font("yashu", fname=FONT)
        self.set_creator("yashu")

    def words(self, x: float, y: float, text: str, size: float, colour: Colour = BLACK, *, bold: bool = False) -> None:
        """One line whose upper left corner is there."""
        self.set_font("yashu", size=size)
        self.set_text_color(*colour)
        if not bold:
            self.text(x, y + size * 0.32, text)
            return
        self.set_draw_color(*colour)
        with self.local_context(text_mode="FILL_STROKE", line_width=BOLD * size / 40):
            self.text(x, y + size * 0.32, text)

    def fitted(self, text: str, width: float, size: float, least: float) -> float:
        """The largest size up to `size` with which a line is no wider than `width`."""
        self.set_font("yashu", size=size)
        return max(least, size * min(1.0, width / max(self.get_string_width(text), 0.1)))

    def centred(self, y: float, text: str, size: float, colour: Colour = BLACK, *, bold: bool = False) -> None:
        """One line in the middle of the page, smaller if it would be too wide."""
        size = self.fitted(text, WIDTH - 30, size, 9)
        self.set_font("yashu", size=size)
        self.words((WIDTH - self.get_string_width(text)) / 2, y, text, size, colour, bold=bold)

    def folded(self, text: str, width: float, size: float, most: int) -> list[str]:
        """A text in lines no wider than `width`; what is over after `most` lines is left out."""
        self.set_font("yashu", size=size)
        if self.get_string_width(text) <= width:
            return [text]
        lines, line = list[str](), ""
        for sign in text:
            if line and self.get_string_width(line + sign) > width and sign not in "，。、）":
                lines, line = [*lines, line], ""
            line += sign
        return [*lines, line][:most] if line else lines[:most]

    def code(self, x: float, y: float, size: float, link: str) -> None:
        """The code of a link."""
        dark = segno.make(link, error="q", mask=MASK).matrix
        squares = b"".join(bytes(0 if one else 255 for one in row) for row in dark)
        drawn = ImageOps.expand(Image.frombytes("L", (len(dark), len(dark)), squares), border=4, fill=255)
        scale = max(3, int(size / 5))
        self.image(
            drawn.resize((drawn.width * scale, drawn.height * scale), Image.Resampling.NEAREST), x, y, size, size
        )


def sheet(cards: Sequence[Card], foot: Callable[[int, int], str], told: Callable[[int], None]) -> bytes:
    """Cards to cut out, ten on a page. `foot` makes the last line of page x of y; `told` hears of each page's cards."""
    paper, pages = Paper(), -(-len(cards) // PER_PAGE)
    for page in range(pages):
        paper.add_page()
        some = cards[page * PER_PAGE : (page + 1) * PER_PAGE]
        _cut_lines(paper)
        for at, card in enumerate(some):
            _card(paper, LEFT + at % COLUMNS * CARD_W, TOP + at // COLUMNS * CARD_H, card)
        paper.centred(HEIGHT - 11, foot(page + 1, pages), 8, GREY)
        told(len(some))
    return bytes(paper.output())


def _cut_lines(paper: Paper) -> None:
    paper.set_draw_color(*GREY)
    paper.set_line_width(0.15)
    paper.set_dash_pattern(dash=1.5, gap=1.5)
    for column in range(COLUMNS + 1):
        paper.line(LEFT + column * CARD_W, TOP, LEFT + column * CARD_W, TOP + ROWS * CARD_H)
    for row in range(ROWS + 1):
        paper.line(LEFT, TOP + row * CARD_H, LEFT + COLUMNS * CARD_W, TOP + row * CARD_H)
    paper.set_dash_pattern()


def _card(paper: Paper, x: float, y: float, card: Card) -> None:
    paper.code(x + 3, y + (CARD_H - CODE) / 2, CODE, card.link)
    left, width, at = x + CODE + 6, CARD_W - CODE - 9, y + 6
    paper.words(left, at, card.head, paper.fitted(card.head, width, 9, 6), GREEN)
    at += 5.5
    size = paper.fitted(card.name, width, 19, 8)
    paper.words(left, at, card.name, size, BLACK, bold=True)
    at += 9.5
    for line in card.lines:
        for part in paper.folded(line, width, 9.5, 2):
            paper.words(left, at, part, 9.5)
            at += 4.6
    at = max(at + 1, y + CARD_H - 4 - 3.6 * sum(len(paper.folded(line, width, 7.5, 2)) for line in card.small))
    for line in card.small:
        for part in paper.folded(line, width, 7.5, 2):
            paper.words(left, at, part, 7.5, GREY)
            at += 3.6


def poster(texts: Texts, place: str, people: Sequence[tuple[str, str]], link: str) -> bytes:
    """An A4 poster for the wall. `people` are (name and role, hours and telephone) of those responsible."""
    paper = Paper()
    paper.add_page()
    paper.set_fill_color(*GREEN)
    paper.rect(0, 0, WIDTH, 62, style="F")
    paper.centred(14, texts.poster_title(), 66, (255, 255, 255), bold=True)
    paper.centred(43, place, 26, (255, 255, 255))
    size = 108.0
    paper.code((WIDTH - size) / 2, 66, size, link)
    paper.centred(174, texts.poster_scan(), 27, GREEN, bold=True)
    y = 192.0
    for line in texts.poster_how():
        paper.words(45, y, line, paper.fitted(line, WIDTH - 60, 17, 9))
        y += 9
    y += 4
    for name, more in people[:3]:
        paper.centred(y, name, 20, BLACK, bold=True)
        paper.centred(y + 9, more, 13, GREY)
        y += 19 if more else 12
    paper.set_draw_color(*RED)
    paper.set_line_width(0.6)
    paper.line(20, HEIGHT - 22, WIDTH - 20, HEIGHT - 22)
    paper.centred(HEIGHT - 18, texts.poster_danger(), 15, RED)
    return bytes(paper.output())
