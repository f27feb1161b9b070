"""What a matter is: one entry of the 吹哨事项清单 with its level, times, units, advice, questions and words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from bot.cases.case import Colour, Level, Visibility

CODE = re.compile(r"[A-Z][0-9]{2}[a-z]?")
CLOCK = re.compile(r"same day|[1-9][0-9]{0,3} (?:min|h|d|wd|wh)")
REACH = 10
"""How many characters may stand between the parts of a word like 煤气+味."""
SENTENCE_ENDS = frozenset("。！？!?\n")
OTHERS = re.compile("[我他她它人爸妈爷奶哥姐弟妹叔舅姑姨婆公夫妻娃孩儿女友邻老a-z]|同学|同事")
"""Somebody is named, or oneself, or it is another language."""
ALONE = re.compile("一个人|没人|没有人|自己")


class Route(StrEnum):
    """What becomes of a report: a case, a hand-over to one authority, the legal route, an answer, or a thank-you."""

    CASE = "case"
    HAND_OVER = "hand_over"
    REFER = "refer"
    ANSWER = "answer"
    THANKS = "thanks"


IN_WORDS = frozenset({Route.ANSWER, Route.THANKS})
"""Nobody goes anywhere because of these, so neither a place nor a picture is asked for."""


class QuestionKind(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    SEVERAL = "several"
    YES_NO = "yes_no"
    TIME = "time"
    PHONE = "phone"
    PERSON = "person"
    PHOTO = "photo"
    VIDEO = "video"
    VOICE = "voice"
    LOCATION = "location"


FILES: Mapping[QuestionKind, frozenset[str]] = MappingProxyType(
    {
        QuestionKind.PHOTO: frozenset({"photo", "video", "video_note", "animation", "document"}),
        QuestionKind.VIDEO: frozenset({"video", "video_note", "animation"}),
        QuestionKind.VOICE: frozenset({"voice", "audio", "video_note"}),
    }
)
"""Which kinds of files answer a question that asks for one."""


@dataclass(frozen=True, slots=True)
class Found:
    """A word in a text: where each of its parts begins, and where the last one ends."""

    starts: tuple[int, ...]
    end: int

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.starts[0]


@dataclass(frozen=True, slots=True)
class Word:
    """A keyword. Its parts must follow each other closely, within one sentence; each part is one of several words."""

    text: str
    parts: tuple[tuple[str, ...], ...]
    weight: float

    def places(self, plain: str) -> Iterator[Found]:
        """Where it stands in a text."""
        for first in self.parts[0]:
            start = plain.find(first)
            while start >= 0:
                if found := self.found(plain, start, start + len(first)):
                    yield found
                start = plain.find(first, start + 1)

    def found(self, plain: str, start: int, end: int) -> Found | None:
        """The place whose first part is from `start` to `end`; None if the other parts do not follow."""
        starts = [start]
        for part in self.parts[1:]:
            hits = [(at, len(each)) for each in part if (at := plain.find(each, end, end + REACH + len(each))) >= 0]
            if not hits:
                return None
            at, long = min(hits)
            if not SENTENCE_ENDS.isdisjoint(plain[end:at]):
                return None
            starts.append(at)
            end = at + long
        return Found(tuple(starts), end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A shelf of the menu: all matters whose code begins with its letter. `criterion`: when one of them is done."""

    code: str
    name: str
    name_en: str
    emoji: str
    criterion: str = ""
    criterion_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitKind:
    """A kind of unit that leads or helps; every district says which of its units it is."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What to do before help comes: the numbers to call and three lines. Unreviewed while `reviewed_by` is None."""

    numbers: tuple[str, ...]
    lines: tuple[str, ...]
    lines_en: tuple[str, ...]
    reviewed_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing to ask. Answers of `choice` and `several` are its Chinese choices, those of `yes_no` are yes and no.

    `only_if` is (key of an earlier question, its answer). `becomes` are (answer, code of the matter it is then).
    `later`: not asked, only offered on the review card. `without_picture`: not asked where a picture will show it.
    `heard` are (answer, words of the story that give it), `counted` what stands behind the number in a story (个人),
    `most` the largest number, `plate` a number plate is asked for, `hears` what of a person is heard
    in the story (see describing). After the answers of `seals`, secrecy is offered.
    """

    key: str
    kind: QuestionKind
    ask: str
    ask_en: str
    choices: tuple[str, ...]
    choices_en: tuple[str, ...]
    required: bool
    only_if: tuple[str, str] | None
    becomes: tuple[tuple[str, str], ...]
    help: str = ""
    help_en: str = ""
    later: bool = False
    without_picture: bool = False
    heard: tuple[tuple[str, tuple[Word, ...]], ...] = ()
    counted: tuple[str, ...] = ()
    most: int = 0
    plate: bool = False
    seals: tuple[str, ...] = ()
    hears: str = ""

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers that can be named beforehand; none for free ones."""
        return ("yes", "no") if self.kind is QuestionKind.YES_NO else self.choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One entry of the catalogue.

    Clocks are texts: "30 min", "24 h" and "3 d" on the calendar, "4 wh" working hours, "15 wd" workdays, "same day";
    None means the default of its colour and level. `radius` is in metres, 0 looks for no duplicates.
    `advice_if` are (words, other advice where one of them was said): of oneself, of a shock, of a child.
    `raise_to` is the level it goes to when the first one cannot settle it. `asks_photo` is false where there is nothing
    to be photographed, or nobody should. `criterion`: when it is done, where that of its group does not fit.
    """

    code: str
    name: str
    name_en: str
    level: Level
    colour: Colour
    visibility: Visibility
    lead: str
    helpers: tuple[str, ...]
    route: Route
    raise_to: Level | None
    automatic: bool
    asks_details: bool
    asks_photo: bool
    members_only: bool
    first_contact: str | None
    finish: str | None
    radius: int
    law: str
    hotlines: tuple[str, ...]
    words: tuple[Word, ...]
    danger_words: tuple[Word, ...]
    danger_lasts: bool
    advice: Advice | None
    questions: tuple[Question, ...]
    criterion: str = ""
    criterion_en: str = ""
    advice_if: tuple[tuple[tuple[Word, ...], Advice], ...] = ()

    def advised(self, plain: str) -> "Matter":
        """The same with the advice that fits these words. Where nobody is named it is said of oneself: 不想活了."""
        heard = plain if OTHERS.search(ALONE.sub("", plain)) else f"我{plain}"
        for words, other in self.advice_if:
            if any(next(word.places(heard), None) for word in words):
                return replace(self, advice=other)
        return self

    @property
    def group(self) -> str:
        """The code of its group."""
        return self.code[0]

    @property
    def row(self) -> str:
        """The row of the list it belongs to: A14 for A14a and A14b."""
        return self.code[:3]
