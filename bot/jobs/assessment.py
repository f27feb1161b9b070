"""Quarter sheets are given out when the quarter is over; a grid that has been silent for two weeks is looked at."""

from datetime import date, datetime, time, timedelta

from bot.cases.assessment import quarter_before
from bot.cases.coverage import SILENT_DAYS
from bot.desk import assessment, patrolling
from bot.desk.desk import Desk
from bot.outbox.letters import Kind, Letter, person, unit
from bot.texts.language import ZONE
from storage import assessment as counted
from storage import beats, counters, people, units
from storage.beats import Beat

BATCH = 5
"""Sheets counted, or grids looked at, in one transaction: each asks a dozen questions, and answers must not wait."""

FROM, UNTIL = 9, 20
"""Local hours in which these letters are owed."""

TOLD_WITHIN = timedelta(days=30)
"""A program that stood still for longer gives out no sheets of a quarter long past."""


def _hours(desk: Desk) -> bool:
    return FROM <= desk.now().astimezone(ZONE).hour < UNTIL


async def give_out(desk: Desk) -> int:
    """Go on giving out the sheets of the last quarter. Returns how many duties were looked at."""
    today = patrolling.today(desk)
    begin = date(today.year, today.month - (today.month - 1) % 3, 1)
    if not _hours(desk) or not timedelta(days=1) <= today - begin <= TOLD_WITHIN:
        return 0
    quarter = quarter_before(today)
    due, name = await _next(desk, f"sheets {quarter}")
    for one in due:
        await assessment.give_out(desk, one.person_id, quarter)
    if due:
        await counters.put(desk.tx, name, due[-1].id)
    return len(due)


async def look_for_silence(desk: Desk) -> int:
    """Go on looking at the grids, once a day each. Returns how many duties were looked at."""
    if not _hours(desk):
        return 0
    today = patrolling.today(desk)
    due, name = await _next(desk, f"silence {today:%Y%m%d}")
    for one in due:
        await _look_at(desk, one, today)
    if due:
        await counters.put(desk.tx, name, due[-1].id)
    return len(due)


async def _next(desk: Desk, name: str) -> tuple[list[Beat], str]:
    after = await counters.get(desk.tx, name) or 0
    return list(await beats.page(desk.tx, [assessment.ROLE], desk.now(), after, BATCH)), name


async def _look_at(desk: Desk, one: Beat, today: date) -> None:
    """A grid is first seen, then told of when it has been silent for two weeks, and again two weeks later."""
    name = f"silent {one.node_id}"
    last = await counters.get(desk.tx, name)
    if last is None:
        await counters.put(desk.tx, name, today.toordinal())
        return
    since = datetime.combine(today - timedelta(days=SILENT_DAYS), time(0), ZONE)
    if today.toordinal() - last < SILENT_DAYS or await counted.last_report(desk.tx, one.path, since):
        return
    await counters.put(desk.tx, name, today.toordinal())
    facts = {"node": one.node_id, "days": SILENT_DAYS}
    desk.owe(
        *(
            Letter(key=f"{name} {today:%Y%m%d} {to}", kind=Kind.SILENT_GRID, to=to, facts=facts)
            for to in await _centre(desk)
        )
    )


async def _centre(desk: Desk) -> list[str]:
    """The groups of the command centre; without one the dispatchers."""
    centres = [one for one in await units.all_units(desk.tx) if one.kind == "centre" and one.chat_id is not None]
    if centres:
        return [unit(one.id) for one in centres]
    on_duty = await people.with_role(desk.tx, "dispatcher", desk.now())
    return [person(who) for who in dict.fromkeys(duty.person_id for duty in on_duty)]
