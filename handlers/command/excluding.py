"""不计满意率: why first, then words; and the second person's tap."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.cases.actions import Action
from bot.cases.case import GROUNDS
from bot.cases.errors import NotOpen
from bot.desk import excluding
from bot.desk.desk import Desk
from bot.outbox.buttons import Press
from bot.texts import Texts
from handlers.command.triage import at_centre
from handlers.resident.keyboards import inline
from handlers.resident.saying import Said
from handlers.responders.choices import Partly, Unchosen
from handlers.responders.presses import asks_words
from handlers.sorting import OnCase


def doors() -> Router:
    """Presses of dispatchers, in their group or privately; must stand before the doors that ask for words."""
    router = Router(name="excluding")
    router.callback_query.register(asks_ground, Unchosen(Action.EXCLUDE))
    router.callback_query.register(confirms, Partly(Action.EXCLUDE))
    router.callback_query.register(asks_reason, OnCase(Action.EXCLUDE))
    return router


async def asks_ground(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """违法, or 不合理?"""
    case, _ = await excluding.may_propose(desk, press.case_id)
    choices = [(texts.ground(one), Press(case.id, Action.EXCLUDE, case.version, one).pack()) for one in GROUNDS]
    message = await at_centre(query, desk, case)
    return [query.answer(), message.reply(texts.which_ground(case.number), reply_markup=inline(choices))]


async def asks_reason(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, press: Press) -> Said:
    """And the reason, in words."""
    if press.value not in GROUNDS:
        raise NotOpen
    await excluding.may_propose(desk, press.case_id)
    return await asks_words(query, desk, texts, state, press)


async def confirms(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """✅ by another dispatcher; the card that asked is edited by what follows."""
    case = await excluding.confirm(desk, press.case_id, press.value)
    return [query.answer(texts.excluded_toast(case.number))]
