"""How open cases stand: whose they are, what nobody looks after, and what a group was reminded of of late."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, exists, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.case import WITH_SOMEBODY, Case, Status
from bot.cases.conditions import PRAISE
from bot.cases.flags import IN_HAND
from storage.asking import ask, tell, value
from storage.cases import CASE_COLUMNS, case_from
from storage.people import serving
from storage.tables import cases, clocks, duties, nudged, people, units

FOLLOWS_ANOTHER = Status.MERGED


@dataclass(frozen=True, slots=True)
class Held:
    """A reminder that a group has not heard yet: it had enough in this hour."""

    id: int
    case_id: int
    status: str
    kind: str
    reader: str


_OPEN = cases.c.closed_at.is_(None)
_OF_HANDLER = (
    select(*CASE_COLUMNS)
    .where(cases.c.handler_id == bindparam("who"), _OPEN)
    .order_by(cases.c.id)
    .limit(bindparam("most"))
)
_NO_OWNER = (
    select(cases.c.id)
    .where(
        _OPEN,
        cases.c.status.in_(sorted(IN_HAND)),
        or_(
            cases.c.unit_id.is_(None),
            and_(cases.c.status.in_(WITH_SOMEBODY), cases.c.handler_id.is_(None)),
        ),
    )
    .order_by(cases.c.id)
    .limit(bindparam("most"))
)
_RINGS = exists().where(clocks.c.case_id == cases.c.id, clocks.c.fired_at.is_(None))
_NO_CLOCK = (
    select(cases.c.id)
    .where(
        _OPEN,
        cases.c.status.in_([one for one in Status if one is not FOLLOWS_ANOTHER]),
        ~cases.c.matter.startswith(PRAISE),
        ~_RINGS,
    )
    .order_by(cases.c.id)
    .limit(bindparam("most"))
)
_IN_OFFICE = and_(
    duties.c.unit_id == units.c.id,
    duties.c.role == "responder",
    serving(bindparam("now")),
    people.c.id == duties.c.person_id,
    people.c.reachable.is_(True),
)
_LEFT = (
    select(cases.c.id)
    .where(
        _OPEN,
        cases.c.status.in_(WITH_SOMEBODY),
        cases.c.handler_id.is_not(None),
        ~exists().where(
            duties.c.person_id == cases.c.handler_id,
            duties.c.unit_id == cases.c.unit_id,
            duties.c.role == "responder",
            serving(bindparam("now")),
        ),
    )
    .order_by(cases.c.id)
    .limit(bindparam("most"))
)
_NOBODY = (
    select(cases.c.id)
    .join(units, units.c.id == cases.c.unit_id)
    .where(_OPEN, cases.c.status.in_(sorted(IN_HAND)), ~exists().where(_IN_OFFICE))
    .order_by(cases.c.id)
    .limit(bindparam("most"))
)
_TOLD = select(func.count()).where(
    nudged.c.recipient == bindparam("to"), nudged.c.at > bindparam("since"), nudged.c.held.is_(False)
)
_NEW = insert(nudged)


async def of_handler(tx: AsyncConnection, person_id: int, limit: int) -> list[Case]:
    """What somebody has in hand, the oldest first."""
    return [case_from(row) for row in await ask(tx, _OF_HANDLER, {"who": person_id, "most": limit})]


async def owners(tx: AsyncConnection) -> tuple[list[int], list[int]]:
    """Units and persons with open cases."""
    of_units = select(cases.c.unit_id).where(_OPEN, cases.c.unit_id.is_not(None)).distinct()
    of_people = select(cases.c.handler_id).where(_OPEN, cases.c.handler_id.is_not(None)).distinct()
    found = [list((await tx.execute(one)).scalars()) for one in (of_units, of_people)]
    return sorted(found[0]), sorted(found[1])


async def without_owner(tx: AsyncConnection, limit: int) -> list[int]:
    """Open cases that are with a unit and have none, or are signed and are nobody's."""
    return list((await tx.execute(_NO_OWNER, {"most": limit})).scalars())


async def without_clock(tx: AsyncConnection, limit: int) -> list[int]:
    """Open cases for which nothing will ring any more. One that is merged follows its parent, a thank-you waits."""
    return list((await tx.execute(_NO_CLOCK, {"most": limit})).scalars())


async def without_anybody(tx: AsyncConnection, now: datetime, limit: int) -> list[int]:
    """Open cases of units of which nobody can be reached."""
    return list((await tx.execute(_NOBODY, {"now": now, "most": limit})).scalars())


async def with_whom_left(tx: AsyncConnection, now: datetime, limit: int) -> list[int]:
    """Open cases whose handler is not of their unit any more: nobody has handed them over."""
    return list((await tx.execute(_LEFT, {"now": now, "most": limit})).scalars())


async def times_told(tx: AsyncConnection, recipient: str, since: datetime) -> int:
    """How many reminders a group got since then."""
    return await value(tx, _TOLD, {"to": recipient, "since": since})


async def write_down(tx: AsyncConnection, rows: Sequence[dict[str, Any]]) -> None:
    """A reminder that was said, or (held) is kept for later: recipient, at, held, case_id, status, kind, reader."""
    if rows:
        await tell(tx, _NEW, rows)


async def who_waits(tx: AsyncConnection, limit: int) -> list[str]:
    """Groups for which reminders are held."""
    wanted = select(nudged.c.recipient).where(nudged.c.held.is_(True)).distinct().limit(limit)
    return list((await tx.execute(wanted)).scalars())


async def held_for(tx: AsyncConnection, recipient: str, limit: int) -> list[Held]:
    """What is held for a group, the oldest first."""
    columns = (nudged.c.id, nudged.c.case_id, nudged.c.status, nudged.c.kind, nudged.c.reader)
    wanted = select(*columns).where(nudged.c.recipient == recipient, nudged.c.held.is_(True)).order_by(nudged.c.id)
    return [Held(*row) for row in (await tx.execute(wanted.limit(limit))).all()]


async def let_go(tx: AsyncConnection, ids: Collection[int]) -> None:
    """These are said now."""
    await tx.execute(delete(nudged).where(nudged.c.id.in_(ids)))


async def forget_before(tx: AsyncConnection, moment: datetime, limit: int) -> int:
    """Delete what was said long ago. Returns how many rows."""
    old = select(nudged.c.id).where(nudged.c.held.is_(False), nudged.c.at < moment).limit(limit)
    return (await tx.execute(delete(nudged).where(nudged.c.id.in_(old)))).rowcount
