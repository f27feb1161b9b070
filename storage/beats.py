"""Who looks after which place: duties and places asked for together, by page and by subtree."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.people import in_office
from storage.tables import duties, nodes


@dataclass(frozen=True, slots=True)
class Beat:
    """One duty of somebody who can be written to, at a place. `id` is that of the duty, for paging."""

    id: int
    person_id: int
    role: str
    node_id: int
    name: str
    depth: int
    path: str
    households: int | None


_BEAT = (
    duties.c.id,
    duties.c.person_id,
    duties.c.role,
    nodes.c.id,
    nodes.c.name,
    nodes.c.depth,
    nodes.c.path,
    nodes.c.households,
)


def _held(roles: Collection[str], now: datetime) -> Any:
    return and_(duties.c.role.in_(list(roles)), nodes.c.valid_to.is_(None), in_office(now))


async def page(tx: AsyncConnection, roles: Collection[str], now: datetime, after: int, limit: int) -> Sequence[Beat]:
    """Duties of these roles at a place, in the order of their ids, behind `after`."""
    rows = await tx.execute(
        select(*_BEAT)
        .join(nodes, nodes.c.id == duties.c.node_id)
        .where(_held(roles, now), duties.c.id > after)
        .order_by(duties.c.id)
        .limit(limit)
    )
    return [Beat(*row) for row in rows.all()]


async def below(tx: AsyncConnection, path: str, roles: Collection[str], now: datetime) -> Sequence[Beat]:
    """Duties of these roles at a place and everywhere below it, by place."""
    rows = await tx.execute(
        select(*_BEAT)
        .join(nodes, nodes.c.id == duties.c.node_id)
        .where(_held(roles, now), nodes.c.path.startswith(path, autoescape=True))
        .order_by(nodes.c.code, duties.c.rank, duties.c.id)
    )
    return [Beat(*row) for row in rows.all()]
