"""办结公示: approving, rewording, leaving, taking down. Who may is looked up at the press."""

from typing import Any

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, ForceReply, Message

from bot.cases.case import Case
from bot.cases.errors import NotFound, NotOpen
from bot.cases.publishing import LONGEST
from bot.desk import publishing
from bot.desk.desk import Desk
from bot.outbox.publications import publication_card
from bot.texts import Texts
from bot.texts.language import units
from handlers import aside
from handlers.numbers import number
from handlers.responders.presses import markup, shown_here
from handlers.responders.replies import NoKey, ToUs
from handlers.sorting import Data, InStep

STEP = "publishing"
HTML = "HTML"
Said = Any


def doors() -> Router:
    """In the group of the centre, or privately."""
    router = Router(name="publishing")
    router.callback_query.register(presses, Data("pub"))
    router.message.register(rewords, InStep(STEP), ToUs(), NoKey(), F.text.as_("text"))
    return router


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """The buttons of the card."""
    if len(parts) != 3:
        raise NotOpen
    which, what, version = number(parts[0]), parts[1], number(parts[2])
    if what == "edit":
        return await _asks(query, desk, texts, state, which)
    if what == "yes":
        case, one = await publishing.approve(desk, which, version)
    elif what == "no":
        case, one = await publishing.leave(desk, which)
    elif what == "down":
        case, one = await publishing.withdraw(desk, which)
    else:
        raise NotOpen
    words, keys = await _card(desk, texts, case)
    message = shown_here(query, case)
    return [
        query.answer(texts.publication_done(one.state)),
        message.edit_text(words, reply_markup=markup(keys), parse_mode=HTML),
    ]


async def _card(desk: Desk, texts: Texts, case: Case) -> Any:
    card = await publication_card(desk, texts, case)
    if card is None:
        raise NotFound
    return card


async def _asks(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, which: int) -> Said:
    """The next words of whoever pressed are the text; in a group as a reply."""
    case, _, _ = await publishing.open_offer(desk, which)
    message = shown_here(query, case)
    await aside.ask(state, STEP, publication=which)
    words = texts.publication_write(case.number)
    if message.chat.type == "private":
        return [query.answer(), message.answer(words, parse_mode=HTML)]
    name = (desk.person.name if desk.person else None) or query.from_user.first_name
    words = texts.asked(name, query.from_user.id) + words
    return [query.answer(), message.answer(words, reply_markup=ForceReply(selective=True), parse_mode=HTML)]


async def rewords(message: Message, desk: Desk, texts: Texts, state: FSMContext, text: str) -> Said:
    """The new text, shown as it will leave; approving it is another press."""
    which = (await aside.facts(state)).get("publication")
    if not isinstance(which, int):
        raise NotOpen
    if not text.strip() or units(text) > LONGEST:
        return message.reply(texts.publication_write_again(LONGEST))
    await aside.end(state)
    case, _ = await publishing.reword(desk, which, text)
    words, keys = await _card(desk, texts, case)
    return message.reply(words, reply_markup=markup(keys), parse_mode=HTML)
