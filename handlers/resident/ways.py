"""Buttons for what there are commands for: nobody has to type /forget."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup

from bot.cases.errors import NotOpen
from bot.desk.desk import Desk
from bot.texts import Texts
from handlers.resident import applying, subscribing
from handlers.resident.keyboards import in_rows, inline, of_own_data
from handlers.resident.saying import Said, says
from handlers.sorting import Data, Private


def doors() -> Router:
    """Under the help and the notice."""
    router = Router(name="ways")
    router.callback_query.filter(Private())
    router.callback_query.register(goes, Data("way"))
    return router


def under_help(texts: Texts) -> InlineKeyboardMarkup:
    """What else there is, a button each."""
    return inline(
        [(texts.way_follow(), "way:follow"), (texts.way_apply(), "way:apply")],
        [(texts.way_language(), "way:language"), (texts.large_button(on=True), "set:large:1")],
        of_own_data(texts),
    )


async def _follow(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    return await subscribing.begins(query, desk, texts, state)


async def _apply(query: CallbackQuery, desk: Desk, texts: Texts, _state: FSMContext) -> Said:
    return [says(query, *await applying.standing(desk, texts))]


async def _forget(query: CallbackQuery, _desk: Desk, texts: Texts, _state: FSMContext) -> Said:
    return [says(query, texts.forget_sure(), sure(texts))]


async def _language(query: CallbackQuery, _desk: Desk, texts: Texts, _state: FSMContext) -> Said:
    return [says(query, texts.choose_language(), languages())]


def sure(texts: Texts) -> InlineKeyboardMarkup:
    """Whether everything is to be deleted."""
    return inline([(texts.forget_yes(), "forget:yes")], [(texts.forget_no(), "keep:")])


def languages() -> InlineKeyboardMarkup:
    """Two buttons, each in its own language."""
    return inline(*in_rows([("中文", "lang:zh"), ("English", "lang:en")], 2))


Way = Callable[[CallbackQuery, Desk, Texts, FSMContext], Awaitable[Said]]
WAYS: Mapping[str, Way] = MappingProxyType(
    {"follow": _follow, "apply": _apply, "forget": _forget, "language": _language}
)


async def goes(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """As if the command was sent."""
    if len(parts) != 1 or parts[0] not in WAYS:
        raise NotOpen
    return [query.answer(), *await WAYS[parts[0]](query, desk, texts, state)]
