"""Broadcasts: kept, fed to the outbox in portions, booked, read, answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import and_, bindparam, func, insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.broadcast import Audience, Stand
from storage.asking import ask, tell, value
from storage.database import insert_new
from storage.seals import Seal
from storage.tables import broadcasts, people, publications, recipients, replies


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """One broadcast. `content` is what to send, in the channel's words but for the addressee; `card` the message that
    shows its progress to the maker."""

    id: int
    maker: int
    confirmer: int | None
    audience: Audience
    title: str
    content: Mapping[str, Any]
    receipt: bool
    urgent: bool
    stand: Stand
    total: int
    made_at: datetime
    starts_at: datetime
    began_at: datetime | None
    ended_at: datetime | None
    card: int | None
    tries: int
    reminding: bool
    reminded_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answered to a broadcast: words and the kinds of files; the name only of members."""

    at: datetime
    name: str | None
    said: Mapping[str, Any]


_NAMES = (
    "id",
    "maker",
    "confirmer",
    "audience",
    "title",
    "content",
    "receipt",
    "urgent",
    "stand",
    "total",
    "made_at",
    "starts_at",
    "began_at",
    "ended_at",
    "card",
    "tries",
    "reminding",
    "reminded_at",
)
_COLUMNS = tuple(broadcasts.c[name] for name in _NAMES)
_BY_IDS = select(*_COLUMNS).where(broadcasts.c.id.in_(bindparam("ids", expanding=True)))
_NEXT = (
    select(recipients.c.id)
    .where(recipients.c.broadcast_id == bindparam("broadcast"), recipients.c.state == "due")
    .order_by(recipients.c.id)
    .limit(bindparam("most"))
)
_TAKE = (
    update(recipients)
    .where(recipients.c.id.in_(_NEXT.scalar_subquery()))
    .values(state="owed")
    .returning(recipients.c.person_id)
)
_OF = (recipients.c.broadcast_id == bindparam("broadcast"), recipients.c.person_id == bindparam("who"))
_BOOK = update(recipients).where(*_OF).values(state=bindparam("now"), message_id=bindparam("message"))
_COUNTS = (
    select(recipients.c.state, func.count(), func.count(recipients.c.read_at))
    .where(recipients.c.broadcast_id == bindparam("broadcast"))
    .group_by(recipients.c.state)
)
_READ = update(recipients).where(*_OF, recipients.c.read_at.is_(None)).values(read_at=bindparam("at"))


def _broadcast(seal: Seal, row: Sequence[Any]) -> Broadcast:
    columns: dict[str, Any] = dict(zip(_NAMES, row, strict=True))
    columns["audience"] = Audience(**columns["audience"])
    columns["content"] = orjson.loads(seal.open(columns["content"]))
    columns["stand"] = Stand(columns["stand"])
    return Broadcast(**columns)


def _published(number: Any) -> Any:
    """Whether this is the result of a case."""
    return select(publications.c.id).where(publications.c.broadcast_id == number).exists()


async def add(tx: AsyncConnection, seal: Seal, content: Mapping[str, Any], **columns: Any) -> int | None:
    """Keep a new one; None if one of the same draft is there already."""
    row = {**columns, "content": seal.close(orjson.dumps(content))}
    return await value(tx, insert_new(tx, broadcasts, "id"), row)


async def by_id(tx: AsyncConnection, seal: Seal, broadcast_id: int) -> Broadcast | None:
    """One broadcast."""
    return (await by_ids(tx, seal, [broadcast_id])).get(broadcast_id)


async def by_ids(tx: AsyncConnection, seal: Seal, ids: Sequence[int]) -> dict[int, Broadcast]:
    """Several in one question."""
    return {row[0]: _broadcast(seal, row) for row in await ask(tx, _BY_IDS, {"ids": list(ids)})}


async def newest(tx: AsyncConnection, seal: Seal, limit: int) -> list[Broadcast]:
    """The newest first, without published results."""
    question = select(*_COLUMNS).where(~_published(broadcasts.c.id)).order_by(broadcasts.c.id.desc()).limit(limit)
    return [_broadcast(seal, row) for row in (await tx.execute(question)).all()]


async def open_now(tx: AsyncConnection, seal: Seal, now: datetime) -> list[Broadcast]:
    """Those to begin or to go on with, urgent ones first."""
    due = and_(broadcasts.c.stand == Stand.SCHEDULED.value, broadcasts.c.starts_at <= now)
    question = select(*_COLUMNS).where(or_(broadcasts.c.stand == Stand.SENDING.value, due))
    rows = await tx.execute(question.order_by(broadcasts.c.urgent.desc(), broadcasts.c.id))
    return [_broadcast(seal, row) for row in rows.all()]


async def reminding(tx: AsyncConnection, seal: Seal) -> list[Broadcast]:
    """Those of which some are still to be reminded. Asked each second: in the words of its index, or it is not used."""
    question = select(*_COLUMNS).where(text("broadcasts.reminding")).order_by(broadcasts.c.id)
    return [_broadcast(seal, row) for row in (await tx.execute(question)).all()]


async def next_start(tx: AsyncConnection) -> datetime | None:
    """When the next scheduled one begins."""
    waiting = broadcasts.c.stand == Stand.SCHEDULED.value
    return (await tx.execute(select(func.min(broadcasts.c.starts_at)).where(waiting))).scalar()


async def change(tx: AsyncConnection, broadcast_id: int, standing: Stand, **columns: Any) -> bool:
    """Change one that stands as given. False: it stands otherwise by now, somebody was faster."""
    of = (broadcasts.c.id == broadcast_id, broadcasts.c.stand == standing.value)
    return (await tx.execute(update(broadcasts).where(*of).values(**columns))).rowcount == 1


async def remember_card(tx: AsyncConnection, broadcast_id: int, message_id: int | None) -> None:
    """The message that shows its progress; None: it is gone."""
    await tx.execute(update(broadcasts).where(broadcasts.c.id == broadcast_id).values(card=message_id))


async def may_show(tx: AsyncConnection, broadcast_id: int, now: datetime, last: datetime) -> bool:
    """Whether its card may be edited again: not if it was after `last`. Books it as shown now."""
    rested = or_(broadcasts.c.shown_at.is_(None), broadcasts.c.shown_at <= last)
    told = update(broadcasts).where(broadcasts.c.id == broadcast_id, rested).values(shown_at=now)
    return (await tx.execute(told)).rowcount == 1


async def take(tx: AsyncConnection, broadcast_id: int, limit: int) -> list[int]:
    """The next people to owe it to; booked as owed."""
    return [row[0] for row in await ask(tx, _TAKE, {"broadcast": broadcast_id, "most": limit})]


async def book(tx: AsyncConnection, rows: Sequence[tuple[int, int, str, int | None]]) -> None:
    """What became of it: (broadcast, person, state, message)."""
    names = ("broadcast", "who", "now", "message")
    await tell(tx, _BOOK, [dict(zip(names, row, strict=True)) for row in rows])


async def call_off(tx: AsyncConnection, broadcast_id: int) -> None:
    """Whoever was not written to yet will not be."""
    of = (recipients.c.broadcast_id == broadcast_id, recipients.c.state == "due")
    await tx.execute(update(recipients).where(*of).values(state="stopped"))


async def counts(tx: AsyncConnection, broadcast_id: int) -> tuple[dict[str, int], int]:
    """How many of each state, and how many have read it."""
    rows = await ask(tx, _COUNTS, {"broadcast": broadcast_id})
    return {row[0]: row[1] for row in rows}, sum(row[2] for row in rows)


async def read(tx: AsyncConnection, broadcast_id: int, person_id: int, at: datetime) -> bool:
    """已收到. False: it was said before, or it was not sent to this person."""
    return await tell(tx, _READ, {"broadcast": broadcast_id, "who": person_id, "at": at}) == 1


async def got(tx: AsyncConnection, broadcast_id: int, person_id: int) -> bool:
    """Whether it was for this person."""
    question = select(recipients.c.id).where(*_OF)
    return (await tx.execute(question, {"broadcast": broadcast_id, "who": person_id})).first() is not None


async def answered(tx: AsyncConnection, person_id: int, message_id: int) -> int | None:
    """The broadcast that this message brought to this person; nobody reads answers to a published result."""
    unread = ~_published(recipients.c.broadcast_id)
    of = (recipients.c.person_id == person_id, recipients.c.message_id == message_id, unread)
    return (await tx.execute(select(recipients.c.broadcast_id).where(*of))).scalar()


async def keep_reply(
    tx: AsyncConnection, seal: Seal, broadcast_id: int, person_id: int, at: datetime, said: Mapping[str, Any]
) -> None:
    """Keep an answer, sealed."""
    row = {"broadcast_id": broadcast_id, "person_id": person_id, "at": at, "said": seal.close(orjson.dumps(said))}
    await tx.execute(insert(replies), row)


async def count_replies(tx: AsyncConnection, broadcast_id: int) -> int:
    """How many answers there are."""
    return (await tx.execute(select(func.count()).where(replies.c.broadcast_id == broadcast_id))).scalar_one()


async def replies_to(
    tx: AsyncConnection, seal: Seal, broadcast_id: int, after: int, limit: int
) -> list[tuple[int, Reply]]:
    """Answers with their numbers, the oldest first; `after` is the last number of the page before."""
    rows = await tx.execute(
        select(replies.c.id, replies.c.at, people.c.name, replies.c.said)
        .outerjoin(people, people.c.id == replies.c.person_id)
        .where(replies.c.broadcast_id == broadcast_id, replies.c.id > after)
        .order_by(replies.c.id)
        .limit(limit)
    )
    return [(row.id, Reply(row.at, row.name, orjson.loads(seal.open(row.said)))) for row in rows.all()]
