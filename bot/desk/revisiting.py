"""回访: a dispatcher asks whether a closed case is really solved, through the bot or by telephone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.cases.actions import CENTRE, UNIT
from bot.cases.case import Case, Contact
from bot.cases.errors import NoContact, NotFound, NotOpen
from bot.cases.revisiting import MOST_TRIES, VISITED
from bot.desk import dealing, sampling
from bot.desk.answering import NUMBER_SEEN
from bot.desk.desk import Desk
from bot.desk.rights import is_dispatcher, roles_towards
from bot.outbox.letters import Kind, Letter, reporter
from storage import callbacks, cases, revisits
from storage.revisits import Revisit

PAGE = 10


@dataclass(frozen=True, slots=True)
class Call:
    """A call-back and its case."""

    case: Case
    revisit: Revisit


async def call(desk: Desk, case_id: int, number: int) -> Call:
    """A call-back that whoever acts may do. Raises NotFound for others, and where there is none."""
    case = await cases.by_id(desk.tx, case_id)
    found = await revisits.of_round(desk.tx, case_id, number) if case else None
    roles = await roles_towards(desk, case, dealing.who_acts(desk)) if case else frozenset[Any]()
    if case is None or found is None or not roles & CENTRE or roles & UNIT:
        raise NotFound
    return Call(case, found)


async def _open(desk: Desk, case_id: int, number: int) -> Call:
    found = await call(desk, case_id, number)
    if found.revisit.state != "open":
        raise NotOpen
    return found


async def _write(desk: Desk, found: Call, **columns: Any) -> Call:
    """Write it down; whoever does it has it from now on."""
    one = found.revisit
    await revisits.change(desk.tx, one.case_id, one.round, caller_id=dealing.who_acts(desk), **columns)
    return await call(desk, one.case_id, one.round)


async def reached(desk: Desk, case_id: int, number: int) -> Call:
    """已联系: what was heard is asked next."""
    return await _write(desk, await _open(desk, case_id, number), reached_at=desk.now())


async def missed(desk: Desk, case_id: int, number: int) -> Call:
    """未联系上: again on the next workday, three times at most."""
    found = await _open(desk, case_id, number)
    tries = found.revisit.tries + 1
    if tries >= MOST_TRIES:
        return await _write(desk, found, tries=tries, state="missed", ended_at=desk.now(), remind_at=None)
    until = desk.office.calendar.add_workdays(desk.now(), 1)
    return await _write(desk, found, tries=tries, due_at=until, remind_at=desk.office.calendar.after_quiet(until))


async def heard(desk: Desk, case_id: int, number: int, what: str, value: str) -> Call:
    """What a dispatcher was told: solved, then satisfied, which ends it. Raises NotOpen before anybody was reached."""
    found = await _open(desk, case_id, number)
    if found.revisit.reached_at is None:
        raise NotOpen
    given = _answer(desk, what, value, done=found.revisit.solved is not None)
    if "state" in given:
        await _note_visit(desk, found.case, "dispatcher", dealing.who_acts(desk))
    return await _write(desk, found, **given)


async def _note_visit(desk: Desk, case: Case, role: str, person_id: int | None = None) -> None:
    """It stands in the history who asked, or that the reporter answered the bot; the figures are made of that."""
    line = {"case_id": case.id, "at": desk.now(), "action": VISITED, "role": role, "person_id": person_id}
    await cases.record(desk.tx, [{**line, "unit_id": case.unit_id}])


def _answer(desk: Desk, what: str, value: str, *, done: bool) -> dict[str, Any]:
    if what == "solved":
        return {"solved": value}
    if not done:
        raise NotOpen
    return {"satisfied": int(value), "state": "reached", "ended_at": desk.now(), "remind_at": None}


async def note(desk: Desk, case_id: int, number: int, words: str) -> Call:
    """Words about a call, also afterwards."""
    found = await call(desk, case_id, number)
    before = f"{found.revisit.note}\n" if found.revisit.note else ""
    return await _write(desk, found, note=f"{before}{words}"[:4000])


async def ask_by_bot(desk: Desk, case_id: int, number: int) -> Call:
    """Ask through the bot; the reporter answers by taps and nobody learns who it is. Raises NotOpen if it was asked."""
    found = await _open(desk, case_id, number)
    if found.revisit.asked_at is not None or found.case.contact is Contact.NONE:
        raise NotOpen
    facts = {"round": number}
    to, key = reporter(found.case.reporter), f"{Kind.REVISIT_ASK} {case_id} {number}"
    desk.owe(Letter(key=key, kind=Kind.REVISIT_ASK, to=to, case_id=case_id, facts=facts))
    return await _write(desk, found, asked_at=desk.now())


async def number_to_call(desk: Desk, case_id: int, number: int) -> tuple[Call, str]:
    """The number a reporter left to be called at, while the call is open; written down. Raises NoContact, NotOpen."""
    found = await _open(desk, case_id, number)
    known = await callbacks.behind(desk.tx, desk.office.seals.vault, found.case.reporter)
    if found.case.contact is not Contact.CALL or known is None or not known.phone:
        raise NoContact
    who = dealing.who_acts(desk)
    line = {"case_id": case_id, "at": desk.now(), "action": NUMBER_SEEN, "role": "dispatcher", "person_id": who}
    await cases.record(desk.tx, [line])
    return await _write(desk, found), known.phone


async def answered(desk: Desk, case: Case, number: int, what: str, value: str) -> Case:
    """A tap of the reporter, who was asked through the bot; the dispatcher's card shows it. Raises NotOpen."""
    found = await revisits.of_round(desk.tx, case.id, number)
    if found is None or found.state != "open" or found.asked_at is None:
        raise NotOpen
    given = {"reached_at": found.reached_at or desk.now(), **_answer(desk, what, value, done=found.solved is not None)}
    await revisits.change(desk.tx, case.id, number, **given)
    if "state" in given:
        await _note_visit(desk, case, "reporter")
    if found.caller_id is not None:
        sampling.show(desk, case, found.caller_id, f"{what} {value}")
    return case


async def told_unsolved(desk: Desk, case: Case, number: int) -> bool:
    """Whether the reporter said that it is not solved."""
    found = await revisits.of_round(desk.tx, case.id, number)
    return found is not None and found.solved == "no"


async def waiting(desk: Desk, after: tuple[datetime, int] | None) -> tuple[list[Call], bool]:
    """A page of what is to be asked, of those this dispatcher may see, and whether there is more."""
    if desk.person is None or not await is_dispatcher(desk, desk.person.id):
        raise NotFound
    page = await revisits.waiting(desk.tx, after, PAGE)
    known = await cases.by_ids(desk.tx, [one.case_id for one in page]) if page else {}
    shown: list[Call] = []
    for one in page:
        roles = await roles_towards(desk, known[one.case_id], desk.person.id)
        if roles & CENTRE and not roles & UNIT:
            shown.append(Call(known[one.case_id], one))
    return shown, len(page) == PAGE
