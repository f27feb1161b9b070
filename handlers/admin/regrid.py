"""Splitting, merging, moving and taking back from a card of /grid: chosen by taps, looked at, then confirmed."""

import re
from dataclasses import asdict

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.cases.errors import CannotRedraw, NotOpen
from bot.cases.redrawing import Kind
from bot.desk import grid_changes
from bot.desk.desk import Desk
from bot.desk.grid_changes import Change, Done
from bot.outbox.redrawings import account
from bot.texts import Texts
from handlers import aside
from handlers.numbers import number
from handlers.resident.keyboards import Choice, in_rows, inline
from handlers.resident.saying import Keys, Question, Said, says, turns
from handlers.responders.replies import NoKey
from handlers.sorting import Data, InStep, Private

CHOOSING, NAMING, UNDER, WHY, SURE = "regrid:choose", "regrid:name", "regrid:under", "regrid:why", "regrid:sure"
NEW = re.compile(r"(\S+)\s+(\S.*?)\s*")
PARTS = {Kind.MERGE: 1, Kind.SPLIT: 2}
MARKED, UNMARKED = "☑️ ", "▫️ "
MOST_CHOICES = 90


def doors() -> Router:
    """Private chats; each press and each word is an admin's, or it is refused."""
    router = Router(name="regrid")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(names, InStep(NAMING), NoKey(), F.text.as_("text"))
    router.message.register(moves, InStep(UNDER), NoKey(), F.text.as_("text"))
    router.message.register(explains, InStep(WHY), NoKey(), F.text.as_("text"))
    router.callback_query.register(presses, Data("regrid"))
    return router


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """Begin, choose, confirm, give up."""
    if len(parts) != 2:
        raise NotOpen
    what, value = parts
    if what == "no":
        await aside.end(state)
        return [query.answer(), turns(query, texts.given_up())]
    if what in set(Kind):
        change = await grid_changes.begin(desk, what, number(value), query.id[-8:])
        return [query.answer(), *await _begins(query, desk, texts, state, change)]
    change = grid_changes.read(await aside.facts(state))
    if what == "yes" and value == change.sign and change.reason:
        done = await grid_changes.carry_out(desk, change)
        await aside.end(state)
        return [query.answer(), turns(query, account(texts, done, dry=False), _to_places(done))]
    if what == "pick":
        return await _picks(query, desk, texts, state, change, number(value))
    if what == "done" and value == change.sign:
        return await _chosen(query, desk, texts, state, change)
    if what == "under":
        change.under = number(value)
        await _keep(state, WHY, change)
        return [query.answer(), says(query, texts.ask_why())]
    raise NotOpen


async def _begins(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, change: Change) -> Said:
    if change.kind == Kind.UNDO:
        await _keep(state, WHY, change)
        return [says(query, texts.ask_why())]
    place, offered = await grid_changes.candidates(desk, change)
    if change.kind == Kind.MOVE:
        await _keep(state, UNDER, change)
        return [says(query, texts.ask_under(place.name))]
    if not offered:
        raise CannotRedraw(what="nothing_beside" if change.kind == Kind.MERGE else "nothing_below", value=place.name)
    await _keep(state, CHOOSING, change)
    return [says(query, *await _choice(desk, texts, change))]


async def _choice(desk: Desk, texts: Texts, change: Change) -> Question:
    """Places to mark, and a button for when that is done."""
    place, offered = await grid_changes.candidates(desk, change)
    words = texts.choose_siblings(place.name) if change.kind == Kind.MERGE else texts.choose_part(place.name)
    marks = {True: MARKED, False: UNMARKED}
    keys = [(marks[one.id in change.chosen] + one.name, f"regrid:pick:{one.id}") for one in offered[:MOST_CHOICES]]
    end: list[Choice] = [
        (texts.button_chosen(), f"regrid:done:{change.sign}"),
        (texts.button_give_up(), f"regrid:no:{change.sign}"),
    ]
    return words, inline(*in_rows(keys, 2), end)


async def _picks(
    query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, change: Change, node_id: int
) -> Said:
    """Marked, or not any more."""
    change.chosen = [one for one in change.chosen if one != node_id] + [node_id] * (node_id not in change.chosen)
    await _keep(state, CHOOSING, change)
    return [query.answer(), turns(query, *await _choice(desk, texts, change))]


async def _chosen(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, change: Change) -> Said:
    _, offered = await grid_changes.candidates(desk, change)
    if not grid_changes.enough(change, offered):
        return [query.answer(texts.choose_some(), show_alert=True)]
    await _keep(state, NAMING, change)
    return [query.answer(), says(query, texts.ask_new(PARTS[Kind(change.kind)]))]


async def names(message: Message, texts: Texts, state: FSMContext, text: str) -> Said:
    """Codes and names of what is new, one a line."""
    change = grid_changes.read(await aside.facts(state))
    wanted = PARTS[Kind(change.kind)]
    found = [NEW.fullmatch(line.strip()) for line in text.strip().splitlines() if line.strip()]
    said = [[one[1], one[2]] for one in found if one is not None]
    if len(said) != wanted or len(found) != wanted:
        return [says(message, texts.new_unclear(wanted))]
    change.new = said
    await _keep(state, WHY, change)
    return [says(message, texts.ask_why())]


async def moves(message: Message, desk: Desk, texts: Texts, state: FSMContext, text: str) -> Said:
    """Below which place."""
    change = grid_changes.read(await aside.facts(state))
    found = await grid_changes.above(desk, change, text.strip())
    if not found:
        place, _ = await grid_changes.candidates(desk, change)
        return [says(message, texts.under_unknown(place.depth - 1))]
    if len(found) == 1:
        change.under = found[0].id
        await _keep(state, WHY, change)
        return [says(message, texts.ask_why())]
    choices = [(f"{one.name}　{one.code}", f"regrid:under:{one.id}") for one in found]
    return [says(message, texts.which_under(), inline(*in_rows(choices, 1)))]


async def explains(message: Message, desk: Desk, texts: Texts, state: FSMContext, text: str) -> Said:
    """The reason; then what would happen is shown."""
    change = grid_changes.read(await aside.facts(state))
    change.reason = text.strip()[:200]
    done = await grid_changes.look(desk, change)
    await _keep(state, SURE, change)
    keys = inline(
        [
            (texts.button_confirm(), f"regrid:yes:{change.sign}"),
            (texts.button_give_up(), f"regrid:no:{change.sign}"),
        ]
    )
    return [says(message, f"{account(texts, done, dry=True)}\n\n{texts.confirm_redrawing()}", keys)]


async def _keep(state: FSMContext, step: str, change: Change) -> None:
    await aside.ask(state, step, **asdict(change))


def _to_places(done: Done) -> Keys:
    """Buttons to what is new."""
    return inline(*in_rows([(one.name, f"grid:o:{one.id}") for one in (*done.began, *done.moved)][:4], 2))
