"""镇街吹哨、部门报到: several units are called to a place and time, report in, do common tasks, and rate each other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.cases import calls as rules
from bot.cases.actions import CENTRE, Action, Role
from bot.cases.case import Case, Status
from bot.cases.errors import ChangedMeanwhile, Decided, NotFound, NotOpen, NotYours
from bot.desk import calls_shown, dealing, routing
from bot.desk.desk import Desk
from bot.desk.masking import for_group
from bot.desk.moves import act
from bot.desk.rights import roles_towards
from bot.outbox.letters import Kind, Letter
from storage import calls, cases, people, units
from storage.calls import Call
from storage.units import Unit

ARRIVED, DONE = "arrive", "call_task"
"""Lines of the history: a unit reported in, a common task is done."""

SIDES = ("stars", "stars_back")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a dispatcher has put together: which units, where, when, and what is to be done."""

    case_id: int
    units: Sequence[int]
    at: datetime
    place: str
    point: rules.Point | None
    tasks: Sequence[str]


async def case_to_call_for(desk: Desk, case_id: int) -> Case:
    """The case somebody wants to call units for. Raises Confidential for what must not be told to others."""
    return (await dealing.case_for(desk, case_id, Action.WHISTLE))[0]


async def callable_units(desk: Desk, case: Case) -> list[Unit]:
    """Every unit but the one that has the case and the centres; those that handle the matter come first."""
    fitting = await dealing.units_for(desk, case, every=True)
    return [one for one in fitting if one.id != case.unit_id]


async def whistle(desk: Desk, plan: Plan) -> Case:
    """吹哨: the case is handled together from now on; the unit that has it leads. Raises NotOpen for a wrong plan."""
    case, role = await dealing.case_for(desk, plan.case_id, Action.WHISTLE)
    known = {one.id: one.name for one in await callable_units(desk, case)}
    wanted = [one for one in dict.fromkeys(plan.units) if one in known]
    if case.unit_id is None or not wanted or len(wanted) > rules.MOST_UNITS or not rules.may_be(plan.at, desk.now()):
        raise NotOpen
    actor = dealing.who_acts(desk)
    place = for_group(desk, case, plan.place) if plan.place == case.place else plan.place
    said = desk.texts(desk.office.language).call_note([known[one] for one in wanted], place, plan.at)
    after = await act(desk, case, Action.WHISTLE, role, actor_id=actor, note=said)
    number = await calls.add(
        desk.tx,
        case.unit_id,
        wanted,
        plan.tasks,
        case_id=case.id,
        caller_id=actor,
        place=place,
        latitude=plan.point[0] if plan.point else None,
        longitude=plan.point[1] if plan.point else None,
        at=plan.at,
        called_at=desk.now(),
    )
    call = await calls.by_id(desk.tx, number)
    assert call is not None
    await _owe_all(desk, call, after)
    return after


async def _owe_all(desk: Desk, call: Call, case: Case) -> None:
    """The card and the place on the map; the reminders wait until their time."""
    await calls_shown.show(desk, call, case)
    for one in await calls.units_of(desk.tx, call.id):
        for to in await calls_shown.at_unit(desk, one.unit_id):
            if call.latitude is not None:
                _owe(desk, call, case, Kind.CALL_PIN, to, "pin", None)
            if call.at - rules.REMIND_BEFORE > desk.now():
                _owe(desk, call, case, Kind.CALL_WORD, to, "before", call.at - rules.REMIND_BEFORE, one.unit_id)
            _owe(desk, call, case, Kind.CALL_WORD, to, "missing", call.at + rules.MISSING_AFTER, one.unit_id)
    for to in await routing.dispatchers(desk, case):
        _owe(desk, call, case, Kind.CALL_WORD, to, "who", call.at + rules.MISSING_AFTER)


def _owe(
    desk: Desk, call: Call, case: Case, kind: Kind, to: str, what: str, at: datetime | None, unit_id: int | None = None
) -> None:
    letter = Letter(
        key=f"{kind} {call.id} {what} {unit_id} {to}", kind=kind, to=to, case_id=case.id, lane=routing.lane(case)
    )
    facts = {"call": call.id, "what": what, "unit": unit_id}
    desk.owe(replace(letter, facts=facts, only_while=(Status.JOINT,), not_before=at))


async def _call(desk: Desk, number: int) -> tuple[Call, Case]:
    """A call and its case. Raises NotFound for none, and for one that nobody else may see any more."""
    call = await calls.by_id(desk.tx, number)
    case = await cases.by_id(desk.tx, call.case_id) if call else None
    if call is None or case is None or case.confidential:
        raise NotFound
    return call, case


async def _own_units(desk: Desk, number: int) -> list[int]:
    """The units of a call that whoever acts belongs to, one that leads last. Raises NotFound for others."""
    duties = await people.duties_of(desk.tx, dealing.who_acts(desk), desk.now())
    mine = {duty.unit_id for duty in duties if duty.role == "responder"}
    found = [one.unit_id for one in reversed(await calls.units_of(desk.tx, number)) if one.unit_id in mine]
    if not found:
        raise NotFound
    return found


async def case_of_called(desk: Desk, number: int) -> Case:
    """The case of a call that runs, for somebody who was called. Raises NotFound, NotOpen when it is over."""
    call, case = await _call(desk, number)
    await _own_units(desk, number)
    if call.ended_at is not None:
        raise NotOpen
    return case


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a unit came: minutes late, metres away (None: not known), and whether its place was sent."""

    unit: str
    late: int
    metres: int | None
    placed: bool


async def report_in(desk: Desk, number: int, point: rules.Point | None) -> Arrival:
    """报到, once for each unit. Raises Decided if somebody of the unit was there before, NotFound, NotOpen."""
    case = await case_of_called(desk, number)
    call, _ = await _call(desk, number)
    there = (call.latitude, call.longitude) if call.latitude is not None and call.longitude is not None else None
    metres = rules.metres_between(point, there) if point and there else None
    late, actor = rules.minutes_late(call.at, desk.now()), dealing.who_acts(desk)
    for unit_id in await _own_units(desk, number):
        placed = point is not None
        came = {"arrived_at": desk.now(), "arrived_by": actor, "metres": metres, "placed": placed}
        if await calls.arrive(desk.tx, number, unit_id, **came):
            said = desk.texts(desk.office.language).arrival_note(late, metres, placed=placed)
            await _record(desk, case, ARRIVED, unit_id, said)
            await calls_shown.show(desk, call, case)
            named = await units.by_id(desk.tx, unit_id)
            return Arrival(named.name if named else "", late, metres, placed)
    raise Decided(name=await _who_came(desk, number))


async def _who_came(desk: Desk, number: int) -> str:
    own = await _own_units(desk, number)
    came = next((one.arrived_by for one in await calls.units_of(desk.tx, number) if one.unit_id in own), None)
    return (await people.name_of(desk.tx, came) if came is not None else None) or ""


async def _record(desk: Desk, case: Case, action: str, unit_id: int, note: str) -> None:
    line = {"case_id": case.id, "at": desk.now(), "action": action, "role": Role.RESPONDER.value, "note": note}
    await cases.record(desk.tx, [{**line, "person_id": dealing.who_acts(desk), "unit_id": unit_id}])


async def tick(desk: Desk, task_id: int) -> str:
    """A common task is done by a unit; returns its words. Raises NotFound, NotOpen, ChangedMeanwhile."""
    task = await calls.task(desk.tx, task_id)
    if task is None:
        raise NotFound
    case = await case_of_called(desk, task.call_id)
    unit_id = (await _own_units(desk, task.call_id))[0]
    if not await calls.tick(desk.tx, task_id, done_at=desk.now(), done_by=dealing.who_acts(desk), unit_id=unit_id):
        raise ChangedMeanwhile
    await _record(desk, case, DONE, unit_id, task.words)
    call, _ = await _call(desk, task.call_id)
    await calls_shown.show(desk, call, case)
    return task.words


async def finish(desk: Desk, case_id: int) -> Case:
    """结束协同 by the unit that leads; the case goes on with it alone, and both sides rate."""
    case, role = await dealing.case_for(desk, case_id, Action.END_JOINT)
    return await act(desk, case, Action.END_JOINT, role, actor_id=dealing.who_acts(desk))


async def rate(desk: Desk, number: int, unit_id: int, side: str, stars: int) -> None:
    """One tap, once: a dispatcher rates a unit that was called, the unit how it was called. Raises NotYours."""
    call, case = await _call(desk, number)
    if side not in SIDES or stars not in range(1, 6) or call.ended_at is None:
        raise NotOpen
    if side == "stars" and not await roles_towards(desk, case, dealing.who_acts(desk)) & CENTRE:
        raise NotYours
    if side == "stars_back" and unit_id not in await _own_units(desk, number):
        raise NotYours
    if not await calls.rate(desk.tx, number, unit_id, side, stars):
        raise ChangedMeanwhile
    await calls_shown.show(desk, call, case)
