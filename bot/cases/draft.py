"""A report that is being written: everything that was said so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, cast

from bot.cases.contacts import number_to_call, without_numbers
from bot.cases.matter import FILES, QuestionKind

MOST_MEDIA = 20
LONGEST_WORDS = 20_000


PARKED = "parked"
"""In a dialog: drafts of other matters, told meanwhile; each is asked about when the one before it is done."""

OTHER = "other"
"""In a dialog: what was told last and may be another matter; also the step in which that is asked."""


UNCLEAR = "unclear"
"""In `Draft.skipped`: whoever reports does not know where it is."""


class Ask(StrEnum):
    """What the conversation can ask for, in this order. QUESTION is one of the matter's own.

    HERE is whether a place was understood rightly. ORDER and CALLER are asked of whoever records a call or an order;
    BEHALF who it is for, NUMBER which to call.
    """

    ORDER = "order"
    CALLER = "caller"
    MATTER = "matter"
    DANGER = "danger"
    WORDS = "words"
    QUESTION = "question"
    HERE = "here"
    WHERE = "where"
    PHOTO = "photo"
    CONTACT = "contact"
    BEHALF = "behalf"
    NUMBER = "number"
    REVIEW = "review"


def told_meanwhile(data: Mapping[str, Any]) -> dict[str, Any] | None:
    """The draft of a danger that was told last and may be another matter, in a dialog."""
    other: dict[str, Any] = data.get(OTHER) or {}
    return other.get("draft")


@dataclass(slots=True)
class Draft:
    """Everything said so far. Kept as JSON in the dialog; `id` makes submitting twice give one case.

    `near` are open cases nearby that may be the same: case, matter, metres (or none), hours since it came.
    `sources` are the numbers of the messages that `words` came with, so that an edited message is found again; `told`
    has those that were answers (number: key of the question, or "where") and those that were told beside ("").
    `answers` keeps what was said to questions of a matter that is no longer chosen: whoever goes back finds it again.
    `partial` are answers not finished, `heard`
    the keys of those that the story gave, `asked` of questions that were asked, `wanted` of the one to ask anew.
    `source` is set when the centre records what another said, `on_behalf` when it is told for another; `who` that is,
    `phone` the number to call whoever wants that (`contact`): both are sealed when it is submitted.
    `unsure` are sources of words that a machine heard in a voice (the number of its message below zero) and that
    nobody has confirmed yet. `settles`: whoever writes may have done it at once (即报即办), which
    `done_words` and `done_media` say and show; `done_asked` are the elements of it that were asked for, `done_waits`
    the one whose answer is awaited. `maybe` are places of the grid that the words may mean, to be asked about.
    `sure` is the guess that leaves no doubt: whoever goes on without choosing means it. `within` is where in an estate
    or village it is (3栋楼下) while nobody has said in which. `hush` is why they write and cannot call,
    `vague` that all that was said is a cry for help that tells nothing (出事了).
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
    sure: str = ""
    advised: list[str] = field(default_factory=list[str])
    partial: dict[str, str] = field(default_factory=dict[str, str])
    heard: list[str] = field(default_factory=list[str])
    asked: list[str] = field(default_factory=list[str])
    wanted: str = ""
    told: dict[str, str] = field(default_factory=dict[str, str])
    unsure: list[int] = field(default_factory=list[int])
    source: str = ""
    order_number: str = ""
    order_due: str = ""
    on_behalf: bool = False
    who: str = ""
    contact: str = ""
    phone: str = ""
    near: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    settles: bool = False
    done_words: str = ""
    done_media: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    done_asked: list[str] = field(default_factory=list[str])
    done_waits: str = ""
    maybe: list[int] = field(default_factory=list[int])
    within: str = ""
    hush: str = ""
    vague: bool = False

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Draft":
        """A draft of a dialog. What a newer program beside this one kept with it is unknown here and left out."""
        return cls(**{name: value for name, value in kept.items() if name in cls.__slots__})

    def as_json(self) -> dict[str, Any]:
        """For the dialog."""
        return {name: _copied(getattr(self, name)) for name in self.__slots__}

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
    def paragraphs(self) -> list[tuple[str, int]]:
        """All words with the sources that they came with (0: none is known)."""
        unknown = [0] * (len(self.words) - len(self.sources))
        return list(zip(self.words, [*self.sources, *unknown], strict=True))

    @property
    def has_place(self) -> bool:
        """Whether we know where."""
        return bool(self.place) or self.latitude is not None or self.node_id is not None

    @property
    def place_said(self) -> str:
        """Where it is in words; where nobody said in which estate, at least where in it."""
        return self.place or self.within

    @property
    def has_picture(self) -> bool:
        """Whether a photo or video is there."""
        return self.has_file(QuestionKind.PHOTO)

    @property
    def has_words(self) -> bool:
        """Whether something says what happened: words, voice or video."""
        return bool(self.words) or any(
            piece["kind"] in {"voice", "audio", "video", "video_note"} for piece in self.media
        )

    @property
    def unheard(self) -> bool:
        """Whether nobody knows what is wrong, for all that was said is a voice that nobody has heard or a mere cry.

        Not where somebody said that there is no danger.
        """
        voice = not self.words and self.has_file(QuestionKind.VOICE)
        return self.danger is None and (voice or self.vague)

    def has_file(self, kind: QuestionKind) -> bool:
        """Whether a file is there that answers a question of this kind."""
        return any(piece["kind"] in FILES.get(kind, ()) for piece in self.media)

    def has_piece(self, unique_id: str) -> bool:
        """Whether this file is there."""
        return any(piece["unique_id"] == unique_id for piece in self.media)

    def made_of(self, source: int) -> bool:
        """Whether the message with this number was part of telling it."""
        return source in self.sources or str(source) in self.told

    def answer(self, key: str, value: str) -> None:
        """This is the answer to a question; whatever else was known of it is over."""
        self.answers[key] = value
        self.partial.pop(key, None)
        self.skipped = [name for name in self.skipped if name != f"q:{key}"]
        self.heard = [name for name in self.heard if name != key]
        self.wanted = "" if self.wanted == key else self.wanted

    def skip(self, name: str) -> None:
        """This is not answered now: `photo`, or `q:` and the key of a question. What was half said stays."""
        self.skipped = [*(one for one in self.skipped if one != name), name]
        self.wanted = "" if name == f"q:{self.wanted}" else self.wanted

    def add_words(self, words: str, source: int = 0) -> None:
        """Add a paragraph; beyond a length nobody reads the rest is left out."""
        words = self._without_caller(words)
        room = LONGEST_WORDS - len(self.text)
        if words.strip() and room > 0:
            self.words.append(words.strip()[:room])
            self.sources.append(source)

    def correct_words(self, words: str, source: int) -> None:
        """The message with this number was edited: its paragraph is what it says now."""
        if source in self.sources:
            self.words[self.sources.index(source)] = self._without_caller(words).strip()[:LONGEST_WORDS]
        else:
            self.add_words(words, source)

    def _without_caller(self, words: str) -> str:
        """What is recorded for another holds no telephone number: that is kept apart (`who`)."""
        return without_numbers(words) if self.source else words

    def set_number_aside(self, words: str) -> str:
        """The words without the caller's number, which is kept apart, wherever it was typed in what is recorded."""
        if self.source:
            self.who = self.who or number_to_call(words) or ""
        return self._without_caller(words)

    def forget_words(self) -> None:
        """Begin the story anew."""
        self.words, self.sources, self.unsure = [], [], []

    def hear_words(self, words: str, source: int) -> None:
        """What a machine heard in a voice, until somebody says that it is right."""
        self.add_words(words, source)
        if source in self.sources:
            self.unsure.append(source)

    def confirm_words(self, source: int) -> None:
        """They were heard rightly, or were put right."""
        self.unsure = [one for one in self.unsure if one != source]

    def drop_words(self, source: int) -> None:
        """Take a paragraph out of the story."""
        kept = [(words, one) for words, one in self.paragraphs if one != source]
        self.words, self.sources = [words for words, _ in kept], [one for _, one in kept]
        self.confirm_words(source)

    def add_media(self, piece: Mapping[str, Any]) -> bool:
        """Add a file (kind, file_id, unique_id, size); the same file twice is one. False if there are too many."""
        if self.has_piece(piece["unique_id"]):
            return True
        if len(self.media) >= MOST_MEDIA:
            return False
        self.media.append(dict(piece))
        return True


def _copied(value: object) -> Any:
    """Lists and dicts anew, so that what is kept does not change with what is told next."""
    if type(value) is list:
        return [_copied(one) for one in cast("list[object]", value)]
    if type(value) is dict:
        return {name: _copied(one) for name, one in cast("dict[str, object]", value).items()}
    return value
