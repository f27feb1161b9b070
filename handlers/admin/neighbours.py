"""Groups of residents: /bind by who is responsible, the pinned button, mentions, and notices that are pinned."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command, CommandObject, Filter
from aiogram.methods import PinChatMessage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.cases.broadcast import CAPTION_MOST, is_public_warning, is_quote, quoted
from bot.cases.errors import NotOpen, NotYours
from bot.cases.inviting import opens_chat
from bot.cases.topics import may_be_followed
from bot.desk import directory, neighbours
from bot.desk.about import places_below
from bot.desk.desk import Desk
from bot.desk.neighbours import Node
from bot.desk.rights import acts_as_admin
from bot.texts import Texts
from bot.texts.language import cut
from handlers.choosing import paged, place_and_page
from handlers.danger import told_in_group
from handlers.resident.keyboards import Choice, inline
from handlers.sorting import Data, InGroup

HTML = "HTML"
Said = Any


class Among(Filter):
    """In a group of residents: given as `place`."""

    async def __call__(self, message: Message, desk: Desk) -> bool | dict[str, Any]:
        place = await neighbours.place_here(desk, message.chat.id)
        return {"place": place} if place else False


class ToUs(Filter):
    """Somebody calls us by name, or replies to us."""

    async def __call__(self, message: Message, desk: Desk) -> bool:
        reply, name = message.reply_to_message, desk.office.me.username
        if reply is not None and reply.from_user is not None and reply.from_user.id == desk.office.bot_id:
            return True
        return bool(name) and f"@{name}".casefold() in (message.text or message.caption or "").casefold()


def doors() -> Router:
    """Groups only. What is said in them is neither kept nor answered but by a link into the private chat."""
    router = Router(name="neighbours")
    router.callback_query.register(chooses, Data("bindr"), InGroup())
    router.callback_query.register(pins, Data("notice"), InGroup())
    router.message.register(answers, Command("start", "report"), InGroup(), Among())
    router.message.register(tells_who, Command("mygrid"), InGroup(), Among())
    router.message.register(announces, Command("notice"), InGroup(), Among())
    return router


def last_doors() -> Router:
    """After every command: anything else that is said to us among residents."""
    router = Router(name="called")
    router.message.register(answers, InGroup(), ToUs(), Among())
    return router


def open_chat(texts: Texts, desk: Desk, place: Node) -> InlineKeyboardMarkup | None:
    """The button that opens the private chat with the place known."""
    name = desk.office.me.username
    link = InlineKeyboardButton(text=texts.report_button(), url=opens_chat(name, f"g_{place.code}"))
    return InlineKeyboardMarkup(inline_keyboard=[[link]]) if name else None


def pinned_keys(texts: Texts, desk: Desk, place: Node) -> InlineKeyboardMarkup | None:
    """The same under what is pinned, and a button that follows the place."""
    keys = open_chat(texts, desk, place)
    if keys is None or not may_be_followed(place.depth):
        return keys
    url = opens_chat(desk.office.me.username, f"f_{place.code}")
    follow = InlineKeyboardButton(text=texts.follow_place(), url=url)
    return InlineKeyboardMarkup(inline_keyboard=[*keys.inline_keyboard, [follow]])


async def answers(message: Message, desk: Desk, texts: Texts, place: Node) -> Said:
    """A report that begins among neighbours goes on privately; nothing of it is shown here."""
    if advice := await told_in_group(message, desk, texts):
        return message.answer(advice, reply_markup=open_chat(texts, desk, place), parse_mode=HTML)
    return message.answer(texts.report_in_private(), reply_markup=open_chat(texts, desk, place))


async def tells_who(message: Message, desk: Desk, texts: Texts, place: Node) -> Said:
    """/mygrid: who is responsible here."""
    found = await directory.responsible(desk, place.id)
    lines = [
        texts.responsible(one.name, texts.role(one.role), found.named[one.node_id], one.hours, one.phone)
        for one in found.people
    ]
    words = texts.responsible_for(await directory.name_of(desk, place.id), lines)
    return message.answer(words, reply_markup=open_chat(texts, desk, place), parse_mode=HTML)


async def ways_to_bind(desk: Desk, texts: Texts, *, anonymous: bool) -> list[Choice]:
    """Buttons under /bind: to choose any place, or one of the own ones. Raises NotYours for anybody else."""
    if anonymous or await acts_as_admin(desk):
        return [(texts.residents_group(), "bindr:o:0")]
    if not (own := await neighbours.own_places(desk)):
        raise NotYours
    return [(texts.residents_of(await directory.name_of(desk, one.id)), f"bindr:h:{one.id}") for one in own]


async def chooses(query: CallbackQuery, desk: Desk, texts: Texts, parts: list[str]) -> Said:
    """居民群 and its place, tap by tap; only the press of who may counts."""
    message = query.message
    if not isinstance(message, Message) or len(parts) != 2:
        raise NotOpen
    what, (node_id, page) = parts[0], place_and_page(parts[1])
    if what == "h":
        return [query.answer(), *await _bound(message, desk, texts, node_id)]
    if not await neighbours.may_bring_in(desk):
        raise NotYours
    below = await places_below(desk, node_id or None)
    if what != "o" or not (below or node_id):
        raise NotOpen
    choices = [(one.name, f"bindr:o:{one.id}") for one in below]
    here = [(texts.here(), f"bindr:h:{node_id}")] if node_id else []
    keys = inline(*paged(texts, choices, page, lambda to: f"bindr:o:{node_id}.{to}"), here)
    return [query.answer(), message.edit_text(texts.whose_residents(), reply_markup=keys)]


async def _bound(message: Message, desk: Desk, texts: Texts, node_id: int) -> list[Said]:
    """The question becomes the message with the button, and is pinned."""
    place = await neighbours.bind(desk, message.chat.id, node_id)
    words = texts.residents_bound(await directory.name_of(desk, place.id))
    said = message.edit_text(words, reply_markup=pinned_keys(texts, desk, place), parse_mode=HTML)
    return [said, _pin(message, quietly=True)]


def _pin(message: Message, *, quietly: bool) -> PinChatMessage:
    return PinChatMessage(chat_id=message.chat.id, message_id=message.message_id, disable_notification=quietly)


async def announces(message: Message, desk: Desk, texts: Texts, place: Node, command: CommandObject) -> Said:
    """/notice words: shown as it will stand, with the button that pins it."""
    await neighbours.must_look_after(desk, place.id)
    words, quote = quoted((command.args or "").strip())
    if not words:
        return message.answer(texts.notice_how())
    if is_public_warning(words) and not is_quote(quote):
        return message.answer(texts.notice_warning())
    name = (desk.person.name if desk.person else None) or texts.role("admin")
    keys = inline([(texts.notice_pin(), "notice:pin"), (texts.notice_drop(), "notice:drop")])
    return message.answer(texts.notice(words, name, cut(quote, CAPTION_MOST // 4)), reply_markup=keys, parse_mode=HTML)


async def pins(query: CallbackQuery, desk: Desk, texts: Texts, parts: list[str]) -> Said:
    """置顶, or 不发了, by those responsible."""
    message = query.message
    if not isinstance(message, Message) or parts not in (["pin"], ["drop"]):
        raise NotOpen
    place = await neighbours.place_here(desk, message.chat.id)
    if place is None:
        raise NotOpen
    await neighbours.must_look_after(desk, place.id)
    if parts == ["drop"]:
        return [query.answer(), message.delete()]
    keys = pinned_keys(texts, desk, place)
    return [
        query.answer(texts.notice_pinned()),
        message.edit_reply_markup(reply_markup=keys),
        _pin(message, quietly=False),
    ]
