"""/rollcall and /task: an admin or dispatcher chooses a place, says why, and until when."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.cases.broadcast import Order, is_public_warning, is_quote, needs_second, quoted
from bot.cases.errors import NotOpen
from bot.cases.rounds import RoundKind, RoundStand, closing_times, due_times
from bot.desk import rounds
from bot.desk.about import places_below
from bot.desk.desk import Desk
from bot.texts import Texts
from handlers.choosing import paged, place_and_page
from handlers.numbers import number
from handlers.patrol.daily import HasWords
from handlers.resident.adding import NotMenu
from handlers.resident.keyboards import in_rows, inline
from handlers.resident.saying import Question, Said, says, turns
from handlers.resident.talk import ROUND_WORDS, leave_step
from handlers.sorting import Data, InGroup, InStep, Private

KINDS = frozenset(RoundKind)
DECISIONS = frozenset({Order.AGREE, Order.REFUSE})


def doors() -> Router:
    """Commands, places, words, times, and ending early."""
    router = Router(name="calling")
    router.message.register(only_privately, Command(*KINDS), InGroup())
    router.message.register(begins, Command(*KINDS), Private())
    router.message.register(told_why, Private(), InStep(ROUND_WORDS), HasWords(), NotMenu())
    router.callback_query.register(presses, Data("rc"), Private())
    return router


async def only_privately(message: Message, texts: Texts) -> Any:
    """Who is safe and who is not is nothing for a group."""
    return message.answer(texts.call_privately())


async def begins(message: Message, desk: Desk, texts: Texts, command: CommandObject) -> Said:
    """The places whoever acts may call for."""
    kind = RoundKind(command.command)
    return [says(message, *await _places(desk, texts, kind, None))]


async def _places(desk: Desk, texts: Texts, kind: RoundKind, node_id: int | None, page: int = 0) -> Question:
    """A place, to be chosen, and those right below it, to be opened."""
    roots = await rounds.roots(desk)
    node = await rounds.place(desk, node_id) if node_id is not None else roots[0] if len(roots) == 1 else None
    below = await places_below(desk, node.id) if node else roots
    choices = [(one.name, f"rc:at:{kind}:{one.id}") for one in below]
    here = [(texts.call_here(node.name), f"rc:here:{kind}:{node.id}")] if node else []
    rows = paged(texts, choices, page, lambda to: f"rc:at:{kind}:{node.id if node else 0}.{to}")
    return texts.call_where(kind), inline(here, *rows)


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """A tap of who calls."""
    if len(parts) == 3 and parts[0] in {"at", "here"} and parts[1] in KINDS:
        kind, (node_id, page) = RoundKind(parts[1]), place_and_page(parts[2])
        if parts[0] == "at":
            return [query.answer(), turns(query, *await _places(desk, texts, kind, node_id or None, page))]
        return await _chosen(query, desk, texts, state, kind, node_id)
    if len(parts) == 2 and parts[0] == "until":
        return await _calls(query, desk, texts, state, parts[1])
    if len(parts) == 2 and parts[0] in DECISIONS:
        agreed = parts[0] == Order.AGREE
        await rounds.decide(desk, number(parts[1]), agreed=agreed)
        return [query.answer(), turns(query, texts.broadcast_decided(agreed=agreed))]
    if len(parts) == 2 and parts[0] == "end":
        await rounds.end(desk, number(parts[1]))
        return [query.answer(texts.round_ended())]
    raise NotOpen


async def _chosen(
    query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, kind: RoundKind, node_id: int
) -> Said:
    node = await rounds.place(desk, node_id)
    if not await rounds.asked(desk, node, kind):
        return [query.answer(texts.call_nobody(), show_alert=True)]
    await leave_step(state)
    await state.update_data(round={"kind": kind.value, "node": node.id})
    await state.set_state(ROUND_WORDS)
    return [query.answer(), turns(query, texts.call_words(kind, node.name))]


async def told_why(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """The reason or title; then until when."""
    given: dict[str, Any] = (await state.get_data()).get("round") or {}
    kind, node = RoundKind(given["kind"]), await rounds.place(desk, given["node"])
    words = (message.text or "").strip()[: rounds.LONGEST]
    if is_public_warning(words) and not is_quote(quoted(words)[1]):
        return [says(message, texts.call_warning())]
    await state.update_data(round={**given, "words": words})
    heads = await rounds.asked(desk, node, kind)
    households = sum({one.node_id: one.households or 0 for one in heads}.values())
    if kind is RoundKind.TASK:
        choices = [(texts.due_in(name), f"rc:until:{name}") for name, _ in due_times(desk.now())]
    else:
        choices = [(texts.until(name), f"rc:until:{name}") for name, _ in closing_times(desk.now())]
    count = rounds.people_of(heads)
    asked = texts.call_until(kind, count, households, words, second=needs_second(count))
    return [says(message, asked, inline(*in_rows(choices, 2)))]


async def _calls(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, choice: str) -> Said:
    """Sends it, or asks a second person first. A second press finds nothing to send any more."""
    given: dict[str, Any] = (await state.get_data()).get("round") or {}
    if "words" not in given:
        raise NotOpen
    kind = RoundKind(given["kind"])
    times = dict(due_times(desk.now()) if kind is RoundKind.TASK else closing_times(desk.now()))
    if choice not in times:
        raise NotOpen
    node = await rounds.place(desk, given["node"])
    count = rounds.people_of(await rounds.asked(desk, node, kind))
    made = await rounds.call(desk, kind, node, given["words"], times[choice])
    await leave_step(state)
    waits = made.state == RoundStand.WAITING
    return [query.answer(), turns(query, texts.call_waits(count) if waits else texts.called(count))]
