"""Lower grades that one dispatcher proposed and another decides on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.case import Colour, Level
from storage.tables import gradings


@dataclass(frozen=True, slots=True)
class Grading:
    """One of them, as it stands: proposed, agreed or refused."""

    id: int
    case_id: int
    level: Level
    colour: Colour
    reason: str
    state: str
    proposed_by: int
    proposed_at: datetime
    decided_by: int | None


_GRADING = tuple(gradings.c[name] for name in Grading.__dataclass_fields__)


async def propose(tx: AsyncConnection, **columns: Any) -> int:
    """A new proposal; its number."""
    new = insert(gradings).values(state="proposed", **columns).returning(gradings.c.id)
    return (await tx.execute(new)).scalar_one()


async def by_id(tx: AsyncConnection, number: int) -> Grading | None:
    """One of them."""
    row = (await tx.execute(select(*_GRADING).where(gradings.c.id == number))).one_or_none()
    if row is None:
        return None
    values: dict[str, Any] = {**row._mapping, "level": Level(row.level), "colour": Colour(row.colour)}
    return Grading(**values)


async def decide(tx: AsyncConnection, number: int, state: str, by: int, at: datetime) -> bool:
    """Agreed or refused. False: somebody was faster."""
    told = update(gradings).where(gradings.c.id == number, gradings.c.state == "proposed")
    return (await tx.execute(told.values(state=state, decided_by=by, decided_at=at))).rowcount == 1


async def waiting(tx: AsyncConnection, case_id: int) -> list[int]:
    """Numbers of the proposals of a case that nobody has decided on."""
    wanted = select(gradings.c.id).where(gradings.c.case_id == case_id, gradings.c.state == "proposed")
    return list((await tx.execute(wanted.order_by(gradings.c.id))).scalars())
