"""Which message shows which case where, so that a card is edited and not posted again.

A board is a card that shows no case (the table of a roll call): case 0, and its name instead of the place.
"""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.asking import ask, tell, value
from storage.database import upsert
from storage.tables import boards, cards

_SHOWN = select(cards.c.message_id).where(
    cards.c.case_id == bindparam("case"), cards.c.place == bindparam("at"), cards.c.recipient == bindparam("to")
)

_RENEW = delete(cards).where(
    cards.c.case_id == bindparam("case"), cards.c.place == bindparam("at"), cards.c.recipient == bindparam("to")
)
_PLACES = select(cards.c.place, cards.c.recipient).where(cards.c.case_id == bindparam("case"))
_BOARD = select(boards.c.message_id).where(boards.c.name == bindparam("called"), boards.c.recipient == bindparam("to"))
BOARD = 0


async def shown(tx: AsyncConnection, case_id: int, place: str, recipient: str) -> int | None:
    """The message that shows this case (or board) there."""
    if case_id == BOARD:
        return await value(tx, _BOARD, {"called": place, "to": recipient})
    return await value(tx, _SHOWN, {"case": case_id, "at": place, "to": recipient})


async def remember(tx: AsyncConnection, rows: Sequence[tuple[int, str, str, int]]) -> None:
    """Book (case, place, recipient, message)."""
    if of_boards := [row for row in rows if row[0] == BOARD]:
        await tell(
            tx,
            upsert(tx, boards, ["name", "recipient"], ["message_id"]),
            [{"name": name, "recipient": to, "message_id": message} for _, name, to, message in of_boards],
        )
    rows = [row for row in rows if row[0] != BOARD]
    if not rows:
        return
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
    return [(row.place, row.recipient) for row in await ask(tx, _PLACES, {"case": case_id})]


async def lose(tx: AsyncConnection, recipient: str) -> None:
    """A group is gone or has moved: its cards cannot be edited any more."""
    await tx.execute(delete(cards).where(cards.c.recipient == recipient))
    await tx.execute(delete(boards).where(boards.c.recipient == recipient))


async def renew(tx: AsyncConnection, case_id: int, place: str, recipient: str) -> None:
    """The next card there is a new message, which rings; the old one stays as it is."""
    if case_id == BOARD:
        await lose_board(tx, place, recipient)
        return
    await tell(tx, _RENEW, {"case": case_id, "at": place, "to": recipient})


async def lose_board(tx: AsyncConnection, name: str, recipient: str | None = None) -> None:
    """A board is over, everywhere or in one place: its message is no longer known."""
    here = boards.c.name == name if recipient is None else (boards.c.name == name) & (boards.c.recipient == recipient)
    await tx.execute(delete(boards).where(here))
