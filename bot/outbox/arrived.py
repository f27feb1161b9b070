"""What has arrived and is not booked yet, as it is noted for whoever is in charge next.

On a server a booking waits in the queue of all writers; what arrived meanwhile would come twice if this program died.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import structlog

from bot.outbox.channel import Outcome, Verdict
from bot.outbox.parcel import Parcel
from storage import outbox
from storage.database import Database
from storage.outbox import ANSWER, Owed

log = structlog.get_logger()


class Notes:
    """Those that arrive while another is noted are noted together."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._notes: list[tuple[int, dict[str, Any]]] = []
        self._noting = asyncio.Lock()

    async def note(self, parcel: Parcel, outcome: Outcome) -> None:
        """It has arrived: said beside the queue of writers, so that it is not sent again should booking never come."""
        self._notes.append((parcel.owed.id, noted(parcel, outcome)))
        async with self._noting:
            notes, self._notes = self._notes, []
            if not notes:
                return
            try:
                async with self._database.beside() as tx:
                    await outbox.arrived(tx, notes)
            except Exception as error:  # noqa: BLE001 - a note can be missed: it is going to be booked
                log.warning("arrival_not_noted", error=type(error).__name__)


def noted(parcel: Parcel, outcome: Outcome) -> dict[str, Any]:
    """All that booking needs. The chat of a person is not noted: it would tell who reported."""
    return {
        "method": parcel.method,
        "chat": min(parcel.chat, 0),
        "card": parcel.card,
        "editing": parcel.editing,
        "messages": outcome.message_ids,
    }


def as_noted(owed: Owed, note: Mapping[str, Any]) -> tuple[Parcel, Outcome]:
    """What is to be booked."""
    parcel = Parcel(
        owed=owed,
        chat=note["chat"],
        method=note["method"],
        params=owed.body["params"] if owed.kind == ANSWER else {},
        card=None if note["card"] is None else tuple(note["card"]),
        editing=note["editing"],
    )
    return parcel, Outcome(Verdict.SENT, result=[{"message_id": number} for number in note["messages"]])
