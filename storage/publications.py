"""Results that were offered for publishing: what they say, who decided and when, and as which broadcast they left."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.tables import publications


@dataclass(frozen=True, slots=True)
class Publication:
    """The result of one closing of a case. `version` grows with every change of its words."""

    id: int
    case_id: int
    round: int
    node_id: int
    words: str
    version: int
    state: str
    decided_by: int | None
    decided_at: datetime | None
    withdrawn_by: int | None
    withdrawn_at: datetime | None
    broadcast_id: int | None


_COLUMNS = tuple(publications.c[name] for name in Publication.__slots__)


async def offer(tx: AsyncConnection, case_id: int, redone: int, node_id: int, words: str, now: datetime) -> int | None:
    """Keep an offer; None if this closing of the case was offered before."""
    row = {"case_id": case_id, "round": redone, "node_id": node_id, "words": words, "offered_at": now}
    return (await tx.execute(insert_new(tx, publications, "id"), row)).scalar()


async def by_id(tx: AsyncConnection, number: int) -> Publication | None:
    """One of them."""
    row = (await tx.execute(select(*_COLUMNS).where(publications.c.id == number))).one_or_none()
    return Publication(*row) if row else None


async def of_case(tx: AsyncConnection, case_id: int) -> Publication | None:
    """The newest of a case."""
    question = select(*_COLUMNS).where(publications.c.case_id == case_id).order_by(publications.c.round.desc()).limit(1)
    row = (await tx.execute(question)).one_or_none()
    return Publication(*row) if row else None


async def change(tx: AsyncConnection, one: Publication, **columns: Any) -> bool:
    """Change one that stands as it was read. False: somebody was faster."""
    of = (publications.c.id == one.id, publications.c.state == one.state, publications.c.version == one.version)
    return (await tx.execute(update(publications).where(*of).values(**columns))).rowcount == 1
