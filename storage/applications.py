"""Who wants to be a whistleblower. Name and telephone are sealed, and wiped once somebody has decided."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.seals import Seal
from storage.tables import applications


@dataclass(frozen=True, slots=True)
class Application:
    """One of them. `put_forward_by` somebody else; `name` and `phone` are empty once it is decided."""

    id: int
    person_id: int | None
    put_forward_by: int | None
    name: str
    phone: str
    kind: str
    node_id: int
    state: str
    reason: str | None
    made_at: datetime
    decided_by: int | None


_COLUMNS = (
    applications.c.id,
    applications.c.person_id,
    applications.c.put_forward_by,
    applications.c.told,
    applications.c.kind,
    applications.c.node_id,
    applications.c.state,
    applications.c.reason,
    applications.c.made_at,
    applications.c.decided_by,
)


def _application(seal: Seal, row: Any) -> Application:
    columns: dict[str, Any] = dict(row._mapping)
    told: dict[str, str] = orjson.loads(seal.open(sealed)) if (sealed := columns.pop("told")) else {}
    return Application(**columns, name=told.get("name", ""), phone=told.get("phone", ""))


async def add(tx: AsyncConnection, seal: Seal, name: str, phone: str, **columns: Any) -> int:
    """A new one; its number. At most one of a person waits."""
    told = seal.close(orjson.dumps({"name": name, "phone": phone}))
    given = await tx.execute(insert(applications).values(told=told, **columns).returning(applications.c.id))
    return given.scalar_one()


async def by_id(tx: AsyncConnection, seal: Seal, number: int) -> Application | None:
    """One of them."""
    row = (await tx.execute(select(*_COLUMNS).where(applications.c.id == number))).one_or_none()
    return _application(seal, row) if row else None


async def by_mark(tx: AsyncConnection, seal: Seal, mark: str, since: datetime) -> Application | None:
    """Where somebody was put forward after `since` and has not answered, by the mark of the link."""
    question = select(*_COLUMNS).where(
        applications.c.mark == mark, applications.c.state == "offered", applications.c.made_at > since
    )
    row = (await tx.execute(question)).one_or_none()
    return _application(seal, row) if row else None


async def waiting_of(tx: AsyncConnection, seal: Seal, person_id: int) -> Application | None:
    """That of this person which waits for an answer."""
    question = select(*_COLUMNS).where(applications.c.person_id == person_id, applications.c.state == "waiting")
    row = (await tx.execute(question)).one_or_none()
    return _application(seal, row) if row else None


async def offered_by(tx: AsyncConnection, person_id: int, since: datetime) -> int:
    """How many people somebody has put forward after `since` who have not answered."""
    question = select(func.count()).where(
        applications.c.put_forward_by == person_id,
        applications.c.state == "offered",
        applications.c.made_at > since,
    )
    return (await tx.execute(question)).scalar_one()


async def refused(tx: AsyncConnection, person_id: int, since: datetime, limit: int) -> list[datetime]:
    """When this person was refused after `since`, the last one first."""
    question = select(applications.c.decided_at).where(
        applications.c.person_id == person_id, applications.c.state == "refused", applications.c.decided_at > since
    )
    rows = await tx.execute(question.order_by(applications.c.decided_at.desc()).limit(limit))
    return [at for (at,) in rows.all()]


async def accept(tx: AsyncConnection, number: int, person_id: int) -> bool:
    """Whoever was put forward says yes. False: it was answered already."""
    said = (
        update(applications)
        .where(applications.c.id == number, applications.c.state == "offered")
        .values(state="waiting", person_id=person_id, mark=None)
    )
    return (await tx.execute(said)).rowcount == 1


async def decide(tx: AsyncConnection, number: int, state: str, by: int, now: datetime, reason: str | None) -> bool:
    """Approve or refuse one that waits. False: somebody else was faster."""
    decided = (
        update(applications)
        .where(applications.c.id == number, applications.c.state == "waiting")
        .values(state=state, decided_by=by, decided_at=now, reason=reason, told=None)
    )
    return (await tx.execute(decided)).rowcount == 1


async def take_back(tx: AsyncConnection, number: int, before: str) -> bool:
    """Whoever applied thinks better of it, or does not want to be put forward. False: it stands otherwise by now."""
    gone = (
        update(applications)
        .where(applications.c.id == number, applications.c.state == before)
        .values(state="gone", told=None, mark=None)
    )
    return (await tx.execute(gone)).rowcount == 1


async def forget_before(tx: AsyncConnection, moment: datetime, limit: int) -> int:
    """Delete where nobody has answered that was put forward before a moment. Returns how many."""
    old = select(applications.c.id).where(applications.c.state == "offered", applications.c.made_at < moment)
    return (await tx.execute(delete(applications).where(applications.c.id.in_(old.limit(limit))))).rowcount


async def forget(tx: AsyncConnection, person_id: int) -> None:
    """Delete what somebody asked for; whom they put forward is nobody's proposal any more."""
    await tx.execute(delete(applications).where(applications.c.person_id == person_id))
    theirs = update(applications).where(applications.c.put_forward_by == person_id)
    await tx.execute(theirs.values(put_forward_by=None))
