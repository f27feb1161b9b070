"""Those who watch are reminded to look; where somebody left, the next of the place watches."""

from bot.cases.case import Status
from bot.desk import routing, supervising
from bot.desk.desk import Desk
from bot.desk.moves import ask_to_verify
from bot.outbox.letters import Kind, Letter, person
from storage import cases, supervisions

BATCH = 100


async def remind(desk: Desk) -> int:
    """Remind everybody whose look is due, once. A second run reminds nobody twice."""
    due = await supervisions.due(desk.tx, desk.now(), BATCH)
    known = await cases.by_ids(desk.tx, [one.case_id for one in due]) if due else {}
    for order in due:
        await supervisions.change(desk.tx, order.id, remind_at=None)
        case = known[order.case_id]
        kind = "watch_result" if case.status is Status.VERIFY else "watch_half"
        desk.owe(
            Letter(
                key=f"{kind} {order.id} {order.remind_at:%y%m%d%H%M%S}",
                kind=Kind.NUDGE,
                to=person(order.person_id),
                case_id=case.id,
                lane=routing.lane(case),
                facts={"kind": kind, "for": "supervisor"},
                only_while=(case.status,),
            )
        )
    return len(due)


async def succeed(desk: Desk) -> int:
    """Pass on the orders of those who left, are suspended or cannot be reached; a result is asked about anew."""
    left = await supervisions.orphaned(desk.tx, desk.now(), BATCH)
    known = await cases.by_ids(desk.tx, [one.case_id for one in left]) if left else {}
    for order in left:
        case = known[order.case_id]
        await supervising.settle(desk, case, order)
        if case.status is Status.VERIFY:
            await ask_to_verify(desk, case)
    return len(left)
