"""What arrived: raw updates, written down before they are acknowledged, wiped when dealt with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.asking import ask, tell
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


_later = inbox.alias("later")
_HELD = select(_later.c.person).where(
    _later.c.state == "new", _later.c.not_before > bindparam("now"), _later.c.person.is_not(None)
)
_WAITING = (
    select(inbox.c.id, inbox.c.person, inbox.c.raw, inbox.c.attempts, inbox.c.received_at)
    .where(
        inbox.c.state == "new",
        or_(inbox.c.not_before.is_(None), inbox.c.not_before <= bindparam("now")),
        or_(inbox.c.person.is_(None), inbox.c.person.not_in(_HELD)),
    )
    .order_by(inbox.c.id)
    .limit(bindparam("limit"))
)
_QUEUED = select(inbox.c.person).where(inbox.c.state == "new")
_SEEN = select(inbox.c.update_id, inbox.c.deed).where(
    or_(
        and_(inbox.c.bot_id == bindparam("bot"), inbox.c.update_id.in_(bindparam("updates", expanding=True))),
        inbox.c.deed.in_(bindparam("deeds", expanding=True)),
    )
)
_DONE = update(inbox).where(inbox.c.id == bindparam("row")).values(state="done", raw=None, person=None, trouble=None)


async def keep(tx: AsyncConnection, rows: Sequence[dict[str, Any]]) -> None:
    """Write down what arrived: dicts of bot_id, update_id, deed, person, raw, state, attempts, received_at, not_before,
    trouble. What is dealt with already is written down as done, without person and words.

    One whose update id or deed (the same message under another update id) is known is left alone.
    """
    await tell(tx, insert_new(tx, inbox), rows)


async def known(
    tx: AsyncConnection, bot_id: int, updates: Sequence[int], deeds: Sequence[int]
) -> tuple[set[int], set[int]]:
    """Which of these update ids and deeds are written down already."""
    given = {"bot": bot_id, "updates": list(updates), "deeds": list(deeds)}
    rows = await ask(tx, _SEEN, given)
    return {row.update_id for row in rows}, {row.deed for row in rows if row.deed is not None}


async def waiting(tx: AsyncConnection, now: datetime, limit: int) -> list[Arrival]:
    """The oldest arrivals to work on now; not those of somebody whose earlier one waits for another try."""
    return [Arrival(*row) for row in await ask(tx, _WAITING, {"now": now, "limit": limit})]


async def queued(tx: AsyncConnection) -> set[int]:
    """People of whom something waits; what comes after it must wait too."""
    return {row.person for row in await ask(tx, _QUEUED)}


async def done(tx: AsyncConnection, ids: Sequence[int]) -> None:
    """Book them as dealt with and wipe what they said and whose they were."""
    await tell(tx, _DONE, [{"row": row} for row in ids])


async def put_off(
    tx: AsyncConnection, row: int, state: str, attempts: int, not_before: datetime | None, trouble: str | None
) -> None:
    """Another try at `not_before` (state new), or a dead letter, kept sealed for a person to look at.

    `trouble` is the kind of error, never its text (it may quote somebody).
    """
    await tx.execute(
        update(inbox)
        .where(inbox.c.id == row)
        .values(state=state, attempts=attempts, not_before=not_before, trouble=trouble)
    )


async def put_right(tx: AsyncConnection, now: datetime, latest: datetime, longest: timedelta) -> int:
    """The clock was ahead, up to `latest`, and is no more: what it put off (`longest` at most) may be tried now."""
    late = and_(inbox.c.state == "new", inbox.c.not_before > now, inbox.c.not_before <= latest + longest)
    return (await tx.execute(update(inbox).where(late).values(not_before=now))).rowcount


async def forget_before(tx: AsyncConnection, moment: datetime, limit: int) -> int:
    """Delete what was done before `moment` (Telegram repeats nothing older than a day; eight days are kept)."""
    old = select(inbox.c.id).where(inbox.c.state == "done", inbox.c.received_at < moment).limit(limit)
    return (await tx.execute(delete(inbox).where(inbox.c.id.in_(old)))).rowcount


async def backlog(tx: AsyncConnection, now: datetime) -> tuple[int, datetime | None]:
    """How many wait to be worked on now, and since when the oldest of them could be."""
    since = func.min(func.coalesce(inbox.c.not_before, inbox.c.received_at), type_=inbox.c.received_at.type)
    due = or_(inbox.c.not_before.is_(None), inbox.c.not_before <= now)
    row = (await tx.execute(select(func.count(), since).where(inbox.c.state == "new", due))).one()
    return row[0], row[1]


async def dead(tx: AsyncConnection) -> int:
    """How many nobody could deal with."""
    return (await tx.execute(select(func.count()).where(inbox.c.state == "dead"))).scalar_one()


@dataclass(frozen=True, slots=True)
class Dead:
    """A dead letter, without what is in it: since when, and the kind of error."""

    id: int
    at: datetime
    trouble: str


async def dead_ones(tx: AsyncConnection, limit: int) -> list[Dead]:
    """The oldest that nobody could deal with."""
    dead = select(inbox.c.id, inbox.c.received_at, inbox.c.trouble).where(inbox.c.state == "dead")
    rows = await tx.execute(dead.order_by(inbox.c.id).limit(limit))
    return [Dead(row.id, row.received_at, row.trouble or "") for row in rows]


async def raise_dead(tx: AsyncConnection) -> int:
    """All that nobody could deal with is tried anew, from the first attempt. Returns how many."""
    dead = update(inbox).where(inbox.c.state == "dead")
    return (await tx.execute(dead.values(state="new", attempts=0, not_before=None))).rowcount


async def bury_dead(tx: AsyncConnection) -> int:
    """Wipe what nobody could deal with; that it came stays known. Returns how many."""
    dead = update(inbox).where(inbox.c.state == "dead")
    return (await tx.execute(dead.values(state="done", raw=None, person=None))).rowcount


async def counts(tx: AsyncConnection) -> dict[str, int]:
    """How many wait and how many are dead."""
    rows = await tx.execute(
        select(inbox.c.state, func.count()).where(inbox.c.state.in_(("new", "dead"))).group_by(inbox.c.state)
    )
    return {row[0]: row[1] for row in rows.all()}
