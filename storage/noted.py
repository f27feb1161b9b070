"""Notes in a file beside a database of SQLite: lines of JSON that are there as soon as they are written.

They are not synced: a program that is killed leaves all that it wrote, and what a power cut takes is only a note.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import outbox
from storage.outbox import Note

SUFFIX = "-arrived"
"""Behind the name of the database: whoever moves the one sees the other."""


def beside(database: Path) -> Path:
    """The file of the notes of a database."""
    return database.with_name(database.name + SUFFIX)


class NotesFile:
    """Opened at the first note, and closed by `close`."""

    def __init__(self, database: Path) -> None:
        self._path = beside(database)
        self._file: int | None = None
        self._empty = False

    def add(self, note: Sequence[Any]) -> None:
        """Write one note. Raises OSError when there is no room."""
        self._empty = False
        os.write(self._open(), b"\n" + orjson.dumps(tuple(note)))  # whatever was cut short before ends here

    def read(self) -> list[Note]:
        """All notes that are whole, the oldest first. Raises OSError."""
        notes: list[Note] = []
        for line in self._path.read_bytes().splitlines() if self._path.exists() else ():
            with suppress(orjson.JSONDecodeError, TypeError):
                notes.append(Note(*orjson.loads(line)))
        return notes

    async def bring(self, tx: AsyncConnection) -> None:
        """What was noted is in the table from now on."""
        if notes := self.read():
            await outbox.arrived(tx, notes)

    def wipe(self) -> None:
        """None of them is needed any more."""
        if not self._empty and self._path.exists():
            os.truncate(self._path, 0)
        self._empty = True

    def close(self) -> None:
        """What was written stays."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _open(self) -> int:
        if self._file is None:
            self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return self._file
