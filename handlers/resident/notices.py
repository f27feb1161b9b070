"""What came to somebody in a broadcast: 已收到, an answer to it, no more of it."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from bot.desk import broadcasting
from bot.desk.desk import Desk
from bot.texts import Texts
from handlers.numbers import number
from handlers.resident.content import content_of
from handlers.resident.keyboards import menu
from handlers.resident.saying import Said, says
from handlers.sorting import Data, Private


class AnswersBroadcast(Filter):
    """A reply to the message that brought a broadcast: given as `number`."""

    async def __call__(self, message: Message, desk: Desk) -> bool | dict[str, Any]:
        reply = message.reply_to_message
        if reply is None or reply.from_user is None or not reply.from_user.is_bot:
            return False
        number = await broadcasting.answered(desk, reply.message_id)
        return {"number": number} if number is not None else False


def doors() -> Router:
    """Buttons under a broadcast, and answers to it."""
    router = Router(name="notices")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(answers, AnswersBroadcast())
    router.callback_query.register(got, Data("got"))
    return router


async def got(query: CallbackQuery, desk: Desk, texts: Texts, parts: list[str]) -> Said:
    """已收到. The one of a preview counts for nobody."""
    broadcast_id = number(parts[0] if parts else "")
    if not broadcast_id:
        return [query.answer(texts.broadcast_preview_only())]
    new = await broadcasting.has_read(desk, broadcast_id)
    return [query.answer(texts.broadcast_thanks(again=not new))]


async def answers(message: Message, desk: Desk, texts: Texts, number: int) -> Said:
    """An answer is kept for those who sent the broadcast; danger in it is still a report of its own."""
    content = content_of(message)
    if content.nothing:
        return [says(message, texts.expected())]
    await broadcasting.answer(desk, number, content.words or content.place, [one["kind"] for one in content.media])
    return [says(message, texts.broadcast_answered(), menu(texts))]
