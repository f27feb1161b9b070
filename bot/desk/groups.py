"""Groups of units: bound, moved, lost. The cards of open cases follow, so that nobody works on a card out of reach."""

from bot.desk import neighbours, showing
from bot.desk.alarms import alarm
from bot.desk.desk import Desk
from bot.outbox.letters import unit as address
from storage import cards, cases, resident_groups, units
from storage.units import Unit

SHOWN_AGAIN = 50


async def all_units(desk: Desk) -> list[Unit]:
    """Every unit."""
    return await units.all_units(desk.tx)


async def unit_here(desk: Desk, chat_id: int, topic_id: int | None) -> Unit | None:
    """The unit a group (or topic) is bound to."""
    return await units.in_chat(desk.tx, chat_id, topic_id)


async def bind(desk: Desk, unit_id: int, chat_id: int, topic_id: int | None) -> Unit | None:
    """Make a group (or topic) the one of a unit; whoever had it before loses it. Binding it again changes nothing."""
    known = await units.by_id(desk.tx, unit_id)
    if known is None or (known.chat_id, known.topic_id) == (chat_id, topic_id):
        return known
    await resident_groups.unbind(desk.tx, chat_id)
    before = await units.in_chat(desk.tx, chat_id, topic_id)
    await units.bind(desk.tx, unit_id, chat_id, topic_id)
    for one in (before, known):
        if one is not None:
            await _cards_follow(desk, one)
    return await units.by_id(desk.tx, unit_id)


async def moved(desk: Desk, old: int, new: int) -> None:
    """A group became a supergroup: its units follow, its old messages are out of reach. Safe to repeat."""
    await neighbours.moved(desk, old, new)
    here = await _bound_to(desk, old)
    await units.move_chat(desk.tx, old, new)
    for one in here:
        await _cards_follow(desk, one)
        await alarm(desk, f"moved {old} {one.id}", "group_moved", unit=one.name)


async def lost(desk: Desk, chat_id: int, recipient: str | None = None) -> None:
    """We are out of a group: its units are written to privately, the admins are told. Safe to repeat.

    `recipient`: only the topic of this unit is closed, not the whole group.
    """
    await neighbours.lost(desk, chat_id)
    for one in await _bound_to(desk, chat_id):
        if recipient is not None and recipient != address(one.id):
            continue
        await unbind(desk, one)
        await alarm(desk, f"lost {chat_id} {desk.now():%Y%m%d%H%M}", "group_lost", unit=one.name)


async def unbind(desk: Desk, one: Unit) -> None:
    """A unit is without a group from now on; its people are written to privately."""
    await units.bind(desk.tx, one.id, None, None)
    await _cards_follow(desk, one)


async def _bound_to(desk: Desk, chat_id: int) -> list[Unit]:
    return [one for one in await units.all_units(desk.tx) if one.chat_id == chat_id]


async def _cards_follow(desk: Desk, one: Unit) -> None:
    """The open cases of a unit are shown where it is reached now. The centre's queue is asked for with /queue."""
    await cards.lose(desk.tx, address(one.id))
    for case in await cases.open_of_unit(desk.tx, one.id, 0, SHOWN_AGAIN):
        if not case.confidential:
            await showing.show_again(desk, case, address(one.id), f"{desk.now():%y%m%d%H%M%S%f}")
