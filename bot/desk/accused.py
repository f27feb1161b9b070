"""Whom a report complains of: seen in its words when it comes in, and shown to the dispatchers."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cases.actions import Action, Role
from bot.cases.case import Case
from bot.cases.conflicts import Named, accuses, complained_of, is_automatic
from bot.cases.draft import Draft
from bot.desk import flagging, routing
from bot.desk.alarms import alarm
from bot.desk.desk import Desk
from storage import conflicts, units
from storage.conflicts import Conflict


@dataclass(frozen=True, slots=True)
class Known:
    """A conflict of a case with the name of whom it is about."""

    conflict: Conflict
    name: str


async def named_by(desk: Desk, case: Case, draft: Draft) -> list[Named]:
    """Units and people of the register whom a new report complains of by name, in its words or its answers."""
    return await _named(desk, case, "\n".join([case.text, *map(str, draft.answers.values())]))


async def named_anew(desk: Desk, case: Case) -> list[Named]:
    """Those whom the words of a case name since they were corrected, and nobody has been told of yet."""
    known = {(one.unit_id, one.member_id) for one in await conflicts.of_case(desk.tx, case.id)}
    return [one for one in await _named(desk, case, case.text) if (one.unit_id, one.member_id) not in known]


async def is_open(desk: Desk, case: Case) -> bool:
    """Whether a dispatcher has to say first if somebody is complained of: until then it goes nowhere by itself."""
    return any(one.state == "suggested" for one in await conflicts.of_case(desk.tx, case.id))


async def _named(desk: Desk, case: Case, said: str) -> list[Named]:
    always = is_automatic(case.matter)
    if not always and not accuses(said):
        return []
    found = [Named(one.id, None, None, one.name) for one in await units.all_units(desk.tx) if one.name in said]
    found += [Named(None, *row) for row in await conflicts.people_named(desk.tx, said)]
    meant = complained_of(said, {one.name for one in found}, always=always)
    return [one for one in found if one.name in meant]


async def at_once(desk: Desk, named: Sequence[Named], matter: str) -> list[Named]:
    """Those who are blocked without a dispatcher: all, in matters of conduct; else the centre and its people."""
    return [one for one in named if is_automatic(matter) or await _of_centre(desk, one)]


async def _of_centre(desk: Desk, one: Named) -> bool:
    if one.unit_id is not None:
        known = await units.by_id(desk.tx, one.unit_id)
        return known is not None and known.kind == "centre"
    return await conflicts.is_dispatcher(desk.tx, one.member_id or 0, desk.now())


async def keep(desk: Desk, case: Case, named: Sequence[Named]) -> None:
    """Write down whom a new report names: who is blocked at once, and who is only suggested to the dispatchers."""
    blocked = await at_once(desk, named, case.matter)
    rows = [
        {
            "case_id": case.id,
            "unit_id": one.unit_id,
            "member_id": one.member_id,
            "person_id": one.person_id,
            "state": "set" if one in blocked else "suggested",
            "by_id": None,
            "at": desk.now(),
        }
        for one in named
    ]
    await conflicts.add(desk.tx, rows)
    if blocked:
        names = desk.texts(desk.office.language).listed([one.name for one in blocked])
        await flagging.note(desk, case, Action.BLOCK, Role.SYSTEM, names)
        await tell_if_nobody(desk, case)


async def of_case(desk: Desk, case: Case) -> list[Known]:
    """Who is blocked, and who may have to be."""
    found = [one for one in await conflicts.of_case(desk.tx, case.id) if one.state in conflicts.HOLD]
    names = await conflicts.names(desk.tx, found) if found else {}
    return [Known(one, names[one.id]) for one in found]


async def tell_if_nobody(desk: Desk, case: Case) -> None:
    """The admins hear when everybody who could decide about a case is complained of in it."""
    if case.conflicted and not await routing.dispatchers(desk, case):
        await alarm(desk, f"no dispatcher {case.id}", "no_dispatcher", case.id, number=case.number)
