"""Open cases near a point or a place: what reporting, joining and merging look through."""

from collections.abc import Awaitable, Callable, Sequence

from bot.cases.case import Case
from bot.cases.draft import Draft
from bot.cases.levels import GROUP
from bot.cases.nearby import RECENT, blurred, box, metres, nearness
from bot.desk.desk import Desk
from storage import grid, joining


async def places_around(desk: Desk, node_id: int | None) -> list[int]:
    """A place and all that counts as the same place: of a building the whole group of buildings it stands in."""
    path = [node.id for node in await desk.office.places.path(desk.tx, node_id)] if node_id is not None else []
    if len(path) < GROUP:
        return path[-1:]
    return [path[GROUP - 1], *(node.id for node in await grid.children(desk.tx, path[GROUP - 1]))]


async def nearest(
    desk: Desk,
    about: Draft | Case,
    matter: str,
    places: Sequence[int],
    most: int,
    fits: Callable[[Case], Awaitable[bool]],
) -> list[tuple[Case, int | None]]:
    """Open cases of the same kind that fit, the likeliest first, and how many metres away (rounded up).

    They are looked for around the point, without one at `places`.
    """
    since, group = desk.now() - RECENT, matter[0]
    if (where := box(about, matter)) is not None:
        spots = await joining.in_box(desk.tx, where, group, since)
    else:
        spots = await joining.at_places(desk.tx, places, group, since) if places else []
    spots.sort(key=lambda spot: nearness(spot, about, matter))
    found = await joining.first_of(desk.tx, spots, most, fits)
    return [(case, blurred(metres(case, about))) for case in found]
