"""Questions that are asked all day: compiled once by SQLAlchemy, then put to the database's driver as they are.

Executing a statement through SQLAlchemy's async layer costs ten times what SQLite needs for it, and four times what it
takes to ask PostgreSQL. What stands at the top of a module as a constant can skip that: its words and the treatment of
its values never change. On any other connection (the file's readers) the same call goes through SQLAlchemy, with the
same answer.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.ready import Given, OnFile, OnServer, Ready

DRIVER = "driver"
"""Under this name a connection that may be asked directly carries its driver's own (see storage/database.py)."""


async def ask(tx: AsyncConnection, statement: Executable, given: Given | None = None) -> Sequence[Any]:
    """All rows of a constant statement; of a named parameter that expands (`in_`) the list of its values is given."""
    driver = tx.info.get(DRIVER)
    if driver is None:
        return (await tx.execute(statement, given)).all()
    return await _ready(tx, statement, tuple(given or ())).ask(driver, given or {})


async def ask_of_each(tx: AsyncConnection, statement: Executable, given: Sequence[Given]) -> list[Any]:
    """The rows that an INSERT ... RETURNING gives back, for one after the other of several."""
    driver = tx.info.get(DRIVER)
    if driver is None:
        return list((await tx.execute(statement, given)).all())
    return await _ready(tx, statement, tuple(given[0])).ask_of_each(driver, given)


async def value(tx: AsyncConnection, statement: Executable, given: Given | None = None) -> Any:
    """The first column of the first row, None without a row."""
    rows = await ask(tx, statement, given)
    return rows[0][0] if rows else None


async def tell(tx: AsyncConnection, statement: Executable, given: Given | Sequence[Given]) -> int:
    """Write by a constant statement, once or for each of several; returns how many rows that touched (-1 is unknown).

    All of several have the same names. Of an INSERT the names are its columns.
    """
    driver = tx.info.get(DRIVER)
    if driver is None:
        return (await tx.execute(statement, given)).rowcount
    rows = [given] if isinstance(given, Mapping) else given
    return await _ready(tx, statement, tuple(rows[0])).tell(driver, rows)


_known: WeakKeyDictionary[Executable, dict[tuple[str, ...], Ready]] = WeakKeyDictionary()


def _ready(tx: AsyncConnection, statement: Executable, names: tuple[str, ...]) -> Ready:
    forms = _known.setdefault(statement, {})
    database = tx.dialect.name
    form = (database, *names)
    if form not in forms:
        forms[form] = (OnFile if database == "sqlite" else OnServer)(statement, tx.dialect, names)
    return forms[form]
