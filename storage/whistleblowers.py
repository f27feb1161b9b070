"""Who whistles where and until when: kinds of people of the register by place, and duties that end."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.levels import COMMUNITY
from bot.cases.whistling import ROLE, UNTOLD
from storage.tables import duties, members, nodes


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


@dataclass(frozen=True, slots=True)
class Whistle:
    """The duty of a whistleblower: whose, where, until when."""

    duty_id: int
    person_id: int | None
    member_id: int
    name: str
    kind: str | None
    node_id: int
    until: datetime | None


_WHISTLE = (
    duties.c.id,
    duties.c.person_id,
    members.c.id,
    members.c.name,
    members.c.kind,
    duties.c.node_id,
    duties.c.until,
)
_THEIRS = select(*_WHISTLE).join(members, members.c.id == duties.c.member_id).where(duties.c.role == ROLE)


async def _found(tx: AsyncConnection, question: Any) -> list[Whistle]:
    return [Whistle(*row) for row in (await tx.execute(question)).all()]


async def of_person(tx: AsyncConnection, person_id: int, now: datetime) -> list[Whistle]:
    """Where somebody is one now, what ends last first."""
    lasts = or_(duties.c.until.is_(None), duties.c.until > now)
    question = _THEIRS.where(duties.c.person_id == person_id, duties.c.suspended.is_(False), lasts)
    return await _found(tx, question.order_by(duties.c.until.desc().nulls_first(), duties.c.id))


async def ending(tx: AsyncConnection, told: int, until: datetime, limit: int) -> list[Whistle]:
    """Those that end by `until` of whom only so much was told, the earliest first."""
    question = (
        select(*_WHISTLE)
        .join(members, members.c.id == duties.c.member_id)
        .where(duties.c.role == text("'whistleblower'"), duties.c.until.is_not(None))
        .where(duties.c.told == told, duties.c.until <= until)
        .order_by(duties.c.until)
        .limit(limit)
    )
    return await _found(tx, question)


async def ending_below(tx: AsyncConnection, path: str, begin: datetime, end: datetime, limit: int) -> list[Whistle]:
    """Those at a place and below it that end in this span, the earliest first."""
    below = select(nodes.c.id).where(nodes.c.path.startswith(path, autoescape=True))
    question = (
        _THEIRS.where(duties.c.until > begin, duties.c.until <= end)
        .where(duties.c.node_id.in_(below), duties.c.suspended.is_(False), members.c.state != "left")
        .order_by(duties.c.until, duties.c.id)
        .limit(limit)
    )
    return await _found(tx, question)


async def renew(tx: AsyncConnection, one: Whistle, until: datetime) -> bool:
    """It goes on until then. False: somebody was faster."""
    wanted = update(duties).where(duties.c.id == one.duty_id, duties.c.until == one.until)
    return (await tx.execute(wanted.values(until=until, told=UNTOLD))).rowcount == 1


async def tell(tx: AsyncConnection, ids: Collection[int], told: int) -> None:
    """Book how much was told of their end."""
    await tx.execute(update(duties).where(duties.c.id.in_(ids)).values(told=told))
