"""Writing on PostgreSQL: begun and ended at the driver, asked there, and right again after whatever happens."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import cards, inbox
from storage.asking import DRIVER, ask, ask_of_each, tell, value
from storage.database import Database, insert_new, upsert
from storage.migrations import upgrade
from storage.tables import counters
from tests.databases import POSTGRESQL, address_of, settled

pytestmark = pytest.mark.parametrize("database", [POSTGRESQL], indirect=True, scope="session")

_NAMES = select(counters.c.name)


@pytest.fixture
async def db(database: str, tmp_path: Path) -> AsyncGenerator[Database]:
    url = address_of(settled(tmp_path, database)) or ""
    await upgrade(url)
    opened = Database(url)
    yield opened
    await opened.close()


async def count(tx: AsyncConnection, name: str) -> None:
    await tell(tx, upsert(tx, counters, ["name"], ["value"]), {"name": name, "value": 1})


async def names(db: Database) -> set[str]:
    async with db.read() as tx:
        return {row.name for row in await ask(tx, _NAMES)}


async def test_the_same_question_gives_the_same_answer_at_the_driver_and_through_sqlalchemy(db: Database) -> None:
    now = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
    blank = {"deed": None, "person": None, "raw": None, "attempts": 0, "not_before": None, "trouble": None}
    rows = [{**blank, "bot_id": 1, "update_id": n, "state": "new", "received_at": now} for n in range(5)]
    async with db.write() as tx:
        await inbox.keep(tx, rows)
        await inbox.keep(tx, rows)
        quick = [await inbox.known(tx, 1, [1, 2, 9], []), await inbox.waiting(tx, now, 3)]
    async with db.aside() as tx:
        assert DRIVER not in tx.info
        assert quick == [await inbox.known(tx, 1, [1, 2, 9], []), await inbox.waiting(tx, now, 3)]
    assert quick[0] == ({1, 2}, set())
    assert len(quick[1]) == 3


async def test_rows_given_back_come_in_the_order_of_what_was_given(db: Database) -> None:
    async with db.write() as tx:
        new = insert_new(tx, counters, "name")
        assert await ask_of_each(tx, new, [{"name": n, "value": 1} for n in "abc"]) == [("a",), ("b",), ("c",)]
        assert await ask_of_each(tx, new, [{"name": n, "value": 1} for n in "cd"]) == [("d",)]
        missing = counters.c.name == "zz"
        assert await value(tx, select(counters.c.value).where(missing)) is None
        assert await tell(tx, counters.delete().where(missing), {}) == 0
    assert await names(db) == set("abcd")


async def test_what_the_driver_refuses_is_the_same_error_everywhere(db: Database) -> None:
    with pytest.raises(IntegrityError) as refused:
        async with db.write() as tx:
            await cards.remember(tx, [(404, "unit_card", "unit:1", 7)])
    assert isinstance(refused.value, DBAPIError)
    assert "404" not in str(refused.value), "a value stands in the error"
    async with db.write() as tx:
        await count(tx, "later")
    assert await names(db) == {"later"}


async def test_what_failed_in_between_is_not_said_to_be_kept(db: Database) -> None:
    with pytest.raises(InterfaceError):
        async with db.write() as tx:
            await count(tx, "before")
            with suppress(DBAPIError):
                await tx.execute(text("select 1 / 0"))
    assert await names(db) == set()


async def test_whoever_is_cancelled_while_asking_leaves_nothing_and_harms_nobody(db: Database) -> None:
    async def slow() -> None:
        async with db.write() as tx:
            await count(tx, "slow")
            await tx.execute(text("select pg_sleep(9)"))

    async with asyncio.TaskGroup() as group:
        task = group.create_task(slow())
        await asyncio.sleep(0.3)
        task.cancel()
    async with asyncio.timeout(5):
        async with db.write() as tx:
            await count(tx, "next")
    assert await names(db) == {"next"}


async def test_a_connection_that_the_server_ended_is_trouble_once_and_then_another_one(db: Database) -> None:
    async with db.write() as tx:
        pid = await tx.scalar(text("select pg_backend_pid()"))
    async with db.write() as tx:
        assert await tx.scalar(text("select pg_backend_pid()")) == pid, "it is kept"
    with pytest.raises(OperationalError):
        async with db.write() as tx:
            await count(tx, "lost")
            async with db.aside() as other:
                await other.execute(text("select pg_terminate_backend(:pid)"), {"pid": pid})
            await asyncio.sleep(0.2)
            await count(tx, "too late")
    async with db.write() as tx:
        await count(tx, "after")
    assert await names(db) == {"after"}


async def test_a_table_that_another_version_changes_is_trouble_once(db: Database) -> None:
    async with db.write() as tx:
        await count(tx, "before")
        assert await ask(tx, _NAMES) == [("before",)]
    async with db.aside() as tx:
        await tx.execute(text("alter table counters alter column name type text"))
    with pytest.raises(OperationalError):
        async with db.write() as tx:
            await ask(tx, _NAMES)
    async with db.write() as tx:
        assert await ask(tx, _NAMES) == [("before",)]
