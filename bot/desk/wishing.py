"""What a reporter wishes when it is too late for it: whoever deals with the case is told, and decides."""

from bot.cases.case import Case
from bot.desk import routing
from bot.desk.desk import Desk
from bot.desk.following import note, who_deals
from bot.outbox.letters import Kind, Letter
from storage import cases

WISH_BACK = "wish_back"
"""They would take it back although handling has begun, in the history and to whoever deals with it."""


async def wish_back(desk: Desk, case: Case) -> bool:
    """Note it and tell whoever deals with it, once. False if it was told before."""
    if any(line.action == WISH_BACK for line in await cases.history_of(desk.tx, case.id)):
        return False
    await note(desk, case, WISH_BACK)
    for to in await who_deals(desk, case):
        key, facts = f"{Kind.SUPPLEMENT} {case.id} {WISH_BACK} {to}", {"words": "", "from_whom": WISH_BACK}
        desk.owe(Letter(key=key, kind=Kind.SUPPLEMENT, to=to, case_id=case.id, lane=routing.lane(case), facts=facts))
    return True
