"""A copy of everything while people report, back from it, and the proof that it would work."""

import shutil
import sqlite3
from asyncio import to_thread
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.app import App
from bot.cli import main
from storage import backups
from storage.migrations import HEAD
from storage.seals import make_keys, read_keys
from tests.databases import SQLITE, asked
from tests.frozen import STEPS, about, thawed
from tests.stories.register import runs
from tests.stories.steps import nothing_failed, picture, reports_lamp, submits
from tests.town import Town, open_town

pytestmark = pytest.mark.parametrize("database", [SQLITE], indirect=True, scope="session")
"""A server has tools of its own."""


def says(town: Town, *words: str, folder: Path | None = None) -> Result:
    """A command of the console, with the settings of the town."""
    env = {"DATA_DIR": str(folder or town.app.settings.data_dir), "LANGUAGE": "zh", "DATABASE_URL": None}
    token = town.app.settings.bot_token.get_secret_value()
    return CliRunner().invoke(main, [*words], env={**env, "BOT_TOKEN": token})


async def test_what_was_backed_up_under_way_comes_back_and_work_goes_on(town: Town, tmp_path: Path) -> None:
    number = await _reports_with_photo(town)
    made = await to_thread(says, town, "backup")
    assert made.exit_code == 0, made.output
    assert "文件 2 个，都已加密" in made.stdout and "密钥" in made.stdout
    later = await reports_lamp(town.resident)
    await town.app.stop()
    other = tmp_path / "other"
    shutil.copytree(town.app.settings.data_dir / "keys", other / "keys")
    of_another = other / "yashu.db-arrived"
    of_another.write_text("left behind by the database that was here")
    back = await to_thread(says, town, "restore", str(_newest(town)), folder=other)
    assert back.exit_code == 0, back.output
    assert not of_another.exists()
    settings = town.app.settings.model_copy(update={"data_dir": other})
    town.app = App(settings, town.app.office.clock)
    await town.app.start()
    await town.resident.sends("我的上报")
    listed = str((await town.resident.messages())[-1])
    assert number in listed and later not in listed, "the backup was made before the second"
    assert len(list((other / "media").glob("*/*.jpg"))) == 2
    await nothing_failed(town)


async def test_a_drill_compares_counts_history_and_files_and_changes_nothing(town: Town) -> None:
    await _reports_with_photo(town)
    await to_thread(says, town, "backup")
    await reports_lamp(town.resident)
    drilled = await to_thread(says, town, "drill")
    assert drilled.exit_code == 0, drilled.output
    assert "都一致" in drilled.stdout and "办理记录" in drilled.stdout and "文件：1 个都打得开" in drilled.stdout
    assert "演练通过" in drilled.stdout


async def test_a_drill_sees_a_history_that_was_changed(town: Town) -> None:
    await reports_lamp(town.resident)
    await to_thread(says, town, "backup")
    with sqlite3.connect(town.app.settings.data_dir / "yashu.db") as database:
        database.execute("update history set action = 'close' where id = 1")
    database.close()
    drilled = await to_thread(says, town, "drill")
    assert drilled.exit_code == 1 and "办理记录和现在的数据库不一致" in drilled.stderr


async def test_without_the_keys_or_with_a_byte_changed_nothing_is_restored(town: Town, tmp_path: Path) -> None:
    await _reports_with_photo(town)
    await to_thread(says, town, "backup")
    await town.app.stop()
    stranger = tmp_path / "stranger"
    make_keys(stranger / "keys")
    refused = await to_thread(says, town, "restore", str(_newest(town)), folder=stranger)
    assert refused.exit_code == 1 and "密钥不是当时那一把" in refused.stderr
    assert not (stranger / "yashu.db").exists()
    sealed = _newest(town) / "database.sealed"
    content = bytearray(sealed.read_bytes())
    content[len(content) // 2] ^= 1
    sealed.write_bytes(content)
    drilled = await to_thread(says, town, "drill")
    assert drilled.exit_code == 1 and "备份打不开" in drilled.stderr


async def test_a_running_database_is_never_overwritten(town: Town) -> None:
    await to_thread(says, town, "backup")
    refused = await to_thread(says, town, "restore")
    assert refused.exit_code == 1 and "已经有数据库，没有动它" in refused.stderr


async def test_nothing_is_readable_in_a_backup(town: Town) -> None:
    await reports_lamp(town.resident, "新港小区3栋楼下路灯不亮，王秀英说的")
    await to_thread(says, town, "backup")
    everything = b"".join(file.read_bytes() for file in _newest(town).rglob("*") if file.is_file())
    assert "王秀英".encode() not in everything and b"history" not in everything


async def test_backups_are_made_by_the_hour_and_the_oldest_go_with_what_was_forgotten(
    tmp_path: Path, template: Path
) -> None:
    async with open_town(tmp_path / "data", template, backup_hours=6, backup_keep=2) as town:
        await _reports_with_photo(town)
        root, media = town.app.settings.backups, town.app.settings.data_dir / "media"
        await town.passes(hours=1)
        assert len(backups.all_in(root)) == 1
        (one,) = media.glob("*/*-shown.jpg")
        kept = root / "files" / one.parent.name / one.name
        assert kept.exists()
        one.unlink()
        await town.passes(hours=12)
        made = backups.all_in(root)
        assert len(made) == 2 and made[1].at - made[0].at >= timedelta(hours=6)
        assert not kept.exists(), "no backup that is left names it"
        await town.restarts()
        await town.passes(minutes=5)
        assert [one.at for one in backups.all_in(root)] == [one.at for one in made], "a restart repeats none"


async def test_a_backup_that_fails_is_told_to_the_admins_once_a_day(tmp_path: Path, template: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")
    async with open_town(tmp_path / "data", template, backup_hours=6, backup_dir=tmp_path / "taken") as town:
        await town.passes(hours=3)
        told = [text for text in await town.admin.heard() if "备份没做成" in text]
        assert len(told) == 1


async def test_a_backup_that_was_cut_short_is_none(town: Town) -> None:
    settings = town.app.settings
    left = settings.backups / "20260101T000000Z.unfinished"
    left.mkdir(parents=True)
    assert backups.all_in(settings.backups) == []
    key = read_keys(settings.data_dir / "keys").backup_key
    now = town.app.office.clock.now()
    await to_thread(backups.make, settings.database_file, settings.data_dir / "media", settings.backups, key, now)
    assert not left.exists() and len(backups.all_in(settings.backups)) == 1


def test_a_backup_of_the_version_before_is_compared_and_brought_back(tmp_path: Path, database: str) -> None:
    old = thawed(max(STEPS), database, tmp_path / "old")
    made = runs(old, "backup")
    assert made.exit_code == 0, made.output
    assert runs(old, "migrate").exit_code == 0
    drilled = runs(old, "drill")
    assert drilled.exit_code == 0 and "办理记录" in drilled.stdout, drilled.output
    (old / "yashu.db").rename(tmp_path / "gone.db")
    back = runs(old, "restore")
    assert back.exit_code == 0, back.output
    assert asked(old, "select version_num from alembic_version") == [(HEAD,)]
    assert dict(asked(old, "select status, count(*) from cases group by status")) == about(max(STEPS))["cases"]


async def test_two_backups_at_once_do_not_spoil_each_other(town: Town) -> None:
    await reports_lamp(town.resident)
    with backups.one_at_a_time(town.app.settings.data_dir):
        refused = await to_thread(says, town, "backup")
        assert refused.exit_code == 1 and "正有一份备份在做" in refused.stderr
    assert backups.all_in(town.app.settings.backups) == []


async def test_a_backup_that_somebody_else_makes_is_no_failure(tmp_path: Path, template: Path) -> None:
    async with open_town(tmp_path / "data", template, backup_hours=6) as town:
        with backups.one_at_a_time(tmp_path / "data"):
            await town.passes(minutes=5)
        assert backups.all_in(town.app.settings.backups) == []
        await town.passes(hours=2)
        assert len(backups.all_in(town.app.settings.backups)) == 1
        assert not [text for text in await town.admin.heard() if "备份没做成" in text]


async def test_not_even_a_backup_under_way_can_be_read(town: Town) -> None:
    await reports_lamp(town.resident, "新港小区3栋楼下路灯不亮，王秀英说的")
    settings, readable = town.app.settings, list[Path]()

    def looks() -> None:
        readable.extend(one for one in settings.backups.rglob("*") if one.is_file() and b"SQLite" in one.read_bytes())

    key = read_keys(settings.data_dir / "keys").backup_key
    file, media = settings.database_file, settings.data_dir / "media"
    await to_thread(backups.make, file, media, settings.backups, key, town.app.office.clock.now(), looks)
    assert readable == [] and len(backups.all_in(settings.backups)) == 1
    assert not list(settings.data_dir.glob("*.unfinished"))


async def _reports_with_photo(town: Town) -> str:
    """A lamp with a picture that has been fetched."""
    await town.resident.sends_any(photo=picture(3), caption="新港小区3栋楼下路灯不亮")
    await town.resident.presses("小区路灯不亮")
    number = await submits(town.resident)
    await town.fetches()
    return number


def _newest(town: Town) -> Path:
    return backups.all_in(town.app.settings.backups)[-1].folder
