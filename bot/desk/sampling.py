"""Which closed cases a person asks about (回访), whose turn it is, and the card that says so."""

from bot.cases.case import Case
from bot.cases.revisiting import DAYS, why_call
from bot.desk import routing
from bot.desk.desk import Desk
from bot.outbox.letters import Kind, Letter, person
from storage import cards, cases, reporters, revisits


async def consider(desk: Desk, case: Case) -> None:
    """A case was closed or rated: if it is one to ask about, a dispatcher gets the card. Safe to repeat."""
    rating = await cases.rating_of(desk.tx, case.id, case.redone)
    lot = desk.office.seals.vault.fingerprint(f"revisit:{case.number}:{case.redone}")
    why = why_call(case, rating, lot)
    if why is None or not await reporters.owner_of(desk.tx, case.reporter):
        return
    callers = await callers_of(desk, case)
    caller = callers[lot % 997 % len(callers)] if callers else None
    until = desk.office.calendar.add_workdays(desk.now(), DAYS[why])
    row = {"case_id": case.id, "round": case.redone, "why": why.value, "caller_id": caller, "made_at": desk.now()}
    if await revisits.add(desk.tx, {**row, "due_at": until, "remind_at": desk.office.calendar.after_quiet(until)}):
        await _show_anew(desk, case, [caller] if caller is not None else [], "new")


async def callers_of(desk: Desk, case: Case) -> list[int]:
    """Dispatchers of this case who can be reached, and are not of the unit that did the work."""
    found = await routing.private_dispatchers(desk, case)
    return await routing.reachable(desk, found)


async def _show_anew(desk: Desk, case: Case, callers: list[int], why: str) -> None:
    for caller in callers:
        await cards.renew(desk.tx, case.id, Kind.REVISIT, person(caller))
        show(desk, case, caller, why)


def show(desk: Desk, case: Case, caller: int, why: str) -> None:
    """Owe the card, or a change of it."""
    to = person(caller)
    key = f"{Kind.REVISIT} {case.id} {case.redone} {to} {why}"
    desk.owe(Letter(key=key, kind=Kind.REVISIT, to=to, case_id=case.id, facts={"round": case.redone}))


async def remind(desk: Desk, limit: int) -> int:
    """Show the cards of those that are overdue anew, once; where the caller is gone, to all dispatchers."""
    due = await revisits.due(desk.tx, desk.now(), limit)
    known = await cases.by_ids(desk.tx, [one.case_id for one in due]) if due else {}
    for one in due:
        await revisits.change(desk.tx, one.case_id, one.round, remind_at=None)
        callers = await callers_of(desk, known[one.case_id])
        own = [one.caller_id] if one.caller_id in callers else callers
        await _show_anew(desk, known[one.case_id], own, f"due {one.due_at:%y%m%d%H%M}")
    return len(due)
