"""What somebody decides about themselves: language, consent, being reachable again; and looking around in the grid."""

from bot.cases.case import Case
from bot.desk.desk import Desk
from storage import cards, cases, grid, people, units
from storage.grid import Node
from storage.people import Person
from storage.units import Unit


async def set_language(desk: Desk, language: str) -> None:
    """Speak this language to whoever acts from now on."""
    await _change(desk, language=language)


async def set_consent(desk: Desk, consent: bool) -> None:
    """Keep whether whoever acts agreed to the privacy notice."""
    await _change(desk, consent=consent)


async def seen_again(desk: Desk) -> None:
    """Whoever had blocked us writes again."""
    await _change(desk, reachable=True)


async def _change(desk: Desk, **columns: object) -> None:
    assert desk.person is not None
    known = desk.person
    if desk.newcomers:
        await people.add(desk.tx, desk.newcomers)
        desk.newcomers.clear()
    await people.change(desk.tx, known.id, **columns)
    kept = {"language": known.language, "consent": known.consent, "reachable": known.reachable, **columns}
    desk.person = Person(known.id, name=known.name, **kept)  # pyright: ignore[reportArgumentType]


async def places_below(desk: Desk, node_id: int | None) -> list[Node]:
    """The places right below one; from the top: those below the district, so nobody taps through a single choice."""
    found = await grid.children(desk.tx, node_id)
    if node_id is None and len(found) == 1:
        return await grid.children(desk.tx, found[0].id)
    return found


async def place_by_code(desk: Desk, code: str) -> Node | None:
    """The place a QR code or deep link carries."""
    return await grid.by_code(desk.tx, code)


async def all_units(desk: Desk) -> list[Unit]:
    """Every unit."""
    return await units.all_units(desk.tx)


async def bind_group(desk: Desk, unit_id: int, chat_id: int, topic_id: int | None) -> Unit | None:
    """Make a group (or topic) the one of a unit."""
    await units.bind(desk.tx, unit_id, chat_id, topic_id)
    await cards.lose(desk.tx, f"unit:{unit_id}")
    return await units.by_id(desk.tx, unit_id)


async def group_moved(desk: Desk, old: int, new: int) -> None:
    """A group became a supergroup: its unit follows, its old messages are out of reach."""
    for unit in await units.all_units(desk.tx):
        if unit.chat_id == old:
            await cards.lose(desk.tx, f"unit:{unit.id}")
    await units.move_chat(desk.tx, old, new)


async def case_behind(desk: Desk, chat_id: int, topic_id: int | None, message_id: int) -> Case | None:
    """The case that a message of ours in this chat shows, for a reply to it."""
    recipients = [f"person:{desk.person.id}"] if desk.person else []
    unit = await units.in_chat(desk.tx, chat_id, topic_id)
    if unit:
        recipients = [f"unit:{unit.id}"]
    case_id = await cards.case_behind(desk.tx, recipients, message_id)
    return await cases.by_id(desk.tx, case_id) if case_id is not None else None
