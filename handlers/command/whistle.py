"""镇街吹哨: a dispatcher chooses units, time and place and writes what is to be done, in the private chat."""

from datetime import UTC, datetime
from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery, Message

from bot.cases import calls as rules
from bot.cases.actions import Action
from bot.cases.case import Case
from bot.cases.errors import NotFound, NotOpen
from bot.desk import calling
from bot.desk.calling import Plan
from bot.desk.desk import Desk
from bot.outbox.buttons import Press
from bot.texts import Texts
from bot.texts.language import ZONE
from handlers import aside
from handlers.choosing import paged
from handlers.numbers import number
from handlers.resident.content import content_of
from handlers.resident.keyboards import in_rows, inline
from handlers.resident.saying import Question, Said, says, turns
from handlers.responders.presses import shown_here
from handlers.responders.replies import NoKey
from handlers.sorting import Data, InStep, OnCase, Private

STEP = "whistle"
HTML = "HTML"


def doors() -> Router:
    """Begun on a card anywhere, gone on with privately."""
    router = Router(name="whistle")
    router.callback_query.register(begins, OnCase(Action.WHISTLE))
    router.callback_query.register(presses, Data("wh"), Private())
    router.message.register(writes, InStep(STEP), Private(), NoKey())
    return router


async def begins(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """📣 吹哨 on a card."""
    case = await calling.case_to_call_for(desk, press.case_id)
    message = shown_here(query, case)
    words, keys = await _units(desk, texts, case, [], 0)
    if message.chat.type == "private":
        return [query.answer(), message.answer(words, reply_markup=keys, parse_mode=HTML)]
    asks = SendMessage(chat_id=query.from_user.id, text=words, reply_markup=keys, parse_mode=HTML)
    return [query.answer(texts.whistle_privately()), asks]


async def _units(desk: Desk, texts: Texts, case: Case, chosen: list[int], page: int) -> Question:
    found = await calling.callable_units(desk, case)
    choices = [(f"{'✅ ' if one.id in chosen else ''}{one.name}", f"wh:u:{case.id}:{one.id}.{page}") for one in found]
    rows = paged(texts, choices, page, lambda to: f"wh:p:{case.id}:{to}")
    named = [one.name for one in found if one.id in chosen]
    return texts.call_whom(case.number, named), inline(*rows, [(texts.chosen_enough(), f"wh:w:{case.id}")])


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """Choosing units, then the time and the place by button; 吹哨 or not at the end."""
    what, *given = parts
    if not given:
        raise NotOpen
    case = await calling.case_to_call_for(desk, number(given[0]))
    kept = await aside.facts(state)
    if kept.get("call_for") != case.id:
        kept = dict[str, Any](call_for=case.id, units=[])
    kept.pop("before", None)
    if what in CHOOSING and len(given) == CHOOSING[what]:
        return await _chooses(query, desk, texts, state, case, kept, what, given[1:])
    if what == "no":
        await aside.end(state)
        return [query.answer(), turns(query, texts.call_dropped())]
    if what == "go" and "tasks" in kept:
        await calling.whistle(desk, _plan(kept))
        await aside.end(state)
        return [query.answer(), turns(query, texts.call_sent(case.number))]
    raise NotOpen


CHOOSING = {"u": 2, "p": 2, "w": 1, "t": 2, "h": 1}
"""The buttons of the steps, and how many facts each carries."""


async def _chooses(
    query: CallbackQuery,
    desk: Desk,
    texts: Texts,
    state: FSMContext,
    case: Case,
    kept: dict[str, Any],
    what: str,
    given: list[str],
) -> Said:
    if what in {"u", "p"}:
        unit, _, page = given[0].partition(".") if what == "u" else ("", "", given[0])
        if unit and not _toggled(kept, number(unit)):
            return [query.answer(texts.too_many_units(), show_alert=True)]
        await aside.choose(state, **kept)
        return [query.answer(), turns(query, *await _units(desk, texts, case, kept["units"], number(page)))]
    if not kept["units"]:
        return [query.answer(texts.choose_a_unit(), show_alert=True)]
    if what == "w":
        return [query.answer(), turns(query, *await _asks_when(desk, texts, state, kept))]
    if what == "t":
        at = datetime.fromtimestamp(number(given[0]) * 60, UTC) if len(given[0]) < 12 else desk.now()
        if not rules.may_be(at, desk.now()):
            return [query.answer(texts.unclear_when(), show_alert=True)]
        return [query.answer(), turns(query, *await _asks_where(texts, state, case, kept, at))]
    if "at" not in kept or not case.place:
        raise NotOpen
    point = [case.latitude, case.longitude] if case.latitude is not None else None
    return [query.answer(), turns(query, *await _asks_tasks(texts, state, kept, case.place, point))]


def _toggled(kept: dict[str, Any], unit_id: int) -> bool:
    chosen = kept["units"]
    if unit_id in chosen:
        chosen.remove(unit_id)
    elif len(chosen) >= rules.MOST_UNITS:
        return False
    else:
        chosen.append(unit_id)
    return True


async def _asks_when(desk: Desk, texts: Texts, state: FSMContext, kept: dict[str, Any]) -> Question:
    await aside.ask(state, STEP, **{**kept, "asks": "when"})
    times = [
        (texts.moment_key(at), f"wh:t:{kept['call_for']}:{int(at.timestamp() // 60)}")
        for at in rules.offered(desk.now(), ZONE)
    ]
    return texts.call_when(), inline(*in_rows(times, 2))


async def _asks_where(texts: Texts, state: FSMContext, case: Case, kept: dict[str, Any], at: datetime) -> Question:
    await aside.ask(state, STEP, **{**kept, "at": at.isoformat(), "asks": "where"})
    here = [(texts.at_the_place(), f"wh:h:{case.id}")] if case.place else []
    return texts.whistle_where(case.place), inline(here)


async def _asks_tasks(
    texts: Texts, state: FSMContext, kept: dict[str, Any], place: str, point: list[float | None] | None
) -> Question:
    await aside.ask(state, STEP, **{**kept, "place": place, "point": point, "asks": "tasks"})
    return texts.call_tasks(), None


def _plan(kept: dict[str, Any]) -> Plan:
    point = kept["point"]
    return Plan(
        case_id=kept["call_for"],
        units=kept["units"],
        at=datetime.fromisoformat(kept["at"]),
        place=kept["place"],
        point=(point[0], point[1]) if point else None,
        tasks=kept["tasks"],
    )


async def writes(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """A time, a place (words or a point) or the tasks, whatever was asked."""
    kept = await aside.facts(state)
    kept.pop("before", None)
    case = await calling.case_to_call_for(desk, kept["call_for"])
    content = content_of(message)
    if kept["asks"] == "when":
        at = rules.moment_in(content.words, desk.now(), ZONE)
        if at is None:
            return [says(message, texts.unclear_when())]
        return [says(message, *await _asks_where(texts, state, case, kept, at))]
    if kept["asks"] == "where":
        return await _writes_where(message, texts, state, case, kept)
    tasks = list(rules.tasks_in(content.words))
    if not tasks:
        return [says(message, texts.tasks_please())]
    await aside.ask(state, STEP, **{**kept, "tasks": tasks})
    return [says(message, *await _ready(desk, texts, case, {**kept, "tasks": tasks}))]


async def _writes_where(message: Message, texts: Texts, state: FSMContext, case: Case, kept: dict[str, Any]) -> Said:
    content = content_of(message)
    point = [content.latitude, content.longitude] if content.latitude is not None else None
    place = (content.place or content.words or (case.place if point else ""))[:200]
    if not place and point is None:
        return [says(message, texts.whistle_where(case.place))]
    return [says(message, *await _asks_tasks(texts, state, kept, place or texts.on_location(), point))]


async def _ready(desk: Desk, texts: Texts, case: Case, kept: dict[str, Any]) -> Question:
    named = [one.name for one in await calling.callable_units(desk, case) if one.id in kept["units"]]
    if not named:
        raise NotFound
    at = datetime.fromisoformat(kept["at"])
    keys = inline([(texts.call_send(), f"wh:go:{case.id}"), (texts.call_drop(), f"wh:no:{case.id}")])
    return texts.call_ready(case.number, named, at, kept["place"], kept["tasks"]), keys
