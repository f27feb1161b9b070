"""Cries: danger that was heard and is no case yet, or only just is one; whom it was told, what is still due."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Select, bindparam, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.asking import ask
from storage.database import insert_new
from storage.seals import Seal
from storage.tables import cries


@dataclass(slots=True)
class Cry:
    """One danger that somebody is telling of. `body` is sealed: the draft, whom it was told, the case it became.

    States: open (being told), calm (there is no danger after all), filed (a case), over (taken back, or joined).
    `ask_at`: when it is asked whether the call got through; `end_at`: when silence makes a case of it.
    """

    mark: int
    person_id: int
    heard_at: datetime
    state: str = "open"
    ask_at: datetime | None = None
    end_at: datetime | None = None
    asked_at: datetime | None = None
    id: int = 0
    body: dict[str, Any] = field(default_factory=dict[str, Any])


_NEWEST = select(cries).order_by(cries.c.id.desc()).limit(1)
_BY_ID = _NEWEST.where(cries.c.id == bindparam("id"))
_BY_MARK = _NEWEST.where(cries.c.mark == bindparam("mark"))
_ASKED_OF = _NEWEST.where(cries.c.person_id == bindparam("who"), cries.c.asked_at >= bindparam("since"))


def mark_of(seal: Seal, draft_id: str) -> int:
    """The keyed mark of a draft: from a case nobody finds who told of it."""
    return seal.fingerprint(f"cry {draft_id}")


async def add(tx: AsyncConnection, seal: Seal, cry: Cry) -> None:
    """Keep a new one and give it its number."""
    await tx.execute(insert_new(tx, cries), {"mark": cry.mark, **_row(seal, cry)})
    found = await tx.execute(select(cries.c.id).where(cries.c.mark == cry.mark))
    cry.id = found.scalar_one()


async def keep(tx: AsyncConnection, seal: Seal, cry: Cry) -> None:
    """Write down how it stands."""
    await tx.execute(update(cries).where(cries.c.id == cry.id).values(mark=cry.mark, **_row(seal, cry)))


async def by_id(tx: AsyncConnection, seal: Seal, cry_id: int) -> Cry | None:
    """One by its number."""
    return await _one(tx, seal, _BY_ID, id=cry_id)


async def by_draft(tx: AsyncConnection, seal: Seal, draft_id: str) -> Cry | None:
    """The one that a draft tells of."""
    return await _one(tx, seal, _BY_MARK, mark=mark_of(seal, draft_id))


async def asked_of(tx: AsyncConnection, seal: Seal, person_id: int, since: datetime) -> Cry | None:
    """The newest of which somebody was asked since then whether the call got through."""
    return await _one(tx, seal, _ASKED_OF, who=person_id, since=since)


async def of_person(tx: AsyncConnection, seal: Seal, person_id: int) -> list[Cry]:
    """All of one person."""
    rows = await tx.execute(select(cries).where(cries.c.person_id == person_id).order_by(cries.c.id))
    return [_read(seal, row) for row in rows.all()]


async def due(tx: AsyncConnection, seal: Seal, now: datetime, limit: int) -> Sequence[Cry]:
    """Those of which something is to be asked, or that rested too long."""
    waits = or_(cries.c.ask_at <= now, cries.c.end_at <= now)
    rows = await tx.execute(select(cries).where(waits).order_by(cries.c.id).limit(limit))
    return [_read(seal, row) for row in rows.all()]


async def old(tx: AsyncConnection, seal: Seal, moment: datetime, limit: int) -> Sequence[Cry]:
    """Those that were heard before `moment` and of which nothing is due any more."""
    done = (cries.c.heard_at < moment) & cries.c.end_at.is_(None) & cries.c.ask_at.is_(None)
    rows = await tx.execute(select(cries).where(done).order_by(cries.c.heard_at).limit(limit))
    return [_read(seal, row) for row in rows.all()]


async def forget(tx: AsyncConnection, cry_id: int) -> None:
    """It is over and done with."""
    await tx.execute(delete(cries).where(cries.c.id == cry_id))


async def _one(tx: AsyncConnection, seal: Seal, question: Select[*tuple[Any, ...]], **given: Any) -> Cry | None:
    row = next(iter(await ask(tx, question, given)), None)
    return _read(seal, row) if row is not None else None


def _read(seal: Seal, row: Any) -> Cry:
    known = {name: getattr(row, name) for name in ("mark", "person_id", "heard_at", "state", "ask_at", "end_at")}
    return Cry(**known, asked_at=row.asked_at, id=row.id, body=orjson.loads(seal.open(row.body)))


def _row(seal: Seal, cry: Cry) -> dict[str, Any]:
    return {
        "person_id": cry.person_id,
        "body": seal.close(orjson.dumps(cry.body)),
        "state": cry.state,
        "heard_at": cry.heard_at,
        "ask_at": cry.ask_at,
        "end_at": cry.end_at,
        "asked_at": cry.asked_at,
    }
