"""Questions that are asked all day: compiled once by SQLAlchemy, then put to SQLite's driver as they are.

Executing a statement through SQLAlchemy's async layer costs ten times what SQLite needs for it. What stands at the top
of a module as a constant can skip that: its words and the treatment of its values never change. On any other
connection (the reader's, PostgreSQL) the same call goes through SQLAlchemy, with the same answer.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Dialect, Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.compiler import SQLCompiler

DRIVER = "driver"
"""Under this name a connection that may be asked directly carries its driver's own (see storage/database.py)."""

Given = Mapping[str, Any]
Treatment = Callable[[Any], Any] | None


async def ask(tx: AsyncConnection, statement: Executable, given: Given | None = None) -> Sequence[Any]:
    """All rows of a constant statement; of a named parameter that expands (`in_`) the list of its values is given."""
    driver = tx.info.get(DRIVER)
    if driver is None:
        return (await tx.execute(statement, given)).all()
    return _ready(tx, statement, tuple(given or ())).ask(driver, given or {})


async def ask_of_each(tx: AsyncConnection, statement: Executable, given: Sequence[Given]) -> list[Any]:
    """The rows that an INSERT ... RETURNING gives back, for one after the other of several."""
    driver = tx.info.get(DRIVER)
    if driver is None:
        return list((await tx.execute(statement, given)).all())
    ready = _ready(tx, statement, tuple(given[0]))
    return [row for one in given for row in ready.ask(driver, one)]


async def value(tx: AsyncConnection, statement: Executable, given: Given | None = None) -> Any:
    """The first column of the first row, None without a row."""
    rows = await ask(tx, statement, given)
    return rows[0][0] if rows else None


async def tell(tx: AsyncConnection, statement: Executable, given: Given | Sequence[Given]) -> int:
    """Write by a constant statement, once or for each of several; returns how many rows that touched.

    All of several have the same names. Of an INSERT the names are its columns.
    """
    driver = tx.info.get(DRIVER)
    if driver is None:
        return (await tx.execute(statement, given)).rowcount
    rows = [given] if isinstance(given, Mapping) else given
    return _ready(tx, statement, tuple(rows[0])).tell(driver, rows)


class _Ready:
    """A statement as the driver wants it: words, and for each value its name and treatment."""

    def __init__(self, statement: Executable, dialect: Dialect, names: tuple[str, ...]) -> None:
        compiled = cast("Any", statement).compile(dialect=dialect, column_keys=list(names))
        self._compiled: SQLCompiler = compiled
        self._dialect = dialect
        self._fixed: dict[str, Any] = {name: one for name, one in compiled.params.items() if name not in names}
        self._lists = tuple(name for name, bind in compiled.binds.items() if bind.expanding)
        self._shapes: dict[tuple[int, ...], tuple[str, list[tuple[str, int | None, Treatment]]]] = {}
        columns = list(getattr(statement, "exported_columns", ()))
        self._row = namedtuple("Row", [column.name for column in columns], rename=True)  # type: ignore[misc]
        treated = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self._treated = [(place, treat) for place, treat in enumerate(treated) if treat is not None]

    def ask(self, driver: sqlite3.Connection, given: Given) -> list[Any]:
        given = self._rounded(given)
        words, places = self._shape(given)
        rows = self._do(driver, words, self._values(places, given))
        make = self._row._make
        return [make(self._read(row)) for row in rows] if self._treated else [make(row) for row in rows]

    def tell(self, driver: sqlite3.Connection, rows: Sequence[Given]) -> int:
        rows = [self._rounded(row) for row in rows] if self._lists else rows
        words, places = self._shape(rows[0])
        if len(rows) == 1:
            return self._do(driver, words, self._values(places, rows[0])).rowcount
        return self._do(driver, words, *(self._values(places, row) for row in rows)).rowcount

    def _do(self, driver: sqlite3.Connection, words: str, *values: list[Any]) -> sqlite3.Cursor:
        try:
            return driver.execute(words, values[0]) if len(values) == 1 else driver.executemany(words, values)
        except sqlite3.Error as error:
            raise cast(
                "DBAPIError",
                DBAPIError.instance(words, None, error, sqlite3.Error, hide_parameters=True, dialect=self._dialect),
            ) from error

    def _values(self, places: list[tuple[str, int | None, Treatment]], given: Given) -> list[Any]:
        known = {**self._fixed, **given}
        values = [known[name] if place is None else known[name][place] for name, place, _ in places]
        return [one if treat is None else treat(one) for one, (_, _, treat) in zip(values, places, strict=True)]

    def _read(self, row: tuple[Any, ...]) -> list[Any]:
        values = list(row)
        for place, treat in self._treated:
            if values[place] is not None:
                values[place] = treat(values[place])
        return values

    def _rounded(self, given: Given) -> Given:
        """Lists made as long as the next power of two by saying their last value again, so that shapes stay few."""
        if not self._lists:
            return given
        lists = {name: list(given[name]) for name in self._lists}
        for values in lists.values():
            values.extend(values[-1:] * ((1 << max(len(values) - 1, 0).bit_length()) - len(values)))
        return {**given, **lists}

    def _shape(self, given: Given) -> tuple[str, list[tuple[str, int | None, Treatment]]]:
        """The words for lists of these lengths."""
        lengths = tuple(len(given[name]) for name in self._lists)
        if lengths not in self._shapes:
            self._shapes[lengths] = self._expanded(given)
        return self._shapes[lengths]

    def _expanded(self, given: Given) -> tuple[str, list[tuple[str, int | None, Treatment]]]:
        state = self._compiled.construct_expanded_state({**self._fixed, **given})
        where: dict[str, tuple[str, int | None]] = {
            one: (name, place) for name, many in state.parameter_expansion.items() for place, one in enumerate(many)
        }
        places: list[tuple[str, int | None, Treatment]] = []
        for one in state.positiontup or ():
            name, place = where.get(one, (one, None))
            bind = self._compiled.binds[name]
            places.append((name, place, bind.type.dialect_impl(self._dialect).bind_processor(self._dialect)))
        return state.statement, places


_known: WeakKeyDictionary[Executable, dict[tuple[str, ...], _Ready]] = WeakKeyDictionary()


def _ready(tx: AsyncConnection, statement: Executable, names: tuple[str, ...]) -> _Ready:
    forms = _known.setdefault(statement, {})
    if names not in forms:
        forms[names] = _Ready(statement, tx.dialect, names)
    return forms[names]
