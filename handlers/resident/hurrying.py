"""Whoever writes too fast: one sentence, then silence in which everything is taken in; and the way back out of it."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery, Message

from bot.desk.desk import Desk
from bot.texts import Texts
from handlers.resident.keyboards import inline
from handlers.resident.saying import Said, says
from handlers.resident.talk import talk_of
from handlers.sorting import Data, Private

URGENT = frozenset({"submit", "seal", "danger", "m"})
"""Presses on a draft that count however fast they come: the matter may be a red one."""
OF_DANGER = frozenset({"sos", "sosno", "thru"})


def doors() -> Router:
    """Private chats."""
    router = Router(name="hurrying")
    router.callback_query.register(goes_on, Data("calm"), Private())
    return router


def passes(query: CallbackQuery) -> bool:
    """Whether a press is never too fast: what submits a report, or says that there is danger."""
    parts = (query.data or "").split(":")
    return parts[0] in OF_DANGER or (parts[0] == "d" and parts[2:3] != [] and parts[2] in URGENT)


def too_fast(message: Message, texts: Texts) -> SendMessage:
    """The one sentence, with the button that goes on."""
    return says(message, texts.too_fast(), inline([(texts.go_on_slowly(), "calm:")]))


async def goes_on(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """接着说: what is to be asked now; without a draft that something may be told."""
    talk = await talk_of(desk, texts, state)
    if not talk.opened or talk.draft.empty:
        return [query.answer(), says(query, texts.tell_me())]
    talk.afresh()
    return await talk.go_on(query)
