"""The catalogue of matters (吹哨事项清单): what can be reported, and what follows from each choice."""

from collections.abc import Iterable
from types import MappingProxyType

from bot.cases.hearing import Hearing
from bot.cases.learned import Learned
from bot.cases.matter import (
    Advice,
    Group,
    Matter,
    Question,
    QuestionKind,
    Route,
    UnitKind,
    Word,
)
from bot.cases.understanding import Danger, Guess, Understanding

__all__ = [
    "OTHER",
    "Advice",
    "Catalogue",
    "Danger",
    "Group",
    "Guess",
    "Matter",
    "Question",
    "QuestionKind",
    "Route",
    "UnitKind",
    "Word",
]

OTHER = "K02"
"""其他: always there, for what fits nowhere; the centre finds its place."""


class Catalogue:
    """All matters, in the order of the file. Never changes once loaded."""

    def __init__(
        self, groups: Iterable[Group], unit_kinds: Iterable[UnitKind], matters: Iterable[Matter], hearing: Hearing
    ) -> None:
        self._groups = tuple(groups)
        self.unit_kinds = MappingProxyType({kind.code: kind for kind in unit_kinds})
        self.matters = MappingProxyType({matter.code: matter for matter in matters})
        self.hearing = hearing
        self._understanding = Understanding(tuple(self.matters.values()), hearing)

    def matter(self, code: str) -> Matter:
        """The matter with this code. Raises KeyError if there is none."""
        return self.matters[code]

    @property
    def other(self) -> Matter:
        """其他."""
        return self.matters[OTHER]

    def groups(self) -> tuple[Group, ...]:
        """The shelves of the menu, in order."""
        return self._groups

    def in_group(self, code: str) -> tuple[Matter, ...]:
        """The matters of a group, in order; empty for an unknown group."""
        return tuple(matter for matter in self.matters.values() if matter.group == code)

    def of(self, code: str | None) -> Matter:
        """The matter of this code; one that left the catalogue, or none, reads as 其他."""
        return self.matters.get(code or "") or self.other

    def becomes(self, matter: Matter, key: str, answer: str) -> Matter:
        """The matter it is after this answer: a broken lift with somebody inside is 电梯困人. Usually the same one.

        Questions of the new matter whose key was answered already need not be asked again.
        """
        for question in matter.questions:
            if question.key == key and (code := dict(question.becomes).get(answer)):
                return self.matters[code]
        return matter

    def suggest(self, text: str, limit: int = 3) -> tuple[Matter, ...]:
        """The likeliest matters for a text, best first, at most one of each row; empty if nothing fits."""
        return tuple(guess.matter for guess in self.guesses(text, limit))

    def guesses(self, text: str, limit: int = 3) -> tuple[Guess, ...]:
        """The same with scores and the words that were heard."""
        return self._understanding.guesses(text, limit)

    def sure(self, text: str) -> Matter | None:
        """The matter of a text that leaves no doubt."""
        return self._understanding.sure(text)

    def danger(self, text: str) -> Danger | None:
        """The worst danger that the text tells as real and present, with the numbers to call; None if there is none."""
        return self._understanding.danger(text)

    def hear(self, text: str) -> str:
        """The text as words are looked for in it: half-width, dialect and mistaken characters as one."""
        return self.hearing.hear(text)

    def learn(self, weights: Learned) -> None:
        """Understand with other weights than the shipped ones: only to try them."""
        self._understanding.learn(weights)

    def points(self, text: str) -> dict[str, float]:
        """How much the keywords of each matter weigh that stand in the text."""
        return self._understanding.points(self.hear(text))

    def unreviewed(self) -> tuple[Matter, ...]:
        """Matters with advice that nobody of the district has reviewed yet."""
        return tuple(
            m
            for m in self.matters.values()
            if m.advice and any(one.reviewed_by is None for one in (m.advice, *(other for _, other in m.advice_if)))
        )
