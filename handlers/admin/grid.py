"""/grid: places found by words or walked to by buttons, their cards, and correcting what stands on them."""

from collections.abc import Sequence

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.cases.errors import NotOpen
from bot.cases.whistling import ROLE
from bot.desk import grid_cards, grid_maps
from bot.desk.desk import Desk
from bot.desk.grid_cards import CORRECTED, CROWDED, PAGE, TOO_CROWDED, Card
from bot.desk.rights import acts_as_admin
from bot.outbox.redrawings import biography
from bot.texts import Texts
from handlers import aside
from handlers.choosing import one_page
from handlers.numbers import number
from handlers.resident.keyboards import Choice, in_rows, inline
from handlers.resident.saying import Question, Said, says, turns
from handlers.responders.replies import NoKey
from handlers.sorting import Data, InStep, Private

CORRECTING = "grid:correct"
KINDS = ("split", "merge", "move")


def doors() -> Router:
    """Private chats only: a card names people."""
    router = Router(name="grid")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(asks, Command("grid"))
    router.message.register(corrects, InStep(CORRECTING), NoKey(), F.text.as_("text"))
    router.callback_query.register(presses, Data("grid"))
    return router


async def asks(message: Message, desk: Desk, texts: Texts, command: CommandObject) -> Said:
    """/grid, or /grid 新茂 at once."""
    words = (command.args or "").strip()
    found = await grid_cards.find(desk, words) if words else []
    if len(found) == 1:
        return [says(message, *card(texts, await grid_cards.card(desk, found[0].id)))]
    if not found:
        tops = [(one.name, f"grid:o:{one.id}") for one in await grid_cards.tops(desk)]
        said = texts.grid_found(0, more=False) if words else texts.grid_find()
        return [says(message, said, inline(*in_rows(tops, 2)))]
    shown = found[: grid_cards.HITS]
    hits = [(f"{one.name}　{one.code}", f"grid:o:{one.id}") for one in shown]
    return [says(message, texts.grid_found(len(found), len(found) > len(shown)), inline(*in_rows(hits, 1)))]


def card(texts: Texts, one: Card) -> Question:
    """A place with all that is known of it."""
    place = one.place
    said = [texts.place_head(place.name, place.depth, place.code, "".join(above.name for above in one.path))]
    if place.valid_to is not None:
        said.append(texts.place_gone(place.valid_to, [f"{now.name} {now.code}" for now in one.now]))
    for field, values in (("aliases", place.aliases), ("addresses", place.addresses)):
        said += [texts.place_names(field, values)] if values else []
    if place.households is not None:
        said.append(texts.place_households(place.households, _warning(one)))
    said += [texts.place_party(place.party_group)] if place.party_group else []
    said += [*_people(texts, one), texts.place_counts(one.open_cases, one.below)]
    said += [texts.place_valid_from(place.valid_from)] if place.valid_from else []
    return "\n".join(said), inline(*_keys(texts, one))


def _people(texts: Texts, one: Card) -> list[str]:
    """Who is for the place; whistleblowers are many, and answer for nothing, so they are only counted."""
    roles = [(held, held.columns["role"]) for held in one.held]
    heads = dict.fromkeys(texts.place_person(held.name, texts.role(role)) for held, role in roles if role != ROLE)
    others = sum(role == ROLE for _, role in roles)
    covered = [texts.coverage_of(*one.covered)] if one.covered and any(one.covered) else []
    counted = [texts.place_whistleblowers(others)] if others else []
    return [texts.place_people(list(heads)), *counted, *covered]


def _warning(one: Card) -> int:
    """The limit that is passed, of the smallest places."""
    households = (one.place.households or 0) if one.place.depth == grid_cards.LEAF else 0
    return next((limit for limit in (TOO_CROWDED, CROWDED) if households > limit), 0)


def _keys(texts: Texts, one: Card) -> list[Sequence[Choice]]:
    place = one.place
    ways: list[Choice] = [(texts.button_below(), f"grid:l:{place.id}:0")] if one.below else []
    if place.parent_id is not None:
        ways.append((texts.button_above(), f"grid:o:{place.parent_id}"))
    more: list[Choice] = [(texts.button_history(), f"grid:h:{place.id}")]
    if place.valid_to is None:
        more.append((texts.button_code(), f"grid:q:{place.id}"))
    if place.valid_to is None and place.boundary is not None:
        more.append((texts.button_picture(), f"grid:p:{place.id}"))
    now = [(one.name, f"grid:o:{one.id}") for one in one.now]
    if not one.may_change:
        return [*in_rows(now, 2), ways, more]
    fields = [(texts.button_field(field), f"grid:e:{place.id}:{field}") for field in CORRECTED]
    kinds = [(texts.button_redraw(kind), f"regrid:{kind}:{place.id}") for kind in KINDS if place.depth > 1]
    return [ways, more, *in_rows(fields, 3), kinds]


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """A button of a card or a list; who may is looked up by what it does."""
    if len(parts) < 2:
        raise NotOpen
    what, node_id = parts[0], number(parts[1])
    if what == "o":
        return [query.answer(), turns(query, *card(texts, await grid_cards.card(desk, node_id)))]
    if what == "l" and len(parts) == 3:
        return [query.answer(), turns(query, *await _list(desk, texts, node_id, number(parts[2])))]
    if what == "h":
        return [query.answer(), turns(query, *await _history(desk, texts, node_id))]
    if what == "q":
        await grid_cards.send_code(desk, node_id, query.id)
        return [query.answer(texts.place_code_comes())]
    if what == "p":
        await grid_maps.ask_for_map(desk, texts, node_id)
        return [query.answer(texts.map_comes())]
    if what == "e" and len(parts) == 3 and parts[2] in CORRECTED:
        place = await grid_cards.must_change(desk, node_id)
        await aside.ask(state, CORRECTING, node=node_id, field=parts[2])
        return [query.answer(), says(query, texts.ask_field(parts[2], place.name))]
    raise NotOpen


async def _list(desk: Desk, texts: Texts, node_id: int, page: int) -> Question:
    """A page of the places below one."""
    place, found = await grid_cards.below(desk, node_id)
    places = [(one.name, f"grid:o:{one.id}") for one in found]
    choices, turning = one_page(texts, places, page, PAGE, lambda to: f"grid:l:{node_id}:{to}")
    back = [(texts.button_place(), f"grid:o:{node_id}")]
    return texts.grid_list(place.name, len(found)), inline(*in_rows(choices, 2), turning, back)


async def _history(desk: Desk, texts: Texts, node_id: int) -> Question:
    """What happened to a place; what was done last can be taken back from here by an admin."""
    one = await grid_cards.card(desk, node_id)
    back: list[Choice] = [(texts.button_place(), f"grid:o:{node_id}")]
    if not one.history:
        return texts.no_history(one.place.name), inline(back)
    lines = await biography(desk, texts, one.place, one.history)
    keys: list[Choice] = []
    if await acts_as_admin(desk):
        keys = [(texts.button_undo(), f"regrid:undo:{one.history[-1][0].id}")]
    return "\n".join([texts.history_of(one.place.name), *lines]), inline(keys, back)


async def corrects(message: Message, desk: Desk, texts: Texts, state: FSMContext, text: str) -> Said:
    """The new words of a field."""
    kept = await aside.facts(state)
    if not {"node", "field"} <= kept.keys():
        raise NotOpen
    await grid_cards.correct(desk, kept["node"], kept["field"], text)
    await aside.end(state)
    words, keys = card(texts, await grid_cards.card(desk, kept["node"]))
    return [says(message, f"{texts.place_corrected()}\n\n{words}", keys)]
