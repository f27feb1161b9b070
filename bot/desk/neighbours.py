"""Groups of residents: bound to a place by who is responsible there. Nothing of a report appears in them."""

from bot.cases.errors import NotYours
from bot.desk import directory
from bot.desk.alarms import alarm
from bot.desk.desk import Desk
from bot.desk.rights import is_admin
from storage import people, resident_groups, units
from storage.grid import Node

__all__ = ["Node", "bind", "lost", "may_bring_in", "moved", "must_look_after", "own_places", "place_here"]

LOOKS_AFTER = frozenset({"grid_member", "household_head", "building_head"})
"""Those who look after a place also look after the groups of its residents."""


async def place_here(desk: Desk, chat_id: int) -> Node | None:
    """The place a group of residents stands for; None for another group, or one whose place is no more."""
    node_id = await resident_groups.place_of(desk.tx, chat_id)
    path = await desk.office.places.path(desk.tx, node_id) if node_id is not None else []
    return path[-1] if path else None


async def own_places(desk: Desk) -> list[Node]:
    """The places whoever acts looks after, as far as groups of residents go."""
    if desk.person is None:
        return []
    duties = await people.duties_of(desk.tx, desk.person.id, desk.now())
    ids = dict.fromkeys(one.node_id for one in duties if one.role in LOOKS_AFTER and one.node_id is not None)
    paths = [await desk.office.places.path(desk.tx, one) for one in ids]
    return [path[-1] for path in paths if path]


async def may_bring_in(desk: Desk) -> bool:
    """Whether whoever acts may put the bot into a group: admins, and those who look after a place."""
    if desk.person is None:
        return False
    return await is_admin(desk, desk.person.id) or bool(await own_places(desk))


async def must_look_after(desk: Desk, node_id: int) -> int:
    """The number of whoever acts. Raises NotYours for anybody but admins and those who look after the place."""
    if desk.person is None:
        raise NotYours
    if not await is_admin(desk, desk.person.id):
        around = {one.id for one in await desk.office.places.path(desk.tx, node_id)}
        if not around & {one.id for one in await own_places(desk)}:
            raise NotYours
    return desk.person.id


async def bind(desk: Desk, chat_id: int, node_id: int) -> Node:
    """Make a group that of the residents of a place. Raises NotOpen, NotYours (also in the group of a unit)."""
    place = await directory.place(desk, node_id)
    who = await must_look_after(desk, node_id)
    if any(one.chat_id == chat_id for one in await units.all_units(desk.tx)):
        raise NotYours
    await resident_groups.bind(desk.tx, chat_id, node_id, who, desk.now())
    return place


async def lost(desk: Desk, chat_id: int) -> None:
    """We are out of the group: the admins are told. Safe to repeat."""
    node_id = await resident_groups.unbind(desk.tx, chat_id)
    if node_id is not None:
        place = await directory.name_of(desk, node_id)
        await alarm(desk, f"neighbours {chat_id} {desk.now():%Y%m%d%H%M}", "neighbours_lost", place=place)


async def moved(desk: Desk, old: int, new: int) -> None:
    """The group became a supergroup. Safe to repeat."""
    await resident_groups.move_chat(desk.tx, old, new)
