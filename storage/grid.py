"""The grid: five levels of places (区 / 镇街 / 村社区 / 小组 / 楼栋), each with somebody responsible."""

import asyncio
import secrets
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Text, bindparam, cast, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import counters
from storage.asking import ask, value
from storage.remembered import Remembered
from storage.tables import nodes

VERSION = "grid"
"""The name under which `counters` keep the stamp of the grid."""
PAGE = 500


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the tree; depth 1 is the district, 5 a building or household group.

    `path` is the ids from the district down to it (`/1/7/`), so that all below it begin with it. Its boundary is not
    here: most who ask for a place need its name, and the boundary of a district is long.
    """

    id: int
    code: str
    name: str
    depth: int
    parent_id: int | None
    path: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A place as the memory of the program needs it: with its addresses, and whether it is valid, undrawn."""

    node: Node
    addresses: tuple[str, ...]
    valid: bool


_NODE = (
    nodes.c.id,
    nodes.c.code,
    nodes.c.name,
    nodes.c.depth,
    nodes.c.parent_id,
    nodes.c.path,
    nodes.c.aliases,
)


_ONE = select(*_NODE).where(nodes.c.id == bindparam("node"), nodes.c.valid_to.is_(None))
_BELOW = (
    select(*_NODE).where(nodes.c.parent_id == bindparam("above"), nodes.c.valid_to.is_(None)).order_by(nodes.c.code)
)
_TOP = select(*_NODE).where(nodes.c.parent_id.is_(None), nodes.c.valid_to.is_(None)).order_by(nodes.c.code)
_WAY = select(nodes.c.path).where(nodes.c.id == bindparam("node"))
_SEVERAL = select(*_NODE).where(nodes.c.id.in_(bindparam("several", expanding=True)))
_remembered = Remembered()


def _node(row: Any) -> Node:
    columns: dict[str, Any] = {**row._asdict(), "aliases": tuple(row.aliases or ())}
    return Node(**columns)


async def children(tx: AsyncConnection, parent_id: int | None) -> list[Node]:
    """The places right below one (None: the top)."""
    rows = await (ask(tx, _TOP) if parent_id is None else ask(tx, _BELOW, {"above": parent_id}))
    return [_node(row) for row in rows]


async def everything(tx: AsyncConnection) -> list[Known]:
    """All places there are and ever were, by depth and code."""
    found: list[Known] = []
    async for row in _paged(tx, select(*_NODE, nodes.c.addresses, nodes.c.valid_to)):
        facts = {name: getattr(row, name) for name in ("id", "code", "name", "depth", "parent_id", "path")}
        node = Node(**facts, aliases=tuple(row.aliases or ()))
        found.append(Known(node, tuple(row.addresses or ()), row.valid_to is None))
    return sorted(found, key=lambda one: (one.node.depth, one.node.code))


async def boundaries(tx: AsyncConnection) -> dict[int, str]:
    """The boundary of every valid place that has one, as GeoJSON."""
    question = select(nodes.c.id, cast(nodes.c.boundary, Text).label("drawn"))
    valid = question.where(nodes.c.valid_to.is_(None), nodes.c.boundary.is_not(None))
    return {row.id: row.drawn async for row in _paged(tx, valid) if row.drawn != "null"}


async def _paged(tx: AsyncConnection, question: Select[*tuple[Any, ...]]) -> AsyncGenerator[Any]:
    """Thousands of rows, without keeping everybody else from working meanwhile."""
    after, page = 0, PAGE
    while page == PAGE:
        rows = (await tx.execute(question.where(nodes.c.id > after).order_by(nodes.c.id).limit(PAGE))).all()
        for row in rows:
            yield row
        page, after = len(rows), rows[-1].id if rows else after
        await asyncio.sleep(0)


async def version(tx: AsyncConnection) -> int:
    """Another number whenever the grid was changed, by whichever process; seen by the others after two seconds."""

    async def anew() -> int:
        return await counters.get(tx, VERSION) or 0

    return await _remembered.get(tx, VERSION, anew)


async def changed(tx: AsyncConnection) -> None:
    """Whoever writes places says so. The stamp is random: one that was rolled back never comes again."""
    _remembered.changed()
    await counters.put(tx, VERSION, secrets.randbits(62))


async def by_code(tx: AsyncConnection, code: str) -> Node | None:
    """One place by its code (a deep link or QR code carries it)."""
    row = (await tx.execute(select(*_NODE).where(nodes.c.code == code))).one_or_none()
    return _node(row) if row else None


async def by_id(tx: AsyncConnection, node_id: int) -> Node | None:
    """One place, as long as it is valid."""
    row = next(iter(await ask(tx, _ONE, {"node": node_id})), None)
    return _node(row) if row else None


async def path(tx: AsyncConnection, node_id: int) -> list[Node]:
    """The place and everything above it, the district first; of one that is no more, what it counts in now."""

    async def anew() -> list[Node]:
        return await _path(tx, node_id)

    return await _remembered.get(tx, node_id, anew)


async def around(tx: AsyncConnection, node_id: int | None) -> list[int]:
    """The numbers of the place and of everything above it, the district first; none for no place."""
    return [node.id for node in await path(tx, node_id)] if node_id is not None else []


async def _path(tx: AsyncConnection, node_id: int) -> list[Node]:
    way = await value(tx, _WAY, {"node": node_id})
    numbers = [int(part) for part in way.split("/") if part]
    found = {row.id: _node(row) for row in await ask(tx, _SEVERAL, {"several": numbers})}
    return [found[number] for number in numbers]


def taken_back() -> None:
    """A change was rolled back: what was remembered of it is wrong."""
    _remembered.changed()


async def add(tx: AsyncConnection, row: Mapping[str, Any]) -> int:
    """A new place."""
    await changed(tx)
    node_id = (await tx.execute(nodes.insert().returning(nodes.c.id), row)).scalar_one()
    above = select(nodes.c.path).where(nodes.c.id == row.get("parent_id"))
    path = f"{(await tx.execute(above)).scalar() or '/'}{node_id}/"
    await tx.execute(update(nodes).where(nodes.c.id == node_id).values(path=path))
    return node_id
