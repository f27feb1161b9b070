"""Names that cards, lists and answers show."""

from bot.cases.case import Case
from bot.desk.desk import Desk
from bot.texts import Texts
from storage import people, units


def matter_name(desk: Desk, case: Case, texts: Texts) -> str:
    """The name of a case's matter; one that left the catalogue reads as 其他."""
    return texts.matter_name(desk.office.catalogue.of(case.matter))


async def unit_name(desk: Desk, unit_id: int | None) -> str | None:
    """The name of a unit."""
    unit = await units.by_id(desk.tx, unit_id) if unit_id is not None else None
    return unit.name if unit else None


async def decider(desk: Desk, texts: Texts, person_id: int | None) -> str:
    """Who decided; whoever has no name here looks after the installation."""
    name = await people.name_of(desk.tx, person_id) if person_id is not None else None
    return name or texts.role("admin")
