"""/works: planned works are announced by a unit or the centre: where, what and when, a look, and off."""

import secrets

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.cases.errors import NotOpen
from bot.cases.works import lacks
from bot.desk import directory, works
from bot.desk.about import places_below
from bot.desk.desk import Desk
from bot.texts import Texts
from handlers import aside
from handlers.choosing import paged, place_and_page
from handlers.resident.keyboards import inline
from handlers.resident.saying import Question, Said, says, turns
from handlers.responders.replies import NoKey
from handlers.sorting import Data, InStep, Private

STEP = "works"


def doors() -> Router:
    """Private chats."""
    router = Router(name="works")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(begins, Command("works"))
    router.message.register(writes, InStep(STEP), NoKey(), F.text.as_("text"))
    router.callback_query.register(presses, Data("wk"))
    return router


async def begins(message: Message, desk: Desk, texts: Texts) -> Said:
    """/works: the own places, or the top of the tree."""
    mine = await works.roots(desk)
    if mine is None:
        return [says(message, *await _below(desk, texts, None))]
    if len(mine) == 1:
        return [says(message, *await _below(desk, texts, mine[0]))]
    rows = [[(await directory.name_of(desk, one), f"wk:o:{one}")] for one in mine]
    return [says(message, texts.works_where(), inline(*rows))]


async def _below(desk: Desk, texts: Texts, node_id: int | None, page: int = 0) -> Question:
    choices = [(node.name, f"wk:o:{node.id}") for node in await places_below(desk, node_id)]
    here = [(texts.here(), f"wk:h:{node_id}")] if node_id is not None else []
    rows = paged(texts, choices, page, lambda to: f"wk:o:{node_id or 0}.{to}")
    return texts.works_where(), inline(*rows, here)


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """The buttons of all that."""
    what, *given = parts
    if what in {"o", "h"} and len(given) == 1:
        node_id, page = place_and_page(given[0])
        if what == "o" and not node_id and await works.roots(desk) is None:
            return [query.answer(), turns(query, *await _below(desk, texts, None, page))]
        node = await works.place(desk, node_id)
        if what == "o" and await places_below(desk, node.id):
            return [query.answer(), turns(query, *await _below(desk, texts, node.id, page))]
        await aside.ask(state, STEP, node=node.id, draft=secrets.token_hex(12))
        return [query.answer(), turns(query, texts.works_write(await directory.name_of(desk, node.id)))]
    kept = await aside.facts(state)
    if await state.get_state() != STEP or given != [str(kept.get("draft"))[:6]]:
        raise NotOpen
    if what == "no":
        await aside.end(state)
        return [query.answer(), turns(query, texts.works_dropped())]
    if what == "again":
        return [query.answer(), turns(query, texts.works_write(await directory.name_of(desk, kept["node"])))]
    if what != "go" or "words" not in kept:
        raise NotOpen
    return await _goes(query, desk, texts, state)


async def _goes(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    kept = await aside.facts(state)
    if word := await works.misdated(desk, await works.place(desk, kept["node"]), kept["words"]):
        return [query.answer(), turns(query, texts.works_misdated(word))]
    said = await _notice(desk, kept["node"], kept["words"])
    made = await works.announce(desk, f"works {kept['draft']}", kept["node"], kept["words"], said)
    await aside.end(state)
    return [query.answer(), turns(query, texts.works_sent(second=made.stand == "waiting"))]


async def _notice(desk: Desk, node_id: int, words: str) -> str:
    return desk.texts(desk.office.language).works_notice(await directory.name_of(desk, node_id), words)


async def writes(message: Message, desk: Desk, texts: Texts, state: FSMContext, text: str) -> Said:
    """What, from when until when, and whom to call."""
    kept = await aside.facts(state)
    node, words, sign = await works.place(desk, kept["node"]), text.strip(), kept["draft"][:6]
    drop = (texts.works_drop(), f"wk:no:{sign}")
    if missing := lacks(words):
        return [says(message, texts.works_lacks(missing), inline([drop]))]
    if not works.may_leave(words):
        return [says(message, texts.works_unfit(), inline([drop]))]
    if word := await works.misdated(desk, node, words):
        return [says(message, texts.works_misdated(word), inline([drop]))]
    await aside.ask(state, STEP, node=node.id, draft=kept["draft"], words=words)
    shown = texts.works_ready(await _notice(desk, node.id, words), await works.reach(desk, node))
    keys = inline([(texts.works_go(), f"wk:go:{sign}")], [(texts.works_again(), f"wk:again:{sign}"), drop])
    return [says(message, shown, keys)]
