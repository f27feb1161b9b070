"""The card of a unit, and where somebody stands on it: the unit and the version that was shown."""

from dataclasses import dataclass
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.cases.unit_rules import CENTRE, received
from bot.desk import unit_register
from bot.desk.desk import Desk
from bot.desk.unit_register import Sheet, Unit
from bot.texts import Texts
from handlers.resident.keyboards import Choice, in_rows, inline
from handlers.resident.saying import Question, Said, turns


def data(what: str, unit: Unit | None = None, value: object = "") -> str:
    """Callback data: what, which unit, as of which version, and what else."""
    return f"u:{what}:{unit.id if unit else 0}:{unit.version if unit else 0}:{value}"


@dataclass(frozen=True, slots=True)
class At:
    """A press on a unit."""

    query: CallbackQuery
    desk: Desk
    texts: Texts
    state: FSMContext
    unit_id: int
    version: int
    value: str

    async def unit(self) -> Unit:
        """The unit as it is now."""
        return await unit_register.one(self.desk, self.unit_id)

    def turns(self, words: str, keys: Any = None) -> Said:
        """The pressed message becomes this."""
        return [self.query.answer(), turns(self.query, words, keys)]

    async def card(self) -> Said:
        """The pressed message becomes the card as it is now."""
        return self.turns(*await card(self.desk, self.texts, self.unit_id))


def kind_name(desk: Desk, texts: Texts, kind: str) -> str:
    """What a kind of unit is called; a kind of the district's own is shown as it is."""
    if kind == CENTRE:
        return texts.kind_centre()
    known = desk.office.catalogue.unit_kinds.get(kind)
    return (known.name if texts.language == "zh" else known.name_en) if known else kind


async def card(desk: Desk, texts: Texts, unit_id: int) -> Question:
    """Everything about a unit, and what may be done."""
    shown = await unit_register.sheet(desk, unit_id)
    unit, every = shown.unit, desk.office.catalogue.matters
    kind = kind_name(desk, texts, unit.kind)
    grouped = unit.chat_id is not None
    listed = None if unit.matters is None else len(received(unit.matters, every))
    people = [(one.member.name, one.post.rank, one.member.state, one.reached) for one in shown.workers]
    words = (
        texts.unit_sheet(unit.name, unit.code, kind, unit.level, shown.parent, shown.place, grouped=grouped),
        texts.unit_people_lines(people),
        texts.unit_matters(listed, len(every)),
        texts.unit_orders(len(shown.orders), more=len(shown.orders) >= unit_register.MOST_ORDERS),
    )
    plan = [(texts.duty_edit(), f"du:edit:{unit.id}:")] if shown.changes and unit.kind != CENTRE else []
    return "\n".join(words), inline(*in_rows(_buttons(texts, shown), 2), plan, [_back(texts, unit)])


def _buttons(texts: Texts, shown: Sheet) -> list[Choice]:
    unit = shown.unit
    offered = (
        (bool(shown.orders), texts.unit_show_orders(), "orders"),
        (shown.changes, texts.unit_people(), "people"),
        (shown.changes, texts.unit_list_matters(), "shelves"),
        (shown.changes, texts.unit_rename(), "name"),
        (shown.changes, texts.unit_parent(), "parents"),
        (shown.changes, texts.unit_place(), "places"),
        (shown.changes and unit.chat_id is not None, texts.unit_free(), "free"),
    )
    return [(words, data(what, unit)) for there, words, what in offered if there]


def _back(texts: Texts, unit: Unit) -> Choice:
    return texts.units_back(), data("list", value=f"{unit.level}.0")


def back(texts: Texts, unit: Unit) -> Choice:
    """‹ 返回单位."""
    return texts.unit_back(), data("show", unit)
