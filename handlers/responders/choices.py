"""Buttons of a unit or the centre that ask for a choice first: whose it is, which colleague, until when and who."""

import re
from collections.abc import Sequence

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cases.actions import Action
from bot.cases.case import Case
from bot.cases.errors import NotOpen
from bot.desk import deciding, shelving, transferring
from bot.desk.desk import Desk
from bot.outbox.buttons import Press
from bot.texts import Texts
from handlers.resident.keyboards import Choice, in_rows, inline
from handlers.resident.saying import Said
from handlers.responders.presses import shown_here
from handlers.sorting import OnCase

PERSON = re.compile("-?[0-9]{1,19}")
MOST = 24


class Unchosen(OnCase):
    """The button of a card, before anything was chosen."""

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Press]:
        found = await super().__call__(query)
        return found if isinstance(found, dict) and found["press"].value == "" else False


class Partly(OnCase):
    """The first of two choices is made, which is a number."""

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Press]:
        found = await super().__call__(query)
        return found if isinstance(found, dict) and found["press"].value.isdecimal() else False


def doors() -> Router:
    """Presses in groups and private chats alike; must stand before those that ask for words."""
    router = Router(name="choices")
    router.callback_query.register(asks_whose, Unchosen(Action.RETURN))
    router.callback_query.register(asks_colleague, Unchosen(Action.TRANSFER))
    router.callback_query.register(hands_on, OnCase(Action.TRANSFER))
    router.callback_query.register(asks_until, Unchosen(Action.SHELVE))
    router.callback_query.register(asks_owner, Partly(Action.SHELVE))
    router.callback_query.register(resumes, OnCase(Action.RESUME))
    return router


def _asked(query: CallbackQuery, case: Case, words: str, *rows: Sequence[Choice]) -> Said:
    """A question of its own, so that the card stays as it is."""
    return [query.answer(), shown_here(query, case).reply(words, reply_markup=inline(*rows), parse_mode="HTML")]


async def asks_whose(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """退单: whose is it then? Perhaps nobody knows."""
    case = await deciding.case_to_return(desk, press.case_id)
    units = (await deciding.proposable(desk, case))[:MOST]
    choices = [(one.name, Press(case.id, Action.RETURN, case.version, str(one.id)).pack()) for one in units]
    unknown = [(texts.whose_unknown(), Press(case.id, Action.RETURN, case.version, "0").pack())]
    return _asked(query, case, texts.whose_is_it(case.number), *in_rows(choices, 2), unknown)


async def asks_colleague(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """转办: to whom?"""
    case, found = await transferring.to_choose(desk, press.case_id)
    choices = [
        (name, Press(case.id, Action.TRANSFER, case.version, str(one)).pack()) for one, name in list(found.items())
    ][:MOST]
    if not choices:
        return [query.answer(texts.no_colleague(), show_alert=True)]
    return _asked(query, case, texts.which_colleague(case.number), *in_rows(choices, 2))


async def hands_on(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """Chosen."""
    if not PERSON.fullmatch(press.value):
        raise NotOpen
    case, name = await transferring.hand_on(desk, press.case_id, int(press.value))
    message = shown_here(query, case)
    return [query.answer(), message.edit_text(texts.handed_on(case.number, name), parse_mode="HTML")]


async def asks_until(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """挂账: when is it looked at again?"""
    case = await shelving.case_to_shelve(desk, press.case_id)
    days = [
        (texts.until_day(shelving.review_on(desk, one)), Press(case.id, Action.SHELVE, case.version, str(one)).pack())
        for one in shelving.DAYS
    ]
    return _asked(query, case, texts.shelve_until(case.number), *in_rows(days, 3))


async def asks_owner(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """And who looks after it?"""
    case = await shelving.case_to_shelve(desk, press.case_id)
    shelving.review_on(desk, int(press.value))
    choices = [
        (name, Press(case.id, Action.SHELVE, case.version, f"{press.value}.{one}").pack())
        for one, name in list((await shelving.owners(desk, case)).items())[:MOST]
    ]
    buttons = inline(*in_rows(choices, 2))
    message = shown_here(query, case)
    asks = texts.who_looks_after(case.number)
    return [query.answer(), message.edit_text(asks, reply_markup=buttons, parse_mode="HTML")]


async def resumes(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """恢复办理."""
    case = await shelving.resume(desk, press.case_id)
    return [query.answer(texts.resumed(case.number))]
