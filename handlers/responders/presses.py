"""Buttons of cards: sign, contact, progress, result, verdict. Who may is looked up at the press."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, ForceReply, InlineKeyboardMarkup, Message

from bot.cases.actions import Action
from bot.cases.case import Case
from bot.cases.errors import NotFound
from bot.desk.answering import number_to_call
from bot.desk.dealing import case_for_dispatcher, case_for_unit, needs_photo, press_simple, started
from bot.desk.desk import Desk
from bot.desk.showing import show_again
from bot.desk.watching import may_reopen
from bot.outbox.buttons import Keyboard, Press
from bot.outbox.letters import person
from bot.outbox.reminders import nudge
from bot.texts import Texts
from handlers.responders import dealing
from handlers.responders.asked import ASKED
from handlers.sorting import OnCase, Private

HTML = "HTML"
Said = Any
SIMPLE = (Action.ACCEPT, Action.CONTACT, Action.CONFIRM)
BY_NAME = [action for action in ASKED if action is not Action.REDO]
"""A reporter has a door of its own for doing it again; here it is asked for as `relapse`."""

READERS = frozenset({"unit", "centre"})


def doors() -> Router:
    """Presses work in groups and in private chats alike."""
    router = Router(name="presses")
    router.message.register(comes_by_link, CommandStart(magic=F.args.regexp(r"^c_[0-9]{1,18}$")), Private())
    router.callback_query.register(presses_simple, OnCase(*SIMPLE))
    router.callback_query.register(asks_words, OnCase(Action.PROGRESS, Action.RESOLVE, *BY_NAME))
    router.callback_query.register(asks_why_again, OnCase("relapse"))
    router.callback_query.register(opens_reminder, OnCase("remind"))
    router.callback_query.register(sees_number, OnCase("number"), Private())
    return router


async def presses_simple(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """A press that needs no words."""
    await press_simple(desk, press.case_id, Action(press.action), press.value)
    return query.answer(texts.done_toast(press.action))


async def asks_words(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, press: Press) -> Said:
    """进展, 办结, 不通过 need words (and a photo): asked for as a reply, in the group or privately."""
    action = Action(press.action)
    case = await started(desk, press.case_id, action, press.value)
    return await _asks(query, desk, texts, state, case, action, press.value)


async def asks_why_again(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, press: Press) -> Said:
    """🔁 又反复了: a grid member or a dispatcher says what is as bad as before."""
    case, _ = await may_reopen(desk, press.case_id)
    return await _asks(query, desk, texts, state, case, Action.REDO, "")


async def _asks(
    query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, case: Case, action: Action, about: str
) -> Said:
    message = shown_here(query, case)
    words = await _asking(desk, texts, case, action)
    await dealing.begin(state, desk, case, action, about, words)
    if message.chat.type == "private":
        return [query.answer(), message.answer(words, parse_mode=HTML)]
    name = (desk.person.name if desk.person else None) or query.from_user.first_name
    words = texts.asked(name, query.from_user.id) + words
    return [query.answer(), message.answer(words, reply_markup=ForceReply(selective=True), parse_mode=HTML)]


async def _asking(desk: Desk, texts: Texts, case: Case, action: Action) -> str:
    if action in ASKED:
        return ASKED[action].ask(texts, case.number)
    if action is Action.PROGRESS:
        return texts.give_progress(case.number)
    return texts.give_result(case.number, await needs_photo(desk, case.id))


def markup(buttons: Keyboard | None) -> InlineKeyboardMarkup | None:
    """The buttons of a card for an answer."""
    return InlineKeyboardMarkup.model_validate(buttons) if buttons else None


def shown_here(query: CallbackQuery, case: Case) -> Message:
    """The message of a press. Raises NotFound if it is out of reach, or for a confidential case in a group."""
    if not isinstance(query.message, Message) or (case.confidential and query.message.chat.type != "private"):
        raise NotFound
    return query.message


async def opens_reminder(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """One case of a list of reminders, with its buttons."""
    kind, _, reader = press.value.partition(".")
    if reader not in READERS or not texts.knows_nudge(kind):
        raise NotFound
    look = case_for_unit if reader == "unit" else case_for_dispatcher
    case = await look(desk, press.case_id)
    words, buttons = await nudge(desk, texts, case, kind, reader)
    message = shown_here(query, case)
    return [query.answer(), message.answer(words, reply_markup=markup(buttons), parse_mode=HTML)]


async def sees_number(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """📞 上报人电话: privately, to the one who signed, if the reporter wants a call."""
    case, number = await number_to_call(desk, press.case_id)
    message = shown_here(query, case)
    return [query.answer(), message.answer(texts.number_to_call(case.number, number), protect_content=True)]


async def comes_by_link(_message: Message, desk: Desk, state: FSMContext, command: CommandObject) -> None:
    """From the card in the group into the private chat: the same card, kept up and to be dealt with here."""
    assert desk.person is not None
    case = await case_for_unit(desk, int((command.args or "").removeprefix("c_")))
    await dealing.leave(state)
    await show_again(desk, case, person(desk.person.id), f"link {desk.name}")
