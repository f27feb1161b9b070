"""How a text is heard: half-width, dialect as standard language, often mistaken characters as one."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from bot.cases.matter import Word

INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\ufe0f]")
WEIGHT = re.compile("[1-9]")
SIGNS = re.compile(r"[\s:+<>]")


class Hearing:
    """The words and characters that sound or mean the same, as the catalogue file lists them.

    `alike`: 燃然 (mistaken for each other); `same`: 里头 means 里面; `classes`: <老人> stands for 爷爷, 奶奶 ...
    """

    def __init__(
        self, alike: Iterable[str], same: Iterable[tuple[str, str]], classes: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.alike = str.maketrans({other: group[0] for group in alike for other in group[1:]})
        self.same = dict(same)
        self.spoken = re.compile("|".join(sorted(map(re.escape, self.same), key=len, reverse=True)) or "(?!)")
        self.classes = {name: tuple(map(self.hear, words)) for name, words in classes.items()}

    def hear(self, text: str) -> str:
        """The text as it is compared; written words and spoken ones come out the same."""
        plain = INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).lower()
        plain = re.sub(r"[^\S\n]+", " ", plain).translate(self.alike)
        return self.spoken.sub(lambda said: self.same[said[0]], plain)

    def word(self, spelling: str) -> Word:
        """A keyword from the file: 路灯, 路灯:3 (weight 1 to 9), 煤气+味 (both, in this order), <老人>+摔 (a class).

        Without a weight, longer words weigh more. Raises ValueError if it is none of these, KeyError for no class.
        """
        body, colon, weight = spelling.partition(":")
        parts = tuple(self.part(part) for part in body.split("+"))
        unfit = any(not each or SIGNS.search(each) for part in parts for each in part)
        if unfit or (colon and not WEIGHT.fullmatch(weight)):
            raise ValueError(spelling)
        length = sum(max(map(len, part), default=0) for part in parts)
        return Word(body, parts, float(weight) if colon else float(min(length, 4)))

    def part(self, part: str) -> tuple[str, ...]:
        """The words that one part of a keyword stands for."""
        if part.startswith("<") and part.endswith(">"):
            return self.classes[part[1:-1]]
        return (self.hear(part),)
