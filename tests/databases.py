"""Where the data of a test live: in a SQLite file of their folder, or in a database of a real PostgreSQL.

The PostgreSQL comes from a wheel and runs as long as the test process. It hears no port, only a socket, and does not
wait for the disk. Where memory can be had as a folder, all that is there.
"""

import asyncio
import hashlib
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.lab import homes
from bot.lab.homes import held

SQLITE, POSTGRESQL = "sqlite", "postgresql"
_HURRY = (
    "fsync = off",
    "synchronous_commit = off",
    "full_page_writes = off",
    "autovacuum = off",
    "max_wal_size = '128MB'",
)
_MEMORY = Path("/dev/shm")
_MEMORY_WANTED = 4 << 30
"""Bytes; what a run needs at a time is a tenth of it. A container may have much less."""

_addresses: dict[Path, str] = {}


@cache
def quick_folder() -> Path:
    """Where files cost no wait for a disk, if there is such a place."""
    roomy = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free >= _MEMORY_WANTED
    return _MEMORY if roomy else Path(tempfile.gettempdir())


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


def asked(folder: Path, question: str) -> list[Any]:
    """The rows of a question to the database of a data folder."""
    if address_of(folder) is not None:
        return _ask(address_of(folder) or "", question)
    with closing(sqlite3.connect(next(folder.glob("*.db")), timeout=10)) as base:
        return base.execute(question).fetchall()


def told(folder: Path, *statements: str) -> None:
    """Write into the database of a data folder, behind the product's back."""
    if address := address_of(folder):
        _ask(address, *statements)
        return
    with closing(sqlite3.connect(next(folder.glob("*.db")), timeout=10)) as base:
        for statement in statements:
            base.execute(statement)
        base.commit()


@asynccontextmanager
async def locked(folder: Path) -> AsyncGenerator[None]:
    """Another program writes into the database and takes its time."""
    async with held(address_of(folder) or f"sqlite+aiosqlite:///{folder / 'yashu.db'}"):
        yield


def dumped(folder: Path) -> bytes:
    """All that is in the PostgreSQL of a data folder, as SQL."""
    return _program("pg_dump", folder, "--no-owner", "--no-privileges")


def filled(folder: Path, dump: bytes) -> Path:
    """Put a dump into the empty PostgreSQL of a data folder."""
    _program("psql", folder, "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", given=dump)
    return folder


def _program(name: str, folder: Path, *words: str, given: bytes = b"") -> bytes:
    """Run a program that comes with the server. Raises CalledProcessError."""
    server = _server()
    host = server.get_postmaster_info().socket_dir
    command = [server.bin_path / name, *words, "--host", host, "--username", "postgres", _name(folder)]
    return subprocess.run(command, check=True, input=given, stdout=subprocess.PIPE).stdout


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
    _addresses[folder.resolve()] = homes.address_of(_server(), _name(folder))


def _name(folder: Path) -> str:
    return "t" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:20]


def _do(*orders: str) -> None:
    _ask(homes.address_of(_server(), "postgres"), *orders)


def _ask(address: str, *orders: str) -> list[Any]:
    """Give orders one after the other; the rows of the last one."""

    async def ask() -> list[Any]:
        rows: list[Any] = []
        engine = create_async_engine(address, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            for order in orders:
                said = await connection.execute(text(order))
                rows = [*said.all()] if said.returns_rows else []
        await engine.dispose()
        return rows

    with ThreadPoolExecutor(1) as other:  # whoever wants a database may be inside a loop
        return other.submit(asyncio.run, ask()).result()


@cache
def _server() -> Any:
    """The server, started when it is first asked for. It does not wait for the disk."""
    server = homes.server_in(Path(tempfile.mkdtemp(prefix="yashu-pg-", dir=quick_folder())))
    hurry = (f"alter system set {setting}" for setting in _HURRY)
    _ask(homes.address_of(server, "postgres"), *hurry, "select pg_reload_conf()")
    return server
