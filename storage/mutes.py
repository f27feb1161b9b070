"""Whose reports are not taken for a while. A mute knows its person only by the keyed mark of a reporter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.asking import value
from storage.tables import mutes


@dataclass(frozen=True, slots=True)
class Mute:
    """One of them, as it stands: proposed, agreed (until when), refused or lifted."""

    id: int
    owner: int
    case_id: int
    reason: str
    days: int
    state: str
    proposed_by: int
    proposed_at: datetime
    agreed_by: int | None
    until: datetime | None
    objected_at: datetime | None
    lifted_by: int | None


_MUTE = tuple(mutes.c[name] for name in Mute.__dataclass_fields__)
_UNTIL = select(func.max(mutes.c.until)).where(
    mutes.c.owner == bindparam("whose"), mutes.c.state == text("'agreed'"), mutes.c.until > bindparam("now")
)


async def until(tx: AsyncConnection, owner: int, now: datetime) -> datetime | None:
    """Until when nothing but danger is taken from somebody; None for almost everybody."""
    return await value(tx, _UNTIL, {"whose": owner, "now": now})


async def propose(tx: AsyncConnection, **columns: Any) -> int:
    """A new proposal; its number."""
    return (await tx.execute(insert(mutes).values(state="proposed", **columns).returning(mutes.c.id))).scalar_one()


async def by_id(tx: AsyncConnection, number: int) -> Mute | None:
    """One of them."""
    row = (await tx.execute(select(*_MUTE).where(mutes.c.id == number))).one_or_none()
    return Mute(*row) if row else None


async def of_case(tx: AsyncConnection, case_id: int, limit: int) -> Sequence[Mute]:
    """Those that began at a case, the newest first."""
    question = select(*_MUTE).where(mutes.c.case_id == case_id).order_by(mutes.c.id.desc()).limit(limit)
    return [Mute(*row) for row in (await tx.execute(question)).all()]


async def running(tx: AsyncConnection, now: datetime, limit: int) -> Sequence[Mute]:
    """Those that last, the first to end first."""
    lasting = select(*_MUTE).where(mutes.c.state == text("'agreed'"), mutes.c.until > now)
    return [Mute(*row) for row in (await tx.execute(lasting.order_by(mutes.c.until).limit(limit))).all()]


async def change(tx: AsyncConnection, number: int, before: str, **columns: Any) -> bool:
    """From one state to another. False: somebody was faster."""
    moved = update(mutes).where(mutes.c.id == number, mutes.c.state == before).values(**columns)
    return (await tx.execute(moved)).rowcount == 1


async def object_to(tx: AsyncConnection, number: int, now: datetime) -> bool:
    """The one concerned does not agree. False: said before, or it is over."""
    said = update(mutes).where(mutes.c.id == number, mutes.c.state == "agreed", mutes.c.objected_at.is_(None))
    return (await tx.execute(said.values(objected_at=now))).rowcount == 1
