"""Numbers kept by name: how far a sweep has come, when something was last told."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import upsert
from storage.tables import counters


async def get(tx: AsyncConnection, name: str) -> int | None:
    """The number of this name."""
    return (await tx.execute(select(counters.c.value).where(counters.c.name == name))).scalar()


async def put(tx: AsyncConnection, name: str, value: int) -> None:
    """Keep a number under a name (at most 40 characters)."""
    await tx.execute(upsert(tx, counters, ["name"], ["value"]), {"name": name, "value": value})
