"""抽查: a dispatcher looks at one of ten finds that were settled on the spot."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cases.errors import NotOpen
from bot.desk import settling
from bot.desk.desk import Desk
from bot.outbox.buttons import Press
from bot.texts import Texts
from handlers.resident.saying import Said
from handlers.sorting import OnCase

RIGHT = "ok"


def doors() -> Router:
    """In the group of the centre, or privately."""
    router = Router(name="sampling")
    router.callback_query.register(judges, OnCase("spot"))
    return router


async def judges(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """属实, or what is wrong; the card is edited by what follows."""
    if press.value not in (RIGHT, *settling.WRONG):
        raise NotOpen
    await settling.check(desk, press.case_id, press.value)
    return [query.answer(texts.done_toast("spot"))]
