"""A statement made ready once by SQLAlchemy, to be put to the driver of a database as it is, time and again."""

import sqlite3
from abc import ABC, abstractmethod
from collections import namedtuple
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, cast

import asyncpg
from sqlalchemy import Dialect, Executable
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.sql.compiler import SQLCompiler

Given = Mapping[str, Any]
Treatment = Callable[[Any], Any] | None
Place = tuple[str, int | None, Treatment]

FLOAT8 = 701
"""PostgreSQL's number of the only type whose treatment hangs on it."""

TROUBLE = frozenset({"08", "40", "53", "55", "57", "58", "XX"})
"""Classes of SQLSTATE: connection, rollback, resources, locks, operator, system, internal (PostgreSQL, appendix A)."""

FAULTS = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError)
"""What asyncpg raises when a server refuses, or is away."""

_BROKEN_RULE = "23"


class Ready(ABC):
    """Words as the driver wants them, and for each value its name and treatment."""

    def __init__(self, statement: Executable, dialect: Dialect, names: tuple[str, ...]) -> None:
        compiled = cast("Any", statement).compile(dialect=dialect, column_keys=list(names))
        self._compiled: SQLCompiler = compiled
        self._dialect = dialect
        self._fixed: dict[str, Any] = {name: one for name, one in compiled.params.items() if name not in names}
        self._lists = tuple(name for name, bind in compiled.binds.items() if bind.expanding)
        self._shapes: dict[tuple[int, ...], tuple[str, list[Place]]] = {}
        columns = list(getattr(statement, "exported_columns", ()))
        self._row = namedtuple("Row", [column.name for column in columns], rename=True)  # type: ignore[misc]
        treated = [column.type.dialect_impl(dialect).result_processor(dialect, FLOAT8) for column in columns]
        self._treated = [(place, treat) for place, treat in enumerate(treated) if treat is not None]

    @abstractmethod
    async def ask(self, driver: Any, given: Given) -> list[Any]:
        """The rows of a question."""

    @abstractmethod
    async def ask_of_each(self, driver: Any, given: Sequence[Given]) -> list[Any]:
        """The rows of one question after the other."""

    @abstractmethod
    async def tell(self, driver: Any, rows: Sequence[Given]) -> int:
        """Write once for each of them; how many rows that touched, if it is one."""

    def _made(self, given: Given) -> tuple[str, list[Any]]:
        given = self._rounded(given)
        words, places = self._shape(given)
        return words, self._values(places, given)

    def _all_made(self, rows: Sequence[Given]) -> tuple[str, list[list[Any]]]:
        rows = [self._rounded(row) for row in rows] if self._lists else rows
        words, places = self._shape(rows[0])
        return words, [self._values(places, row) for row in rows]

    def _found(self, rows: Sequence[Any]) -> list[Any]:
        make = self._row._make
        return [make(self._read(row)) for row in rows] if self._treated else [make(row) for row in rows]

    def _values(self, places: list[Place], given: Given) -> list[Any]:
        known = {**self._fixed, **given}
        values = [known[name] if place is None else known[name][place] for name, place, _ in places]
        return [one if treat is None else treat(one) for one, (_, _, treat) in zip(values, places, strict=True)]

    def _read(self, row: Any) -> list[Any]:
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

    def _shape(self, given: Given) -> tuple[str, list[Place]]:
        """The words for lists of these lengths."""
        lengths = tuple(len(given[name]) for name in self._lists)
        if lengths not in self._shapes:
            self._shapes[lengths] = self._expanded(given)
        return self._shapes[lengths]

    def _expanded(self, given: Given) -> tuple[str, list[Place]]:
        state = self._compiled.construct_expanded_state({**self._fixed, **given})
        where: dict[str, tuple[str, int | None]] = {
            one: (name, place) for name, many in state.parameter_expansion.items() for place, one in enumerate(many)
        }
        places: list[Place] = []
        for one in state.positiontup or ():
            name, place = where.get(one, (one, None))
            bind = self._compiled.binds[name]
            places.append((name, place, bind.type.dialect_impl(self._dialect).bind_processor(self._dialect)))
        return state.statement, places


class OnFile(Ready):
    """For SQLite's driver, asked without a change of thread."""

    async def ask(self, driver: sqlite3.Connection, given: Given) -> list[Any]:
        words, values = self._made(given)
        return self._found(self._do(driver, words, values).fetchall())

    async def ask_of_each(self, driver: sqlite3.Connection, given: Sequence[Given]) -> list[Any]:
        return [row for one in given for row in await self.ask(driver, one)]

    async def tell(self, driver: sqlite3.Connection, rows: Sequence[Given]) -> int:
        words, values = self._all_made(rows)
        return self._do(driver, words, *values).rowcount

    def _do(self, driver: sqlite3.Connection, words: str, *values: list[Any]) -> sqlite3.Cursor:
        try:
            return driver.execute(words, values[0]) if len(values) == 1 else driver.executemany(words, values)
        except sqlite3.Error as error:
            raise cast(
                "DBAPIError",
                DBAPIError.instance(words, None, error, sqlite3.Error, hide_parameters=True, dialect=self._dialect),
            ) from error


class Server(Protocol):
    """What is used of a connection of asyncpg."""

    async def fetch(self, query: str, *args: Any) -> list[Any]:
        """The rows of a question."""
        ...

    async def fetchmany(self, query: str, args: Sequence[Sequence[Any]]) -> list[Any]:
        """The rows of a question asked for each of several, in one way there and back."""
        ...

    async def execute(self, query: str, *args: Any) -> str:
        """What was done, in the server's words: UPDATE 1."""
        ...

    async def executemany(self, command: str, args: Sequence[Sequence[Any]]) -> None:
        """Written for each of several."""
        ...

    def is_closed(self) -> bool:
        """Whether it came to an end."""
        ...

    def is_in_transaction(self) -> bool:
        """Whether something is begun, as the server said with its last answer."""
        ...

    def terminate(self) -> None:
        """End it at once."""
        ...


class OnServer(Ready):
    """For asyncpg: one way there and back for a question, which the server has prepared."""

    async def ask(self, driver: Server, given: Given) -> list[Any]:
        words, values = self._made(given)
        with plainly(driver, words):
            return self._found(await driver.fetch(words, *values))

    async def ask_of_each(self, driver: Server, given: Sequence[Given]) -> list[Any]:
        words, values = self._all_made(given)
        with plainly(driver, words):
            return self._found(await driver.fetchmany(words, values))

    async def tell(self, driver: Server, rows: Sequence[Given]) -> int:
        words, values = self._all_made(rows)
        with plainly(driver, words):
            if len(values) == 1:
                return int((await driver.execute(words, *values[0])).rpartition(" ")[2])
            await driver.executemany(words, values)
        return -1


@contextmanager
def plainly(driver: Server, words: str) -> Generator[None]:
    """What asyncpg raises inside is raised as SQLAlchemy would. Raises DBAPIError."""
    try:
        yield
    except FAULTS as error:
        raise _refused(driver, words, error) from error


def _refused(driver: Server, words: str, error: Exception) -> DBAPIError:
    """The same error that SQLAlchemy makes of it, without the values."""
    if isinstance(error, asyncpg.PostgresError):
        vars(error)["detail"] = None  # PostgreSQL quotes a row in it
    kind = str(getattr(error, "sqlstate", None))[:2]
    changed = isinstance(error, asyncpg.InvalidCachedStatementError)  # by another version; forgotten now, so again
    trouble = kind in TROUBLE or changed or isinstance(error, OSError) or driver.is_closed()
    sort = OperationalError if trouble else IntegrityError if kind == _BROKEN_RULE else DBAPIError
    return sort(words, None, error, hide_parameters=True)
