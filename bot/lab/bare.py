"""The yardstick: the report conversation on bare aiogram, as its documentation shows it, with no database."""

import asyncio

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from bot.lab.conversation import GROUP, MATTERS, SECRET, TOKEN, asked_of, card

router = Router()


class Asking(StatesGroup):
    menu = State()
    matter = State()
    what = State()
    photo = State()
    voice = State()
    where = State()
    contact = State()
    confirm = State()


@router.message(CommandStart())
async def started(message: Message, state: FSMContext) -> None:
    await state.clear()
    await state.set_state(Asking.menu)
    rows = [[KeyboardButton(text="我要反映"), KeyboardButton(text="我的上报")]]
    await message.answer(
        "您好，有什么事请跟我说。", reply_markup=ReplyKeyboardMarkup(keyboard=rows, resize_keyboard=True)
    )


@router.message(Asking.menu, F.text == "我要反映")
async def chose_report(message: Message, state: FSMContext) -> None:
    await state.set_state(Asking.matter)
    rows = [[InlineKeyboardButton(text=matter, callback_data=f"matter:{n}")] for n, matter in enumerate(MATTERS)]
    await message.answer("是哪一类事？", reply_markup=InlineKeyboardMarkup(inline_keyboard=rows))


@router.callback_query(Asking.matter, F.data.startswith("matter:"), F.message.as_("message"))
async def chose_matter(callback: CallbackQuery, message: Message, state: FSMContext) -> None:
    await state.update_data(matter=MATTERS[int((callback.data or "").removeprefix("matter:"))])
    await state.set_state(Asking.what)
    await callback.answer()
    await message.answer("发生了什么？写一句话就行。")


@router.message(Asking.what, F.text)
async def told_what(message: Message, state: FSMContext) -> None:
    await state.update_data(what=message.text)
    await state.set_state(Asking.photo)
    await message.answer("有照片吗？发一张给我。")


@router.message(Asking.photo, F.photo)
async def sent_photo(message: Message, state: FSMContext) -> None:
    await state.update_data(photo=message.photo[-1].file_id if message.photo else None)
    await state.set_state(Asking.voice)
    await message.answer("想补充的话，可以发一段语音。")


@router.message(Asking.voice, F.voice)
async def sent_voice(message: Message, state: FSMContext) -> None:
    await state.update_data(voice=message.voice.file_id if message.voice else None)
    await state.set_state(Asking.where)
    await message.answer("在哪里？请发送位置。")


@router.message(Asking.where, F.location.as_("location"))
async def told_where(message: Message, state: FSMContext) -> None:
    if place := message.location:
        await state.update_data(latitude=place.latitude, longitude=place.longitude)
    await state.set_state(Asking.contact)
    rows = [
        [InlineKeyboardButton(text="可以联系我", callback_data="contact:yes")],
        [InlineKeyboardButton(text="请保密", callback_data="contact:no")],
    ]
    await message.answer("可以联系您吗？", reply_markup=InlineKeyboardMarkup(inline_keyboard=rows))


@router.callback_query(Asking.contact, F.data.startswith("contact:"), F.message.as_("message"))
async def chose_contact(callback: CallbackQuery, message: Message, state: FSMContext) -> None:
    await state.update_data(contact=callback.data == "contact:yes")
    await state.set_state(Asking.confirm)
    rows = [[InlineKeyboardButton(text="提交", callback_data="submit")]]
    await callback.answer()
    await message.answer(card(await state.get_data()), reply_markup=InlineKeyboardMarkup(inline_keyboard=rows))


@router.callback_query(Asking.confirm, F.data == "submit", F.message.as_("message"))
async def submitted(callback: CallbackQuery, message: Message, state: FSMContext, bot: Bot) -> None:
    report = await state.get_data()
    await state.clear()
    await callback.answer("已提交")
    await message.answer(f"已收到，编号 {message.chat.id}-{message.message_id}。")
    rows = [
        [
            InlineKeyboardButton(text="签收", callback_data="take"),
            InlineKeyboardButton(text="退单", callback_data="return"),
        ]
    ]
    await bot.send_message(GROUP, card(report), reply_markup=InlineKeyboardMarkup(inline_keyboard=rows))


def main() -> None:
    given = asked_of(__doc__)
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(given.api)))
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(router)
    if given.delivery == "polling":
        asyncio.run(dispatcher.start_polling(bot))  # pyright: ignore[reportUnknownMemberType] - aiogram's UNSET
    else:
        listen(bot, dispatcher, given.port)


def listen(bot: Bot, dispatcher: Dispatcher, port: int) -> None:
    async def announce() -> None:
        await bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token=SECRET, max_connections=100)

    dispatcher.startup.register(announce)
    app = web.Application()
    SimpleRequestHandler(dispatcher=dispatcher, bot=bot, secret_token=SECRET).register(app, path="/hook")
    setup_application(app, dispatcher, bot=bot)
    web.run_app(app, host="127.0.0.1", port=port, print=None)


if __name__ == "__main__":
    main()
