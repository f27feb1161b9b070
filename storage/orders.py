"""Lists of cases for those who deal with them: whose, which, where; paged by number in either direction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.case import AT_UNIT, Case, Status
from storage import words
from storage.cases import CASE_COLUMNS, CONFIDENTIAL, case_from
from storage.tables import cases, nodes, supervisions

RUNNING = tuple(one for one in AT_UNIT if one not in {Status.SHELVED, Status.VERIFY})
"""The clock of the unit runs."""

FOR_UNIT = (Status.DISPATCHED,)
FOR_HANDLER = (Status.ACCEPTED, Status.REWORK)
FOR_CENTRE = (
    Status.REGISTERED,
    Status.TRIAGE,
    Status.REDO,
    Status.DIVERTED,
    Status.RETURN_REVIEW,
    Status.EXTENSION_REVIEW,
)

WIDE = 3
"""A path with fewer places holds so many cases that they are looked through by number, and not place by place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Which cases somebody may find. Of `units` the confidential ones only in their own hand, of `on_duty` all.

    `paths` are the places of a town centre; `watches`: what they hold a 监督单 of; `openly`: nothing confidential, for
    everybody in the chat reads it.
    """

    person_id: int
    units: tuple[int, ...] = ()
    on_duty: tuple[int, ...] = ()
    paths: tuple[str, ...] = ()
    everywhere: bool = False
    watches: bool = False
    openly: bool = False

    @property
    def centre(self) -> bool:
        """Whether it is a dispatcher's."""
        return self.everywhere or bool(self.paths)


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a page begins: after (or, not `forward`, before) the case with this number; None: at the begin."""

    number: int | None = None
    forward: bool = True


_WATCHING = supervisions.c.state == "open"
Which = Sequence[ColumnElement[bool]]
Number = Callable[[ColumnElement[int]], ColumnElement[bool]]


def mine(reach: Reach) -> Which:
    """What somebody signed for and has in hand."""
    return [_open(*AT_UNIT), cases.c.handler_id == reach.person_id]


def of_units(reach: Reach) -> Which:
    """What their units have in hand."""
    return [_open(*AT_UNIT), cases.c.unit_id.in_((*reach.units, *reach.on_duty))]


def late(now: datetime) -> Which:
    """What should be finished by now."""
    return [_open(*RUNNING), cases.c.due_at < now]


def waiting(reach: Reach, now: datetime) -> Which:
    """What waits for a press of whoever looks: to be signed, to be gone on with, to be decided, to be verified."""
    for_them = and_(cases.c.handler_id == reach.person_id, cases.c.status.in_(FOR_HANDLER))
    for_unit = and_(cases.c.unit_id.in_((*reach.units, *reach.on_duty)), cases.c.status.in_(FOR_UNIT))
    for_centre = cases.c.status.in_(FOR_CENTRE) if reach.centre else None
    some = [for_them, for_unit, *([] if for_centre is None else [for_centre]), and_(*checking(reach, now))]
    return [_open(*FOR_UNIT, *FOR_HANDLER, *FOR_CENTRE, Status.VERIFY), or_(*some)]


def checking(reach: Reach, now: datetime) -> Which:
    """待核查: what waits for the verdict of whoever looks, never of those who did it.

    The holder of a 监督单 judges first; the dispatchers where there is none, or its time is over.
    """
    in_time = or_(supervisions.c.due_at.is_(None), supervisions.c.due_at >= now)
    watched = select(supervisions.c.id).where(supervisions.c.case_id == cases.c.id, _WATCHING, in_time).exists()
    not_own = [or_(column.is_(None), column != reach.person_id) for column in (cases.c.handler_id, cases.c.closer_id)]
    some = [*([_held(reach)] if reach.watches else []), *([~watched] if reach.centre else [])]
    return [_open(Status.VERIFY), *not_own, or_(*some) if some else false()]


def _held(reach: Reach) -> ColumnElement[bool]:
    own = supervisions.c.person_id == reach.person_id
    return cases.c.id.in_(select(supervisions.c.case_id).where(own, _WATCHING))


def at_place(path: str) -> Which:
    """What is at a place or below it."""
    wide = path.strip("/").count("/") + 1 < WIDE
    node: Any = cases.c.node_id + 0 if wide else cases.c.node_id  # a sum has no index: found by number, newest first
    return [node.in_(select(nodes.c.id).where(nodes.c.path.startswith(path, autoescape=True)))]


def numbered(numbers: Sequence[str]) -> Which:
    """These numbers; one that ends with a hyphen is the beginning of others."""
    whole = [one for one in numbers if not one.endswith("-")]
    begun = [and_(cases.c.number >= one, cases.c.number < one[:-1] + ".") for one in numbers if one.endswith("-")]
    return [or_(cases.c.number.in_(whole), *begun)]


def _open(*statuses: Status) -> ColumnElement[bool]:
    return and_(cases.c.status.in_(statuses), cases.c.closed_at.is_(None))


def _theirs(reach: Reach) -> Which:
    own = or_(~CONFIDENTIAL, cases.c.handler_id == reach.person_id)
    below = [nodes.c.path.startswith(one, autoescape=True) for one in reach.paths]
    some: list[ColumnElement[bool]] = [
        *([and_(cases.c.unit_id.in_(reach.units), own)] if reach.units else []),
        *([cases.c.unit_id.in_(reach.on_duty)] if reach.on_duty else []),
        *([cases.c.node_id.in_(select(nodes.c.id).where(or_(*below)))] if below else []),
        *([and_(_held(reach), ~CONFIDENTIAL)] if reach.watches else []),
    ]
    allowed = true() if reach.everywhere else or_(*some)
    return [allowed, ~CONFIDENTIAL] if reach.openly else [allowed]


async def page(
    tx: AsyncConnection, reach: Reach, which: Which, turn: Turn, many: int, *, newest: bool, pieces: Sequence[str] = ()
) -> list[Case]:
    """So `many` cases that somebody may find, in the order of the list; with `pieces` those with all of them."""
    downward = newest is turn.forward
    question = select(*CASE_COLUMNS).where(*which, *_theirs(reach)).limit(many)
    beyond = _beyond(turn, downward)
    if not pieces:
        question = question.where(*(make(cases.c.id) for make in beyond))
        found = await _asked(tx, question.order_by(cases.c.id.desc() if downward else cases.c.id))
        return found if turn.forward else found[::-1]
    found = []
    await words.think_anew(tx)
    for most in words.LOOKED:
        hits = words.having(tx.dialect.name, pieces, beyond, most, newest=downward).subquery()
        order = hits.c.id.desc() if downward else hits.c.id
        found = await _asked(tx, question.join_from(hits, cases, cases.c.id == hits.c.id).order_by(order))
        if len(found) == many:
            break
    return found if turn.forward else found[::-1]


async def _asked(tx: AsyncConnection, question: Any) -> list[Case]:
    return [case_from(row) for row in (await tx.execute(question)).all()]


def _beyond(turn: Turn, downward: bool) -> list[Number]:
    number = turn.number
    if number is None:
        return []
    return [lambda column: column < number if downward else column > number]


def openly(reach: Reach) -> Reach:
    """The same without anything confidential."""
    return replace(reach, openly=True)
