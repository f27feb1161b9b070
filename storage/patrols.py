"""The patrol log: one row for each person, place and local day; photos by the channel's id, sealed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.seals import Seal
from storage.tables import patrol_photos, patrols


@dataclass(frozen=True, slots=True)
class Patrol:
    """A day's list. `items` is code to "fine" or "bad", `cases` code to the number of the case a defect became.

    `card_id` is the message that shows it, once somebody pressed on it.
    """

    id: int
    person_id: int
    node_id: int
    role: str
    day: date
    items: dict[str, str]
    cases: dict[str, str]
    note: str
    card_id: int | None
    done_at: datetime | None


_NAMES = ("id", "person_id", "node_id", "role", "day", "items", "cases", "note", "card_id", "done_at")
_PATROL = tuple(patrols.c[name] for name in _NAMES)


def _patrol(seal: Seal, row: Any) -> Patrol:
    columns: dict[str, Any] = dict(zip(_NAMES, row, strict=True))
    columns["note"] = seal.open(row.note).decode() if row.note else ""
    return Patrol(**columns)


async def open_day(tx: AsyncConnection, seal: Seal, person_id: int, node_id: int, role: str, day: date) -> Patrol:
    """The list of this person, place and day; a new one where there is none."""
    blank: dict[str, str] = {}
    row = {"person_id": person_id, "node_id": node_id, "role": role, "day": day, "items": blank, "cases": blank}
    await tx.execute(insert_new(tx, patrols), row)
    known = select(*_PATROL).where(patrols.c.person_id == person_id, patrols.c.node_id == node_id, patrols.c.day == day)
    return _patrol(seal, (await tx.execute(known)).one())


async def by_id(tx: AsyncConnection, seal: Seal, patrol_id: int) -> Patrol | None:
    """One list."""
    row = (await tx.execute(select(*_PATROL).where(patrols.c.id == patrol_id))).one_or_none()
    return _patrol(seal, row) if row else None


async def change(tx: AsyncConnection, seal: Seal, patrol_id: int, **columns: Any) -> None:
    """Write items, cases, note, card_id or done_at."""
    if "note" in columns:
        columns["note"] = seal.close(columns["note"].encode()) if columns["note"] else None
    await tx.execute(update(patrols).where(patrols.c.id == patrol_id).values(**columns))


async def add_photo(tx: AsyncConnection, seal: Seal, patrol_id: int, piece: dict[str, Any], at: datetime) -> None:
    """Keep a photo (file_id, unique_id, size) with the day; the same one twice is one."""
    row = {
        "patrol_id": patrol_id,
        "file_id": seal.close(piece["file_id"].encode()),
        "unique_id": piece["unique_id"],
        "size": piece.get("size"),
        "came_at": at,
    }
    await tx.execute(insert_new(tx, patrol_photos), row)


async def photos_of(tx: AsyncConnection, seal: Seal, patrol_id: int) -> list[dict[str, Any]]:
    """The photos of a day as a draft holds files."""
    columns = (patrol_photos.c.file_id, patrol_photos.c.unique_id, patrol_photos.c.size)
    rows = await tx.execute(select(*columns).where(patrol_photos.c.patrol_id == patrol_id).order_by(patrol_photos.c.id))
    return [
        {"kind": "photo", "file_id": seal.open(row.file_id).decode(), "unique_id": row.unique_id, "size": row.size}
        for row in rows.all()
    ]


async def photos_count(tx: AsyncConnection, patrol_id: int) -> int:
    """How many photos a day has."""
    question = select(func.count()).where(patrol_photos.c.patrol_id == patrol_id)
    return (await tx.execute(question)).scalar_one()


async def of_person(tx: AsyncConnection, seal: Seal, person_id: int, first: date, last: date) -> Sequence[Patrol]:
    """The lists of one person from day to day, both included, the earliest first."""
    rows = await tx.execute(
        select(*_PATROL)
        .where(patrols.c.person_id == person_id, patrols.c.day.between(first, last))
        .order_by(patrols.c.day, patrols.c.id)
    )
    return [_patrol(seal, row) for row in rows.all()]


async def done_on(tx: AsyncConnection, person_ids: Collection[int], day: date) -> set[tuple[int, int]]:
    """(person, place) of those among these people whose day is done."""
    rows = await tx.execute(
        select(patrols.c.person_id, patrols.c.node_id).where(
            patrols.c.person_id.in_(list(person_ids)), patrols.c.day == day, patrols.c.done_at.is_not(None)
        )
    )
    return {(row.person_id, row.node_id) for row in rows.all()}


async def at_places(
    tx: AsyncConnection, seal: Seal, node_ids: Collection[int], first: date, last: date
) -> Sequence[Patrol]:
    """The lists at these places from day to day, both included."""
    rows = await tx.execute(
        select(*_PATROL)
        .where(patrols.c.node_id.in_(list(node_ids)), patrols.c.day.between(first, last))
        .order_by(patrols.c.day, patrols.c.id)
    )
    return [_patrol(seal, row) for row in rows.all()]


async def began(tx: AsyncConnection) -> date | None:
    """The day of the first list of all: before it nobody could note anything."""
    return (await tx.execute(select(patrols.c.day).order_by(patrols.c.id).limit(1))).scalar()
