"""Which commands somebody is offered: their hats, and the menu that follows when a hat comes or goes."""

from collections.abc import Collection

from bot.cases.commands import Hat
from bot.desk.desk import Desk
from bot.desk.rights import named_admins
from bot.outbox.letters import Kind, Lane, Letter, person
from storage import people

OF_ROLES = {
    "responder": Hat.RESPONDER,
    "dispatcher": Hat.DISPATCHER,
    "admin": Hat.ADMIN,
}


async def hats_of(desk: Desk, person_id: int) -> frozenset[Hat]:
    """What somebody is now."""
    duties = await people.duties_of(desk.tx, person_id, desk.now())
    hats = {OF_ROLES[duty.role] for duty in duties if duty.role in OF_ROLES}
    placed = {duty.role for duty in duties if duty.node_id is not None}
    held = (
        (bool(placed & desk.office.checklists.by_role.keys()), Hat.PATROL),
        ("grid_member" in placed, Hat.GRID_MEMBER),
        (bool(duties), Hat.STAFF),
        (person_id in named_admins(desk), Hat.ADMIN),
    )
    return frozenset(hats | {hat for holds, hat in held if holds})


async def my_hats(desk: Desk) -> frozenset[Hat]:
    """What whoever acts is now."""
    return await hats_of(desk, desk.person.id) if desk.person else frozenset()


async def refresh(
    desk: Desk, person_id: int | None, hats: Collection[Hat] | None = None, *, anew: bool = False
) -> bool:
    """Owe somebody the menu of what they are now, if it is another than the one they have. Returns whether it is.

    `anew`: what they have may be gone (they had blocked us).
    """
    if person_id is None:
        return False
    known = await people.menu_of(desk.tx, person_id)
    if known is None:
        return False
    language, had = known
    hats = await hats_of(desk, person_id) if hats is None else hats
    now = _mark(hats, language if language != desk.office.language else None)
    if now == (had or "") and not (anew and now):
        return False
    await people.change(desk.tx, person_id, menu=now or None)
    key = f"menu {person_id} {desk.name}"
    desk.owe(Letter(key=key, kind=Kind.MENU, to=person(person_id), lane=Lane.BROADCAST))
    return True


def _mark(hats: Collection[Hat], language: str | None) -> str:
    """What a menu was made of; nothing for that of everybody."""
    return ":".join([*([language] if language else []), *([",".join(sorted(hats))] if hats else [])])
