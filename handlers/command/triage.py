"""Sending a case to a unit, and the queue of what waits."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InaccessibleMessage, Message

from bot.cases.actions import Action
from bot.cases.case import Case
from bot.cases.errors import NotFound, NotOpen, NotYours
from bot.desk import answering, dealing
from bot.desk.desk import Desk
from bot.desk.names import matter_name
from bot.desk.rights import is_dispatcher
from bot.outbox.buttons import Press
from bot.outbox.cards_of import triage_card
from bot.outbox.letters import person
from bot.texts import Texts
from handlers.numbers import number
from handlers.resident.keyboards import in_rows, inline
from handlers.responders.presses import markup, shown_here
from handlers.sorting import OnCase

HTML = "HTML"
Said = Any
SENDING = (Action.DISPATCH, Action.REASSIGN)
CHOOSING = (*SENDING, Action.THANK)


def doors() -> Router:
    """Presses of dispatchers, in their group or privately."""
    router = Router(name="triage")
    router.callback_query.register(sends, OnCase(*SENDING))
    router.callback_query.register(thanks, OnCase(Action.THANK))
    router.callback_query.register(lists_units, OnCase("units"))
    router.callback_query.register(back_to_card, OnCase("card"))
    router.callback_query.register(opens_case, OnCase("open"))
    router.callback_query.register(passes_on, OnCase("hear"))
    router.callback_query.register(sees_files, OnCase("files"))
    router.message.register(shows_queue, Command("queue"))
    return router


async def lists_units(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """派给其他单位: the units that may receive it, in place of the card's buttons."""
    if press.value not in CHOOSING:
        raise NotOpen
    case = await dealing.case_to_send(desk, press.case_id, Action(press.value))
    choices = [
        (unit.name, Press(case.id, press.value, case.version, str(unit.id)).pack())
        for unit in await dealing.units_to_choose(desk, case, Action(press.value))
    ]
    back = (texts.back_to_card(), Press(case.id, "card", case.version).pack())
    buttons = inline(*in_rows(choices, 2), [back])
    return [query.answer(), shown_here(query, case).edit_reply_markup(reply_markup=buttons)]


async def back_to_card(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """‹ 先不派: the card as it was."""
    case = await dealing.case_for_dispatcher(desk, press.case_id)
    message = await at_centre(query, desk, case)
    words, buttons = await triage_card(desk, texts, case, _reader(desk, message))
    return [query.answer(), message.edit_text(words, reply_markup=markup(buttons), parse_mode=HTML)]


async def sends(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """派单 or 改派. The card is edited by what follows from the move; another message is answered here."""
    case, unit = await dealing.send_to(desk, press.case_id, Action(press.action), number(press.value))
    return query.answer(texts.sent_to(case.number, unit.name))


async def thanks(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """转达, or kept at the centre (0)."""
    case = await answering.thank(desk, press.case_id, number(press.value) or None)
    return query.answer(texts.thanked(case.number))


async def opens_case(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """One case of the queue."""
    case = await dealing.case_for_dispatcher(desk, press.case_id)
    message = await at_centre(query, desk, case)
    words, buttons = await triage_card(desk, texts, case, _reader(desk, message))
    return [query.answer(), message.answer(words, reply_markup=markup(buttons), parse_mode=HTML)]


async def passes_on(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """交给责任单位: the words of a sealed voice, after a dispatcher has read them."""
    case = await dealing.pass_on(desk, press.case_id, number(press.value))
    message = shown_here(query, case)
    return [query.answer(texts.passed_on()), message.edit_reply_markup(reply_markup=None)]


def _reader(desk: Desk, message: Message) -> str:
    """Whoever reads it: a dispatcher privately, or the whole group."""
    return person(dealing.who_acts(desk)) if message.chat.type == "private" else "group"


async def at_centre(query: CallbackQuery, desk: Desk, case: Case) -> Message:
    """The message of a press. Raises NotFound in the group of anybody but a centre."""
    message = shown_here(query, case)
    if message.chat.type != "private" and not await dealing.of_centre(desk, message.chat.id, topic_of(message)):
        raise NotFound
    return message


async def sees_files(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """📎: the files of a case, here or privately."""
    case = await dealing.case_to_look_at(desk, press.case_id)
    message = shown_here(query, case)
    await dealing.show_files(desk, case, message.chat.id, topic_of(message))
    return query.answer(texts.files_come())


def topic_of(message: Message | InaccessibleMessage | None) -> int | None:
    """The topic a message stands in."""
    return message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None


async def shows_queue(message: Message, desk: Desk, texts: Texts) -> Said:
    """/queue: what waits for triage. A private chat shows all, a group nothing confidential."""
    if desk.person is None or not await is_dispatcher(desk, desk.person.id):
        return message.answer(texts.refused("NotYours"))
    if message.chat.type != "private" and not await dealing.of_centre(desk, message.chat.id, topic_of(message)):
        raise NotYours
    waiting = await dealing.queue(desk)
    shown = [one for one in waiting if message.chat.type == "private" or not one.confidential]
    rows = [[(_line(desk, texts, case), Press(case.id, "open", case.version).pack())] for case in shown]
    return message.answer(texts.queue(len(shown), len(waiting) == dealing.PAGE), reply_markup=inline(*rows))


def _line(desk: Desk, texts: Texts, case: Case) -> str:
    met = [texts.so_many_met(case.joined)] if case.joined else []
    return " ".join([case.number, matter_name(desk, case, texts), *met])
