"""What a story, or the name of a matter, answers: 电梯里关了两个人 tells that somebody is inside, and how many."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.cases.contacts import plate_in
from bot.cases.counting import counted_in
from bot.cases.describing import READERS
from bot.cases.draft import Draft
from bot.cases.flow import offered_questions
from bot.cases.guards import denied
from bot.cases.hearing import Hearing
from bot.cases.matter import Matter, Question, QuestionKind
from bot.cases.question_file import JOIN
from bot.cases.when import when_in

SHORTEST = 2
"""A choice of one character (水) stands in too many words to be heard in a story."""


def overhear(draft: Draft, matter: Matter, hearing: Hearing, now: datetime, zone: ZoneInfo) -> str | None:
    """Take one answer from the story. Returns the key of its question; None when the story answers no more.

    One at a time, for an answer may make another matter of it. What the story gave before it may take back when it was
    told anew; what somebody answered stays.
    """
    plain = hearing.hear(draft.text)
    for question in offered_questions(draft, matter):
        said = question.key in {*draft.answers, *draft.partial} or f"q:{question.key}" in draft.skipped
        if said and question.key not in draft.heard:
            continue
        value = answer_in(question, draft.text, plain, now, zone) or told_by_name(question, matter, hearing)
        if value and value != draft.answers.get(question.key):
            draft.answer(question.key, value)
            draft.heard.append(question.key)
            return question.key
    return None


def told_by_name(question: Question, matter: Matter, hearing: Hearing) -> str | None:
    """The answer of whoever chose 小区路灯不亮: a question that tells matters apart is not asked after its name."""
    found = named_in(question, hearing.hear(matter.name)) if question.becomes else []
    return found[0] if len(found) == 1 else None


def answer_in(question: Question, text: str, plain: str, now: datetime, zone: ZoneInfo) -> str | None:
    """The answer that a story gives to a question; `plain` is the story as it is heard."""
    match question.kind:
        case QuestionKind.NUMBER:
            number = counted_in(text, question.counted)
            return None if number is None or (question.most and number > question.most) else str(number)
        case QuestionKind.TIME:
            return when_in(text, now, zone)
        case QuestionKind.TEXT if question.plate:
            return plate_in(text)
        case QuestionKind.TEXT if question.hears:
            return READERS[question.hears](text)
        case QuestionKind.YES_NO | QuestionKind.CHOICE:
            found = named_in(question, plain)
            return found[0] if len(found) == 1 else None
        case QuestionKind.SEVERAL:
            return JOIN.join(named_in(question, plain)) or None
        case _:
            return None


def named_in(question: Question, plain: str) -> list[str]:
    """The answers of which the story speaks, in the order of the file; what it denies does not count."""
    words = dict(question.heard)
    return [
        answer
        for answer in question.answers
        if (len(answer) >= SHORTEST and question.kind is not QuestionKind.YES_NO and stands(plain, answer))
        or any(not denied(plain, place.start) for word in words.get(answer, ()) for place in word.places(plain))
    ]


def stands(plain: str, choice: str) -> bool:
    """Whether a choice is named in its own words."""
    at = plain.find(choice)
    return at >= 0 and not denied(plain, at)
