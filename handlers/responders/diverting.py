"""转紧急专线 by a grid member: which line, and why; from the page of a case in the own grid."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.cases.actions import Action
from bot.cases.turning_away import LINES
from bot.desk import turning_away
from bot.desk.desk import Desk
from bot.outbox.buttons import Press
from bot.texts import Texts
from handlers.resident.keyboards import in_rows, inline
from handlers.resident.saying import Said
from handlers.responders.presses import asks_words, shown_here
from handlers.sorting import OnCase, Private


def doors() -> Router:
    """Private chats only; who may is looked up at the press."""
    router = Router(name="diverting")
    router.callback_query.register(asks_line, OnCase("line"), Private())
    return router


async def asks_line(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, press: Press) -> Said:
    """The lines; then the reason is asked for in words."""
    case = await turning_away.may(desk, press.case_id, Action.DIVERT, press.value)
    if press.value:
        why = Press(case.id, Action.DIVERT, press.version, press.value)
        return await asks_words(query, desk, texts, state, why)
    lines = [(one, Press(case.id, "line", case.version, one).pack()) for one in LINES]
    message = shown_here(query, case)
    return [query.answer(), message.answer(texts.which_line(case.number), reply_markup=inline(*in_rows(lines, 4)))]
