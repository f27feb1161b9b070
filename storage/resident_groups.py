"""Groups of residents: which place of the grid a group of neighbours stands for."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import upsert
from storage.tables import resident_groups


async def place_of(tx: AsyncConnection, chat_id: int) -> int | None:
    """The place of a group of residents; None for any other group."""
    return (await tx.execute(select(resident_groups.c.node_id).where(resident_groups.c.chat_id == chat_id))).scalar()


async def bind(tx: AsyncConnection, chat_id: int, node_id: int, person_id: int, now: datetime) -> None:
    """Make a group the one of a place, whatever it was before."""
    row = {"chat_id": chat_id, "node_id": node_id, "bound_by": person_id, "bound_at": now}
    await tx.execute(upsert(tx, resident_groups, ["chat_id"], ["node_id", "bound_by", "bound_at"]), row)


async def unbind(tx: AsyncConnection, chat_id: int) -> int | None:
    """It is no group of residents any more. Returns the place it had."""
    gone = delete(resident_groups).where(resident_groups.c.chat_id == chat_id).returning(resident_groups.c.node_id)
    return (await tx.execute(gone)).scalar()


async def move_chat(tx: AsyncConnection, old: int, new: int) -> None:
    """A group became a supergroup: follow it."""
    await tx.execute(update(resident_groups).where(resident_groups.c.chat_id == old).values(chat_id=new))
