"""From an address to a chat, just before a letter leaves: groups move, people go off duty, reporters are sealed."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from bot.desk import routing
from bot.desk.desk import Desk
from storage import people, reporters, units


@dataclass(frozen=True, slots=True)
class Address:
    """A chat, its topic, the language read there, whether in large style, and whether nothing may sound there."""

    chat: int
    topic: int | None
    language: str
    large: bool = False
    quiet: bool = False

    @property
    def target(self) -> dict[str, Any]:
        """The parameters that name it in a call."""
        return {"chat_id": self.chat, **({} if self.topic is None else {"message_thread_id": self.topic})}


async def find(desk: Desk, recipient: str) -> Address | None:
    """Where a letter goes now, or None if nobody can be reached there."""
    kind, _, rest = recipient.partition(":")
    if kind == "person":
        return await _private(desk, int(rest))
    if kind == "reporter":
        who = await reporters.person_behind(desk.tx, desk.office.seals.vault, rest)
        return await _private(desk, who) if who is not None else None
    async for address in _of_unit(desk, int(rest)):
        return address
    return None


async def _private(desk: Desk, person_id: int) -> Address | None:
    found = await desk.chat_of(person_id)
    if found is None:
        return None
    chat, language, large, until = found
    return Address(
        chat, None, language or desk.office.language, large=large, quiet=until is not None and until > desk.now()
    )


async def _of_unit(desk: Desk, unit_id: int) -> AsyncIterator[Address]:
    """The unit's group; when it is lost, the first of the unit who can be reached, then the first dispatcher."""
    unit = await units.by_id(desk.tx, unit_id)
    if unit is not None and unit.chat_id is not None:
        yield Address(unit.chat_id, unit.topic_id, desk.office.language)
    dispatchers = [duty.person_id for duty in await people.with_role(desk.tx, "dispatcher", desk.now())]
    for one in await routing.reachable(desk, [*await routing.of_unit(desk, unit_id), *dispatchers]):
        if (address := await _private(desk, one)) is not None:
            yield address
