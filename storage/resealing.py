"""Seals all that a database holds anew, with other keys, in one transaction.

What hangs on a key says so in `storage/tables`: sealed bytes are opened and sealed anew, numbers of people become the
new ones wherever they are named, a mark is made anew from the words that it is a mark of.
"""

import re
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Column, Table, bindparam, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import cries, members, moving, noted_keys, renumbering, reporters, voices
from storage.engines import lonely_engine
from storage.renumbering import Differs, Reads, Told, plain_of
from storage.seals import Seals
from storage.tables import inbox, metadata, mutes, people

LOCK_S = 10
TOO_LARGE = 1 << 63

Known = Mapping[str, bytes]
"""What is sealed or written in the columns of a row that hang on a key, by name; what is empty is left out."""

_NUMBER = re.compile(rb'(person"?:)?(?<!\d)(\d{10,19})(?!\d)|(~)([0-9a-f]{6,16})(?![0-9a-f])')
"""A number of a person, or the mark of a chat. It has 63 bits: what is much shorter is looked for in vain."""


@asynccontextmanager
async def opened(url: str) -> AsyncGenerator[AsyncConnection]:
    """A transaction that may take its time and lets nobody else in; only what is committed in it is kept.

    Raises DBAPIError when others are in it.
    """
    engine = lonely_engine(url)
    try:
        async with engine.connect() as tx:
            if tx.dialect.name == "sqlite":
                await tx.exec_driver_sql("begin immediate")
            else:
                await moving.take_time(tx)
                await tx.execute(text(f"set local lock_timeout = '{LOCK_S}s'"))
                await tx.execute(text(f"lock table {', '.join(metadata.tables)} in access exclusive mode"))
            yield tx
    finally:
        await engine.dispose()


def sealed_in(table: Table) -> list[Column[Any]]:
    """The columns of sealed bytes of a table."""
    return [column for column in table.columns if "sealed" in column.info]


def hanging_in(table: Table) -> list[Column[Any]]:
    """The columns of a table that are looked at row by row; marks of mutes are those of their reporters."""
    keyed = [one for one in table.columns if one.info.get("keyed") in {"mark", "naming"} and one is not mutes.c.owner]
    return [*sealed_in(table), *keyed]


SURE = {reporters.reporters.c.address} | {
    column for table in metadata.tables.values() for column in table.columns if column.info.get("keyed") == "naming"
}
"""Columns in which nothing but an address looks like one."""


class Resealing:
    """One change of the keys of a database, in a transaction of its own (see `opened`). `told` is the account."""

    def __init__(self, tx: AsyncConnection, before: Seals, after: Seals, reads: Reads) -> None:
        self._tx = tx
        self._before = before
        self._after = after
        self._reads = reads
        self._marks = marks_of(reads)
        self.told = Told()

    async def length(self) -> int:
        """How many rows `run` goes through."""
        rows = {table: await moving.rows_of(self._tx, table) for table in metadata.sorted_tables if hanging_in(table)}
        return rows[people] + sum(rows.values()) + sum(rows[table] for table in rows if sealed_in(table))

    async def run(self, now: datetime) -> AsyncGenerator[int]:
        """Do it; gives the number of rows after each page. Raises NotOpened, Differs: then nothing may be kept."""
        there = {table: await moving.rows_of(self._tx, table) for table in metadata.sorted_tables}
        keys = self._before, self._after
        async for done in renumbering.list_numbers(self._tx, *keys, self._reads, self.told):
            yield done
        await renumbering.mark_the_muted(self._tx, *keys, now, self.told)
        await renumbering.renumber(self._tx)
        for table in filter(hanging_in, metadata.sorted_tables):
            async for page in moving.pages(self._tx, table):
                await self._rewrite(table, page)
                yield len(page)
        await renumbering.forget_list(self._tx)
        async for done in self._verify():
            yield done
        for table, rows in there.items():
            if await moving.rows_of(self._tx, table) != rows:
                raise Differs(table.name)
        await noted_keys.note(self._tx, self._after)

    async def _rewrite(self, table: Table, page: Sequence[Any]) -> None:
        known = [self._known(table, row) for row in page]
        numbers = await self._numbers_among(table, known)
        alike: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for row, words in zip(page, known, strict=True):
            if changed := self._changed(table, row, words, _renamed(words, numbers)):
                key = {f"was_{column.name}": row._mapping[column.name] for column in table.primary_key.columns}
                alike[tuple(changed)].append({f"is_{name}": one for name, one in changed.items()} | key)
        for names, rows in alike.items():
            await self._tx.execute(_change(table, names), rows)

    def _known(self, table: Table, row: Any) -> Known:
        known: dict[str, bytes] = {}
        for column in hanging_in(table):
            value = row._mapping[column.name]
            if value is None or column.info.get("keyed") == "mark":
                continue
            if (key := column.info.get("sealed")) is not None:
                known[column.name] = plain_of(getattr(self._before, key), column, value)
            else:
                known[column.name] = value.encode() if isinstance(value, str) else orjson.dumps(value)
        return known

    async def _numbers_among(self, table: Table, known: Iterable[Known]) -> dict[int, int]:
        """The new numbers of the people and chats that are named in these.

        In somebody's words only those count that are listed; elsewhere what stands as a number is one.
        """
        some, sure = set[int](), set[int]()
        for name, plain in ((name, plain) for words in known for name, plain in words.items()):
            for one in _NUMBER.finditer(plain):
                if (number := _number(one)) < TOO_LARGE:
                    some.add(number)
                    if (one[1] or one[3]) and table.c[name] in SURE:
                        sure.add(number)
        return await renumbering.numbers_of(self._tx, self._after, some, sure)

    def _changed(self, table: Table, row: Any, words: Known, anew: Known) -> dict[str, Any]:
        """The columns of a row that are to be written, and what into them."""
        changed: dict[str, Any] = {}
        for column in hanging_in(table):
            name, value = column.name, row._mapping[column.name]
            if value is None:
                continue
            if (key := column.info.get("sealed")) is not None:
                changed[name] = getattr(self._after, key).close(anew[name])
                self.told.values += 1
            elif column in self._marks:
                changed[name] = self._mark(column, value, words, anew)
            elif anew[name] != words[name]:
                changed[name] = anew[name].decode() if isinstance(value, str) else orjson.loads(anew[name])
        return changed

    def _mark(self, column: Column[Any], value: int, words: Known, anew: Known) -> int | None:
        """The mark of the same, if it is known of what; otherwise one that leads nowhere."""
        make = self._marks[column]
        same = make(self._before, words) == value
        return make(self._after, anew) if same else renumbering.gone(self._after, value)

    async def _verify(self) -> AsyncGenerator[int]:
        """Everything opens with the new keys, and nothing is missing."""
        values = 0
        for table in filter(sealed_in, metadata.sorted_tables):
            async for page in moving.pages(self._tx, table):
                for column in sealed_in(table):
                    seal = getattr(self._after, column.info["sealed"])
                    there = [one for row in page if (one := row._mapping[column.name]) is not None]
                    for value in there:
                        plain_of(seal, column, value)
                    values += len(there)
                yield len(page)
        if values != self.told.values:
            raise Differs(f"{values} / {self.told.values}")


def _number(found: re.Match[bytes]) -> int:
    return int(found[2]) if found[2] else int(found[4], 16)


def _renamed(words: Known, numbers: Mapping[int, int]) -> Known:
    def anew(found: re.Match[bytes]) -> bytes:
        new = numbers.get(_number(found))
        if new is None:
            return found[0]
        return b"~%x" % new if found[3] else (found[1] or b"") + b"%d" % new

    return {name: _NUMBER.sub(anew, plain) for name, plain in words.items()}


def marks_of(reads: Reads) -> Mapping[Column[Any], Callable[[Seals, Known], int | None]]:
    """How each mark is made; None where it is not known any more of what."""

    def of_deed(seals: Seals, known: Known) -> int | None:
        deed = reads(orjson.loads(known["raw"]))[1] if "raw" in known else None
        return None if deed is None else seals.content.fingerprint(deed)

    return {
        members.members.c.phone_mark: _of_phone,
        reporters.reporters.c.owner: _of_owner,
        voices.voices.c.key: _of_voice,
        cries.cries.c.mark: _of_cry,
        inbox.c.deed: of_deed,
    }


def _of_phone(seals: Seals, known: Known) -> int | None:
    return members.phone_mark(seals.vault, known["phone"].decode()) if "phone" in known else None


def _of_owner(seals: Seals, known: Known) -> int | None:
    if "address" not in known:
        return None
    return reporters.owner_mark(seals.vault, orjson.loads(known["address"])["person"])


def _of_voice(seals: Seals, known: Known) -> int:
    return voices.key_of(seals.content, voices.Voice(**orjson.loads(known["body"])))


def _of_cry(seals: Seals, known: Known) -> int | None:
    draft = orjson.loads(known["body"]).get("draft")
    return cries.mark_of(seals.content, draft["id"]) if draft else None


def _change(table: Table, names: Sequence[str]) -> Any:
    here = [column == bindparam(f"was_{column.name}", type_=column.type) for column in table.primary_key.columns]
    there = {name: bindparam(f"is_{name}", type_=table.c[name].type) for name in names}
    return update(table).where(*here).values(there)
