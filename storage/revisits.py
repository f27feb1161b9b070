"""回访: whom it falls to, until when, and what was heard; one row for each round of a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.tables import revisits


@dataclass(frozen=True, slots=True)
class Revisit:
    """One call-back. `tries`: how often nobody was reached; `asked_at`: when the bot asked; state open, reached, missed
    or dropped (it is done again)."""

    case_id: int
    round: int
    why: str
    caller_id: int | None
    state: str
    due_at: datetime
    tries: int
    asked_at: datetime | None
    reached_at: datetime | None
    solved: str | None
    satisfied: int | None
    note: str | None


_NAMES = (
    *("case_id", "round", "why", "caller_id", "state", "due_at"),
    *("tries", "asked_at", "reached_at", "solved", "satisfied", "note"),
)
_ROWS = select(*(revisits.c[name] for name in _NAMES))


async def add(tx: AsyncConnection, row: dict[str, Any]) -> bool:
    """Open one. False: this round of the case has one already."""
    return (await tx.execute(insert_new(tx, revisits, "case_id"), row)).one_or_none() is not None


async def of_round(tx: AsyncConnection, case_id: int, number: int) -> Revisit | None:
    """The call-back of a round."""
    one = revisits.c.case_id == case_id, revisits.c.round == number
    row = (await tx.execute(_ROWS.where(*one))).one_or_none()
    return Revisit(*row) if row else None


async def change(tx: AsyncConnection, case_id: int, number: int, **columns: Any) -> None:
    """Write what was done or heard."""
    one = revisits.c.case_id == case_id, revisits.c.round == number
    await tx.execute(update(revisits).where(*one).values(**columns))


async def drop(tx: AsyncConnection, case_id: int, number: int, now: datetime) -> None:
    """Nobody need be asked about this round any more."""
    one = revisits.c.case_id == case_id, revisits.c.round == number, revisits.c.state == "open"
    await tx.execute(update(revisits).where(*one).values(state="dropped", ended_at=now, remind_at=None))


async def waiting(tx: AsyncConnection, after: tuple[datetime, int] | None, limit: int) -> Sequence[Revisit]:
    """Open ones, those first that are due first; `after` is due time and case of the last one of the page before."""
    question = _ROWS.where(revisits.c.state == "open").order_by(revisits.c.due_at, revisits.c.case_id).limit(limit)
    if after is not None:
        until, case_id = after
        same = and_(revisits.c.due_at == until, revisits.c.case_id > case_id)
        question = question.where(or_(revisits.c.due_at > until, same))
    return [Revisit(*row) for row in (await tx.execute(question)).all()]


async def due(tx: AsyncConnection, now: datetime, limit: int) -> Sequence[Revisit]:
    """Those of which somebody is to be reminded now."""
    question = _ROWS.where(revisits.c.remind_at <= now).order_by(revisits.c.remind_at).limit(limit)
    return [Revisit(*row) for row in (await tx.execute(question)).all()]
