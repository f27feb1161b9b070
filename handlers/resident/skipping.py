"""跳过: what is skipped, and what is said where there is nothing to skip or the question is an old one."""

from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.cases.case import FROM_ABOVE
from bot.cases.draft import Ask, Draft
from bot.cases.errors import NotOpen
from bot.desk.desk import Desk
from bot.texts import Texts
from handlers.resident import another
from handlers.resident.answers import open_one, question_of
from handlers.resident.keyboards import menu
from handlers.resident.questions import ASKED_OF, OF_QUESTION
from handlers.resident.saying import Said, says
from handlers.resident.talk import Talk, talk_of

PASSED_OVER = frozenset({Ask.PHOTO, Ask.CALLER, Ask.BEHALF, Ask.ORDER, Ask.DANGER})
SKIPPABLE = frozenset({Ask.MATTER, Ask.WORDS, Ask.HERE, Ask.WHERE, Ask.CONTACT}) | PASSED_OVER


async def skips(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """跳过, typed or by its key: on without the place (the centre will ask or find it), or without another answer."""
    talk = await talk_of(desk, texts, state)
    if not talk.opened:
        return [says(message, texts.tell_me(), menu(texts))]
    await another.settle(talk)
    question = open_one(talk)
    if question is not None and not question.required:
        talk.draft.skip(f"q:{question.key}")
        talk.before.append((texts.all_right(), menu(texts)))
    elif talk.asked == Ask.WHERE:
        _without_place(talk)
    elif talk.asked == Ask.HERE:
        talk.draft.skip(Ask.HERE)
        talk.before.append((texts.all_right(), menu(texts)))
    elif talk.asked == Ask.NUMBER:
        talk.draft.contact = ""
        talk.before.append((texts.all_right(), menu(texts)))
    elif talk.asked == Ask.MATTER and not talk.draft.empty:
        talk.draft.skip(Ask.MATTER)
        talk.note = texts.unsure_which()
    elif _may_be_passed_over(talk) or (talk.asked == Ask.WORDS and talk.draft.has_picture):
        talk.draft.skip(talk.asked or "")
    else:
        talk.note = texts.nothing_to_skip() if talk.asked == Ask.REVIEW else texts.cannot_skip()
    return await talk.go_on(message)


def _may_be_passed_over(talk: Talk) -> bool:
    """An order of 12345 has a number; whoever asks from above may have named no day."""
    needed = talk.asked == Ask.ORDER and talk.draft.source not in FROM_ABOVE
    return talk.asked in PASSED_OVER and not needed


def _without_place(talk: Talk) -> None:
    if talk.draft.has_place:
        known = talk.draft.place or talk.texts.on_location()
        talk.before.append((talk.texts.place_stays(known), menu(talk.texts)))
        return
    talk.draft.skip(Ask.WHERE)
    talk.before.append((talk.texts.without_place(), menu(talk.texts)))


async def skipped(talk: Talk, value: str) -> None:
    """The button. Under an older message it is said what became of that question."""
    key = value.removeprefix(OF_QUESTION)
    asked, name = (ASKED_OF + key, f"q:{key}") if value.startswith(OF_QUESTION) else (value, value)
    if asked == name and name not in SKIPPABLE:
        raise NotOpen
    if talk.asked != asked:
        talk.note = _of_old(talk, key, name)
    if not _given(talk.draft, key, name) and (asked == name or question_of(talk, key) is not None):
        talk.draft.skip(name)


def _of_old(talk: Talk, key: str, name: str) -> str:
    question = question_of(talk, key) if name != key else None
    if name != key and question is None:
        return talk.texts.skip_gone()
    label = talk.texts.question_short(question) if question else _label(talk.texts, Ask(name))
    if _given(talk.draft, key, name):
        return talk.texts.skip_answered(label)
    return talk.texts.skip_again(label) if name in talk.draft.skipped else talk.texts.skipped_that(label)


def _label(texts: Texts, ask: Ask) -> str:
    beside = {
        Ask.CALLER: texts.label_caller,
        Ask.BEHALF: texts.label_behalf,
        Ask.ORDER: texts.label_due,
        Ask.MATTER: texts.label_matter,
        Ask.HERE: texts.label_place,
    }
    return beside[ask]() if ask in beside else texts.asked_for(ask)


def _given(draft: Draft, key: str, name: str) -> bool:
    if name != key:
        return key in draft.answers
    return {
        Ask.MATTER: draft.matter is not None,
        Ask.DANGER: draft.danger is not None,
        Ask.WORDS: bool(draft.words),
        Ask.HERE: not draft.maybe,
        Ask.WHERE: draft.has_place,
        Ask.PHOTO: draft.has_picture,
        Ask.CONTACT: draft.sealed is not None,
        Ask.CALLER: bool(draft.who),
        Ask.ORDER: bool(draft.order_due),
        Ask.BEHALF: bool(draft.who),
    }[Ask(name)]
