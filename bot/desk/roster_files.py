"""Duty rosters from a table and into one: looked at first, then written in one transaction, all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.cases.roster_file import COLUMNS, Line, Person, lines_of
from bot.cases.sheet import Mistake, Row
from bot.cases.worktime import SHANGHAI
from bot.desk import rosters
from bot.desk.desk import Desk
from bot.texts.rosters import WEEKDAYS, clock
from storage import members, roster, units

ALL_TO_COME = timedelta(days=36_500)


@dataclass(slots=True)
class Plan:
    """What a table would write: the week plans of `units` anew, and absences beside those that are known."""

    units: list[int] = field(default_factory=list[int])
    shifts: list[Line] = field(default_factory=list[Line])
    absences: list[Line] = field(default_factory=list[Line])
    mistakes: list[Mistake] = field(default_factory=list[Mistake])


async def compare(desk: Desk, rows: Sequence[Row]) -> Plan:
    """Look at what the table says. Nothing is written; with a mistake nothing may be."""
    known = {one.code: one.id for one in await units.all_units(desk.tx)}
    named = {row.get("unit") for row in rows}
    staff = {code: await _staff(desk, number) for code, number in known.items() if code in named}
    found = lines_of(rows, staff, rosters.today(desk))
    of_plans = sorted({known[one.unit] for one in found.shifts})
    return Plan(of_plans, found.shifts, found.absences, found.mistakes)


async def _staff(desk: Desk, unit_id: int) -> list[Person]:
    listed = await members.for_unit(desk.tx, unit_id, {"responder"}, ("active", "invited"), desk.now(), 500)
    return [(one.id, one.name, one.phone_tail or "") for one, _ in listed]


async def enter(desk: Desk, plan: Plan) -> None:
    """Write what `compare` found, all in this transaction."""
    assert not plan.mistakes
    known = {one.code: one.id for one in await units.all_units(desk.tx)}
    await roster.clear(desk.tx, plan.units)
    shifts = [
        {
            "unit_id": known[one.unit],
            "weekday": one.weekday,
            "begins": one.hours[0],
            "ends": one.hours[1],
            "member_id": one.member_id,
        }
        for one in plan.shifts
    ]
    await roster.add_shifts(desk.tx, shifts)
    away = [
        {
            "unit_id": known[one.unit],
            "member_id": one.member_id,
            "substitute_id": one.substitute_id,
            "since": datetime.combine(one.days[0], datetime.min.time(), SHANGHAI),
            "until": datetime.combine(one.days[1] + timedelta(days=1), datetime.min.time(), SHANGHAI),
        }
        for one in plan.absences
        if one.days is not None
    ]
    await roster.add_absences(desk.tx, away)


async def written(desk: Desk) -> list[list[str]]:
    """All plans and the absences to come as rows of the table, in the order of its columns."""
    known = {one.id: one.code for one in await units.all_units(desk.tx)}
    rows: list[list[str]] = []
    for unit_id in await roster.planned_units(desk.tx):
        plan = await roster.plan_of(desk.tx, unit_id, desk.now(), desk.now() + ALL_TO_COME)
        tails = {number: tail for number, _, tail in await _staff(desk, unit_id)}
        named = {one.member_id for one in plan.shifts} if plan else set[int]()
        named |= {each or 0 for one in (plan.absences if plan else ()) for each in (one.member_id, one.substitute_id)}
        names = await roster.names(desk.tx, named)
        for one in plan.shifts if plan else ():
            said = {"weekday": WEEKDAYS[one.weekday], "hours": f"{clock(one.begins)}-{clock(one.ends)}"}
            rows.append(_row(known[unit_id], names[one.member_id], tails.get(one.member_id, ""), said))
        for away in plan.absences if plan else ():
            last = rosters.local_day(away.until - timedelta(minutes=1))
            said = {"since": rosters.local_day(away.since).isoformat(), "until": last.isoformat()}
            said["substitute"] = names.get(away.substitute_id or 0, "")
            rows.append(_row(known[unit_id], names[away.member_id], tails.get(away.member_id, ""), said))
    return rows


def _row(unit: str, name: str, tail: str, said: dict[str, str]) -> list[str]:
    cells = {"unit": unit, "name": name, "tail": tail, **said}
    return [cells.get(column, "") for column in COLUMNS]
