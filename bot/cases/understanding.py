"""Guessing the matter of a text and hearing danger in it: learned weights, the catalogue's words, plain guards."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.cases import learned
from bot.cases.case import Colour, Visibility
from bot.cases.guards import CLAUSE_END, SENTENCE_END, last_end, present
from bot.cases.hearing import Hearing
from bot.cases.learned import DANGER, SMALL_TALK, Learned
from bot.cases.matter import Found, Matter
from bot.cases.pieces import pieces
from bot.cases.sounds import Sound, begun, by_beginning, longest, sounds

HEARD = 600
"""How many characters of a text are looked at at once; danger is heard in all of it, portion by portion."""
WORDS_WEIGHT = 0.25
"""What a point of a keyword adds where the matter was learned from sentences too."""
WORDS_ALONE = 0.6
"""The same for a matter that only has keywords, one that a district has added: a weighty one puts it in front."""
MOST_WORDS = 20.0
UNLEARNED = -5.0
"""Where a matter without sentences begins: as likely as any."""
UNLIKELY = -6.5
"""Below this nothing is suggested."""
FAR_FETCHED = 4.0
"""What is so much less likely than the first is no suggestion but a guess at random."""
NO_DOUBT = 2.0
"""So far before the second the first is hardly ever wrong: none of the 145 such among 240 reports never learned."""
RULE_WEIGHT = 3.0
"""What a danger word that is told as real and present adds to the danger learned from sentences."""
ALARM = 0.2
"""Above this it is danger. Rather one advice too many than one too few."""
ALONE = ((SENTENCE_END, 1.0), (CLAUSE_END, 2.0))
"""How much louder than `ALARM` the sentence or clause of a danger word must be if the whole text is no alarm."""
REASONS = 3
LONGEST_REASON = 20
KEPT = 256
"""So many texts are remembered with what they say: of one text it is asked at the door, for the card and at the end."""
AT_ONCE = 4
"""The pieces of a text are many: they stay only for the questions that are asked of it together."""


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


class Understanding:
    """What a text is about. Built once; the weights are read with the first text. One takes about a millisecond."""

    def __init__(self, matters: Sequence[Matter], hearing: Hearing) -> None:
        self.matters = tuple(matters)
        self.hearing = hearing
        self.weights: Callable[[], Learned] = learned.shipped
        self.sounds = by_beginning((sound.word, sound) for sound in sounds(self.matters))
        self.alarms = by_beginning((word, (word, matter)) for matter in matters for word in matter.danger_words)
        self.understood = lru_cache(AT_ONCE)(self._understood)
        self.judged = lru_cache(KEPT)(self._judged)
        self.danger = lru_cache(KEPT)(self._danger)

    def guesses(self, text: str, limit: int) -> tuple[Guess, ...]:
        """The likeliest matters, best first, at most one of each row, none far-fetched beside the first.

        Empty for small talk and where nothing fits.
        """
        return self.judged(text[:HEARD])[:limit]

    def _judged(self, text: str) -> tuple[Guess, ...]:
        plain = self.hearing.hear(text)
        said = self.keywords(plain)
        heard, scores = self.understood(plain)
        likely = learned.per_matter(scores) if scores else {}
        best: dict[str, tuple[float, int]] = {}
        for at, matter in enumerate(self.matters):
            score = self.likelihood(matter, likely, said.get(at, []))
            if score > max(UNLIKELY, best.get(matter.row, (UNLIKELY, 0))[0]):
                best[matter.row] = (score, at)
        ranked = sorted(best.values(), key=lambda scored: -scored[0])
        if not ranked or ranked[0][0] <= likely.get(SMALL_TALK, UNLIKELY):
            return ()
        return tuple(
            Guess(self.matters[at], score, self.reasons(heard, self.matters[at], said.get(at, [])))
            for score, at in ranked
            if score >= ranked[0][0] - FAR_FETCHED
        )

    def sure(self, text: str) -> Matter | None:
        """The matter that leaves the others far behind, if one does; a grave one only where danger is heard as well."""
        first, *others = self.guesses(text, 2) or (None,)
        if first is None or any(one.score > first.score - NO_DOUBT for one in others):
            return None
        return first.matter if not grave(first.matter) or self.danger(text) is not None else None

    def learn(self, weights: Learned) -> None:
        """Use other weights than the shipped ones."""
        self.weights = lambda: weights
        for known in (self.understood, self.judged, self.danger):
            known.cache_clear()

    def _understood(self, plain: str) -> tuple[set[str], dict[str, float] | None]:
        """The pieces of a text and what they say."""
        heard = pieces(plain)
        return heard, self.weights().score(heard)

    def likelihood(self, matter: Matter, likely: Mapping[str, float], said: Sequence[Sound]) -> float:
        """How likely it is this matter: what was learned and the words that were said."""
        points = min(MOST_WORDS, sum(sound.weight for sound in said))
        if matter.code in self.weights().matters:
            return likely.get(matter.code, UNLIKELY) + WORDS_WEIGHT * points
        return (UNLEARNED if points else UNLIKELY) + WORDS_ALONE * points

    def reasons(self, heard: Collection[str], matter: Matter, said: Sequence[Sound]) -> tuple[str, ...]:
        """Why it is likely: the keywords that were said, else the pieces of the text that spoke loudest for it."""
        words = tuple(sound.word.text for sound in said)
        return words or self.weights().reasons(heard, (matter.code, matter.code + DANGER), REASONS)

    def points(self, plain: str) -> dict[str, float]:
        """How much the words of each matter weigh that were said."""
        return {self.matters[at].code: sum(one.weight for one in said) for at, said in self.keywords(plain).items()}

    def keywords(self, plain: str) -> dict[int, list[Sound]]:
        """The words of each matter that were said; a word inside a longer one of the same matter does not count."""
        spans: dict[int, list[tuple[int, int, Sound]]] = defaultdict(list)
        for sound in begun(self.sounds, plain):
            if place := next(sound.word.places(plain), None):
                for at in sound.matters:
                    spans[at].append((place.start, place.end, sound))
        return {at: longest(found) for at, found in spans.items()}

    def _danger(self, text: str) -> Danger | None:
        """The worst danger of which the text speaks as real and present; None if there is none.

        Its matter has the advice that fits these words.
        """
        plain = self.hearing.hear(text)
        found = self.worst(plain)
        if found is None:
            return None
        matter = found.matter.advised(plain)
        return Danger(found.words, matter, numbers(matter))

    def worst(self, plain: str) -> Danger | None:
        """The worst danger of a text that was heard already."""
        named = self.named_danger(plain)
        if named and named.matter.code not in self.weights().matters:
            return named
        portions = (plain[start : start + HEARD] for start in range(0, len(plain), HEARD))
        felt = (self.felt_danger(portion, named, ALARM) for portion in portions)
        if danger := next(filter(None, felt), None):
            return danger
        if named is None:
            return None
        parts = ((part_of(plain, named.words, ends), ALARM + far) for ends, far in ALONE)
        return next(filter(None, (self.felt_danger(part, named, alarm) for part, alarm in parts)), None)

    def felt_danger(self, plain: str, named: Danger | None, alarm: float) -> Danger | None:
        """Danger by what was learned from sentences; a danger word in the same portion makes it likelier."""
        heard, scores = self.understood(plain)
        here = named if named and named.words in plain else None
        if scores is None:
            return here
        if learned.danger_of(scores) + (RULE_WEIGHT if here else 0.0) <= alarm:
            return None
        matter = max(
            (matter for matter in self.matters if matter.advice and matter.code + DANGER in scores),
            key=lambda one: scores[one.code + DANGER] + (RULE_WEIGHT if here and here.matter is one else 0.0),
            default=None,
        )
        if matter is None or (here and here.matter is matter):
            return here
        loud = self.weights().reasons(heard, (matter.code + DANGER,), REASONS)
        return Danger("、".join(loud) or plain[:LONGEST_REASON], matter, numbers(matter))

    def named_danger(self, plain: str) -> Danger | None:
        """The worst danger that is named by a danger word, real and present; None if there is none."""
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


def part_of(plain: str, words: str, ends: re.Pattern[str]) -> str:
    """The sentence or clause in which the words stand first: names and numbers beside it do not drown them."""
    at = plain.find(words)
    end = ends.search(plain, at + len(words))
    return plain[last_end(ends, plain, at) : end.start() if end else len(plain)][:HEARD]


def calm(matter: Matter) -> bool:
    """Whether a matter has nothing to do with danger."""
    return matter.colour is not Colour.RED and not matter.danger_words


def grave(matter: Matter) -> bool:
    """Whether a matter alarms people or is kept from them: never to be taken for meant on little."""
    return not calm(matter) or matter.visibility is Visibility.CONFIDENTIAL


def numbers(matter: Matter) -> tuple[str, ...]:
    """The numbers to call for a matter."""
    return matter.advice.numbers if matter.advice else ()
