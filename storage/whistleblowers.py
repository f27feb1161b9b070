"""Who whistles where: kinds of people of the register by place."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.levels import COMMUNITY
from storage.tables import duties, members, nodes

ROLE = "whistleblower"


async def communities(tx: AsyncConnection, path: str) -> Sequence[tuple[int, str]]:
    """The communities at a place and below it: number and name."""
    rows = await tx.execute(
        select(nodes.c.id, nodes.c.name)
        .where(nodes.c.depth == COMMUNITY, nodes.c.path.startswith(path, autoescape=True), nodes.c.valid_to.is_(None))
        .order_by(nodes.c.code)
    )
    return [(row.id, row.name) for row in rows.all()]


async def kinds(
    tx: AsyncConnection, path: str, roles: Collection[str], now: datetime
) -> Sequence[tuple[str, str, str | None]]:
    """(path, role, kind) of every whistleblower, and of whoever holds one of these roles, below a place."""
    theirs = or_(members.c.id == duties.c.member_id, members.c.person_id == duties.c.person_id)
    rows = await tx.execute(
        select(nodes.c.path, duties.c.role, members.c.kind)
        .select_from(duties)
        .join(nodes, nodes.c.id == duties.c.node_id)
        .outerjoin(members, and_(theirs, duties.c.role == ROLE))
        .where(
            duties.c.role.in_([ROLE, *roles]),
            duties.c.suspended.is_(False),
            or_(duties.c.until.is_(None), duties.c.until > now),
            nodes.c.path.startswith(path, autoescape=True),
        )
    )
    return [(row.path, row.role, row.kind) for row in rows.all()]
