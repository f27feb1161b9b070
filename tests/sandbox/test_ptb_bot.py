"""A bot written with python-telegram-bot runs on the sandbox: conversation, inline keyboard, job queue, media."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, Message, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    JobQueue,
    MessageHandler,
    filters,
)

from tests.sandbox.until import until
from tests.sandbox.wire import BOT, TOKEN, WANG, Json, Wire

WHAT, WHERE, SURE = range(3)
Context = ContextTypes.DEFAULT_TYPE


def spoken(update: Update) -> Message:
    assert update.effective_message is not None
    return update.effective_message


async def start(update: Update, context: Context) -> int:
    await spoken(update).reply_html("<b>伢叔</b>: 什么事?")
    return WHAT


async def told_what(update: Update, context: Context) -> int:
    photo = spoken(update).photo[-1]
    file = await photo.get_file()
    facts: Json = {"file_id": photo.file_id, "bytes": len(await file.download_as_bytearray())}
    assert context.user_data is not None
    context.user_data.update(facts)
    await spoken(update).reply_text("在哪?")
    return WHERE


async def told_where(update: Update, context: Context) -> int:
    place = spoken(update).location
    assert place is not None
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("提交", callback_data="yes")]])
    await spoken(update).reply_text(f"{place.latitude:.2f}, {place.longitude:.2f}", reply_markup=buttons)
    return SURE


async def submitted(update: Update, context: Context) -> int:
    query = update.callback_query
    assert query is not None
    assert context.user_data is not None
    jobs = cast("JobQueue[Any]", context.job_queue)  # pyright: ignore[reportUnknownMemberType] - untyped upstream
    await query.answer("已收到", show_alert=True)
    await query.edit_message_text(f"已提交, {context.user_data['bytes']} 字节")
    photo = InputMediaPhoto(context.user_data["file_id"])
    await spoken(update).reply_media_group([photo, photo], caption="两张")
    jobs.run_once(nudge, 0.05, chat_id=WANG)
    return ConversationHandler.END


async def nudge(context: Context) -> None:
    assert context.job is not None
    assert context.job.chat_id is not None
    await context.bot.send_message(context.job.chat_id, "催办")


def conversation() -> ConversationHandler[Context]:
    return ConversationHandler(
        entry_points=[CommandHandler("start", start)],
        states={
            WHAT: [MessageHandler(filters.PHOTO, told_what)],
            WHERE: [MessageHandler(filters.LOCATION, told_where)],
            SURE: [CallbackQueryHandler(submitted)],
        },
        fallbacks=[],
    )


@asynccontextmanager
async def running(address: str) -> AsyncGenerator[Application[Any, Any, Any, Any, Any, Any]]:
    builder = ApplicationBuilder().token(TOKEN).base_url(f"{address}/bot").base_file_url(f"{address}/file/bot")
    application = builder.build()
    application.add_handler(conversation())
    async with application:
        assert application.updater is not None
        await application.updater.start_polling(timeout=10)
        await application.start()
        yield application
        await application.updater.stop()
        await application.stop()


async def said(wire: Wire, text: str) -> Json:
    """The bot's message with that text, once it is there."""
    chat = wire.sandbox.world.privates[BOT, WANG]
    await until(lambda: any(each.get("text") == text for each in chat.messages.values()))
    return next(each for each in chat.messages.values() if each.get("text") == text)


@pytest.mark.filterwarnings("ignore:If 'per_message=False'")
async def test_a_conversation_with_a_bot_of_python_telegram_bot(wire: Wire) -> None:
    async with running(wire.sandbox.address) as application:
        await wire.send(WANG, BOT, text="/start")
        assert (await said(wire, "伢叔: 什么事?"))["entities"] == [{"offset": 0, "length": 2, "type": "bold"}]
        photo = await wire.send(WANG, BOT, photo=True)
        await said(wire, "在哪?")
        await wire.send(WANG, BOT, location={"lat": 32.19, "lon": 119.62})
        card = await said(wire, "32.19, 119.62")
        pressed = await wire.post(f"people/{WANG}/press", chat=BOT, message_id=card["message_id"], text="提交")
        assert pressed["answer"] == {"text": "已收到", "show_alert": True}
        edited = await said(wire, f"已提交, {photo['photo'][-1]['file_size']} 字节")
        assert edited["message_id"] == card["message_id"]
        await said(wire, "催办")
        album = [each for each in await wire.seen(WANG, BOT) if each["from"]["id"] == BOT and "media_group_id" in each]
        assert [each.get("caption") for each in album] == ["两张", None]
        assert application.running
