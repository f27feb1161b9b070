"""Gives everybody in a database the number that another key makes, wherever their number stands by itself.

The number of a person is a keyed fingerprint of their number in the channel, which is sealed beside it. What nobody
knows any more (who was forgotten, what was wiped) gets a number that the new key makes of the old one: what was the
same stays the same, and the old key leads nowhere.
"""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from sqlalchemy import BigInteger, Column, MetaData, Table, func, insert, literal, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.schema import CreateTable, DropTable

from storage import moving
from storage import people as people_rows
from storage.database import insert_new
from storage.reporters import owner_mark
from storage.seals import Seal, Seals
from storage.tables import Key, inbox, metadata, mutes, outbox, people, posted

GONE_AT_ONCE = 20_000
ASKED_AT_ONCE = 10_000

Reads = Callable[[Any], tuple[int | None, str | None]]
"""Of an update as it came: whose it is (in the channel), and which deed."""


class NotOpened(Exception):
    """Something does not open with the keys that are here. Its text names the column."""


class Differs(Exception):
    """What is there now is not what was there. Its text says where."""


@dataclass(slots=True)
class Told:
    """How many people got another number, how many values were sealed anew; how many numbers are of nobody who is known
    any more, and how many mutes that last are of those.
    """

    people: int = 0
    values: int = 0
    gone: int = 0
    mutes: int = 0


renumbered = Table(
    "renumbered",
    MetaData(),
    Column("old", Key, primary_key=True, autoincrement=False),
    Column("new", BigInteger, nullable=False, unique=True),
    prefixes=["temporary"],
)
"""Numbers of people, and the keyed marks of chats that are addresses (see `outbox.chat_mark`)."""


def people_in(table: Table) -> list[Column[Any]]:
    """The columns of a table that are the number of a person."""
    return [
        column
        for column in table.columns
        if column is people.c.id
        or column.info.get("keyed") == "person"
        or any(key.column is people.c.id for key in column.foreign_keys)
    ]


def plain_of(seal: Seal, column: Column[Any], value: bytes) -> bytes:
    """Open a sealed value. Raises NotOpened."""
    try:
        return seal.open(value)
    except (InvalidTag, ValueError) as error:
        raise NotOpened(str(column)) from error


def gone(after: Seals, number: int) -> int:
    """In place of a number or a mark of which nobody knows any more what it was made of."""
    return after.vault.fingerprint(f"gone {number}")


async def list_numbers(
    tx: AsyncConnection, before: Seals, after: Seals, reads: Reads, told: Told
) -> AsyncGenerator[int]:
    """Write down the new number of everybody; gives the rows of people after each page. Raises NotOpened."""
    await tx.execute(CreateTable(renumbered))
    async for page in moving.pages(tx, people):
        rows: list[dict[str, int]] = []
        for row in page:
            user_id = orjson.loads(plain_of(before.vault, people.c.address, row.address))["telegram"]
            theirs = people_rows.fingerprint(before.vault, user_id) == row.id
            new = people_rows.fingerprint(after.vault, user_id) if theirs else gone(after, row.id)
            rows.append({"old": row.id, "new": new})
        await tx.execute(insert(renumbered), rows)
        told.people += len(page)
        yield len(page)
    await _list_newcomers(tx, before, after, reads)
    await _list_the_gone(tx, after, told)
    await _list_chats(tx, before, after)


async def _list_newcomers(tx: AsyncConnection, before: Seals, after: Seals, reads: Reads) -> None:
    """Whoever has written for the first time, and was not listened to yet."""
    async for page in moving.pages(tx, inbox):
        rows: list[dict[str, int]] = []
        for row in page:
            if row.person is not None and row.raw is not None:
                user_id, _ = reads(orjson.loads(plain_of(before.content, inbox.c.raw, row.raw)))
                if user_id is not None:
                    rows.append({"old": row.person, "new": people_rows.fingerprint(after.vault, user_id)})
        if rows:
            await tx.execute(insert_new(tx, renumbered), rows)


async def _list_the_gone(tx: AsyncConnection, after: Seals, told: Told) -> None:
    for column in (column for table in metadata.sorted_tables for column in people_in(table)):
        known = select(literal(1)).where(renumbered.c.old == column).exists()
        unknown = select(column).distinct().where(column.is_not(None), column != 0, ~known).limit(GONE_AT_ONCE)
        while ids := list((await tx.execute(unknown)).scalars()):
            await tx.execute(insert(renumbered), [{"old": one, "new": gone(after, one)} for one in ids])
            told.gone += len(ids)


async def _list_chats(tx: AsyncConnection, before: Seals, after: Seals) -> None:
    """Those of groups in which something stands, and those in which something is to be said."""
    marked = posted.c.recipient.startswith("~"), outbox.c.recipient.startswith("~")
    chats = set((await tx.execute(select(posted.c.chat_id).distinct().where(marked[0]))).scalars())
    waiting = select(outbox.c.body).where(marked[1], outbox.c.body.is_not(None))
    for body in (await tx.execute(waiting)).scalars():
        said = orjson.loads(plain_of(before.content, outbox.c.body, body))
        chats.add(said["params"].get("chat_id") if "params" in said else said["facts"].get("chat"))
    marks = [(before.content.fingerprint(str(one)), after.content.fingerprint(str(one))) for one in chats]
    if marks:
        await tx.execute(insert_new(tx, renumbered), [{"old": old, "new": new} for old, new in marks])


async def mark_the_muted(tx: AsyncConnection, before: Seals, after: Seals, now: datetime, told: Told) -> None:
    """A mute knows its person by the mark of a reporter: that of one of those who are listed."""
    lasts = (mutes.c.state == "agreed") & (mutes.c.until > now)
    muted = set((await tx.execute(select(mutes.c.owner).distinct())).scalars())
    lasting = set((await tx.execute(select(mutes.c.owner).distinct().where(lasts))).scalars())
    if not muted:
        return
    anew: dict[int, int] = {}
    async for page in moving.pages(tx, renumbered):
        marks = {owner_mark(before.vault, row.old): row.new for row in page}
        anew |= {mark: owner_mark(after.vault, new) for mark, new in marks.items() if mark in muted}
    told.mutes = len(lasting - anew.keys())
    for mark in muted:
        change = update(mutes).where(mutes.c.owner == mark)
        await tx.execute(change.values(owner=anew.get(mark, gone(after, mark))))


async def renumber(tx: AsyncConnection) -> None:
    """Write the listed numbers into all columns of numbers. Raises Differs when a reference holds no more."""
    async with _nothing_referred(tx):
        for table in metadata.sorted_tables:
            if columns := people_in(table):
                anew = {one.name: func.coalesce(_new(one), one) for one in columns}
                named = or_(*(column.is_not(None) for column in columns))
                await tx.execute(update(table).where(named).values(anew))


def _new(column: Column[Any]) -> Any:
    return select(renumbered.c.new).where(renumbered.c.old == column).scalar_subquery()


async def numbers_of(tx: AsyncConnection, after: Seals, some: set[int], sure: set[int]) -> dict[int, int]:
    """The new numbers of those of `some` that are listed. Those of `sure` are numbers for certain, and are listed now.

    One that is new already stays: whoever comes by twice changes nothing.
    """
    numbers: dict[int, int] = {}
    wanted = sorted(some)
    for begin in range(0, len(wanted), ASKED_AT_ONCE):
        part = wanted[begin : begin + ASKED_AT_ONCE]
        old = (await tx.execute(select(renumbered).where(renumbered.c.old.in_(part)))).all()
        new = (await tx.execute(select(renumbered.c.new).where(renumbered.c.new.in_(part)))).scalars()
        numbers |= {row.old: row.new for row in old} | {one: one for one in new}
    if unknown := {one: gone(after, one) for one in sure - numbers.keys()}:
        await tx.execute(insert(renumbered), [{"old": old, "new": new} for old, new in unknown.items()])
    return numbers | unknown


async def forget_list(tx: AsyncConnection) -> None:
    """It is done: nobody is to find out who had which number."""
    await tx.execute(DropTable(renumbered))


_REFERRING = text(
    "select conrelid::regclass::text as place, quote_ident(conname) as name, pg_get_constraintdef(oid) as says"
    " from pg_constraint where contype = 'f' and confrelid = 'people'::regclass"
)


@asynccontextmanager
async def _nothing_referred(tx: AsyncConnection) -> AsyncGenerator[None]:
    """Inside the block nothing refers to people (a file is opened like that); at its end all references hold again."""
    if tx.dialect.name == "sqlite":
        yield
        if (await tx.exec_driver_sql("pragma foreign_key_check")).first() is not None:
            raise Differs("foreign key")
        return
    referring = (await tx.execute(_REFERRING)).all()
    for row in referring:
        await tx.execute(text(f"alter table {row.place} drop constraint {row.name}"))
    yield
    for row in referring:
        await tx.execute(text(f"alter table {row.place} add constraint {row.name} {row.says}"))
