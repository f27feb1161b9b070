"""Cases: one row each, changed only by the version that was read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, or_, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.case import Case, Colour, Contact, Level, Source, Status, Visibility
from storage.asking import ask, tell, value
from storage.database import count_up, upsert
from storage.tables import cases, counters, history, joiners, ratings, reporters

_NAMES = tuple(item.name for item in fields(Case))
CASE_COLUMNS = tuple(cases.c[name] for name in _NAMES)
_BY_IDS = select(*CASE_COLUMNS).where(cases.c.id.in_(bindparam("ids", expanding=True)))
CONFIDENTIAL = or_(cases.c.sealed, cases.c.conflicted, cases.c.visibility == Visibility.CONFIDENTIAL.value)
"""The condition of `Case.confidential`."""

_BY_DRAFT = select(*CASE_COLUMNS).where(cases.c.draft == bindparam("given"))
_NEW = insert(cases).returning(cases.c.id)
_CHANGE = update(cases).where(cases.c.id == bindparam("row"), cases.c.version == bindparam("read"))
_RECORD = insert(history)
_NTH = (
    select(cases.c.registered_at)
    .join(reporters, reporters.c.ref == cases.c.reporter)
    .where(reporters.c.owner == bindparam("whose"))
    .order_by(cases.c.id.desc())
    .limit(1)
    .offset(bindparam("before"))
)
_THEIRS = union_all(
    *(
        one.join(reporters, reporters.c.ref == by).where(reporters.c.owner == bindparam("whose"))
        for one, by in (
            (select(cases.c.id), cases.c.reporter),
            (select(joiners.c.case_id), joiners.c.ref),
        )
    )
)
_OF_OWNER = (
    select(*CASE_COLUMNS)
    .where(cases.c.id.in_(_THEIRS), cases.c.id < bindparam("before"))
    .order_by((cases.c.id + 0).desc())  # a sum has no index: theirs are found first, and no list is run through
    .limit(bindparam("most"))
)
_NEWEST_OF = (
    select(*CASE_COLUMNS)
    .join(reporters, reporters.c.ref == cases.c.reporter)
    .where(reporters.c.owner == bindparam("whose"))
    .order_by((cases.c.id + 0).desc())
    .limit(1)
)
_EVENT = ("at", "action", "role", "person_id", "unit_id", "before", "after", "note", "public")
_HISTORY = (
    select(*(history.c[name] for name in _EVENT)).where(history.c.case_id == bindparam("case")).order_by(history.c.id)
)
_ANSWERS = select(cases.c.answers).where(cases.c.id == bindparam("case"))
NEWEST = 2**62
"""Above the number of any case."""

_KINDS: Mapping[str, type] = {
    "level": Level,
    "colour": Colour,
    "visibility": Visibility,
    "status": Status,
    "source": Source,
    "contact": Contact,
}


def case_from(row: Any) -> Case:
    """The case in a row of CASE_COLUMNS."""
    values = dict(zip(_NAMES, row, strict=True))
    for name, kind in _KINDS.items():
        values[name] = kind(values[name])
    return Case(**values)


def _columns(case: Case) -> dict[str, Any]:
    return {name: getattr(case, name) for name in _NAMES}


async def by_id(tx: AsyncConnection, case_id: int) -> Case | None:
    """One case."""
    return (await by_ids(tx, [case_id])).get(case_id)


async def by_ids(tx: AsyncConnection, ids: Collection[int]) -> dict[int, Case]:
    """Several cases in one question."""
    return {row.id: case_from(row) for row in await ask(tx, _BY_IDS, {"ids": list(ids)})}


async def by_draft(tx: AsyncConnection, draft: str) -> Case | None:
    """The case that came of a draft, so that submitting twice gives one case."""
    row = next(iter(await ask(tx, _BY_DRAFT, {"given": draft})), None)
    return case_from(row) if row else None


async def by_number(tx: AsyncConnection, number: str) -> Case | None:
    """One case by the number people read aloud."""
    row = (await tx.execute(select(*CASE_COLUMNS).where(cases.c.number == number))).one_or_none()
    return case_from(row) if row else None


async def by_order(tx: AsyncConnection, order: str) -> Case | None:
    """The case that was recorded of a 12345 order."""
    row = (await tx.execute(select(*CASE_COLUMNS).where(cases.c.order_number == order))).one_or_none()
    return case_from(row) if row else None


async def next_number(tx: AsyncConnection, day: str) -> int:
    """Count up within a day (`yymmdd`, local), from 1."""
    one_more = count_up(tx, counters, "name", "value")
    return await value(tx, one_more, {"name": f"case {day}", "value": 1})


async def add(tx: AsyncConnection, case: Case, draft: str, answers: Mapping[str, Any]) -> Case:
    """Keep a new case (its id is given here)."""
    row = {**_columns(case), "draft": draft, "answers": dict(answers)}
    del row["id"]
    return replace(case, id=await value(tx, _NEW, row))


async def change(tx: AsyncConnection, before: Case, after: Case) -> bool:
    """Write what changed, if nobody was faster. False: somebody was, nothing happened."""
    old, new = _columns(before), _columns(after)
    changed = {name: value for name, value in new.items() if value != old[name]}
    return await tell(tx, _CHANGE, {"row": before.id, "read": before.version, **changed}) == 1


async def answers_of(tx: AsyncConnection, case_id: int) -> dict[str, Any]:
    """What the reporter answered to the questions of the matter."""
    return await value(tx, _ANSWERS, {"case": case_id}) or {}


async def of_owner(tx: AsyncConnection, owner: int, before: int | None, limit: int) -> list[Case]:
    """What one person reported or joined, the newest first; `before` is the last id of the page before."""
    given = {"whose": owner, "before": NEWEST if before is None else before, "most": limit}
    return [case_from(row) for row in await ask(tx, _OF_OWNER, given)]


async def newest_reported(tx: AsyncConnection, owner: int) -> Case | None:
    """The newest case that one person reported; what they only joined may be far from where they live."""
    return next((case_from(row) for row in await ask(tx, _NEWEST_OF, {"whose": owner})), None)


async def nth_of_owner(tx: AsyncConnection, owner: int, nth: int) -> datetime | None:
    """When the `nth` newest report of one person came; None if there are fewer."""
    return await value(tx, _NTH, {"whose": owner, "before": nth - 1})


async def open_of_unit(tx: AsyncConnection, unit_id: int, after: int, limit: int) -> list[Case]:
    """What a unit has in hand, the oldest first."""
    rows = await tx.execute(
        select(*CASE_COLUMNS)
        .where(cases.c.unit_id == unit_id, cases.c.closed_at.is_(None), cases.c.id > after)
        .order_by(cases.c.id)
        .limit(limit)
    )
    return [case_from(row) for row in rows.all()]


async def weightiest(tx: AsyncConnection, statuses: Sequence[Status], limit: int) -> list[Case]:
    """Open cases of these statuses: red ones first, then what most people met, then the oldest."""
    rows = await tx.execute(
        select(*CASE_COLUMNS)
        .where(cases.c.status.in_(statuses), cases.c.closed_at.is_(None))
        .order_by(or_(cases.c.danger, cases.c.colour == Colour.RED).desc(), cases.c.joined.desc(), cases.c.id)
        .limit(limit)
    )
    return [case_from(row) for row in rows.all()]


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a case's history."""

    at: datetime
    action: str
    role: str
    person_id: int | None
    unit_id: int | None
    before: str | None
    after: str | None
    note: str | None
    public: bool


async def record(tx: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Append to the history; there is no function that changes or deletes a line of it."""
    blank = {"person_id": None, "unit_id": None, "before": None, "after": None, "note": None, "public": False}
    await tell(tx, _RECORD, [{**blank, **row} for row in rows])


async def history_of(tx: AsyncConnection, case_id: int) -> list[Event]:
    """Everything that happened to a case, the oldest first."""
    return [Event(*row) for row in await ask(tx, _HISTORY, {"case": case_id})]


async def said(
    tx: AsyncConnection, case_id: int, action: str, since: datetime, limit: int
) -> list[tuple[datetime, str]]:
    """What was written with an action since then, the oldest first."""
    mine = (history.c.case_id == case_id, history.c.action == action, history.c.at >= since)
    wanted = select(history.c.at, history.c.note).where(*mine, history.c.note.is_not(None))
    return [(row.at, row.note) for row in (await tx.execute(wanted.order_by(history.c.id).limit(limit))).all()]


async def rate(tx: AsyncConnection, case_id: int, redone: int, at: datetime, **given: Any) -> None:
    """Keep what the reporter rated: contacted, solved, satisfied; given one by one."""
    row = {"case_id": case_id, "round": redone, "at": at, **given}
    await tx.execute(upsert(tx, ratings, ["case_id", "round"], ["at", *given]), row)


async def rating_of(tx: AsyncConnection, case_id: int, redone: int) -> dict[str, Any]:
    """What was rated so far in this round."""
    question = select(ratings).where(ratings.c.case_id == case_id, ratings.c.round == redone)
    row = (await tx.execute(question)).one_or_none()
    return dict(row._mapping) if row else {}
