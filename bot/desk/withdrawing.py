"""Taking back what may stand no longer where it stands: in groups what became confidential, privately what is blocked.

What leaves just then is taken back as soon as it is booked (bot/outbox/results.py).
"""

from collections.abc import Iterable

from bot.cases.case import Case
from bot.desk import routing
from bot.desk.blocked import may_get
from bot.desk.desk import Desk
from bot.outbox.letters import Kind, Letter
from storage import posted
from storage.posted import Posted


async def take_back(desk: Desk, case: Case) -> None:
    """Owe the way back of everything about a case that stands where it must not. Safe to repeat."""
    await owe_back(desk, case, await posted.of_case(desk.tx, case.id))


async def owe_back(desk: Desk, case: Case, rows: Iterable[Posted]) -> None:
    """The same for some messages. Behind what is owed already, so that a card is covered before it goes."""
    for one in rows:
        if await may_stay(desk, case, one.recipient, one.chat_id):
            continue
        facts = {"chat": one.chat_id, "message": one.message_id, "words": one.words, "at": one.at.isoformat()}
        key = f"{Kind.TAKE_BACK} {case.id} {one.recipient} {one.message_id} {case.version}"
        lane = routing.lane(case)
        desk.owe(Letter(key=key, kind=Kind.TAKE_BACK, to=one.recipient, case_id=case.id, lane=lane, facts=facts))


async def may_stay(desk: Desk, case: Case, recipient: str, chat_id: int | None) -> bool:
    """Whether what was said of a case may go on standing there."""
    if chat_id is not None:
        return not case.confidential
    return await may_get(desk, case, recipient)


async def say_not_back(desk: Desk, case: Case, recipient: str) -> None:
    """The dispatchers hear, once for each place, that something could not be taken back: somebody else has to."""
    kind, _, number = recipient.partition(":")
    facts = {"unit": int(number) if kind == "unit" else None, "private": kind == "person"}
    for to in await routing.dispatchers(desk, case):
        key = f"{Kind.NOT_BACK} {case.id} {recipient} {to}"
        lane = routing.lane(case)
        desk.owe(Letter(key=key, kind=Kind.NOT_BACK, to=to, case_id=case.id, lane=lane, facts=facts))
