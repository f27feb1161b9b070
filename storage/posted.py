"""What stands about which case where: the messages that may have to be taken back.

A group is kept with its number, somebody's private chat without: the way to people is sealed elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.asking import ask, tell
from storage.database import insert_new
from storage.tables import cards, posted


@dataclass(frozen=True, slots=True)
class Posted:
    """One message. `chat_id`: of a group; `words`: it can be edited into other words, unlike a picture or a voice."""

    case_id: int
    recipient: str
    chat_id: int | None
    message_id: int
    words: bool
    at: datetime


_NAMES = ("case_id", "recipient", "chat_id", "message_id", "words", "at")
_OF_CASE = (
    select(*(posted.c[name] for name in _NAMES))
    .where(posted.c.case_id == bindparam("case"))
    .order_by(posted.c.recipient, posted.c.message_id)
)


async def remember(tx: AsyncConnection, rows: Sequence[Posted]) -> None:
    """Book where something stands."""
    if rows:
        await tell(tx, insert_new(tx, posted), [{name: getattr(one, name) for name in _NAMES} for one in rows])


async def of_case(tx: AsyncConnection, case_id: int) -> list[Posted]:
    """Everything that stands about a case, the oldest first in each place."""
    return [Posted(*row) for row in await ask(tx, _OF_CASE, {"case": case_id})]


async def forget(tx: AsyncConnection, case_id: int, recipient: str, message_id: int) -> None:
    """It stands there no more, or cannot be taken back; if it was a card, the next one is a new message."""
    await tx.execute(delete(posted).where(posted.c.recipient == recipient, posted.c.message_id == message_id))
    here = and_(cards.c.case_id == case_id, cards.c.recipient == recipient, cards.c.message_id == message_id)
    await tx.execute(delete(cards).where(here))


async def forget_before(tx: AsyncConnection, moment: datetime, limit: int) -> int:
    """Forget what is so old that nobody looks there any more."""
    old = select(posted.c.recipient, posted.c.message_id).where(posted.c.at < moment).limit(limit).subquery()
    same = and_(posted.c.recipient == old.c.recipient, posted.c.message_id == old.c.message_id)
    return (await tx.execute(delete(posted).where(select(old.c.message_id).where(same).exists()))).rowcount
