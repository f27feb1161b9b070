"""/broadcasts: those that were asked for: pausing, stopping, agreeing; readers, answers, a second try, the workbook."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.cases.broadcast import Order
from bot.cases.errors import NotOpen
from bot.desk import broadcast_after, broadcast_sheet, broadcasting
from bot.desk.desk import Desk
from bot.outbox.broadcasts import card
from bot.texts import Texts
from handlers.numbers import LONGEST, number
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


async def lists(message: Message, desk: Desk, texts: Texts, command: CommandObject) -> Said:
    """The newest ones, a button each; /broadcasts 12 opens that one."""
    found, words = await broadcasting.newest(desk), (command.args or "").strip()
    if words.isascii() and words.isdecimal() and len(words) <= LONGEST:
        words, keys = await card(desk, texts, await broadcasting.one(desk, int(words)))
        return [says(message, words, markup(keys))]
    hint = [says(message, texts.broadcasts_how(words))] if words else []
    rows = [[(f"{one.id} {one.title}", f"bc:{one.id}:open")] for one in found]
    return [*hint, says(message, texts.broadcasts_list(bool(found)), inline(*rows))]


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, parts: list[str]) -> Said:
    """Anything that stands on the card of a broadcast; whoever made it has the card too."""
    if len(parts) < 2:
        raise NotOpen
    broadcast_id, what, more = number(parts[0]), parts[1], parts[2:]
    await broadcasting.must_be_theirs(desk, await broadcasting.one(desk, broadcast_id))
    if what in ORDERS:
        return await _orders(query, desk, texts, broadcast_id, Order(what))
    if what not in LOOKS:
        raise NotOpen
    return await LOOKS[what](query, desk, texts, broadcast_id, more)


async def _orders(query: CallbackQuery, desk: Desk, texts: Texts, broadcast_id: int, order: Order) -> Said:
    await broadcasting.give_order(desk, broadcast_id, order)
    if order in {Order.AGREE, Order.REFUSE}:
        return [query.answer(), turns(query, texts.broadcast_decided(agreed=order is Order.AGREE))]
    return [query.answer(texts.broadcast_ordered())]


async def _open(query: CallbackQuery, desk: Desk, texts: Texts, broadcast_id: int, _more: Sequence[str]) -> Said:
    words, keys = await card(desk, texts, await broadcasting.one(desk, broadcast_id))
    return [query.answer(), says(query, words, markup(keys))]


async def _again(query: CallbackQuery, desk: Desk, texts: Texts, broadcast_id: int, _more: Sequence[str]) -> Said:
    going = await broadcast_after.try_again(desk, broadcast_id)
    return [query.answer(), says(query, texts.broadcast_again_sent(going.title))]


async def _remind(query: CallbackQuery, desk: Desk, texts: Texts, broadcast_id: int, more: Sequence[str]) -> Said:
    """How many that would be; then yes or no."""
    if more == ["no"]:
        return [query.answer(), turns(query, texts.broadcast_not_reminded())]
    found = await broadcasting.one(desk, broadcast_id)
    if more == ["yes"]:
        count = await broadcast_after.remind(desk, broadcast_id)
        night = desk.office.calendar.is_quiet(desk.now()) and not found.urgent
        return [query.answer(), turns(query, texts.broadcast_reminding(count, night=night))]
    count = await broadcast_after.may_remind(desk, broadcast_id)
    own = f"bc:{broadcast_id}:remind"
    keys = inline([(texts.broadcast_remind_yes(), f"{own}:yes"), (texts.broadcast_remind_no(), f"{own}:no")])
    return [query.answer(), says(query, texts.broadcast_ask_remind(found.title, count), keys)]


async def _sheet(query: CallbackQuery, desk: Desk, texts: Texts, broadcast_id: int, _more: Sequence[str]) -> Said:
    await broadcast_sheet.ask_for_sheet(desk, texts, broadcast_id)
    return [query.answer(texts.broadcast_sheet_coming())]


async def _unread(query: CallbackQuery, desk: Desk, texts: Texts, broadcast_id: int, _more: Sequence[str]) -> Said:
    places, more = await broadcast_after.unread(desk, broadcast_id)
    if not places and not await broadcasting.sent_to(desk, broadcast_id):
        return [query.answer(texts.broadcast_nobody_yet(), show_alert=True)]
    shown = [(place or texts.broadcast_nowhere(), names, count) for place, names, count in places]
    return [query.answer(), says(query, texts.broadcast_unread(shown, more))]


async def _replies(query: CallbackQuery, desk: Desk, texts: Texts, broadcast_id: int, more: Sequence[str]) -> Said:
    after = number(more[0]) if more else 0
    found, answers, last = await broadcast_after.replies(desk, broadcast_id, after)
    told = [(one.at, one.name, one.said["words"], len(one.said["kinds"])) for one in answers]
    keys = inline([(texts.next_page(), f"bc:{broadcast_id}:replies:{last}")]) if last else None
    return [query.answer(), says(query, texts.broadcast_replies(found.title, told), keys)]


LOOKS: Mapping[str, Callable[[CallbackQuery, Desk, Texts, int, Sequence[str]], Awaitable[Said]]] = {
    "open": _open,
    "unread": _unread,
    "replies": _replies,
    "again": _again,
    "remind": _remind,
    "sheet": _sheet,
}
"""What else stands on the card of a broadcast."""
