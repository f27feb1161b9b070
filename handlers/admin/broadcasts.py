"""/broadcasts: those that were sent or are being sent: pausing, stopping, agreeing, who has not read, who answered."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.cases.broadcast import Order
from bot.cases.errors import NotOpen
from bot.desk import broadcasting
from bot.desk.desk import Desk
from bot.outbox.broadcasts import card
from bot.texts import Texts
from handlers.numbers import number
from handlers.resident.keyboards import inline
from handlers.resident.saying import Said, says, turns
from handlers.responders.presses import markup
from handlers.sorting import Data, Private

ORDERS = frozenset(Order)


def doors() -> Router:
    """What can be done with a broadcast."""
    router = Router(name="broadcasts")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(lists, Command("broadcasts"))
    router.callback_query.register(presses, Data("bc"))
    return router


async def lists(message: Message, desk: Desk, texts: Texts) -> Said:
    """The newest ones, a button each."""
    found = await broadcasting.newest(desk)
    rows = [[(f"{one.id} {one.title}", f"bc:{one.id}:open")] for one in found]
    return [says(message, texts.broadcasts_list(bool(found)), inline(*rows))]


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, parts: list[str]) -> Said:
    """Anything that stands on the card of a broadcast; whoever made it has the card too."""
    if len(parts) < 2:
        raise NotOpen
    broadcast_id, what, more = number(parts[0]), parts[1], parts[2:]
    await broadcasting.must_be_theirs(desk, await broadcasting.one(desk, broadcast_id))
    if what in ORDERS:
        return await _orders(query, desk, texts, broadcast_id, Order(what))
    if what == "open":
        words, keys = await card(desk, texts, await broadcasting.one(desk, broadcast_id))
        return [query.answer(), says(query, words, markup(keys))]
    if what == "unread":
        return await _unread(query, desk, texts, broadcast_id)
    if what == "replies":
        return await _replies(query, desk, texts, broadcast_id, more)
    raise NotOpen


async def _orders(query: CallbackQuery, desk: Desk, texts: Texts, broadcast_id: int, order: Order) -> Said:
    await broadcasting.give_order(desk, broadcast_id, order)
    if order in {Order.AGREE, Order.REFUSE}:
        return [query.answer(), turns(query, texts.broadcast_decided(agreed=order is Order.AGREE))]
    return [query.answer(texts.broadcast_ordered())]


async def _unread(query: CallbackQuery, desk: Desk, texts: Texts, broadcast_id: int) -> Said:
    places, more = await broadcasting.unread(desk, broadcast_id)
    shown = [(place or texts.broadcast_nowhere(), names, count) for place, names, count in places]
    return [query.answer(), says(query, texts.broadcast_unread(shown, more))]


async def _replies(query: CallbackQuery, desk: Desk, texts: Texts, broadcast_id: int, more: Sequence[str]) -> Said:
    after = number(more[0]) if more else 0
    found, answers, last = await broadcasting.replies(desk, broadcast_id, after)
    told = [(one.at, one.name, one.said["words"], len(one.said["kinds"])) for one in answers]
    keys = inline([(texts.next_page(), f"bc:{broadcast_id}:replies:{last}")]) if last else None
    return [query.answer(), says(query, texts.broadcast_replies(found.title, told), keys)]
