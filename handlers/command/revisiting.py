"""回访: the buttons of a call-back card, words about it, and /callbacks, the list of what is to be asked."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.cases.errors import NotOpen
from bot.cases.revisiting import SOLVED, STARS
from bot.desk import revisiting
from bot.desk.desk import Desk
from bot.desk.names import matter_name
from bot.desk.revisiting import Call
from bot.outbox.letters import person
from bot.outbox.revisits_of import revisit_card
from bot.texts import Texts
from handlers import aside
from handlers.numbers import number
from handlers.resident.keyboards import inline
from handlers.resident.saying import Question, Said, says, turns
from handlers.responders.presses import markup
from handlers.responders.replies import NoKey
from handlers.sorting import Data, InStep, Private

STEP = "revisit"
STEPS = {"reached": revisiting.reached, "missed": revisiting.missed, "bot": revisiting.ask_by_bot}
HEARD = {"solved": SOLVED, "satisfied": STARS}


def doors() -> Router:
    """Private chats of dispatchers."""
    router = Router(name="revisiting")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(lists, Command("callbacks"))
    router.message.register(writes, InStep(STEP), NoKey(), F.text.as_("text"))
    router.callback_query.register(presses, Data("rv"))
    return router


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """A button of a card, or of the list."""
    if len(parts) != 4:
        raise NotOpen
    case_id, at, what, value = number(parts[0]), number(parts[1]), parts[2], parts[3]
    if what in STEPS:
        found = await STEPS[what](desk, case_id, at)
        return [
            query.answer(texts.revisit_asked() if what == "bot" else ""),
            turns(query, *await _card(desk, texts, found)),
        ]
    if what in HEARD and value in HEARD[what]:
        found = await revisiting.heard(desk, case_id, at, what, value)
        return [query.answer(), turns(query, *await _card(desk, texts, found))]
    if what == "phone":
        found, phone = await revisiting.number_to_call(desk, case_id, at)
        said = says(query, texts.number_to_call(found.case.number, phone))
        return [query.answer(), said.model_copy(update={"protect_content": True})]
    return await _others(query, desk, texts, state, await revisiting.call(desk, case_id, at), what)


async def _others(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, found: Call, what: str) -> Said:
    if what == "open":
        return [query.answer(), says(query, *await _card(desk, texts, found))]
    if what == "after":
        return [query.answer(), turns(query, *await _page(desk, texts, found))]
    if what == "note":
        await aside.ask(state, STEP, case=found.case.id, round=found.revisit.round)
        return [query.answer(), says(query, texts.give_note(found.case.number))]
    raise NotOpen


async def _card(desk: Desk, texts: Texts, found: Call) -> Question:
    assert desk.person is not None
    card = await revisit_card(desk, texts, found.case, found.revisit.round, person(desk.person.id))
    if card is None:
        raise NotOpen
    return card[0], markup(card[1])


async def writes(message: Message, desk: Desk, texts: Texts, state: FSMContext, text: str) -> Said:
    """Words about a call."""
    kept = await aside.facts(state)
    await aside.end(state)
    found = await revisiting.note(desk, kept["case"], kept["round"], text)
    words, keys = await _card(desk, texts, found)
    return [says(message, f"{texts.note_kept(found.case.number)}\n\n{words}", keys)]


async def lists(message: Message, desk: Desk, texts: Texts) -> Said:
    """/callbacks: what is to be asked, the overdue first."""
    return [says(message, *await _page(desk, texts, None))]


async def _page(desk: Desk, texts: Texts, after: Call | None) -> Question:
    last = (after.revisit.due_at, after.case.id) if after else None
    found, more = await revisiting.waiting(desk, last)
    if not found:
        return texts.revisits_none(), None
    late = [one for one in found if one.revisit.due_at < desk.now()]
    rows = [
        [(texts.revisit_line(one.case.number, matter_name(desk, one.case, texts), one in late), _data(one, "open"))]
        for one in found
    ]
    following = [[(texts.revisits_more(), _data(found[-1], "after"))]] if more else []
    return texts.revisits_list(len(late)), inline(*rows, *following)


def _data(one: Call, what: str) -> str:
    return f"rv:{one.case.id}:{one.revisit.round}:{what}:"
