"""Answers to the questions of a matter, and what follows: another matter, its advice, more that the story tells."""

from collections.abc import Sequence

from bot.cases.answering import Heard, tap, told
from bot.cases.case import Colour
from bot.cases.crying import NUMBERS_EVERYWHERE
from bot.cases.hush import Hush
from bot.cases.matter import Matter, Question, QuestionKind
from bot.cases.overheard import overhear
from bot.cases.secrecy import CRIMES
from bot.texts import Texts
from handlers.resident.keyboards import menu
from handlers.resident.questions import ASKED_OF, OWN_KEYS
from handlers.resident.talk import Talk


def open_one(talk: Talk) -> Question | None:
    """The question of the matter that was asked."""
    if not (talk.asked or "").startswith(ASKED_OF):
        return None
    return question_of(talk, (talk.asked or "").removeprefix(ASKED_OF))


def question_of(talk: Talk, key: str) -> Question | None:
    """A question of the matter by its key."""
    return next((one for one in talk.matter.questions if one.key == key), None) if talk.matter else None


def answered(talk: Talk, words: str, source: int, key: str | None = None) -> bool:
    """Whether the words answer the open question, or the one of `key`. What is no answer is part of the story."""
    question = open_one(talk) if key is None else question_of(talk, key)
    if question is None:
        return False
    if key is not None:
        talk.draft.partial.pop(question.key, None)
    if question.kind is QuestionKind.TEXT:
        words = talk.draft.set_number_aside(words)
    heard = told(
        talk.draft, question, _relation(talk, question, words), talk.desk.now(), talk.desk.office.calendar.zone
    )
    if heard is Heard.STORY and question.key not in talk.draft.answers:
        return False
    talk.draft.told[str(source)] = question.key
    if heard is Heard.UNCLEAR:
        talk.note = talk.texts.unclear(question.kind)
    elif heard is not Heard.HALF:
        _kept(talk, question)
    return heard is not Heard.STORY


def _relation(talk: Talk, question: Question, words: str) -> str:
    """What stands on a button of relations means the same when it is typed."""
    if question.kind is not QuestionKind.PERSON:
        return words
    return next((kept for kept, shown in talk.texts.relations() if shown == words), words)


def took_place(talk: Talk, place: str, source: int) -> bool:
    """Whether a location was an answer, and is kept as one."""
    question = open_one(talk)
    if question is None or question.kind is not QuestionKind.LOCATION:
        return False
    talk.draft.answer(question.key, place)
    talk.draft.told[str(source)] = question.key
    _kept(talk, question)
    return True


def answer(talk: Talk, key: str, at: int) -> bool:
    """A tapped answer. False if there is no such question or answer."""
    question = question_of(talk, key)
    now, zone = talk.desk.now(), talk.desk.office.calendar.zone
    if question is None or not tap(talk.draft, question, at, now, zone):
        return False
    settle(talk, question)
    return True


def _kept(talk: Talk, question: Question) -> None:
    """An answer in words; where keys of its own stood in the place of the menu, the menu comes back."""
    if question.kind in OWN_KEYS:
        phone = question.kind is QuestionKind.PHONE
        talk.before.append((talk.texts.number_kept() if phone else talk.texts.place_kept(), menu(talk.texts)))
    settle(talk, question)


def settle(talk: Talk, question: Question) -> None:
    """An answer may make another matter of it; who says that somebody is trapped need not be asked if it is danger."""
    matter, value = talk.matter, talk.draft.answers.get(question.key)
    if matter is None or value is None:
        return
    changed = talk.desk.office.catalogue.becomes(matter, question.key, value)
    if changed is not matter:
        if changed.colour is Colour.RED and talk.draft.danger is None:
            talk.draft.danger = True
        became(talk, changed)


def choose_matter(talk: Talk, matter: Matter) -> None:
    """This is what it is about. Answers that fit its questions stay, and those of the old one for whoever goes back."""
    talk.draft.wanted = ""
    became(talk, matter)
    overhear_all(talk)


def overhear_all(talk: Talk) -> None:
    """Take every answer that the story gives already."""
    office, now = talk.desk.office, talk.desk.now()
    while talk.matter is not None:
        key = overhear(talk.draft, talk.matter, office.catalogue.hearing, now, office.calendar.zone)
        if key is None:
            return
        if question := question_of(talk, key):
            settle(talk, question)


def became(talk: Talk, matter: Matter) -> None:
    """A red matter, and one whose details are not asked, brings its advice at once; another its hotline."""
    keys = {question.key for question in matter.questions}
    talk.draft.matter = matter.code
    talk.draft.asked = [key for key in talk.draft.asked if key in keys]
    if matter.advice and (matter.colour is Colour.RED or not matter.asks_details):
        advise(talk, matter)
    if not matter.asks_details:
        talk.note = talk.texts.confidential_matter()
    elif matter.hotlines:
        talk.note = talk.texts.hotline(matter.hotlines)


def advise(talk: Talk, matter: Matter) -> None:
    """The numbers to call and three lines, once for each matter; the report goes on."""
    if matter.code in talk.draft.advised:
        return
    said = _said_already(talk, matter)
    talk.draft.advised.append(matter.code)
    if not said:
        talk.before.insert(0, advice_of(talk, matter))


def _said_already(talk: Talk, matter: Matter) -> bool:
    """Whether the advice for another crime told to call the same numbers: beating is heard first, then tapped."""
    known = talk.desk.office.catalogue.matters
    before = [known[code] for code in talk.draft.advised if code in known]
    numbers = {
        number for one in before if one.group == matter.group == CRIMES and one.advice for number in one.advice.numbers
    }
    return matter.advice is not None and set(matter.advice.numbers) <= numbers


def advice_of(talk: Talk, matter: Matter) -> tuple[str, None]:
    """The numbers to call and three lines, as a message."""
    numbers = matter.advice.numbers if matter.advice else NUMBERS_EVERYWHERE
    if talk.draft.hush:
        return hushed(talk.texts, Hush(talk.draft.hush), numbers, matter), None
    advice = talk.texts.danger_advice(numbers, matter.advice)
    return f"{advice}\n{talk.texts.going_on()}" if matter.asks_details else advice, None


def first_help(talk: Talk) -> str:
    """Whom to call where nobody knows yet what it is."""
    if talk.draft.hush:
        return hushed(talk.texts, Hush(talk.draft.hush), NUMBERS_EVERYWHERE, None)
    return talk.texts.danger_advice(NUMBERS_EVERYWHERE, None)


def hushed(texts: Texts, hush: Hush, numbers: Sequence[str], matter: Matter | None) -> str:
    """The same for whoever only writes. Where somebody near is the danger, nothing else is worth a line."""
    if hush is Hush.HIDDEN and (matter is None or matter.group == CRIMES):
        return texts.hushed_advice()
    return texts.written_advice(numbers, matter.advice if matter else None)
