"""`yashu rotate-keys`: everything sealed anew with new keys. Run again after a crash, it starts over or goes on.

The order makes that so. Keys of before aside, next keys on disk: from here on nothing else runs. The database in one
transaction, which notes its keys: from here on it only goes forward. Backups aside, files one by one, keys in force.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any

import click

from bot.cases.errors import Broken
from bot.commands.plainly import told_plainly
from bot.texts.console_backups import BackupTexts
from bot.texts.console_keys import KeyTexts

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.config import Settings
    from storage.noted import NotesFile
    from storage.renumbering import Told
    from storage.seals import Seals


@click.command("rotate-keys")
@click.option("--apply", "applied", is_flag=True, help="Do it. Without this all is tried and given up.")
def rotate_keys(applied: bool) -> None:
    """Seal database and files anew with new keys, while yashu is stopped.

    Cut short, it is to be run again; nothing else runs before. Older backups stay with the old keys, which are kept.
    """
    with told_plainly():
        from sqlalchemy.exc import SQLAlchemyError

        from bot.config import read_settings

        settings = read_settings()
        texts = KeyTexts(settings.language)
        with _nobody_else(settings, texts):
            try:
                asyncio.run(_rotate(settings, texts) if applied else _try(settings, texts))
            except SQLAlchemyError as error:
                raise Broken(texts.unreachable(type(error).__name__)) from error


@contextmanager
def _nobody_else(settings: Settings, texts: KeyTexts) -> Generator[None]:
    """Neither the program (on a file; on a server see `_opened`) nor a backup runs meanwhile."""
    from storage import backups
    from storage.database import alone

    file = settings.database_file
    if file is not None and not file.exists():
        raise Broken(texts.no_database())
    try:
        with backups.one_at_a_time(settings.data_dir):
            if file is None:
                yield
                return
            with alone(settings.data_dir):
                yield
    except BlockingIOError:
        raise Broken(texts.running()) from None
    except backups.Busy:
        raise Broken(BackupTexts(settings.language).busy()) from None


async def _try(settings: Settings, texts: KeyTexts) -> None:
    from bot.desk.desk import Clock
    from storage import backups, noted_keys, seals
    from storage.media import MediaStore

    before = seals.read_keys(settings.data_dir / "keys")
    async with _opened(settings, texts) as tx:
        await noted_keys.must_fit(tx, before)
        told = await _seal(tx, before, seals.new_seals(), Clock().now(), texts, texts.trying())
    media = settings.data_dir / "media"
    sizes = [(media / path).stat().st_size for path in MediaStore(media, before.media_key).every()]
    click.echo(texts.plan(told.people, told.values, len(sizes), sum(sizes), len(backups.all_in(settings.backups))))
    _warn(told, texts)


async def _rotate(settings: Settings, texts: KeyTexts) -> None:
    from bot.desk.desk import Clock
    from storage import backups, seals
    from storage.noted import NotesFile

    keys, now, file = settings.data_dir / "keys", Clock().now(), settings.database_file
    notes = NotesFile(file) if file else None
    async with _opened(settings, texts) as tx:
        told = await _database(tx, keys, now, texts, notes)
    if notes:
        notes.wipe()  # they stand in the table now, with the new numbers of people
    before, after = seals.keys_between(keys)
    aside = seals.aside_in(keys)
    try:
        kept = backups.put_aside(settings.backups, aside.name)
        files, broken = _files(settings.data_dir / "media", before, after, texts)
        seals.end_change(keys)
    except OSError as error:
        raise Broken(texts.cut_short(str(error))) from error
    click.echo(texts.done(told and told.values, files))
    if told:
        _warn(told, texts)
    if broken:
        click.echo(texts.broken(broken))
    click.echo(texts.then(aside, kept))


@asynccontextmanager
async def _opened(settings: Settings, texts: KeyTexts) -> AsyncGenerator[AsyncConnection]:
    """The database, with nobody else in it. Raises Broken."""
    from storage import leases, resealing

    await _may_begin(settings, texts)
    async with resealing.opened(settings.database) as tx:
        if tx.dialect.name == "postgresql" and await leases.held(tx):
            raise Broken(texts.running())
        yield tx


async def _database(
    tx: AsyncConnection, keys: Path, now: datetime, texts: KeyTexts, notes: NotesFile | None
) -> Told | None:
    """Make the next keys and seal the database with them; None: it is already. Raises Broken: nothing was kept."""
    from storage import leases, noted_keys, seals

    if seals.half_changed(keys):
        click.echo(texts.half_way())
        if await noted_keys.are(tx, seals.keys_between(keys)[1]):
            return None
        before, _ = seals.keys_between(keys)
    else:
        before = seals.read_keys(keys)
    await noted_keys.must_fit(tx, before)
    told = None
    try:
        seals.begin_change(keys, now)
        if notes:
            await notes.bring(tx)
        told = await _seal(tx, *seals.keys_between(keys), now, texts, texts.sealing())
        await leases.take_away(tx)
    finally:
        if told is None:
            seals.give_up_change(keys, now)
    await tx.commit()
    return told


async def _seal(tx: AsyncConnection, before: Seals, after: Seals, now: datetime, texts: KeyTexts, label: str) -> Told:
    from storage import renumbering, resealing

    work = resealing.Resealing(tx, before, after, _read)
    try:
        with click.progressbar(length=await work.length(), label=label, file=sys.stderr) as bar:
            async for done in work.run(now):
                bar.update(done)
    except renumbering.NotOpened as error:
        raise Broken(texts.not_opened(str(error))) from error
    except renumbering.Differs as error:
        raise Broken(texts.differs(str(error))) from error
    return work.told


async def _may_begin(settings: Settings, texts: KeyTexts) -> None:
    """Looked at before anything is locked. Another step may seal what is not known here. Raises Broken."""
    from storage import leases
    from storage.database import Database
    from storage.migrations import HEAD, step_of

    database = Database(settings.database)
    try:
        async with database.read() as tx:
            step = await tx.run_sync(step_of)
            if step != HEAD:
                raise Broken(texts.old(step, HEAD))
            if database.shared and await leases.held(tx):
                raise Broken(texts.running())
    finally:
        await database.close()


def _read(update: Any) -> tuple[int | None, str | None]:
    from bot.intake.signs import whose

    sign = whose(update)
    return sign.user_id, sign.deed


def _files(media: Path, before: Seals, after: Seals, texts: KeyTexts) -> tuple[int, list[str]]:
    """Seal every file anew; how many, and the paths of those that no key opens."""
    from storage.media import MediaStore, Unreadable

    old, new = MediaStore(media, before.media_key), MediaStore(media, after.media_key)
    count, broken = sum(1 for _ in new.every()), list[str]()
    with click.progressbar(new.every(), length=count, label=texts.filing(), file=sys.stderr) as bar:
        for path in bar:
            try:
                new.seal_anew(path, old)
            except Unreadable:
                broken.append(path)
    return count - len(broken), broken


def _warn(told: Told, texts: KeyTexts) -> None:
    if told.gone:
        click.echo(texts.gone(told.gone))
    if told.mutes:
        click.echo(texts.mutes(told.mutes))
