"""Gaps in duty rosters are told to the leader of the unit, once a day while there are any."""

from bot.cases.worktime import SHANGHAI
from bot.desk import rosters
from bot.desk.desk import Desk
from storage import counters, roster

GAPS = "gaps"
BATCH = 100


async def look_for_gaps(desk: Desk) -> int:
    """Once a day, when work begins: a portion of the units with a plan each time. Returns 0: the next look goes on."""
    local = desk.now().astimezone(SHANGHAI)
    if local.time() < desk.office.calendar.hours[0][0]:
        return 0
    day = int(f"{local:%Y%m%d}")
    mark = await counters.get(desk.tx, GAPS)
    done = mark % UNITS if mark is not None and mark // UNITS == day else 0
    waiting = [one for one in await roster.planned_units(desk.tx) if one > done][:BATCH]
    for unit_id in waiting:
        await rosters.tell_gaps(desk, unit_id)
    if waiting or mark is None or mark // UNITS != day:
        await counters.put(desk.tx, GAPS, day * UNITS + (waiting[-1] if waiting else done))
    return 0


UNITS = 10**9
"""The mark is the day and, behind it, the last unit that was looked at."""
