"""Running clocks: what must fire for a case and when. Fired by a conditional update, so once whoever ticks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.asking import ask, tell
from storage.database import insert_new
from storage.tables import clocks


@dataclass(frozen=True, slots=True)
class Due:
    """One clock that ran out."""

    id: int
    case_id: int
    kind: str
    step: int
    audience: str
    at: datetime


_NAMES = ("id", "case_id", "kind", "step", "audience", "at")
_RAN_OUT = select(*(clocks.c[name] for name in _NAMES)).where(
    clocks.c.fired_at.is_(None), clocks.c.at <= bindparam("now")
)
_DUE = _RAN_OUT.order_by(clocks.c.at).limit(bindparam("most"))
_OF_CASES = _RAN_OUT.where(clocks.c.case_id.in_(bindparam("cases", expanding=True))).order_by(clocks.c.at)
_FIRE = update(clocks).where(clocks.c.id == bindparam("row"), clocks.c.fired_at.is_(None))
_STOP = clocks.delete().where(clocks.c.case_id == bindparam("case"), clocks.c.fired_at.is_(None))


async def set_clocks(tx: AsyncConnection, rows: Sequence[dict[str, Any]]) -> None:
    """Set clocks: dicts of case_id, kind, step, audience, at. One that has fired already stays fired."""
    await tell(tx, insert_new(tx, clocks), rows)


async def stop(tx: AsyncConnection, case_id: int) -> None:
    """The case moved: what has not fired never will."""
    await tell(tx, _STOP, {"case": case_id})


async def due(tx: AsyncConnection, now: datetime, limit: int) -> list[Due]:
    """Clocks that ran out by `now`, the longest-waiting first: `limit` of them, and all others of the same cases.

    So whatever ran out of one case is said together.
    """
    found = await ask(tx, _DUE, {"now": now, "most": limit})
    if len(found) == limit:
        found = await ask(tx, _OF_CASES, {"now": now, "cases": list({row.case_id for row in found})})
    return [Due(*row) for row in found]


async def fire(tx: AsyncConnection, clock_id: int, now: datetime) -> bool:
    """Book one as fired. False: somebody else did."""
    return await tell(tx, _FIRE, {"row": clock_id, "fired_at": now}) == 1


async def next_due(tx: AsyncConnection) -> datetime | None:
    """When the next clock runs out."""
    return (await tx.execute(select(func.min(clocks.c.at)).where(clocks.c.fired_at.is_(None)))).scalar()
