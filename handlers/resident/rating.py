"""Three taps: in time, solved, satisfied. 没解决 offers a 重办."""

from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.cases.errors import NotOpen
from bot.desk import following
from bot.desk.desk import Desk
from bot.outbox.buttons import Press
from bot.texts import Texts
from handlers.resident.keyboards import inline
from handlers.sorting import OnCase, Private

HTML = "HTML"
Said = Any
ANSWERS = {"contacted": ("yes", "no"), "solved": ("yes", "part", "no"), "satisfied": ("1", "2", "3", "4", "5")}


def doors() -> Router:
    """The presses of a rating."""
    router = Router(name="rating")
    router.callback_query.filter(Private())
    router.callback_query.register(begins, OnCase("rating"))
    router.callback_query.register(rates, OnCase("rate"))
    return router


async def begins(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """⭐ 评价 under a case."""
    case = await following.my_case(desk, press.case_id)
    choices = [
        (words, _data(case.id, "contacted", value))
        for words, value in zip(texts.in_time(), ANSWERS["contacted"], strict=True)
    ]
    assert isinstance(query.message, Message)
    words = texts.ask_contacted(case, case.result or "")
    return [query.answer(), query.message.answer(words, reply_markup=inline(choices), parse_mode=HTML)]


async def rates(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """One tap; the question turns into the next."""
    what, _, value = press.value.partition(".")
    if value not in ANSWERS.get(what, ()) or not isinstance(query.message, Message):
        raise NotOpen
    case = await following.rate(desk, await following.my_case(desk, press.case_id), what, value)
    message = query.message
    if what == "contacted":
        solved = [(texts.solved(one), _data(case.id, "solved", one)) for one in ANSWERS["solved"]]
        return [query.answer(), message.edit_text(texts.ask_solved(), reply_markup=inline(solved))]
    if what == "solved" and value == "no":
        again = [(texts.button_reopen(), Press(case.id, "redo").pack())]
        return [
            query.answer(),
            message.edit_text(texts.offer_reopen(), reply_markup=inline(again, _stars(texts, case.id))),
        ]
    if what == "solved":
        stars = [(star, _data(case.id, "satisfied", star)) for star in ANSWERS["satisfied"]]
        return [query.answer(), message.edit_text(texts.ask_satisfied(), reply_markup=inline(stars))]
    return [query.answer(), message.edit_text(texts.thanks(case.number), parse_mode=HTML)]


def _stars(texts: Texts, case_id: int) -> list[tuple[str, str]]:
    """算了: no 重办, the lowest mark is taken as given."""
    return [(texts.leave_it(), _data(case_id, "satisfied", "1"))]


def _data(case_id: int, what: str, value: str) -> str:
    return Press(case_id, "rate", 0, f"{what}.{value}").pack()
