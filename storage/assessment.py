"""What grid members did in a span of time, counted. Nothing of a sealed or confidential report is ever counted."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import distinct, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.texts.language import ZONE
from storage.cases import CONFIDENTIAL
from storage.tables import cases, history, nodes, ratings, reporters, round_parts, rounds

OPENLY = ~CONFIDENTIAL
VERDICTS = ("confirm", "fail")
CHECKERS = ("supervisor", "grid_member")
DROPPED = ("merged", "withdrawn", "rejected", "referred")
FAKE = "fake"
"""A line of history: a dispatcher has established that a report was invented."""


def _below(paths: Sequence[str]) -> Any:
    return or_(*(nodes.c.path.startswith(path, autoescape=True) for path in paths))


async def confirmed_by_day(
    tx: AsyncConnection, person_id: int, owner: int, begin: datetime, end: datetime
) -> dict[date, int]:
    """How many reports of somebody (`owner`: see reporters.owner_mark) another has confirmed, by local day.

    What was settled on the spot counts like one of these, once, unless the centre found otherwise.

    Doubles and what was proven to be invented do not count. Of one matter at one place and day, what was reported for
    others (代报) counts once, together with an own report of it.
    """
    confirmed = exists().where(
        history.c.case_id == cases.c.id,
        history.c.action == "confirm",
        or_(history.c.person_id.is_(None), history.c.person_id != person_id),
    )
    fake = exists().where(history.c.case_id == cases.c.id, history.c.action == FAKE)
    rows = await tx.execute(
        select(cases.c.id, cases.c.registered_at, cases.c.matter, cases.c.node_id, cases.c.on_behalf)
        .join(reporters, reporters.c.ref == cases.c.reporter)
        .where(
            reporters.c.owner == owner,
            cases.c.registered_at.between(begin, end),
            cases.c.status.not_in(DROPPED),
            OPENLY,
            or_(confirmed, cases.c.on_spot),
            ~fake,
        )
    )
    found = [(row.registered_at.astimezone(ZONE).date(), row) for row in rows.all()]
    own = {(day, row.matter, row.node_id) for day, row in found if not row.on_behalf}
    others = {(day, row.matter, row.node_id) for day, row in found if row.on_behalf} - own
    by_day = Counter(day for day, row in found if not row.on_behalf)
    by_day.update(day for day, _, _ in others)
    return dict(by_day)


async def fakes(tx: AsyncConnection, owner: int, begin: datetime, end: datetime) -> int:
    """How many reports of this owner were proven to be invented."""
    question = (
        select(func.count(distinct(cases.c.id)))
        .join(reporters, reporters.c.ref == cases.c.reporter)
        .join(history, history.c.case_id == cases.c.id)
        .where(reporters.c.owner == owner, history.c.action == FAKE, history.c.at.between(begin, end), OPENLY)
    )
    return (await tx.execute(question)).scalar_one()


async def verdicts(
    tx: AsyncConnection,
    person_id: int,
    owner: int,
    paths: Sequence[str],
    begin: datetime,
    end: datetime,
    relapse: timedelta,
) -> tuple[int, int]:
    """How many results somebody passed in these places, and how often the trouble came back within `relapse`.

    Results of the own reports (of `owner`) do not count.
    """
    rows = await tx.execute(
        select(history.c.case_id, history.c.at)
        .join(cases, cases.c.id == history.c.case_id)
        .join(nodes, nodes.c.id == cases.c.node_id)
        .join(reporters, reporters.c.ref == cases.c.reporter)
        .where(
            or_(reporters.c.owner.is_(None), reporters.c.owner != owner),
            history.c.person_id == person_id,
            history.c.action == "confirm",
            history.c.role.in_(CHECKERS),
            history.c.at.between(begin, end),
            OPENLY,
            _below(paths),
        )
    )
    passed = [(row.case_id, row.at) for row in rows.all()]
    back = await tx.execute(
        select(history.c.case_id, history.c.at).where(
            history.c.case_id.in_({case_id for case_id, _ in passed}), history.c.action == "redo"
        )
    )
    again = [(row.case_id, row.at) for row in back.all()]
    relapsed = sum(any(one == case_id and at < then <= at + relapse for one, then in again) for case_id, at in passed)
    return len(passed), relapsed


async def checks_asked(
    tx: AsyncConnection, person_id: int, paths: Sequence[str], begin: datetime, end: datetime, within: timedelta
) -> tuple[int, int]:
    """How many results in these places were to be checked by others than who reported them done, and how many a grid
    member judged within the time. What was asked less than that before `end` is left out."""
    asked = await tx.execute(
        select(history.c.case_id, history.c.at)
        .join(cases, cases.c.id == history.c.case_id)
        .join(nodes, nodes.c.id == cases.c.node_id)
        .where(
            history.c.action == "resolve",
            history.c.at.between(begin, end - within),
            or_(history.c.person_id.is_(None), history.c.person_id != person_id),
            OPENLY,
            _below(paths),
        )
    )
    waiting = [(row.case_id, row.at) for row in asked.all()]
    judged = await tx.execute(
        select(history.c.case_id, history.c.at).where(
            history.c.case_id.in_({case_id for case_id, _ in waiting}),
            history.c.action.in_(VERDICTS),
            history.c.role.in_(CHECKERS),
        )
    )
    given = [(row.case_id, row.at) for row in judged.all()]
    in_time = sum(any(one == case_id and at <= then <= at + within for one, then in given) for case_id, at in waiting)
    return len(waiting), in_time


async def rated(
    tx: AsyncConnection, owner: int, paths: Sequence[str], begin: datetime, end: datetime
) -> tuple[int, int]:
    """How many ratings cases of these places got, and the sum of their stars.

    Not those of what two people found unlawful or unreasonable, nor those that `owner` (whose sheet it is) tapped for
    somebody else: nobody rates their own grid.
    """
    question = (
        select(func.count(ratings.c.satisfied), func.coalesce(func.sum(ratings.c.satisfied), 0))
        .join(cases, cases.c.id == ratings.c.case_id)
        .join(nodes, nodes.c.id == cases.c.node_id)
        .join(reporters, reporters.c.ref == cases.c.reporter)
        .where(
            ratings.c.at.between(begin, end),
            OPENLY,
            cases.c.excluded.is_(None),
            _below(paths),
            or_(cases.c.on_behalf.is_(False), reporters.c.owner.is_(None), reporters.c.owner != owner),
        )
    )
    count, stars = (await tx.execute(question)).one()
    return count, int(stars)


async def visited(tx: AsyncConnection, paths: Sequence[str], begin: datetime, end: datetime) -> tuple[int, int]:
    """Households of the tasks in these places that were due in the span, and how many of them are done."""
    rows = await tx.execute(
        select(round_parts.c.households, round_parts.c.done)
        .join(rounds, rounds.c.id == round_parts.c.round_id)
        .join(nodes, nodes.c.id == round_parts.c.node_id)
        .where(rounds.c.kind == "task", rounds.c.closes_at.between(begin, end), _below(paths))
    )
    parts = [(row.households, row.done) for row in rows.all()]
    return sum(all_ for all_, _ in parts), sum(min(done, all_) for all_, done in parts)


async def last_report(tx: AsyncConnection, path: str, since: datetime) -> datetime | None:
    """When the newest report of a place and below it came in, if that was after `since`."""
    question = (
        select(func.max(cases.c.registered_at))
        .join(nodes, nodes.c.id == cases.c.node_id)
        .where(nodes.c.path.startswith(path, autoescape=True), cases.c.registered_at > since)
    )
    return (await tx.execute(question)).scalar()
