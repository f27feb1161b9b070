"""Guessing the matter of a text and hearing danger in it: keywords, pairs of characters, plain guards; no model."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import TypeVar

from bot.cases.case import Colour
from bot.cases.guards import present
from bot.cases.hearing import Hearing
from bot.cases.matter import Found, Matter, Word

Heard = TypeVar("Heard")

HEARD = 600
"""How many characters of a text are looked at for suggestions; danger is heard in all of it."""
ENOUGH = 2.0
"""Below this score nothing is suggested: half a keyword is no reason."""
PAIRS_WEIGHT = 1.2
"""What pairs of characters weigh beside keywords: they settle ties and catch misspelt words."""
DANGER_WEIGHT = 6.0
"""What a danger that is real and present adds to its matter."""


def pairs(text: str) -> set[str]:
    """All pairs of neighbouring characters, without signs and numbers: a house is not alike a hotline."""
    found = {text[at : at + 2] for at in range(len(text) - 1)}
    return {pair for pair in found if pair.isalnum() and not pair.isdigit()}


@dataclass(frozen=True, slots=True)
class Guess:
    """A matter that the text may be about, how strongly, and the words that say so."""

    matter: Matter
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Danger:
    """Somebody is in danger now: the words that said so, the matter, whom to call."""

    words: str
    matter: Matter
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sound:
    """A word and the matters it speaks for."""

    word: Word
    matters: tuple[int, ...]
    weight: float


class Understanding:
    """What a catalogue's words say about a text. Built once; a text of ordinary length takes about a millisecond."""

    def __init__(self, matters: Sequence[Matter], hearing: Hearing) -> None:
        self.matters = tuple(matters)
        self.hearing = hearing
        self.sounds = by_beginning((sound.word, sound) for sound in sounds(self.matters))
        self.alarms = by_beginning((word, (word, matter)) for matter in matters for word in matter.danger_words)
        self.pair_rows = pair_rows(self.matters, hearing)
        rows = len({matter.row for matter in matters})
        self.pair_weight = {pair: log(1 + rows / len(of)) for pair, of in self.pair_rows.items()}

    def guesses(self, text: str, limit: int) -> tuple[Guess, ...]:
        """The likeliest matters, best first, at most one of each row; empty if nothing fits."""
        plain = self.hearing.hear(text[:HEARD])
        said = self.keywords(plain)
        alike = self.likeness(plain)
        danger = self.danger(text[:HEARD])
        best: dict[str, Guess] = {}
        for at, matter in enumerate(self.matters):
            words = said.get(at, [])
            score = sum(sound.weight for sound in words) + alike.get(matter.row, 0.0)
            score += DANGER_WEIGHT if danger and danger.matter is matter else 0.0
            known = best.get(matter.row)
            if score >= ENOUGH and (known is None or score > known.score):
                best[matter.row] = Guess(matter, score, tuple(sound.word.text for sound in words))
        return tuple(sorted(best.values(), key=lambda guess: -guess.score)[:limit])

    def keywords(self, plain: str) -> dict[int, list[Sound]]:
        """The words of each matter that were said; a word inside a longer one of the same matter does not count."""
        spans: dict[int, list[tuple[int, int, Sound]]] = defaultdict(list)
        for sound in begun(self.sounds, plain):
            if place := next(sound.word.places(plain), None):
                for at in sound.matters:
                    spans[at].append((place.start, place.end, sound))
        return {at: longest(found) for at, found in spans.items()}

    def likeness(self, plain: str) -> dict[str, float]:
        """How alike the text and the words of each row are, by shared pairs of characters, rare pairs first."""
        said = pairs(plain)
        total: dict[str, float] = defaultdict(float)
        for pair in said:
            for row in self.pair_rows.get(pair, ()):
                total[row] += self.pair_weight[pair]
        return {row: PAIRS_WEIGHT * sum_ / sqrt(4 + len(said)) for row, sum_ in total.items()}

    def danger(self, text: str) -> Danger | None:
        """The worst danger of which the text speaks as real and present; None if there is none."""
        plain = self.hearing.hear(text)
        found = [
            (
                matter.colour is Colour.RED,
                len(word.text),
                Danger(plain[place.start : place.end], matter, numbers(matter)),
            )
            for word, matter in begun(self.alarms, plain)
            for place in word.places(plain)
            if present(plain, place, matter.danger_lasts) and not self.harmless(plain, place)
        ]
        return max(found, key=lambda danger: danger[:2])[2] if found else None

    def harmless(self, plain: str, place: Found) -> bool:
        """Whether the danger word is only a piece of a longer, harmless one: 落水 in 落水管."""
        return any(
            longer.start <= place.start and place.end <= longer.end
            for sound in begun(self.sounds, plain)
            if len(sound.word.parts) == 1 and all(calm(self.matters[at]) for at in sound.matters)
            for longer in sound.word.places(plain)
        )


def calm(matter: Matter) -> bool:
    """Whether a matter has nothing to do with danger."""
    return matter.colour is not Colour.RED and not matter.danger_words


def numbers(matter: Matter) -> tuple[str, ...]:
    """The numbers to call for a matter."""
    return matter.advice.numbers if matter.advice else ()


def sounds(matters: Sequence[Matter]) -> Iterator[Sound]:
    """Each word once, with all its matters; a word of many rows says less about each."""
    speakers: dict[Word, list[int]] = defaultdict(list)
    for at, matter in enumerate(matters):
        for word in dict.fromkeys((*matter.words, *matter.danger_words)):
            speakers[word].append(at)
    for word, of in speakers.items():
        rows = len({matters[at].row for at in of})
        yield Sound(word, tuple(of), word.weight / sqrt(rows))


def by_beginning(words: Iterable[tuple[Word, Heard]]) -> dict[str, list[Heard]]:
    """What belongs to each word, found by its first two characters, so that a text looks only at words it may hold."""
    found: dict[str, list[Heard]] = defaultdict(list)
    for word, what in words:
        for beginning in {each[:2] for each in word.parts[0]}:
            found[beginning].append(what)
    return dict(found)


def begun(known: dict[str, list[Heard]], plain: str) -> Iterator[Heard]:
    """What belongs to the words whose beginning stands in the text."""
    for beginning in {plain[at : at + long] for at in range(len(plain)) for long in (1, 2)}:
        yield from known.get(beginning, ())


def pair_rows(matters: Iterable[Matter], hearing: Hearing) -> dict[str, frozenset[str]]:
    """In the words of which rows each pair of characters stands."""
    rows: dict[str, set[str]] = defaultdict(set)
    for matter in matters:
        words = (*matter.words, *matter.danger_words)
        parts = [each for word in words for part in word.parts for each in part if len(part) == 1]
        for pair in {pair for part in (*parts, hearing.hear(matter.name)) for pair in pairs(part)}:
            rows[pair].add(matter.row)
    return {pair: frozenset(of) for pair, of in rows.items()}


def longest(found: list[tuple[int, int, Sound]]) -> list[Sound]:
    """The words that do not stand wholly inside a longer one that was said too."""
    kept: list[tuple[int, int, Sound]] = []
    for start, end, sound in sorted(found, key=lambda hit: (hit[0] - hit[1], -hit[2].weight)):
        if not any(start >= first and end <= last for first, last, _ in kept):
            kept.append((start, end, sound))
    return [sound for _, _, sound in kept]
