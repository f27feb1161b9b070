"""The register (花名册): who stands in it, for what, and how they are found. Telephones are sealed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.contacts import TAIL
from storage.seals import Seal
from storage.tables import duties, members, nodes, people, units

AT_ONCE = 500
"""Rows in one statement."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the register. `person_id` once they have written to us; `phone_tail` are the last four digits."""

    id: int
    person_id: int | None
    name: str
    kind: str | None
    phone_tail: str | None
    shows_phone: bool
    hours: str | None
    tags: tuple[str, ...]
    state: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Post:
    """A duty of a member and where it is: the names of its place or unit."""

    id: int
    member_id: int
    role: str
    node_id: int | None
    unit_id: int | None
    rank: int
    suspended: bool
    until: datetime | None
    node_code: str | None
    place: str | None
    unit_code: str | None
    unit: str | None

    @property
    def same(self) -> tuple[str, int | None, int | None]:
        """What makes two of them the same duty."""
        return self.role, self.node_id, self.unit_id


@dataclass(frozen=True, slots=True)
class Stamp:
    """Another one when anybody came into the register, or a duty was given or taken away."""

    members: int
    newest_member: int | None
    duties: int
    newest_duty: int | None


_MEMBER = (
    members.c.id,
    members.c.person_id,
    members.c.name,
    members.c.kind,
    members.c.phone_tail,
    members.c.shows_phone,
    members.c.hours,
    members.c.tags,
    members.c.state,
    members.c.until,
)
_POST = (
    duties.c.id,
    duties.c.member_id,
    duties.c.role,
    duties.c.node_id,
    duties.c.unit_id,
    duties.c.rank,
    duties.c.suspended,
    duties.c.until,
    nodes.c.code,
    nodes.c.name,
    units.c.code,
    units.c.name,
)
_PLACED = duties.outerjoin(nodes, nodes.c.id == duties.c.node_id).outerjoin(units, units.c.id == duties.c.unit_id)


def _member(row: Any) -> Member:
    columns: dict[str, Any] = {**row._mapping, "tags": tuple(row.tags or ())}
    return Member(**columns)


def phone_columns(seal: Seal, phone: str) -> dict[str, Any]:
    """A telephone as it is kept: sealed, findable as a whole by its keyed mark, and its last four digits."""
    if not phone:
        return {"phone": None, "phone_mark": None, "phone_tail": None}
    return {"phone": seal.close(phone.encode()), "phone_mark": phone_mark(seal, phone), "phone_tail": phone[-TAIL:]}


def phone_mark(seal: Seal, phone: str) -> int:
    """What finds a telephone without opening any."""
    return seal.fingerprint(f"phone:{phone}")


async def by_id(tx: AsyncConnection, member_id: int) -> Member | None:
    """One of the register."""
    row = (await tx.execute(select(*_MEMBER).where(members.c.id == member_id))).one_or_none()
    return _member(row) if row else None


async def by_ids(tx: AsyncConnection, ids: Collection[int]) -> dict[int, Member]:
    """Several of the register, by their numbers."""
    rows = await tx.execute(select(*_MEMBER).where(members.c.id.in_(ids)))
    return {row.id: _member(row) for row in rows.all()}


async def stamp(tx: AsyncConnection) -> Stamp:
    """Tells whether the register is still the one that a file was compared with."""
    of_members = (await tx.execute(select(func.count(), func.max(members.c.id)).select_from(members))).one()
    of_duties = (await tx.execute(select(func.count(), func.max(duties.c.id)).select_from(duties))).one()
    return Stamp(*of_members, *of_duties)


async def of_person(tx: AsyncConnection, person_id: int) -> Member | None:
    """Whoever of the register this person is."""
    row = (await tx.execute(select(*_MEMBER).where(members.c.person_id == person_id))).one_or_none()
    return _member(row) if row else None


async def everybody(tx: AsyncConnection, after: int, limit: int) -> list[Member]:
    """The register in the order of its numbers, those behind `after`."""
    rows = await tx.execute(select(*_MEMBER).where(members.c.id > after).order_by(members.c.id).limit(limit))
    return [_member(row) for row in rows.all()]


async def marks(tx: AsyncConnection) -> dict[int, int]:
    """The number of everybody with a telephone, by its mark."""
    rows = await tx.execute(select(members.c.phone_mark, members.c.id).where(members.c.phone_mark.is_not(None)))
    return {row.phone_mark: row.id for row in rows.all()}


async def has_phone(tx: AsyncConnection, mark: int) -> bool:
    """Whether anybody who has not left has the telephone with this mark."""
    wanted = select(members.c.id).where(members.c.phone_mark == mark, members.c.state != "left").limit(1)
    return (await tx.execute(wanted)).first() is not None


async def phone_of(tx: AsyncConnection, seal: Seal, member_id: int) -> str:
    """The telephone of somebody, to be written on a card or into an export; empty without one."""
    sealed = (await tx.execute(select(members.c.phone).where(members.c.id == member_id))).scalar()
    return seal.open(sealed).decode() if sealed else ""


async def found(tx: AsyncConnection, words: str, node_ids: Collection[int], limit: int) -> list[Member]:
    """Those whose name begins with the words, whose telephone ends with them, or who are for one of the places."""
    there = select(duties.c.member_id).where(duties.c.node_id.in_(node_ids))
    question = or_(
        members.c.name.startswith(words, autoescape=True),
        members.c.phone_tail == words,
        members.c.id.in_(there),
    )
    wanted = select(*_MEMBER).where(question, members.c.state != "left").order_by(members.c.name, members.c.id)
    return [_member(row) for row in (await tx.execute(wanted.limit(limit))).all()]


async def posts_of(tx: AsyncConnection, ids: Collection[int], now: datetime | None = None) -> dict[int, list[Post]]:
    """The duties of these members, the first rank first; with `now` without those that have ended."""
    question = (
        select(*_POST)
        .select_from(_PLACED)
        .where(duties.c.member_id.in_(ids))
        .order_by(duties.c.member_id, duties.c.rank, duties.c.id)
    )
    if now is not None:
        question = question.where(_goes_on(now))
    given: dict[int, list[Post]] = {}
    for row in (await tx.execute(question)).all():
        given.setdefault(row[1], []).append(Post(*row))
    return given


async def add(tx: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """New members; their numbers in the order of the rows."""
    given = await tx.execute(insert(members).returning(members.c.id, sort_by_parameter_order=True), list(rows))
    return [row.id for row in given.all()]


async def change(tx: AsyncConnection, member_id: int, **columns: Any) -> None:
    """Change what is known of somebody."""
    await tx.execute(update(members).where(members.c.id == member_id).values(**columns))


async def change_many(tx: AsyncConnection, changes: Mapping[int, Mapping[str, Any]]) -> None:
    """The same of many at once: the same columns of each, by their numbers."""
    if not changes:
        return
    columns: dict[str, Any] = {name: bindparam(f"new_{name}") for name in next(iter(changes.values()))}
    rows = [
        {"member": number, **{f"new_{name}": value for name, value in told.items()}} for number, told in changes.items()
    ]
    await tx.execute(update(members).where(members.c.id == bindparam("member")).values(columns), rows)


async def come_in(tx: AsyncConnection, pairs: Sequence[tuple[int, int]]) -> None:
    """Members and the people they are, thousands at once: from now on at work, with all their duties."""
    if not pairs:
        return
    known = [{"member": member, "person": person} for member, person in pairs]
    here = update(members).where(members.c.id == bindparam("member"))
    await tx.execute(here.values(person_id=bindparam("person"), state="active"), known)
    theirs = update(duties).where(duties.c.member_id == bindparam("member"))
    await tx.execute(theirs.values(person_id=bindparam("person"), suspended=False), known)
    called = select(members.c.name).where(members.c.person_id == people.c.id).scalar_subquery()
    named = update(people).where(people.c.id == bindparam("person"), people.c.name.is_(None))
    await tx.execute(named.values(name=called), [{"person": person} for _, person in pairs])


async def set_state(tx: AsyncConnection, member_id: int, before: Collection[str], state: str) -> bool:
    """From one of these states to another. False: it was none of them any more."""
    moved = update(members).where(members.c.id == member_id, members.c.state.in_(before)).values(state=state)
    return (await tx.execute(moved)).rowcount == 1


async def appoint(tx: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """New duties, as rows of the table."""
    if rows:
        await tx.execute(insert(duties), list(rows))


async def change_duty(tx: AsyncConnection, duty_id: int, **columns: Any) -> None:
    """Change one duty."""
    await tx.execute(update(duties).where(duties.c.id == duty_id).values(**columns))


async def turn_duties(tx: AsyncConnection, turns: Sequence[tuple[int, int, datetime | None]]) -> None:
    """Change of many duties at once (by their numbers) the rank and the end."""
    rows = [{"duty": number, "new_rank": rank, "new_until": until} for number, rank, until in turns]
    wanted = update(duties).where(duties.c.id == bindparam("duty"))
    if rows:
        await tx.execute(wanted.values(rank=bindparam("new_rank"), until=bindparam("new_until")), rows)


async def set_rank(tx: AsyncConnection, duty_id: int, before: int, rank: int, now: datetime) -> bool:
    """Another rank for a duty that goes on. False: it has ended, or has another rank meanwhile."""
    wanted = update(duties).where(duties.c.id == duty_id, duties.c.rank == before, _goes_on(now))
    return (await tx.execute(wanted.values(rank=rank))).rowcount == 1


async def end_duty(tx: AsyncConnection, duty_id: int) -> bool:
    """Take one duty away. False: it was taken away already."""
    return (await tx.execute(delete(duties).where(duties.c.id == duty_id))).rowcount == 1


def _goes_on(now: datetime) -> Any:
    return or_(duties.c.until.is_(None), duties.c.until > now)


async def change_duties(tx: AsyncConnection, member_id: int, **columns: Any) -> None:
    """Change all duties of somebody."""
    await tx.execute(update(duties).where(duties.c.member_id == member_id).values(**columns))


async def end_duties(tx: AsyncConnection, ids: Collection[int]) -> None:
    """Take duties away."""
    await tx.execute(delete(duties).where(duties.c.id.in_(ids)))


async def node_ids(tx: AsyncConnection) -> dict[str, int]:
    """The number of every place that is valid now, by its code."""
    rows = await tx.execute(select(nodes.c.code, nodes.c.id).where(nodes.c.valid_to.is_(None)))
    return {row.code: row.id for row in rows.all()}


async def at_place(tx: AsyncConnection, node_id: int, limit: int) -> list[Member]:
    """Those with a duty at this very place, by name."""
    there = select(duties.c.member_id).where(duties.c.node_id == node_id)
    wanted = select(*_MEMBER).where(members.c.id.in_(there), members.c.state != "left")
    return [
        _member(row) for row in (await tx.execute(wanted.order_by(members.c.name, members.c.id).limit(limit))).all()
    ]


async def for_places(
    tx: AsyncConnection, path: str, roles: Collection[str], states: Collection[str], now: datetime, limit: int
) -> list[tuple[Member, Post]]:
    """Members in these states with one of the roles at a place or below it, in the order of the places, each once."""
    return await _with_duty(tx, nodes.c.path.startswith(path), roles, states, now, limit)


async def for_unit(
    tx: AsyncConnection, unit_id: int, roles: Collection[str], states: Collection[str], now: datetime, limit: int
) -> list[tuple[Member, Post]]:
    """Members in these states with one of the roles in a unit, the one on duty first, each once."""
    return await _with_duty(tx, duties.c.unit_id == unit_id, roles, states, now, limit)


async def _with_duty(
    tx: AsyncConnection, where: Any, roles: Collection[str], states: Collection[str], now: datetime, limit: int
) -> list[tuple[Member, Post]]:
    question = (
        select(*_POST)
        .select_from(_PLACED.join(members, members.c.id == duties.c.member_id))
        .where(
            where,
            duties.c.role.in_(roles),
            members.c.state.in_(states),
            _goes_on(now),
        )
        .order_by(nodes.c.path, duties.c.rank, duties.c.id)
        .limit(limit)
    )
    found: dict[int, Post] = {}
    for row in (await tx.execute(question)).all():
        found.setdefault(row[1], Post(*row))
    known: dict[int, Member] = {}
    numbers = list(found)
    for at in range(0, len(numbers), AT_ONCE):
        some = select(*_MEMBER).where(members.c.id.in_(numbers[at : at + AT_ONCE]))
        known |= {row.id: _member(row) for row in (await tx.execute(some)).all()}
    return [(known[number], post) for number, post in found.items()]


async def phones_of(tx: AsyncConnection, seal: Seal, ids: Collection[int]) -> dict[int, str]:
    """The telephones of those who agreed that they are shown."""
    shown = select(members.c.id, members.c.phone).where(
        members.c.id.in_(ids), members.c.shows_phone.is_(True), members.c.phone.is_not(None)
    )
    return {row.id: seal.open(row.phone).decode() for row in (await tx.execute(shown)).all()}
