"""双派单: beside the order to a unit, one to a grid member of the place, who watches and judges the result."""

from datetime import datetime

from bot.cases.actions import Action
from bot.cases.case import AT_UNIT, Case, Colour, Status
from bot.cases.clocks import clocks_of, fraction
from bot.cases.conditions import is_advice, is_praise
from bot.desk import routing
from bot.desk.desk import Desk
from bot.outbox.letters import Kind, Letter, person
from storage import cards, supervisions
from storage.supervisions import Order

WATCHED = frozenset(AT_UNIT)
"""While an order runs; before, nobody has the case, and afterwards there is nothing to watch."""

SETTLING = frozenset(
    {
        *(Action.DISPATCH, Action.REASSIGN, Action.INSIST, Action.ESCALATE),
        *(Action.ACCEPT, Action.TRANSFER, Action.RESOLVE),
    }
)
"""After these somebody else may have the case in hand: whoever has it does not watch it too."""


async def follow(desk: Desk, case: Case, action: Action, actor_id: int | None = None) -> None:
    """Give, keep, pass on, book or end the order of a case that was just moved. Nobody watches a confidential case."""
    order = await supervisions.of_case(desk.tx, case.id)
    if case.status not in WATCHED or case.confidential:
        if order is not None:
            await _end(desk, order, action, actor_id)
        return
    if action in SETTLING and not (is_advice(case) or is_praise(case)):
        order = await settle(desk, case, order)
    if order is None:
        return
    if action is Action.RESOLVE:
        await _set_look(desk, case, order)
    elif action is Action.FAIL:
        own = {"looked_at": desk.now(), "verdict": "fail"} if actor_id == order.person_id else {}
        await supervisions.change(desk.tx, order.id, due_at=None, remind_at=None, **own)
    elif action is Action.LOOK and actor_id == order.person_id:
        await supervisions.change(desk.tx, order.id, looked_at=desk.now())


async def _end(desk: Desk, order: Order, action: Action, actor_id: int | None) -> None:
    judged = action is Action.CONFIRM and actor_id == order.person_id
    own = {"looked_at": desk.now(), "verdict": "confirm"} if judged else {}
    state = "judged" if judged else "ended"
    await supervisions.change(desk.tx, order.id, state=state, ended_at=desk.now(), **own)


async def settle(desk: Desk, case: Case, order: Order | None) -> Order | None:
    """The order of whoever may watch this case now: as it is, passed on to the next, or None where nobody is left."""
    able = await routing.supervisors(desk, case)
    if order is not None and order.person_id in able:
        return order
    if order is not None:
        await supervisions.change(desk.tx, order.id, state="moved", ended_at=desk.now(), remind_at=None)
        _show(desk, case, order.person_id, "moved")
    if not able:
        return None
    half = fraction(case, desk.office.calendar, 0.5) if case.colour is not Colour.NONE else None
    remind = _awake(desk, case, half) if half is not None and half > desk.now() else None
    await supervisions.give(desk.tx, case.id, able[0], desk.now(), remind)
    given = await supervisions.of_case(desk.tx, case.id)
    await cards.renew(desk.tx, case.id, Kind.SUPERVISION, person(able[0]))
    _show(desk, case, able[0], f"given {given.id if given else 0}")
    if given is not None and case.status is Status.VERIFY:
        await _set_look(desk, case, given)
    return given


async def _set_look(desk: Desk, case: Case, order: Order) -> None:
    """The result is to be looked at by the table; half of that time has passed when they are reminded."""
    span = clocks_of(case).verify
    if span is None or case.resolved_at is None:
        return
    until = span.after(case.resolved_at, desk.office.calendar)
    remind = _awake(desk, case, case.resolved_at + (until - case.resolved_at) / 2)
    await supervisions.change(desk.tx, order.id, due_at=until, remind_at=remind if remind < until else until)


def _awake(desk: Desk, case: Case, moment: datetime) -> datetime:
    return moment if case.colour is Colour.RED else desk.office.calendar.after_quiet(moment)


def _show(desk: Desk, case: Case, person_id: int, why: str) -> None:
    to = person(person_id)
    key = f"{Kind.SUPERVISION} {case.id} {to} {case.version} {why}"
    desk.owe(Letter(key=key, kind=Kind.SUPERVISION, to=to, case_id=case.id, lane=routing.lane(case)))
