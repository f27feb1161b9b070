"""/patrol: today's list as one card edited in place; photos and a note while it is open."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command, CommandObject, Filter
from aiogram.fsm.context import FSMContext
from aiogram.methods import EditMessageText
from aiogram.types import CallbackQuery, Message

from bot.cases.checklists import Look
from bot.cases.errors import NoDuty, NotOpen, OldCard
from bot.cases.months import month_of
from bot.desk import patrolling
from bot.desk.desk import Desk
from bot.desk.patrol_month import ask_for_month
from bot.desk.patrolling import Patrol
from bot.texts import Texts
from handlers.numbers import number
from handlers.patrol.cards import patrol_card
from handlers.resident.adding import NotMenu
from handlers.resident.content import content_of
from handlers.resident.keyboards import inline
from handlers.resident.saying import Said, says, turns
from handlers.resident.talk import LATER_STEPS, PATROL, PATROL_NOTE, leave_step
from handlers.sorting import Data, InGroup, InStep, Private

MONTH = "month"
Deed = Callable[[Desk, Patrol, str, int], Awaitable[Patrol]]


class HasPhoto(Filter):
    """A photo."""

    async def __call__(self, message: Message) -> bool:
        return bool(message.photo)


class HasWords(Filter):
    """Words alone."""

    async def __call__(self, message: Message) -> bool:
        return bool(message.text)


def doors() -> Router:
    """The command, the presses, and what is sent while a list is open."""
    router = Router(name="daily")
    router.message.register(only_privately, Command("patrol"), InGroup())
    router.message.register(shows_today, Command("patrol"), Private())
    router.message.register(takes_photo, Private(), InStep(PATROL, PATROL_NOTE), HasPhoto())
    router.message.register(takes_note, Private(), InStep(PATROL_NOTE), HasWords(), NotMenu())
    router.callback_query.register(opens, Data("patrol"), Private())
    router.callback_query.register(presses, Data("pt"), Private())
    return router


async def only_privately(message: Message, texts: Texts) -> Any:
    """In a group nothing of a patrol is shown."""
    return message.answer(texts.patrol_privately())


async def shows_today(message: Message, desk: Desk, texts: Texts, state: FSMContext, command: CommandObject) -> Said:
    """Today's list; somebody with several places chooses one. /patrol month: the picture of a month."""
    if (first := _month(desk, command.args or "")) is not None:
        await ask_for_month(desk, texts, first)
        return [says(message, texts.month_coming())]
    beats = await patrolling.beats(desk)
    if not beats:
        raise NoDuty
    if len(beats) > 1:
        rows = [[(await patrolling.place_of(desk, node.id), f"patrol:{node.id}")] for node, _ in beats]
        return [says(message, texts.patrol_where(), inline(*rows))]
    patrol = await patrolling.open_today(desk, beats[0][0].id)
    await _listens(state, patrol)
    return [says(message, *await patrol_card(desk, texts, patrol))]


async def opens(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """The place was chosen, here or under a reminder; without one the only place."""
    beats = await patrolling.beats(desk)
    if not beats:
        raise NoDuty
    given = parts[0] if parts else ""
    if not given and len(beats) > 1:
        rows = [[(await patrolling.place_of(desk, node.id), f"patrol:{node.id}")] for node, _ in beats]
        return [query.answer(), says(query, texts.patrol_where(), inline(*rows))]
    patrol = await patrolling.open_today(desk, number(given) if given else beats[0][0].id)
    await _listens(state, patrol)
    return [query.answer(), turns(query, *await patrol_card(desk, texts, patrol))]


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """A tap on the card."""
    if len(parts) != 3 or query.message is None:
        raise NotOpen
    what, code, card_id = parts[0], parts[2], query.message.message_id
    patrol = await patrolling.mine(desk, number(parts[1]))
    if what == "note":
        await _listens(state, patrol, PATROL_NOTE)
        return [query.answer(), says(query, texts.patrol_ask_note())]
    if what == "case":
        after, case = await patrolling.report_defect(desk, patrol, code, card_id)
        return await _shown(query, desk, texts, state, patrol, after, texts.patrol_reported(case.number))
    if what == "done":
        after, left = await patrolling.finish(desk, patrol, card_id)
        if left:
            return [query.answer(texts.patrol_left([texts.item_name(one) for one in left]), show_alert=True)]
        return await _shown(query, desk, texts, state, patrol, after, texts.patrol_done())
    if what not in DEEDS:
        raise NotOpen
    return await _shown(query, desk, texts, state, patrol, await DEEDS[what](desk, patrol, code, card_id))


async def _fine(desk: Desk, patrol: Patrol, code: str, card_id: int) -> Patrol:
    return await patrolling.look(desk, patrol, code, Look.FINE, card_id)


async def _bad(desk: Desk, patrol: Patrol, code: str, card_id: int) -> Patrol:
    return await patrolling.look(desk, patrol, code, Look.BAD, card_id)


async def _all(desk: Desk, patrol: Patrol, _code: str, card_id: int) -> Patrol:
    return await patrolling.all_fine(desk, patrol, card_id)


async def _again(desk: Desk, patrol: Patrol, _code: str, card_id: int) -> Patrol:
    return await patrolling.change_mind(desk, patrol, card_id)


DEEDS: dict[str, Deed] = {Look.FINE: _fine, Look.BAD: _bad, "all": _all, "again": _again}


async def _shown(
    query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, before: Patrol, after: Patrol, toast: str = ""
) -> Said:
    """The card as it is now; a second press changes nothing and edits nothing."""
    await (leave_step(state) if after.done_at else _listens(state, after))
    answered = query.answer(toast or None)
    same = (before.items, before.cases, before.done_at) == (after.items, after.cases, after.done_at)
    return [answered] if same else [answered, turns(query, *await patrol_card(desk, texts, after))]


async def takes_photo(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """A photo while the list is open belongs to the day. Further pieces of an album are kept without a word."""
    patrol, kept = await _open(desk, state), await state.get_data()
    count = await patrolling.keep_photo(desk, patrol, content_of(message).media[0], f"p{message.message_id}")
    if message.caption:
        patrol = await patrolling.keep_note(desk, patrol, message.caption)
    again = message.media_group_id is not None and kept.get("patrol_album") == message.media_group_id
    await state.update_data(patrol_album=message.media_group_id)
    said = [] if again else [says(message, texts.patrol_photo(count))]
    return [*said, *await _edited(message, desk, texts, patrol)]


async def takes_note(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """The words asked for by 写备注."""
    patrol = await _open(desk, state)
    patrol = await patrolling.keep_note(desk, patrol, message.text or "")
    await (leave_step(state) if patrol.done_at else state.set_state(PATROL))
    return [says(message, texts.patrol_noted()), *await _edited(message, desk, texts, patrol)]


async def _open(desk: Desk, state: FSMContext) -> Patrol:
    """The list that is open now; what came too late for it is a report like any other."""
    patrol_id = (await state.get_data()).get("patrol")
    try:
        return await patrolling.mine(desk, patrol_id if isinstance(patrol_id, int) else 0)
    except (NotOpen, OldCard, NoDuty):
        await leave_step(state)
        raise SkipHandler from None


async def _edited(message: Message, desk: Desk, texts: Texts, patrol: Patrol) -> Said:
    """The card where it was last pressed, as it is now."""
    if patrol.card_id is None:
        return []
    words, keys = await patrol_card(desk, texts, patrol)
    return [
        EditMessageText(
            chat_id=message.chat.id, message_id=patrol.card_id, text=words, parse_mode="HTML", reply_markup=keys
        )
    ]


async def _listens(state: FSMContext, patrol: Patrol, step: str = PATROL) -> None:
    """Photos belong to the patrol from now on, unless a report is being told; a note is asked for in any case."""
    if step == PATROL_NOTE or await state.get_state() in {None, *LATER_STEPS}:
        await state.update_data(patrol=patrol.id)
        await state.set_state(step)


def _month(desk: Desk, args: str) -> date | None:
    """The month that `/patrol month` or `/patrol month 2026-11` asks for; None if it asks for none."""
    word, _, named = args.strip().partition(" ")
    if word.casefold() != MONTH:
        return None
    return month_of(named.strip()) or patrolling.today(desk).replace(day=1)
