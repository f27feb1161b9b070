"""The grid as it goes into files and comes out of them: whole rows, many at once."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import grid
from storage.tables import cases, duties, nodes, units

AT_ONCE = 500
"""Rows in one statement."""

COLUMNS = (
    "code",
    "name",
    "depth",
    "parent_id",
    "aliases",
    "addresses",
    "boundary",
    "households",
    "party_group",
    "latitude",
    "longitude",
    "valid_from",
    "valid_to",
)


async def everything(tx: AsyncConnection) -> dict[int, dict[str, Any]]:
    """All places there are and ever were by their number, those above first. Lists that are empty are None."""
    question = select(nodes.c.id, *(nodes.c[name] for name in COLUMNS)).order_by(nodes.c.depth, nodes.c.code)
    return {row.id: {name: getattr(row, name) for name in COLUMNS} for row in (await tx.execute(question)).all()}


async def add(tx: AsyncConnection, rows: Sequence[Mapping[str, Any]], paths: Mapping[int, str]) -> dict[str, int]:
    """New places, whose parents (with these paths) are there already; their numbers by their codes."""
    await grid.changed(tx)
    wanted = insert(nodes).returning(nodes.c.id, sort_by_parameter_order=True)
    numbers = [row.id for row in (await tx.execute(wanted, list(rows))).all()]
    places = [
        {"place": number, "way": f"{paths.get(row['parent_id'], '/')}{number}/"}
        for number, row in zip(numbers, rows, strict=True)
    ]
    await tx.execute(update(nodes).where(nodes.c.id == bindparam("place")).values(path=bindparam("way")), places)
    return {row["code"]: number for number, row in zip(numbers, rows, strict=True)}


async def change(tx: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Change known places: each row has the number as `place` and every column but code and parent."""
    if not rows:
        return
    await grid.changed(tx)
    columns = [name for name in COLUMNS if name not in {"code", "parent_id"}]
    changed = {name: bindparam(f"new_{name}", type_=nodes.c[name].type) for name in columns}
    given = [{"place": row["place"], **{f"new_{name}": row[name] for name in columns}} for row in rows]
    await tx.execute(update(nodes).where(nodes.c.id == bindparam("place")).values(changed), given)


async def paths(tx: AsyncConnection) -> dict[int, str]:
    """The path of every place."""
    return {row.id: row.path for row in (await tx.execute(select(nodes.c.id, nodes.c.path))).all()}


async def in_use(tx: AsyncConnection, ids: Collection[int], now: datetime) -> dict[int, tuple[int, int, int]]:
    """Of these places those that somebody needs: how many open cases, duties and units each has."""
    questions = (
        (cases.c.node_id, cases.c.closed_at.is_(None)),
        (duties.c.node_id, or_(duties.c.until.is_(None), duties.c.until > now)),
        (units.c.node_id, units.c.id.is_not(None)),
    )
    found: dict[int, list[int]] = {}
    some = sorted(ids)
    for begin in range(0, len(some), AT_ONCE):
        for at, (column, needs_it) in enumerate(questions):
            asked = select(column, func.count()).where(column.in_(some[begin : begin + AT_ONCE]), needs_it)
            for node_id, count in (await tx.execute(asked.group_by(column))).all():
                found.setdefault(node_id, [0, 0, 0])[at] = count
        await asyncio.sleep(0)
    return {node_id: (one[0], one[1], one[2]) for node_id, one in found.items()}
