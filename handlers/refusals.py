"""Turns a refusal of the rules into a polite sentence. The only place that does."""

from typing import Any

from aiogram.types import Update

from bot.cases.errors import Refusal
from bot.texts import Texts


def sentence(texts: Texts, update: Update, refusal: Refusal) -> Any:
    """An alert for a press, an answer in the chat for a message, nothing for anything else."""
    words = texts.refused(type(refusal).__name__, **refusal.facts)
    if update.callback_query is not None:
        return update.callback_query.answer(text=_plain(words), show_alert=True)
    message = update.message or update.edited_message
    return message.answer(words, parse_mode="HTML") if message else None


def _plain(words: str) -> str:
    """Callback alerts know no marks."""
    return words.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("\u2060", "")[:200]
