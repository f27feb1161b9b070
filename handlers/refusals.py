"""Turns a refusal of the rules into a polite sentence. The only place that does."""

from typing import Any

from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.cases.errors import CannotMerge, CannotRedraw, Refusal
from bot.texts import Texts


def sentence(texts: Texts, event: TelegramObject, refusal: Refusal) -> Any:
    """An alert for a press, an answer in the chat for a message, nothing for anything else."""
    if isinstance(refusal, CannotRedraw):
        words = texts.cannot_redraw(refusal.what, refusal.value)
    elif isinstance(refusal, CannotMerge):
        words = texts.cannot_merge(refusal.what)
    else:
        words = texts.refused(type(refusal).__name__, **refusal.facts)
    if isinstance(event, CallbackQuery):
        return event.answer(text=_plain(words), show_alert=True)
    return event.answer(words, parse_mode="HTML") if isinstance(event, Message) else None


def _plain(words: str) -> str:
    """Callback alerts know no marks."""
    return words.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("\u2060", "")[:200]
