"""Who is on duty in a unit now: whom its plan names, else whoever has the rank for it."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.roster import Plan, Span, gaps, now_on_duty
from bot.cases.worktime import WorkCalendar
from bot.desk.desk import Desk
from storage import members, people, roster

DUTY = 0
LOOKED_AT = 7
"""Days ahead in which gaps are told."""

MOST = 500
AROUND = timedelta(days=2)


async def plan_of(desk: Desk, unit_id: int) -> Plan | None:
    """The plan of a unit as it holds around now; None where it has none."""
    return await roster.plan_of(desk.tx, unit_id, desk.now() - AROUND, desk.now() + AROUND)


async def of_unit(desk: Desk, unit_id: int) -> list[int]:
    """The people on duty in a unit now: by its plan those who are still of the unit, else those of rank 0."""
    duties = await people.with_role(desk.tx, "responder", desk.now(), unit_id)
    plan = await plan_of(desk, unit_id)
    if plan is not None:
        named = await roster.people_of(desk.tx, now_on_duty(plan, desk.now()))
        if here := [one for one in named if any(duty.person_id == one for duty in duties)]:
            return here
    return list(dict.fromkeys(duty.person_id for duty in duties if duty.rank == DUTY))


async def gaps_of(tx: AsyncConnection, calendar: WorkCalendar, unit_id: int, now: datetime) -> list[Span]:
    """When in the next days somebody of a unit with a plan should be on duty and nobody is, or can be reached."""
    plan = await roster.plan_of(tx, unit_id, now - AROUND, now + timedelta(days=LOOKED_AT + 2))
    if plan is None:
        return []
    named = {one.member_id for one in plan.shifts} | {one.substitute_id or 0 for one in plan.absences}
    named |= {one for swap in plan.swaps for one in (swap.member_id, swap.other_id)}
    listed = await members.for_unit(tx, unit_id, {"responder"}, ("active",), now, MOST)
    here = {one.person_id: one.id for one, _ in listed if one.person_id is not None}
    known = await people.known(tx, here) if here else {}
    reached = {here[one] for one, person in known.items() if person.reachable}
    return gaps(plan, calendar, now, LOOKED_AT, named - reached)
