"""The sender's pen: books what became of parcels, and fetches and puts into words what is owed next."""

from collections.abc import Collection, Mapping

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.case import Case
from bot.desk.desk import Desk, Office, write_down
from bot.outbox.channel import Outcome
from bot.outbox.parcel import Parcel
from bot.outbox.results import book
from bot.outbox.wording import cases_of, parcel_of
from storage import outbox
from storage.database import STORAGE
from storage.outbox import Owed

log = structlog.get_logger()

Finished = tuple[Parcel, Outcome]


class Clerk:
    """While it is `careful` each result and each letter gets a savepoint: a bad one is found and costs only itself."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.careful = False

    def desk(self, tx: AsyncConnection) -> Desk:
        """Where one transaction is written."""
        return Desk(tx, self._office, self._office.clock.now(), "sender")

    async def book(self, desk: Desk, finished: list[Finished]) -> None:
        """Write down what became of them, and what is owed because of that."""
        if not self.careful:
            await book(desk, finished)
        else:
            for one in finished:
                await self._book_carefully(desk, *one)
        await write_down(desk.tx, self._office, [desk])

    async def fetch(self, desk: Desk, most: int, out_of_turn: Collection[str]) -> list[Parcel]:
        """Claim so many rows at most, none for the addresses `out_of_turn`, and put them into words."""
        claimed = await outbox.claim(desk.tx, self._office.seals.content, desk.now(), most, out_of_turn)
        known = await cases_of(desk, claimed)
        return [await self._word(desk, owed, known) for owed in claimed]

    async def _book_carefully(self, desk: Desk, parcel: Parcel, outcome: Outcome) -> None:
        savepoint = await desk.tx.begin_nested()
        try:
            await book(desk, [(parcel, outcome)])
        except STORAGE:
            raise
        except Exception as error:  # noqa: BLE001 - one result that cannot be booked must not stop the others
            await savepoint.rollback()
            log.error("result_not_booked", row=parcel.owed.id, kind=parcel.owed.kind, error=type(error).__name__)
            await outbox.give_up(desk.tx, parcel.owed.id, f"not booked: {type(error).__name__}")
            return
        await savepoint.commit()

    async def _word(self, desk: Desk, owed: Owed, known: Mapping[int, Case]) -> Parcel:
        if not self.careful:
            return await parcel_of(desk, owed, known)
        savepoint = await desk.tx.begin_nested()
        try:
            parcel = await parcel_of(desk, owed, known)
        except STORAGE:
            raise
        except Exception as error:  # noqa: BLE001 - one letter that cannot be worded must not stop the others
            await savepoint.rollback()
            log.error("letter_not_worded", row=owed.id, kind=owed.kind, error=type(error).__name__)
            return Parcel(owed=owed, why=f"not worded: {type(error).__name__}", lost=True)
        await savepoint.commit()
        return parcel
