"""Words and photos of responders: as a reply to a card, or as the answer to what a button asked."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.cases.actions import Action
from bot.cases.case import Case
from bot.desk.about import case_behind
from bot.desk.dealing import fail, needs_photo, progress, resolve, responder_of
from bot.desk.desk import Desk
from bot.texts import Texts
from handlers.resident.content import content_of
from handlers.sorting import InStep

HTML = "HTML"
Said = Any


class ToCard(Filter):
    """A reply to a message of ours that shows a case; only for people who deal with cases."""

    async def __call__(self, message: Message, desk: Desk) -> bool | dict[str, Any]:
        reply = message.reply_to_message
        if reply is None or reply.from_user is None or not reply.from_user.is_bot or desk.person is None:
            return False
        topic = message.message_thread_id if message.is_topic_message else None
        case = await case_behind(desk, message.chat.id, topic, reply.message_id)
        if case is None or not await responder_of(desk, case):
            return False
        return {"case": case}


def doors() -> Router:
    """Replies in groups and private chats."""
    router = Router(name="replies")
    router.message.register(gives_what_was_asked, InStep("dealing"))
    router.message.register(gives_progress, ToCard())
    return router


async def gives_progress(message: Message, desk: Desk, texts: Texts, case: Case) -> Said:
    """A reply to the card is progress, with its photos."""
    content = content_of(message)
    if content.nothing:
        return None
    await progress(desk, case.id, content.words, content.media, f"m{message.message_id}")
    return (
        None
        if message.media_group_id and not content.words
        else message.reply(texts.noted(case.number), parse_mode=HTML)
    )


async def gives_what_was_asked(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """Words and photo may come in one message or in several, in any order."""
    kept = await state.get_data()
    content = content_of(message)
    if (message.text or "").startswith("/") or content.nothing:
        return await _leaves(message, texts, state)
    kept["words"] = "\n".join(part for part in (kept["words"], content.words) if part)
    kept["photo"] = [*kept["photo"], *content.media]
    action = Action(kept["action"])
    if action is Action.RESOLVE:
        if not kept["words"]:
            await state.set_data(kept)
            return message.reply(texts.words_too())
        if not kept["photo"] and await needs_photo(desk, kept["case"]):
            await state.set_data(kept)
            return message.reply(texts.photo_too())
    await state.set_data({})
    await state.set_state(None)
    return await _done(message, desk, texts, action, kept)


async def _done(message: Message, desk: Desk, texts: Texts, action: Action, kept: dict[str, Any]) -> Said:
    if action is Action.RESOLVE:
        case = await resolve(desk, kept["case"], kept["words"], kept["photo"])
        return message.reply(texts.resolved(case.number), parse_mode=HTML)
    if action is Action.FAIL:
        case = await fail(desk, kept["case"], kept["words"])
        return message.reply(texts.rework_noted(case.number), parse_mode=HTML)
    case = await progress(desk, kept["case"], kept["words"], kept["photo"], f"m{message.message_id}")
    return message.reply(texts.noted(case.number), parse_mode=HTML)


async def _leaves(message: Message, texts: Texts, state: FSMContext) -> Said:
    """A command or a sticker instead of an answer: the question is dropped, the card is still there."""
    await state.set_data({})
    await state.set_state(None)
    return message.reply(texts.cancelled())
