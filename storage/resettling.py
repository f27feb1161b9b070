"""What hangs on places that are no more, and where it is put: cases, duties, units, groups, subscriptions ..."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, case, delete, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.redrawing import What
from storage import units as unit_rows
from storage.cases import CONFIDENTIAL
from storage.database import insert_new
from storage.tables import (
    broadcasts,
    cases,
    duties,
    invitations,
    members,
    nodes,
    people,
    resident_groups,
    subscriptions,
    units,
)
from storage.tables.broadcast import TOPICS

DUTY = ("person_id", "member_id", "role", "unit_id", "rank", "suspended", "until")
AHEAD = ("waiting", "scheduled")
AT_ONE_PLACE: Mapping[What, Table] = {What.UNIT: units, What.GROUP: resident_groups, What.INVITATION: invitations}


@dataclass(frozen=True, slots=True)
class Standing:
    """An open case at a place, with what tells where that is."""

    id: int
    number: str
    node_id: int
    latitude: float | None
    longitude: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Held:
    """A duty at a place; `columns` is the rest of its row, `name` whose it is."""

    id: int
    node_id: int
    name: str
    columns: Mapping[str, Any]

    @property
    def same(self) -> tuple[Any, ...]:
        """What makes two of them at one place the same duty."""
        return self.columns["member_id"], self.columns["person_id"], self.columns["role"], self.columns["unit_id"]


async def open_cases(tx: AsyncConnection, node_ids: Collection[int]) -> list[Standing]:
    """Open cases at these very places, the oldest first."""
    here = (cases.c.id, cases.c.number, cases.c.node_id, cases.c.latitude, cases.c.longitude)
    rows = await tx.execute(
        select(*here, (cases.c.place + literal(" ") + cases.c.text).label("words"))
        .where(cases.c.node_id.in_(list(node_ids)), cases.c.closed_at.is_(None))
        .order_by(cases.c.id)
    )
    return [Standing(*row) for row in rows.all()]


async def count_open(tx: AsyncConnection, path: str) -> int:
    """How many open cases there are at a place and below it, without confidential ones."""
    inside = nodes.c.path.startswith(path, autoescape=True)
    joined = nodes.join(cases, cases.c.node_id == nodes.c.id)
    question = select(func.count()).select_from(joined).where(inside, cases.c.closed_at.is_(None), ~CONFIDENTIAL)
    return (await tx.execute(question)).scalar_one()


async def dots(tx: AsyncConnection, path: str, limit: int) -> list[tuple[float, float, str]]:
    """Longitude, latitude and colour of open cases with a point at a place and below it, without confidential ones.

    Having a latitude is asked as a range, so that the index of open points answers it.
    """
    joined = nodes.join(cases, cases.c.node_id == nodes.c.id)
    rows = await tx.execute(
        select(cases.c.longitude, cases.c.latitude, cases.c.colour)
        .select_from(joined)
        .where(
            nodes.c.path.startswith(path, autoescape=True),
            cases.c.latitude.between(-90, 90),
            cases.c.closed_at.is_(None),
            ~CONFIDENTIAL,
        )
        .order_by(cases.c.id.desc())
        .limit(limit)
    )
    return [(row.longitude, row.latitude, row.colour) for row in rows.all()]


async def move_cases(tx: AsyncConnection, where: Mapping[int, int]) -> None:
    """Put cases (by number) at places."""
    for node_id in set(where.values()):
        those = [case for case, to in where.items() if to == node_id]
        await tx.execute(update(cases).where(cases.c.id.in_(those)).values(node_id=node_id))


async def held_at(tx: AsyncConnection, node_ids: Collection[int], now: datetime) -> list[Held]:
    """The duties at these places that have not ended; resting ones too."""
    columns = tuple(duties.c[name] for name in DUTY)
    joined = duties.outerjoin(members, members.c.id == duties.c.member_id).outerjoin(
        people, people.c.id == duties.c.person_id
    )
    name = func.coalesce(members.c.name, people.c.name, "?").label("called")
    rows = await tx.execute(
        select(duties.c.id, duties.c.node_id, name, *columns)
        .select_from(joined)
        .where(duties.c.node_id.in_(list(node_ids)), or_(duties.c.until.is_(None), duties.c.until > now))
        .order_by(duties.c.id)
    )
    return [
        Held(row.id, row.node_id, row.called, {column: row._mapping[column] for column in DUTY}) for row in rows.all()
    ]


async def still_theirs(tx: AsyncConnection, columns: Mapping[str, Any], now: datetime) -> dict[str, Any] | None:
    """A duty that was taken away, as whoever had it would hold it now; None if it has run out or they have left."""
    if columns["until"] is not None and columns["until"] <= now:
        return None
    if columns["member_id"] is None:
        known = await tx.execute(select(people.c.id).where(people.c.id == columns["person_id"]))
        return dict(columns) if known.first() else None
    question = select(members.c.person_id, members.c.state).where(members.c.id == columns["member_id"])
    row = (await tx.execute(question)).one_or_none()
    if row is None or row.state == "left":
        return None
    return {**columns, "person_id": row.person_id, "suspended": row.state == "suspended"}


async def units_at(tx: AsyncConnection, node_ids: Collection[int]) -> list[tuple[int, int, str]]:
    """Number, place and name of the units of these places."""
    rows = await tx.execute(
        select(units.c.id, units.c.node_id, units.c.name)
        .where(units.c.node_id.in_(list(node_ids)))
        .order_by(units.c.id)
    )
    return [(row.id, row.node_id, row.name) for row in rows.all()]


async def groups_at(tx: AsyncConnection, node_ids: Collection[int]) -> list[tuple[int, int]]:
    """Chat and place of the groups of residents."""
    rows = await tx.execute(
        select(resident_groups.c.chat_id, resident_groups.c.node_id)
        .where(resident_groups.c.node_id.in_(list(node_ids)))
        .order_by(resident_groups.c.chat_id)
    )
    return [(row.chat_id, row.node_id) for row in rows.all()]


async def invitations_at(tx: AsyncConnection, node_ids: Collection[int]) -> list[tuple[int, int]]:
    """Number and place of the invitations that are open, or wait for somebody's yes."""
    rows = await tx.execute(
        select(invitations.c.id, invitations.c.node_id)
        .where(invitations.c.state.in_(("open", "waiting")), invitations.c.node_id.in_(list(node_ids)))
        .order_by(invitations.c.id)
    )
    return [(row.id, row.node_id) for row in rows.all()]


async def move_rows(tx: AsyncConnection, what: What, where: Mapping[int, int]) -> None:
    """Put rows (by their key) at places."""
    table = AT_ONE_PLACE[what]
    if what is What.UNIT:
        unit_rows.changed()
    key = next(iter(table.primary_key.columns))
    for row, node_id in where.items():
        await tx.execute(update(table).where(key == row).values(node_id=node_id))


async def subscribe_to(tx: AsyncConnection, node_ids: Collection[int], homes: Sequence[int]) -> int:
    """Whoever followed one of these places hears of all its homes what they heard of it. Returns how many people."""
    old = subscriptions.c.node_id.in_(list(node_ids))
    wants = [func.max(case((subscriptions.c[topic], 1), else_=0)).label(topic) for topic in TOPICS]
    question = select(subscriptions.c.person_id, func.min(subscriptions.c.since).label("since"), *wants)
    rows = (await tx.execute(question.where(old).group_by(subscriptions.c.person_id))).all()
    new = [
        {**row._mapping, **{topic: bool(row._mapping[topic]) for topic in TOPICS}, "node_id": home}
        for row in rows
        for home in homes
    ]
    if new:
        await tx.execute(insert_new(tx, subscriptions), new)
        await tx.execute(delete(subscriptions).where(old))
    return len(rows)


async def broadcasts_ahead(tx: AsyncConnection) -> list[tuple[int, dict[str, Any]]]:
    """Number and audience of the broadcasts that have not begun."""
    question = select(broadcasts.c.id, broadcasts.c.audience).where(broadcasts.c.stand.in_(AHEAD))
    return [(row.id, row.audience) for row in (await tx.execute(question)).all()]


async def change_audience(tx: AsyncConnection, number: int, audience: Mapping[str, Any]) -> None:
    """A broadcast that has not begun is for these."""
    await tx.execute(update(broadcasts).where(broadcasts.c.id == number).values(audience=dict(audience)))
