"""Who is complained of in a case. A row is never deleted: it is suggested, set, refused or lifted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, literal, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.asking import ask
from storage.tables import conflicts, duties, members, units

NAMED_AT_MOST = 8
HOLD = frozenset({"suggested", "set"})
"""Of these nobody has said that they are not meant."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One of them: a unit or somebody of the register, and how it stands. `by_id` None: it was seen by itself."""

    id: int
    case_id: int
    unit_id: int | None
    member_id: int | None
    person_id: int | None
    state: str
    by_id: int | None


_CONFLICT = tuple(conflicts.c[name] for name in Conflict.__dataclass_fields__)
_OF_CASE = select(*_CONFLICT).where(conflicts.c.case_id == bindparam("case")).order_by(conflicts.c.id)
_SET = select(*_CONFLICT).where(conflicts.c.case_id == bindparam("case"), conflicts.c.state == text("'set'"))


async def add(tx: AsyncConnection, rows: Sequence[dict[str, Any]]) -> None:
    """New ones: case_id, unit_id or member_id (with person_id), state, by_id, at."""
    if rows:
        await tx.execute(insert(conflicts), list(rows))


async def that_hold(tx: AsyncConnection, case_id: int) -> list[Conflict]:
    """Those who are blocked from a case now."""
    return [Conflict(*row) for row in await ask(tx, _SET, {"case": case_id})]


async def of_case(tx: AsyncConnection, case_id: int) -> list[Conflict]:
    """All of a case, the oldest first."""
    return [Conflict(*row) for row in await ask(tx, _OF_CASE, {"case": case_id})]


async def may_be_meant(tx: AsyncConnection, case_id: int, unit_id: int) -> bool:
    """Whether a unit is complained of, or may be and no dispatcher has said yet."""
    return any(one.unit_id == unit_id and one.state in HOLD for one in await of_case(tx, case_id))


async def change(tx: AsyncConnection, number: int, before: Collection[str], **columns: Any) -> bool:
    """From one state to another. False: somebody was faster."""
    moved = update(conflicts).where(conflicts.c.id == number, conflicts.c.state.in_(before)).values(**columns)
    return (await tx.execute(moved)).rowcount == 1


async def names(tx: AsyncConnection, found: Sequence[Conflict]) -> dict[int, str]:
    """What they are called, by the number of the conflict."""
    of_units = select(units.c.id, units.c.name).where(units.c.id.in_([one.unit_id for one in found if one.unit_id]))
    of_people = select(members.c.id, members.c.name).where(
        members.c.id.in_([one.member_id for one in found if one.member_id])
    )
    called = {row.id: row.name for row in (await tx.execute(of_units)).all()}
    known = {row.id: row.name for row in (await tx.execute(of_people)).all()}
    return {one.id: (called.get(one.unit_id) if one.unit_id else known.get(one.member_id or 0)) or "" for one in found}


async def people_named(tx: AsyncConnection, words: str) -> list[tuple[int, int | None, str]]:
    """Those of the register whose whole name stands in these words: member, person, name.

    It looks at the whole register, so it is only asked where somebody complains of somebody.
    """
    wanted = (
        select(members.c.id, members.c.person_id, members.c.name)
        .where(members.c.state != "left", literal(words).contains(members.c.name))
        .order_by(members.c.id)
        .limit(NAMED_AT_MOST)
    )
    return [(row.id, row.person_id, row.name) for row in (await tx.execute(wanted)).all()]


async def is_member(tx: AsyncConnection, person_id: int, member_ids: Collection[int]) -> bool:
    """Whether somebody is one of these of the register."""
    wanted = select(members.c.id).where(members.c.person_id == person_id, members.c.id.in_(member_ids)).limit(1)
    return (await tx.execute(wanted)).first() is not None


async def belongs(tx: AsyncConnection, person_id: int, unit_ids: Collection[int], now: datetime) -> bool:
    """Whether somebody has any duty in one of these units, also one that rests."""
    wanted = select(duties.c.id).where(
        duties.c.person_id == person_id,
        duties.c.unit_id.in_(unit_ids),
        or_(duties.c.until.is_(None), duties.c.until > now),
    )
    return (await tx.execute(wanted.limit(1))).first() is not None


async def led_by(tx: AsyncConnection, member_ids: Collection[int], now: datetime) -> set[int]:
    """The units that one of these leads."""
    wanted = select(duties.c.unit_id).where(
        duties.c.member_id.in_(member_ids),
        duties.c.unit_id.is_not(None),
        duties.c.rank == 2,
        or_(duties.c.until.is_(None), duties.c.until > now),
    )
    return {row.unit_id for row in (await tx.execute(wanted)).all()}


async def is_dispatcher(tx: AsyncConnection, member_id: int, now: datetime) -> bool:
    """Whether somebody of the register works in a command centre."""
    wanted = select(duties.c.id).where(
        duties.c.member_id == member_id,
        duties.c.role == "dispatcher",
        or_(duties.c.until.is_(None), duties.c.until > now),
    )
    return (await tx.execute(wanted.limit(1))).first() is not None
