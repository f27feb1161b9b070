"""说错了，改一下: words, place or matter of a report in the first ten minutes; afterwards a supplement."""

from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.cases.case import Case
from bot.cases.clocks import may_correct
from bot.cases.draft import Ask, Draft
from bot.cases.errors import NotOpen
from bot.cases.matter import Matter
from bot.desk import correcting, following
from bot.desk.desk import Desk
from bot.outbox.buttons import Press
from bot.texts import Texts
from handlers.resident.adding import NotMenu, adds, once_more, step_over, waiting_case, waits_for
from handlers.resident.content import content_of
from handlers.resident.keyboards import Choice, in_rows, inline, large, location_key, menu
from handlers.resident.saying import Question, Said, says, turns
from handlers.resident.talk import ADDING, REPLACING, REWORDING, Talk
from handlers.resident.telling import GUESSES, take_in
from handlers.sorting import InStep, OnCase, Private

WORDS, PLACE, MATTER, GROUP = "words", "place", "matter", "group"
ONE = "one"


def doors() -> Router:
    """Correcting what was submitted."""
    router = Router(name="correcting")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(rewords, InStep(REWORDING), NotMenu())
    router.message.register(moves, InStep(REPLACING), NotMenu())
    router.callback_query.register(asks_what, OnCase("correct"))
    router.callback_query.register(asks, OnCase("fix"))
    return router


async def asks_what(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, press: Press) -> Said:
    """The three things that can be said anew. After ten minutes it is a supplement that is asked for."""
    case = await following.my_case(desk, press.case_id)
    if not may_correct(case, desk.now()):
        return await waits_for(query, texts, state, case, ADDING, texts.too_late_to_correct(case.number))
    return [query.answer(), says(query, *choices(texts, case))]


def choices(texts: Texts, case: Case) -> Question:
    """What can be said anew."""
    labels = ((texts.label_words(), WORDS), (texts.label_place(), PLACE), (texts.label_matter(), MATTER))
    keys = inline([(label, _fix(case, what)) for label, what in labels], [(texts.leave_so(), _show(case))])
    return texts.correct_what(case.number), keys


def _fix(case: Case, what: str, value: str = "") -> str:
    return Press(case.id, "fix", 0, f"{what}.{value}").pack()


def _show(case: Case) -> str:
    return Press(case.id, "show").pack()


async def asks(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, press: Press) -> Said:
    """One of them: for other words, for another place, or by taps for another matter."""
    case = await correcting.may(desk, await following.my_case(desk, press.case_id))
    what, _, value = press.value.partition(".")
    if what == WORDS:
        return await waits_for(query, texts, state, case, REWORDING, texts.correct_words())
    if what == PLACE:
        asked = await waits_for(query, texts, state, case, REPLACING, texts.where_instead())
        return [*asked, says(query, texts.or_send_it(), large([location_key(texts)]))]
    if what == ONE:
        return await _renamed(query, desk, texts, case, desk.office.catalogue.matters.get(value))
    shown = _suggested(desk, texts, case) if what == MATTER else _shelf(desk, texts, case, value)
    return [query.answer(), turns(query, *shown)]


def _suggested(desk: Desk, texts: Texts, case: Case) -> Question:
    """The likely ones, and the shelves."""
    likely = [one for one in desk.office.catalogue.suggest(case.text, GUESSES) if _is_other(case, one)]
    groups = [
        (texts.group_name(one), _fix(case, GROUP, one.code))
        for one in desk.office.catalogue.groups()
        if any(_is_other(case, matter) for matter in desk.office.catalogue.in_group(one.code))
    ]
    return texts.choose_matter(), inline(*_rows(texts, case, likely), *in_rows(groups, 2), _back(texts, case))


def _shelf(desk: Desk, texts: Texts, case: Case, group: str) -> Question:
    here = [one for one in desk.office.catalogue.in_group(group) if _is_other(case, one)]
    if not here:
        raise NotOpen
    return texts.choose_in_group(), inline(*_rows(texts, case, here), _back(texts, case))


def _is_other(case: Case, matter: Matter) -> bool:
    return correcting.choosable(matter) and matter.code != case.matter


def _rows(texts: Texts, case: Case, matters: list[Matter]) -> list[list[Choice]]:
    return [[(texts.matter_name(one), _fix(case, ONE, one.code))] for one in matters]


def _back(texts: Texts, case: Case) -> list[Choice]:
    return [(texts.leave_so(), _show(case))]


async def _renamed(query: CallbackQuery, desk: Desk, texts: Texts, case: Case, matter: Matter | None) -> Said:
    if matter is None or not _is_other(case, matter):
        raise NotOpen
    await correcting.rename(desk, case, matter)
    done = turns(query, texts.corrected_case(case.number))
    if matter.advice is None:
        return [query.answer(), done]
    return [query.answer(), says(query, texts.danger_advice(matter.advice.numbers, matter.advice)), done]


async def rewords(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """The story in other words; what comes too late is a supplement."""
    case = await waiting_case(desk, state)
    if not may_correct(case, desk.now()):
        return await adds(message, desk, texts, state)
    content = content_of(message)
    if content.nothing:
        return await once_more(message, texts, state, texts.correct_words())
    if not content.words:
        return await adds(message, desk, texts, state)  # a picture or a place changes no words, and is not lost
    await step_over(desk, state, case, message)
    mine = await following.my_case(desk, case.id)
    await correcting.reword(desk, mine, content.words)
    shown = await _shows_too(message, desk, texts, mine, content.media)
    return [*shown, says(message, _done(desk, texts, case), menu(texts))]


async def moves(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """Another place: a location, a venue, or words."""
    case, content = await waiting_case(desk, state), content_of(message)
    if not may_correct(case, desk.now()):
        return await adds(message, desk, texts, state)
    told = Talk(desk, texts, state, await state.get_data(), Draft(id=case.number), True, Ask.WHERE)
    pieces, content.media = content.media, []
    await take_in(told, content, message.message_id)
    if not told.draft.has_place and (told.draft.words or pieces):
        return await adds(message, desk, texts, state)  # no place, but told or shown: it is not lost
    if not told.draft.has_place:
        return await once_more(message, texts, state, texts.where_instead(), large([location_key(texts)]))
    await step_over(desk, state, case, message)
    mine = await following.my_case(desk, case.id)
    await correcting.replace_place(desk, mine, told.draft)
    shown = await _shows_too(message, desk, texts, mine, pieces)
    return [*(says(message, *one) for one in told.before), *shown, says(message, _done(desk, texts, case))]


async def _shows_too(message: Message, desk: Desk, texts: Texts, case: Case, pieces: list[dict[str, Any]]) -> Said:
    """Pictures that came with the right words are added to the case."""
    if not pieces:
        return []
    after = await following.my_case(desk, case.id)
    too_large = await following.add_to(desk, after, "", pieces, f"m{message.message_id}")
    return [says(message, texts.too_large())] if too_large else []


def _done(desk: Desk, texts: Texts, case: Case) -> str:
    """What no group may read changed nothing that groups read."""
    return texts.added_in_secret(case.number) if desk.confided else texts.corrected_case(case.number)
