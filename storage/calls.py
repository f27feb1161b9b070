"""Calls of several units to one place: who was called, who came, what is done, and how both sides found it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import call_tasks, called, calls


@dataclass(frozen=True, slots=True)
class Call:
    """Where and when; `ended_at` None while it runs."""

    id: int
    case_id: int
    caller_id: int
    place: str
    latitude: float | None
    longitude: float | None
    at: datetime
    called_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Called:
    """A unit of a call. `placed`: it sent its place, though the call may have none to measure from.

    `stars` were given to it, `stars_back` by it.
    """

    call_id: int
    unit_id: int
    leads: bool
    arrived_at: datetime | None
    arrived_by: int | None
    metres: int | None
    placed: bool
    stars: int | None
    stars_back: int | None


@dataclass(frozen=True, slots=True)
class Task:
    """One of the common tasks, and which unit has done it."""

    id: int
    call_id: int
    words: str
    done_at: datetime | None
    done_by: int | None
    unit_id: int | None


_CALL = tuple(calls.c[name] for name in Call.__dataclass_fields__)
_CALLED = tuple(called.c[name] for name in Called.__dataclass_fields__)
_TASK = tuple(call_tasks.c[name] for name in Task.__dataclass_fields__)


async def add(tx: AsyncConnection, lead_id: int, others: Sequence[int], tasks: Sequence[str], **columns: Any) -> int:
    """A new call with its units and tasks; its number."""
    number = (await tx.execute(insert(calls).values(**columns).returning(calls.c.id))).scalar_one()
    units = [{"call_id": number, "unit_id": one, "leads": one == lead_id} for one in (lead_id, *others)]
    await tx.execute(insert(called), units)
    if tasks:
        await tx.execute(insert(call_tasks), [{"call_id": number, "words": words} for words in tasks])
    return number


async def by_id(tx: AsyncConnection, number: int) -> Call | None:
    """One call."""
    row = (await tx.execute(select(*_CALL).where(calls.c.id == number))).one_or_none()
    return Call(*row) if row else None


async def open_of(tx: AsyncConnection, case_id: int) -> Call | None:
    """The call that runs for a case."""
    question = select(*_CALL).where(calls.c.case_id == case_id, calls.c.ended_at.is_(None))
    row = (await tx.execute(question)).one_or_none()
    return Call(*row) if row else None


async def units_of(tx: AsyncConnection, number: int) -> list[Called]:
    """The units of a call, the one that leads first."""
    question = select(*_CALLED).where(called.c.call_id == number).order_by(called.c.leads.desc(), called.c.unit_id)
    return [Called(*row) for row in (await tx.execute(question)).all()]


async def tasks_of(tx: AsyncConnection, number: int) -> list[Task]:
    """What is to be done there, in the order it was written."""
    question = select(*_TASK).where(call_tasks.c.call_id == number).order_by(call_tasks.c.id)
    return [Task(*row) for row in (await tx.execute(question)).all()]


async def task(tx: AsyncConnection, number: int) -> Task | None:
    """One task."""
    row = (await tx.execute(select(*_TASK).where(call_tasks.c.id == number))).one_or_none()
    return Task(*row) if row else None


async def arrive(tx: AsyncConnection, number: int, unit_id: int, **columns: Any) -> bool:
    """A unit is there. False: it was there before."""
    here = update(called).where(called.c.call_id == number, called.c.unit_id == unit_id, called.c.arrived_at.is_(None))
    return (await tx.execute(here.values(**columns))).rowcount == 1


async def tick(tx: AsyncConnection, number: int, **columns: Any) -> bool:
    """A task is done. False: it was before."""
    done = update(call_tasks).where(call_tasks.c.id == number, call_tasks.c.done_at.is_(None))
    return (await tx.execute(done.values(**columns))).rowcount == 1


async def end(tx: AsyncConnection, number: int, at: datetime) -> bool:
    """It is over. False: it was before."""
    over = update(calls).where(calls.c.id == number, calls.c.ended_at.is_(None))
    return (await tx.execute(over.values(ended_at=at))).rowcount == 1


async def rate(tx: AsyncConnection, number: int, unit_id: int, side: str, stars: int) -> bool:
    """`stars` for a unit, `stars_back` by it; once. False: it was rated before."""
    given = update(called).where(
        called.c.call_id == number, called.c.unit_id == unit_id, called.c.leads.is_(False), called.c[side].is_(None)
    )
    return (await tx.execute(given.values({side: stars}))).rowcount == 1
