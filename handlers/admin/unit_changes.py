"""Name, parent, place and group of a unit."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.cases.unit_rules import name_of
from bot.desk import unit_register
from bot.desk.about import places_below
from bot.desk.desk import Desk
from bot.desk.rights import must_be_admin
from bot.desk.unit_register import Unit
from bot.texts import Texts
from handlers import aside
from handlers.admin.unit_card import At, back, card, data
from handlers.choosing import one_page, paged, place_and_page
from handlers.numbers import number
from handlers.resident.keyboards import Choice, in_rows, inline
from handlers.resident.saying import Said, says

NAMING = "units:name"
PARENTS = 12


async def _asks_name(at: At) -> Said:
    await must_be_admin(at.desk)
    unit = await at.unit()
    await aside.ask(at.state, NAMING, unit=unit.id, version=unit.version)
    return [at.query.answer(), says(at.query, at.texts.ask_unit_name(unit.name))]


async def renames(message: Message, desk: Desk, texts: Texts, state: FSMContext, text: str) -> Said:
    """The new name. Whoever else changed the unit meanwhile was first."""
    kept, name = await aside.facts(state), name_of(text)
    if name is None or "unit" not in kept:
        return [says(message, texts.no_unit_name())]
    await aside.end(state)
    await unit_register.rename(desk, kept["unit"], kept["version"], name)
    return [says(message, *await card(desk, texts, kept["unit"]))]


async def _parents(at: At) -> Said:
    await must_be_admin(at.desk)
    unit = await at.unit()
    above = await unit_register.may_be_above(at.desk, unit)
    page = number(at.value or "0")
    choices, turning = parent_page(at.texts, above, page, lambda what, value: data(what, unit, value))
    none = (at.texts.no_parent(), data("parent", unit))
    keys = inline(*in_rows(choices, 2), turning, [none], [back(at.texts, unit)])
    return at.turns(at.texts.choose_parent(unit.name), keys)


def parent_page(
    texts: Texts, above: list[Unit], page: int, carry: Callable[[str, object], str]
) -> tuple[Sequence[Choice], list[Choice]]:
    """A page of units that may be the parent, and the buttons that turn it."""
    choices = [(one.name, carry("parent", one.id)) for one in above]
    return one_page(texts, choices, page, PARENTS, lambda to: carry("parents", to))


async def _parent(at: At) -> Said:
    above = number(at.value) if at.value else None
    await unit_register.set_parent(at.desk, at.unit_id, at.version, above)
    return await at.card()


async def _places(at: At) -> Said:
    await must_be_admin(at.desk)
    unit = await at.unit()
    rows = await place_rows(at.desk, at.texts, at.value, lambda what, value: data(what, unit, value))
    return at.turns(at.texts.choose_unit_place(unit.name), inline(*rows, [back(at.texts, unit)]))


async def place_rows(desk: Desk, texts: Texts, value: str, carry: Callable[[str, object], str]) -> list[list[Choice]]:
    """The place itself (or everywhere) as a choice, and a page of the places below it to go on."""
    node_id, page = place_and_page(value or "0")
    here = node_id or None
    path = await desk.office.places.path(desk.tx, here) if here is not None else []
    first = (texts.place_is_here(path[-1].name), carry("place", here)) if path else None
    below = [(node.name, carry("places", node.id)) for node in await places_below(desk, here)]
    rows = paged(texts, below, page, lambda to: carry("places", f"{node_id}.{to}"))
    return [[first or (texts.place_everywhere(), carry("place", ""))], *(list(row) for row in rows)]


async def _place(at: At) -> Said:
    await unit_register.set_place(at.desk, at.unit_id, at.version, number(at.value) if at.value else None)
    return await at.card()


async def _asks_to_free(at: At) -> Said:
    await must_be_admin(at.desk)
    unit = await at.unit()
    keys = inline([(at.texts.free_yes(), data("freed", unit))], [back(at.texts, unit)])
    return at.turns(at.texts.free_sure(unit.name), keys)


async def _frees(at: At) -> Said:
    await unit_register.unbind(at.desk, at.unit_id, at.version)
    return await at.card()


STEPS: Mapping[str, Callable[[At], Awaitable[Said]]] = {
    "name": _asks_name,
    "parents": _parents,
    "parent": _parent,
    "places": _places,
    "place": _place,
    "free": _asks_to_free,
    "freed": _frees,
}
