"""监督单: who watches which case for its place, until when a look is due, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.asking import ask, tell
from storage.people import in_office
from storage.tables import duties, people, supervisions


@dataclass(frozen=True, slots=True)
class Order:
    """One open order. `due_at`: until when the result is to be looked at; `remind_at`: when they are reminded next."""

    id: int
    case_id: int
    person_id: int
    remind_at: datetime | None
    due_at: datetime | None


_NAMES = ("id", "case_id", "person_id", "remind_at", "due_at")
_ORDER = select(*(supervisions.c[name] for name in _NAMES)).where(supervisions.c.state == "open")
_OF_CASE = _ORDER.where(supervisions.c.case_id == bindparam("case"))
_DUE = (
    _ORDER.where(supervisions.c.remind_at <= bindparam("now"))
    .order_by(supervisions.c.remind_at)
    .limit(bindparam("most"))
)
_NEW = insert(supervisions)
_CHANGE = update(supervisions).where(supervisions.c.id == bindparam("row"), supervisions.c.state == "open")


async def of_case(tx: AsyncConnection, case_id: int) -> Order | None:
    """The open order of a case."""
    row = next(iter(await ask(tx, _OF_CASE, {"case": case_id})), None)
    return Order(*row) if row else None


async def give(tx: AsyncConnection, case_id: int, person_id: int, now: datetime, remind_at: datetime | None) -> None:
    """Open an order. A case has one at a time."""
    row = {"case_id": case_id, "person_id": person_id, "given_at": now, "remind_at": remind_at}
    await tell(tx, _NEW, row)


async def change(tx: AsyncConnection, order_id: int, **columns: Any) -> bool:
    """Write on an open order. False: it is open no longer."""
    return await tell(tx, _CHANGE, {"row": order_id, **columns}) == 1


async def due(tx: AsyncConnection, now: datetime, limit: int) -> Sequence[Order]:
    """Orders of which somebody is to be reminded now."""
    return [Order(*row) for row in await ask(tx, _DUE, {"now": now, "most": limit})]


async def orphaned(tx: AsyncConnection, now: datetime, limit: int) -> Sequence[Order]:
    """Open orders of those who are grid members no longer (left, suspended, over) or cannot be reached."""
    whose = duties.c.person_id == supervisions.c.person_id
    serves = select(duties.c.id).where(whose, duties.c.role == "grid_member", in_office(now)).exists()
    gone = select(people.c.id).where(people.c.id == supervisions.c.person_id, people.c.reachable.is_(False)).exists()
    question = _ORDER.where(or_(~serves, gone)).order_by(supervisions.c.case_id).limit(limit)
    return [Order(*row) for row in (await tx.execute(question)).all()]
