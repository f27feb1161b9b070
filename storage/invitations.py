"""Invitations and codes of staff cards. Of a token only its hash is kept; using one is a conditional update."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import invitations, staff_codes


@dataclass(frozen=True, slots=True)
class Invitation:
    """For somebody of the register, or (`member_id` None) for whoever comes to a role and place."""

    id: int
    member_id: int | None
    name: str | None
    role: str
    node_id: int | None
    unit_id: int | None
    approval: bool
    expires_at: datetime
    used_by: int | None
    state: str


_INVITATION = (
    invitations.c.id,
    invitations.c.member_id,
    invitations.c.name,
    invitations.c.role,
    invitations.c.node_id,
    invitations.c.unit_id,
    invitations.c.approval,
    invitations.c.expires_at,
    invitations.c.used_by,
    invitations.c.state,
)


async def add(tx: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """New ones."""
    await tx.execute(insert(invitations), list(rows))


async def by_id(tx: AsyncConnection, invitation_id: int) -> Invitation | None:
    """One of them."""
    row = (await tx.execute(select(*_INVITATION).where(invitations.c.id == invitation_id))).one_or_none()
    return Invitation(*row) if row else None


async def use(tx: AsyncConnection, mark: str, person_id: int, name: str, now: datetime) -> Invitation | None:
    """Somebody presses the link: of several at once one gets it. None: unknown, expired, used or called back.

    `name`, what they are called in the channel, is kept only until somebody has approved or refused them.
    """
    used = (
        update(invitations)
        .where(invitations.c.mark == mark, invitations.c.state == "open", invitations.c.expires_at > now)
        .values(
            used_by=person_id,
            used_at=now,
            name=case((invitations.c.approval, name)),
            state=case((invitations.c.approval, "waiting"), else_="done"),
        )
        .returning(*_INVITATION)
    )
    row = (await tx.execute(used)).one_or_none()
    return Invitation(*row) if row else None


async def decide(tx: AsyncConnection, invitation_id: int, state: str, by: int, now: datetime) -> bool:
    """Approve or refuse one that waits. False: somebody else was faster."""
    decided = (
        update(invitations)
        .where(invitations.c.id == invitation_id, invitations.c.state == "waiting")
        .values(state=state, decided_by=by, decided_at=now, name=None)
    )
    return (await tx.execute(decided)).rowcount == 1


async def call_back(tx: AsyncConnection, member_ids: Sequence[int]) -> None:
    """Links that were given out for these members work no more."""
    await tx.execute(
        update(invitations)
        .where(invitations.c.member_id.in_(member_ids), invitations.c.state == "open")
        .values(state="revoked")
    )


async def refuse_waiting(tx: AsyncConnection, member_id: int, by: int, now: datetime) -> None:
    """Whoever waits to come in as this member is refused: the member has left or came in otherwise."""
    await tx.execute(
        update(invitations)
        .where(invitations.c.member_id == member_id, invitations.c.state == "waiting")
        .values(state="refused", decided_by=by, decided_at=now, name=None)
    )


async def forget_before(tx: AsyncConnection, moment: datetime, limit: int) -> int:
    """Delete links nobody used that ended before a moment, and codes of staff cards. Returns how many."""
    old = select(invitations.c.id).where(
        invitations.c.state.in_(("open", "revoked")), invitations.c.expires_at < moment
    )
    gone = await tx.execute(delete(invitations).where(invitations.c.id.in_(old.limit(limit))))
    codes = select(staff_codes.c.mark).where(staff_codes.c.expires_at < moment).limit(limit)
    shown = await tx.execute(delete(staff_codes).where(staff_codes.c.mark.in_(codes)))
    return gone.rowcount + shown.rowcount


async def show_code(tx: AsyncConnection, mark: str, member_id: int, expires_at: datetime) -> None:
    """A new code for a staff card; those shown before work no more."""
    await tx.execute(delete(staff_codes).where(staff_codes.c.member_id == member_id))
    await tx.execute(insert(staff_codes).values(mark=mark, member_id=member_id, expires_at=expires_at))


async def read_code(tx: AsyncConnection, mark: str, person_id: int, now: datetime) -> int | None:
    """The member behind a code, for the first who reads it (who may read it again). None for everybody else."""
    mine = or_(staff_codes.c.seen_by.is_(None), staff_codes.c.seen_by == person_id)
    read = (
        update(staff_codes)
        .where(staff_codes.c.mark == mark, staff_codes.c.expires_at > now, mine)
        .values(seen_by=person_id)
        .returning(staff_codes.c.member_id)
    )
    return (await tx.execute(read)).scalar()
