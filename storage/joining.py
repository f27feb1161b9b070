"""Who said 我也遇到 of a case: sealed references beside that of its reporter, and what is open nearby."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.case import Case
from bot.cases.nearby import Box, Spot
from storage.asking import ask, tell, value
from storage.cases import by_ids
from storage.tables import cases, joiners, reporters

_OPEN = select(cases.c.id, cases.c.matter, cases.c.latitude, cases.c.longitude).where(
    cases.c.closed_at.is_(None),
    cases.c.registered_at >= bindparam("since"),
    func.substr(cases.c.matter, 1, 1) == bindparam("group"),
)
_IN_BOX = (
    _OPEN.where(
        cases.c.latitude.between(bindparam("south"), bindparam("north")),
        cases.c.longitude.between(bindparam("west"), bindparam("east")),
    )
    .order_by(cases.c.id.desc())
    .limit(bindparam("most"))
)
_AT_PLACES = (
    _OPEN.where(cases.c.node_id.in_(bindparam("places", expanding=True)), cases.c.latitude.is_(None))
    .order_by(cases.c.id.desc())
    .limit(bindparam("most"))
)
_NEW = insert(joiners)
_REFS = select(joiners.c.ref).where(joiners.c.case_id == bindparam("case")).order_by(joiners.c.at)
_REF_OF = (
    select(joiners.c.ref)
    .join(reporters, reporters.c.ref == joiners.c.ref)
    .where(joiners.c.case_id == bindparam("case"), reporters.c.owner == bindparam("whose"))
    .limit(1)
)
MOST_LOOKED_AT = 100
READ_AT_ONCE = 4


async def in_box(tx: AsyncConnection, where: Box, group: str, since: datetime) -> list[Spot]:
    """Open cases of a group of matters with a point in the square, registered since then, the newest first."""
    given = {
        "since": since,
        "group": group,
        "south": where.south,
        "north": where.north,
        "west": where.west,
        "east": where.east,
        "most": MOST_LOOKED_AT,
    }
    return [Spot(*row) for row in await ask(tx, _IN_BOX, given)]


async def at_places(tx: AsyncConnection, ids: Sequence[int], group: str, since: datetime) -> list[Spot]:
    """The same without a point, at one of these places."""
    rows = await ask(tx, _AT_PLACES, {"since": since, "group": group, "places": list(ids), "most": MOST_LOOKED_AT})
    return [Spot(*row) for row in rows]


async def first_of(
    tx: AsyncConnection, spots: Sequence[Spot], most: int, fits: Callable[[Case], Awaitable[bool]]
) -> list[Case]:
    """The first so many cases at these spots that fit; the others are hardly looked at."""
    found: list[Case] = []
    for start in range(0, len(spots), READ_AT_ONCE):
        ids = [spot.id for spot in spots[start : start + READ_AT_ONCE]]
        known = await by_ids(tx, ids)
        for case_id in ids:
            if await fits(known[case_id]):
                found.append(known[case_id])
            if len(found) == most:
                return found
    return found


async def add(tx: AsyncConnection, ref: str, case_id: int, at: datetime, came_with: int | None = None) -> None:
    """Somebody, known by a reference of their own, joined a case; or reported one that was merged into it."""
    await tell(tx, _NEW, {"ref": ref, "case_id": case_id, "at": at, "came_with": came_with})


async def bring(tx: AsyncConnection, child_id: int, parent_id: int) -> int:
    """All who joined a case join the one it is merged into. Returns how many."""
    moved = update(joiners).where(joiners.c.case_id == child_id).values(case_id=parent_id, came_with=child_id)
    return (await tx.execute(moved)).rowcount


async def take_back(tx: AsyncConnection, child_id: int, reporter: str) -> int:
    """Whoever came with a case goes with it again, its reporter among them. Returns how many."""
    with_it = joiners.c.came_with == child_id
    own = await tx.execute(delete(joiners).where(with_it, joiners.c.ref == reporter))
    others = await tx.execute(update(joiners).where(with_it).values(case_id=child_id, came_with=None))
    return own.rowcount + others.rowcount


async def children_of(tx: AsyncConnection, case_id: int) -> list[int]:
    """The cases that are merged into one, by number."""
    question = select(cases.c.id).where(cases.c.parent_id == case_id, cases.c.status == "merged")
    return list((await tx.execute(question.order_by(cases.c.id))).scalars())


async def refs_of(tx: AsyncConnection, case_id: int) -> list[str]:
    """The references of all who joined, in the order they came."""
    return [row.ref for row in await ask(tx, _REFS, {"case": case_id})]


async def ref_of(tx: AsyncConnection, case_id: int, owner: int) -> str | None:
    """The reference under which this person joined a case."""
    return await value(tx, _REF_OF, {"case": case_id, "whose": owner})


async def refs_of_owner(tx: AsyncConnection, owner: int) -> Mapping[str, int]:
    """Everything this person joined: reference and case. Own reports that were merged into a case are none of it."""
    own = exists().where(cases.c.reporter == joiners.c.ref)
    question = (
        select(joiners.c.ref, joiners.c.case_id)
        .join(reporters, reporters.c.ref == joiners.c.ref)
        .where(reporters.c.owner == owner, ~own)
    )
    return {row.ref: row.case_id for row in (await tx.execute(question)).all()}


async def rate(tx: AsyncConnection, ref: str, at: datetime, **given: Any) -> None:
    """Keep what a joiner rated: contacted, solved, satisfied; given one by one."""
    await tx.execute(update(joiners).where(joiners.c.ref == ref).values(rated_at=at, **given))


async def has_rated(tx: AsyncConnection, ref: str) -> bool:
    """Whether the last of the three taps was given."""
    question = select(func.count()).where(joiners.c.ref == ref, joiners.c.satisfied.is_not(None))
    return bool((await tx.execute(question)).scalar_one())
