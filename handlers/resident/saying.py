"""How the resident's door speaks: a new message, or the pressed one turned into the next question."""

from typing import Any

from aiogram.methods import EditMessageText, SendMessage, TelegramMethod
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyKeyboardMarkup

Keys = InlineKeyboardMarkup | ReplyKeyboardMarkup | None
Question = tuple[str, Keys]
Said = list[TelegramMethod[Any]]

HTML = "HTML"
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def says(event: Message | CallbackQuery, words: str, keys: Keys = None) -> SendMessage:
    """A new message in the private chat of whoever wrote or pressed."""
    chat = event.chat.id if isinstance(event, Message) else event.from_user.id
    return SendMessage(chat_id=chat, text=words, parse_mode=HTML, reply_markup=keys, link_preview_options=NO_PREVIEW)


def turns(query: CallbackQuery, words: str, keys: Keys = None) -> TelegramMethod[Any]:
    """The pressed message turned into this; a new one where it cannot be (reply keys, a message out of reach)."""
    if isinstance(keys, ReplyKeyboardMarkup) or not isinstance(query.message, Message):
        return says(query, words, keys)
    return EditMessageText(
        chat_id=query.message.chat.id,
        message_id=query.message.message_id,
        text=words,
        parse_mode=HTML,
        reply_markup=keys,
        link_preview_options=NO_PREVIEW,
    )
