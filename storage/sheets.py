"""Quarter sheets that were given out, and the appeals against them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.seals import Seal
from storage.tables import appeals, sheets


@dataclass(frozen=True, slots=True)
class GivenOut:
    """The facts of somebody's quarter as they were counted when it had ended, and points added since."""

    person_id: int
    quarter: str
    facts: dict[str, int]
    added: int
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Appeal:
    """What somebody says against a sheet, and what was decided: points added (0: refused) and why."""

    id: int
    person_id: int
    quarter: str
    words: str
    decided_at: datetime | None
    points: int
    reason: str


_SHEET = (sheets.c.person_id, sheets.c.quarter, sheets.c.facts, sheets.c.added, sheets.c.given_at)
_APPEAL = (
    appeals.c.id,
    appeals.c.person_id,
    appeals.c.quarter,
    appeals.c.words,
    appeals.c.decided_at,
    appeals.c.points,
    appeals.c.reason,
)


def _appeal(seal: Seal, row: Any) -> Appeal:
    columns: dict[str, Any] = dict(row._mapping)
    for name in ("words", "reason"):
        columns[name] = seal.open(columns[name]).decode() if columns[name] else ""
    return Appeal(**columns)


async def give_out(tx: AsyncConnection, person_id: int, quarter: str, facts: dict[str, int], now: datetime) -> None:
    """Keep a sheet. One that was given out already stays as it is."""
    row = {"person_id": person_id, "quarter": quarter, "facts": facts, "given_at": now}
    await tx.execute(insert_new(tx, sheets), row)


async def of_person(tx: AsyncConnection, person_id: int, quarter: str) -> GivenOut | None:
    """The sheet of somebody."""
    question = select(*_SHEET).where(sheets.c.person_id == person_id, sheets.c.quarter == quarter)
    row = (await tx.execute(question)).one_or_none()
    return GivenOut(*row) if row else None


async def of_people(tx: AsyncConnection, ids: Collection[int], quarter: str) -> dict[int, GivenOut]:
    """The sheets of several people."""
    rows = await tx.execute(select(*_SHEET).where(sheets.c.person_id.in_(list(ids)), sheets.c.quarter == quarter))
    return {row.person_id: GivenOut(*row) for row in rows.all()}


async def appeal(tx: AsyncConnection, seal: Seal, person_id: int, quarter: str, words: str, now: datetime) -> bool:
    """Keep an appeal. False: there is one already."""
    row = {"person_id": person_id, "quarter": quarter, "words": seal.close(words.encode()), "came_at": now}
    return (await tx.execute(insert_new(tx, appeals), row)).rowcount == 1


async def appeal_of(tx: AsyncConnection, seal: Seal, person_id: int, quarter: str) -> Appeal | None:
    """The appeal of somebody against a sheet."""
    question = select(*_APPEAL).where(appeals.c.person_id == person_id, appeals.c.quarter == quarter)
    row = (await tx.execute(question)).one_or_none()
    return _appeal(seal, row) if row else None


async def appeal_by_id(tx: AsyncConnection, seal: Seal, number: int) -> Appeal | None:
    """One appeal."""
    row = (await tx.execute(select(*_APPEAL).where(appeals.c.id == number))).one_or_none()
    return _appeal(seal, row) if row else None


async def decide(
    tx: AsyncConnection, seal: Seal, one: Appeal, by: int, points: int, reason: str, now: datetime
) -> bool:
    """Decide an appeal once and add the points. False: somebody was faster."""
    columns = {"decided_at": now, "decided_by": by, "points": points, "reason": seal.close(reason.encode())}
    open_ = update(appeals).where(appeals.c.id == one.id, appeals.c.decided_at.is_(None))
    if (await tx.execute(open_.values(**columns))).rowcount != 1:
        return False
    theirs = (sheets.c.person_id == one.person_id, sheets.c.quarter == one.quarter)
    await tx.execute(update(sheets).where(*theirs).values(added=sheets.c.added + points))
    return True
