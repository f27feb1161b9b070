"""/settings: one's own language and reminder; for admins what of the installation can be changed while it runs."""

from collections.abc import Awaitable, Callable, Mapping

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.cases.errors import NotOpen, NotYours
from bot.cases.worktime import QUIET_FROM, QUIET_UNTIL
from bot.desk import settings
from bot.desk.about import set_large
from bot.desk.desk import Desk
from bot.desk.rights import acts_as_admin, must_be_admin
from bot.texts import Texts
from handlers.choosing import one_page
from handlers.numbers import number
from handlers.resident.keyboards import Choice, in_rows, inline
from handlers.resident.saying import Question, Said, says, turns
from handlers.sorting import Data, Private

PAGE = 10
Step = Callable[[Desk, Texts, str], Awaitable[Question]]


def doors() -> Router:
    """Private chats only."""
    router = Router(name="settings")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(asks, Command("settings"))
    router.callback_query.register(presses, Data("set"))
    return router


async def asks(message: Message, desk: Desk, texts: Texts) -> Said:
    """/settings."""
    return [says(message, *await _mine(desk, texts, ""))]


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, parts: list[str]) -> Said:
    """A button; who may is looked up by what it does."""
    if len(parts) != 2 or parts[0] not in STEPS:
        raise NotOpen
    return [query.answer(), turns(query, *await STEPS[parts[0]](desk, texts, parts[1]))]


async def _mine(desk: Desk, texts: Texts, _value: str) -> Question:
    languages = [("中文", "lang:zh"), ("English", "lang:en")]
    hour = await _hour(desk)
    mine = [(texts.my_hour_button(), "set:hours:")] if hour is not None else []
    every = [(texts.all_settings_button(), "set:all:")] if await acts_as_admin(desk) else []
    large = desk.person is not None and desk.person.large
    style = [(texts.large_button(on=not large), f"set:large:{int(not large)}")]
    return texts.my_settings(hour, large=large), inline(languages, style, mine, every)


async def _set_large(desk: Desk, texts: Texts, value: str) -> Question:
    await set_large(desk, large=number(value) == 1)
    return await _mine(desk, texts, "")


async def _hour(desk: Desk) -> int | None:
    try:
        return await settings.my_hour(desk) or desk.office.patrol_hour
    except NotYours:
        return None


async def _hours(desk: Desk, texts: Texts, _value: str) -> Question:
    own = await settings.my_hour(desk) or desk.office.patrol_hour
    choices = [(texts.hour_button(one, now=one == own), f"set:hour:{one}") for one in settings.hours(desk)]
    return texts.choose_my_hour(), inline(*in_rows(choices, 3), [(texts.my_settings_back(), "set:me:")])


async def _set_hour(desk: Desk, texts: Texts, value: str) -> Question:
    await settings.set_my_hour(desk, number(value))
    return await _mine(desk, texts, "")


async def _all(desk: Desk, texts: Texts, _value: str) -> Question:
    found = await settings.listed(desk)
    office = desk.office
    possible = [one for one in office.catalogue.matters.values() if settings.may_be_automatic(one)]
    words = texts.all_settings(
        [texts.setting_line(one.name, one.value, one.by, one.at, fixed=one.fixed) for one in found],
        (QUIET_FROM, QUIET_UNTIL),
        office.calendar.hours,
        office.pace,
        sum(office.chosen.automatic(one) for one in possible),
        len(possible),
    )
    choices = [(texts.setting_name(one.name), f"set:pick:{one.name}") for one in found if not one.fixed]
    automatic = [(texts.automatic_button(), "set:shelves:")]
    return words, inline(*in_rows(choices, 1), automatic, [(texts.my_settings_back(), "set:me:")])


async def _picks(desk: Desk, texts: Texts, value: str) -> Question:
    one = await settings.one(desk, value)
    choices = [
        (texts.value_button(one.name, each, now=each == one.value), f"set:put:{one.name}.{each}")
        for each in settings.OPTIONS[one.name]
    ]
    return texts.choose_setting(one.name), inline(*in_rows(choices, 2), _back(texts))


def _back(texts: Texts) -> list[Choice]:
    return [(texts.settings_back(), "set:all:")]


async def _puts(desk: Desk, texts: Texts, value: str) -> Question:
    name, _, chosen = value.partition(".")
    await settings.choose(desk, name, number(chosen) if chosen.isdecimal() else chosen)
    return await _all(desk, texts, "")


async def _shelves(desk: Desk, texts: Texts, _value: str) -> Question:
    await must_be_admin(desk)
    catalogue, chosen = desk.office.catalogue, desk.office.chosen
    choices: list[Choice] = []
    for group in catalogue.groups():
        some = [one for one in catalogue.in_group(group.code) if settings.may_be_automatic(one)]
        if some:
            words = texts.shelf_count(texts.group_name(group), sum(chosen.automatic(one) for one in some), len(some))
            choices.append((words, f"set:shelf:{group.code}.0"))
    return texts.choose_automatic(some=bool(choices)), inline(*in_rows(choices, 2), _back(texts))


async def _shelf(desk: Desk, texts: Texts, value: str) -> Question:
    await must_be_admin(desk)
    code, _, page = value.partition(".")
    return _matters(desk, texts, code, number(page))


def _matters(desk: Desk, texts: Texts, code: str, page: int) -> Question:
    chosen = desk.office.chosen
    lines: list[Choice] = []
    for one in desk.office.catalogue.in_group(code):
        if settings.may_be_automatic(one):
            on = chosen.automatic(one)
            lines.append((texts.matter_on(texts.matter_name(one), on=on), f"set:auto:{one.code}.{page}.{int(not on)}"))
    choices, turning = one_page(texts, lines, page, PAGE, lambda to: f"set:shelf:{code}.{to}")
    keys = inline(*in_rows(choices, 2), turning, [(texts.shelves_back(), "set:shelves:")])
    return texts.choose_automatic(some=bool(lines)), keys


async def _switches(desk: Desk, texts: Texts, value: str) -> Question:
    given = value.split(".")
    if len(given) != 3:
        raise NotOpen
    await settings.switch(desk, given[0], on=number(given[2]) == 1)
    return _matters(desk, texts, given[0][:1], number(given[1]))


STEPS: Mapping[str, Step] = {
    "me": _mine,
    "large": _set_large,
    "hours": _hours,
    "hour": _set_hour,
    "all": _all,
    "pick": _picks,
    "put": _puts,
    "shelves": _shelves,
    "shelf": _shelf,
    "auto": _switches,
}
