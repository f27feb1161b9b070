"""Databases of earlier versions: they are upgraded, the product starts on them, and what was open is ended."""

import asyncio
from asyncio import to_thread
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import inspect
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.cases.case import Status
from bot.demo_town import settings_for
from storage.migrations import HEAD, TooNew, must_be_given, upgrade_now
from tests.databases import address_of, asked, locked, told
from tests.frozen import STEPS, about, thawed
from tests.stories.register import runs
from tests.stories.steps import case_of, nothing_failed, reports_lamp
from tests.town import Town, open_town

pytestmark = pytest.mark.parametrize("step", STEPS)
Shape = Mapping[str, Mapping[str, bool]]
"""Of every table its columns, and whether one must be given."""


@pytest.fixture
def old(step: str, database: str, tmp_path: Path) -> Path:
    """A data folder of that version."""
    return thawed(step, database, tmp_path / "old")


def url_of(folder: Path) -> str:
    """The address of its database, as the product has it."""
    return settings_for(folder, "http://127.0.0.1:1", database_url=address_of(folder)).database


def statuses(folder: Path) -> Counter[str]:
    """How many cases stand in which status."""
    return Counter(status for (status,) in asked(folder, "select status from cases"))


def test_it_is_upgraded_and_every_case_stands_where_it_stood(step: str, old: Path) -> None:
    assert upgrade_now(url_of(old)) == HEAD
    assert statuses(old) == about(step)["cases"]


async def test_the_product_starts_on_it_and_what_was_open_is_ended(step: str, old: Path, tmp_path: Path) -> None:
    known = about(step)
    number = known["open"]
    async with open_town(tmp_path / "data", old, datetime.fromisoformat(known["at"])) as town:
        await town.resident.sends("/mine")
        assert any(number in one for one in await town.resident.buttons())
        await town.resident.sends(number)
        assert "单元门口的路灯一闪一闪" in await town.resident.said()
        await town.dispatcher.sends("/queue")
        assert "等着研判 2 件" in await town.dispatcher.said()
        await ends(town, number)
        assert (await case_of(town, number)).status is Status.CLOSED
        await town.neighbour.sends("/start")
        assert "刚才的事还没报完，我们接着来" in await town.neighbour.said(2)
        another = await reports_lamp(town.resident)
        assert another > number
        assert await nothing_failed(town)


async def ends(town: Town, number: str) -> None:
    """The one who signed it ends it, somebody looks, the reporter is content."""
    await town.resident.sends("/start")
    await town.responder.sends("/orders")
    await town.responder.presses(number)
    await town.responder.presses("办结")
    done = (await town.responder.messages())[-1]["message_id"]
    await town.responder.sends_photo("与居民联系，换了灯泡，今天下午完成", reply_to=done)
    await town.grid_member.presses("核查通过", message=await town.grid_member.message_with(number))
    await town.passes(hours=24)
    for words in ("及时", "解决了", "5"):
        await town.resident.presses(words)


@pytest.fixture
def changed(step: str, old: Path, database: str) -> Callable[..., Path]:
    """That version brought to the newest step and, by a program of tomorrow, one step further."""

    def change(*statements: str) -> Path:
        upgrade_now(url_of(old))
        told(old, *statements, "update alembic_version set version_num = '9001'")
        return old

    return change


ADDED = "alter table cases add column tomorrow varchar(20)"
GONE = "alter table ratings drop column contacted"
DEMANDED = "alter table cases add column must varchar(20) not null default 'x'"


async def test_what_a_newer_program_only_added_to_is_worked_on(
    step: str, changed: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newer = await to_thread(changed, ADDED, DEMANDED, "create table tomorrows (id integer primary key)")
    known = about(step)
    async with open_town(tmp_path / "data", newer, datetime.fromisoformat(known["at"])) as town:
        assert "database_is_newer" in capsys.readouterr().out
        await ends(town, known["open"])
        assert await nothing_failed(town)
    assert asked(tmp_path / "data", "select version_num from alembic_version") == [("9001",)]


async def test_a_program_that_runs_goes_on_while_a_newer_one_adds(step: str, old: Path, tmp_path: Path) -> None:
    known = about(step)
    async with open_town(tmp_path / "data", old, datetime.fromisoformat(known["at"])) as town:
        await to_thread(told, tmp_path / "data", ADDED, "update alembic_version set version_num = '9001'")
        await ends(town, known["open"])
        assert await nothing_failed(town)


async def test_an_upgrade_waits_for_whoever_writes(step: str, old: Path) -> None:
    """A program of the version before that is in the middle of a transaction; else one of the two would be ended."""
    async with locked(old):
        upgrading = asyncio.gather(to_thread(upgrade_now, url_of(old)))
        await asyncio.sleep(0.5)
        assert step == HEAD or not upgrading.done()
        assert await to_thread(asked, old, "select version_num from alembic_version") == [(step,)]
    assert await upgrading == [HEAD]


def test_what_a_newer_program_took_away_from_is_refused_with_what_to_do(changed: Callable[..., Path]) -> None:
    newer = changed(GONE)
    with pytest.raises(TooNew, match=r"9001.*ratings\.contacted.*Update the program") as told_so:
        upgrade_now(url_of(newer))
    assert "请换成新版程序" in str(told_so.value)
    said = runs(newer, "migrate")
    assert said.exit_code == 1 and "ratings.contacted" in said.output and "Traceback" not in said.output


def test_the_command_leaves_a_newer_one_alone(changed: Callable[..., Path]) -> None:
    newer = changed(ADDED)
    said = runs(newer, "migrate", language="en")
    assert (said.exit_code, "upgraded the database to step 9001" in said.output) == (0, True)
    assert "step 9001 by a newer program. This one still works" in runs(newer, "doctor", language="en").output


def shape(url: str) -> Shape:
    """The tables of a database."""
    engine = create_async_engine(url, poolclass=NullPool)

    def look(connection: Connection) -> Shape:
        found = inspect(connection)
        return {
            table: {column["name"]: must_be_given(column) for column in found.get_columns(table)}
            for table in found.get_table_names()
        }

    async def ask() -> Shape:
        try:
            async with engine.connect() as connection:
                return await connection.run_sync(look)
        finally:
            await engine.dispose()

    return asyncio.run(ask())


def taken_away(before: Shape, after: Shape) -> list[str]:
    """What a program that knows `before` would miss in `after`, or would have to give and does not know."""
    missed = [table for table in before if table not in after]
    kept = [table for table in before if table in after]
    missed += [f"{table}.{column}" for table in kept for column in before[table].keys() - after[table].keys()]
    return missed + [
        f"+{table}.{column}"
        for table in kept
        for column, must in after[table].items()
        if must and not before[table].get(column, False)
    ]


def test_the_steps_since_then_only_add(step: str, old: Path) -> None:
    """So that replicas of this version and of the one before can work side by side (docs/decisions/0039)."""
    before = shape(url_of(old))
    upgrade_now(url_of(old))
    assert taken_away(before, shape(url_of(old))) == []


def test_what_takes_away_is_found(old: Path) -> None:
    before = shape(url_of(old))
    told(old, GONE, "drop table cries", "create table tomorrows (id integer primary key)", ADDED)
    assert taken_away(before, shape(url_of(old))) == ["cries", "ratings.contacted"]
