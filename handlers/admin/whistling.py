"""The community decides who is a 人民吹哨员, and for whom it goes on. Who may is looked up at the press."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cases.errors import NotOpen
from bot.cases.whistling import REASONS
from bot.desk import whistling
from bot.desk.desk import Desk
from bot.outbox.whistling import application_card
from bot.texts import Texts
from handlers.numbers import number
from handlers.resident.keyboards import inline
from handlers.resident.saying import Said, turns
from handlers.responders.presses import markup
from handlers.sorting import Data, Private


def doors() -> Router:
    """Private chats only: a card names somebody."""
    router = Router(name="whistling")
    router.callback_query.filter(Private())
    router.callback_query.register(presses, Data("av"))
    return router


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, parts: list[str]) -> Said:
    """A button of a card; the cards of all who were asked follow by themselves."""
    what, *given = parts
    numbers = [number(one) for one in given[:2]]
    if what in {"r", "all"} and len(given) == (2 if what == "r" else 1):
        count = await whistling.renew(desk, numbers[0], numbers[1:] if what == "r" else None)
        return [query.answer(texts.renewed(count))]
    if len(given) != 1 or what not in {"y", "n", "b", *REASONS}:
        raise NotOpen
    if what == "n":
        one = await whistling.to_decide(desk, numbers[0])
        rows = [[(texts.refusal(reason), f"av:{reason}:{one.id}")] for reason in REASONS]
        return [
            query.answer(),
            turns(query, texts.application_why(), inline(*rows, [(texts.back(), f"av:b:{one.id}")])),
        ]
    if what == "b":
        words, keys = await application_card(desk, texts, await whistling.to_decide(desk, numbers[0]))
        return [query.answer(), turns(query, words, markup(keys))]
    await whistling.decide(desk, numbers[0], None if what == "y" else what)
    return [query.answer(texts.application_done())]
