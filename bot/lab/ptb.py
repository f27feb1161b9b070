"""A peer: the report conversation on python-telegram-bot's ConversationHandler, kept in a file by PicklePersistence.

As its documentation shows it: updates one after the other, since a ConversationHandler wants that. The file is written
after each update; that is the most its persistence offers.
"""

import warnings
from pathlib import Path
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, ReplyKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)
from telegram.warnings import PTBUserWarning

from bot.lab.conversation import GROUP, MATTERS, SECRET, TOKEN, asked_of, card

Context = ContextTypes.DEFAULT_TYPE
MENU, MATTER, WHAT, PHOTO, VOICE, WHERE, CONTACT, CONFIRM = range(8)
_SELDOM_S = 3600.0
"""Its own rhythm of writing has nothing left to do."""


class KeepsEach(Application[Any, Any, Any, Any, Any, Any]):
    """Writes what an update changed before the next one is begun."""

    async def process_update(self, update: object) -> None:
        """Handle it, then write."""
        await super().process_update(update)
        await self.update_persistence()


async def started(update: Update, context: Context) -> int:
    _report(context).clear()
    keyboard = ReplyKeyboardMarkup([["我要反映", "我的上报"]], resize_keyboard=True)
    await _message(update).reply_text("您好，有什么事请跟我说。", reply_markup=keyboard)
    return MENU


async def chose_report(update: Update, _context: Context) -> int:
    rows = [[InlineKeyboardButton(matter, callback_data=f"matter:{n}")] for n, matter in enumerate(MATTERS)]
    await _message(update).reply_text("是哪一类事？", reply_markup=InlineKeyboardMarkup(rows))
    return MATTER


async def chose_matter(update: Update, context: Context) -> int:
    _report(context)["matter"] = MATTERS[int((await _pressed(update)).removeprefix("matter:"))]
    await _message(update).reply_text("发生了什么？写一句话就行。")
    return WHAT


async def told_what(update: Update, context: Context) -> int:
    _report(context)["what"] = _message(update).text
    await _message(update).reply_text("有照片吗？发一张给我。")
    return PHOTO


async def sent_photo(update: Update, context: Context) -> int:
    _report(context)["photo"] = _message(update).photo[-1].file_id
    await _message(update).reply_text("想补充的话，可以发一段语音。")
    return VOICE


async def sent_voice(update: Update, context: Context) -> int:
    voice = _message(update).voice
    _report(context)["voice"] = voice.file_id if voice else None
    await _message(update).reply_text("在哪里？请发送位置。")
    return WHERE


async def told_where(update: Update, context: Context) -> int:
    if place := _message(update).location:
        _report(context).update(latitude=place.latitude, longitude=place.longitude)
    rows = [
        [InlineKeyboardButton("可以联系我", callback_data="contact:yes")],
        [InlineKeyboardButton("请保密", callback_data="contact:no")],
    ]
    await _message(update).reply_text("可以联系您吗？", reply_markup=InlineKeyboardMarkup(rows))
    return CONTACT


async def chose_contact(update: Update, context: Context) -> int:
    report = _report(context)
    report["contact"] = await _pressed(update) == "contact:yes"
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("提交", callback_data="submit")]])
    await _message(update).reply_text(card(report), reply_markup=buttons)
    return CONFIRM


async def submitted(update: Update, context: Context) -> int:
    report = dict(_report(context))
    _report(context).clear()
    await _pressed(update, "已提交")
    said = _message(update)
    await said.reply_text(f"已收到，编号 {said.chat.id}-{said.message_id}。")
    row = [InlineKeyboardButton("签收", callback_data="take"), InlineKeyboardButton("退单", callback_data="return")]
    await context.bot.send_message(GROUP, card(report), reply_markup=InlineKeyboardMarkup([row]))
    return ConversationHandler.END


def _report(context: Context) -> dict[Any, Any]:
    assert context.user_data is not None
    return context.user_data


def _message(update: Update) -> Message:
    assert update.effective_message is not None
    return update.effective_message


async def _pressed(update: Update, words: str | None = None) -> str:
    """Answer the press, and return what its button carries."""
    assert update.callback_query is not None
    await update.callback_query.answer(words)
    return update.callback_query.data or ""


def conversation() -> ConversationHandler[Context]:
    """One handler a step."""
    return ConversationHandler(
        entry_points=[CommandHandler("start", started)],
        states={
            MENU: [MessageHandler(filters.Text(["我要反映"]), chose_report)],
            MATTER: [CallbackQueryHandler(chose_matter, "^matter:")],
            WHAT: [MessageHandler(filters.TEXT & ~filters.COMMAND, told_what)],
            PHOTO: [MessageHandler(filters.PHOTO, sent_photo)],
            VOICE: [MessageHandler(filters.VOICE, sent_voice)],
            WHERE: [MessageHandler(filters.LOCATION, told_where)],
            CONTACT: [CallbackQueryHandler(chose_contact, "^contact:")],
            CONFIRM: [CallbackQueryHandler(submitted, "^submit$")],
        },
        fallbacks=[CommandHandler("start", started)],
        name="report",
        persistent=True,
    )


def main() -> None:
    given = asked_of(__doc__)
    warnings.simplefilter("ignore", PTBUserWarning)  # it warns of what a conversation with buttons and words must do
    kept = PicklePersistence(Path("conversations.pickle"), update_interval=_SELDOM_S)
    builder = ApplicationBuilder().application_class(KeepsEach).token(TOKEN).persistence(kept).job_queue(None)
    application = builder.base_url(f"{given.api}/bot").base_file_url(f"{given.api}/file/bot").build()
    application.add_handler(conversation())
    if given.delivery == "polling":
        application.run_polling()
    else:
        hook = f"http://127.0.0.1:{given.port}/hook"
        application.run_webhook("127.0.0.1", given.port, "hook", webhook_url=hook, secret_token=SECRET)


if __name__ == "__main__":
    main()
