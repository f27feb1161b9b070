"""Roll calls and household tasks: one row for each, and one part for each household group."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.seals import Seal
from storage.tables import nodes, round_parts, rounds


@dataclass(frozen=True, slots=True)
class Round:
    """One roll call or task over a place and everything below it.

    `stale`: its table must be shown anew. `state`: whether somebody else must agree before anybody is asked.
    """

    id: int
    kind: str
    caller_id: int
    node_id: int
    words: str
    opened_at: datetime
    closes_at: datetime
    remind_at: datetime | None
    closed_at: datetime | None
    stale: bool
    state: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one household group answered. `who`: who needs help, in words; `case_number`: the case made of that."""

    round_id: int
    node_id: int
    name: str
    path: str
    households: int
    done: int
    help: int
    missing: int
    who: str
    case_number: str | None
    answered_at: datetime | None


_NAMES = (
    "id",
    "kind",
    "caller_id",
    "node_id",
    "words",
    "opened_at",
    "closes_at",
    "remind_at",
    "closed_at",
    "stale",
    "state",
)
_ROUND = tuple(rounds.c[name] for name in _NAMES)
_PART = (
    round_parts.c.round_id,
    round_parts.c.node_id,
    nodes.c.name,
    nodes.c.path,
    round_parts.c.households,
    round_parts.c.done,
    round_parts.c.help,
    round_parts.c.missing,
    round_parts.c.who,
    round_parts.c.case_number,
    round_parts.c.answered_at,
)


def _part(seal: Seal, row: Any) -> Part:
    columns: dict[str, Any] = {**row._mapping, "who": seal.open(row.who).decode() if row.who else ""}
    return Part(**columns)


async def add(tx: AsyncConnection, row: dict[str, Any]) -> int:
    """A new round; returns its number."""
    return (await tx.execute(rounds.insert().returning(rounds.c.id), row)).scalar_one()


async def ask_all(tx: AsyncConnection, number: int, households: dict[int, int]) -> None:
    """These household groups are asked (place to households)."""
    parts = [{"round_id": number, "node_id": node, "households": count} for node, count in households.items()]
    await tx.execute(round_parts.insert(), parts)


async def by_id(tx: AsyncConnection, number: int) -> Round | None:
    """One round."""
    row = (await tx.execute(select(*_ROUND).where(rounds.c.id == number))).one_or_none()
    return Round(*row) if row else None


async def newest(tx: AsyncConnection, limit: int) -> Sequence[Round]:
    """The newest rounds first; none that nobody was asked."""
    rows = await tx.execute(select(*_ROUND).where(rounds.c.state == "open").order_by(rounds.c.id.desc()).limit(limit))
    return [Round(*row) for row in rows.all()]


async def part(tx: AsyncConnection, seal: Seal, number: int, node_id: int) -> Part | None:
    """What one household group answered."""
    row = (
        await tx.execute(
            select(*_PART)
            .join(nodes, nodes.c.id == round_parts.c.node_id)
            .where(round_parts.c.round_id == number, round_parts.c.node_id == node_id)
        )
    ).one_or_none()
    return _part(seal, row) if row else None


async def parts(tx: AsyncConnection, seal: Seal, number: int) -> Sequence[Part]:
    """All parts of a round, by the code of the place."""
    rows = await tx.execute(
        select(*_PART)
        .join(nodes, nodes.c.id == round_parts.c.node_id)
        .where(round_parts.c.round_id == number)
        .order_by(nodes.c.code)
    )
    return [_part(seal, row) for row in rows.all()]


async def answer(tx: AsyncConnection, seal: Seal, number: int, node_id: int, **columns: Any) -> None:
    """Write what a household group answered, and that the table must be shown anew."""
    if "who" in columns:
        columns["who"] = seal.close(columns["who"].encode()) if columns["who"] else None
    where = (round_parts.c.round_id == number, round_parts.c.node_id == node_id)
    await tx.execute(update(round_parts).where(*where).values(**columns))
    await tx.execute(update(rounds).where(rounds.c.id == number).values(stale=True))


async def close(tx: AsyncConnection, number: int, now: datetime) -> bool:
    """End a round, once. False: it was over already."""
    ended = update(rounds).where(rounds.c.id == number, rounds.c.closed_at.is_(None))
    return (await tx.execute(ended.values(closed_at=now, stale=True))).rowcount == 1


async def decide(tx: AsyncConnection, number: int, **columns: Any) -> bool:
    """Book what became of one that waits. False: somebody was faster, or it was given up."""
    waiting = update(rounds).where(rounds.c.id == number, rounds.c.state == "waiting", rounds.c.closed_at.is_(None))
    return (await tx.execute(waiting.values(**columns, stale=True))).rowcount == 1


async def change(tx: AsyncConnection, number: int, **columns: Any) -> None:
    """Book the next reminder, or that the table was shown."""
    await tx.execute(update(rounds).where(rounds.c.id == number).values(**columns))


async def due(tx: AsyncConnection, now: datetime, limit: int) -> Sequence[Round]:
    """Open rounds whose end or reminder has come."""
    rows = await tx.execute(
        select(*_ROUND)
        .where(rounds.c.closed_at.is_(None), or_(rounds.c.closes_at <= now, rounds.c.remind_at <= now))
        .order_by(rounds.c.closes_at)
        .limit(limit)
    )
    return [Round(*row) for row in rows.all()]


async def stale(tx: AsyncConnection, limit: int) -> Sequence[Round]:
    """Rounds whose table must be shown anew, in the words of their index."""
    rows = await tx.execute(select(*_ROUND).where(text("rounds.stale")).order_by(rounds.c.id).limit(limit))
    return [Round(*row) for row in rows.all()]


async def next_due(tx: AsyncConnection) -> datetime | None:
    """When the next round ends or reminds."""
    row = (
        await tx.execute(
            select(func.min(rounds.c.closes_at), func.min(rounds.c.remind_at)).where(rounds.c.closed_at.is_(None))
        )
    ).one()
    return min((at for at in row if at is not None), default=None)


async def names_of(tx: AsyncConnection, ids: Collection[int]) -> dict[int, str]:
    """Names of places."""
    rows = await tx.execute(select(nodes.c.id, nodes.c.name).where(nodes.c.id.in_(list(ids))))
    return {row.id: row.name for row in rows.all()}


async def groups_below(tx: AsyncConnection, path: str, depth: int) -> int:
    """How many places of this depth there are at a place and below it."""
    question = select(func.count()).where(
        nodes.c.path.startswith(path, autoescape=True), nodes.c.depth == depth, nodes.c.valid_to.is_(None)
    )
    return (await tx.execute(question)).scalar_one()
