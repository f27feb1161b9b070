"""Backups: the database as it stood at one moment, sealed, and beside it the files, which are sealed already.

A folder of backups holds one folder for each moment (its time in UTC names it) with `database.sealed` and
`manifest.sealed`, and `files/`, which all of them share: a file never changes, so it is copied once. The keys are not
in it: whoever finds a backup can read nothing, and whoever loses the keys neither.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.folders import sync_folder
from storage.media import TMP
from storage.tables import metadata

MARK = b"yashu backup 1\n"
STRIDE = 1 << 20
PREFIX = 8
LENGTH = 4
DATABASE, MANIFEST, FILES = "database.sealed", "manifest.sealed", "files"
NAMED = "%Y%m%dT%H%M%SZ"
UNFINISHED = ".unfinished"
MORE, LAST = b"more", b"last"


class Stopped(Exception):
    """The program ends; the backup that was being made is given up."""


class Busy(Exception):
    """Another program is making a backup at this moment."""


class Damaged(Exception):
    """A backup that cannot be read: another key, cut short, or changed. Its text names the file."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One moment in a folder of backups."""

    folder: Path
    at: datetime

    @property
    def root(self) -> Path:
        """The folder of backups it stands in."""
        return self.folder.parent


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup must hold: rows of each table, the sha256 of the plain database, sizes of the files in bytes.

    Without a database (on a server it has tools of its own) `sha256` is empty.
    """

    step: str
    sha256: str
    rows: Mapping[str, int]
    files: Mapping[str, int]


def all_in(root: Path) -> list[Backup]:
    """The finished backups of a folder, the oldest first."""
    found: list[Backup] = []
    for folder in sorted(root.glob("*Z")) if root.is_dir() else ():
        try:
            at = datetime.strptime(folder.name, NAMED).replace(tzinfo=UTC)
        except ValueError:
            continue
        found.append(Backup(folder, at))
    return found


@contextmanager
def one_at_a_time(data: Path) -> Generator[None]:
    """Nobody else makes or deletes backups of this data folder meanwhile. Raises Busy.

    The lock lies in the data folder: a folder of backups may be a share that knows no locks.
    """
    with (data / "backup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None
        yield


def make(
    database: Path | None, media: Path, root: Path, key: bytes, at: datetime, go_on: Callable[[], None] = lambda: None
) -> Backup:
    """Back up a database of SQLite that may be in use, and the folder of media. Returns when all of it is on disk.

    `go_on` is called again and again, and may raise. A crash leaves a folder that is not counted as a backup; the next
    one clears it. Run it inside of `one_at_a_time`. Raises OSError, sqlite3.Error.
    """
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in root.glob(f"*{UNFINISHED}"):
        shutil.rmtree(left)
    done = Backup(root / at.astimezone(UTC).strftime(NAMED), at)
    work = root / f"{done.folder.name}{UNFINISHED}"
    work.mkdir(mode=0o700)
    step, rows, sha256 = _keep_database(database, work, key, go_on) if database else ("", {}, "")
    manifest = Manifest(step, sha256, rows, _keep_files(media, root / FILES, go_on))
    plain = work / "manifest"
    plain.write_bytes(orjson.dumps(manifest))
    seal(plain, work / MANIFEST, key)
    plain.unlink()
    work.rename(done.folder)
    sync_folder(root)
    return done


def _keep_database(
    database: Path, work: Path, key: bytes, go_on: Callable[[], None]
) -> tuple[str, dict[str, int], str]:
    """The step of its migrations, its rows by table and the sha256 of what was sealed.

    The plain copy lies beside the database: in the folder of backups nothing is readable, not even for a moment.
    """
    copy = database.with_name(f"{database.name}{UNFINISHED}")
    copy.unlink(missing_ok=True)
    try:
        return _sealed_copy(database, copy, work / DATABASE, key, go_on)
    finally:
        copy.unlink(missing_ok=True)


def _sealed_copy(
    database: Path, copy: Path, target: Path, key: bytes, go_on: Callable[[], None]
) -> tuple[str, dict[str, int], str]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as live, closing(sqlite3.connect(copy)) as kept:
        copy.chmod(0o600)
        live.backup(kept)
        kept.execute("pragma journal_mode=delete")
        step, rows = step_of(kept), rows_of(kept, metadata.tables)
    return step, rows, seal(copy, target, key, go_on)


def step_of(database: sqlite3.Connection) -> str:
    """The step of the migrations that a database of SQLite stands at."""
    found = database.execute("select version_num from alembic_version").fetchone()
    return str(found[0]) if found else ""


def rows_of(database: sqlite3.Connection, tables: Iterable[str]) -> dict[str, int]:
    """The rows of those of these tables that are there: a version before knew fewer, the next one more."""
    there = {row[0] for row in database.execute("select name from sqlite_master where type = 'table'")}
    known = [name for name in tables if name in there]
    return {name: database.execute(f'select count(*) from "{name}"').fetchone()[0] for name in known}  # noqa: S608 - names of tables that are there


def _keep_files(media: Path, root: Path, go_on: Callable[[], None]) -> dict[str, int]:
    """Copy what is not there yet; the sizes of all that is in the folder of media."""
    sizes: dict[str, int] = {}
    for file in sorted(media.glob("*/*")) if media.is_dir() else ():
        if file.parent.name == TMP:
            continue
        go_on()
        name = f"{file.parent.name}/{file.name}"
        try:
            sizes[name] = file.stat().st_size
            _copy(file, root / name)
        except FileNotFoundError:  # forgotten meanwhile
            sizes.pop(name, None)
    return sizes


def _copy(source: Path, target: Path) -> None:
    """Copy a file that never changes, if it is not there yet; it is either whole or not there."""
    if target.exists() and target.stat().st_size == source.stat().st_size:
        return
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = target.with_name(f"{target.name}{UNFINISHED}")
    shutil.copyfile(source, part)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(target)


def put_aside(root: Path, name: str) -> Path | None:
    """Move all backups of a folder, with their files, into a folder of backups below it; None if there are none.

    For when the keys change: later ones are sealed otherwise, and each kind has its own files. Safe to repeat.
    """
    aside = root / name
    here = [one.folder for one in all_in(root)] + [one for one in [root / FILES] if one.exists()]
    for one in here:
        aside.mkdir(mode=0o700, exist_ok=True)
        one.rename(aside / one.name)
    if not aside.exists():
        return None
    sync_folder(aside)
    sync_folder(root)
    return aside


def prune(root: Path, keep: int, key: bytes) -> int:
    """Delete all but the newest backups, and the files that only the deleted ones named. Returns how many backups.

    So what was forgotten in the product leaves its backups too.
    """
    old = all_in(root)[:-keep]
    for one in old:
        shutil.rmtree(one.folder)
    if old:
        named = {name for one in all_in(root) for name in read_manifest(one, key).files}
        for file in (root / FILES).glob("*/*"):
            if f"{file.parent.name}/{file.name}" not in named:
                file.unlink()
    return len(old)


def read_manifest(backup: Backup, key: bytes) -> Manifest:
    """What a backup must hold. Raises Damaged."""
    return Manifest(**orjson.loads(b"".join(opened(backup.folder / MANIFEST, key))))


def take_database(backup: Backup, target: Path, key: bytes) -> Manifest:
    """Write the database of a backup to a file that does not exist. Raises Damaged when it is not what was kept."""
    manifest = read_manifest(backup, key)
    sha256 = hashlib.sha256()
    with target.open("xb") as file:
        target.chmod(0o600)
        for part in opened(backup.folder / DATABASE, key):
            sha256.update(part)
            file.write(part)
        file.flush()
        os.fsync(file.fileno())
    if sha256.hexdigest() != manifest.sha256:
        raise Damaged(str(backup.folder / DATABASE))
    return manifest


def take_files(backup: Backup, manifest: Manifest, media: Path, each: Callable[[], None]) -> None:
    """Copy the files of a backup into a folder of media; `each` is called after every one. Raises Damaged."""
    for name, size in manifest.files.items():
        source = backup.root / FILES / name
        if not source.is_file() or source.stat().st_size != size:
            raise Damaged(str(source))
        _copy(source, media / name)
        each()


def faults_of(database: Path, manifest: Manifest) -> list[str]:
    """What is wrong with a restored database: names of tables with another count, and what SQLite itself finds."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as found:
        whole = [row[0] for row in found.execute("pragma integrity_check") if row[0] != "ok"]
        loose = [f"{row[0]}: foreign key" for row in found.execute("pragma foreign_key_check")]
        rows = rows_of(found, manifest.rows)
    return whole + loose + [name for name, count in manifest.rows.items() if rows.get(name) != count]


def seal(source: Path, target: Path, key: bytes, go_on: Callable[[], None] = lambda: None) -> str:
    """Pack and seal a file in strides, each bound to its place, so that none can be lost, moved or added.

    Returns the sha256 of the plain bytes, as hex digits.
    """
    box, prefix, sha256 = AESGCM(key), os.urandom(PREFIX), hashlib.sha256()
    with source.open("rb") as plain, target.open("xb") as sealed:
        sealed.write(MARK + prefix)
        waiting, last = b"", 0
        for at, packed in enumerate(_packed(plain, sha256.update)):
            go_on()
            if at:
                _write(sealed, box.encrypt(_nonce(prefix, at - 1), waiting, MORE))
            waiting, last = packed, at
        _write(sealed, box.encrypt(_nonce(prefix, last), waiting, LAST))
        sealed.flush()
        os.fsync(sealed.fileno())
    return sha256.hexdigest()


def _packed(plain: BinaryIO, seen: Callable[[bytes], None]) -> Generator[bytes]:
    """The file, packed, in strides; at least one."""
    packer = zlib.compressobj(1)
    while part := plain.read(STRIDE):
        seen(part)
        if packed := packer.compress(part):
            yield packed
    yield packer.flush()


def _write(sealed: BinaryIO, part: bytes) -> None:
    sealed.write(len(part).to_bytes(LENGTH) + part)


def _nonce(prefix: bytes, at: int) -> bytes:
    return prefix + at.to_bytes(4)


def opened(path: Path, key: bytes) -> Generator[bytes]:
    """The plain bytes of a sealed file, in parts. Raises Damaged; what came before must not be trusted then."""
    box, unpacker = AESGCM(key), zlib.decompressobj()
    try:
        for at, (prefix, part, is_last) in enumerate(_parts(path)):
            yield unpacker.decompress(box.decrypt(_nonce(prefix, at), part, LAST if is_last else MORE))
        yield unpacker.flush()
    except (InvalidTag, zlib.error, OSError) as error:
        raise Damaged(str(path)) from error


def _parts(path: Path) -> Iterable[tuple[bytes, bytes, bool]]:
    with path.open("rb") as sealed:
        if sealed.read(len(MARK)) != MARK:
            raise Damaged(str(path))
        prefix, size = sealed.read(PREFIX), sealed.read(LENGTH)
        while size:
            part, size = sealed.read(int.from_bytes(size)), sealed.read(LENGTH)
            yield prefix, part, not size


def history_of(database: sqlite3.Connection, up_to: int, columns: Iterable[str]) -> str:
    """A fingerprint of the history up to a line: it only ever grows, so an older copy must agree with a newer one."""
    sha256, named = hashlib.sha256(), ", ".join(f'"{column}"' for column in columns)
    lines: Iterable[Any] = database.execute(f"select {named} from history where id <= ? order by id", (up_to,))  # noqa: S608 - names of its columns
    for line in lines:
        sha256.update(repr(line).encode())
    return sha256.hexdigest()


def columns_of_history(*databases: sqlite3.Connection) -> list[str]:
    """The columns that the history has in each of them: one may be of another version."""
    known = [[row[1] for row in one.execute("pragma table_info(history)")] for one in databases]
    return [name for name in known[0] if all(name in other for other in known)]


def last_line_of(database: sqlite3.Connection) -> int:
    """The number of the newest line of the history; 0 if there is none."""
    return database.execute("select coalesce(max(id), 0) from history").fetchone()[0]
