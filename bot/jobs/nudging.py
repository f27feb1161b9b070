"""A group reads only so many reminders an hour; the rest is one list when it may read again."""

from collections.abc import Sequence
from datetime import timedelta

from bot.desk.desk import Desk
from bot.outbox import letters
from bot.outbox.letters import Kind, Lane, Letter
from storage import standing

HOUR = timedelta(hours=1)
KEPT = timedelta(days=2)
LIST = 30
"""Cases on one list."""

BATCH = 50
LIMITED = frozenset({Kind.NUDGE, Kind.REMINDERS})


async def within_limit(desk: Desk, nudges: Sequence[Letter]) -> list[Letter]:
    """Those that may leave now; what is too much for a group is held. Red and yellow are never held, nor people."""
    leaving: list[Letter] = []
    told: dict[str, int] = {}
    for one in nudges:
        if one.kind not in LIMITED or one.lane is not Lane.NORMAL or not one.to.startswith("unit:"):
            leaving.append(one)
            continue
        if one.to not in told:
            told[one.to] = await standing.times_told(desk.tx, one.to, desk.now() - HOUR)
        if told[one.to] < desk.office.chosen.nudges_an_hour:
            told[one.to] += 1
            await standing.write_down(desk.tx, [_row(desk, one.to)])
            leaving.append(one)
        else:
            await standing.write_down(desk.tx, _held(desk, one))
    return leaving


def _held(desk: Desk, one: Letter) -> list[dict[str, object]]:
    if one.kind is Kind.NUDGE:
        return [_row(desk, one.to, True, one.case_id, one.only_while[0], one.facts["kind"], one.facts["for"])]
    return [_row(desk, one.to, True, *row) for row in one.facts["nudges"]]


def _row(
    desk: Desk,
    to: str,
    held: bool = False,
    case_id: int | None = None,
    status: str | None = None,
    kind: str | None = None,
    reader: str | None = None,
) -> dict[str, object]:
    named = {"case_id": case_id, "status": status and str(status), "kind": kind, "reader": reader}
    return {"recipient": to, "at": desk.now(), "held": held, **named}


async def release(desk: Desk) -> int:
    """One list for each group that may read again. Returns how many groups there were to look at."""
    waiting = await standing.who_waits(desk.tx, BATCH)
    for to in waiting:
        if await standing.times_told(desk.tx, to, desk.now() - HOUR) >= desk.office.chosen.nudges_an_hour:
            continue
        found = await standing.held_for(desk.tx, to, LIST)
        rows = [(one.case_id, one.status, one.kind, one.reader) for one in found]
        await standing.let_go(desk.tx, [one.id for one in found])
        await standing.write_down(desk.tx, [_row(desk, to)])
        key = f"held {to} {found[0].id}"
        desk.owe(Letter(key=key, kind=letters.Kind.REMINDERS, to=to, facts={"nudges": rows}))
    return 0
