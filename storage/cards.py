"""Which message shows which case where, so that a card is edited and not posted again."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import upsert
from storage.tables import cards


async def shown(tx: AsyncConnection, case_id: int, place: str, recipient: str) -> int | None:
    """The message that shows this case there."""
    return (
        await tx.execute(
            select(cards.c.message_id).where(
                cards.c.case_id == case_id, cards.c.place == place, cards.c.recipient == recipient
            )
        )
    ).scalar()


async def remember(tx: AsyncConnection, rows: Sequence[tuple[int, str, str, int]]) -> None:
    """Book (case, place, recipient, message)."""
    await tx.execute(
        upsert(tx, cards, ["case_id", "place", "recipient"], ["message_id"]),
        [
            {"case_id": case, "place": place, "recipient": to, "message_id": message}
            for case, place, to, message in rows
        ],
    )


async def case_behind(tx: AsyncConnection, recipients: Sequence[str], message_id: int) -> int | None:
    """The case that a message in one of these chats shows (somebody replied to it)."""
    return (
        await tx.execute(
            select(cards.c.case_id).where(cards.c.recipient.in_(recipients), cards.c.message_id == message_id).limit(1)
        )
    ).scalar()


async def places(tx: AsyncConnection, case_id: int) -> list[tuple[str, str]]:
    """Where a case is shown: (place, recipient)."""
    rows = await tx.execute(select(cards.c.place, cards.c.recipient).where(cards.c.case_id == case_id))
    return [(row.place, row.recipient) for row in rows.all()]


async def lose(tx: AsyncConnection, recipient: str) -> None:
    """A group is gone or has moved: its cards cannot be edited any more."""
    await tx.execute(delete(cards).where(cards.c.recipient == recipient))
