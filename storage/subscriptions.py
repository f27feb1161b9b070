"""Who follows which places, and what they want to hear of each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.topics import Topic
from storage.database import upsert
from storage.tables import subscriptions

_TOPICS = tuple(topic.value for topic in Topic)


@dataclass(frozen=True, slots=True)
class Subscription:
    """A place that somebody follows. Of no topic they hear nothing but still follow it."""

    node_id: int
    topics: frozenset[Topic]


async def of_person(tx: AsyncConnection, person_id: int) -> list[Subscription]:
    """The places somebody follows, the first followed first."""
    columns = (subscriptions.c.node_id, *(subscriptions.c[name] for name in _TOPICS))
    question = select(*columns).where(subscriptions.c.person_id == person_id)
    rows = (await tx.execute(question.order_by(subscriptions.c.since, subscriptions.c.node_id))).all()
    return [Subscription(row[0], frozenset(t for t, on in zip(Topic, row[1:], strict=True) if on)) for row in rows]


async def keep(tx: AsyncConnection, person_id: int, one: Subscription, now: datetime) -> None:
    """Follow a place, or change what is heard of it."""
    row = {"person_id": person_id, "node_id": one.node_id, "since": now}
    told = {topic.value: topic in one.topics for topic in Topic}
    await tx.execute(upsert(tx, subscriptions, ["person_id", "node_id"], _TOPICS), {**row, **told})


async def stop(tx: AsyncConnection, person_id: int, node_ids: Collection[int] | None = None) -> None:
    """Follow these places no more; None: any."""
    gone = delete(subscriptions).where(subscriptions.c.person_id == person_id)
    await tx.execute(gone if node_ids is None else gone.where(subscriptions.c.node_id.in_(node_ids)))
