"""A small disk of its own for the data of the product, which can be full for a while."""

import contextlib
import os
import sqlite3
import subprocess
from collections.abc import Generator
from pathlib import Path

_ROOM = "1g"
"""Nominal: a file system in memory takes what is in it. Below half of it files are refused (storage.media.FLOOR)."""

_TRIES = 20


class Disk:
    """A file system in memory, mounted over the data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fill(self) -> None:
        """Take away all room but what is in use. Raises CalledProcessError if it cannot be done."""
        self._give_back_the_log()
        for tries_left in reversed(range(_TRIES)):
            left = os.statvfs(self._folder)
            # Something may have been written since.
            if _mount(
                self._folder, f"remount,size={(left.f_blocks - left.f_bfree) * left.f_frsize}", must=not tries_left
            ):
                return

    def empty(self) -> None:
        """There is room again."""
        _mount(self._folder, f"remount,size={_ROOM}", must=True)

    def _give_back_the_log(self) -> None:
        """Pages that SQLite's log holds already would still be written to."""
        with contextlib.closing(sqlite3.connect(self._folder / "yashu.db", timeout=5)) as base:
            base.execute("pragma wal_checkpoint(truncate)")


@contextlib.contextmanager
def small_disk(folder: Path, *, wanted: bool) -> Generator[Disk | None]:
    """Mount it if it is wanted; None where that is not allowed (only root may)."""
    folder.mkdir()
    if not wanted or not _mount(folder, f"size={_ROOM}", must=False):
        yield None
        return
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def _mount(folder: Path, how: str, *, must: bool) -> bool:
    argv = ["mount", "-t", "tmpfs", "-o", how, "tmpfs", folder]
    try:
        return subprocess.run(argv, check=must, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False
