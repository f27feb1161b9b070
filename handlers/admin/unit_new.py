"""A new unit, question by question: name, kind, level, parent, place. It is made at the end, or not at all."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.cases.case import Level
from bot.cases.errors import NotOpen
from bot.cases.unit_rules import named as name_and_code
from bot.desk import unit_register
from bot.desk.desk import Desk
from bot.desk.rights import must_be_admin
from bot.texts import Texts
from handlers import aside
from handlers.admin.unit_card import At, card, kind_name
from handlers.admin.unit_changes import parent_page, place_rows
from handlers.numbers import number
from handlers.resident.keyboards import Choice, in_rows, inline
from handlers.resident.saying import Said, says, turns

NAMING = "units:new"
SIGN_BYTES = 3


async def begins(at: At) -> Said:
    """➕ 新单位."""
    await must_be_admin(at.desk)
    await aside.ask(at.state, NAMING, sign=secrets.token_hex(SIGN_BYTES))
    return [at.query.answer(), says(at.query, at.texts.ask_new_unit())]


async def named(message: Message, desk: Desk, texts: Texts, state: FSMContext, text: str) -> Said:
    """滨江社区 binjiang."""
    await must_be_admin(desk)
    found, kept = name_and_code(text), await aside.facts(state)
    if found is None or "sign" not in kept:
        return [says(message, texts.no_unit_name())]
    name, code = found
    if code is not None and await unit_register.is_known(desk, code):
        return [says(message, texts.unit_code_taken(code))]
    await _keep(state, kept, name=name, code=code)
    kinds = [
        (kind_name(desk, texts, kind), _data(kept, "kind", at)) for at, kind in enumerate(unit_register.kinds(desk))
    ]
    return [says(message, texts.choose_kind(name), inline(*in_rows(kinds, 3), [_drop(texts, kept)]))]


async def _keep(state: FSMContext, kept: dict[str, Any], **more: Any) -> None:
    """Keep what was chosen; what waits behind the dialog stays where it is."""
    kept.update(more)
    await aside.choose(state, **{name: value for name, value in kept.items() if name != "before"})


def _data(kept: dict[str, Any], what: str, value: object = "") -> str:
    return f"un:{kept['sign']}:{what}:{value}"


def _drop(texts: Texts, kept: dict[str, Any]) -> Choice:
    return texts.unit_drop(), _data(kept, "drop")


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """A choice for the unit that is being put together; one of an older dialog is refused."""
    await must_be_admin(desk)
    kept = await aside.facts(state)
    if len(parts) != 3 or parts[1] not in STEPS or parts[0] != kept.get("sign") or "name" not in kept:
        raise NotOpen
    return [query.answer(), *await STEPS[parts[1]](New(query, desk, texts, state, kept), parts[2])]


class New:
    """The unit that is being put together, and who is at it."""

    def __init__(self, query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, kept: dict[str, Any]) -> None:
        self.query = query
        self.desk = desk
        self.texts = texts
        self.state = state
        self.kept = kept

    def carry(self, what: str, value: object) -> str:
        """Callback data of a choice."""
        return _data(self.kept, what, value)

    def asks(self, words: str, *rows: Any) -> Said:
        """The next question, in place of the one that was answered."""
        return [turns(self.query, words, inline(*rows, [_drop(self.texts, self.kept)]))]


async def _kind(new: New, value: str) -> Said:
    kinds = unit_register.kinds(new.desk)
    if number(value) >= len(kinds):
        raise NotOpen
    await _keep(new.state, new.kept, kind=kinds[number(value)])
    levels = [(new.texts.unit_level(level), new.carry("level", level)) for level in Level]
    return new.asks(new.texts.choose_level(new.kept["name"]), levels)


async def _level(new: New, value: str) -> Said:
    if value not in set(Level) or "kind" not in new.kept:
        raise NotOpen
    await _keep(new.state, new.kept, level=value)
    return await _parents(new, "0")


async def _parents(new: New, value: str) -> Said:
    if "level" not in new.kept:
        raise NotOpen
    above = await unit_register.above_new(new.desk, Level(new.kept["level"]))
    choices, turning = parent_page(new.texts, above, number(value), new.carry)
    none = [(new.texts.no_parent(), new.carry("parent", ""))]
    return new.asks(new.texts.choose_parent(new.kept["name"]), *in_rows(choices, 2), turning, none)


async def _parent(new: New, value: str) -> Said:
    if "level" not in new.kept:
        raise NotOpen
    await _keep(new.state, new.kept, parent=number(value) if value else None)
    return await _places(new, "")


async def _places(new: New, value: str) -> Said:
    rows = await place_rows(new.desk, new.texts, value, new.carry)
    return new.asks(new.texts.choose_unit_place(new.kept["name"]), *rows)


async def _place(new: New, value: str) -> Said:
    if "parent" not in new.kept:
        raise NotOpen
    await _keep(new.state, new.kept, node=number(value) if value else None)
    kept, path = new.kept, await _path(new)
    above = await unit_register.one(new.desk, kept["parent"]) if kept["parent"] is not None else None
    kind = kind_name(new.desk, new.texts, kept["kind"])
    words = new.texts.unit_check(kind, kept["name"], Level(kept["level"]), above.name if above else None, path)
    return new.asks(words, [(new.texts.unit_make(), new.carry("make", ""))])


async def _path(new: New) -> str | None:
    node = new.kept["node"]
    path = await new.desk.office.places.path(new.desk.tx, node) if node is not None else []
    return "".join(one.name for one in path) or None


async def _make(new: New, _value: str) -> Said:
    kept = new.kept
    if "node" not in kept:
        raise NotOpen
    level = Level(kept["level"])
    unit = await unit_register.add(
        new.desk, kept["name"], kept["code"], kept["kind"], level, kept["parent"], kept["node"]
    )
    await aside.end(new.state)
    return [turns(new.query, *await card(new.desk, new.texts, unit.id))]


async def _drops(new: New, _value: str) -> Said:
    await aside.end(new.state)
    return [turns(new.query, new.texts.unit_dropped())]


STEPS: Mapping[str, Callable[[New, str], Awaitable[Said]]] = {
    "kind": _kind,
    "level": _level,
    "parents": _parents,
    "parent": _parent,
    "places": _places,
    "place": _place,
    "make": _make,
    "drop": _drops,
}
