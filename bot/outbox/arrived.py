"""What has arrived and is not booked yet, as it is noted for the program that comes next.

A booking waits: for the disk, on a server for the writers of all programs too. What arrived meanwhile would come twice
if this program died.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.outbox.channel import Outcome, Verdict
from bot.outbox.parcel import Parcel
from storage import outbox
from storage.database import Database
from storage.noted import NotesFile
from storage.outbox import ANSWER, Note, Owed

log = structlog.get_logger()


class Notes:
    """In the table on a server; a file has one writer, so there in lines of their own, which wait for nobody."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._file = NotesFile(database.file) if database.file else None
        self._notes: list[Note] = []
        self._noting = asyncio.Lock()

    async def note(self, parcel: Parcel, outcome: Outcome) -> None:
        """It has arrived: said beside the queue of writers, so that it is not sent again should booking never come."""
        note = Note(parcel.owed.id, parcel.owed.key, parcel.owed.attempts, noted(parcel, outcome))
        try:
            if self._file:
                self._file.add(note)
            else:
                await self._write(note)
        except Exception as error:  # noqa: BLE001 - a note can be missed: it is going to be booked
            log.warning("arrival_not_noted", error=type(error).__name__)

    async def _write(self, note: Note) -> None:
        """Those that arrive while another is noted are noted together."""
        self._notes.append(note)
        async with self._noting:
            notes, self._notes = self._notes, []
            if notes:
                async with self._database.beside() as tx:
                    await outbox.arrived(tx, notes)

    async def bring(self, tx: AsyncConnection) -> None:
        """At start: what an earlier program noted is in the table from now on."""
        if self._file is None:
            return
        try:
            await self._file.bring(tx)
        except OSError as error:
            log.warning("notes_not_read", error=type(error).__name__)

    def all_booked(self) -> None:
        """Nothing that was noted waits to be booked."""
        if self._file is None:
            return
        try:
            self._file.wipe()
        except OSError as error:
            log.warning("notes_not_wiped", error=type(error).__name__)

    def close(self) -> None:
        """Nothing is noted any more."""
        if self._file:
            self._file.close()


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
