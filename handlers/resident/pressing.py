"""The buttons of a draft. Each step changes the draft; what is asked next follows from what is still missing."""

import re
from collections.abc import Awaitable, Callable

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.cases.answering import UNKNOWN, done
from bot.cases.draft import Ask
from bot.cases.errors import NotOpen
from bot.cases.flow import may_be_unknown, offered_questions
from bot.cases.whistling import FIRST
from bot.desk.desk import Desk
from bot.texts import Texts
from handlers.resident import another, answers, asking, behalf, filing, places, settling, skipping, telling
from handlers.resident.hearing import meant_by_answer
from handlers.resident.keyboards import inline
from handlers.resident.questions import OF_QUESTION
from handlers.resident.reviewing import changes, files
from handlers.resident.saying import Question, Said
from handlers.resident.signs import data, read
from handlers.resident.talk import ANSWERS, CHANGING, Talk, talk_of

SOURCE = re.compile("-[0-9]{1,15}")

Step = Callable[[Talk, str], Awaitable[Question | None]]
"""Changes the draft. Returns what to show if it is not simply the next question, and has kept that then."""


async def pressed(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """A button of a draft. One of an older draft does nothing but say so."""
    talk = await talk_of(desk, texts, state)
    if (again := filing.pressed_twice(talk, parts)) is not None:
        return [query.answer(again)]
    what, value = read(talk.draft, parts)
    if what not in STEPS or not talk.opened:
        raise NotOpen
    if what not in ANSWERS_WHETHER:
        await another.settle(talk)
    return await talk.go_on(query, await STEPS[what](talk, value))


async def _chose_matter(talk: Talk, value: str) -> None:
    matter = talk.desk.office.catalogue.matters.get(value)
    if matter is None or matter.members_only:
        raise NotOpen
    answers.choose_matter(talk, matter)


async def _shelves(talk: Talk, _value: str) -> Question:
    talk.draft.sure = ""
    await talk.keep(Ask.MATTER)
    return asking.shelves(talk.draft, talk.desk.office.catalogue, talk.texts)


async def _list_first(talk: Talk, _value: str) -> Question:
    return asking.list_first(talk.draft, talk.texts)


async def _list_part(talk: Talk, value: str) -> Question:
    if value not in FIRST:
        raise NotOpen
    return asking.list_part(talk.draft, value, talk.desk.office.catalogue, talk.texts)


async def _shelf(talk: Talk, value: str) -> Question:
    if not talk.desk.office.catalogue.in_group(value):
        raise NotOpen
    return asking.shelf(talk.draft, value, talk.desk.office.catalogue, talk.texts)


async def _danger(talk: Talk, value: str) -> None:
    """Whoever cannot say may well be in danger; whoever asks what is meant is told."""
    if value == "what":
        talk.note = talk.texts.what_danger()
        return
    talk.draft.danger = value != "no"
    if not talk.draft.danger:
        return
    if talk.matter is not None:
        answers.advise(talk, talk.matter)
    elif not talk.draft.advised:
        talk.before.append((answers.first_help(talk), None))
        if talk.draft.vague:
            talk.draft.skip(Ask.MATTER)


async def _answered(talk: Talk, value: str) -> None:
    key, _, at = value.rpartition(".")
    if not (at.isdecimal() and len(at) <= 3 and answers.answer(talk, key, int(at))):
        raise NotOpen


async def _picked_all(talk: Talk, value: str) -> None:
    """好了 under several choices."""
    question = answers.question_of(talk, value)
    if question is None or not done(talk.draft, question):
        raise NotOpen


async def _unsure(talk: Talk, value: str) -> None:
    """说不清 is an answer too: it is not asked again."""
    question = answers.question_of(talk, value)
    if question is None or not may_be_unknown(question):
        raise NotOpen
    talk.draft.answer(question.key, UNKNOWN)


async def _back(talk: Talk, value: str) -> Question | None:
    """返回: the question before this one once more; before the first the choice of the matter."""
    if not value.startswith(OF_QUESTION):
        before = talk.draft.asked
    else:
        key = value.removeprefix(OF_QUESTION)
        before = talk.draft.asked[: talk.draft.asked.index(key)] if key in talk.draft.asked else []
    known = {one.key for one in (offered_questions(talk.draft, talk.matter) if talk.matter else ())}
    earlier = [key for key in before if key in known]
    if earlier:
        talk.draft.wanted = earlier[-1]
        return None
    await talk.keep(Ask.MATTER)
    return asking.suggestions(talk.draft, talk.desk.office.catalogue, talk.texts)


async def _contact(talk: Talk, value: str) -> None:
    talk.draft.sealed = value == "sealed"


async def _change(talk: Talk, _value: str) -> Question:
    talk.draft.wanted = ""
    talk.kept[CHANGING] = talk.draft.sign
    await talk.remember()
    return changes(talk.draft, talk.matter, talk.texts)


async def _files(talk: Talk, _value: str) -> Question:
    return files(talk.draft, talk.texts)


async def _no_files(talk: Talk, _value: str) -> None:
    talk.draft.media = []


async def _edit(talk: Talk, value: str) -> Question:
    """Ask for one line of the card again; what was there stays until something else comes."""
    if value not in (Ask.WORDS, Ask.WHERE, Ask.DANGER, Ask.CONTACT, Ask.PHOTO):
        raise NotOpen
    back = [(talk.texts.leave_so(), data(talk.draft, "review"))]
    if value == Ask.WORDS:
        await talk.keep(telling.AGAIN)
        return talk.texts.ask_words_again(), inline(back)
    await talk.keep(value)
    if value == Ask.PHOTO:
        return talk.texts.ask_photo(), inline(back)
    return asking.question_for(Ask(value), talk.draft, talk.desk.office.catalogue, talk.texts)


def _source(talk: Talk, value: str) -> int:
    """The source of words that a voice was heard to say. Raises NotOpen when they are gone."""
    source = int(value) if SOURCE.fullmatch(value) else 0
    if source not in talk.draft.sources:
        raise NotOpen
    return source


async def _heard_right(talk: Talk, value: str) -> None:
    """对: they count as told. Said where a question is open they may answer it, and are no part of the story then."""
    source = _source(talk, value)
    words = talk.draft.words[talk.draft.sources.index(source)]
    talk.draft.confirm_words(source)
    if talk.kept.get(ANSWERS) == source and await _answers(talk, words, source):
        talk.draft.drop_words(source)


async def _answers(talk: Talk, words: str, source: int) -> bool:
    """Whether words answer the open question, as if they had been typed."""
    meant = meant_by_answer(talk, words)
    if meant is None:
        return answers.answered(talk, words, source)
    what, value = meant
    await STEPS[what](talk, value)
    return True


async def _heard_wrong(talk: Talk, value: str) -> Question:
    """改一下: typed or said once more."""
    source = _source(talk, value)
    await talk.keep(f"{telling.REWORD}{source}")
    words = talk.draft.words[talk.draft.sources.index(source)]
    return talk.texts.reword(words), inline([(talk.texts.leave_so(), data(talk.draft, "said", value))])


async def _not_needed(talk: Talk, value: str) -> None:
    """不用: the voice stays, its words do not."""
    talk.draft.drop_words(_source(talk, value))
    telling.guess(talk)
    talk.note = talk.texts.without_words()


async def _ask_again(talk: Talk, value: str) -> None:
    """Ask a question of the matter again, or at last; what was said stays until something else comes."""
    if answers.question_of(talk, value) is None:
        raise NotOpen
    talk.draft.wanted = value


async def _go_on(talk: Talk, _value: str) -> None:
    """接着报, 返回: the next question, or the card."""
    talk.draft.wanted = ""


STEPS: dict[str, Step] = {
    "m": _chose_matter,
    "all": _shelves,
    "g": _shelf,
    "parts": _list_first,
    "part": _list_part,
    "danger": _danger,
    "q": _answered,
    "done": _picked_all,
    "skip": skipping.skipped,
    "unsure": _unsure,
    "back": _back,
    "contact": _contact,
    "for": behalf.for_another,
    "wish": behalf.wishes,
    "src": behalf.came_by,
    "list": places.top,
    "node": places.opened,
    "here": places.chosen,
    "nothere": places.neither,
    "change": _change,
    "edit": _edit,
    "again": _ask_again,
    "review": _go_on,
    "go": _go_on,
    "files": _files,
    "nofiles": _no_files,
    "said": _heard_right,
    "reword": _heard_wrong,
    "unsaid": _not_needed,
    "submit": filing.submitted,
    "seal": filing.sealed,
    "join": filing.joined,
    "spot": settling.begins,
    "cancel": filing.cancelled,
    "late": filing.told_whose,
    "another": another.another,
    "same": another.same,
}
ANSWERS_WHETHER = frozenset({"another", "same", "cancel"})
