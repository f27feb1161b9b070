"""Who talks to us. A person's number is a keyed fingerprint of the channel's id; the way back to the chat is sealed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import and_, bindparam, delete, or_, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.asking import ask, tell, value
from storage.database import insert_new, upsert
from storage.seals import Seal
from storage.tables import (
    broadcasts,
    call_tasks,
    called,
    calls,
    choices,
    duties,
    members,
    patrols,
    people,
    publications,
    revisits,
    rounds,
    sheets,
    supervisions,
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a private chat. `name` is known only of people with a duty; nothing makes a sound there
    before `quiet_until`.
    """

    id: int
    language: str | None
    consent: bool | None
    reachable: bool
    name: str | None
    large: bool = False
    quiet_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """What somebody is for: a role, of a unit or of a place in the grid; rank 0 duty, 1 deputy, 2 leader."""

    person_id: int
    role: str
    unit_id: int | None
    node_id: int | None
    rank: int


def serving(now: Any) -> Any:
    """The condition that a duty is not resting and not over at a moment (a time, or a parameter)."""
    return and_(duties.c.suspended.is_(False), or_(duties.c.until.is_(None), duties.c.until > now))


def in_office(now: Any) -> Any:
    """The same of a duty that is held by somebody who has written to us."""
    return and_(duties.c.person_id.is_not(None), serving(now))


PERSON = (
    people.c.id,
    people.c.language,
    people.c.consent,
    people.c.reachable,
    people.c.name,
    people.c.large,
    people.c.quiet_until,
)
"""The columns of a `Person`, in its order."""
_KNOWN = select(*PERSON).where(people.c.id.in_(bindparam("ids", expanding=True)))
_CHAT = select(people.c.address, people.c.language, people.c.large, people.c.quiet_until).where(
    people.c.id == bindparam("who"), people.c.reachable.is_(True)
)
_CHATS = select(people.c.id, people.c.address, people.c.language, people.c.large, people.c.quiet_until).where(
    people.c.id.in_(bindparam("ids", expanding=True)), people.c.reachable.is_(True)
)
_DUTY = (duties.c.person_id, duties.c.role, duties.c.unit_id, duties.c.node_id, duties.c.rank)
_IN_OFFICE = select(*_DUTY).where(in_office(bindparam("now")))
_DUTIES_OF = _IN_OFFICE.where(duties.c.person_id == bindparam("who"))
_WITH_ROLE = _IN_OFFICE.where(duties.c.role == bindparam("role")).order_by(duties.c.rank, duties.c.id)
_WITH_ROLE_OF = _WITH_ROLE.where(duties.c.unit_id == bindparam("unit"))
_OF_NODES = _WITH_ROLE.where(duties.c.node_id.in_(bindparam("nodes", expanding=True)))
_NAME = select(people.c.name).where(people.c.id == bindparam("who"))
_NAMES = select(people.c.id, people.c.name).where(
    people.c.id.in_(bindparam("ids", expanding=True)), people.c.name.is_not(None)
)


def fingerprint(seal: Seal, user_id: int) -> int:
    """The number of a person from the channel's user id."""
    return seal.fingerprint(f"telegram:{user_id}")


def new_row(seal: Seal, person_id: int, chat_id: int) -> dict[str, Any]:
    """The row of somebody who writes for the first time."""
    return {"id": person_id, "address": seal.close(orjson.dumps({"telegram": chat_id}))}


async def known(tx: AsyncConnection, ids: Collection[int]) -> dict[int, Person]:
    """Those of them who have written before."""
    return {row.id: Person(*row) for row in await ask(tx, _KNOWN, {"ids": list(ids)})}


async def add(tx: AsyncConnection, rows: Sequence[dict[str, Any]]) -> None:
    """People who write for the first time; those known are left alone."""
    await tell(tx, insert_new(tx, people), rows)


Chat = tuple[int, str | None, bool, datetime | None]
"""A private chat, the language that is read there, whether in large style, and until when without a sound."""


async def chat_of(tx: AsyncConnection, seal: Seal, person_id: int) -> Chat | None:
    """The private chat of somebody, or None if they never wrote or cannot be reached."""
    row = next(iter(await ask(tx, _CHAT, {"who": person_id})), None)
    return _chat(seal, row) if row else None


async def telegram_of(tx: AsyncConnection, seal: Seal, person_id: int) -> int | None:
    """The number of somebody in the channel, whether they can be reached or not; None once they are forgotten."""
    found = await tx.execute(select(people.c.address).where(people.c.id == person_id))
    address = found.scalar()
    return orjson.loads(seal.open(address))["telegram"] if address else None


async def chats_of(tx: AsyncConnection, seal: Seal, ids: Collection[int]) -> dict[int, Chat]:
    """The private chats of those of them who can be reached, in one question."""
    rows = await ask(tx, _CHATS, {"ids": list(ids)})
    return {row.id: _chat(seal, row) for row in rows}


def _chat(seal: Seal, row: Any) -> Chat:
    return orjson.loads(seal.open(row.address))["telegram"], row.language, row.large, row.quiet_until


async def change(tx: AsyncConnection, person_id: int, **columns: Any) -> None:
    """Set language, consent, reachable or name of somebody."""
    await tx.execute(update(people).where(people.c.id == person_id).values(**columns))


async def reminder_hours(tx: AsyncConnection, ids: Collection[int]) -> dict[int, int]:
    """The hour at which these people want to be asked for a missing patrol, where they chose one."""
    wanted = select(people.c.id, people.c.reminder_hour).where(
        people.c.id.in_(ids), people.c.reminder_hour.is_not(None)
    )
    return {row.id: row.reminder_hour for row in (await tx.execute(wanted)).all()}


FIRST = -(2**63)
"""Smaller than the number of anybody."""


async def menu_of(tx: AsyncConnection, person_id: int) -> tuple[str | None, str | None] | None:
    """Language, and what the menu in their chat was made of (None: they have that of everybody). None: unknown."""
    row = (await tx.execute(select(people.c.language, people.c.menu).where(people.c.id == person_id))).one_or_none()
    return (row.language, row.menu) if row else None


async def with_menus(tx: AsyncConnection, after: int | None, limit: int) -> list[int]:
    """Those with a duty or a menu of their own who can be reached, in the order of their numbers."""
    least = FIRST if after is None else after
    some = union(
        select(duties.c.person_id).where(duties.c.person_id > least),
        select(people.c.id).where(people.c.menu.is_not(None), people.c.id > least),
    ).subquery()
    wanted = select(people.c.id).join(some, some.c.person_id == people.c.id).where(people.c.reachable.is_(True))
    return [row.id for row in (await tx.execute(wanted.order_by(people.c.id).limit(limit))).all()]


async def forget(tx: AsyncConnection, person_id: int) -> bool:
    """Delete somebody who has no duty and has done no work here. False: they have, and stay."""
    work = (
        duties.c.person_id,
        patrols.c.person_id,
        sheets.c.person_id,
        rounds.c.caller_id,
        broadcasts.c.maker,
        choices.c.person_id,
        calls.c.caller_id,
        called.c.arrived_by,
        call_tasks.c.done_by,
        supervisions.c.person_id,
        revisits.c.caller_id,
    )
    said = (broadcasts.c.confirmer, rounds.c.confirmer, publications.c.decided_by, publications.c.withdrawn_by)
    none = [~select(column).where(column == person_id).exists() for column in (*work, *said)]
    await tx.execute(update(members).where(members.c.person_id == person_id, *none).values(person_id=None))
    return (await tx.execute(delete(people).where(people.c.id == person_id, *none))).rowcount == 1


async def name_of(tx: AsyncConnection, person_id: int) -> str | None:
    """The name of somebody with a duty."""
    return await value(tx, _NAME, {"who": person_id})


async def appoint(tx: AsyncConnection, seal: Seal, user_id: int, name: str, rows: Sequence[dict[str, Any]]) -> int:
    """Give somebody a name, a line in the register and duties (dicts of role, unit_id, node_id, rank), in place of what
    they had."""
    person_id = fingerprint(seal, user_id)
    row = {**new_row(seal, person_id, user_id), "name": name}
    await tx.execute(upsert(tx, people, ["id"], ["name"]), row)
    await tx.execute(duties.delete().where(duties.c.person_id == person_id))
    if rows:
        member = {"person_id": person_id, "name": name, "state": "active"}
        registered = upsert(tx, members, ["person_id"], ["name", "state"]).returning(members.c.id)
        member_id = (await tx.execute(registered, member)).scalar_one()
        blank = {"unit_id": None, "node_id": None, "rank": 0, "person_id": person_id, "member_id": member_id}
        await tx.execute(duties.insert(), [{**blank, **duty} for duty in rows])
    return person_id


async def duties_of(tx: AsyncConnection, person_id: int, now: datetime) -> list[Duty]:
    """What somebody is for now."""
    return [Duty(*row) for row in await ask(tx, _DUTIES_OF, {"who": person_id, "now": now})]


async def with_role(tx: AsyncConnection, role: str, now: datetime, unit_id: int | None = None) -> list[Duty]:
    """Who holds a role (of a unit), the one on duty first."""
    if unit_id is None:
        return [Duty(*row) for row in await ask(tx, _WITH_ROLE, {"role": role, "now": now})]
    return [Duty(*row) for row in await ask(tx, _WITH_ROLE_OF, {"role": role, "now": now, "unit": unit_id})]


async def of_node(tx: AsyncConnection, node_ids: Collection[int], role: str, now: datetime) -> list[Duty]:
    """Who holds a role at these places."""
    return [Duty(*row) for row in await ask(tx, _OF_NODES, {"nodes": list(node_ids), "role": role, "now": now})]


async def names(tx: AsyncConnection, ids: Collection[int]) -> dict[int, str]:
    """Names of people with a duty."""
    return {row.id: row.name for row in await ask(tx, _NAMES, {"ids": list(ids)})}
