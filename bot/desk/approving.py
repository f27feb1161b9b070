"""Who lets somebody in at a place or unit: the community first. Looked up when it is asked, and at the press."""

from bot.desk import routing
from bot.desk.desk import Desk
from bot.desk.rights import admins, is_admin
from storage import grid, people, units

APPROVERS = 10
"""So many of those responsible are asked at most; any of them may answer."""


async def responsible(desk: Desk, node_id: int | None, unit_id: int | None, but: int | None) -> list[int]:
    """Leaders of the units around the place, else dispatchers, else admins: those who can be reached.

    `but`: whoever it is about is not asked.
    """
    around = await grid.around(desk.tx, node_id)
    leaders = [
        duty.person_id
        for unit in await units.all_units(desk.tx)
        if unit.kind != "centre" and (unit.node_id in around or unit.id == unit_id)
        for duty in await people.with_role(desk.tx, "responder", desk.now(), unit.id)
        if duty.rank == 2
    ]
    dispatchers = [duty.person_id for duty in await people.with_role(desk.tx, "dispatcher", desk.now())]
    for several in (leaders, dispatchers, sorted(await admins(desk))):
        found = [one for one in dict.fromkeys(several) if await may_approve(desk, node_id, unit_id, one, but)]
        if reached := await routing.reachable(desk, found):
            return reached[:APPROVERS]
    return []


async def may_approve(desk: Desk, node_id: int | None, unit_id: int | None, person_id: int, but: int | None) -> bool:
    """Admins, dispatchers of the district or of the town, and leaders of units around the place; never oneself."""
    if person_id == but:
        return False
    if await is_admin(desk, person_id):
        return True
    around = await grid.around(desk.tx, node_id)
    for duty in await people.duties_of(desk.tx, person_id, desk.now()):
        unit = await units.by_id(desk.tx, duty.unit_id) if duty.unit_id is not None else None
        near = unit is not None and (unit.node_id in around or unit.id == unit_id)
        if duty.role == "dispatcher" and (unit is None or near or unit.level == "district"):
            return True
        if duty.rank == 2 and (near or duty.node_id in around):
            return True
    return False
