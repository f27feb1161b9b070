"""What we owe: rows made in the transaction that caused them, claimed, sent and booked by the sender."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import orjson
from sqlalchemy import and_, bindparam, case, delete, func, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.outbox.letters import Answer, Letter
from storage.asking import ask, ask_of_each, tell, value
from storage.database import insert_new
from storage.seals import Seal
from storage.tables import outbox

ANSWER = "answer"

MOST_ATTEMPTS = 32_000
"""Nobody counts further: the column has no room for what waits for weeks."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One claimed row: `body` is {method, params} of an answer or {case, facts, only_while} of a letter."""

    id: int
    key: str
    kind: str
    recipient: str
    lane: int
    attempts: int
    maybe_twice: bool
    trouble: str | None
    body: Mapping[str, Any]


class Note(NamedTuple):
    """What is said of a row in hand that has arrived: of which try that is true, and all that is needed to book it."""

    row: int
    key: str
    attempts: int
    what: Mapping[str, Any]


_OWED = (
    outbox.c.id,
    outbox.c.key,
    outbox.c.kind,
    outbox.c.recipient,
    outbox.c.lane,
    outbox.c.attempts,
    outbox.c.maybe_twice,
    outbox.c.trouble,
    outbox.c.body,
)
_NEXT = (
    select(outbox.c.id)
    .where(
        outbox.c.state == "due",
        outbox.c.not_before <= bindparam("now"),
        outbox.c.recipient.not_in(bindparam("busy", expanding=True)),
    )
    .order_by(outbox.c.lane, outbox.c.id)
    .limit(bindparam("most"))
)
_COUNTED = case((outbox.c.attempts < MOST_ATTEMPTS, outbox.c.attempts + 1), else_=MOST_ATTEMPTS)
_CLAIM = (
    update(outbox)
    .where(outbox.c.id.in_(_NEXT.scalar_subquery()))
    .values(state="sending", attempts=_COUNTED)
    .returning(*_OWED)
)
_NEXT_DUE = (
    select(outbox.c.not_before)
    .where(outbox.c.state == "due", outbox.c.recipient.not_in(bindparam("busy", expanding=True)))
    .order_by(outbox.c.not_before)
    .limit(1)
)
_WAITING_OF = select(func.count()).where(
    or_(outbox.c.state == "due", outbox.c.state == "sending"), outbox.c.kind == bindparam("what")
)
_SENT = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("rows", expanding=True)))
    .values(state="sent", body=None, arrived=null())
)
_ARRIVED = (
    update(outbox)
    .where(
        outbox.c.id == bindparam("row"),
        outbox.c.key == bindparam("name"),
        outbox.c.attempts == bindparam("tries"),
        outbox.c.state == "sending",
    )
    .values(arrived=bindparam("what", type_=outbox.c.arrived.type))
)
_DROP = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("rows", expanding=True)))
    .values(state="dropped", body=None, trouble=bindparam("what"))
)
_AGAIN = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        state="due",
        not_before=bindparam("at"),
        maybe_twice=bindparam("maybe"),
        trouble=bindparam("what"),
    )
)


_HURRY = (
    update(outbox)
    .where(outbox.c.case_id == bindparam("case"), outbox.c.state == "due", outbox.c.kind == bindparam("what"))
    .values(not_before=bindparam("at"))
)


def _owed(seal: Seal, row: Any) -> Owed:
    *known, body = row
    return Owed(*known, body=orjson.loads(seal.open(body)))


def chat_mark(seal: Seal, chat_id: int) -> str:
    """The address of an answer: a keyed mark of its chat."""
    return f"~{seal.fingerprint(str(chat_id)):x}"


def letter_row(letter: Letter, seal: Seal, now: datetime) -> dict[str, Any]:
    """The row of a letter; its facts are sealed until it is sent."""
    body = {"case": letter.case_id, "facts": dict(letter.facts), "only_while": letter.only_while}
    return {
        "key": letter.key,
        "kind": letter.kind.value,
        "recipient": letter.to,
        "case_id": letter.case_id,
        "lane": int(letter.lane),
        "body": seal.close(orjson.dumps(body)),
        "state": "due",
        "attempts": 0,
        "created_at": now,
        "not_before": letter.not_before or now,
    }


def answer_row(answer: Answer, seal: Seal, now: datetime, *, in_hand: bool = False) -> dict[str, Any]:
    """The row of an answer; the method's JSON is sealed until it is sent. `in_hand`: the sender gets it at once."""
    return {
        "key": answer.key,
        "kind": ANSWER,
        "recipient": answer.to,
        "case_id": None,
        "lane": int(answer.lane),
        "body": seal.close(orjson.dumps({"method": answer.method, "params": answer.params})),
        "state": "sending" if in_hand else "due",
        "attempts": int(in_hand),
        "created_at": now,
        "not_before": now,
    }


async def owe(tx: AsyncConnection, rows: Sequence[dict[str, Any]]) -> None:
    """Write down what is owed. A row whose key is known is left alone, so owing twice sends once."""
    await tell(tx, insert_new(tx, outbox), rows)


async def in_hand(tx: AsyncConnection, answers: Sequence[Answer], seal: Seal, now: datetime) -> list[Owed]:
    """Write down answers that the sender takes as soon as this is committed; a crash before makes them due again."""
    rows = [answer_row(answer, seal, now, in_hand=True) for answer in answers]
    numbers = {row.key: row.id for row in await ask_of_each(tx, insert_new(tx, outbox, "id", "key"), rows)}
    return [
        Owed(
            numbers[one.key],
            one.key,
            ANSWER,
            one.to,
            int(one.lane),
            1,
            False,
            None,
            {"method": one.method, "params": one.params},
        )
        for one in answers
    ]


async def put_back(tx: AsyncConnection, ids: Sequence[int]) -> None:
    """Claimed but never sent: due again, and certainly not there yet."""
    await tx.execute(update(outbox).where(outbox.c.id.in_(ids)).values(state="due"))


async def claim(tx: AsyncConnection, seal: Seal, now: datetime, limit: int, busy: Collection[str]) -> list[Owed]:
    """Take the next rows, urgent first; addresses in `busy` wait. The attempt is counted before anything is sent."""
    given = {"now": now, "most": limit, "busy": list(busy)}
    rows = sorted(await ask(tx, _CLAIM, given), key=lambda row: (row.lane, row.id))
    return [_owed(seal, row) for row in rows]


async def sent(tx: AsyncConnection, ids: Sequence[int]) -> None:
    """Book as sent and wipe the words."""
    await tell(tx, _SENT, {"rows": list(ids)})


async def again(tx: AsyncConnection, rows: Sequence[tuple[int, datetime, bool, str]]) -> None:
    """Another try: (row, not before, may have arrived, what went wrong)."""
    await tell(tx, _AGAIN, [{"row": row, "at": at, "maybe": maybe, "what": what} for row, at, maybe, what in rows])


async def readdress(tx: AsyncConnection, seal: Seal, owed: Owed, chat_id: int, now: datetime) -> None:
    """An answer into a group that has moved: to its new number, at once."""
    body = {"method": owed.body["method"], "params": {**owed.body["params"], "chat_id": chat_id}}
    await tx.execute(
        update(outbox)
        .where(outbox.c.id == owed.id)
        .values(state="due", not_before=now, body=seal.close(orjson.dumps(body)))
    )


async def drop(tx: AsyncConnection, ids: Sequence[int], why: str) -> None:
    """No longer true or nobody there: not sent, wiped, and the reason kept."""
    await tell(tx, _DROP, {"rows": list(ids), "what": why})


async def give_up(tx: AsyncConnection, row: int, why: str) -> None:
    """A dead letter: kept sealed for a person to look at."""
    await tx.execute(update(outbox).where(outbox.c.id == row).values(state="dead", trouble=why[:200]))


async def arrived(tx: AsyncConnection, notes: Sequence[Note]) -> None:
    """Note that these rows in hand have arrived, and what is needed to book them later."""
    given = [{"row": one.row, "name": one.key, "tries": one.attempts, "what": one.what} for one in notes]
    await tell(tx, _ARRIVED, given)


async def arrived_unbooked(tx: AsyncConnection, seal: Seal) -> list[tuple[Owed, Mapping[str, Any]]]:
    """At start: what an earlier process had in hand and noted as arrived, in the order of the rows."""
    left = select(*_OWED, outbox.c.arrived).where(outbox.c.state == "sending", outbox.c.arrived.is_not(None))
    rows = (await tx.execute(left.order_by(outbox.c.id))).all()
    return [(_owed(seal, row[:-1]), row.arrived) for row in rows]


async def take_back_unbooked(tx: AsyncConnection) -> int:
    """At start: what an earlier process had in hand is due again, unless it is noted as arrived; it may have."""
    in_hand = and_(outbox.c.state == "sending", outbox.c.arrived.is_(None))
    return (await tx.execute(update(outbox).where(in_hand).values(state="due", maybe_twice=True))).rowcount


async def hurry(tx: AsyncConnection, case_id: int, kind: str, now: datetime) -> int:
    """What letters of this kind waited for is here: they are due now."""
    return await tell(tx, _HURRY, {"case": case_id, "what": kind, "at": now})


async def put_right(tx: AsyncConnection, now: datetime, latest: datetime, longest: timedelta) -> int:
    """The clock was ahead, up to `latest`, and is no more: what was due by it, or was put off by it after a failure
    (`longest` at most), is due now. What has a time of its own, later than that, keeps it."""
    by_it = outbox.c.not_before <= latest
    put_off = and_(outbox.c.attempts > 0, outbox.c.not_before <= latest + longest)
    late = and_(outbox.c.state == "due", outbox.c.not_before > now, or_(by_it, put_off))
    return (await tx.execute(update(outbox).where(late).values(not_before=now))).rowcount


async def latest(tx: AsyncConnection) -> datetime | None:
    """When the last row was made of those that wait or have left."""
    made = outbox.c.created_at
    waiting = await tx.scalar(select(func.max(made, type_=made.type)).where(outbox.c.state == "due"))
    left = await tx.scalar(select(func.max(made, type_=made.type)).where(outbox.c.state.in_(("sent", "dropped"))))
    return max((at for at in (waiting, left) if at is not None), default=None)


async def next_due(tx: AsyncConnection, busy: Collection[str] = ()) -> datetime | None:
    """When the earliest row may leave; addresses in `busy` do not count."""
    return await value(tx, _NEXT_DUE, {"busy": list(busy)})


async def waiting_of(tx: AsyncConnection, kind: str) -> int:
    """How many letters of a kind have not left yet."""
    return await value(tx, _WAITING_OF, {"what": kind})


async def has_work(tx: AsyncConnection, now: datetime) -> bool:
    """Whether anything is in hand or due now: one question, since a row may go from one to the other any time."""
    due = and_(outbox.c.state == "due", outbox.c.not_before <= now)
    return (
        await tx.execute(select(outbox.c.id).where(or_(outbox.c.state == "sending", due)).limit(1))
    ).first() is not None


async def backlog(tx: AsyncConnection, now: datetime) -> dict[int, tuple[int, datetime | None]]:
    """By lane: how many may leave now, and since when the oldest of them might."""
    since = func.min(outbox.c.not_before)
    rows = await tx.execute(
        select(outbox.c.lane, func.count(), since)
        .where(outbox.c.state == "due", outbox.c.not_before <= now)
        .group_by(outbox.c.lane)
    )
    return {row[0]: (row[1], row[2]) for row in rows.all()}


async def dead(tx: AsyncConnection) -> int:
    """How many could not be delivered for good."""
    return (await tx.execute(select(func.count()).where(outbox.c.state == "dead"))).scalar_one()


@dataclass(frozen=True, slots=True)
class Dead:
    """A dead letter, without what is in it: since when, of which kind, and what Telegram said."""

    id: int
    at: datetime
    kind: str
    trouble: str


async def dead_ones(tx: AsyncConnection, limit: int) -> list[Dead]:
    """The oldest that could not be delivered for good."""
    dead = select(outbox.c.id, outbox.c.created_at, outbox.c.kind, outbox.c.trouble).where(outbox.c.state == "dead")
    rows = await tx.execute(dead.order_by(outbox.c.id).limit(limit))
    return [Dead(row.id, row.created_at, row.kind, row.trouble or "") for row in rows]


async def raise_dead(tx: AsyncConnection, now: datetime) -> int:
    """All that could not be delivered is due anew. Returns how many."""
    dead = update(outbox).where(outbox.c.state == "dead")
    return (await tx.execute(dead.values(state="due", attempts=0, not_before=now, trouble=None))).rowcount


async def bury_dead(tx: AsyncConnection) -> int:
    """Wipe what could not be delivered. Returns how many."""
    dead = update(outbox).where(outbox.c.state == "dead")
    return (await tx.execute(dead.values(state="dropped", body=None))).rowcount


async def counts(tx: AsyncConnection) -> dict[str, int]:
    """How many are due, in hand and dead."""
    rows = await tx.execute(
        select(outbox.c.state, func.count())
        .where(outbox.c.state.in_(("due", "sending", "dead")))
        .group_by(outbox.c.state)
    )
    return {row[0]: row[1] for row in rows.all()}


async def forget_before(tx: AsyncConnection, moment: datetime, limit: int) -> int:
    """Delete what was sent or dropped before `moment`."""
    old = select(outbox.c.id).where(outbox.c.state.in_(("sent", "dropped")), outbox.c.created_at < moment).limit(limit)
    return (await tx.execute(delete(outbox).where(outbox.c.id.in_(old)))).rowcount
