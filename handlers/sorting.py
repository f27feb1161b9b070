"""Which door a message goes through. All filters are async: aiogram runs synchronous ones in a thread each."""

from typing import Any

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from bot.cases.plain_words import Plain, plain_of
from bot.outbox.buttons import read_press
from bot.texts import LANGUAGES, texts_in


class Private(Filter):
    """In the private chat with the bot."""

    async def __call__(self, event: Message | CallbackQuery) -> bool:
        message = event.message if isinstance(event, CallbackQuery) else event
        return message is not None and message.chat.type == "private"


class InGroup(Filter):
    """In a group or supergroup."""

    async def __call__(self, event: Message | CallbackQuery) -> bool:
        message = event.message if isinstance(event, CallbackQuery) else event
        return message is not None and message.chat.type in {"group", "supergroup"}


class Says(Filter):
    """The words of a menu button, pressed or typed, in any language (somebody may have changed it meanwhile)."""

    def __init__(self, name: str) -> None:
        self._words = frozenset(_plain(str(getattr(texts_in(language), name)())) for language in LANGUAGES)

    async def __call__(self, message: Message) -> bool:
        return _plain(message.text or "") in self._words


def _plain(words: str) -> str:
    """Whoever types what stands on a button leaves its picture out, and may end with a full stop."""
    return "".join(sign for sign in words if sign.isalnum()).casefold()


class Means(Filter):
    """Words that say this and nothing else, however it is said; a reply to one of our messages answers that."""

    def __init__(self, plain: Plain) -> None:
        self._plain = plain

    async def __call__(self, message: Message) -> bool:
        return message.reply_to_message is None and bool(message.text) and plain_of(message.text or "") is self._plain


class Data(Filter):
    """Callback data that begins with a word; the rest is given as `parts`."""

    def __init__(self, first: str) -> None:
        self._first = first

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Any]:
        parts = (query.data or "").split(":")
        return {"parts": parts[1:]} if parts[0] == self._first else False


class OnCase(Filter):
    """A press on a case: given as `press`."""

    def __init__(self, *actions: str) -> None:
        self._actions = frozenset(actions)

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Any]:
        found = read_press(query.data or "")
        return {"press": found} if found and found.action in self._actions else False


class Moved(Filter):
    """A group became a supergroup: its new number is given as `new_id`."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        return {"new_id": message.migrate_to_chat_id} if message.migrate_to_chat_id else False


class InStep(Filter):
    """The conversation stands at one of these steps."""

    def __init__(self, *steps: str) -> None:
        self._steps = frozenset(steps)

    async def __call__(self, _event: Message | CallbackQuery, raw_state: str | None = None) -> bool:
        return raw_state in self._steps
