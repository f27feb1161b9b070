"""Legal holds: cases whose way back to the reporter must be kept, though the reporter asked to be forgotten."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import upsert
from storage.tables import holds


async def held(tx: AsyncConnection, case_ids: Collection[int]) -> frozenset[int]:
    """Which of these cases are held."""
    question = select(holds.c.case_id).where(holds.c.case_id.in_(list(case_ids)))
    return frozenset((await tx.execute(question)).scalars())


async def put(tx: AsyncConnection, case_id: int, why: str, at: datetime) -> None:
    """Hold a case; a second time changes the reason."""
    await tx.execute(upsert(tx, holds, ["case_id"], ["why", "at"]), {"case_id": case_id, "why": why, "at": at})


async def lift(tx: AsyncConnection, case_id: int) -> bool:
    """Hold it no more. Whether it was held."""
    return (await tx.execute(delete(holds).where(holds.c.case_id == case_id))).rowcount > 0
