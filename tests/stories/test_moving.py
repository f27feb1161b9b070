"""A district that has grown: all that SQLite holds goes to PostgreSQL, or back, and work goes on there."""

import json
import sqlite3
from asyncio import sleep, to_thread
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app import App
from bot.cli import main
from storage import moving
from storage.engines import SERVER_SETTINGS
from storage.migrations import HEAD, upgrade_now
from storage.moving import TABLES
from tests.databases import POSTGRESQL, SQLITE, address_of, settled
from tests.stories.steps import nothing_failed, reports_lamp
from tests.town import Town

Addressed = Callable[[str, str], str]


@pytest.fixture
def a_database(tmp_path: Path) -> Addressed:
    """The address of a new one of a kind."""

    def make(kind: str, name: str) -> str:
        folder = tmp_path / name
        folder.mkdir()
        return address_of(settled(folder, kind)) or f"sqlite:///{folder / 'yashu.db'}"

    return make


def moves(source: str, target: str, *more: str, language: str = "zh") -> Result:
    """`yashu move-database`."""
    words = ["move-database", "--from", source, "--to", target, *more]
    return CliRunner().invoke(main, words, env={"LANGUAGE": language})


async def test_a_town_moves_house_and_every_case_goes_on(town: Town, a_database: Addressed, database: str) -> None:
    number = await reports_lamp(town.resident)
    await town.app.stop()
    there = a_database(SQLITE if database == POSTGRESQL else POSTGRESQL, "there")
    said = await to_thread(moves, town.app.settings.database, there)
    assert said.exit_code == 0, said.output
    assert f"{len(TABLES)} 张表" in said.stdout and "逐表核对数量和指纹都一致" in said.stdout
    settings = town.app.settings.model_copy(update={"database_url": _with_driver(there)})
    town.app = App(settings, town.app.office.clock)
    await town.app.start()
    await town.resident.sends(number)
    assert number in await town.resident.said()
    other = await reports_lamp(town.resident)
    assert other > number, "numbers go on where they were"
    assert await nothing_failed(town)


async def test_there_and_back_again_is_the_same(town: Town, a_database: Addressed, database: str) -> None:
    await reports_lamp(town.resident)
    await town.app.stop()
    there = a_database(SQLITE if database == POSTGRESQL else POSTGRESQL, "there")
    back = a_database(database, "back")
    out = await to_thread(moves, town.app.settings.database, there, "--json")
    home = await to_thread(moves, there, back, "--json")
    assert out.exit_code == home.exit_code == 0, out.output + home.output
    assert json.loads(out.stdout) == json.loads(home.stdout)
    assert json.loads(out.stdout)["cases"][0] == 1


async def test_a_large_database_may_take_its_time(
    town: Town, a_database: Addressed, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who moves reads one at length while the other stands still: a server ends such transactions otherwise."""
    await reports_lamp(town.resident)
    await town.app.stop()
    there = a_database(SQLITE if database == POSTGRESQL else POSTGRESQL, "there")
    monkeypatch.setitem(SERVER_SETTINGS, "idle_in_transaction_session_timeout", "200")
    reckoned = moving.sum_of

    async def slowly(tx: AsyncConnection, table: Table) -> moving.Sum:
        if table.name == "cases":
            await sleep(0.5)
        return await reckoned(tx, table)

    monkeypatch.setattr(moving, "sum_of", slowly)
    said = await to_thread(moves, town.app.settings.database, there)
    assert said.exit_code == 0, said.output


def test_what_cannot_be_moved_is_told_and_left_alone(folder: Path, a_database: Addressed) -> None:
    here = address_of(folder) or f"sqlite:///{folder / 'yashu.db'}"
    empty = a_database(SQLITE, "empty")
    assert "--from 和 --to 是同一个数据库" in moves(here, here).output
    assert "--from 的数据库是空的" in moves(empty, here).output
    full = a_database(SQLITE, "full")
    assert moves(here, full).exit_code == 0
    refused = moves(here, full)
    assert refused.exit_code == 1 and "已经有内容" in refused.output
    assert "expected: sqlite:///path" in moves("nonsense", full).output
    assert "数据库打不开" in moves(here, "postgresql://nobody@127.0.0.1:1/x").output


def test_an_older_database_is_to_be_brought_up_first(tmp_path: Path) -> None:
    upgrade_now(f"sqlite+aiosqlite:///{tmp_path / 'yashu.db'}")
    with sqlite3.connect(tmp_path / "yashu.db") as base:
        base.execute("update alembic_version set version_num = '0003'")
    said = moves(f"sqlite:///{tmp_path / 'yashu.db'}", f"sqlite:///{tmp_path / 'new.db'}", language="en")
    assert f"stands at step 0003, this version wants {HEAD}" in said.output
    assert not (tmp_path / "new.db").exists()


async def test_while_the_program_runs_nothing_is_moved(town: Town, a_database: Addressed) -> None:
    said = await to_thread(moves, town.app.settings.database, a_database(SQLITE, "there"))
    assert said.exit_code == 1 and "请先停下来" in said.output


def _with_driver(address: str) -> str:
    return address.replace("sqlite:///", "sqlite+aiosqlite:///")
