"""Numbers kept by name: how far a sweep has come, when something was last told."""

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import asking
from storage.database import upsert
from storage.tables import counters

_VALUE = select(counters.c.value).where(counters.c.name == bindparam("given"))


async def get(tx: AsyncConnection, name: str) -> int | None:
    """The number of this name."""
    return await asking.value(tx, _VALUE, {"given": name})


async def put(tx: AsyncConnection, name: str, value: int) -> None:
    """Keep a number under a name (at most 40 characters)."""
    await asking.tell(tx, upsert(tx, counters, ["name"], ["value"]), {"name": name, "value": value})
