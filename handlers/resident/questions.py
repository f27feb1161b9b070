"""A question of the matter itself as a message: the buttons of its kind, a way to skip, a way back, a way out."""

from aiogram.types import KeyboardButton, ReplyKeyboardMarkup

from bot.cases.answering import UNKNOWN, chosen, to_tap
from bot.cases.draft import Draft
from bot.cases.flow import may_be_unknown
from bot.cases.matter import Question, QuestionKind
from bot.texts import Texts
from handlers.resident import saying
from handlers.resident.keyboards import Choice, in_rows, inline, large, location_key, number_key
from handlers.resident.signs import data

SHORT = 6
OF_QUESTION = "q."
"""Before the key of a question in what a button carries."""
ASKED_OF = "question:"
"""Begins the step in which a question of the matter is open; its key follows."""
OWN_KEYS = frozenset({QuestionKind.PHONE, QuestionKind.LOCATION})
"""Kinds that need keys of the phone itself, which stand in the place of the menu."""


def own_question(draft: Draft, question: Question, texts: Texts) -> saying.Question:
    """The question as its kind is best answered."""
    if question.kind is QuestionKind.PHONE:
        return texts.question(question), number_keys(texts)
    if question.kind is QuestionKind.LOCATION:
        return texts.question(question), _own_keys(location_key(texts), texts.skip(), texts)
    if question.kind is QuestionKind.SEVERAL:
        return _several(draft, question, texts)
    words = texts.question(question)
    if question.kind is QuestionKind.PERSON and question.key in draft.partial:
        words = texts.ask_relation(draft.partial[question.key])
    choices = [
        (shown, data(draft, "q", f"{question.key}.{at}")) for at, shown in enumerate(shown_on(draft, question, texts))
    ]
    width = 2 if all(len(shown) <= SHORT for shown, _ in choices) else 1
    return words, inline(*in_rows(choices, width), unsure(draft, question, texts), ways_out(draft, question, texts))


def shown_on(draft: Draft, question: Question, texts: Texts) -> list[str]:
    """The words on the buttons of its answers."""
    if question.kind is not QuestionKind.PERSON:
        return [words for _, words in texts.choices(question)]
    known = {UNKNOWN: texts.not_sure_who(), **dict(texts.relations())}
    return [known[one] for one in to_tap(question, draft)]


def _several(draft: Draft, question: Question, texts: Texts) -> saying.Question:
    """Each tap puts a choice in or takes it out; 好了 when there is one."""
    picked = chosen(draft, question)
    choices = [
        (texts.picked(words) if kept in picked else words, data(draft, "q", f"{question.key}.{at}"))
        for at, (kept, words) in enumerate(texts.choices(question))
    ]
    done = [(texts.picked_all(), data(draft, "done", question.key))] if picked else []
    keys = inline(*in_rows(choices, 2), done, unsure(draft, question, texts), ways_out(draft, question, texts))
    return f"{texts.question(question)}\n{texts.choose_several()}", keys


def number_keys(texts: Texts) -> ReplyKeyboardMarkup:
    """The phone's own number, and the ways out."""
    return _own_keys(number_key(texts), texts.inconvenient(), texts)


def _own_keys(share: KeyboardButton, skip: str, texts: Texts) -> ReplyKeyboardMarkup:
    return large([share], [KeyboardButton(text=skip), KeyboardButton(text=texts.cancel())])


def ways_out(draft: Draft, question: Question, texts: Texts) -> list[Choice]:
    """Skip what is not required; back to the card where it was asked from there."""
    if draft.wanted == question.key:
        return [(texts.leave_so(), data(draft, "review"))]
    skip = [] if question.required else [(texts.skip(), data(draft, "skip", OF_QUESTION + question.key))]
    back = (texts.back(), data(draft, "back", OF_QUESTION + question.key))
    return [*skip, back, (texts.cancel(), data(draft, "cancel"))]


def unsure(draft: Draft, question: Question, texts: Texts) -> list[Choice]:
    """说不清, where that is an answer."""
    return [(texts.not_sure_who(), data(draft, "unsure", question.key))] if may_be_unknown(question) else []
