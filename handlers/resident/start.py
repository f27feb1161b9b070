"""/start, /help, /cancel, /language, /forget, and the privacy notice."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.desk.about import place_by_code, set_consent, set_language
from bot.desk.desk import Desk
from bot.desk.following import forget_me
from bot.texts import LANGUAGES, Texts, texts_in
from handlers.resident import report, telling
from handlers.resident.keyboards import inline, menu
from handlers.sorting import Data, Private, Says

HTML = "HTML"
Said = Any


def doors() -> Router:
    """Commands in the private chat."""
    router = Router(name="start")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(start, CommandStart())
    router.message.register(help_, Command("help"))
    router.message.register(help_, Says("menu_help"))
    router.message.register(cancel, Command("cancel"))
    router.message.register(choose_language, Command("language"))
    router.message.register(asks_to_forget, Command("forget"))
    router.callback_query.register(language_chosen, Data("lang"))
    router.callback_query.register(consented, Data("consent"))
    router.callback_query.register(forgets, Data("forget"))
    return router


async def start(message: Message, desk: Desk, texts: Texts, state: FSMContext, command: CommandObject) -> Said:
    """The welcome; a link or QR code of a place opens a draft that knows where. An open draft goes on."""
    said: list[Said] = [message.answer(texts.welcome(desk.office.district), reply_markup=menu(texts), parse_mode=HTML)]
    if desk.newcomers:
        buttons = [(texts.agree(), "consent:yes"), (texts.disagree(), "consent:no")]
        said.append(message.answer(texts.privacy(), reply_markup=inline(buttons)))
    draft = await report.open_draft(state)
    if command.args and command.args.startswith("g_"):
        draft = await _at_place(desk, state, draft or telling.new_draft(), command.args.removeprefix("g_"))
    if draft and (draft.words or draft.media or draft.matter):
        said.append(await report.go_on(message, desk, texts, state, draft))
    return said


async def _at_place(desk: Desk, state: FSMContext, draft: telling.Draft, code: str) -> telling.Draft:
    node = await place_by_code(desk, code)
    if node is not None and not draft.has_place:
        draft.node_id = node.id
        draft.place = "".join(one.name for one in (await desk.office.places.path(desk.tx, node.id))[1:])
        await state.update_data(draft=draft.as_json())
    return draft


async def help_(message: Message, texts: Texts) -> Said:
    """How it works."""
    return message.answer(texts.help(), reply_markup=menu(texts), parse_mode=HTML)


async def cancel(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """Drop what is being written or asked."""
    something = await state.get_state() is not None or await report.open_draft(state)
    await report.end(state, desk, {})
    return message.answer(texts.cancelled() if something else texts.nothing_to_cancel(), reply_markup=menu(texts))


async def choose_language(message: Message, texts: Texts) -> Said:
    """Two buttons, each in its own language."""
    return message.answer(texts.choose_language(), reply_markup=inline([("中文", "lang:zh"), ("English", "lang:en")]))


async def language_chosen(query: CallbackQuery, desk: Desk, parts: list[str]) -> Said:
    """From now on in this language."""
    language = parts[0] if parts and parts[0] in LANGUAGES else "zh"
    await set_language(desk, language)
    texts = texts_in(language)
    said = [query.answer()]
    if isinstance(query.message, Message):
        said.append(query.message.answer(texts.language_set(), reply_markup=menu(texts)))
    return said


async def consented(query: CallbackQuery, desk: Desk, texts: Texts, parts: list[str]) -> Said:
    """Agreed or not; a report is taken either way."""
    agreed = parts[:1] == ["yes"]
    await set_consent(desk, agreed)
    words = texts.agreed() if agreed else texts.disagreed()
    if isinstance(query.message, Message):
        return [query.answer(), query.message.edit_text(f"{texts.privacy()}\n\n{words}")]
    return query.answer(words)


async def asks_to_forget(message: Message, texts: Texts) -> Said:
    """/forget asks first."""
    return message.answer(texts.forget_sure(), reply_markup=inline([(texts.forget_yes(), "forget:yes")]))


async def forgets(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """Delete the profile and the draft, cut the link to ended cases."""
    await state.set_data({})
    await state.set_state(None)
    kept = await forget_me(desk)
    return (
        [query.answer(), query.message.edit_text(texts.forgotten(kept))] if isinstance(query.message, Message) else None
    )
