"""What a reporter does with a case afterwards: look, add, urge, withdraw, rate, reopen, be forgotten."""

from dataclasses import replace
from typing import Any

from bot.cases.actions import Action, Role
from bot.cases.case import Case, Status
from bot.cases.clocks import may_urge, urge_from
from bot.cases.errors import MoveNotAllowed, NotFound, TooSoon
from bot.desk import routing
from bot.desk.desk import Desk
from bot.desk.moves import act, clock_spans, tell_unit
from bot.desk.reporting import keep_media
from bot.outbox.letters import Kind, Letter

from storage import cases, people, reporters
from storage.cases import Event

PAGE = 8


async def my_cases(desk: Desk, before: int | None = None) -> list[Case]:
    """A page of what this person reported, the newest first."""
    assert desk.person is not None
    owner = reporters.owner_mark(desk.office.seals.vault, desk.person.id)
    return await cases.of_owner(desk.tx, owner, before, PAGE + 1)


async def my_case(desk: Desk, case_id: int) -> Case:
    """One case of this person. Raises NotFound alike for none and for another's."""
    case = await cases.by_id(desk.tx, case_id)
    vault = desk.office.seals.vault
    if case is None or desk.person is None:
        raise NotFound
    if not await reporters.is_owner(desk.tx, vault, case.reporter, desk.person.id):
        raise NotFound
    return case


async def my_case_by_number(desk: Desk, number: str) -> Case:
    """The same by the number that is read aloud."""
    case = await cases.by_number(desk.tx, number)
    if case is None:
        raise NotFound
    return await my_case(desk, case.id)


async def timeline(desk: Desk, case: Case) -> list[Event]:
    """What happened, for the reporter."""
    return await cases.history_of(desk.tx, case.id)


async def add_to(desk: Desk, case: Case, words: str, pieces: list[dict[str, Any]], key: str) -> int:
    """Add words and files at any time, also after closing; the unit hears of it. Returns how many files are too large."""
    too_large = await keep_media(desk, case, pieces, "report") if pieces else 0
    await cases.record(
        desk.tx,
        [
            {
                "case_id": case.id,
                "at": desk.now(),
                "action": "add",
                "role": Role.REPORTER.value,
                "unit_id": case.unit_id,
                "note": words or None,
            }
        ],
    )
    told = await routing.unit_addresses(desk, case) or await routing.dispatchers(desk, case)
    for to in told:
        if words:
            letter_key = f"supplement {case.id} add {key} {to}"
            desk.owe(Letter(key=letter_key, kind=Kind.SUPPLEMENT, to=to, case_id=case.id, facts={"words": words}))
        await routing.owe_files(desk, case, to, "report")
    return too_large


async def urge(desk: Desk, case: Case) -> Case:
    """催办: after half of the clock, once a day; shown to the unit, the second time to its leader, then to the centre.

    Raises TooSoon with the time from which it is allowed, MoveNotAllowed when nothing is owed.
    """
    start = urge_from(case, desk.office.calendar, clock_spans(desk, case))
    if start is None:
        raise MoveNotAllowed(status=case.status, action="urge")
    if desk.now() < start:
        raise TooSoon(at=start)
    after = replace(case, urged=case.urged + 1, urged_at=desk.now(), version=case.version + 1)
    if not await cases.change(desk.tx, case, after):
        raise MoveNotAllowed(status=case.status, action="urge")
    await cases.record(
        desk.tx,
        [
            {
                "case_id": case.id,
                "at": desk.now(),
                "action": "urge",
                "role": Role.REPORTER.value,
                "unit_id": case.unit_id,
            }
        ],
    )
    await tell_unit(desk, after, Kind.URGED, str(after.urged), count=after.urged)
    if after.urged >= 2:
        await _urge_higher(desk, after)
    return after


async def _urge_higher(desk: Desk, case: Case) -> None:
    leaders = await routing.of_unit(desk, case.unit_id, 2) if case.unit_id is not None else []
    higher = [f"person:{one}" for one in await routing.reachable(desk, leaders)]
    if case.urged >= 3:
        higher += await routing.dispatchers(desk, case)
    for to in dict.fromkeys(higher):
        key = f"urged {case.id} {case.urged} {to}"
        desk.owe(Letter(key=key, kind=Kind.URGED, to=to, case_id=case.id, facts={"count": case.urged}))


async def withdraw(desk: Desk, case: Case) -> Case:
    """Take a report back before handling begins. Raises TooLate afterwards."""
    return await act(desk, case, Action.WITHDRAW, Role.REPORTER)


async def rate(desk: Desk, case: Case, what: str, value: str) -> Case:
    """One of the three taps: contacted (yes/no), solved (yes/part/no), satisfied (1-5). The last one closes the case."""
    given: dict[str, Any] = {
        what: int(value) if what == "satisfied" else value == "yes" if what == "contacted" else value
    }
    if case.status not in {Status.FEEDBACK, Status.CLOSED}:
        raise MoveNotAllowed(status=case.status, action=Action.RATE)
    await cases.rate(desk.tx, case.id, case.redone, desk.now(), **given)
    if what != "satisfied":
        return case
    rated = await act(desk, case, Action.RATE, Role.REPORTER)
    solved = (await cases.rating_of(desk.tx, case.id, case.redone)).get("solved")
    outcome = {"yes": "solved", "part": "part", "no": "unsolved"}.get(solved or "")
    if outcome is None:
        return rated
    after = replace(rated, outcome=outcome, version=rated.version + 1)
    await cases.change(desk.tx, rated, after)
    return after


async def reopen(desk: Desk, case: Case, why: str, pieces: list[dict[str, Any]]) -> Case:
    """重办 with what is still wrong. Raises what the rule refuses (once, within 30 days after closing)."""
    if pieces:
        await keep_media(desk, case, pieces, "report")
    return await act(desk, case, Action.REDO, Role.REPORTER, note=why)


async def forget_me(desk: Desk) -> int:
    """Delete profile and draft at once, cut the link to ended cases at once; open ones follow when they end.

    Returns how many cases are still open.
    """
    assert desk.person is not None
    vault = desk.office.seals.vault
    owner = reporters.owner_mark(vault, desk.person.id)
    still_open, before = 0, None
    while page := await cases.of_owner(desk.tx, owner, before, PAGE):
        before = page[-1].id
        for case in page:
            if case.ended:
                await reporters.forget(desk.tx, case.reporter)
            else:
                still_open += 1
    await people.change(desk.tx, desk.person.id, language=None, consent=False)
    return still_open


def can_urge(desk: Desk, case: Case) -> bool:
    """Whether 催办 is offered now."""
    return may_urge(case, desk.now(), desk.office.calendar, clock_spans(desk, case))
