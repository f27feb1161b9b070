"""Which words make a report confidential, whatever matter was tapped: they tell, or name, what no group may read."""

import re
from collections.abc import Iterator

from bot.cases.case import Visibility
from bot.cases.catalogue import Catalogue
from bot.cases.matter import Matter

LIKELY = 3
"""So many guesses are looked at: those that the conversation would offer."""
CLOSE = 1.0
"""A secret matter that is no more than this much less likely than the first guess is likely too. Tried on 740 sentences
that the weights had not seen: wider, one harmless report in five was withheld; narrower, one secret in four was not."""
CLEAR = -1.5
"""What is no story of its own (a place, an answer, words beside a matter that was tapped) must speak at least this
clearly: short words sound like anything."""
NAMED = 6.0
"""So much the keywords of a crime or of the misconduct of an official weigh when it is named."""
CRIMES = "C"
"""The group of the catalogue whose keywords alone are enough."""
OFFICIALS = "discipline"
"""Who leads what is reported about officials."""
SENTENCE = re.compile(r"[^。！？!?；;\n]+")
MOST_SENTENCES = 40
SHORTEST = 4
PORTION = 500


def is_secret(matter: Matter) -> bool:
    """Whether reports of a matter never enter a group."""
    return matter.visibility is Visibility.CONFIDENTIAL or not matter.asks_details


def concerns_officials(matter: Matter) -> bool:
    """Whether it is about those who govern: their own community may not get it."""
    return matter.lead == OFFICIALS


def secrets_in(catalogue: Catalogue, words: str, *, wide: bool = False, story: bool = True) -> tuple[Matter, ...]:
    """The secret matters that words tell or name, the likeliest first; empty for what a group may read.

    `wide`: nobody has said what it is about, so that every guess counts. `story` False: a place, an answer.
    """
    found = dict.fromkeys(_named(catalogue, words))
    for portion in _portions(words):
        found |= dict.fromkeys(_told(catalogue, portion, wide=wide, story=story))
    return tuple(found)


def _named(catalogue: Catalogue, words: str) -> Iterator[Matter]:
    """What is heard as danger, and what keywords name."""
    danger = catalogue.danger(words) if words else None
    if danger is not None and is_secret(danger.matter):
        yield danger.matter
    points = catalogue.points(words)
    for code in sorted(points, key=lambda one: -points[one]):
        matter = catalogue.matters[code]
        if points[code] >= NAMED and matter.group == CRIMES and is_secret(matter):
            yield matter


def _told(catalogue: Catalogue, words: str, *, wide: bool, story: bool) -> Iterator[Matter]:
    guesses = catalogue.guesses(words, LIKELY)
    for guess in guesses:
        near = wide or guess.score >= guesses[0].score - CLOSE
        if is_secret(guess.matter) and near and ((wide and story) or guess.score >= CLEAR):
            yield guess.matter


def _portions(words: str) -> Iterator[str]:
    """The whole and each sentence of it: a secret may stand beside what is none. Of a long one, portions as well."""
    yield words
    sentences = [one.group() for one in SENTENCE.finditer(words)]
    if len(sentences) > 1:
        yield from (one for one in sentences[:MOST_SENTENCES] if len(one.strip()) >= SHORTEST)
    for start in range(PORTION, len(words), PORTION):
        yield words[start : start + PORTION]
