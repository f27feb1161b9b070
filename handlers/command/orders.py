"""/orders: mine, my unit's, overdue, to be verified, waiting for me; by number, place or words; paged, as workbook."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.cases.errors import NotFound, NotOpen
from bot.desk import orders
from bot.desk.desk import Desk
from bot.desk.names import matter_name
from bot.desk.orders import Asked, Here, Page, Turn
from bot.desk.showing import show_again
from bot.outbox.buttons import Press
from bot.outbox.cards_of import triage_card, unit_card
from bot.outbox.letters import person, unit
from bot.outbox.verdicts_of import judging_card
from bot.outbox.watching import watch_card
from bot.texts import Texts
from handlers.command.triage import topic_of
from handlers.numbers import number
from handlers.resident.keyboards import Choice, in_rows, inline
from handlers.resident.saying import Question, Said, turns
from handlers.responders.presses import HTML, markup, shown_here
from handlers.sorting import Data, OnCase

CARDS = {"unit": unit_card, "centre": triage_card, "check": judging_card, "watch": watch_card}
TURNS = {"f": True, "b": False}


def doors() -> Router:
    """In private chats, and in the group of a unit, where only what belongs to it and is not confidential is shown."""
    router = Router(name="orders")
    router.message.register(asks, Command("orders"))
    router.callback_query.register(pages, Data("or"))
    router.callback_query.register(wants_book, Data("orx"))
    router.callback_query.register(opens, OnCase("order"))
    return router


async def asks(message: Message, desk: Desk, texts: Texts, command: CommandObject) -> Said:
    """/orders, or with a number, a place or words behind it."""
    here, words = _here(message), (command.args or "").strip()
    shown = await orders.lists_of(desk, here)
    if not words:
        asked = Asked(shown[0])
    else:
        try:
            asked = await orders.meant(desk, words)
        except NotOpen:
            return [message.answer(texts.orders_too_short(), parse_mode=HTML)]
    said, keys = await _page(desk, texts, await orders.look(desk, asked, here, Turn()), here)
    said = said if words else f"{said}\n{texts.orders_how()}"
    return [message.answer(said, reply_markup=keys, parse_mode=HTML)]


async def pages(query: CallbackQuery, desk: Desk, texts: Texts, parts: list[str]) -> Said:
    """Another list, or another page of one. What somebody may see is looked up anew."""
    here, (asked, turn) = _pressed(query), _read(parts)
    return [query.answer(), turns(query, *await _page(desk, texts, await orders.look(desk, asked, here, turn), here))]


async def wants_book(query: CallbackQuery, desk: Desk, texts: Texts, parts: list[str]) -> Said:
    """📄 导出表格: sent privately, wherever it was asked for."""
    await orders.ask_for_workbook(desk, texts, _read(parts)[0], _pressed(query))
    return [query.answer(texts.orders_comes())]


async def opens(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """One line of a list: the card of the case, as a new message."""
    assert desk.person is not None
    here = _pressed(query)
    case, shown_as = await orders.opened(desk, press.case_id, here)
    message = shown_here(query, case)
    if here.private and shown_as == "unit":
        await show_again(desk, case, person(desk.person.id), f"order {desk.name}")
        return [query.answer()]
    to = person(desk.person.id) if here.private else unit(case.unit_id or 0)
    words, buttons = await CARDS[shown_as](desk, texts, case, to)
    return [query.answer(), message.answer(words, reply_markup=markup(buttons), parse_mode=HTML)]


async def _page(desk: Desk, texts: Texts, page: Page, here: Here) -> Question:
    asked = page.asked
    rows: list[list[Choice]] = [
        [(texts.order_line(one, matter_name(desk, one, texts), desk.now()), Press(one.id, "order", one.version).pack())]
        for one in page.cases
    ]
    turning: list[Choice] = []
    if page.before is not None:
        turning.append((texts.orders_before(), _data("or", asked, f"b{page.before}")))
    if page.after is not None:
        turning.append((texts.orders_after(), _data("or", asked, f"f{page.after}")))
    lists = [
        (texts.orders_list_button(one, here=one == asked.view), _data("or", Asked(one)))
        for one in await orders.lists_of(desk, here)
    ]
    book = [(texts.orders_book(), _data("orx", asked))] if page.cases else []
    words = texts.orders_head(asked.view, page.place, asked.words, len(page.cases))
    return words, inline(*rows, turning, *in_rows(lists, 2), book)


def _data(what: str, asked: Asked, turn: str = "") -> str:
    return f"{what}:{asked.view}:{asked.node_id or ''}:{asked.words}:{turn}"


def _read(parts: list[str]) -> tuple[Asked, Turn]:
    """What a button carries. Raises NotOpen for what none of ours does."""
    if len(parts) != 4 or parts[0] not in {*orders.LISTS, "find"}:
        raise NotOpen
    view, node, words, turn = parts
    at = Turn(number(turn[1:]), TURNS[turn[0]]) if turn and turn[0] in TURNS else Turn()
    return Asked(view, number(node) if node else None, words), at


def _here(message: Message) -> Here:
    return Here() if message.chat.type == "private" else Here(message.chat.id, topic_of(message))


def _pressed(query: CallbackQuery) -> Here:
    """Where a button stands. Raises NotFound if its message is out of reach."""
    if not isinstance(query.message, Message):
        raise NotFound
    return _here(query.message)
