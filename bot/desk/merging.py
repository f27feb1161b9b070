"""并案: several reports of one matter are dealt with as one. All who reported hear of the parent and rate it."""

from dataclasses import dataclass, replace

from bot.cases.actions import CENTRE, Action, Role
from bot.cases.case import Case, Level, Status
from bot.cases.errors import CannotMerge, NotFound
from bot.cases.grading import COLOURS
from bot.cases.nearby import alike
from bot.desk import dealing, routing, showing
from bot.desk.desk import Desk
from bot.desk.moves import act, promise
from bot.desk.rights import may_see
from bot.desk.spots import nearest, places_around
from storage import cases, joining, reporters

MOST_SHOWN = 4
TAKES_IN = frozenset(Status) - {
    Status.DRAFT,
    Status.REFERRED,
    Status.REJECTED,
    Status.MERGED,
    Status.FEEDBACK,
    Status.CLOSED,
    Status.ARCHIVED,
    Status.WITHDRAWN,
}
"""A case of these takes others in: somebody still works on it."""

TOOK_IN, LET_OUT = "took_in", "let_out"
"""Lines of the parent's history."""


@dataclass(frozen=True, slots=True)
class Alike:
    """An open case that may be the same, and how many metres away (rounded up)."""

    case: Case
    metres: int | None


async def alike_to(desk: Desk, case: Case) -> list[Alike]:
    """Open cases nearby of the same kind and as secret, the likeliest first."""

    async def fits(one: Case) -> bool:
        return one.status in TAKES_IN and alike(one, case)

    places = await places_around(desk, case.node_id)
    return [Alike(*one) for one in await nearest(desk, case, case.matter, places, MOST_SHOWN, fits)]


async def merge_by_number(desk: Desk, case_id: int, words: str, _about: str) -> Case:
    """The same with the number that people read aloud."""
    parent = await cases.by_number(desk.tx, words.strip())
    if parent is None:
        raise CannotMerge(what="no_case")
    return await merge(desk, case_id, parent.id)


async def merge(desk: Desk, case_id: int, parent_id: int) -> Case:
    """Make a case part of another. Raises CannotMerge with the reason."""
    case, role = await dealing.case_for(desk, case_id, Action.MERGE)
    parent = await _parent(desk, case, role, parent_id)
    after = await act(
        desk,
        case,
        Action.MERGE,
        role,
        actor_id=dealing.who_acts(desk),
        note=parent.number,
        also=lambda one: replace(one, parent_id=parent.id),
    )
    came = await _bring_in(desk, case, parent)
    grown = await _counted(desk, parent, came, TOOK_IN, case.number)
    await promise(desk, grown)
    await showing.refresh_cards(desk, grown)
    await _tell_unit(desk, case, grown)
    return after


async def number_of_parent(desk: Desk, case: Case) -> str:
    """The number of the case that this one is merged into."""
    parent = await cases.by_id(desk.tx, case.parent_id) if case.parent_id is not None else None
    return parent.number if parent else ""


async def _parent(desk: Desk, case: Case, role: Role, parent_id: int) -> Case:
    try:
        parent, roles = await may_see(desk, parent_id, dealing.who_acts(desk))
    except NotFound:
        raise CannotMerge(what="no_case") from None
    if not roles & CENTRE:
        raise CannotMerge(what="no_case")
    if role is Role.TOWN_DISPATCHER and parent.level is Level.DISTRICT:
        raise CannotMerge(what="above")
    what = await _obstacle(desk, case, parent)
    if what:
        raise CannotMerge(what=what)
    return parent


async def _obstacle(desk: Desk, case: Case, parent: Case) -> str:
    """Why they stay two; empty if they may be one."""
    if parent.id == case.id:
        return "itself"
    if parent.status is Status.MERGED:
        return "merged"
    if parent.status not in TAKES_IN:
        return "over"
    if case.confidential is not parent.confidential:
        return "secret"
    if COLOURS.index(case.colour) > COLOURS.index(parent.colour):
        return "graver"
    return "has_children" if await joining.children_of(desk.tx, case.id) else ""


async def _bring_in(desk: Desk, case: Case, parent: Case) -> int:
    """Whoever reported or joined the child joins the parent, each person once. Returns how many came."""
    refs = (parent.reporter, *await joining.refs_of(desk.tx, parent.id))
    there = {await reporters.owner_of(desk.tx, ref) for ref in refs}
    came = await joining.bring(desk.tx, case.id, parent.id)
    owner = await reporters.owner_of(desk.tx, case.reporter)
    if owner is not None and owner not in there:
        await joining.add(desk.tx, case.reporter, parent.id, desk.now(), came_with=case.id)
        came += 1
    return came


async def _counted(desk: Desk, parent: Case, more: int, what: str, number: str) -> Case:
    """The parent with so many more who wait for it, and a line of its history."""
    after = replace(parent, joined=parent.joined + more, version=parent.version + 1)
    if not await cases.change(desk.tx, parent, after):
        raise CannotMerge(what="over")
    line = {"case_id": parent.id, "at": desk.now(), "action": what, "role": Role.DISTRICT_DISPATCHER.value}
    by = desk.person.id if desk.person else None
    await cases.record(desk.tx, [{**line, "person_id": by, "unit_id": parent.unit_id, "note": number}])
    return after


async def _tell_unit(desk: Desk, case: Case, parent: Case) -> None:
    """Who deals with the parent reads what the other one said and sees its pictures."""
    for to in await routing.unit_addresses(desk, parent):
        await showing.owe_said(desk, parent, to, "joiner", f"merged {case.id}", case.text)
        await showing.owe_files(desk, case, to, "report")


async def split(desk: Desk, case_id: int) -> Case:
    """拆出: a case of its own again, back in triage; those who came with it go with it."""
    case, role = await dealing.case_for(desk, case_id, Action.SPLIT)
    return await _let_out(desk, case, role, dealing.who_acts(desk))


async def _let_out(desk: Desk, case: Case, role: Role, by: int | None) -> Case:
    parent = await cases.by_id(desk.tx, case.parent_id) if case.parent_id is not None else None
    gone = await joining.take_back(desk.tx, case.id, case.reporter)
    after = await act(desk, case, Action.SPLIT, role, actor_id=by)
    if parent is not None:
        less = await _counted(desk, parent, -gone, LET_OUT, case.number)
        await showing.refresh_cards(desk, less)
    return after


async def let_children_out(desk: Desk, parent: Case) -> None:
    """The parent is not dealt with after all: each child is looked at by itself, none ends with it."""
    for number in await joining.children_of(desk.tx, parent.id):
        child = await cases.by_id(desk.tx, number)
        if child is not None:
            await _let_out(desk, child, Role.SYSTEM, None)


async def archive_children(desk: Desk, parent: Case) -> None:
    """A month after the end of the parent its children are archived with it."""
    for number in await joining.children_of(desk.tx, parent.id):
        child = await cases.by_id(desk.tx, number)
        if child is not None:
            await act(desk, child, Action.ARCHIVE, Role.SYSTEM, tell=False)
