"""From an address to a chat, just before a letter leaves: groups move, people go off duty, reporters are sealed."""

from dataclasses import dataclass

from bot.desk import routing
from bot.desk.desk import Desk
from storage import people, reporters, units


@dataclass(frozen=True, slots=True)
class Address:
    """A chat, its topic, and the language read there."""

    chat: int
    topic: int | None
    language: str


async def find(desk: Desk, recipient: str) -> Address | None:
    """Where a letter goes now, or None if nobody can be reached there."""
    kind, _, rest = recipient.partition(":")
    if kind == "person":
        return await _private(desk, int(rest))
    if kind == "reporter":
        who = await reporters.person_behind(desk.tx, desk.office.seals.vault, rest)
        return await _private(desk, who) if who is not None else None
    return await _of_unit(desk, int(rest))


async def _private(desk: Desk, person_id: int) -> Address | None:
    found = await people.chat_of(desk.tx, desk.office.seals.vault, person_id)
    return Address(found[0], None, found[1] or desk.office.language) if found else None


async def _of_unit(desk: Desk, unit_id: int) -> Address | None:
    """The unit's group; when it is lost, the first of the unit who can be reached."""
    unit = await units.by_id(desk.tx, unit_id)
    if unit is not None and unit.chat_id is not None:
        return Address(unit.chat_id, unit.topic_id, desk.office.language)
    for one in await routing.reachable(desk, await routing.of_unit(desk, unit_id)):
        if (address := await _private(desk, one)) is not None:
            return address
    return None
