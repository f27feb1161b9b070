"""我的网格员: who is responsible for my building, the public directory, and staff cards."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.cases.draft import Ask
from bot.cases.errors import NotOpen
from bot.cases.inviting import STAFF_LINK
from bot.cases.plain_words import Plain
from bot.desk import directory, subscribing
from bot.desk.about import places_below
from bot.desk.desk import Desk
from bot.desk.directory import Answer
from bot.outbox.invitations import lines_of
from bot.texts import Texts
from handlers.choosing import paged
from handlers.numbers import number
from handlers.resident.keyboards import Choice, inline, menu
from handlers.resident.locating import place_name
from handlers.resident.saying import Question, Said, says, turns
from handlers.resident.talk import talk_of
from handlers.resident.whereabouts import Whereabouts
from handlers.sorting import Data, Means, Private, Says


def doors() -> Router:
    """Private chats."""
    router = Router(name="mygrid")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(reads_card, CommandStart(magic=F.args.startswith(STAFF_LINK)))
    router.message.register(asks, Command("mygrid"))
    router.message.register(asks, Says("menu_grid"))
    router.message.register(asks, Means(Plain.MY_GRID))
    router.message.register(shows_card, Command("card"))
    HERE.listen(router)
    router.callback_query.register(presses, Data("w"))
    return router


async def asks(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """👷 我的网格员: at the place that is known from a draft or report, else where do you live?"""
    talk = await talk_of(desk, texts, state)
    known = await directory.place_of_mine(desk, talk.draft.node_id)
    if known is None:
        return await HERE.ask(message, desk, texts, state)
    return [says(message, *await _who(desk, texts, known))]


async def _list(desk: Desk, texts: Texts, node_id: int | None, words: str, page: int = 0) -> Question:
    choices = [(node.name, f"w:o:{node.id}") for node in await places_below(desk, node_id)]
    here: list[Choice] = []
    if node_id is not None:
        here = [(texts.here(), f"w:h:{node_id}"), (texts.directory(), f"w:l:{node_id}:0")]
    return words, inline(*paged(texts, choices, page, lambda to: f"w:p:{node_id or 0}:{to}"), here)


async def _above(desk: Desk, texts: Texts, node_id: int | None) -> str:
    return texts.choose_node(await directory.name_of(desk, node_id) if node_id is not None else "")


async def _who(desk: Desk, texts: Texts, node_id: int) -> Question:
    answer = await directory.responsible(desk, node_id)
    words = texts.responsible_for(await directory.name_of(desk, node_id), lines(texts, answer))
    mine: list[Choice] = [(texts.show_staff_card(), "w:s")] if await directory.who_am_i(desk) else []
    keys = inline(
        [(texts.pass_it_on(), f"w:t:{node_id}"), *await _follow(desk, texts, node_id)],
        [(texts.another_place(), "w:c"), (texts.directory(), f"w:l:{await _wide(desk, node_id)}:0")],
        mine,
    )
    return words, keys


async def _follow(desk: Desk, texts: Texts, node_id: int) -> list[Choice]:
    """🔔, where the place is small enough to be followed."""
    return [(texts.follow_here(), f"sub:on:{node_id}")] if await subscribing.may_follow(desk, node_id) else []


async def _wide(desk: Desk, node_id: int) -> int:
    """The directory begins with the whole community."""
    path = await desk.office.places.path(desk.tx, node_id)
    return path[min(2, len(path) - 1)].id


def lines(texts: Texts, answer: Answer) -> list[str]:
    """Who is responsible, a line each; a number only of whoever agreed."""
    return [
        texts.responsible(one.name, texts.role(one.role), answer.named[one.node_id], one.hours, one.phone)
        for one in answer.people
    ]


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """The buttons of all that."""
    what, *given = parts
    if what == "c":
        return [query.answer(), *await HERE.ask(query, desk, texts, state)]
    if what == "s":
        await directory.show_card(desk)
        return [query.answer(texts.card_comes())]
    if not given:
        raise NotOpen
    numbers = [number(one) for one in given]
    if what == "p" and len(numbers) == 2:
        top, page = numbers[0] or None, numbers[1]
        return [query.answer(), turns(query, *await _list(desk, texts, top, await _above(desk, texts, top), page))]
    node_id = (await directory.place(desk, numbers[0])).id
    if what == "l" and len(numbers) == 2:
        return [query.answer(), turns(query, *await _directory(desk, texts, node_id, numbers[1]))]
    if what == "t":
        return [query.answer(), *await _passes_on(query, desk, texts, state, node_id)]
    if what == "o" and await places_below(desk, node_id):
        return [query.answer(), turns(query, *await _list(desk, texts, node_id, await _above(desk, texts, node_id)))]
    if what not in {"o", "h"}:
        raise NotOpen
    await HERE.found(state)
    return [query.answer(), turns(query, *await _who(desk, texts, node_id))]


async def _directory(desk: Desk, texts: Texts, node_id: int, after: int) -> Question:
    answer = await directory.listed(desk, node_id, after)
    page, more = answer.people[: directory.PAGE], len(answer.people) > directory.PAGE
    words = texts.directory_of(
        await directory.name_of(desk, node_id), lines(texts, Answer(answer.place, page, answer.named))
    )
    turning: list[Choice] = [(texts.next_page(), f"w:l:{node_id}:{page[-1].duty_id}")] if more else []
    if after:
        turning.insert(0, (texts.newest_page(), f"w:l:{node_id}:0"))
    return words, inline(turning, [(texts.another_place(), "w:c")])


async def _passes_on(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, node_id: int) -> Said:
    """伢叔转告: a report that knows the place. A draft that has another one keeps it."""
    await HERE.found(state)
    talk = await talk_of(desk, texts, state)
    if not talk.draft.empty and talk.draft.has_place:
        talk.before.append((texts.going_on_with(), menu(texts)))
        return (await talk.go_on(query))[1:]
    talk.draft.node_id, talk.draft.place = node_id, await place_name(talk, node_id)
    if not talk.draft.empty and talk.opened and talk.draft.words:
        return (await talk.go_on(query))[1:]
    await talk.keep(talk.asked or Ask.MATTER)
    return [says(query, texts.tell_there(await directory.name_of(desk, node_id)), menu(texts))]


async def shows_card(message: Message, desk: Desk, texts: Texts) -> Said:
    """/card."""
    await directory.show_card(desk)
    return [says(message, texts.card_comes())]


async def reads_card(message: Message, desk: Desk, texts: Texts, command: CommandObject) -> Said:
    """A resident photographed the code of a staff card."""
    shown = await directory.read_card(desk, (command.args or "").removeprefix(STAFF_LINK))
    if shown is None:
        return [says(message, texts.card_is_not(), menu(texts))]
    working = shown.member.state == "active" and bool(shown.posts)
    state = texts.state(shown.member.state if working or shown.member.state != "active" else "left")
    words = texts.card_is_real(shown.member.name, state, lines_of(texts, shown.posts), shown.until, working)
    return [says(message, words, menu(texts))]


async def _topmost(desk: Desk, texts: Texts, words: str) -> Question:
    return await _list(desk, texts, None, words)


HERE = Whereabouts("mygrid", Texts.where_do_you_live, _topmost, directory.name_of, _who)
