"""Writers that wait together share a commit; each block stands or falls alone, the commit for all of them."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from storage import cards, database, inbox
from storage.asking import ask, ask_of_each, tell, value
from storage.database import Database, insert_new, upsert
from storage.migrations import upgrade
from storage.tables import counters
from tests.databases import POSTGRESQL, address_of, settled


@pytest.fixture
async def db(tmp_path: Path) -> AsyncGenerator[Database]:
    url = f"sqlite+aiosqlite:///{tmp_path}/x.db"
    await upgrade(url)
    opened = Database(url)
    async with opened.write():
        pass
    yield opened
    await opened.close()


async def write(db: Database, name: str, then: Callable[[], None] = lambda: None) -> None:
    async with db.write() as tx:
        await tell(tx, upsert(tx, counters, ["name"], ["value"]), {"name": name, "value": 1})
        await asyncio.sleep(0)
        then()


async def names(db: Database) -> set[str]:
    async with db.read() as tx:
        return set((await tx.execute(select(counters.c.name))).scalars())


def commits(db: Database) -> list[str]:
    """What the writer's connection does from now on."""
    done: list[str] = []
    db._quick.driver.set_trace_callback(done.append)
    return done


async def test_those_who_wait_share_one_commit(db: Database) -> None:
    done = commits(db)
    await asyncio.gather(*(write(db, f"w{n}") for n in range(5)))
    assert [words for words in done if words in {"BEGIN IMMEDIATE", "COMMIT"}] == ["BEGIN IMMEDIATE", "COMMIT"]
    assert await names(db) == {f"w{n}" for n in range(5)}


async def test_nobody_waits_for_more_than_so_many_others(db: Database) -> None:
    done = commits(db)
    await asyncio.gather(*(write(db, f"w{n}") for n in range(2 * database.SHARED_BY)))
    assert done.count("COMMIT") == 2


async def test_a_block_that_fails_takes_nobody_with_it(db: Database) -> None:
    def fail() -> None:
        raise ValueError

    results = await asyncio.gather(
        write(db, "before"), write(db, "bad", fail), write(db, "after"), return_exceptions=True
    )
    assert [type(one) for one in results] == [type(None), ValueError, type(None)]
    assert await names(db) == {"before", "after"}


async def test_a_failed_block_alone_lets_the_lock_go(db: Database, tmp_path: Path) -> None:
    def fail() -> None:
        raise ValueError

    with pytest.raises(ValueError):
        await write(db, "bad", fail)
    with sqlite3.connect(tmp_path / "x.db", timeout=0) as other:
        other.execute("insert into counters values ('other', 1)")
    other.close()
    assert await names(db) == {"other"}


async def test_a_commit_that_fails_fails_for_everybody_in_it(db: Database) -> None:
    await write(db, "first")
    keep = db._quick.commit

    async def full() -> None:
        db._quick.commit = keep
        raise sqlite3.OperationalError("database or disk is full")

    db._quick.commit = full
    results = await asyncio.gather(*(write(db, f"w{n}") for n in range(3)), return_exceptions=True)
    assert [type(one) for one in results] == [OperationalError] * 3
    assert await names(db) == {"first"}
    await write(db, "later")
    assert await names(db) == {"first", "later"}


async def test_a_commit_that_fails_is_forgotten_when_the_next_one_begins(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(
            text("create table child (parent integer references parent (id) deferrable initially deferred)")
        )
        await tx.execute(text("create table parent (id integer primary key)"))
    for _ in range(2):
        with pytest.raises(IntegrityError):
            async with db.write() as tx:
                await tx.execute(text("insert into child values (7)"))
    async with db.write() as tx:
        await tx.execute(text("insert into parent values (7)"))
        await tx.execute(text("insert into child values (7)"))
    async with db.read() as tx:
        assert (await tx.execute(text("select parent from child"))).all() == [(7,)]


async def test_whoever_is_cancelled_while_writing_leaves_nothing_and_harms_nobody(db: Database) -> None:
    begun, never = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        async with db.write() as tx:
            await tell(tx, upsert(tx, counters, ["name"], ["value"]), {"name": "slow", "value": 1})
            begun.set()
            await never.wait()

    task = asyncio.ensure_future(slow())  # noqa: TID251 - the test plays two tasks
    await begun.wait()
    other = asyncio.ensure_future(write(db, "other"))  # noqa: TID251
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await other
    assert task.cancelled()
    assert await names(db) == {"other"}


@pytest.mark.parametrize("database", [POSTGRESQL], indirect=True, scope="session")
async def test_whoever_is_told_to_stop_while_a_server_is_asked_stops(database: str, tmp_path: Path) -> None:
    """Taken for trouble of the server, it would be tried again, and the program would never end."""
    server = Database(address_of(settled(tmp_path, database)) or "")

    async def ask_and_go_on() -> None:
        for _ in range(50):
            with suppress(OperationalError):
                async with server.aside() as tx:
                    await tx.execute(text("select pg_sleep(0.2)"))

    async with asyncio.TaskGroup() as group:
        asking = group.create_task(ask_and_go_on())
        await asyncio.sleep(0.5)
        asking.cancel()
        done, _ = await asyncio.wait([asking], timeout=5)
        assert done == {asking} and asking.cancelled()
    await server.close()


async def test_another_process_that_writes_is_waited_for(db: Database, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "x.db")
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.ensure_future(write(db, "patient"))  # noqa: TID251
    await asyncio.sleep(0.1)
    assert not waiting.done()
    other.execute("COMMIT")
    await waiting
    other.close()
    assert await names(db) == {"patient"}


async def test_another_process_that_writes_for_too_long_is_trouble_of_the_database(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_S", 0.1)
    other = sqlite3.connect(tmp_path / "x.db")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(database.STORAGE):
        await write(db, "patient")
    other.close()
    assert await names(db) == set()


async def test_the_same_question_gives_the_same_answer_at_the_driver_and_through_sqlalchemy(db: Database) -> None:
    now = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
    blank = {"deed": None, "person": None, "raw": None, "attempts": 0, "not_before": None, "trouble": None}
    rows = [{**blank, "bot_id": 1, "update_id": n, "state": "new", "received_at": now} for n in range(4)]
    async with db.write() as tx:
        await inbox.keep(tx, rows)
        await inbox.keep(tx, rows)
        quick = [await inbox.known(tx, 1, [1, 2, 9], []), await inbox.waiting(tx, now, 3)]
    async with db.read() as tx:
        assert quick == [await inbox.known(tx, 1, [1, 2, 9], []), await inbox.waiting(tx, now, 3)]
    assert quick[0] == ({1, 2}, set())
    assert len(quick[1]) == 3


async def test_rows_given_back_come_in_the_order_of_what_was_given(db: Database) -> None:
    async with db.write() as tx:
        new = insert_new(tx, counters, "name")
        assert await ask_of_each(tx, new, [{"name": n, "value": 1} for n in "abc"]) == [("a",), ("b",), ("c",)]
        assert await ask_of_each(tx, new, [{"name": n, "value": 1} for n in "cd"]) == [("d",)]
        assert await value(tx, select(counters.c.value).where(counters.c.name == "zz")) is None
        assert len(await ask(tx, _ALL)) == 4


_ALL = select(counters)


async def test_what_the_driver_refuses_is_the_same_error_everywhere(db: Database) -> None:
    with pytest.raises(IntegrityError) as refused:
        async with db.write() as tx:
            await cards.remember(tx, [(404, "unit_card", "unit:1", 7)])
    assert isinstance(refused.value, DBAPIError)
    assert "404" not in str(refused.value), "a value stands in the error"
