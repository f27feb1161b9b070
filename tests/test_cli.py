"""The command line: help at once, plain words instead of tracebacks, signals that reach the program."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from click.testing import CliRunner

from bot.cases.catalogue_file import SHIPPED
from bot.cli import main
from bot.commands.plainly import told_plainly
from bot.config import Settings
from bot.demo_town import play
from bot.sandbox.server import Sandbox
from storage.seals import make_keys

ROOT = Path(__file__).parents[1]
TOKEN = "123456:abcdefghijklmnopqrstuvwxyz"
HEAVY = ("aiogram", "aiohttp", "sqlalchemy", "alembic", "pydantic", "shapely", "PIL", "cryptography", "babel")
START_S = 60


@pytest.fixture
def console(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A console in an empty folder, without any setting."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return CliRunner()


@asynccontextmanager
async def program(folder: Path, *words: str, **env: str) -> AsyncGenerator[Process]:
    """The program as a process of its own."""
    clean = {name: value for name, value in os.environ.items() if name.lower() not in Settings.model_fields}
    argv = [sys.executable, "-m", "bot.cli", *words]
    given = {**clean, "PYTHONPATH": str(ROOT), **env}
    running = await asyncio.create_subprocess_exec(*argv, cwd=folder, env=given, stdout=PIPE, stderr=STDOUT)
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
            await running.wait()


async def heard(running: Process, words: str) -> str:
    """The first line with these words."""
    assert running.stdout is not None
    async with asyncio.timeout(START_S):
        while words not in (line := (await running.stdout.readline()).decode()):
            assert line, "it ended before it said so"
    return line


async def rest_of(running: Process) -> str:
    """What it still says before it ends."""
    return (await running.communicate())[0].decode().strip()


def test_help_imports_nothing_heavy() -> None:
    asked = f"import sys, bot.cli; print([name for name in {HEAVY} if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_says_what_it_does(console: CliRunner, name: str) -> None:
    said = console.invoke(main, [name, "--help"])
    assert said.exit_code == 0
    assert "Usage:" in said.output


def test_run_without_a_token_says_what_is_missing(console: CliRunner) -> None:
    said = console.invoke(main, ["run"])
    assert said.exit_code == 1
    assert said.output.startswith("BOT_TOKEN: 未设置")
    assert "Traceback" not in said.output


def test_migrate_makes_the_database_and_may_be_repeated(console: CliRunner, tmp_path: Path) -> None:
    for _ in range(2):
        said = console.invoke(main, ["migrate"], env={"BOT_TOKEN": TOKEN, "DATA_DIR": "deep/down", "LANGUAGE": "en"})
        assert (said.exit_code, said.output) == (0, "The database is at the newest step: 0031.\n")
    assert (tmp_path / "deep" / "down" / "yashu.db").exists()


def test_the_shipped_catalogue_has_no_mistakes(console: CliRunner) -> None:
    said = console.invoke(main, ["catalogue", "check", str(SHIPPED)])
    assert said.exit_code == 0
    assert "没有错误" in said.output


def test_a_mistake_in_a_catalogue_is_told_with_its_line(console: CliRunner, tmp_path: Path) -> None:
    wrong = tmp_path / "matters.toml"
    text = SHIPPED.read_text(encoding="utf-8").replace('colour = "red"', 'colour = "pink"', 1)
    wrong.write_text(text, encoding="utf-8")
    line = next(number for number, words in enumerate(text.splitlines(), 1) if "pink" in words)
    said = console.invoke(main, ["catalogue", "check", str(wrong)])
    assert said.exit_code == 1
    assert f"matters.toml:{line}: " in said.output


def test_the_life_of_a_case_is_drawn(console: CliRunner) -> None:
    said = console.invoke(main, ["life-cycle"])
    assert said.output.startswith("stateDiagram-v2\n")
    assert "dispatched --> accepted" in said.output


async def test_a_taken_port_is_told_plainly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit) as ended, told_plainly(port):
            await play(tmp_path, port, print)
    assert ended.value.code == 1
    assert capsys.readouterr() == ("", f"端口 {port} 已被占用，请换一个。\n")


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
async def test_the_demo_opens_a_page_and_ends_when_told(tmp_path: Path, end: signal.Signals) -> None:
    async with program(tmp_path, "demo", "--port", "0") as running:
        said = await heard(running, "http://")
        address = said.split()[-1]
        async with aiohttp.ClientSession() as session, session.get(address) as page:
            assert page.status == 200
            assert "<html" in await page.text()
        running.send_signal(end)
        async with asyncio.timeout(25):
            rest = await rest_of(running)
    assert (running.returncode, rest) == (0, "Ctrl-C 结束 · to stop")


async def test_a_token_that_telegram_does_not_know_ends_the_program_in_plain_words(tmp_path: Path) -> None:
    sandbox = Sandbox()
    make_keys(tmp_path / "data" / "keys")
    settings = {"BOT_TOKEN": TOKEN, "BOT_API_BASE": await sandbox.start(), "LOG_LEVEL": "ERROR"}
    async with program(tmp_path, "run", **settings) as running, asyncio.timeout(START_S):
        said = await rest_of(running)
    await sandbox.stop()
    assert running.returncode == 1
    assert "Traceback" not in said
    assert said.splitlines()[-1].startswith("BOT_TOKEN: Telegram 不认识这个令牌")


def test_the_catalogue_is_shown_as_a_tree(console: CliRunner) -> None:
    said = console.invoke(main, ["catalogue", "show"])
    assert said.exit_code == 0
    assert "🚨 A 眼前有危险" in said.output
    assert "   A14a 电梯困人 三级 🔴 问 4" in said.output


def test_a_matter_is_shown_with_its_flow(console: CliRunner) -> None:
    said = console.invoke(main, ["catalogue", "show", "a14b"], env={"LANGUAGE": "en"})
    assert said.exit_code == 0
    assert "1. Is anybody trapped inside? (yes/no, required)" in said.output
    assert "flowchart TD\n" in said.output
    assert '    q_inside -- "yes" --> m_A14a(["A14a Trapped in a lift"])' in said.output
    assert "    photo --> review" in said.output


def test_an_address_this_machine_does_not_have_is_told_with_its_settings(
    console: CliRunner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make_keys(tmp_path / "data" / "keys")
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("BOT_API_BASE", "http://127.0.0.1:1")
    monkeypatch.setenv("HEALTH_LISTEN", "192.0.2.1:9100")
    said = console.invoke(main, ["run"])
    assert said.exit_code == 1 and "192.0.2.1:9100" in said.output and "HEALTH_LISTEN" in said.output
    readable = [path for path in (tmp_path / "data").iterdir() if path.stat().st_mode & 0o077]
    assert readable == [], "what people said is for nobody else on this machine"


def test_a_folder_that_cannot_be_made_is_told_plainly(
    console: CliRunner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make_keys(tmp_path / "data" / "keys")
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    console.invoke(main, ["migrate"])
    (tmp_path / "file").touch()
    monkeypatch.setenv("BACKUP_DIR", "file/backups")
    said = console.invoke(main, ["backup"])
    assert said.exit_code == 1 and "file/backups" in said.output and "用不了" in said.output


def test_an_unknown_matter_is_told_plainly(console: CliRunner) -> None:
    said = console.invoke(main, ["catalogue", "show", "X99"])
    assert said.exit_code == 1
    assert "清单里没有 X99" in said.output
