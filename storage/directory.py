"""Who is responsible where, as everybody may know: members at work, by place. Telephones only of those who agreed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.people import serving
from storage.seals import Seal
from storage.tables import duties, members, nodes


@dataclass(frozen=True, slots=True)
class Responsible:
    """One duty of somebody at work. `phone` is empty unless they agreed that it is shown."""

    duty_id: int
    member_id: int
    name: str
    role: str
    node_id: int
    hours: str | None
    phone: str


_COLUMNS = (
    duties.c.id,
    members.c.id.label("member_id"),
    members.c.name,
    duties.c.role,
    duties.c.node_id,
    members.c.hours,
    members.c.phone,
    members.c.shows_phone,
)


def _one(seal: Seal, row: Any) -> Responsible:
    phone = seal.open(row.phone).decode() if row.shows_phone and row.phone else ""
    return Responsible(row.id, row.member_id, row.name, row.role, row.node_id, row.hours, phone)


def _at_work(roles: Collection[str], now: datetime) -> Any:
    return and_(
        duties.c.role.in_(roles),
        serving(now),
        members.c.state == "active",
    )


async def at(
    tx: AsyncConnection, seal: Seal, node_ids: Collection[int], roles: Collection[str], now: datetime, limit: int
) -> list[Responsible]:
    """Those responsible for one of these places, the nearest (deepest) place first."""
    question = (
        select(*_COLUMNS)
        .select_from(duties.join(members, members.c.id == duties.c.member_id))
        .join(nodes, nodes.c.id == duties.c.node_id)
        .where(duties.c.node_id.in_(node_ids), _at_work(roles, now))
        .order_by(nodes.c.depth.desc(), duties.c.rank, duties.c.id)
        .limit(limit)
    )
    return [_one(seal, row) for row in (await tx.execute(question)).all()]


async def below(
    tx: AsyncConnection, seal: Seal, path: str, roles: Collection[str], now: datetime, after: int, limit: int
) -> list[Responsible]:
    """A page of those responsible at a place or below it, in the order they were registered."""
    question = (
        select(*_COLUMNS)
        .select_from(duties.join(members, members.c.id == duties.c.member_id))
        .join(nodes, nodes.c.id == duties.c.node_id)
        .where(nodes.c.path.startswith(path), duties.c.id > after, _at_work(roles, now))
        .order_by(duties.c.id)
        .limit(limit)
    )
    return [_one(seal, row) for row in (await tx.execute(question)).all()]
