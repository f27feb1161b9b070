"""Settings that admins changed at run time: value, who and when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import upsert
from storage.tables import choices, people

IS = "is"
"""The value stands in an object: a bare number in a JSON column comes back from SQLite as a number, not as JSON."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One setting; `by` is the name of who changed it, if they still have one here."""

    value: Any
    by: str | None
    at: datetime


async def every(tx: AsyncConnection) -> dict[str, Choice]:
    """All of them by name."""
    rows = await tx.execute(
        select(choices.c.name, choices.c.value, people.c.name.label("by"), choices.c.at).select_from(
            choices.outerjoin(people, people.c.id == choices.c.person_id)
        )
    )
    return {row.name: Choice(row.value[IS], row.by, row.at) for row in rows.all()}


async def put(tx: AsyncConnection, name: str, value: Any, person_id: int, at: datetime) -> None:
    """Change one."""
    row = {"name": name, "value": {IS: value}, "person_id": person_id, "at": at}
    await tx.execute(upsert(tx, choices, ["name"], ["value", "person_id", "at"]), row)
