"""A way to a human: who is responsible here, the number of the city, and one button that asks to be contacted."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.cases.contacts import number_to_call
from bot.cases.errors import NotOpen
from bot.desk import contacting, directory, following
from bot.desk.desk import Desk
from bot.texts import Texts
from handlers import aside
from handlers.resident import adding
from handlers.resident.keyboards import Choice, inline, menu
from handlers.resident.mygrid import lines
from handlers.resident.questions import number_keys
from handlers.resident.saying import Question, Said, says
from handlers.resident.signs import data
from handlers.resident.talk import Talk, talk_of
from handlers.sorting import Data, InStep, Private, Says

STEP = "contact:number"
SHOWN = 2


def doors() -> Router:
    """🙋 and the number that may follow it."""
    router = Router(name="human")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(without_number, InStep(STEP), Says("inconvenient"))
    router.message.register(gives_card, InStep(STEP), F.contact)
    router.message.register(gives_number, InStep(STEP), adding.NotMenu(), HasNumber())
    router.callback_query.register(pressed, Data("human"))
    return router


class HasNumber(Filter):
    """A telephone number in the words: given as `number`."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        number = number_to_call(message.text or "")
        return {"number": number} if number else False


async def helps(talk: Talk, message: Message, kindly: str = "") -> Said:
    """人工, 不会弄, 电话多少: whom to turn to, after kind words. What is being told stays open."""
    await talk.remember()
    return [says(message, *await _who(talk, kindly))]


async def pressed(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """🙋 找人帮我: whom to turn to. 🙋 请人联系我: a small report, and the number if they like."""
    if parts == [""]:
        return [query.answer(), says(query, *await _who(await talk_of(desk, texts, state)))]
    if parts != ["call"]:
        raise NotOpen
    case = await contacting.wish(desk, (await talk_of(desk, texts, state)).draft.node_id)
    await aside.ask(state, STEP, case=case.id)
    filed = says(query, texts.wish_filed(case.number))
    return [query.answer(), filed, says(query, texts.wish_number(), number_keys(texts))]


async def _who(talk: Talk, kindly: str = "") -> Question:
    desk, texts = talk.desk, talk.texts
    node_id = await directory.place_of_mine(desk, talk.draft.node_id)
    answer = await directory.responsible(desk, node_id) if node_id is not None else None
    people = lines(texts, answer)[:SHOWN] if answer else []
    where: list[Choice] = [] if people else [(texts.my_grid_member(), "w:c")]
    on = [] if talk.draft.empty else [(texts.go_on_telling(), data(talk.draft, "go"))]
    place = await directory.name_of(desk, node_id) if node_id is not None else ""
    words = texts.who_helps(place, people, kindly)
    return words, inline([(texts.let_me_be_contacted(), "human:call")], where, on)


async def gives_number(message: Message, desk: Desk, texts: Texts, state: FSMContext, number: str) -> Said:
    """Typed."""
    return await _kept(message, desk, texts, state, number)


async def gives_card(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """By the key."""
    number = number_to_call(message.contact.phone_number) if message.contact else None
    if number is None:
        return [says(message, texts.wish_number(), number_keys(texts))]
    return await _kept(message, desk, texts, state, number)


async def _kept(message: Message, desk: Desk, texts: Texts, state: FSMContext, number: str) -> Said:
    case_id = (await aside.facts(state)).get("case")
    await aside.end(state)
    if not isinstance(case_id, int):
        raise NotOpen
    await contacting.by_telephone(desk, await following.my_case(desk, case_id), number)
    return [says(message, texts.wish_number_kept(), menu(texts))]


async def without_number(message: Message, texts: Texts, state: FSMContext) -> Said:
    """不方便."""
    await aside.end(state)
    return [says(message, texts.wish_without_number(), menu(texts))]
