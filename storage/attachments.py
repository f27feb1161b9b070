"""Photos, videos, voices and files of a case: known by the channel's id at once, fetched by a job afterwards."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.asking import ask, tell, value
from storage.database import insert_new
from storage.seals import Seal
from storage.tables import media


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file. `copy` is the path of the working copy that others may see; source is report, progress, look or result.

    `ref` is the random reference of the reporter or joiner who sent it; None where it was not kept, and for a unit.
    `same_as` is a file that was there before and looks the same.
    """

    id: int
    case_id: int
    source: str
    kind: str
    file_id: str
    size: int | None
    state: str
    attempts: int
    copy: str | None
    came_at: datetime
    ref: str | None = None
    same_as: int | None = None


_NAMES = (
    *("id", "case_id", "source", "kind", "file_id", "size", "state", "attempts", "copy", "came_at", "ref"),
    "same_as",
)


_OF_CASES = (
    select(*(media.c[name] for name in _NAMES))
    .where(media.c.case_id.in_(bindparam("ids", expanding=True)))
    .order_by(media.c.id)
)


_UNIQUE_IDS = select(media.c.unique_id).where(media.c.case_id == bindparam("case"))
_CHANGE = update(media).where(media.c.id == bindparam("row"))
_STILL_WAITING = select(func.count()).where(
    media.c.case_id == bindparam("case"), media.c.source == bindparam("from"), media.c.state == "waiting"
)


def _attachment(seal: Seal, row: Any) -> Attachment:
    columns: dict[str, Any] = dict(zip(_NAMES, row, strict=True))
    columns["file_id"] = seal.open(row.file_id).decode()
    return Attachment(**columns)


def new_row(seal: Seal, file_id: str, **columns: Any) -> dict[str, Any]:
    """A row; the channel's file id is sealed (it leads back to the chat)."""
    return {"size": None, "state": "waiting", **columns, "file_id": seal.close(file_id.encode())}


async def add(tx: AsyncConnection, rows: Sequence[dict[str, Any]]) -> None:
    """Note files of a case: dicts made by new_row; the same file twice is one."""
    await tell(tx, insert_new(tx, media), rows)


async def unique_ids(tx: AsyncConnection, case_id: int) -> list[str]:
    """By these the channel knows the files of a case again."""
    return [row.unique_id for row in await ask(tx, _UNIQUE_IDS, {"case": case_id})]


async def of_cases(tx: AsyncConnection, seal: Seal, ids: Collection[int]) -> dict[int, list[Attachment]]:
    """All files of these cases, in the order they came; an empty list for a case without."""
    found: dict[int, list[Attachment]] = {one: [] for one in ids}
    for row in await ask(tx, _OF_CASES, {"ids": list(ids)}):
        found[row.case_id].append(_attachment(seal, row))
    return found


async def of_case(tx: AsyncConnection, seal: Seal, case_id: int) -> list[Attachment]:
    """All files of a case, in the order they came."""
    return (await of_cases(tx, seal, [case_id]))[case_id]


async def waiting(tx: AsyncConnection, seal: Seal, now: datetime, limit: int) -> list[Attachment]:
    """Files to fetch now."""
    rows = await tx.execute(
        select(*(media.c[name] for name in _NAMES))
        .where(media.c.state == "waiting", media.c.not_before <= now)
        .order_by(media.c.not_before)
        .limit(limit)
    )
    return [_attachment(seal, row) for row in rows.all()]


async def put_right(tx: AsyncConnection, now: datetime) -> int:
    """The clock was ahead and is no more: whatever waits may be fetched now."""
    late = (media.c.state == "waiting", media.c.not_before > now)
    return (await tx.execute(update(media).where(*late).values(not_before=now))).rowcount


async def still_waiting(tx: AsyncConnection, case_id: int, source: str) -> int:
    """How many files of a case have not been fetched yet."""
    return await value(tx, _STILL_WAITING, {"case": case_id, "from": source})


async def change(tx: AsyncConnection, media_id: int, **columns: Any) -> None:
    """Book what became of a file."""
    await tell(tx, _CHANGE, {"row": media_id, **columns})


async def open_up(tx: AsyncConnection, case_id: int, before: str, after: str, at: datetime) -> None:
    """Files of one source that came at a moment are of another source from now on."""
    theirs = (media.c.case_id == case_id, media.c.source == before, media.c.came_at == at)
    await tx.execute(update(media).where(*theirs).values(source=after))
