"""Moves all that a database holds into another, empty one, page by page, and counts and fingerprints both."""

import hashlib
from collections import defaultdict
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Column, Table, bindparam, func, insert, select, text, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import words
from storage.tables import case_words, metadata

PAGE = 500
TABLES: Sequence[Table] = metadata.sorted_tables


@dataclass(frozen=True, slots=True)
class Sum:
    """How many rows a table has, and a sum over the sha256 of each: the same rows in any order have the same."""

    rows: int
    fingerprint: str


async def take_time(tx: AsyncConnection) -> None:
    """While one database is read at length the other stands still: a server is not to end the transaction for that."""
    if tx.dialect.name == "postgresql":
        await tx.execute(text("set local idle_in_transaction_session_timeout = 0"))


async def is_empty(tx: AsyncConnection) -> bool:
    """Whether no table holds anything."""
    for table in TABLES:
        if await rows_of(tx, table):
            return False
    return True


async def rows_of(tx: AsyncConnection, table: Table) -> int:
    """How many rows a table has."""
    return (await tx.execute(select(func.count()).select_from(table))).scalar_one()


async def move(source: AsyncConnection, target: AsyncConnection, table: Table) -> AsyncGenerator[int]:
    """Copy one table, those it refers to before it. Gives the number of rows after each page.

    Columns that refer to the same table are filled in when all of its rows are there.
    """
    within = [key.parent for key in table.foreign_keys if key.column.table is table]
    async for page in pages(source, table):
        alike: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for given in [_given(table, row, without=within) for row in page]:
            alike[tuple(given)].append(given)
        for rows in alike.values():
            await target.execute(insert(table), rows)
        yield len(page)
    for column in within:
        await _refer(source, target, table, column)
    await _count_on(target, table)
    if table is case_words:
        await words.index_anew(target)


async def sum_of(tx: AsyncConnection, table: Table) -> Sum:
    """Its rows as Python sees them, so that both kinds of database give the same."""
    rows = total = 0
    async for page in pages(tx, table):
        rows += len(page)
        for row in page:
            total += int.from_bytes(hashlib.sha256(repr(tuple(row)).encode()).digest())
    return Sum(rows, f"{total % (1 << 256):064x}")


async def pages(tx: AsyncConnection, table: Table) -> AsyncGenerator[Sequence[Any]]:
    """All rows of a table in the order of its key, PAGE at a time; the next ones are asked for when these are done."""
    key = list(table.primary_key.columns)
    page = select(table).order_by(*key).limit(PAGE)
    rows = (await tx.execute(page)).all()
    while rows:
        yield rows
        last = [getattr(rows[-1], column.name) for column in key]
        after = tuple_(*key) > tuple_(
            *(bindparam(None, one, column.type) for one, column in zip(last, key, strict=True))
        )
        rows = (await tx.execute(page.where(after))).all() if len(rows) == PAGE else ()


def _given(table: Table, row: Any, without: Sequence[Column[Any]]) -> dict[str, Any]:
    """A column of JSON that holds nothing is not named: SQLAlchemy would write the word null into it."""
    values = zip(table.columns, row, strict=True)
    return {
        column.name: None if column in without else one
        for column, one in values
        if one is not None or not isinstance(column.type, JSON)
    }


async def _refer(source: AsyncConnection, target: AsyncConnection, table: Table, column: Column[Any]) -> None:
    (key,) = table.primary_key.columns
    fill = update(table).where(key == bindparam("row")).values({column.name: bindparam("other")})
    referring = (await source.execute(select(key, column).where(column.is_not(None)))).all()
    for begin in range(0, len(referring), PAGE):
        await target.execute(fill, [{"row": row, "other": other} for row, other in referring[begin : begin + PAGE]])


async def _count_on(target: AsyncConnection, table: Table) -> None:
    """The next row gets the number after the last one; SQLite does that by itself."""
    column = table.autoincrement_column
    if column is None or target.dialect.name == "sqlite":
        return
    last = (await target.execute(select(func.max(column)))).scalar()
    if last is not None:
        await target.execute(
            text("select setval(pg_get_serial_sequence(:table, :column), :last)"),
            {"table": table.name, "column": column.name, "last": last},
        )
