"""At the start of work: what each group and each person has to do today, and what nobody looks after."""

from datetime import datetime, timedelta

from bot.cases.worktime import SHANGHAI
from bot.desk import routing
from bot.desk.desk import Desk
from bot.desk.rights import admins
from bot.outbox.letters import Kind, Lane, Letter, person, unit
from storage import counters, people, standing, units

DIGEST, ORPHANS = "digest", "orphans"
MORNING = timedelta(hours=2)
MOST = 100
"""So many cases of one kind are looked up; the first of them are named."""


async def tell(desk: Desk) -> int:
    """Owe the digests of this workday, once, in the morning. Nobody gets one who has nothing to do."""
    today = _today(desk)
    if not _is_morning(desk) or await counters.get(desk.tx, DIGEST) == _mark(today):
        return 0
    await counters.put(desk.tx, DIGEST, _mark(today))
    of_units, of_people = await standing.owners(desk.tx)
    meant: dict[str, list[int]] = {person(one): [] for one in await routing.reachable(desk, of_people)}
    for number in of_units:
        for to in await _readers(desk, number):
            meant.setdefault(to, []).append(number)
    for to in await _centre(desk):
        meant.setdefault(to, [])
    for to, which in meant.items():
        facts = {"day": today.date().isoformat(), "units": which}
        desk.owe(Letter(key=f"digest {_mark(today)} {to}", kind=Kind.DIGEST, to=to, lane=Lane.NORMAL, facts=facts))
    return 0


async def _readers(desk: Desk, unit_id: int) -> list[str]:
    """The group of a unit, else whoever is on duty."""
    known = await units.by_id(desk.tx, unit_id)
    if known is not None and known.chat_id is not None:
        return [unit(unit_id)]
    return await routing.privately(desk, unit_id, 0)


async def _centre(desk: Desk) -> list[str]:
    bound = [one for one in await units.all_units(desk.tx) if one.kind == "centre" and one.chat_id is not None]
    dispatching = [duty.person_id for duty in await people.with_role(desk.tx, "dispatcher", desk.now())]
    reached = await routing.reachable(desk, list(dict.fromkeys(dispatching)))
    return [*(unit(one.id) for one in bound), *(person(one) for one in reached)]


async def look_for_orphans(desk: Desk) -> int:
    """Zero-orphan rule: once a day, tell dispatchers and admins what has no owner, no next time, or nobody to do it."""
    today = _today(desk)
    begin = desk.office.calendar.hours[0][0]
    if today.time() < begin or await counters.get(desk.tx, ORPHANS) == _mark(today):
        return 0
    await counters.put(desk.tx, ORPHANS, _mark(today))
    facts = {
        "owner": await standing.without_owner(desk.tx, MOST),
        "clock": await standing.without_clock(desk.tx, MOST),
        "left": await standing.with_whom_left(desk.tx, desk.now(), MOST),
        "nobody": await standing.without_anybody(desk.tx, desk.now(), MOST),
    }
    if not any(facts.values()):
        return 0
    dispatching = {duty.person_id for duty in await people.with_role(desk.tx, "dispatcher", desk.now())}
    for one in sorted(dispatching | await admins(desk)):
        key = f"orphans {_mark(today)} {one}"
        desk.owe(Letter(key=key, kind=Kind.ORPHANS, to=person(one), lane=Lane.URGENT, facts=facts))
    return 0


def _today(desk: Desk) -> datetime:
    return desk.now().astimezone(SHANGHAI)


def _mark(today: datetime) -> int:
    return int(f"{today:%Y%m%d}")


def _is_morning(desk: Desk) -> bool:
    """The first hours of a workday; later a good morning is no help any more, and the day goes without one."""
    now = _today(desk)
    begin = datetime.combine(now.date(), desk.office.calendar.hours[0][0], now.tzinfo)
    return desk.office.calendar.is_workday(now.date()) and begin <= now < begin + MORNING
