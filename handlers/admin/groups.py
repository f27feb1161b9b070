"""Groups: /bind, being added or removed, moving to a supergroup, and reports that begin in a group."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, ChatMemberUpdated, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.cases.errors import NotYours
from bot.desk.about import all_units, bind_group, group_moved
from bot.desk.desk import Desk
from bot.desk.rights import is_admin
from bot.texts import Texts
from handlers.resident.keyboards import in_rows, inline
from handlers.sorting import Data, InGroup, Private

HTML = "HTML"
Said = Any
GROUP_ANONYMOUS_BOT = 1087968824


def admin_doors() -> Router:
    """What admins do in groups."""
    router = Router(name="admin")
    router.message.register(only_in_group, Command("bind"), Private())
    router.message.register(binds, Command("bind"), InGroup())
    router.callback_query.register(bound, Data("bind"), InGroup())
    router.message.register(to_private_chat, Command("start", "report"), InGroup())
    router.message.register(moved, InGroup(), _moved)
    router.my_chat_member.register(comes_or_goes)
    return router


async def _moved(message: Message) -> bool:
    return message.migrate_to_chat_id is not None


async def only_in_group(message: Message, texts: Texts) -> Said:
    """/bind privately."""
    return message.answer(texts.only_in_group())


async def binds(message: Message, desk: Desk, texts: Texts) -> Said:
    """/bind: which unit is this group's?"""
    if message.from_user is None or message.from_user.id == GROUP_ANONYMOUS_BOT:
        return message.answer(texts.anonymous_admin(), reply_markup=await _units(desk))
    await _must_be_admin(desk)
    return message.answer(texts.bind_choose(), reply_markup=await _units(desk))


async def _units(desk: Desk) -> Any:
    return inline(*in_rows([(unit.name, f"bind:{unit.id}") for unit in await all_units(desk)], 2))


async def bound(query: CallbackQuery, desk: Desk, texts: Texts, parts: list[str]) -> Said:
    """The unit was chosen; only an admin's press counts."""
    await _must_be_admin(desk)
    message = query.message
    if not isinstance(message, Message) or not parts[0].isdecimal():
        return query.answer()
    topic = message.message_thread_id if message.is_topic_message else None
    unit = await bind_group(desk, int(parts[0]), message.chat.id, topic)
    if unit is None:
        return query.answer()
    return [query.answer(), message.edit_text(texts.bound(unit.name), parse_mode=HTML)]


async def _must_be_admin(desk: Desk) -> None:
    if desk.person is None or not await is_admin(desk, desk.person.id):
        raise NotYours


async def to_private_chat(message: Message, desk: Desk, texts: Texts) -> Said:
    """A report that begins in a group goes on privately; nothing of it is shown here."""
    assert message.bot is not None
    link = f"tg://user?id={desk.office.bot_id}"
    button = InlineKeyboardButton(text=texts.report_button(), url=link)
    return message.answer(texts.report_in_private(), reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]))


async def moved(message: Message, desk: Desk) -> None:
    """The group became a supergroup: its unit follows."""
    assert message.migrate_to_chat_id is not None
    await group_moved(desk, message.chat.id, message.migrate_to_chat_id)


async def comes_or_goes(event: ChatMemberUpdated, desk: Desk, texts: Texts) -> Said:
    """Added to a group by an admin: say hello. By somebody else: say good-bye and leave."""
    came = event.new_chat_member.status in {"member", "administrator"}
    was_out = event.old_chat_member.status in {"left", "kicked"}
    if event.chat.type == "private" or not (came and was_out):
        return None
    if desk.person is not None and await is_admin(desk, desk.person.id):
        return event.answer(texts.group_hello())
    return [event.answer(texts.group_stranger()), event.chat.leave()]
