"""What `yashu doctor` looks at. Nothing here writes, makes or changes anything."""

import os
import shutil
from collections.abc import AsyncGenerator, Collection, Generator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.actions import CENTRE, UNIT
from bot.cases.catalogue_file import load
from bot.cases.checklists import load_checklists
from bot.cases.errors import BrokenCatalogue, BrokenSetting
from bot.cases.worktime import WorkCalendar
from bot.config import Settings
from bot.desk.desk import Clock
from bot.desk.onduty import gaps_of
from bot.desk.workdays import workdays
from bot.intake.webhook import PATH
from bot.listening.ear import Ear, Unheard
from bot.listening.model import find_model
from bot.outbox.channel import Channel, Outcome, Verdict
from bot.texts.console import DoctorTexts, database_too_new, keys_of_another
from storage import inbox, noted_keys, outbox, people, roster, units
from storage.database import Database
from storage.migrations import HEAD, lacking_in, step_of
from storage.seals import read_keys

LITTLE_SPACE_GB = 1.0
CLOCK_APART_S = 5.0
NAMED_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor."""

    grade: Literal["ok", "warning", "wrong"]
    said: str


async def findings(settings: Settings, texts: DoctorTexts) -> list[Finding]:
    """Everything there is to say about an installation whose settings can be read."""
    now = Clock().now()
    still = [*_folder(settings, texts), *_rules(settings, texts, now)]
    still.append(await _voice(settings, texts))
    return [*still, *[one async for one in _database(settings, texts, now)], *await _telegram(settings, texts)]


def _folder(settings: Settings, texts: DoctorTexts) -> Generator[Finding]:
    if not settings.admin_ids:
        yield Finding("warning", texts.no_admins())
    folder = settings.data_dir.absolute()
    there = next(one for one in (folder, *folder.parents) if one.exists())
    free_gb = shutil.disk_usage(there).free / 1e9
    if not os.access(there, os.W_OK | os.X_OK):
        yield Finding("wrong", texts.folder_not_writable(folder))
    elif free_gb < LITTLE_SPACE_GB:
        yield Finding("warning", texts.little_space(folder, free_gb))
    else:
        yield Finding("ok", texts.folder_writable(folder, free_gb))
    yield _keys(folder / "keys", texts)


def _keys(folder: Path, texts: DoctorTexts) -> Finding:
    try:
        read_keys(folder)
    except (BrokenSetting, OSError) as error:
        return Finding("wrong", texts.keys_wrong(str(error)))
    shared = [path for path in folder.glob("*.key") if path.stat().st_mode & 0o077]
    return Finding("warning", texts.keys_open(shared[0])) if shared else Finding("ok", texts.keys_there())


def _rules(settings: Settings, texts: DoctorTexts, now: datetime) -> Generator[Finding]:
    try:
        catalogue = load(settings.catalogue)
    except (BrokenCatalogue, OSError) as error:
        yield from (Finding("wrong", texts.catalogue_wrong(line)) for line in str(error).splitlines())
    else:
        yield Finding("ok", texts.catalogue_read(len(catalogue.matters)))
        codes = _listed([matter.code for matter in catalogue.unreviewed()])
        yield Finding("warning", texts.unreviewed(codes)) if codes else Finding("ok", texts.reviewed())
        yield from _checklists(settings, texts, catalogue.matters)
    try:
        missing = workdays(settings.holidays).missing_year(now.date())
    except BrokenSetting as error:
        yield Finding("wrong", texts.setting(str(error)))
    else:
        yield Finding("warning", texts.holidays_missing(missing)) if missing else Finding("ok", texts.holidays_known())


def _checklists(settings: Settings, texts: DoctorTexts, matters: Collection[str]) -> Generator[Finding]:
    try:
        lists = load_checklists(settings.checklists, matters).lists
    except (BrokenCatalogue, OSError) as error:
        yield from (Finding("wrong", texts.checklists_wrong(line)) for line in str(error).splitlines())
    else:
        yield Finding("ok", texts.checklists_read(len(lists)))


async def _voice(settings: Settings, texts: DoctorTexts) -> Finding:
    """Whether the model can really be loaded. A file without sound is enough: what answers has loaded it."""
    if settings.voice_model is None:
        return Finding("ok", texts.voice_off())
    ear = Ear(model := find_model(settings.voice_model))
    try:
        loaded = await ear.hear(b"") is Unheard.BROKEN
    finally:
        await ear.close()
    return Finding("ok", texts.voice_on(model.file)) if loaded else Finding("wrong", texts.voice_wrong(model.file))


async def _database(settings: Settings, texts: DoctorTexts, now: datetime) -> AsyncGenerator[Finding]:
    database = Database(settings.database)
    try:
        if _is_new(settings.database):
            yield Finding("ok", texts.database_new())
            return
        async with database.read() as tx:
            step = await tx.run_sync(step_of)
            lacking = await tx.run_sync(lacking_in) if step is not None and step > HEAD else ()
            yield Finding("wrong", database_too_new(step or "", HEAD, lacking)) if lacking else _step(step, texts)
            if step is not None and step >= HEAD and not lacking:
                if not await _keys_fit(tx, settings):
                    yield Finding("wrong", texts.keys_wrong(keys_of_another()))
                yield await _dead_letters(tx, texts)
                for finding in await _units(tx, texts, now):
                    yield finding
                if finding := await _rosters(tx, settings, texts, now):
                    yield finding
    except (SQLAlchemyError, OSError) as error:
        yield Finding("wrong", texts.database_wrong(type(error).__name__))
    finally:
        await database.close()


async def _keys_fit(tx: AsyncConnection, settings: Settings) -> bool:
    """What cannot be read has been told already."""
    try:
        return await noted_keys.fit(tx, read_keys(settings.data_dir / "keys"))
    except (BrokenSetting, OSError):
        return True


def _is_new(url: str) -> bool:
    """A look would make the file. Raises OSError where it cannot be told, as in a folder that belongs to others."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return False
    try:
        Path(address.database or "").stat()
    except FileNotFoundError:
        return True
    return False


def _step(step: str | None, texts: DoctorTexts) -> Finding:
    if step == HEAD:
        return Finding("ok", texts.database_ready(step))
    if step is None or step < HEAD:
        return Finding("warning", texts.database_old(step))
    return Finding("warning", texts.database_newer(step))


async def _dead_letters(tx: AsyncConnection, texts: DoctorTexts) -> Finding:
    arrived, owed = (await inbox.counts(tx)).get("dead", 0), (await outbox.counts(tx)).get("dead", 0)
    if arrived or owed:
        return Finding("warning", texts.dead_letters(arrived, owed))
    return Finding("ok", texts.no_dead_letters())


async def _units(tx: AsyncConnection, texts: DoctorTexts, now: datetime) -> list[Finding]:
    known = await units.all_units(tx)
    if not known:
        return [Finding("warning", texts.no_units())]
    staffed = {duty.unit_id for role in UNIT | CENTRE for duty in await people.with_role(tx, role, now)}
    found: list[Finding] = []
    if groupless := _listed([unit.name for unit in known if unit.chat_id is None]):
        found.append(Finding("warning", texts.units_without_group(groupless)))
    if empty := _listed([unit.name for unit in known if unit.id not in staffed]):
        found.append(Finding("warning", texts.units_without_people(empty)))
    return found or [Finding("ok", texts.units_complete(len(known)))]


async def _rosters(tx: AsyncConnection, settings: Settings, texts: DoctorTexts, now: datetime) -> Finding | None:
    """Whether every unit with a plan has somebody on duty in the next days; nothing where no unit has one."""
    try:
        calendar = WorkCalendar(is_workday=workdays(settings.holidays).is_workday)
    except BrokenSetting:
        return None  # said already
    known = {one.id: one.name for one in await units.all_units(tx)}
    planned = await roster.planned_units(tx)
    names = [known[one] for one in planned if await gaps_of(tx, calendar, one, now)]
    if names:
        return Finding("warning", texts.rosters_with_gaps(_listed(names)))
    return Finding("ok", texts.rosters_complete(len(planned))) if planned else None


async def _telegram(settings: Settings, texts: DoctorTexts) -> list[Finding]:
    base, proxy = settings.bot_api_base, _without_password(settings.proxy)
    channel = Channel(base, settings.bot_token.get_secret_value(), settings.proxy)
    try:
        known = await channel.call("getMe", {})
        if known.verdict is not Verdict.SENT and known.code not in {401, 404}:
            return [Finding("wrong", texts.unreachable(base, known.trouble, proxy))]
        reached = [Finding("ok", texts.reachable(base, proxy)), *_bot(known, texts), *await _clock(channel, texts)]
        if known.verdict is not Verdict.SENT:
            return reached
        return [*reached, *_delivery(settings, texts, await channel.call("getWebhookInfo", {}))]
    finally:
        await channel.close()


def _bot(known: Outcome, texts: DoctorTexts) -> Generator[Finding]:
    if known.verdict is not Verdict.SENT:
        yield Finding("wrong", texts.token_unknown())
        return
    yield Finding("ok", texts.token_known(known.result["username"]))
    if known.result.get("can_read_all_group_messages"):
        yield Finding("warning", texts.privacy_off())


async def _clock(channel: Channel, texts: DoctorTexts) -> list[Finding]:
    theirs = await channel.server_time()
    if theirs is None:
        return []
    apart = abs((Clock().now() - theirs).total_seconds())
    right = apart <= CLOCK_APART_S
    return [Finding("ok", texts.clock_right(apart)) if right else Finding("warning", texts.clock_wrong(apart))]


def _delivery(settings: Settings, texts: DoctorTexts, info: Outcome) -> Generator[Finding]:
    told: dict[str, Any] = info.result or {}
    url = str(told.get("url", ""))
    if url != (settings.webhook_url + PATH if settings.webhook_url else ""):
        yield Finding("warning", texts.webhook_elsewhere(url))
    elif url:
        yield Finding("ok", texts.webhook_there(url, int(told.get("pending_update_count", 0))))
    else:
        yield Finding("ok", texts.polling())
    if url and (trouble := told.get("last_error_message")):
        yield Finding("warning", texts.webhook_troubled(str(trouble)))


def _without_password(proxy: str | None) -> str | None:
    return proxy and f"{proxy.partition('://')[0]}://{proxy.rpartition('://')[2].rpartition('@')[2]}"


def _listed(names: list[str]) -> str:
    more = f" … (+{len(names) - NAMED_AT_MOST})" if len(names) > NAMED_AT_MOST else ""
    return ", ".join(names[:NAMED_AT_MOST]) + more
