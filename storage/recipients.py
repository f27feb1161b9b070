"""Those who got a broadcast, looked at afterwards: who has not read it, who is tried again, who is reminded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.asking import ask
from storage.tables import nodes, people, recipients


@dataclass(frozen=True, slots=True)
class Copy:
    """What became of one copy: path of the place and name (none of residents), state, when it was read."""

    id: int
    path: str | None
    name: str | None
    state: str
    read_at: datetime | None


_UNREAD = and_(recipients.c.state == "sent", recipients.c.read_at.is_(None))
# Only copies that were sent are ever nudged. By its own index alone each portion begins where the last one ended.
_NEXT = (
    select(recipients.c.id)
    .where(
        recipients.c.broadcast_id == bindparam("broadcast"),
        recipients.c.nudge == text("'due'"),
        recipients.c.read_at.is_(None),
    )
    .order_by(recipients.c.id)
    .limit(bindparam("most"))
)
_TAKE = (
    update(recipients)
    .where(recipients.c.id.in_(_NEXT.scalar_subquery()))
    .values(nudge="owed")
    .returning(recipients.c.person_id)
)
_TO_REMIND = select(recipients.c.broadcast_id, recipients.c.person_id, recipients.c.message_id).where(
    recipients.c.broadcast_id.in_(bindparam("broadcasts", expanding=True)),
    recipients.c.person_id.in_(bindparam("people", expanding=True)),
    _UNREAD,
)


async def copies(tx: AsyncConnection, broadcast_id: int, after: int, limit: int) -> list[Copy]:
    """What became of each, in the order of writing; `after` is the last number of the page before."""
    rows = await tx.execute(
        select(recipients.c.id, nodes.c.path, people.c.name, recipients.c.state, recipients.c.read_at)
        .select_from(
            recipients.outerjoin(people, people.c.id == recipients.c.person_id).outerjoin(
                nodes, nodes.c.id == recipients.c.node_id
            )
        )
        .where(recipients.c.broadcast_id == broadcast_id, recipients.c.id > after)
        .order_by(recipients.c.id)
        .limit(limit)
    )
    return [Copy(*row) for row in rows.all()]


async def unread(tx: AsyncConnection, broadcast_id: int) -> list[tuple[str | None, str | None]]:
    """Who got it and has not said 已收到: path of their place and name (none of residents), by place."""
    rows = await tx.execute(
        select(nodes.c.path, people.c.name)
        .select_from(
            recipients.outerjoin(people, people.c.id == recipients.c.person_id).outerjoin(
                nodes, nodes.c.id == recipients.c.node_id
            )
        )
        .where(recipients.c.broadcast_id == broadcast_id, _UNREAD)
        .order_by(nodes.c.path, recipients.c.id)
    )
    return [(row.path, row.name) for row in rows.all()]


async def try_again(tx: AsyncConnection, broadcast_id: int) -> int:
    """Those to whom it could not be sent are due again. Returns how many."""
    of = (recipients.c.broadcast_id == broadcast_id, recipients.c.state == "failed")
    return (await tx.execute(update(recipients).where(*of).values(state="due"))).rowcount


async def count_unread(tx: AsyncConnection, broadcast_id: int) -> int:
    """How many got it and have not said 已收到."""
    of = (recipients.c.broadcast_id == broadcast_id, _UNREAD)
    return (await tx.execute(select(func.count()).where(*of))).scalar_one()


async def nudge_unread(tx: AsyncConnection, broadcast_id: int) -> int:
    """They are to be reminded. Returns how many."""
    of = (recipients.c.broadcast_id == broadcast_id, _UNREAD)
    return (await tx.execute(update(recipients).where(*of).values(nudge="due"))).rowcount


async def take_to_remind(tx: AsyncConnection, broadcast_id: int, limit: int) -> list[int]:
    """The next people to owe a reminder to; booked as owed. Who has read it meanwhile is left out."""
    return [row[0] for row in await ask(tx, _TAKE, {"broadcast": broadcast_id, "most": limit})]


async def to_remind(
    tx: AsyncConnection, broadcast_ids: Sequence[int], person_ids: Sequence[int]
) -> dict[tuple[int, int], int | None]:
    """Of these who has still not read which: the message that brought it."""
    rows = await ask(tx, _TO_REMIND, {"broadcasts": list(broadcast_ids), "people": list(person_ids)})
    return {(row[0], row[1]): row[2] for row in rows}
