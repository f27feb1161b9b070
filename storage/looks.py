"""Pictures that look like one another: found by quarters of their looks, however many there are.

A look has 64 bits; alike pictures differ in few. Cut into four quarters, at least one of them differs in one bit at
most where the whole differs in up to seven: so each quarter and its sixteen neighbours are asked for by an index.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.asking import ask
from storage.tables import media

QUARTERS = ("look_a", "look_b", "look_c", "look_d")
BITS = 16
NEAR = 8
"""Bits in which two looks of one picture may differ: stored anew, made smaller, a narrow edge cut off."""

TELLING = range(6, 59)
"""Set bits of a look that tells something; a plain wall has hardly any, and is compared by its content alone."""

MOST = 500

_NAMES = ("id", "case_id", "source", "look", "came_at")
_COLUMNS = [media.c[name] for name in _NAMES]
_ALIKE = union_all(
    *(
        select(
            select(*_COLUMNS)
            .where(media.c[name].in_(bindparam(name, expanding=True)))
            .order_by(media.c.id)
            .limit(MOST)
            .subquery()
        )
        for name in QUARTERS
    )
)
_SAME = select(*_COLUMNS).where(media.c.sha256 == bindparam("content")).order_by(media.c.id).limit(MOST)
_BEHIND = select(media.c.id, media.c.case_id).where(media.c.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture that was there before; source is report, progress, result or look."""

    id: int
    case_id: int
    source: str
    came_at: datetime


def quarters(look: int) -> dict[str, int]:
    """The columns by which a look is found."""
    return {name: (look >> (BITS * (3 - at))) & 0xFFFF for at, name in enumerate(QUARTERS)}


def difference(one: int, other: int) -> int:
    """In how many bits two looks differ."""
    return ((one ^ other) & (2**64 - 1)).bit_count()


async def before(tx: AsyncConnection, media_id: int, look: int, sha256: str) -> list[Seen]:
    """Pictures that came before this one and are the same to the eye, the oldest first."""
    rows: list[Any] = list(await ask(tx, _SAME, {"content": sha256}))
    if (look & (2**64 - 1)).bit_count() in TELLING:
        near = {name: _neighbours(quarter) for name, quarter in quarters(look).items()}
        rows += [row for row in await ask(tx, _ALIKE, near) if difference(row.look, look) <= NEAR]
    found = {row.id: Seen(row.id, row.case_id, row.source, row.came_at) for row in rows if row.id < media_id}
    return [found[number] for number in sorted(found)]


def _neighbours(quarter: int) -> list[int]:
    return [quarter, *(quarter ^ (1 << bit) for bit in range(BITS))]


async def cases_of(tx: AsyncConnection, ids: list[int]) -> dict[int, int]:
    """To which case each of these files belongs."""
    return {row.id: row.case_id for row in await ask(tx, _BEHIND, {"ids": ids})} if ids else {}
