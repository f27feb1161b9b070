"""Figures of cases: sums by day, place, unit, kept up by folding in the history from where it was left."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.case import Status
from bot.cases.conditions import ADVICE, PRAISE
from bot.cases.figures import NAMES, Figures, Line
from storage.cases import CONFIDENTIAL
from storage.tables import cases, figures, history, nodes, ratings, revisits

_SUMS = tuple(func.coalesce(func.sum(figures.c[name]), 0) for name in NAMES)
Cell = tuple[date, int, int, str, bool]
"""Day, place, unit (0: none), matter, and whether it is confidential."""

KEY = ("day", "node_id", "unit_id", "matter", "confidential")
_WORDS = or_(*(figures.c.matter.startswith(code) for code in (ADVICE, PRAISE)))


async def settled(tx: AsyncConnection, after: int, before: datetime, limit: int) -> list[tuple[int, int]]:
    """The next lines of the history in the order of their numbers: (number, case). Ends at the first that is younger.

    Whoever writes at the same moment may have been given a smaller number, so nothing young is folded in.
    """
    rows = await tx.execute(
        select(history.c.id, history.c.case_id, history.c.at)
        .where(history.c.id > after)
        .order_by(history.c.id)
        .limit(limit)
    )
    found: list[tuple[int, int]] = []
    for row in rows.all():
        if row.at > before:
            break
        found.append((row.id, row.case_id))
    return found


async def lines_of(tx: AsyncConnection, ids: Collection[int]) -> dict[int, list[Line]]:
    """The history of these cases, the oldest line first."""
    names = ("case_id", "id", "at", "action", "before", "after", "unit_id")
    rows = await tx.execute(
        select(*(history.c[name] for name in names)).where(history.c.case_id.in_(ids)).order_by(history.c.id)
    )
    found: dict[int, list[Line]] = {}
    for case_id, *line in rows.all():
        found.setdefault(case_id, []).append(Line(*line))
    return found


async def ratings_of(tx: AsyncConnection, ids: Collection[int]) -> dict[tuple[int, int], tuple[str | None, int | None]]:
    """(solved, satisfied) by case and round."""
    rows = await tx.execute(
        select(ratings.c.case_id, ratings.c.round, ratings.c.solved, ratings.c.satisfied).where(
            ratings.c.case_id.in_(ids)
        )
    )
    return {(row[0], row[1]): (row[2], row[3]) for row in rows.all()}


async def visits_of(tx: AsyncConnection, ids: Collection[int]) -> dict[tuple[int, int], tuple[str, datetime, str]]:
    """(why, drawn when, state) of call-backs by case and round."""
    columns = (revisits.c.case_id, revisits.c.round, revisits.c.why, revisits.c.made_at, revisits.c.state)
    rows = await tx.execute(select(*columns).where(revisits.c.case_id.in_(ids)))
    return {(row[0], row[1]): (row[2], row[3], row[4]) for row in rows.all()}


async def add(tx: AsyncConnection, sums: Iterable[tuple[Cell, Figures]]) -> None:
    """Add to what is kept."""
    rows = [
        {
            **dict(zip(KEY, cell, strict=True)),
            **{name: getattr(more, name) for name in NAMES},
        }
        for cell, more in sums
    ]
    if rows:
        await tx.execute(_adding(tx.dialect.name), rows)


@cache
def _adding(dialect: str) -> Any:
    statement = (sqlite if dialect == "sqlite" else postgresql).insert(figures)
    more = {name: figures.c[name] + statement.excluded[name] for name in NAMES}
    return statement.on_conflict_do_update(index_elements=KEY, set_=more)


def _within(first: date, last: date, path: str | None, unit_id: int | None) -> list[Any]:
    """The days, and the place with all below it or the unit."""
    wanted: list[Any] = [figures.c.day.between(first, last)]
    if path is not None:
        wanted.append(figures.c.node_id.in_(select(nodes.c.id).where(nodes.c.path.startswith(path))))
    if unit_id is not None:
        wanted.append(figures.c.unit_id == unit_id)
    return wanted


async def total(
    tx: AsyncConnection, first: date, last: date, path: str | None, unit_id: int | None, *, confidential: bool
) -> Figures:
    """The sums of a period, of a place and everything below it (None: everywhere), or of a unit: of cases alone."""
    wanted = [*_within(first, last, path, unit_id), ~_WORDS]
    row = (await tx.execute(select(*_SUMS).where(*wanted, figures.c.confidential.is_(confidential)))).one()
    return Figures(*row)


async def by(
    tx: AsyncConnection, what: str, first: date, last: date, path: str | None, unit_id: int | None = None
) -> dict[Any, Figures]:
    """The same by `node_id`, `unit_id` or `matter`, without what is confidential."""
    column = figures.c[what]
    wanted = [*_within(first, last, path, unit_id), figures.c.confidential.is_(False)]
    wanted += [] if what == "matter" else [~_WORDS]
    rows = await tx.execute(select(column, *_SUMS).where(*wanted).group_by(column))
    return {row[0]: Figures(*row[1:]) for row in rows.all()}


async def on_books(tx: AsyncConnection, what: str, path: str | None, unit_id: int | None = None) -> dict[Any, int]:
    """How many open cases are shelved (挂账) now, by `node_id`, `unit_id` or `matter`, without what is confidential."""
    wanted = [cases.c.status == Status.SHELVED, cases.c.closed_at.is_(None), ~CONFIDENTIAL]
    if path is not None:
        wanted.append(cases.c.node_id.in_(select(nodes.c.id).where(nodes.c.path.startswith(path))))
    if unit_id is not None:
        wanted.append(cases.c.unit_id == unit_id)
    column = cases.c[what]
    rows = await tx.execute(select(column, func.count()).where(*wanted).group_by(column))
    return {row[0]: row[1] for row in rows.all()}


async def paths_of(tx: AsyncConnection, ids: Sequence[int]) -> dict[int, str]:
    """The paths of these places, also of those that are no more."""
    rows = await tx.execute(select(nodes.c.id, nodes.c.path).where(nodes.c.id.in_(ids)))
    return {row.id: row.path for row in rows.all()}
