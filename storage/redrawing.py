"""Re-drawing the grid: every write to a place that is there already, and the history of what became of what.

`path` always is the path of what a place hangs on, and its own number: of a place that is no more, the place in which
it counts now. So all that once happened at a place is found below what it has become.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.redrawing import Kind, Line, What
from storage import grid
from storage.asking import ask
from storage.tables import nodes, redrawings, redrawn

MOST_LATER = 10_000


@dataclass(frozen=True, slots=True)
class Place:
    """A place with all that is known of it, valid (`valid_to` None) or not."""

    id: int
    code: str
    name: str
    depth: int
    parent_id: int | None
    path: str
    aliases: tuple[str, ...]
    addresses: tuple[str, ...]
    boundary: Mapping[str, Any] | None
    households: int | None
    party_group: str | None
    valid_from: datetime | None
    valid_to: datetime | None

    @property
    def named(self) -> tuple[str, ...]:
        """Every word by which somebody may mean it."""
        return (self.name, *self.aliases, *self.addresses)


@dataclass(frozen=True, slots=True)
class Redrawing:
    """One re-drawing; `made_by` None is the console."""

    id: int
    kind: Kind
    reason: str
    at: datetime
    made_by: int | None
    undoes: int | None


_NAMES = tuple(Place.__slots__)
_PLACE = tuple(nodes.c[name] for name in _NAMES)
_BY_IDS = select(*_PLACE).where(nodes.c.id.in_(bindparam("ids", expanding=True)))
_REDRAWING = tuple(redrawings.c[name] for name in Redrawing.__slots__)
_LINE = (redrawn.c.what, redrawn.c.row_id, redrawn.c.before, redrawn.c.after, redrawn.c.facts)


def _place(row: Any) -> Place:
    columns: dict[str, Any] = row._asdict()
    for name in ("aliases", "addresses"):
        columns[name] = tuple(columns[name] or ())
    return Place(**columns)


def _redrawing(row: Any) -> Redrawing:
    return Redrawing(row.id, Kind(row.kind), *row[2:])


def _line(row: Any) -> Line:
    return Line(What(row.what), *row[1:])


async def by_codes(tx: AsyncConnection, codes: Collection[str]) -> dict[str, Place]:
    """Places by their codes, valid or not."""
    rows = await tx.execute(select(*_PLACE).where(nodes.c.code.in_(list(codes))))
    return {row.code: _place(row) for row in rows.all()}


async def by_ids(tx: AsyncConnection, ids: Collection[int]) -> dict[int, Place]:
    """Places by their numbers, valid or not."""
    return {row.id: _place(row) for row in await ask(tx, _BY_IDS, {"ids": list(ids)})}


async def below(tx: AsyncConnection, parent_ids: Collection[int]) -> list[Place]:
    """The valid places right below these, by code."""
    rows = await tx.execute(
        select(*_PLACE)
        .where(nodes.c.parent_id.in_(list(parent_ids)), nodes.c.valid_to.is_(None))
        .order_by(nodes.c.code)
    )
    return [_place(row) for row in rows.all()]


async def top(tx: AsyncConnection) -> list[Place]:
    """The district (or several)."""
    rows = await tx.execute(
        select(*_PLACE).where(nodes.c.parent_id.is_(None), nodes.c.valid_to.is_(None)).order_by(nodes.c.code)
    )
    return [_place(row) for row in rows.all()]


async def count_below(tx: AsyncConnection, path: str) -> int:
    """How many valid places there are below one, at any depth."""
    inside = nodes.c.path.startswith(path, autoescape=True)
    question = select(func.count()).where(inside, nodes.c.path != path, nodes.c.valid_to.is_(None))
    return (await tx.execute(question)).scalar_one()


async def put_under(tx: AsyncConnection, node_id: int, parent_id: int) -> None:
    """Hang a place with all below it on another one: one statement, however many there are."""
    await grid.changed(tx)
    found = await tx.execute(select(nodes.c.id, nodes.c.path).where(nodes.c.id.in_([node_id, parent_id])))
    paths = {row.id: row.path for row in found.all()}
    old, new = paths[node_id], f"{paths[parent_id]}{node_id}/"
    await tx.execute(update(nodes).where(nodes.c.id == node_id).values(parent_id=parent_id))
    if old != new:
        moved = literal(new) + func.substr(nodes.c.path, len(old) + 1)
        await tx.execute(update(nodes).where(nodes.c.path.startswith(old, autoescape=True)).values(path=moved))


async def change(tx: AsyncConnection, node_id: int, **columns: Any) -> None:
    """Correct a valid place, end it (`valid_to`), or make one valid again."""
    await grid.changed(tx)
    await tx.execute(update(nodes).where(nodes.c.id == node_id).values(**columns))


async def write(tx: AsyncConnection, row: Mapping[str, Any], lines: Sequence[Line] = ()) -> int:
    """Begin the history of a re-drawing. Returns its number."""
    # A look at what would become of it takes a number of PostgreSQL's with it; they are said aloud and have no gaps.
    number = ((await tx.execute(select(func.max(redrawings.c.id)))).scalar() or 0) + 1
    await tx.execute(redrawings.insert(), {**row, "id": number})
    await write_lines(tx, number, lines)
    return number


async def write_lines(tx: AsyncConnection, number: int, lines: Sequence[Line]) -> None:
    """Go on with it."""
    rows = [
        {
            "redrawing_id": number,
            "what": line.what.value,
            "row_id": line.row_id,
            "before": line.before,
            "after": line.after,
            "facts": dict(line.facts),
        }
        for line in lines
    ]
    if rows:
        await tx.execute(redrawn.insert(), rows)


async def by_id(tx: AsyncConnection, number: int) -> Redrawing | None:
    """One re-drawing."""
    row = (await tx.execute(select(*_REDRAWING).where(redrawings.c.id == number))).one_or_none()
    return _redrawing(row) if row else None


async def lines_of(tx: AsyncConnection, number: int) -> list[Line]:
    """All that it changed, in the order it was written."""
    rows = await tx.execute(select(*_LINE).where(redrawn.c.redrawing_id == number).order_by(redrawn.c.id))
    return [_line(row) for row in rows.all()]


async def latest(tx: AsyncConnection, limit: int) -> list[Redrawing]:
    """The newest ones first."""
    rows = await tx.execute(select(*_REDRAWING).order_by(redrawings.c.id.desc()).limit(limit))
    return [_redrawing(row) for row in rows.all()]


async def later_at(tx: AsyncConnection, number: int, node_ids: Collection[int]) -> list[Redrawing]:
    """Re-drawings after this one that changed any of these places, the oldest first."""
    places = [What.BEGAN, What.MOVED, What.OUTLINE, What.ENDED]
    touched = select(redrawn.c.redrawing_id).where(redrawn.c.row_id.in_(list(node_ids)), redrawn.c.what.in_(places))
    rows = await tx.execute(
        select(*_REDRAWING)
        .where(redrawings.c.id > number, redrawings.c.id.in_(touched))
        .order_by(redrawings.c.id)
        .limit(MOST_LATER)
    )
    return [_redrawing(row) for row in rows.all()]


async def undone_by(tx: AsyncConnection, number: int) -> int | None:
    """The re-drawing that took this one back."""
    return (await tx.execute(select(redrawings.c.id).where(redrawings.c.undoes == number))).scalar()


async def of_place(tx: AsyncConnection, node_id: int) -> list[tuple[Redrawing, Line]]:
    """What happened to a place itself, the oldest first."""
    places = [What.BEGAN, What.MOVED, What.ENDED]
    rows = await tx.execute(
        select(*_REDRAWING, *_LINE)
        .join(redrawings, redrawings.c.id == redrawn.c.redrawing_id)
        .where(redrawn.c.row_id == node_id, redrawn.c.what.in_(places))
        .order_by(redrawn.c.id)
    )
    width = len(_REDRAWING)
    found = [tuple(row) for row in rows.all()]
    return [
        (Redrawing(row[0], Kind(row[1]), *row[2:width]), Line(What(row[width]), *row[width + 1 :])) for row in found
    ]


async def ended_in(tx: AsyncConnection, node_id: int) -> int | None:
    """The last re-drawing that ended a place."""
    question = select(func.max(redrawn.c.redrawing_id)).where(
        redrawn.c.row_id == node_id, redrawn.c.what == What.ENDED.value
    )
    return (await tx.execute(question)).scalar()


async def of_redrawing(tx: AsyncConnection, number: int, what: What) -> list[Place]:
    """The places that began or ended in it, by code."""
    those = select(redrawn.c.row_id).where(redrawn.c.redrawing_id == number, redrawn.c.what == what.value)
    rows = await tx.execute(select(*_PLACE).where(nodes.c.id.in_(those)).order_by(nodes.c.code))
    return [_place(row) for row in rows.all()]


async def search(tx: AsyncConnection, words: str, limit: int) -> list[Place]:
    """Valid places whose code begins with the words or whose name has them, the higher ones first."""
    hit = or_(nodes.c.code.startswith(words.upper(), autoescape=True), nodes.c.name.contains(words, autoescape=True))
    rows = await tx.execute(
        select(*_PLACE).where(hit, nodes.c.valid_to.is_(None)).order_by(nodes.c.depth, nodes.c.code).limit(limit)
    )
    return [_place(row) for row in rows.all()]
