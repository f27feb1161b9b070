"""A report that is being written: what was said so far, and what is asked next. Only what is missing is asked."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from bot.cases.case import Colour
from bot.cases.matter import Matter, Question, QuestionKind, Route

MOST_MEDIA = 20
LONGEST_WORDS = 20_000


class Ask(StrEnum):
    """What the conversation can ask for, in this order. QUESTION is one of the matter's own."""

    MATTER = "matter"
    DANGER = "danger"
    WORDS = "words"
    QUESTION = "question"
    WHERE = "where"
    PHOTO = "photo"
    CONTACT = "contact"
    REVIEW = "review"


@dataclass(slots=True)
class Draft:
    """Everything said so far. Kept as JSON in the dialog; `id` makes submitting twice give one case.

    `near` are open cases nearby that may be the same: case, matter, metres (or none), hours since it came.
    `sources` are the numbers of the messages that `words` came with, so that an edited message is found again.
    """

    id: str
    matter: str | None = None
    words: list[str] = field(default_factory=list[str])
    sources: list[int] = field(default_factory=list[int])
    media: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    answers: dict[str, str] = field(default_factory=dict[str, str])
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    node_id: int | None = None
    danger: bool | None = None
    sealed: bool | None = None
    skipped: list[str] = field(default_factory=list[str])
    guesses: list[str] = field(default_factory=list[str])
    advised: list[str] = field(default_factory=list[str])
    near: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def as_json(self) -> dict[str, Any]:
        """For the dialog."""
        return asdict(self)

    @property
    def sign(self) -> str:
        """What its buttons carry, so that a button of an older draft is known as such."""
        return self.id[:8]

    @property
    def heard_matter(self) -> str | None:
        """The matter that was chosen; of a danger that was only heard in the words, its matter."""
        return self.matter or (self.advised[0] if self.danger and self.advised else None)

    @property
    def empty(self) -> bool:
        """Whether nothing was said yet that anybody could deal with (a place alone is nothing)."""
        return not (self.words or self.media or self.matter)

    @property
    def text(self) -> str:
        """All words, one paragraph each."""
        return "\n".join(self.words)

    @property
    def has_place(self) -> bool:
        """Whether we know where."""
        return bool(self.place) or self.latitude is not None or self.node_id is not None

    @property
    def has_picture(self) -> bool:
        """Whether a photo or video is there."""
        return any(piece["kind"] in {"photo", "video", "video_note", "animation", "document"} for piece in self.media)

    @property
    def has_words(self) -> bool:
        """Whether something says what happened: words, voice or video."""
        return bool(self.words) or any(
            piece["kind"] in {"voice", "audio", "video", "video_note"} for piece in self.media
        )

    def add_words(self, words: str, source: int = 0) -> None:
        """Add a paragraph; beyond a length nobody reads the rest is left out."""
        room = LONGEST_WORDS - len(self.text)
        if words.strip() and room > 0:
            self.words.append(words.strip()[:room])
            self.sources.append(source)

    def correct_words(self, words: str, source: int) -> None:
        """The message with this number was edited: its paragraph is what it says now."""
        if source in self.sources:
            self.words[self.sources.index(source)] = words.strip()[:LONGEST_WORDS]
        else:
            self.add_words(words, source)

    def forget_words(self) -> None:
        """Begin the story anew."""
        self.words, self.sources = [], []

    def add_media(self, piece: Mapping[str, Any]) -> bool:
        """Add a file (kind, file_id, unique_id, size); the same file twice is one. False if there are too many."""
        if any(one["unique_id"] == piece["unique_id"] for one in self.media):
            return True
        if len(self.media) >= MOST_MEDIA:
            return False
        self.media.append(dict(piece))
        return True


def open_question(draft: Draft, matter: Matter) -> Question | None:
    """The next question of the matter that is not answered, not skipped, and whose condition holds."""
    for question in matter.questions:
        if question.key in draft.answers or f"q:{question.key}" in draft.skipped:
            continue
        if question.only_if and draft.answers.get(question.only_if[0]) != question.only_if[1]:
            continue
        if question.kind is QuestionKind.PHOTO and draft.has_picture:
            continue
        return question
    return None


def next_ask(draft: Draft, matter: Matter | None) -> Ask:
    """What to ask now; REVIEW when nothing is missing. Details of some matters are never asked for.

    A question that is only answered (咨询) needs neither place nor picture.
    """
    if matter is None:
        return Ask.MATTER
    if not matter.asks_details:
        return Ask.REVIEW
    on_site = matter.route is not Route.ANSWER
    missing = {
        Ask.DANGER: draft.danger is None and matter.colour is not Colour.NONE,
        Ask.WORDS: not draft.has_words and Ask.WORDS not in draft.skipped,
        Ask.QUESTION: open_question(draft, matter) is not None,
        Ask.WHERE: on_site and not draft.has_place and Ask.WHERE not in draft.skipped,
        Ask.PHOTO: on_site and not draft.has_picture and Ask.PHOTO not in draft.skipped,
        Ask.CONTACT: draft.sealed is None,
    }
    return next((ask for ask, needed in missing.items() if needed), Ask.REVIEW)
