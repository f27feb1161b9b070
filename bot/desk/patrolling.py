"""The patrol log: what somebody with a place looks at today, a tap for each; a defect becomes a case."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.cases.case import Case
from bot.cases.checklists import Checklist, Item, Look
from bot.cases.draft import Draft
from bot.cases.errors import NoDuty, NotOpen, OldCard
from bot.cases.months import is_due
from bot.desk import following
from bot.desk.desk import Desk
from bot.desk.reporting import file_report
from bot.texts.language import ZONE
from storage import cases, grid, patrols, people
from storage.grid import Node
from storage.patrols import Patrol

LONGEST_NOTE = 1000


def today(desk: Desk) -> date:
    """The local day."""
    return desk.now().astimezone(ZONE).date()


async def beats(desk: Desk) -> list[tuple[Node, str]]:
    """The places that whoever acts patrols, each with the first role that has a checklist."""
    if desk.person is None:
        return []
    found: dict[int, str] = {}
    for duty in await people.duties_of(desk.tx, desk.person.id, desk.now()):
        if duty.node_id is not None and duty.role in desk.office.checklists.by_role:
            found.setdefault(duty.node_id, duty.role)
    return [((await grid.path(desk.tx, node_id))[-1], role) for node_id, role in found.items()]


async def open_today(desk: Desk, node_id: int) -> Patrol:
    """Today's list at one of these places. Raises NoDuty if it is none of theirs."""
    role = next((role for node, role in await beats(desk) if node.id == node_id), None)
    if role is None or desk.person is None:
        raise NoDuty
    seal = desk.office.seals.content
    return await patrols.open_day(desk.tx, seal, desk.person.id, node_id, role, today(desk))


async def mine(desk: Desk, patrol_id: int) -> Patrol:
    """A list of whoever acts. Raises NotOpen for none or another's, OldCard for an earlier day, NoDuty off duty."""
    patrol = await patrols.by_id(desk.tx, desk.office.seals.content, patrol_id)
    if patrol is None or desk.person is None or patrol.person_id != desk.person.id:
        raise NotOpen
    if patrol.day != today(desk):
        raise OldCard
    if patrol.node_id not in {node.id for node, _ in await beats(desk)}:
        raise NoDuty
    return patrol


async def missing(desk: Desk, person_id: int) -> list[int]:
    """The places of somebody whose list is asked for today and is not done."""
    day, found = today(desk), dict[int, str]()
    for duty in await people.duties_of(desk.tx, person_id, desk.now()):
        if duty.node_id is not None and duty.role in desk.office.checklists.by_role:
            found.setdefault(duty.node_id, duty.role)
    done = await patrols.done_on(desk.tx, [person_id], day)
    works, lists = desk.office.workdays.is_workday, desk.office.checklists.by_role
    asked = [node_id for node_id, role in found.items() if is_due(day, lists[role].days, works)]
    return [node_id for node_id in asked if (person_id, node_id) not in done]


def checklist(desk: Desk, patrol: Patrol) -> Checklist:
    """What is looked at; raises NoDuty if the role has lost its list."""
    found = desk.office.checklists.by_role.get(patrol.role)
    if found is None:
        raise NoDuty
    return found


async def look(desk: Desk, patrol: Patrol, code: str, found: str, card_id: int) -> Patrol:
    """One item was looked at. What became a case stays a defect."""
    if checklist(desk, patrol).item(code) is None or found not in set(Look):
        raise NotOpen
    items = patrol.items if code in patrol.cases else {**patrol.items, code: found}
    return await _change(desk, patrol, items=items, card_id=card_id, done_at=None)


async def all_fine(desk: Desk, patrol: Patrol, card_id: int) -> Patrol:
    """Everything that nobody marked is fine."""
    items = {one.code: Look.FINE.value for one in checklist(desk, patrol).items} | patrol.items
    return await _change(desk, patrol, items=items, card_id=card_id)


async def finish(desk: Desk, patrol: Patrol, card_id: int) -> tuple[Patrol, tuple[Item, ...]]:
    """完成: the day counts. Not done while items are left; these are given back."""
    left = checklist(desk, patrol).left(patrol.items)
    if left or patrol.done_at is not None:
        return patrol, left
    return await _change(desk, patrol, card_id=card_id, done_at=desk.now()), ()


async def change_mind(desk: Desk, patrol: Patrol, card_id: int) -> Patrol:
    """改一下: the day is open again."""
    return await _change(desk, patrol, card_id=card_id, done_at=None)


async def report_defect(desk: Desk, patrol: Patrol, code: str, card_id: int) -> tuple[Patrol, Case]:
    """A defect becomes a case of the item's matter at this place. Safe to repeat: one item and day, one case."""
    item = checklist(desk, patrol).item(code)
    if item is None or item.matter is None or patrol.items.get(code) != Look.BAD:
        raise NotOpen
    draft = Draft(
        id=f"patrol-{patrol.id}-{code}",
        matter=item.matter,
        words=[item.words, patrol.note] if patrol.note else [item.words],
        media=await patrols.photos_of(desk.tx, desk.office.seals.content, patrol.id),
        node_id=patrol.node_id,
        sealed=False,
    )
    case = await file_report(desk, draft)
    return await _change(desk, patrol, cases={**patrol.cases, code: case.number}, card_id=card_id), case


async def keep_note(desk: Desk, patrol: Patrol, words: str) -> Patrol:
    """备注: what it says now counts."""
    return await _change(desk, patrol, note=words[:LONGEST_NOTE])


async def keep_photo(desk: Desk, patrol: Patrol, piece: dict[str, Any], key: str) -> int:
    """A photo of the day; it also goes to the case that a defect became last. Returns how many the day has."""
    await patrols.add_photo(desk.tx, desk.office.seals.content, patrol.id, piece, desk.now())
    if patrol.cases:
        case = await cases.by_number(desk.tx, list(patrol.cases.values())[-1])
        if case is not None and not case.ended:
            await following.add_to(desk, case, "", [piece], key)
    return await patrols.photos_count(desk.tx, patrol.id)


async def photos(desk: Desk, patrol: Patrol) -> int:
    """How many photos the day has."""
    return await patrols.photos_count(desk.tx, patrol.id)


async def place_of(desk: Desk, node_id: int) -> str:
    """The name of a place as people say it: estate and building."""
    return (
        "".join(node.name for node in (await grid.path(desk.tx, node_id))[3:])
        or (await grid.path(desk.tx, node_id))[-1].name
    )


async def _change(desk: Desk, patrol: Patrol, **columns: Any) -> Patrol:
    changed: Mapping[str, Any] = columns
    await patrols.change(desk.tx, desk.office.seals.content, patrol.id, **changed)
    return replace(patrol, **columns)
