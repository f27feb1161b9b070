"""Who is on duty in a unit now: whom its plan names, else whoever has the rank for it."""

from datetime import timedelta

from bot.cases.roster import Plan, now_on_duty
from bot.desk.desk import Desk
from storage import people, roster

DUTY = 0
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
