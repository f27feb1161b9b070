"""/units: units by level, page by page, or those that are looked for; the card of one, and its open orders."""

from collections.abc import Awaitable, Callable, Mapping

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.cases.case import Level
from bot.cases.errors import NotOpen
from bot.desk import unit_register
from bot.desk.desk import Desk
from bot.desk.names import matter_name
from bot.desk.unit_register import Unit
from bot.outbox.buttons import Press
from bot.texts import Texts
from handlers.admin import unit_changes, unit_matters, unit_new, unit_people
from handlers.admin.unit_card import At, back, card, data
from handlers.choosing import one_page
from handlers.numbers import number
from handlers.resident.keyboards import Choice, in_rows, inline
from handlers.resident.saying import Question, Said, says
from handlers.responders.replies import NoKey
from handlers.sorting import Data, InStep, Private

SHOWN = 20
"""Found units on one screen."""

ORDERS = 10


def doors() -> Router:
    """Private chats only: a group has no business with the telephones and lists of another unit."""
    router = Router(name="units")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(asks, Command("units"))
    router.message.register(unit_changes.renames, InStep(unit_changes.NAMING), NoKey(), F.text.as_("text"))
    router.message.register(unit_people.finds, InStep(unit_people.FINDING), NoKey(), F.text.as_("text"))
    router.message.register(unit_new.named, InStep(unit_new.NAMING), NoKey(), F.text.as_("text"))
    router.callback_query.register(unit_new.presses, Data("un"))
    router.callback_query.register(presses, Data("u"))
    return router


async def asks(message: Message, desk: Desk, texts: Texts, command: CommandObject) -> Said:
    """/units, or /units 城管."""
    words = (command.args or "").strip()
    if not words:
        return [says(message, *await _list(desk, texts, None, 0))]
    found = await unit_register.found(desk, words)
    if len(found) == 1:
        return [says(message, *await card(desk, texts, found[0].id))]
    rows = in_rows(_lines(texts, found[:SHOWN]), 2)
    levels = [] if found else await _levels(desk, texts, None)
    return [says(message, texts.units_found(words, len(found), SHOWN), inline(*rows, levels))]


def _lines(texts: Texts, found: list[Unit]) -> list[Choice]:
    return [(texts.unit_line(one.name, grouped=one.chat_id is not None), data("show", one)) for one in found]


async def _levels(desk: Desk, texts: Texts, here: Level | None) -> list[Choice]:
    every = await unit_register.by_level(desk)
    return [
        (texts.unit_level_count(level, len(found), here=level is here), data("list", value=f"{level}.0"))
        for level, found in every.items()
    ]


async def _list(desk: Desk, texts: Texts, level: Level | None, page: int) -> Question:
    """A page of a level; without one of the first level that has units."""
    every = await unit_register.by_level(desk)
    level = level or next((one for one, found in every.items() if found), Level.DISTRICT)
    found = every[level]
    lines, turning = one_page(
        texts, _lines(texts, found), page, unit_register.PAGE, lambda to: data("list", value=f"{level}.{to}")
    )
    new = [(texts.unit_new(), data("new"))] if await unit_register.must_read(desk) else []
    words = texts.units_at(level, len(found), sum(one.chat_id is None for one in found))
    return words, inline(*in_rows(lines, 2), turning, await _levels(desk, texts, level), new)


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """A button of the list or of a card; who may is looked up by what it does."""
    if len(parts) != 4 or parts[0] not in STEPS:
        raise NotOpen
    return await STEPS[parts[0]](At(query, desk, texts, state, number(parts[1]), number(parts[2]), parts[3]))


async def _lists(at: At) -> Said:
    level, _, page = at.value.partition(".")
    if level not in set(Level):
        raise NotOpen
    return at.turns(*await _list(at.desk, at.texts, Level(level), number(page)))


async def _shows(at: At) -> Said:
    return await at.card()


async def _orders(at: At) -> Said:
    """The open orders, to be opened by those who may deal with them."""
    shown = await unit_register.sheet(at.desk, at.unit_id)
    rows = [
        [(f"{case.number} {matter_name(at.desk, case, at.texts)}", Press(case.id, "open", case.version).pack())]
        for case in shown.orders[:ORDERS]
    ]
    words = at.texts.unit_orders_list(shown.unit.name, len(shown.orders))
    return at.turns(words, inline(*rows, [back(at.texts, shown.unit)]))


STEPS: Mapping[str, Callable[[At], Awaitable[Said]]] = {
    "list": _lists,
    "show": _shows,
    "orders": _orders,
    "new": unit_new.begins,
    **unit_changes.STEPS,
    **unit_matters.STEPS,
    **unit_people.STEPS,
}
