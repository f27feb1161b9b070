"""Which message shows which case where, so that a card is edited and not posted again."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.asking import tell, value
from storage.database import upsert
from storage.tables import cards

_SHOWN = select(cards.c.message_id).where(
    cards.c.case_id == bindparam("case"), cards.c.place == bindparam("at"), cards.c.recipient == bindparam("to")
)


async def shown(tx: AsyncConnection, case_id: int, place: str, recipient: str) -> int | None:
    """The message that shows this case there."""
    return await value(tx, _SHOWN, {"case": case_id, "at": place, "to": recipient})


async def remember(tx: AsyncConnection, rows: Sequence[tuple[int, str, str, int]]) -> None:
    """Book (case, place, recipient, message)."""
    await tell(
        tx,
        upsert(tx, cards, ["case_id", "place", "recipient"], ["message_id"]),
        [
            {"case_id": case, "place": place, "recipient": to, "message_id": message}
            for case, place, to, message in rows
        ],
    )


async def places(tx: AsyncConnection, case_id: int) -> list[tuple[str, str]]:
    """Where a case is shown: (place, recipient)."""
    rows = await tx.execute(select(cards.c.place, cards.c.recipient).where(cards.c.case_id == case_id))
    return [(row.place, row.recipient) for row in rows.all()]


async def lose(tx: AsyncConnection, recipient: str) -> None:
    """A group is gone or has moved: its cards cannot be edited any more."""
    await tx.execute(delete(cards).where(cards.c.recipient == recipient))


async def renew(tx: AsyncConnection, case_id: int, place: str, recipient: str) -> None:
    """The next card there is a new message, which rings; the old one stays as it is."""
    await tx.execute(
        delete(cards).where(cards.c.case_id == case_id, cards.c.place == place, cards.c.recipient == recipient)
    )
