"""Who wants the news of which place."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.tables import subscriptions


async def subscribe(tx: AsyncConnection, person_id: int, node_id: int, since: datetime) -> bool:
    """Somebody wants the news of a place. False: they had it already."""
    row = {"person_id": person_id, "node_id": node_id, "since": since}
    return (await tx.execute(insert_new(tx, subscriptions), row)).rowcount == 1


async def subscribed(tx: AsyncConnection, person_id: int) -> list[int]:
    """The places somebody wants the news of."""
    question = select(subscriptions.c.node_id).where(subscriptions.c.person_id == person_id)
    return list((await tx.execute(question.order_by(subscriptions.c.node_id))).scalars())


async def unsubscribe(tx: AsyncConnection, person_id: int, node_id: int | None = None) -> int:
    """No more news of a place, or of any. Returns how many subscriptions ended."""
    of = [subscriptions.c.person_id == person_id]
    if node_id is not None:
        of.append(subscriptions.c.node_id == node_id)
    return (await tx.execute(subscriptions.delete().where(*of))).rowcount
