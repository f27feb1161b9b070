"""The words of a catalogue, found quickly in a text."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

from bot.cases.matter import Matter, Word

Heard = TypeVar("Heard")


@dataclass(frozen=True, slots=True)
class Sound:
    """A word and the matters it speaks for."""

    word: Word
    matters: tuple[int, ...]
    weight: float


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


def longest(found: list[tuple[int, int, Sound]]) -> list[Sound]:
    """The words that do not stand wholly inside a longer one that was said too."""
    kept: list[tuple[int, int, Sound]] = []
    for start, end, sound in sorted(found, key=lambda hit: (hit[0] - hit[1], -hit[2].weight)):
        if not any(start >= first and end <= last for first, last, _ in kept):
            kept.append((start, end, sound))
    return [sound for _, _, sound in kept]
