"""Duty rosters: the week plan of a unit, who is away, and what two people have swapped."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.roster import Absence, Plan, Shift, Swap
from storage.asking import ask
from storage.tables import absences, members, shifts, swaps


@dataclass(frozen=True, slots=True)
class Asked:
    """A swap that somebody asked for, as it stands."""

    id: int
    unit_id: int
    state: str
    swap: Swap


_SHIFT = (shifts.c.id, shifts.c.weekday, shifts.c.begins, shifts.c.ends, shifts.c.member_id)
_SHIFTS = (
    select(*_SHIFT)
    .where(shifts.c.unit_id == bindparam("unit"))
    .order_by(shifts.c.weekday, shifts.c.begins, shifts.c.id)
)
_ABSENCES = (
    select(absences.c.id, absences.c.member_id, absences.c.substitute_id, absences.c.since, absences.c.until)
    .where(
        absences.c.unit_id == bindparam("unit"),
        absences.c.until > bindparam("begin"),
        absences.c.since < bindparam("end"),
    )
    .order_by(absences.c.since, absences.c.id)
)
_SWAP = (
    swaps.c.member_id,
    swaps.c.day,
    swaps.c.begins,
    swaps.c.other_id,
    swaps.c.other_day,
    swaps.c.other_begins,
)
_SWAPS = (
    select(*_SWAP)
    .where(
        swaps.c.unit_id == bindparam("unit"),
        swaps.c.state == text("'agreed'"),
        or_(
            swaps.c.day.between(bindparam("first"), bindparam("last")),
            swaps.c.other_day.between(bindparam("first"), bindparam("last")),
        ),
    )
    .order_by(swaps.c.id)
)


async def plan_of(tx: AsyncConnection, unit_id: int, begin: datetime, end: datetime) -> Plan | None:
    """The plan of a unit with absences and swaps of a span of time; None where it has no week plan."""
    week = [Shift(*row) for row in await ask(tx, _SHIFTS, {"unit": unit_id})]
    if not week:
        return None
    away = [Absence(*row) for row in await ask(tx, _ABSENCES, {"unit": unit_id, "begin": begin, "end": end})]
    days = {"unit": unit_id, "first": begin.date(), "last": end.date()}
    exchanged = (await tx.execute(_SWAPS, days)).all()
    return Plan(tuple(week), tuple(away), tuple(Swap(*row) for row in exchanged))


async def planned_units(tx: AsyncConnection) -> list[int]:
    """The units that have a week plan."""
    return list((await tx.execute(select(shifts.c.unit_id).distinct().order_by(shifts.c.unit_id))).scalars())


async def add_shifts(tx: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """New lines of week plans: unit_id, weekday, begins, ends, member_id."""
    if rows:
        await tx.execute(insert(shifts), list(rows))


async def clear(tx: AsyncConnection, unit_ids: Collection[int]) -> None:
    """These units have no week plan any more."""
    await tx.execute(delete(shifts).where(shifts.c.unit_id.in_(unit_ids)))


async def take_shift(tx: AsyncConnection, unit_id: int, shift_id: int) -> bool:
    """Take one line out of the week plan. False: it was gone already."""
    return (await tx.execute(delete(shifts).where(shifts.c.id == shift_id, shifts.c.unit_id == unit_id))).rowcount == 1


async def take_all_of(tx: AsyncConnection, member_id: int, unit_id: int | None = None) -> None:
    """Somebody has left a unit (None: all of them): their shifts go with them, and are gaps until they are filled."""
    gone = delete(shifts).where(shifts.c.member_id == member_id)
    await tx.execute(gone if unit_id is None else gone.where(shifts.c.unit_id == unit_id))


async def add_absences(tx: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Somebody is away: unit_id, member_id, substitute_id, since, until. The same days said anew replace what was."""
    for row in rows:
        same = (absences.c[name] == row[name] for name in ("unit_id", "member_id", "since", "until"))
        await tx.execute(delete(absences).where(*same))
        await tx.execute(insert(absences), row)


async def take_absence(tx: AsyncConnection, unit_id: int, absence_id: int) -> bool:
    """Somebody is back. False: it was taken back already."""
    gone = delete(absences).where(absences.c.id == absence_id, absences.c.unit_id == unit_id)
    return (await tx.execute(gone)).rowcount == 1


async def ask_swap(tx: AsyncConnection, unit_id: int, swap: Swap, now: datetime) -> int:
    """Somebody asks a colleague to swap; its number."""
    columns = {name: getattr(swap, name) for name in Swap.__dataclass_fields__}
    row = {**columns, "unit_id": unit_id, "state": "asked", "asked_at": now}
    return (await tx.execute(insert(swaps).returning(swaps.c.id), row)).scalar_one()


async def swap_asked(tx: AsyncConnection, number: int) -> Asked | None:
    """One of them."""
    wanted = select(swaps.c.id, swaps.c.unit_id, swaps.c.state, *_SWAP).where(swaps.c.id == number)
    row = (await tx.execute(wanted)).one_or_none()
    return Asked(row[0], row[1], row[2], Swap(*row[3:])) if row else None


async def answer_swap(tx: AsyncConnection, number: int, state: str) -> bool:
    """Agreed or refused. False: answered before."""
    said = update(swaps).where(swaps.c.id == number, swaps.c.state == "asked").values(state=state)
    return (await tx.execute(said)).rowcount == 1


async def people_of(tx: AsyncConnection, member_ids: Sequence[int]) -> list[int]:
    """The persons these members are, in their order; those who never came in are left out."""
    if not member_ids:
        return []
    rows = await tx.execute(
        select(members.c.id, members.c.person_id).where(
            members.c.id.in_(member_ids), members.c.person_id.is_not(None), members.c.state == "active"
        )
    )
    known = {row.id: row.person_id for row in rows.all()}
    return [known[one] for one in member_ids if one in known]


async def names(tx: AsyncConnection, member_ids: Collection[int]) -> dict[int, str]:
    """What these members are called."""
    rows = await tx.execute(select(members.c.id, members.c.name).where(members.c.id.in_(member_ids)))
    return {row.id: row.name for row in rows.all()}
