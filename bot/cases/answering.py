"""Answers to the questions of a matter: by a tap, or in words that are understood as far as they can be."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.cases.contacts import number_to_call, plate_in
from bot.cases.counting import number_in
from bot.cases.draft import Draft
from bot.cases.matter import FILES, Question, QuestionKind
from bot.cases.question_file import JOIN, LARGEST
from bot.cases.when import EARLIER, exact, when_of

LONGEST_ANSWER = 200
LONGEST_SHORT = 60
"""Longer words are no number, time or name but a story."""
LONGEST_NAME = 30
TIMES = ("now", "today", "yesterday", EARLIER)
UNKNOWN = "?"
"""说不清: a person whose name nobody knows."""
RELATIONS = ("family", "neighbour", "colleague", "boss", "stranger")
OF = "|"
"""Stands between the name of a person and what they are to whoever reports."""
NOBODY = frozenset({"说不清", "不知道", "不认识", "不清楚", "unknown", "not sure"})


class Heard(StrEnum):
    """What words were that came while a question was open."""

    ANSWER = "answer"
    HALF = "half"
    UNCLEAR = "unclear"
    STORY = "story"


def to_tap(question: Question, draft: Draft) -> tuple[str, ...]:
    """The answers that can be tapped now, in the order of their buttons."""
    if question.kind is QuestionKind.TIME:
        return TIMES
    if question.kind is QuestionKind.PERSON:
        return RELATIONS if question.key in draft.partial else (UNKNOWN,)
    return question.answers


def tap(draft: Draft, question: Question, at: int, now: datetime, zone: ZoneInfo) -> bool:
    """Take a tapped answer. False if there is no such button.

    Of several choices each tap puts one in or takes it out; `done` ends it.
    """
    choices = to_tap(question, draft)
    if at >= len(choices):
        return False
    given = choices[at]
    if question.kind is QuestionKind.SEVERAL:
        toggle(draft, question, given)
    elif question.kind is QuestionKind.TIME:
        draft.answer(question.key, moment(given, now.astimezone(zone)))
    elif given in RELATIONS and question.kind is QuestionKind.PERSON:
        draft.answer(question.key, f"{draft.partial[question.key]}{OF}{given}")
    else:
        draft.answer(question.key, given)
    return True


def moment(given: str, local: datetime) -> str:
    """刚才, 今天, 昨天 as times; 更早 is none."""
    days = {"today": 0, "yesterday": 1}
    if given in days:
        return f"{local.date() - timedelta(days=days[given])}"
    return exact(local) if given == "now" else given


def chosen(draft: Draft, question: Question) -> list[str]:
    """What is chosen so far of several choices."""
    value = draft.partial.get(question.key, draft.answers.get(question.key, ""))
    return [part for part in value.split(JOIN) if part in question.choices]


def toggle(draft: Draft, question: Question, choice: str) -> None:
    """Put a choice in, or take it out; they stand in the order of the file."""
    changed = set(chosen(draft, question)) ^ {choice}
    draft.partial[question.key] = JOIN.join(one for one in question.choices if one in changed)


def done(draft: Draft, question: Question) -> bool:
    """好了: what is chosen is the answer. False if nothing is."""
    picked = chosen(draft, question)
    if picked:
        draft.answer(question.key, JOIN.join(picked))
    return bool(picked)


def told(draft: Draft, question: Question, words: str, now: datetime, zone: ZoneInfo) -> Heard:
    """Take an answer in words. What is not understood is asked for once more, then kept as it was said.

    Words in place of a picture or a voice are the story, and it is not asked for again.
    """
    if question.kind in FILES:
        draft.skip(f"q:{question.key}")
        return Heard.STORY
    if question.kind in FREE:
        draft.answer(question.key, (plate_in(words) if question.plate else None) or words[:LONGEST_ANSWER])
        return Heard.ANSWER if len(words) <= LONGEST_ANSWER else Heard.STORY
    if len(words) > LONGEST_SHORT:
        return Heard.STORY
    if question.kind is QuestionKind.PERSON:
        return named(draft, question, words)
    value = READERS[question.kind](question, words, now, zone)
    if value is not None:
        draft.answer(question.key, value)
        return Heard.ANSWER
    if question.kind not in ASKED_AGAIN:
        return Heard.STORY
    if question.key in draft.partial:
        draft.answer(question.key, words)
        return Heard.ANSWER
    draft.partial[question.key] = words
    return Heard.UNCLEAR


def named(draft: Draft, question: Question, words: str) -> Heard:
    """A person: first the name, then what they are to whoever reports."""
    plain = words.replace(OF, " ")[:LONGEST_NAME]
    if question.key in draft.partial:
        draft.answer(question.key, f"{draft.partial[question.key]}{OF}{plain}")
        return Heard.ANSWER
    if words.strip(" 。.").lower() in NOBODY:
        draft.answer(question.key, UNKNOWN)
        return Heard.ANSWER
    draft.partial[question.key] = plain
    draft.answers.pop(question.key, None)
    return Heard.HALF


def a_number(question: Question, words: str, _now: datetime, _zone: ZoneInfo) -> str | None:
    """三个人 is 3; None for 十几个 and for more than can be."""
    number = number_in(words)
    return None if number is None or number > (question.most or LARGEST) else str(number)


def a_time(_question: Question, words: str, now: datetime, zone: ZoneInfo) -> str | None:
    """昨晚八点, in the time of the place."""
    return when_of(words, now, zone)


def a_telephone(_question: Question, words: str, _now: datetime, _zone: ZoneInfo) -> str | None:
    """A number that can be called."""
    return number_to_call(words)


def a_choice(question: Question, words: str, _now: datetime, _zone: ZoneInfo) -> str | None:
    """The one choice whose words were typed, or stand in what was typed."""
    found = choices_in(question, words)
    return found[0] if len(found) == 1 else None


def some_choices(question: Question, words: str, _now: datetime, _zone: ZoneInfo) -> str | None:
    """All choices that were named."""
    return JOIN.join(choices_in(question, words)) or None


def choices_in(question: Question, words: str) -> list[str]:
    """The choices that stand in the words, in either language."""
    said = words.strip(" 。.").lower()
    both = list(zip(question.choices, question.choices_en, strict=False))
    exactly = [chinese for chinese, english in both if said in (chinese, english.lower())]
    return exactly or [chinese for chinese, english in both if chinese in said or english.lower() in said]


Reader = Callable[[Question, str, datetime, ZoneInfo], str | None]
READERS: Mapping[QuestionKind, Reader] = MappingProxyType(
    {
        QuestionKind.NUMBER: a_number,
        QuestionKind.TIME: a_time,
        QuestionKind.PHONE: a_telephone,
        QuestionKind.CHOICE: a_choice,
        QuestionKind.SEVERAL: some_choices,
        QuestionKind.YES_NO: a_choice,
    }
)
ASKED_AGAIN = frozenset({QuestionKind.NUMBER, QuestionKind.TIME, QuestionKind.PHONE})
FREE = frozenset({QuestionKind.TEXT, QuestionKind.LOCATION})
