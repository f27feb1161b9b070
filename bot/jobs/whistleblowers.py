"""Whistleblowers hold for a time: a fortnight before the end the community is asked, then it ends by itself.

When nobody renews it any more, name and telephone are deleted.
"""

from bot.cases.whistling import ENDS_SOON, GONE, OVER, RENEWED_LATE, SOON, UNTOLD
from bot.desk import leaving, menus, whistling
from bot.desk.desk import Desk
from storage import whistleblowers

BATCH = 200


async def look_for_ends(desk: Desk) -> int:
    """Tell of every end twice: soon, and now. A second run tells nothing. Returns how many were due."""
    if desk.office.calendar.is_quiet(desk.now()):
        return 0
    soon = await whistleblowers.ending(desk.tx, UNTOLD, desk.now() + ENDS_SOON, BATCH)
    over = await whistleblowers.ending(desk.tx, SOON, desk.now(), BATCH)
    await whistleblowers.tell(desk.tx, [one.duty_id for one in soon], SOON)
    await whistleblowers.tell(desk.tx, [one.duty_id for one in over], OVER)
    for one in soon:
        if one.until is not None and one.until > desk.now():
            whistling.tell(desk, one, "soon", one.until)
    for one in over:
        whistling.tell(desk, one, "over", one.until or desk.now())
        if not await leaving.has_posts(desk, one.member_id):
            await leaving.nameless(desk, one.person_id)
        await menus.refresh(desk, one.person_id)
    places = [await whistling.community_of(desk, one.node_id) for one in soon]
    for community in {place.id: place for place in places if place}.values():
        await whistling.ask_to_renew(desk, community, f"{desk.now():%y%m%d%H%M%S%f}")
    return len(soon) + len(over) + await _let_go(desk)


async def _let_go(desk: Desk) -> int:
    """Delete name and telephone of those whose time for one more year has passed. Returns how many were due."""
    gone = await whistleblowers.ending(desk.tx, OVER, desk.now() - RENEWED_LATE, BATCH)
    await whistleblowers.tell(desk.tx, [one.duty_id for one in gone], GONE)
    for one in gone:
        await leaving.leave(desk, one.member_id, one.person_id)
    return len(gone)
