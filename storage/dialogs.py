"""Where each conversation stands: the step and what was said so far, sealed, in the transaction of everything else."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.asking import ask, tell
from storage.database import upsert
from storage.people import PERSON, Person
from storage.seals import Seal
from storage.tables import dialogs, people


@dataclass(slots=True)
class Dialog:
    """The step (None: nothing is going on) and the words of one person in one place (0: privately, else a group)."""

    person_id: int
    place: int
    state: str | None = None
    data: dict[str, Any] = field(default_factory=dict[str, Any])
    remind_at: datetime | None = None
    reminded: int = 0
    changed: bool = False


_DIALOG = (
    dialogs.c.person_id,
    dialogs.c.place,
    dialogs.c.state,
    dialogs.c.data,
    dialogs.c.remind_at,
    dialogs.c.reminded,
)
_OF_PEOPLE = select(*_DIALOG).where(dialogs.c.person_id.in_(bindparam("ids", expanding=True)))
_PEOPLE = (
    select(*PERSON, *_DIALOG)
    .outerjoin(dialogs, dialogs.c.person_id == people.c.id)
    .where(people.c.id.in_(bindparam("ids", expanding=True)))
)


_END = delete(dialogs).where(dialogs.c.person_id == bindparam("who"), dialogs.c.place == bindparam("where"))


def _dialog(seal: Seal, row: Sequence[Any]) -> Dialog:
    person_id, place, state, data, remind_at, reminded = row
    return Dialog(person_id, place, state, orjson.loads(seal.open(data)), remind_at, reminded)


async def of_people(tx: AsyncConnection, seal: Seal, ids: Collection[int]) -> dict[tuple[int, int], Dialog]:
    """All dialogs of these people."""
    found = [_dialog(seal, row) for row in await ask(tx, _OF_PEOPLE, {"ids": list(ids)})]
    return {(one.person_id, one.place): one for one in found}


async def people_and_dialogs(
    tx: AsyncConnection, seal: Seal, ids: Collection[int]
) -> tuple[dict[int, Person], dict[tuple[int, int], Dialog]]:
    """Those of these people who are known, and all their dialogs, in one question."""
    rows = await ask(tx, _PEOPLE, {"ids": list(ids)})
    mine = len(PERSON)
    who = {row[0]: Person(*row[:mine]) for row in rows}
    found = [_dialog(seal, row[mine:]) for row in rows if row[mine] is not None]
    return who, {(one.person_id, one.place): one for one in found}


async def save(tx: AsyncConnection, seal: Seal, changed: Sequence[Dialog]) -> None:
    """Write down the dialogs that changed; an ended one leaves nothing behind, not even when it was."""
    kept = [dialog for dialog in changed if dialog.state is not None or dialog.data]
    if kept:
        columns = ["state", "data", "remind_at", "reminded"]
        await tell(tx, upsert(tx, dialogs, ["person_id", "place"], columns), [_row(seal, one) for one in kept])
    ended = [{"who": one.person_id, "where": one.place} for one in changed if one.state is None and not one.data]
    if ended:
        await tell(tx, _END, ended)


async def forget(tx: AsyncConnection, person_id: int) -> None:
    """Delete everything somebody was saying."""
    await tx.execute(delete(dialogs).where(dialogs.c.person_id == person_id))


async def quiet(tx: AsyncConnection, seal: Seal, now: datetime, limit: int) -> list[Dialog]:
    """Drafts whose owner should be reminded by `now`, the longest-waiting first."""
    rows = await tx.execute(
        select(dialogs).where(dialogs.c.remind_at <= now).order_by(dialogs.c.remind_at).limit(limit)
    )
    return [
        Dialog(row.person_id, row.place, row.state, orjson.loads(seal.open(row.data)), row.remind_at, row.reminded)
        for row in rows.all()
    ]


async def next_reminder(tx: AsyncConnection) -> datetime | None:
    """When the next draft is due for a reminder."""
    return (await tx.execute(select(func.min(dialogs.c.remind_at)).where(dialogs.c.remind_at.is_not(None)))).scalar()


async def put_off(tx: AsyncConnection, person_id: int, place: int, at: datetime | None, reminded: int) -> None:
    """Book a reminder as given; the next is due at `at`."""
    await tx.execute(
        update(dialogs)
        .where(dialogs.c.person_id == person_id, dialogs.c.place == place)
        .values(remind_at=at, reminded=reminded)
    )


def _row(seal: Seal, dialog: Dialog) -> dict[str, Any]:
    return {
        "person_id": dialog.person_id,
        "place": dialog.place,
        "state": dialog.state,
        "data": seal.close(orjson.dumps(dialog.data)),
        "remind_at": dialog.remind_at,
        "reminded": dialog.reminded,
    }
