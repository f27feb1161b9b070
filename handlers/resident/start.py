"""/start, /help, /cancel, /language, /forget, and coming back after a block."""

from aiogram import Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.cases.commands import Hat, explained, of_duty
from bot.cases.draft import Ask
from bot.cases.errors import NotOpen
from bot.cases.plain_words import Plain
from bot.cases.whistling import ROLE
from bot.desk import menus
from bot.desk.about import set_language
from bot.desk.desk import Desk
from bot.desk.forgetting import forget_me
from bot.texts import LANGUAGES, Texts, texts_in
from handlers.resident import another, report
from handlers.resident.filing import must_be_sure, whether_fine
from handlers.resident.keyboards import in_rows, inline, menu
from handlers.resident.notice import consented, first_words
from handlers.resident.places import by_code
from handlers.resident.saying import Said, says, turns
from handlers.resident.talk import go_out, talk_of
from handlers.resident.ways import languages, sure, under_help
from handlers.sorting import Data, Means, Private, Says

PLACE_LINK = "g_"


def doors() -> Router:
    """Commands in the private chat."""
    router = Router(name="start")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(start, CommandStart())
    router.message.register(help_, Command("help"))
    router.message.register(help_, Says("menu_help"))
    router.message.register(cancel, Command("cancel"))
    router.message.register(cancel, Says("cancel"))
    router.message.register(choose_language, Command("language"))
    router.message.register(asks_to_forget, Command("forget"))
    router.message.register(choose_language, Means(Plain.LANGUAGE))
    router.message.register(asks_to_forget, Means(Plain.FORGET))
    router.message.register(help_, Means(Plain.HELP))
    router.message.register(offers_large, Means(Plain.LARGE))
    router.callback_query.register(tells_of, Data("h"))
    router.callback_query.register(language_chosen, Data("lang"))
    router.callback_query.register(consented, Data("consent"))
    router.callback_query.register(forgets, Data("forget"))
    router.callback_query.register(keeps, Data("keep"))
    return router


async def start(message: Message, desk: Desk, texts: Texts, state: FSMContext, command: CommandObject) -> Said:
    """The welcome; a link or QR code of a place opens a draft that knows where. An open draft goes on."""
    await go_out(state)
    talk = await talk_of(desk, texts, state)
    linked = (command.args or "").startswith(PLACE_LINK)
    known = linked and await by_code(talk, (command.args or "").removeprefix(PLACE_LINK))
    if not talk.draft.empty:
        talk.before.append((texts.going_on_with(), menu(texts)))
        talk.afresh()
        return await talk.go_on(message)
    first_words(talk)
    await talk.remember()
    welcome = texts.welcome(desk.office.district)
    if known:
        await talk.keep(talk.asked or Ask.MATTER, message)
        welcome = f"{welcome}\n\n{texts.at_place(talk.draft.place)}" if talk.draft.place else welcome
    elif linked and not talk.draft.has_place:
        welcome = f"{welcome}\n\n{texts.code_unknown()}"
    if named := of_duty(await _hats(desk)):
        welcome = f"{welcome}\n\n{texts.duty_list(named)}"
    return [says(message, welcome, menu(texts)), *(says(message, *one) for one in talk.before)]


async def _hats(desk: Desk) -> frozenset[Hat]:
    """What whoever acts is; the menu under the chat follows."""
    hats = await menus.my_hats(desk)
    if hats and desk.person is not None:
        await menus.refresh(desk, desk.person.id, hats)
    return hats


async def help_(
    message: Message, desk: Desk, texts: Texts, state: FSMContext, command: CommandObject | None = None
) -> Said:
    """How it works, and what there is besides for whoever has duties; /help stats tells of one command.

    A question behind it is heard as if it was said alone.
    """
    hats = await _hats(desk)
    topic = (command.args or "").strip().removeprefix("/").casefold() if command else ""
    if topic and not topic.isascii():
        return await report.told(
            message.model_copy(update={"text": command.args if command else ""}), desk, texts, state
        )
    if topic:
        known = topic in explained(hats)
        words = texts.help_on(topic) if known else texts.help_unknown(topic)
        return [says(message, words, _topics(texts, hats))]
    if not of_duty(hats):
        return [says(message, texts.help(), under_help(texts))]
    more = f"{texts.duty_list(of_duty(hats))}\n\n{texts.help_more()}"
    return [says(message, texts.help(), under_help(texts)), says(message, more, _topics(texts, hats))]


def _topics(texts: Texts, hats: frozenset[Hat]) -> InlineKeyboardMarkup:
    choices = [(texts.help_topic(name), f"h:{name}") for name in explained(hats)]
    return inline(*in_rows(choices, 3))


async def tells_of(query: CallbackQuery, desk: Desk, texts: Texts, parts: list[str]) -> Said:
    """One command with an example."""
    hats = await menus.my_hats(desk)
    if len(parts) != 1 or parts[0] not in explained(hats):
        raise NotOpen
    return [query.answer(), turns(query, texts.help_on(parts[0]), _topics(texts, hats))]


async def cancel(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """Drop what is being written or asked. A report that waited behind it is next."""
    talk = await talk_of(desk, texts, state)
    if must_be_sure(talk):
        return await talk.go_on(message, await whether_fine(talk))
    opened, something = talk.opened, talk.opened or await state.get_state() is not None
    await another.keep_apart(talk)
    await talk.end()
    words = texts.cancelled() if opened else texts.left_off() if something else texts.nothing_to_cancel()
    return [says(message, words, menu(texts)), *(says(message, *one) for one in talk.after)]


async def choose_language(message: Message, texts: Texts) -> Said:
    """Two buttons, each in its own language."""
    return [says(message, texts.choose_language(), languages())]


async def language_chosen(query: CallbackQuery, desk: Desk, parts: list[str]) -> Said:
    """From now on in this language."""
    language = parts[0] if parts and parts[0] in LANGUAGES else "zh"
    await set_language(desk, language)
    texts = texts_in(language)
    return [query.answer(), says(query, texts.language_set(), menu(texts))]


async def asks_to_forget(message: Message, texts: Texts) -> Said:
    """/forget asks first."""
    return [says(message, texts.forget_sure(), sure(texts))]


async def offers_large(message: Message, desk: Desk, texts: Texts) -> Said:
    """字太小了: one tap to the large style, or back from it."""
    large = desk.person is not None and desk.person.large
    keys = inline([(texts.large_button(on=not large), f"set:large:{int(not large)}")])
    return [says(message, texts.offer_large(), keys)]


async def keeps(query: CallbackQuery, texts: Texts) -> Said:
    """不删了."""
    return [query.answer(), turns(query, texts.kept())]


async def forgets(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """Delete the profile and the draft, cut the link to ended cases."""
    await state.set_data({})
    await state.set_state(None)
    left = await forget_me(desk)
    keys = inline([(texts.step_down(), "ap:down")]) if left.duty == ROLE else None
    return [query.answer(), turns(query, texts.forgotten(left.still_open, left.held, left.duty), keys)]
