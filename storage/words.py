"""What cases are found by: pairs of characters, in an FTS5 index on SQLite, a GIN index on PostgreSQL.

SQLite lets no trigger write into an index of words (trusted_schema is off), so whoever writes the table writes both.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, column, func, insert, literal, select, table, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import Pieces, case_words, cases, history

LOOKED = (500, 20_000)
"""So many of the newest that have the words are looked through for those somebody may see, more if need be."""

_INDEX = table("case_words_index", column("rowid"), column("case_words_index"))
_FORGET = text("insert into case_words_index (case_words_index, rowid, pieces) values ('delete', :row, :pieces)")
_LEARN = text("insert into case_words_index (rowid, pieces) values (:row, :pieces)")
_FOR_THESE = text("set local plan_cache_mode = force_custom_plan")
_ANEW = text("insert into case_words_index (case_words_index) values ('rebuild')")


async def keep(tx: AsyncConnection, found: Mapping[int, Sequence[str]]) -> None:
    """Keep the pieces of these cases in place of those they had. What did not change is not written."""
    question = select(case_words.c.case_id, case_words.c.pieces).where(case_words.c.case_id.in_(found))
    before = {row.case_id: row.pieces for row in (await tx.execute(question)).all()}
    other = {case_id: list(now) for case_id, now in found.items() if before.get(case_id) != list(now)}
    new = [{"case_id": case_id, "pieces": now} for case_id, now in other.items() if case_id not in before]
    changed = [{"row": case_id, "now": now} for case_id, now in other.items() if case_id in before]
    if new:
        await tx.execute(insert(case_words), new)
    if changed:
        change = update(case_words).where(case_words.c.case_id == bindparam("row")).values(pieces=bindparam("now"))
        await tx.execute(change, changed)
    if tx.dialect.name == "sqlite":
        old = [{"row": one["row"], "pieces": " ".join(before[one["row"]])} for one in changed]
        for statement, rows in ((_FORGET, old), (_LEARN, _as_text(other))):
            if rows:
                await tx.execute(statement, rows)


def _as_text(found: Mapping[int, list[str]]) -> list[dict[str, Any]]:
    return [{"row": case_id, "pieces": " ".join(now)} for case_id, now in found.items()]


async def index_anew(tx: AsyncConnection) -> None:
    """Make the index of all rows that are there (they came from another database)."""
    if tx.dialect.name == "sqlite":
        await tx.execute(_ANEW)


async def think_anew(tx: AsyncConnection) -> None:
    """PostgreSQL plans each search for its own words: one plan for rare and frequent ones suits neither."""
    if tx.dialect.name == "postgresql":
        await tx.execute(_FOR_THESE)


def having(dialect: str, pieces: Sequence[str], turn: Sequence[Any], most: int, *, newest: bool) -> Select[tuple[int]]:
    """The numbers of at most so many cases with all these pieces; `turn` are conditions made of a number column."""
    number: ColumnElement[int] = _INDEX.c.rowid if dialect == "sqlite" else case_words.c.case_id
    if dialect == "sqlite":
        quoted = " ".join(f'"{piece}"' for piece in pieces)
        held: ColumnElement[bool] = _INDEX.c.case_words_index.op("match")(quoted)
    else:
        held = case_words.c.pieces.op("@>")(literal(list(pieces), Pieces))
    order = number.desc() if newest else number
    found = select(number.label("id")).where(held, *(make(number) for make in turn))
    return found.order_by(order).limit(most)


async def touched(tx: AsyncConnection, after: int, limit: int) -> list[tuple[int, int]]:
    """The next lines of the history: (number, case)."""
    question = select(history.c.id, history.c.case_id).where(history.c.id > after).order_by(history.c.id).limit(limit)
    return [(row.id, row.case_id) for row in (await tx.execute(question)).all()]


async def before(tx: AsyncConnection, case_id: int, limit: int) -> list[int]:
    """The next older cases, the newest first."""
    question = select(cases.c.id).where(cases.c.id < case_id).order_by(cases.c.id.desc()).limit(limit)
    return list((await tx.execute(question)).scalars())


async def newest(tx: AsyncConnection) -> tuple[int, int]:
    """The numbers of the newest line of the history and of the newest case; 0 where there is none."""
    line = (await tx.execute(select(func.max(history.c.id)))).scalar()
    case = (await tx.execute(select(func.max(cases.c.id)))).scalar()
    return line or 0, case or 0
