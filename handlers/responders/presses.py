"""Buttons of cards: sign, contact, progress, result, verdict. Who may is looked up at the press."""

from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, ForceReply, Message

from bot.cases.actions import Action
from bot.desk.dealing import press_simple, started
from bot.desk.desk import Desk
from bot.outbox.buttons import Press
from bot.texts import Texts
from handlers.sorting import OnCase

HTML = "HTML"
Said = Any
ASKS = {Action.PROGRESS: "give_progress", Action.RESOLVE: "give_result", Action.FAIL: "give_failure"}


def doors() -> Router:
    """Presses work in groups and in private chats alike."""
    router = Router(name="presses")
    router.callback_query.register(presses_simple, OnCase(Action.ACCEPT, Action.CONTACT, Action.CONFIRM))
    router.callback_query.register(asks_words, OnCase(*ASKS))
    return router


async def presses_simple(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """A press that needs no words."""
    await press_simple(desk, press.case_id, Action(press.action))
    return query.answer(texts.done_toast(press.action))


async def asks_words(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, press: Press) -> Said:
    """进展, 办结, 不通过 need words (and a photo): asked for as a reply, in the group or privately."""
    case = await started(desk, press.case_id, Action(press.action))
    await state.set_data({"case": case.id, "action": press.action, "photo": [], "words": ""})
    await state.set_state("dealing")
    words = str(getattr(texts, ASKS[Action(press.action)])(case.number))
    if not isinstance(query.message, Message):
        return query.answer()
    return [query.answer(), query.message.answer(words, reply_markup=ForceReply(selective=True), parse_mode=HTML)]
