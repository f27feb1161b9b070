"""What arrived: raw updates, written down before they are acknowledged, wiped when dealt with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.tables import inbox


@dataclass(frozen=True, slots=True)
class Arrival:
    """One update as it came: sealed JSON, whose it is (a person's number, None if nobody's), how often it was tried."""

    id: int
    person: int | None
    raw: bytes
    attempts: int
    received_at: datetime


_WAITING = (
    select(inbox.c.id, inbox.c.person, inbox.c.raw, inbox.c.attempts, inbox.c.received_at)
    .where(
        inbox.c.state == "new",
        or_(inbox.c.not_before.is_(None), inbox.c.not_before <= bindparam("now")),
    )
    .order_by(inbox.c.id)
    .limit(bindparam("limit"))
)
_DONE = update(inbox).where(inbox.c.id == bindparam("row")).values(state="done", raw=None, person=None, trouble=None)


async def keep(tx: AsyncConnection, rows: Sequence[dict[str, Any]]) -> None:
    """Write down what arrived: dicts of bot_id, update_id, deed, person, raw, state, received_at.

    One whose update id or deed (the same message under another update id) is known is left alone.
    """
    await tx.execute(insert_new(tx, inbox), rows)


async def waiting(tx: AsyncConnection, now: datetime, limit: int, *, retrying: bool) -> list[Arrival]:
    """The oldest arrivals to deal with now, in order per person.

    While something is `retrying`, later arrivals of a person whose earlier one waits for another try are left out.
    """
    rows = (await tx.execute(_WAITING, {"now": now, "limit": limit})).all()
    held = await _held(tx, now) if retrying else set[int]()
    return [Arrival(*row) for row in rows if row.person is None or row.person not in held]


async def _held(tx: AsyncConnection, now: datetime) -> set[int]:
    later = select(inbox.c.person).where(and_(inbox.c.state == "new", inbox.c.not_before > now))
    return set((await tx.execute(later)).scalars())


async def done(tx: AsyncConnection, ids: Sequence[int]) -> None:
    """Book them as dealt with and wipe what they said and whose they were."""
    await tx.execute(_DONE, [{"row": row} for row in ids])


async def try_again(tx: AsyncConnection, row: int, at: datetime, trouble: str) -> None:
    """Another try at `at`. `trouble` is the kind of error, never its text (it may quote somebody)."""
    await tx.execute(
        update(inbox).where(inbox.c.id == row).values(attempts=inbox.c.attempts + 1, not_before=at, trouble=trouble)
    )


async def give_up(tx: AsyncConnection, row: int, trouble: str) -> None:
    """A dead letter: kept sealed, for a person to look at."""
    await tx.execute(
        update(inbox).where(inbox.c.id == row).values(state="dead", attempts=inbox.c.attempts + 1, trouble=trouble)
    )


async def next_try(tx: AsyncConnection) -> datetime | None:
    """When the earliest waiting row may be tried again."""
    return (
        await tx.execute(
            select(func.min(inbox.c.not_before)).where(inbox.c.state == "new", inbox.c.not_before.is_not(None))
        )
    ).scalar()


async def forget_before(tx: AsyncConnection, moment: datetime, limit: int) -> int:
    """Delete what was done before `moment` (Telegram repeats nothing older than a day; eight days are kept)."""
    old = select(inbox.c.id).where(inbox.c.state == "done", inbox.c.received_at < moment).limit(limit)
    return (await tx.execute(delete(inbox).where(inbox.c.id.in_(old)))).rowcount


async def counts(tx: AsyncConnection) -> dict[str, int]:
    """How many wait and how many are dead."""
    rows = await tx.execute(
        select(inbox.c.state, func.count()).where(inbox.c.state.in_(("new", "dead"))).group_by(inbox.c.state)
    )
    return {state: count for state, count in rows.all()}
