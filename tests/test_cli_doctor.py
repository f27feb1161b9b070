"""`yashu doctor`: what is fine, doubtful and wrong, told in a line each."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from click.testing import CliRunner
from sqlalchemy import update

from bot.cli import main
from bot.commands.checks import findings
from bot.config import Settings
from bot.demo_town import TOKEN, settings_for
from bot.desk.desk import Clock
from bot.sandbox.server import Sandbox
from bot.texts.console import DoctorTexts
from storage.database import Database
from storage.seals import make_keys
from storage.tables import duties, units
from tests.databases import address_of, copied
from tests.speech import model_of, needs_voice

OTHER_TOKEN = "7000002:nobody-nobody-nobody-nobody-nobody"


@pytest.fixture
async def telegram() -> AsyncIterator[str]:
    """A Bot API server that knows the bot of the demo."""
    sandbox = Sandbox()
    address = await sandbox.start()
    async with aiohttp.ClientSession(address) as session:
        await session.post("/sandbox/bots", json={"token": TOKEN, "username": "yashu_demo_bot", "name": "伢叔"})
    yield address
    await sandbox.stop()


@pytest.fixture
def folder(tmp_path: Path, template: Path) -> Path:
    """The data folder of a founded district."""
    made = copied(template, tmp_path / "data")
    make_keys(made / "keys")
    return made


def settings_in(folder: Path, telegram: str, **more: object) -> Settings:
    """Settings of the installation in the folder."""
    return settings_for(folder, telegram, **{"database_url": address_of(folder), **more})


async def said_of(settings: Settings) -> dict[str, list[str]]:
    """What the doctor says, by its grade."""
    found = await findings(settings, DoctorTexts("en"))
    return {grade: [one.said for one in found if one.grade == grade] for grade in ("ok", "warning", "wrong")}


def line(said: list[str], beginning: str) -> str:
    """The one line that begins so."""
    (found,) = [one for one in said if one.startswith(beginning)]
    return found


async def test_a_healthy_installation_has_nothing_wrong(folder: Path, telegram: str) -> None:
    said = await said_of(settings_in(folder, telegram))
    assert said["wrong"] == []
    for beginning in ("Data folder", "Keys", "Catalogue", "Database", "Dead letters", "Network", "Token", "Clock"):
        line(said["ok"], beginning)
    assert line(said["ok"], "Updates") == "Updates: by polling."
    assert "A01" in line(said["warning"], "Emergency advice")


async def test_a_new_installation_has_no_database_yet_and_gets_none_by_looking(tmp_path: Path, telegram: str) -> None:
    settings = settings_for(tmp_path / "data", telegram)
    said = await said_of(settings)
    assert line(said["ok"], "Database").startswith("Database: none yet")
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["keys"]


async def test_missing_keys_are_wrong_and_shared_keys_doubtful(folder: Path, telegram: str) -> None:
    settings = settings_in(folder, telegram)
    key = folder / "keys" / "vault.key"
    key.chmod(0o444)
    assert str(key) in line((await said_of(settings))["warning"], "Keys")
    key.unlink()
    assert str(key) in line((await said_of(settings))["wrong"], "Keys")


async def test_a_token_telegram_does_not_know_is_wrong(folder: Path, telegram: str) -> None:
    said = await said_of(settings_in(folder, telegram, bot_token=OTHER_TOKEN))
    assert line(said["wrong"], "Token").startswith("Token: Telegram does not know it")
    assert not any(OTHER_TOKEN in one for grade in said.values() for one in grade)


async def test_no_way_to_telegram_is_wrong_and_names_the_proxy_without_its_password(folder: Path) -> None:
    said = await said_of(settings_in(folder, "http://127.0.0.1:1", telegram_proxy="http://somebody:secret@127.0.0.1:9"))
    network = line(said["wrong"], "Network")
    assert "http://127.0.0.1:9" in network
    assert "secret" not in network


async def test_a_clock_that_is_off_is_doubtful(folder: Path, telegram: str, monkeypatch: pytest.MonkeyPatch) -> None:
    late = Clock().now() + timedelta(minutes=3)

    def now(_clock: Clock) -> datetime:
        return late

    monkeypatch.setattr(Clock, "now", now)
    assert "NTP" in line((await said_of(settings_in(folder, telegram)))["warning"], "Clock")


async def test_a_webhook_that_the_settings_do_not_name_is_doubtful(folder: Path, telegram: str) -> None:
    hook = {"webhook_url": "http://127.0.0.1:9", "webhook_secret": "s" * 32}
    said = await said_of(settings_in(folder, telegram, **hook))
    assert "none" in line(said["warning"], "Updates")
    async with aiohttp.ClientSession() as session:
        call = f"{telegram}/bot{TOKEN}/setWebhook"
        await session.post(call, json={"url": "http://127.0.0.1:9/telegram", "secret_token": "s" * 32})
    assert "http://127.0.0.1:9/telegram" in line(
        (await said_of(settings_in(folder, telegram, **hook)))["ok"], "Updates"
    )
    assert "http://127.0.0.1:9/telegram" in line((await said_of(settings_in(folder, telegram)))["warning"], "Updates")


async def test_units_without_group_or_people_are_named(folder: Path, telegram: str) -> None:
    settings = settings_in(folder, telegram)
    await change(settings, update(units).values(chat_id=None), duties.delete())
    said = await said_of(settings)
    for beginning in ("Units without a group", "Units without anybody on duty"):
        assert "新茂社区" in line(said["warning"], beginning)


async def change(settings: Settings, *statements: Any) -> None:
    """Change the database behind the product's back."""
    database = Database(settings.database)
    async with database.write() as tx:
        for statement in statements:
            await tx.execute(statement)
    await database.close()


async def test_a_file_that_is_no_database_is_wrong(folder: Path, telegram: str) -> None:
    (folder / "yashu.db").write_text("no database at all " * 100)
    assert "DATABASE_URL" in line((await said_of(settings_for(folder, telegram)))["wrong"], "Database")


async def test_a_broken_catalogue_or_holiday_file_is_told_with_its_line(
    folder: Path, telegram: str, tmp_path: Path
) -> None:
    holidays = tmp_path / "holidays.csv"
    holidays.write_text("2027-01-01,feast\n")
    catalogue = tmp_path / "matters.toml"
    catalogue.write_text("[[matter]]\ncode = 1\n")
    said = await said_of(settings_in(folder, telegram, holidays=holidays, catalogue=catalogue))
    assert f"{holidays}:1: " in line(said["wrong"], "Settings")
    assert any(f"{catalogue.name}:" in one for one in said["wrong"] if one.startswith("Catalogue"))


def test_without_settings_the_doctor_ends_with_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(main, ["doctor"])
    assert said.exit_code == 1
    assert said.output.startswith("有错")
    assert "BOT_TOKEN" in said.output


def test_the_doctor_tells_every_line_and_ends_with_one_when_something_is_wrong(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env = {"BOT_TOKEN": TOKEN, "BOT_API_BASE": "http://127.0.0.1:1", "DATA_DIR": str(folder), "LANGUAGE": "en"}
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(folder)
    said = CliRunner().invoke(main, ["doctor"], env=env)
    assert said.exit_code == 1
    lines = said.output.splitlines()
    assert [one.split()[0] for one in lines if "Network" in one] == ["wrong"]
    assert [one.split()[0] for one in lines if "Keys" in one] == ["ok"]


@needs_voice
async def test_a_speech_model_is_really_loaded(folder: Path, telegram: str, tmp_path: Path) -> None:
    model = model_of(tmp_path / "model", ["路灯不亮"])
    settings = settings_in(folder, telegram, voice_model=model)
    assert "can be loaded" in line((await said_of(settings))["ok"], "Voices:")
    (model / "tokens.txt").write_text("no tokens at all\n")
    assert "cannot be loaded; download it again" in line((await said_of(settings))["wrong"], "Voices:")


async def test_without_a_speech_model_nothing_is_wrong(folder: Path, telegram: str) -> None:
    assert "stay voices" in line((await said_of(settings_in(folder, telegram)))["ok"], "Voices:")


async def test_a_database_that_cannot_be_looked_at_is_a_line_and_no_traceback(folder: Path, telegram: str) -> None:
    (folder / "closed").touch()
    said = await said_of(settings_in(folder, telegram, database_url=f"sqlite:///{folder / 'closed' / 'yashu.db'}"))
    assert line(said["wrong"], "Database: cannot be read")
