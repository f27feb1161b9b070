"""Answers to roll calls and tasks: a few taps, or numbers typed; who needs help can become a case."""

from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.cases.errors import NotOpen
from bot.cases.rounds import RoundKind, Tally, advanced, numbers_in, one_of, rest_done
from bot.desk import rounds
from bot.desk.desk import Desk
from bot.desk.rounds import Part, Round
from bot.outbox.rounds_of import card_of
from bot.texts import Texts
from handlers.numbers import number
from handlers.patrol.daily import HasWords
from handlers.resident.adding import NotMenu
from handlers.resident.saying import Said, says, turns
from handlers.resident.talk import ROUND_NUMBERS, ROUND_WHO, leave_step
from handlers.responders.presses import markup
from handlers.sorting import Data, InStep, Private

STEPS = (1, 5)
ASKS = {"type": ROUND_NUMBERS, "who": ROUND_WHO}


def doors() -> Router:
    """Presses on a card, and what is typed after them."""
    router = Router(name="reporting")
    router.message.register(told_numbers, Private(), InStep(ROUND_NUMBERS), HasWords(), NotMenu())
    router.message.register(told_who, Private(), InStep(ROUND_WHO), HasWords(), NotMenu())
    router.callback_query.register(presses, Data("r"), Private())
    return router


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """A tap on the card."""
    if len(parts) < 4:
        raise NotOpen
    what, more = parts[0], parts[3:]
    one, part = await rounds.mine(desk, number(parts[1]), number(parts[2]))
    if what in ASKS:
        return await _asks(query, texts, state, one, part, what)
    if what == "case":
        case = await rounds.report_need(desk, one, part)
        return await _shown(query, desk, texts, one, part, texts.who_reported(case.number))
    tally = _counted(one, part, what, more)
    after = await rounds.answer(desk, part, tally) if tally is not None else part
    if after == part:
        return [query.answer()]
    return await _shown(query, desk, texts, one, after, texts.rollcall_thanks())


def _counted(one: Round, part: Part, what: str, more: list[str]) -> Tally | None:
    """What the tap makes of the numbers; None if the card was drawn on others (a double press). Raises NotOpen."""
    tally, rollcall = rounds.tally_of(part), one.kind == RoundKind.ROLLCALL
    if what == "all" and part.households:
        return rest_done(tally)
    if what == "anew" and rollcall:
        return Tally(part.households)
    if what in {"help", "missing"} and rollcall:
        return one_of(tally, what) if number(more[0]) == tally.help + tally.missing else None
    if what == "add" and not rollcall and len(more) == 2 and number(more[1]) in STEPS:
        return advanced(tally, number(more[1])) if number(more[0]) == tally.done else None
    raise NotOpen


async def _asks(query: CallbackQuery, texts: Texts, state: FSMContext, one: Round, part: Part, what: str) -> Said:
    await leave_step(state)
    await state.update_data(round={"id": one.id, "node": part.node_id})
    await state.set_state(ASKS[what])
    if what == "who":
        return [query.answer(), says(query, texts.ask_who())]
    return [query.answer(), says(query, texts.ask_three() if one.kind == RoundKind.ROLLCALL else texts.ask_one())]


async def _shown(query: CallbackQuery, desk: Desk, texts: Texts, one: Round, part: Part, toast: str) -> Said:
    _, now = await rounds.mine(desk, one.id, part.node_id)
    words, buttons = await card_of(desk, texts, one, now)
    return [query.answer(toast), turns(query, words, markup(buttons))]


async def told_numbers(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """Three numbers for a roll call, one for a task. Anything else is asked for again."""
    one, part = await _open(desk, state)
    rollcall = one.kind == RoundKind.ROLLCALL
    given = numbers_in(message.text or "", 3 if rollcall else 1)
    if given is None:
        return [says(message, texts.ask_three() if rollcall else texts.ask_one())]
    tally = Tally(part.households, *given) if rollcall else advanced(Tally(part.households), given[0])
    part = await rounds.answer(desk, part, tally)
    return await _taken(message, desk, texts, state, one, part)


async def told_who(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """Who needs help, and what."""
    one, part = await _open(desk, state)
    part = await rounds.tell_who(desk, part, (message.text or "").strip())
    return await _taken(message, desk, texts, state, one, part)


async def _taken(message: Message, desk: Desk, texts: Texts, state: FSMContext, one: Round, part: Part) -> Said:
    """The card once more, as it is now; the old one is far up."""
    await leave_step(state)
    words, buttons = await card_of(desk, texts, one, part)
    return [says(message, words, markup(buttons))]


async def _open(desk: Desk, state: FSMContext) -> tuple[Round, Part]:
    """The round that was answered. Raises RoundOver after its end, and the words are then no answer any more."""
    given: dict[str, Any] = (await state.get_data()).get("round") or {}
    round_id, node = given.get("id"), given.get("node")
    if not isinstance(round_id, int) or not isinstance(node, int):
        raise NotOpen
    return await rounds.mine(desk, round_id, node)
