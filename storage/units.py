"""Units: who is responsible, and in which group they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.case import Level
from storage.remembered import Remembered
from storage.tables import nodes, units


@dataclass(frozen=True, slots=True)
class Unit:
    """A department, town office, community, property company ... `matters` None: whatever fits its kind and level."""

    id: int
    code: str
    name: str
    kind: str
    level: Level
    parent_id: int | None
    node_id: int | None
    matters: tuple[str, ...] | None
    chat_id: int | None
    topic_id: int | None
    version: int


_UNIT = (
    units.c.id,
    units.c.code,
    units.c.name,
    units.c.kind,
    units.c.level,
    units.c.parent_id,
    units.c.node_id,
    units.c.matters,
    units.c.chat_id,
    units.c.topic_id,
    units.c.version,
)


_ALL = select(*_UNIT).order_by(units.c.code)
_remembered = Remembered()


def _unit(row: Any) -> Unit:
    matters = None if row.matters is None else tuple(row.matters)
    columns: dict[str, Any] = {**row._mapping, "level": Level(row.level), "matters": matters}
    return Unit(**columns)


def changed() -> None:
    """Units were put elsewhere (storage/resettling.py): what is remembered of them is asked for again."""
    _remembered.changed()


async def by_id(tx: AsyncConnection, unit_id: int) -> Unit | None:
    """One unit."""

    async def ask() -> dict[int, Unit]:
        return {one.id: one for one in await all_units(tx)}

    return (await _remembered.get(tx, "by id", ask)).get(unit_id)


async def by_code(tx: AsyncConnection, code: str) -> Unit | None:
    """One unit by its code."""
    return next((one for one in await all_units(tx) if one.code == code), None)


async def in_chat(tx: AsyncConnection, chat_id: int, topic_id: int | None) -> Unit | None:
    """The unit a group (or topic) is bound to."""
    found = (one for one in await all_units(tx) if one.chat_id == chat_id and one.topic_id == topic_id)
    return next(found, None)


async def all_units(tx: AsyncConnection) -> list[Unit]:
    """All of them, by level and code."""

    async def ask() -> list[Unit]:
        return [_unit(row) for row in (await tx.execute(_ALL)).all()]

    return await _remembered.get(tx, "all", ask)


async def add(tx: AsyncConnection, row: Mapping[str, Any]) -> int:
    """A new unit."""
    _remembered.changed()
    return (await tx.execute(units.insert().returning(units.c.id), row)).scalar_one()


async def change(tx: AsyncConnection, unit_id: int, version: int, **columns: Any) -> bool:
    """Change what is known of a unit, if nobody did since it was read. False: somebody did, nothing happened."""
    _remembered.changed()
    wanted = update(units).where(units.c.id == unit_id, units.c.version == version)
    return (await tx.execute(wanted.values(version=version + 1, **columns))).rowcount == 1


async def overwrite(tx: AsyncConnection, unit_id: int, columns: Mapping[str, Any]) -> None:
    """Make a unit what a file says, whoever changed it before. Its group is none of this (see `bind`)."""
    _remembered.changed()
    wanted = update(units).where(units.c.id == unit_id)
    await tx.execute(wanted.values(version=units.c.version + 1, **columns))


async def places(tx: AsyncConnection) -> dict[int, str]:
    """The code of the place of every unit that has one."""
    placed = select(units.c.id, nodes.c.code).join_from(units, nodes, nodes.c.id == units.c.node_id)
    return {row.id: row.code for row in (await tx.execute(placed)).all()}


async def bind(tx: AsyncConnection, unit_id: int, chat_id: int | None, topic_id: int | None) -> None:
    """Bind a unit to a group or topic; whoever had it before loses it."""
    _remembered.changed()
    later = units.c.version + 1
    if chat_id is not None:
        await tx.execute(
            update(units)
            .where(units.c.chat_id == chat_id, units.c.topic_id.is_not_distinct_from(topic_id))
            .values(chat_id=None, topic_id=None, version=later)
        )
    now = update(units).where(units.c.id == unit_id)
    await tx.execute(now.values(chat_id=chat_id, topic_id=topic_id, version=later))


async def move_chat(tx: AsyncConnection, old: int, new: int) -> int:
    """A group became a supergroup: follow it."""
    _remembered.changed()
    return (await tx.execute(update(units).where(units.c.chat_id == old).values(chat_id=new))).rowcount
