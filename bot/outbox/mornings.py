"""The morning digest and the daily alarm of what nobody looks after, as they are when they leave."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.cases.actions import CENTRE, UNIT
from bot.cases.case import Case, Status
from bot.cases.clocks import due
from bot.cases.conditions import is_praise
from bot.cases.flags import is_running
from bot.cases.worktime import SHANGHAI
from bot.desk.blocked import is_blocked
from bot.desk.desk import Desk
from bot.desk.moves import clock_spans
from bot.desk.rights import is_dispatcher, roles_towards
from bot.outbox.buttons import Button, Card, Press, button, keyboard, rows
from bot.outbox.cards_of import matter_of
from bot.outbox.reminders import may_read
from bot.texts import Texts
from storage import cases, people, standing, units

MOST = 200
NAMED = 8
"""Cases named under one heading; the others are counted."""

WAITING = (Status.TRIAGE, Status.REDO)
Shelves = dict[str, list[Case]]


async def digest(desk: Desk, texts: Texts, facts: Mapping[str, Any], to: str) -> Card | None:
    """Overdue, due today, new: of a group's unit, or of what one person has. None when there is nothing."""
    if facts["day"] != desk.now().astimezone(SHANGHAI).date().isoformat():
        return None
    kind, _, number = to.partition(":")
    theirs = await _theirs(desk, kind, int(number), facts["units"])
    if kind != "unit":
        theirs = await _dealt_with(desk, theirs, int(number))
    found = [one for one in theirs if await may_read(desk, one, to)]
    shelves = _sorted(desk, found)
    waiting = await _waiting(desk, kind, int(number), to)
    if not any(shelves.values()) and not waiting:
        return None
    lines, buttons = _lines(desk, texts, shelves, "unit")
    more, keys = _lines(desk, texts, {"waiting": waiting}, "centre")
    return texts.digest([*more, *lines]), keyboard(*rows([*keys, *buttons], 2))


async def _theirs(desk: Desk, kind: str, number: int, of_units: Sequence[int]) -> list[Case]:
    """What a person has in hand, and what is with the units they hear for. Of what is shelved the clock stands."""
    found = [] if kind == "unit" else await standing.of_handler(desk.tx, number, MOST)
    for one in of_units:
        found += await cases.open_of_unit(desk.tx, one, 0, MOST)
    return list({case.id: case for case in found if is_running(case) and case.status is not Status.SHELVED}.values())


async def _dealt_with(desk: Desk, theirs: Sequence[Case], number: int) -> list[Case]:
    """What is still theirs: whoever left the unit reads no more of what was in their hands."""
    duties = await people.duties_of(desk.tx, number, desk.now())
    own = {one.unit_id for one in duties if one.role == "responder" and one.unit_id is not None}
    return [
        one
        for one in theirs
        if one.unit_id in own and (not one.confidential or await roles_towards(desk, one, number) & UNIT)
    ]


async def _waiting(desk: Desk, kind: str, number: int, to: str) -> list[Case]:
    """What waits for triage: to a centre's group what is not confidential, to a dispatcher the rest of it."""
    known = await units.by_id(desk.tx, number) if kind == "unit" else None
    if kind == "unit" and (known is None or known.kind != "centre"):
        return []
    if kind == "person" and not await is_dispatcher(desk, number):
        return []
    found = [one for one in await cases.weightiest(desk.tx, WAITING, MOST) if await may_read(desk, one, to)]
    if kind == "unit":
        return found
    grouped = any(one.kind == "centre" and one.chat_id is not None for one in await units.all_units(desk.tx))
    own = [one for one in found if await roles_towards(desk, one, number) & CENTRE]
    return [one for one in own if one.confidential or not grouped]


def _sorted(desk: Desk, found: Sequence[Case]) -> Shelves:
    """Each case on one shelf: overdue before due today before new (it came since the last working day)."""
    now = desk.now()
    midnight = desk.office.calendar.end_of_day(now)
    shelves: Shelves = {"overdue": [], "today": [], "new": []}
    for case in found:
        end = due(case, desk.office.calendar, clock_spans(desk, case))
        if end <= now:
            shelves["overdue"].append(case)
        elif end <= midnight:
            shelves["today"].append(case)
        elif _is_new(desk, case, now):
            shelves["new"].append(case)
    return shelves


def _is_new(desk: Desk, case: Case, now: datetime) -> bool:
    before = desk.office.calendar.add_workdays(now, -1)
    return case.status is Status.DISPATCHED or bool(case.dispatched_at and case.dispatched_at > before)


def _lines(desk: Desk, texts: Texts, shelves: Shelves, reader: str) -> tuple[list[str], list[Button]]:
    lines: list[str] = []
    buttons: list[Button] = []
    for shelf, found in shelves.items():
        if found:
            lines.append(texts.digest_shelf(shelf, len(found)))
            for case in found[:NAMED]:
                name = texts.matter_name(matter_of(desk, case))
                end = None if is_praise(case) else due(case, desk.office.calendar, clock_spans(desk, case))
                late = shelf == "waiting" and end is not None and end <= desk.now()
                lines.append(texts.digest_line(case, name, end, late=late))
                kind = {"overdue": "red_card", "today": "nearly_due", "new": "unsigned"}.get(shelf, "undispatched")
                data = Press(case.id, "remind", case.version, f"{kind}.{reader}").pack()
                buttons.append(button(texts.reminder_button(case), data))
            if len(found) > NAMED:
                lines.append(texts.digest_more(len(found) - NAMED))
    return lines, buttons


async def orphans(desk: Desk, texts: Texts, facts: Mapping[str, Any], to: str) -> Card | None:
    """What nobody looks after, by number alone. Nobody reads of a case in which they are complained of."""
    who = int(to.partition(":")[2])
    known = await cases.by_ids(desk.tx, {one for ids in facts.values() for one in ids})
    found = {
        why: [known[one] for one in ids if not await is_blocked(desk, known[one], who)] for why, ids in facts.items()
    }
    if not any(found.values()):
        return None
    lines = [texts.orphan_line(why, [case.number for case in some]) for why, some in found.items() if some]
    dealt = {case.id: case for some in found.values() for case in some}
    opens = [
        button(texts.orphan_button(case), Press(case.id, "open", case.version).pack())
        for case in list(dealt.values())[:NAMED]
        if await roles_towards(desk, case, who) & CENTRE
    ]
    return texts.orphans(lines), keyboard(*rows(opens, 2)) if opens else None
