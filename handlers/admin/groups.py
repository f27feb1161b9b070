"""Groups: /bind, being added or removed, moving to a supergroup, and reports that begin in a group."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, ChatMemberUpdated, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.cases.inviting import opens_chat
from bot.desk import groups, neighbours
from bot.desk.desk import Desk
from bot.desk.groups import Unit
from bot.desk.rights import acts_as_admin, must_be_admin
from bot.texts import Texts
from handlers.admin.neighbours import ways_to_bind
from handlers.command.triage import topic_of
from handlers.danger import told_in_group
from handlers.resident.keyboards import Choice, in_rows, inline
from handlers.sorting import Data, InGroup, Moved, Private

HTML = "HTML"
Said = Any
GROUP_ANONYMOUS_BOT = 1087968824
SHOWN = 40
"""Units on one screen; Telegram takes no more than a hundred buttons."""

HERE = frozenset({"member", "administrator", "restricted"})


def doors() -> Router:
    """What admins do in groups."""
    router = Router(name="groups")
    router.message.register(moved, Moved())
    router.message.register(only_in_group, Command("bind"), Private())
    router.message.register(binds, Command("bind"), InGroup())
    router.callback_query.register(bound, Data("bind"), InGroup())
    router.message.register(to_private_chat, Command("start", "report"), InGroup())
    router.my_chat_member.register(comes_or_goes)
    return router


async def only_in_group(message: Message, texts: Texts) -> Said:
    """/bind privately."""
    return message.answer(texts.only_in_group())


async def binds(message: Message, desk: Desk, texts: Texts, command: CommandObject) -> Said:
    """/bind, or /bind 新茂社区: which unit's or residents' group is this? Who is anonymous is known at the press."""
    known = await groups.unit_here(desk, message.chat.id, topic_of(message))
    anonymous = message.sender_chat is not None or _is_mask(message)
    residents = await ways_to_bind(desk, texts, anonymous=anonymous)
    words = texts.anonymous_admin() if anonymous else texts.bind_choose(known.name if known else None)
    units = await groups.all_units(desk) if anonymous or await acts_as_admin(desk) else []
    choices, hint = _meant(texts, units, (command.args or "").strip())
    words = "\n".join(part for part in (hint, words if choices else texts.whose_residents()) if part)
    keys = inline(*in_rows(choices, 2), *in_rows(residents, 1))
    return message.answer(words, reply_markup=keys, parse_mode=HTML)


def _meant(texts: Texts, units: list[Unit], words: str) -> tuple[list[Choice], str]:
    """The units that are meant, as buttons, and a hint if that is none of them or more than a screen holds."""
    wanted = words.casefold()
    found = [one for one in units if wanted in one.name.casefold() or wanted == one.code.casefold()]
    hint = texts.bind_unknown(words) if units and not found else ""
    shown = found or units
    if len(shown) > SHOWN:
        hint = "\n".join(part for part in (hint, texts.bind_more(SHOWN)) if part)
    return [(one.name, f"bind:{one.id}") for one in shown[:SHOWN]], hint


def _is_mask(message: Message) -> bool:
    return message.from_user is None or message.from_user.id == GROUP_ANONYMOUS_BOT


async def bound(query: CallbackQuery, desk: Desk, texts: Texts, parts: list[str]) -> Said:
    """The unit was chosen; only an admin's press counts."""
    await must_be_admin(desk)
    message = query.message
    if not isinstance(message, Message) or not parts or not parts[0].isdecimal() or len(parts[0]) > 18:
        return query.answer()
    unit = await groups.bind(desk, int(parts[0]), message.chat.id, topic_of(message))
    if unit is None:
        return query.answer()
    return [query.answer(), message.edit_text(texts.bound(unit.name), parse_mode=HTML)]


async def to_private_chat(message: Message, desk: Desk, texts: Texts) -> Said:
    """A report that begins in a group goes on privately; nothing of it is shown here."""
    name = desk.office.me.username
    link = [InlineKeyboardButton(text=texts.report_button(), url=opens_chat(name, "report"))]
    buttons = InlineKeyboardMarkup(inline_keyboard=[link]) if name else None
    if advice := await told_in_group(message, desk, texts):
        return message.answer(advice, reply_markup=buttons, parse_mode=HTML)
    return message.answer(texts.report_in_private(), reply_markup=buttons)


async def moved(message: Message, desk: Desk, new_id: int) -> None:
    """The group became a supergroup: its unit and the cards of its open cases follow."""
    await groups.moved(desk, message.chat.id, new_id)


async def comes_or_goes(event: ChatMemberUpdated, desk: Desk, texts: Texts) -> Said:
    """Added to a group by who may: say hello. By somebody else: say good-bye and leave. Removed: the admins hear."""
    if event.chat.type == "private":
        return None
    was_here, is_here = event.old_chat_member.status in HERE, event.new_chat_member.status in HERE
    if was_here and not is_here:
        await groups.lost(desk, event.chat.id)
    if was_here or not is_here:
        return None
    if await groups.unit_here(desk, event.chat.id, None) or await neighbours.place_here(desk, event.chat.id):
        return None
    if event.chat.type != "channel" and await neighbours.may_bring_in(desk):
        return event.answer(texts.group_hello())
    good_bye = [] if event.chat.type == "channel" else [event.answer(texts.group_stranger())]
    return [*good_bye, event.chat.leave()]
