"""Which door a message goes through. All filters are async: aiogram runs synchronous ones in a thread each."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.cases.plain_words import Plain, plain_of
from bot.outbox.buttons import Press, read_press
from bot.texts import LANGUAGES, texts_in


@dataclass(frozen=True, slots=True)
class Seen:
    """What most doors are chosen by, found out once: plain words, the first word of a button, a press, the step.

    `plain` is what the words mean that tell nothing; those of a reply answer what is replied to.
    """

    said: str = ""
    plain: Plain | None = None
    is_command: bool = False
    first: str = ""
    press: Press | None = None
    step: str | None = None


def seen_of(event: TelegramObject, step: str | None) -> Seen:
    """What there is to see of an update."""
    if isinstance(event, CallbackQuery):
        data = event.data or ""
        return Seen(first=data.partition(":")[0], press=read_press(data), step=step)
    if isinstance(event, Message):
        words = event.text or event.caption or ""
        is_command = words.lstrip().startswith("/")
        return Seen(said=_plain(event.text or ""), plain=_meant(event), is_command=is_command, step=step)
    return Seen(step=step)


class Telling(Filter):
    """A filter that sees at a glance that an update is nothing for it; where it `fits` the filter itself decides."""

    @abstractmethod
    def fits(self, seen: Seen) -> bool:
        """Whether it may be for this door."""


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


class Says(Telling):
    """The words of a menu button, pressed or typed, in any language (somebody may have changed it meanwhile)."""

    def __init__(self, name: str) -> None:
        self._words = frozenset(_plain(str(getattr(texts_in(language), name)())) for language in LANGUAGES)

    def fits(self, seen: Seen) -> bool:
        """Whether these words were said."""
        return seen.said in self._words

    async def __call__(self, message: Message) -> bool:
        return _plain(message.text or "") in self._words


def _plain(words: str) -> str:
    """Whoever types what stands on a button leaves its picture out, and may end with a full stop."""
    return "".join(sign for sign in words if sign.isalnum()).casefold()


def _meant(message: Message) -> Plain | None:
    alone = message.chat.type == "private" and message.reply_to_message is None
    return plain_of(message.text) if alone and message.text else None


class Means(Telling):
    """Words that say this and nothing else, however it is said; a reply to one of our messages answers that."""

    def __init__(self, plain: Plain) -> None:
        self._plain = plain

    def fits(self, seen: Seen) -> bool:
        """Whether the words mean this."""
        return seen.plain is self._plain

    async def __call__(self, message: Message) -> bool:
        return _meant(message) is self._plain


class Data(Telling):
    """Callback data that begins with a word; the rest is given as `parts`."""

    def __init__(self, first: str) -> None:
        self._first = first

    def fits(self, seen: Seen) -> bool:
        """Whether the data begins with the word."""
        return seen.first == self._first

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Any]:
        parts = (query.data or "").split(":")
        return {"parts": parts[1:]} if parts[0] == self._first else False


class OnCase(Telling):
    """A press on a case: given as `press`."""

    def __init__(self, *actions: str) -> None:
        self._actions = frozenset(actions)

    def fits(self, seen: Seen) -> bool:
        """Whether one of these actions was pressed."""
        return seen.press is not None and seen.press.action in self._actions

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Any]:
        found = read_press(query.data or "")
        return {"press": found} if found and found.action in self._actions else False


class Moved(Filter):
    """A group became a supergroup: its new number is given as `new_id`."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        return {"new_id": message.migrate_to_chat_id} if message.migrate_to_chat_id else False


class InStep(Telling):
    """The conversation stands at one of these steps."""

    def __init__(self, *steps: str) -> None:
        self._steps = frozenset(steps)

    def fits(self, seen: Seen) -> bool:
        """Whether it is one of them."""
        return seen.step in self._steps

    async def __call__(self, _event: Message | CallbackQuery, raw_state: str | None = None) -> bool:
        return raw_state in self._steps
