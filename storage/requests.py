"""What is asked of the centre about a case, and what it decides: one row each, decided once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import requests


@dataclass(frozen=True, slots=True)
class Request:
    """One of them. `kind` is the action that asks, `role` as what; `value` says more of what is asked for.

    `state`: open, granted or refused, by whom, and for what `reason`.
    """

    id: int
    case_id: int
    kind: str
    words: str
    value: str
    role: str
    person_id: int
    unit_id: int | None
    state: str
    asked_at: datetime
    decided_by: int | None
    reason: str | None


_REQUEST = tuple(requests.c[name] for name in Request.__dataclass_fields__)


async def add(tx: AsyncConnection, **columns: Any) -> int:
    """A new one; its number."""
    new = insert(requests).values(state="open", **columns).returning(requests.c.id)
    return (await tx.execute(new)).scalar_one()


async def by_id(tx: AsyncConnection, number: int) -> Request | None:
    """One of them."""
    row = (await tx.execute(select(*_REQUEST).where(requests.c.id == number))).one_or_none()
    return Request(*row) if row else None


async def open_of(tx: AsyncConnection, case_id: int, kind: str) -> Sequence[Request]:
    """What of this kind waits for an answer about a case, the oldest first."""
    wanted = (requests.c.case_id == case_id, requests.c.state == "open", requests.c.kind == kind)
    rows = await tx.execute(select(*_REQUEST).where(*wanted).order_by(requests.c.id))
    return [Request(*row) for row in rows.all()]


async def decide(tx: AsyncConnection, number: int, state: str, by: int, at: datetime, reason: str | None) -> bool:
    """Granted or refused. False: somebody was faster."""
    told = update(requests).where(requests.c.id == number, requests.c.state == "open")
    return (await tx.execute(told.values(state=state, decided_by=by, decided_at=at, reason=reason))).rowcount == 1
