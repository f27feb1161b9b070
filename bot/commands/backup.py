"""`yashu backup`, `yashu restore`, `yashu drill`: a copy of everything, back from it, and proof."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cases.errors import Broken
from bot.commands.plainly import told_plainly
from bot.texts.console_backups import BackupTexts

if TYPE_CHECKING:
    from collections.abc import Generator

    from bot.config import Settings
    from storage.backups import Backup, Manifest


@click.command()
def backup() -> None:
    """Back up database and files now, while yashu runs or not. The keys are not in it: keep them elsewhere."""
    with told_plainly():
        from bot.config import read_settings
        from bot.desk.desk import Clock
        from storage import backups
        from storage.seals import read_keys

        settings = read_settings()
        texts = BackupTexts(settings.language)
        key, file = read_keys(settings.data_dir / "keys").backup_key, settings.database_file
        if file is not None and not file.exists():
            raise Broken(texts.nothing_yet(file))
        with _readable(texts), backups.one_at_a_time(settings.data_dir):
            made = backups.make(file, settings.data_dir / "media", settings.backups, key, Clock().now())
            backups.prune(settings.backups, settings.backup_keep, key)
            manifest = backups.read_manifest(made, key)
        click.echo(texts.made(made.folder, sum(manifest.rows.values()), len(manifest.files)))
        if file is None:
            click.echo(texts.on_a_server())


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), required=False)
def restore(folder: Path | None) -> None:
    """Bring back a backup (FOLDER; without it the newest) into an empty DATA_DIR. Put the keys there first."""
    with told_plainly():
        from bot.config import read_settings
        from storage import backups
        from storage.migrations import upgrade_now
        from storage.noted import beside
        from storage.seals import read_keys

        settings = read_settings()
        texts, file = BackupTexts(settings.language), settings.database_file
        key = read_keys(settings.data_dir / "keys").backup_key
        chosen = _chosen(settings, folder, texts)
        if file is not None and file.exists():
            raise Broken(texts.database_there(file))
        with _readable(texts):
            manifest = backups.read_manifest(chosen, key)
            if file is not None and manifest.sha256:
                part = file.with_name(f"{file.name}.restoring")
                part.unlink(missing_ok=True)
                backups.take_database(chosen, part, key)
                _refuse(backups.faults_of(part, manifest), texts)
                _files(chosen, manifest, settings.data_dir / "media", texts)
                beside(file).unlink(missing_ok=True)  # it tells of the database that was here
                part.rename(file)
                upgrade_now(settings.database)
            else:
                _files(chosen, manifest, settings.data_dir / "media", texts)
        click.echo(texts.restored(chosen.folder, sum(manifest.rows.values()), len(manifest.files)))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), required=False)
def drill(folder: Path | None) -> None:
    """Restore a backup (the newest, or FOLDER) into a folder of its own and compare. Changes nothing; 1 if it fails.

    Compared are the counts of every table, the whole history with that of the running database, and every file with
    the fingerprint taken when it came.
    """
    with told_plainly():
        from bot.config import read_settings
        from storage.seals import read_keys

        settings = read_settings()
        texts = BackupTexts(settings.language)
        seals = read_keys(settings.data_dir / "keys")
        chosen = _chosen(settings, folder, texts)
        with tempfile.TemporaryDirectory(prefix="drill-", dir=settings.data_dir) as place, _readable(texts):
            _drill(settings, chosen, Path(place), seals.backup_key, seals.media_key, texts)


def _drill(settings: Settings, chosen: Backup, place: Path, key: bytes, media_key: bytes, texts: BackupTexts) -> None:
    from storage import backups

    manifest = backups.read_manifest(chosen, key)
    _files(chosen, manifest, place / "media", texts)
    if manifest.sha256:
        backups.take_database(chosen, place / "yashu.db", key)
        _refuse(backups.faults_of(place / "yashu.db", manifest), texts)
        click.echo(texts.counts_agree(len(manifest.rows), sum(manifest.rows.values())))
        live = settings.database_file
        if live is not None and live.exists():
            _compare_history(place / "yashu.db", live, texts)
        click.echo(texts.files_agree(asyncio.run(_compare_files(place, media_key, texts))))
    click.echo(texts.drilled(chosen.folder))


def _compare_history(restored: Path, live: Path, texts: BackupTexts) -> None:
    from storage import backups

    with closing(_read_only(restored)) as old, closing(_read_only(live)) as new:
        last, columns = backups.last_line_of(old), backups.columns_of_history(old, new)
        if backups.history_of(old, last, columns) != backups.history_of(new, last, columns):
            raise Broken(texts.history_differs())
    click.echo(texts.history_agrees(last))


async def _compare_files(place: Path, media_key: bytes, texts: BackupTexts) -> int:
    """Open every file and compare it with what was written down when it came. Returns how many."""
    from hashlib import sha256

    from storage.media import MediaStore, Unreadable

    with closing(_read_only(place / "yashu.db")) as database:
        known = database.execute("select path, sha256 from media where state = 'kept' and path is not null").fetchall()
    async with MediaStore(place / "media", media_key) as store:
        with click.progressbar(known, label=texts.opening(), file=sys.stderr) as bar:
            for path, expected in bar:
                try:
                    found = sha256(await store.read_original(path)).hexdigest()
                except Unreadable:
                    found = ""
                if found != expected:
                    raise Broken(texts.file_differs(path))
    return len(known)


def _read_only(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{database}?mode=ro", uri=True)


def _chosen(settings: Settings, folder: Path | None, texts: BackupTexts) -> Backup:
    from storage import backups

    known = backups.all_in(folder.parent if folder else settings.backups)
    found = [one for one in known if folder is None or one.folder.samefile(folder)]
    if not found:
        raise Broken(texts.no_backup(folder or settings.backups))
    return found[-1]


def _files(chosen: Backup, manifest: Manifest, media: Path, texts: BackupTexts) -> None:
    from storage import backups

    with click.progressbar(length=len(manifest.files), label=texts.copying(), file=sys.stderr) as bar:
        backups.take_files(chosen, manifest, media, lambda: bar.update(1))


def _refuse(faults: list[str], texts: BackupTexts) -> None:
    if faults:
        raise Broken(texts.counts_differ(faults))


@contextmanager
def _readable(texts: BackupTexts) -> Generator[None]:
    """What is wrong with a backup is told in plain words."""
    from storage.backups import Busy, Damaged

    try:
        yield
    except Busy:
        raise Broken(texts.busy()) from None
    except Damaged as error:
        raise Broken(texts.damaged(str(error))) from error
    except sqlite3.Error as error:
        raise Broken(texts.unreadable(type(error).__name__)) from error
