"""A report from the first word on. Any first message opens a draft; only what is missing is asked."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.cases.draft import Ask
from bot.cases.matter import Route
from bot.cases.plain_words import Plain
from bot.desk.desk import Desk
from bot.desk.whistling import own_grid
from bot.texts import Texts
from handlers.resident import another, asking, counter, owncase, places, plainly, skipping
from handlers.resident.answers import choose_matter
from handlers.resident.content import Content, content_of, is_command
from handlers.resident.edits import corrected
from handlers.resident.filing import WHOSE, begin_of_another, came_late
from handlers.resident.hearing import greets, meant
from handlers.resident.keyboards import menu
from handlers.resident.notice import first_words
from handlers.resident.pressing import STEPS, pressed
from handlers.resident.saying import Said, says
from handlers.resident.talk import ASKED_TWICE, Talk, go_out, talk_of
from handlers.resident.telling import take_in, wants_number
from handlers.resident.typing import typed
from handlers.sorting import Data, Private, Says


def doors() -> Router:
    """Presses on a draft, and any content at all."""
    router = Router(name="report")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.callback_query.register(pressed, Data("d"))
    router.message.register(begins, Says("menu_report"))
    router.message.register(asks, Says("menu_ask"))
    router.message.register(praises, Says("menu_praise"))
    router.message.register(skipping.skips, Says("skip"))
    router.message.register(skipping.skips, Says("inconvenient"))
    router.message.register(places.lists, Says("choose_place"))
    router.message.register(goes_back, Says("back"))
    router.message.register(told)
    router.edited_message.filter(Private())
    router.edited_message.register(corrected)
    return router


async def begins(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """我要反映: an open draft goes on, otherwise say what is wrong."""
    await go_out(state)
    talk = await talk_of(desk, texts, state)
    if talk.opened and talk.says_something:
        talk.afresh()
        return await talk.go_on(message)
    if talk.opened and not talk.draft.empty:
        await talk.drop()
    first_words(talk)
    before = [says(message, *one) for one in talk.before]
    if await own_grid(desk) is not None:
        await talk.keep(Ask.MATTER, message)
        return [*before, says(message, *asking.list_first(talk.draft, texts))]
    await talk.remember()
    return [*before, says(message, texts.tell_me(), menu(texts))]


async def asks(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """💬 咨询: words only."""
    return await _in_words(message, desk, texts, state, Route.ANSWER)


async def praises(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """🌸 表扬: whom and why."""
    return await _in_words(message, desk, texts, state, Route.THANKS)


async def _in_words(message: Message, desk: Desk, texts: Texts, state: FSMContext, route: Route) -> Said:
    """A short flow of its own. What is being told goes on first; a catalogue without such a matter has only reports."""
    await go_out(state)
    talk = await talk_of(desk, texts, state)
    matter = next((one for one in desk.office.catalogue.matters.values() if one.route is route), None)
    if matter is None or (talk.opened and talk.says_something):
        return await begins(message, desk, texts, state)
    if talk.opened:
        await talk.drop()
    choose_matter(talk, matter)
    first_words(talk)
    return await talk.go_on(message)


async def told(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """Any content: into the draft, or opening one; then the next question. Advice comes before everything."""
    talk, content = await talk_of(desk, texts, state), content_of(message)
    if is_command(content.words) or (content.nothing and not (content.number and wants_number(talk))):
        return await _useless(talk, message)
    if await counter.speaks_english(talk, content.words):
        talk.texts = desk.texts()
    if (late := await came_late(talk, message, content)) is not None:
        return late
    if not content.media and talk.draft.empty and not talk.draft.source and greets(content.words):
        return await plainly.idle(talk, message, Plain.GREETING)
    if talk.asked == another.OTHER and content.media and not content.words:
        return await _more_of_another(talk, message, content)
    if not content.media and (button := meant(talk, content.words) or typed(talk, content.words)) is not None:
        return await _as_pressed(talk, message, *button)
    if (said := await plainly.answers(talk, message, content)) is not None:
        return said
    await owncase.takes_up(talk)
    return await _tell(talk, message, content)


async def _tell(talk: Talk, message: Message, content: Content) -> Said:
    """A further piece of an album is kept without another question, unless it brings the words."""
    if talk.asked == WHOSE:
        await begin_of_another(talk)
    if another.OTHER in talk.kept:
        await another.settle(talk)
    elif content.words and another.tells_another(talk, content.words):
        talk.knows_album(message.media_group_id)
        return await talk.go_on(message, await another.ask_whether(talk, content, message.message_id))
    if content.words and not content.media and (shown := await counter.place_first(talk, content.words)):
        talk.draft.told[str(message.message_id)] = Ask.WHERE
        await talk.keep_draft()
        first_words(talk)
        return await talk.go_on(message, shown)
    again, before = talk.knows_album(message.media_group_id), talk.draft.danger
    await counter.two_things(talk, content, message.message_id)
    shown = await take_in(talk, content, message.message_id) or await counter.nothing_left(talk, before)
    shown = shown or await counter.what_happened(talk, content.words)
    if not talk.draft.source:
        first_words(talk)
    if again and not content.words:
        await talk.keep(talk.asked or Ask.MATTER, message)
        return [says(message, *one) for one in talk.before]
    return await talk.go_on(message, shown)


async def _more_of_another(talk: Talk, message: Message, content: Content) -> Said:
    """A further piece of an album is kept in silence; after another picture it is asked again whose it is."""
    again = talk.knows_album(message.media_group_id)
    asked = await another.more_of_it(talk, content)
    return [] if again else await talk.go_on(message, asked)


async def _as_pressed(talk: Talk, message: Message, what: str, value: str) -> Said:
    """The words of a button count as the button."""
    return await talk.go_on(message, await STEPS[what](talk, value))


async def goes_back(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """返回, typed or by the key beside the place: the question before."""
    return await plainly.goes_back(await talk_of(desk, texts, state), message)


async def _useless(talk: Talk, message: Message) -> Said:
    """A sticker, a card, a poll: say what is expected, and ask again. It opens a draft like anything else."""
    talk.note = talk.texts.no_cards() if message.contact else talk.texts.expected()
    first_words(talk)
    if talk.draft.empty:
        asked = talk.texts.tell_me() if talk.repeated(Ask.MATTER) < ASKED_TWICE else talk.texts.stuck_still()
        await talk.keep(Ask.MATTER, message)
        words = f"{talk.note}\n\n{asked}"
        return [*(says(message, *one) for one in talk.before), says(message, words, menu(talk.texts))]
    return await talk.go_on(message)
