"""Saying a phrase in a language: translation, safe facts, times as people read them."""

import re
from datetime import date, datetime
from functools import cache
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

LANGUAGES = ("zh", "en")
LOCALE = Path(__file__).parent / "locale"
ZONE = ZoneInfo("Asia/Shanghai")
JOINER = "\u2060"
"""Invisible; keeps @name and /command in somebody's words from becoming live."""


TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Signs that turn the direction of writing by force: with them a line can be made to read as another."""


def calm(text: str) -> str:
    """The same words with every @name, /command and #tag made lifeless; nothing else changes to the eye."""
    return re.sub(r"(?<![0-9A-Za-z])([@/#])(?=\w)", rf"\1{JOINER}", text)


def faithful(text: str) -> str:
    """Somebody's words for an HTML message: every character is shown, none is read as a mark, mention or command."""
    return escape(calm(text.translate(TURNS)), quote=False)


def units(text: str) -> int:
    """Length as Telegram counts it: in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _fits(text: str, most: int) -> bool:
    return len(text) <= most and (len(text) * 3 <= most or units(calm(text)) <= most)


def cut(text: str, most: int) -> str:
    """The beginning that takes at most `most` UTF-16 units once it is shown, with a sign that there is more."""
    if _fits(text, most):
        return text
    fits, too_long = 0, min(len(text), most)
    while fits < too_long - 1:
        middle = (fits + too_long) // 2
        if units(calm(text[:middle])) < most:
            fits = middle
        else:
            too_long = middle
    return text[:fits] + "…"


def rest(text: str, most: int) -> str:
    """What `cut` leaves out."""
    return text[len(cut(text, most)) - 1 :] if not _fits(text, most) else ""


def parts(text: str, most: int) -> list[str]:
    """The whole text in pieces of at most `most` UTF-16 units as shown, broken after a sentence where one ends near."""
    found: list[str] = []
    while not _fits(text, most):
        fits = len(cut(text, most)) - 1
        near = max((text.rfind(sign, fits * 2 // 3, fits) for sign in "\n。！？；， "), default=-1) + 1
        found.append(text[: near or fits])
        text = text[near or fits :]
    return [*found, text] if text else found


class Phrases:
    """`phrases(msgid, fact=...)` says a phrase; every fact is made safe, `raw_*` facts are texts made here already."""

    def __init__(self, language: str, catalogue: dict[str, str]) -> None:
        self.language = language
        self._catalogue = catalogue

    def __call__(self, phrase: str, **facts: object) -> str:
        said = self._catalogue.get(phrase) or phrase
        if not facts:
            return said
        return said.format(**{name: self._safe(name, fact) for name, fact in facts.items()})

    def _safe(self, name: str, fact: object) -> str:
        if isinstance(fact, datetime):
            return self.moment(fact)
        if isinstance(fact, date):
            return self.day(fact)
        return str(fact) if name.startswith("raw_") else faithful(str(fact))

    def moment(self, at: datetime) -> str:
        """A time as it is read aloud: 11月21日 14:30."""
        local = at.astimezone(ZONE)
        return f"{local:%-m月%-d日 %H:%M}" if self.language == "zh" else f"{local:%-d %b %H:%M}"

    def day(self, day: date) -> str:
        """A day as it is read aloud: 11月21日."""
        return f"{day:%-m月%-d日}" if self.language == "zh" else f"{day:%-d %b}"


@cache
def phrases(language: str) -> Phrases:
    """The phrases of a language. Its .po file is read once, when it is first spoken."""
    if language == "zh":
        return Phrases("zh", {})
    from babel.messages.pofile import read_po  # only where somebody speaks another language

    with (LOCALE / f"{language}.po").open("rb") as file:
        known = read_po(file, locale=language)
    return Phrases(language, {str(entry.id): str(entry.string) for entry in known if entry.id and entry.string})
