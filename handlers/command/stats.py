"""/stats: figures of a place or unit, for those who may see them; period, place and unit by buttons."""

from collections.abc import Awaitable, Callable, Mapping

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.cases.errors import NotOpen, NotYours
from bot.desk import figures
from bot.desk.desk import Desk
from bot.desk.figures import PERIODS, Report, Scope
from bot.texts import Texts
from handlers.choosing import paged
from handlers.numbers import number
from handlers.resident.keyboards import Choice, in_rows, inline
from handlers.resident.saying import Question, Said, says, turns
from handlers.sorting import Data, Private

BOOK = frozenset({"xlsx", "excel"})
DEFAULT = "week"
MOST = 80
Asked = Callable[[Desk, Texts, Report], Awaitable[None]]
MADE: Mapping[str, Asked] = {
    "draw": figures.ask_for_picture,
    "bars": figures.ask_for_units,
    "tags": figures.ask_for_matters,
    "book": figures.ask_for_workbook,
}
SHOWN = frozenset({"show", "choose", "matter"})


def doors() -> Router:
    """Private chats only: a group has no business with the figures of another."""
    router = Router(name="stats")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(asks, Command("stats"))
    router.callback_query.register(presses, Data("st"))
    return router


async def asks(message: Message, desk: Desk, texts: Texts, command: CommandObject) -> Said:
    """/stats, with a period, a place or xlsx behind it in any order; the numbers, and the picture or workbook."""
    own = await figures.scopes(desk)
    scope, period, book = own[0], DEFAULT, False
    for word in (command.args or "").split():
        named = next((one for one in PERIODS if word.casefold() in {one, texts.stats_period(one).casefold()}), None)
        if named is not None:
            period = named
        elif word.casefold() in BOOK:
            book = True
        elif (found := await _named(desk, word)) is not None:
            scope = found
        else:
            return [says(message, texts.stats_how(word), inline(*_choices(own, period)))]
    if len(own) > 1 and not command.args:
        return [says(message, texts.stats_choose(), inline(*_choices(own, period)))]
    report = await figures.report(desk, scope, period)
    await MADE["book" if book else "draw"](desk, texts, report)
    return [says(message, *await _shown(desk, texts, report))]


async def _named(desk: Desk, word: str) -> Scope | None:
    """The place or unit that is called so, if they may look at it."""
    for scope in await figures.called(desk, word):
        try:
            return await figures.allowed(desk, scope)
        except NotYours:
            continue
    return None


def _choices(own: list[Scope], period: str) -> list[list[Choice]]:
    return [[(one.name, _data("show", period, one))] for one in own[:MOST]]


def _data(what: str, period: str, scope: Scope) -> str:
    return f"st:{what}:{period}:{scope.sign}"


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, parts: list[str]) -> Said:
    """Another period, place or unit; the picture or the workbook. Whether they may look is asked anew each time."""
    if len(parts) != 3 or parts[0] not in {*SHOWN, *MADE} or parts[1] not in PERIODS:
        raise NotOpen
    what, period, (sign, _, page) = parts[0], parts[1], parts[2].partition(".")
    scope = await figures.allowed(desk, sign)
    if what == "choose":
        listed = [(one.name, _data("show", period, one)) for one in await figures.units_of(desk, scope)]
        back = [(texts.stats_up(), _data("show", period, scope))]
        rows = paged(texts, listed, number(page or "0"), lambda to: f"{_data('choose', period, scope)}.{to}")
        return [query.answer(), turns(query, texts.stats_choose(), inline(*rows, back))]
    report = await figures.report(desk, scope, period)
    if what == "matter":
        return [query.answer(), turns(query, *await _matters(desk, texts, report))]
    if what in MADE:
        await MADE[what](desk, texts, report)
        return [query.answer(texts.stats_comes())]
    return [query.answer(), turns(query, *await _shown(desk, texts, report, number(page or "0")))]


async def _matters(desk: Desk, texts: Texts, report: Report) -> Question:
    """By what it was about; the picture of it, and back."""
    scope, period = report.scope, report.period
    rows = [(row.name, row.figures) for row in await figures.matters_of(desk, texts, report)]
    keys = [
        [(texts.stats_draw_matters(), _data("tags", period, scope)), (texts.stats_up(), _data("show", period, scope))]
    ]
    return texts.stats_matters(scope.name, report.first, report.last, rows), inline(*keys)


async def _shown(desk: Desk, texts: Texts, report: Report, page: int = 0) -> Question:
    scope, period = report.scope, report.period
    words = texts.stats(
        scope.name,
        period,
        report.first,
        report.last,
        report.total,
        report.sealed,
        of_unit=scope.kind == "u",
        asked=report.asked,
        thanked=report.thanked,
        on_books=report.on_books,
    )
    periods = [(texts.stats_period_button(one, here=one == period), _data("show", one, scope)) for one in PERIODS]
    below = [Scope("p", node.id, node.name) for node in await figures.places_of(desk, scope)]
    choices = [(one.name, _data("show", period, one)) for one in below]
    places = paged(texts, choices, page, lambda to: f"{_data('show', period, scope)}.{to}")
    units = [(texts.stats_by_matter(), _data("matter", period, scope))]
    made = [(texts.stats_draw(), _data("draw", period, scope)), (texts.stats_book(), _data("book", period, scope))]
    if await figures.units_of(desk, scope):
        units.insert(0, (texts.stats_units(), _data("choose", period, scope)))
        made.insert(1, (texts.stats_draw_units(), _data("bars", period, scope)))
    above = await figures.above(desk, scope)
    up = [(texts.stats_up(), _data("show", period, above))] if above else []
    return words, inline(*in_rows(periods, 3), *places, [*units, *up], made)
