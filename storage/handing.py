"""Who has open cases in hand, for the day they leave."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.case import Case
from storage.cases import CASE_COLUMNS, case_from
from storage.people import in_office
from storage.tables import cases, duties, people, units


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody, a unit, how many of its open cases they have, and whether they are of it no more."""

    person_id: int
    name: str | None
    unit_id: int
    unit: str
    count: int
    left: bool


async def holders(tx: AsyncConnection, now: datetime, unit_ids: Collection[int] | None) -> list[Holder]:
    """Everybody with open cases in these units (None: in all)."""
    wanted = (
        select(people.c.id, people.c.name, units.c.id, units.c.name, func.count())
        .select_from(cases)
        .join(people, people.c.id == cases.c.handler_id)
        .join(units, units.c.id == cases.c.unit_id)
        .where(cases.c.closed_at.is_(None))
        .group_by(people.c.id, people.c.name, units.c.id, units.c.name)
    )
    if unit_ids is not None:
        wanted = wanted.where(cases.c.unit_id.in_(unit_ids))
    rows, here = (await tx.execute(wanted)).all(), await _here(tx, now)
    return [Holder(*row, left=(row[0], row[2]) not in here) for row in rows]


async def _here(tx: AsyncConnection, now: datetime) -> set[tuple[int, int]]:
    """Who is of which unit now; whoever rests is not."""
    wanted = select(duties.c.person_id, duties.c.unit_id).where(duties.c.role == "responder", in_office(now))
    return {(row.person_id, row.unit_id) for row in (await tx.execute(wanted)).all()}


async def held_in(tx: AsyncConnection, person_id: int, unit_id: int, limit: int) -> list[Case]:
    """What somebody has in hand in a unit, the oldest first."""
    wanted = (
        select(*CASE_COLUMNS)
        .where(cases.c.handler_id == person_id, cases.c.unit_id == unit_id, cases.c.closed_at.is_(None))
        .order_by(cases.c.id)
        .limit(limit)
    )
    return [case_from(row) for row in (await tx.execute(wanted)).all()]
