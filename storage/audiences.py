"""Who a broadcast is for: counted and sampled before it is sent, written down when it begins."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Text, case, cast, distinct, func, insert, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.broadcast import Audience
from bot.cases.topics import Topic
from storage.people import serving
from storage.tables import duties, members, nodes, people, recipients, subscriptions, units


def _meant(audience: Audience, now: datetime) -> Any:
    """Who is meant: person, place, whether they can be reached; once each.

    The places come first, by a question of their own: else SQLite walks all subscriptions to look up each one's place.
    """
    if not audience.roles:
        joined = subscriptions.join(people, people.c.id == subscriptions.c.person_id)
        around = or_(_below(audience.path), nodes.c.id.in_(audience.above))
        of = [subscriptions.c.node_id.in_(select(nodes.c.id).where(around)), *_wants(audience)]
        return _once(
            select(people.c.id, func.min(subscriptions.c.node_id).label("node"), people.c.reachable), joined, of
        )
    place = func.coalesce(duties.c.node_id, units.c.node_id)
    joined = (
        duties.join(people, people.c.id == duties.c.person_id)
        .outerjoin(units, units.c.id == duties.c.unit_id)
        .outerjoin(nodes, nodes.c.id == place)
        .outerjoin(members, members.c.person_id == people.c.id)
    )
    of: list[Any] = [duties.c.role.in_(audience.roles), serving(now)]
    if audience.path != "/":
        of.append(_below(audience.path))
    if audience.tag is not None:
        of.append(cast(members.c.tags, Text).contains(f'"{audience.tag}"', autoescape=True))
    return _once(select(people.c.id, func.min(nodes.c.id).label("node"), people.c.reachable), joined, of)


def _once(question: Any, joined: Any, of: Sequence[Any]) -> Any:
    return question.select_from(joined).where(*of).group_by(people.c.id, people.c.reachable)


def _below(path: str) -> Any:
    return nodes.c.path.startswith(path, autoescape=True)


def _wants(audience: Audience) -> list[Any]:
    return [subscriptions.c[Topic(audience.topic).value].is_(True)] if audience.topic else []


async def count(tx: AsyncConnection, audience: Audience, now: datetime) -> tuple[int, int]:
    """How many are meant, and how many of them can be reached."""
    meant = _meant(audience, now).subquery()
    reached = func.coalesce(func.sum(case((meant.c.reachable.is_(True), 1), else_=0)), 0)
    row = (await tx.execute(select(func.count(), reached).select_from(meant))).one()
    return row[0], int(row[1])


async def sample(tx: AsyncConnection, audience: Audience, now: datetime, limit: int) -> list[str]:
    """Some names of those who are meant; residents have none."""
    meant = _meant(audience, now).subquery()
    joined = meant.join(people, people.c.id == meant.c.id)
    question = select(people.c.name).select_from(joined).where(people.c.name.is_not(None))
    return list((await tx.execute(question.order_by(people.c.id).limit(limit))).scalars())


async def silent_members(tx: AsyncConnection, audience: Audience, now: datetime) -> int:
    """How many of the register are meant too but have never written, so that nobody can write to them."""
    if not audience.roles:
        return 0
    joined = duties.outerjoin(units, units.c.id == duties.c.unit_id).outerjoin(
        nodes, nodes.c.id == func.coalesce(duties.c.node_id, units.c.node_id)
    )
    of: list[Any] = [duties.c.person_id.is_(None), duties.c.role.in_(audience.roles), serving(now)]
    if audience.path != "/":
        of.append(_below(audience.path))
    question = select(func.count(distinct(duties.c.member_id))).select_from(joined).where(*of)
    return (await tx.execute(question)).scalar_one()


async def tags(tx: AsyncConnection, limit: int) -> list[str]:
    """The tags that members of the register have."""
    rows = (
        await tx.execute(select(cast(members.c.tags, Text)).where(members.c.tags.is_not(None)).distinct())
    ).scalars()
    lists: list[list[str] | None] = [orjson.loads(row or "[]") for row in rows]
    return sorted({tag for tags in lists for tag in tags or []})[:limit]


async def enlist(tx: AsyncConnection, broadcast_id: int, audience: Audience, now: datetime) -> int:
    """Write down who gets it, as it is now. Returns how many."""
    meant = _meant(audience, now).subquery()
    state = case((meant.c.reachable.is_(True), "due"), else_="unreachable")
    listed = select(literal(broadcast_id), meant.c.id, meant.c.node, state).select_from(meant).order_by(meant.c.id)
    names = ["broadcast_id", "person_id", "node_id", "state"]
    return (await tx.execute(insert(recipients).from_select(names, listed))).rowcount
