"""Documents that somebody asked for: drawn by a job in a process of its own, kept sealed, then sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.seals import Seal
from storage.tables import papers


@dataclass(frozen=True, slots=True)
class Paper:
    """One document to be made: what the drawer needs (`facts`), and what is said under it (`caption`)."""

    id: int
    key: str
    kind: str
    recipient: str
    facts: Mapping[str, Any]
    caption: Mapping[str, Any]
    attempts: int


async def ask(
    tx: AsyncConnection,
    seal: Seal,
    key: str,
    kind: str,
    recipient: str,
    facts: Mapping[str, Any],
    caption: Mapping[str, Any],
    now: datetime,
) -> None:
    """Ask for a document. A known key is not asked for twice."""
    body = seal.close(orjson.dumps({"facts": dict(facts), "caption": dict(caption)}))
    row = {"key": key, "kind": kind, "recipient": recipient, "body": body, "asked_at": now}
    await tx.execute(insert_new(tx, papers), row)


async def waiting(tx: AsyncConnection, seal: Seal, limit: int) -> Sequence[Paper]:
    """What is to be made, the oldest first."""
    names = ("id", "key", "kind", "recipient", "body", "attempts")
    rows = await tx.execute(
        select(*(papers.c[name] for name in names))
        .where(papers.c.state == "waiting")
        .order_by(papers.c.id)
        .limit(limit)
    )
    found: list[Paper] = []
    for row in rows.all():
        body = orjson.loads(seal.open(row.body))
        found.append(Paper(row.id, row.key, row.kind, row.recipient, body["facts"], body["caption"], row.attempts))
    return found


async def last_asked(tx: AsyncConnection, kind: str, recipient: str) -> datetime | None:
    """When somebody asked for a document of this kind last, as far as it is still kept."""
    question = select(func.max(papers.c.asked_at)).where(papers.c.recipient == recipient, papers.c.kind == kind)
    return (await tx.execute(question)).scalar()


async def drop(tx: AsyncConnection, recipient: str, long_ago: datetime) -> None:
    """What somebody asked for is not made any more; what was made is deleted with the next sweep."""
    theirs = papers.c.recipient == recipient
    await tx.execute(delete(papers).where(theirs, papers.c.state == "waiting"))
    await tx.execute(update(papers).where(theirs).values(asked_at=long_ago))


async def change(tx: AsyncConnection, paper_id: int, **columns: Any) -> None:
    """Book what became of it: state, path, attempts."""
    await tx.execute(update(papers).where(papers.c.id == paper_id).values(**columns))


async def old(tx: AsyncConnection, before: datetime, limit: int) -> Sequence[tuple[int, str | None]]:
    """Documents asked for before a moment: number and path."""
    rows = await tx.execute(
        select(papers.c.id, papers.c.path)
        .where(papers.c.asked_at < before, papers.c.state != "waiting")
        .order_by(papers.c.asked_at)
        .limit(limit)
    )
    return [(row.id, row.path) for row in rows.all()]


async def forget(tx: AsyncConnection, ids: Sequence[int]) -> None:
    """Delete these rows."""
    await tx.execute(delete(papers).where(papers.c.id.in_(ids)))
