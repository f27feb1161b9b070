"""Sending a case to a unit, and the queue of what waits."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.cases.actions import Action
from bot.cases.errors import NotOpen
from bot.desk import dealing
from bot.desk.desk import Desk
from bot.desk.names import matter_name
from bot.desk.rights import is_dispatcher
from bot.outbox.buttons import Press
from bot.texts import Texts
from handlers.resident.keyboards import in_rows, inline
from handlers.sorting import OnCase

HTML = "HTML"
Said = Any
SENDING = (Action.DISPATCH, Action.REASSIGN)


def command_doors() -> Router:
    """Presses of dispatchers, in their group or privately."""
    router = Router(name="command")
    router.callback_query.register(sends, OnCase(*SENDING))
    router.callback_query.register(lists_units, OnCase("units"))
    router.message.register(shows_queue, Command("queue"))
    return router


async def lists_units(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """派给其他单位: the units that may receive it."""
    if press.value not in SENDING:
        raise NotOpen
    case = await dealing.case_to_send(desk, press.case_id, Action(press.value))
    choices = [
        (unit.name, Press(case.id, press.value, case.version, str(unit.id)).pack())
        for unit in await dealing.units_for(desk, case)
    ]
    if not isinstance(query.message, Message):
        return query.answer()
    return [query.answer(), query.message.answer(texts.choose_unit(), reply_markup=inline(*in_rows(choices, 2)))]


async def sends(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """派单 or 改派."""
    if not press.value.isdecimal():
        raise NotOpen
    case, unit = await dealing.send_to(desk, press.case_id, Action(press.action), int(press.value))
    said = [query.answer(texts.done_toast(press.action))]
    if isinstance(query.message, Message) and query.message.text == texts.choose_unit():
        said.append(query.message.edit_text(texts.sent_to(case.number, unit.name), parse_mode=HTML))
    return said


async def shows_queue(message: Message, desk: Desk, texts: Texts) -> Said:
    """/queue: what waits for triage. A private chat shows all, a group nothing confidential."""
    if desk.person is None or not await is_dispatcher(desk, desk.person.id):
        return None
    waiting = [one for one in await dealing.queue(desk) if message.chat.type == "private" or not one.confidential]
    lines = [f"{case.number} {matter_name(desk, case, texts)}" for case in waiting]
    return message.answer("\n".join([texts.queue(len(waiting)), *lines]))
