"""Where a case goes and who must hear of it: units, duty people, dispatchers, supervisors."""

from collections.abc import Sequence
from dataclasses import replace

from bot.cases.actions import CENTRE, UNIT
from bot.cases.case import FROM_ABOVE, Case, Colour, Level
from bot.cases.marks import ABOVE
from bot.cases.matter import Matter
from bot.cases.secrecy import is_secret, secrets_in
from bot.desk import onduty
from bot.desk.blocked import kept_out, not_blocked
from bot.desk.desk import Desk
from bot.desk.rights import roles_towards
from bot.outbox.letters import Lane, person, reporter, unit
from storage import cases, grid, joining, people, reporters, supervisions, units
from storage.units import Unit


def accepts(candidate: Unit, code: str) -> bool:
    """Whether a matter is on the unit's list (None: everything)."""
    return candidate.matters is None or code in candidate.matters or code[:3] in candidate.matters


def secret_matters(desk: Desk, case: Case, matter: Matter) -> tuple[Matter, ...]:
    """What a confidential case is about: its matter, or what its words tell under a matter that is none of a secret.

    Of a red one its own matter too, for life comes first.
    """
    if is_secret(matter):
        return (matter,)
    wide = matter is desk.office.catalogue.other
    told = secrets_in(desk.office.catalogue, f"{case.text}\n{case.place}", wide=wide)
    own = (matter,) if case.colour is Colour.RED or not told else ()
    return (*own, *told)


async def units_of(desk: Desk, case: Case, matters: Sequence[Matter]) -> list[Unit]:
    """The units of the very kinds that these matters are for, near the place of a case."""
    around = await grid.around(desk.tx, case.node_id)
    near = [one for one in await units.all_units(desk.tx) if one.node_id is None or one.node_id in around]
    found = [
        max(
            (one for one in near if one.kind == matter.lead and one.kind != "centre" and accepts(one, matter.code)),
            key=lambda one: around.index(one.node_id) if one.node_id in around else -1,
            default=None,
        )
        for matter in matters
    ]
    return list({one.id: one for one in found if one is not None}.values())


async def own_units(desk: Desk, case: Case, matter: Matter) -> list[Unit]:
    """The units that a confidential case is for. No other is ever told by itself."""
    out = await kept_out(desk, case)
    return [one for one in await units_of(desk, case, secret_matters(desk, case, matter)) if one.id not in out]


async def suggested_unit(desk: Desk, case: Case, matter: Matter) -> Unit | None:
    """The unit this should go to: of the matter's kind, nearest above the place; a community for 三级 where it may.

    A confidential case is for a unit of its own kind, or for the dispatchers alone.
    Instead of one that is complained of, or answers to such a one, the first above it that is neither.
    """
    if case.secret:
        first = next(iter(await units_of(desk, case, secret_matters(desk, case, matter))), None)
        return await _free_of_conflict(desk, case, first)
    around = await grid.around(desk.tx, case.node_id)
    fitting = [one for one in await units.all_units(desk.tx) if one.kind != "centre" and accepts(one, case.matter)]
    near = [one for one in fitting if one.node_id is None or one.node_id in around]
    wanted = [one for one in near if one.kind == matter.lead]
    if not wanted and case.level is Level.COMMUNITY:
        wanted = [one for one in near if one.kind == "community"]
    if not wanted:
        wanted = [one for one in near if one.level is case.level] or [
            one for one in near if one.level is Level.DISTRICT
        ]
    found = max(wanted, key=lambda one: around.index(one.node_id) if one.node_id in around else -1, default=None)
    return await _free_of_conflict(desk, case, found)


async def _free_of_conflict(desk: Desk, case: Case, unit: Unit | None) -> Unit | None:
    """The unit itself, or the first above it that may have the case; None if that is nobody."""
    out = await kept_out(desk, case)
    while unit is not None and (unit.id in out or unit.kind == "centre"):
        unit = await units.by_id(desk.tx, unit.parent_id) if unit.parent_id is not None else None
    return unit


async def likely_units(desk: Desk, case: Case, matter: Matter) -> list[Unit]:
    """Whose people on duty hear of a red or confidential case before anybody has sent it."""
    if case.secret:
        return await own_units(desk, case, matter)
    found = await suggested_unit(desk, case, matter)
    return [found] if found is not None else []


async def department_addresses(desk: Desk, case: Case, matter: Matter) -> list[str]:
    """Where the district's department hears at once of a red or yellow case that another has; a secret stays here.

    A department that the report names hears nothing: it may be the one that is complained of.
    """
    if case.colour is Colour.NONE or case.confidential:
        return []
    department = await suggested_unit(desk, replace(case, level=Level.DISTRICT), matter)
    if department is None or department.level is not Level.DISTRICT or department.id == case.unit_id:
        return []
    if department.name in case.text:
        return []
    return [unit(department.id)] if department.chat_id is not None else await privately(desk, department.id)


async def unit_above(desk: Desk, case: Case) -> Unit | None:
    """The unit above the one that has a case, else the one that would get it if it were of the level above."""
    has = await units.by_id(desk.tx, case.unit_id) if case.unit_id is not None else None
    parent = await units.by_id(desk.tx, has.parent_id) if has and has.parent_id is not None else None
    if (free := await _free_of_conflict(desk, case, parent)) is not None:
        return free
    matter = desk.office.catalogue.of(case.matter)
    found = await suggested_unit(desk, replace(case, level=ABOVE[case.level]), matter)
    return found if found is not None and found.id != case.unit_id else None


async def thanked_unit(desk: Desk, case: Case) -> Unit | None:
    """Whom a thank-you is for: the unit that its words name, else the community of the place."""
    answers = await cases.answers_of(desk.tx, case.id)
    said = " ".join([case.text, *map(str, answers.values())])
    found = [one for one in await units.all_units(desk.tx) if one.kind != "centre"]
    if named := [one for one in found if one.name in said]:
        return max(named, key=lambda one: len(one.name))
    around = await grid.around(desk.tx, case.node_id)
    return next((one for one in found if one.kind == "community" and one.node_id in around), None)


async def automatic_unit(desk: Desk, case: Case, matter: Matter) -> Unit | None:
    """The unit a plain 三级 case goes to at once: no colour, not confidential, place known, matter on its list.

    What somebody above asks for is looked at by a dispatcher first.
    """
    plain = case.level is Level.COMMUNITY and case.colour is Colour.NONE and not case.confidential
    plain = plain and case.source not in FROM_ABOVE
    if not (plain and desk.office.chosen.automatic(matter) and case.node_id):
        return None
    found = await suggested_unit(desk, case, matter)
    return found if found and found.level is Level.COMMUNITY else None


async def dispatchers(desk: Desk, case: Case) -> list[str]:
    """Addresses of the centre: its group, or each dispatcher privately if the case is confidential or there is none."""
    centres = [one for one in await units.all_units(desk.tx) if one.kind == "centre"]
    if not case.confidential and (bound := [one for one in centres if one.chat_id is not None]):
        return [unit(one.id) for one in bound]
    on_duty = await people.with_role(desk.tx, "dispatcher", desk.now())
    ids = dict.fromkeys(duty.person_id for duty in on_duty)
    return [person(who) for who in ids if not case.confidential or await is_of_centre(desk, case, who)]


async def privately_at_centre(desk: Desk, case: Case) -> list[str]:
    """The dispatchers, each privately, of a case that groups read too."""
    return await dispatchers(desk, replace(case, sealed=True))


async def private_dispatchers(desk: Desk, case: Case) -> list[int]:
    """The dispatchers for a case, one by one, none of them of its unit."""
    on_duty = await people.with_role(desk.tx, "dispatcher", desk.now())
    ids = dict.fromkeys(duty.person_id for duty in on_duty)
    return [who for who in ids if await is_of_centre(desk, case, who)]


async def is_of_centre(desk: Desk, case: Case, person_id: int) -> bool:
    """Whether somebody is a dispatcher for this case, and not of its unit besides."""
    roles = await roles_towards(desk, case, person_id)
    return bool(roles & CENTRE) and not roles & UNIT


async def may_hear(desk: Desk, case: Case, to: str) -> bool:
    """Whether sound and film may go to an address: of a sealed report only to a dispatcher, privately."""
    kind, _, number = to.partition(":")
    return not case.confidential or (kind == "person" and await is_of_centre(desk, case, int(number)))


async def of_unit(desk: Desk, unit_id: int, *ranks: int) -> list[int]:
    """People of a unit by rank (0 duty, 1 deputy, 2 leader), all of them without ranks.

    Who is on duty now is said by the plan of the unit, if it has one.
    """
    if ranks == (onduty.DUTY,):
        return await onduty.of_unit(desk, unit_id)
    duties = await people.with_role(desk.tx, "responder", desk.now(), unit_id)
    return list(dict.fromkeys(duty.person_id for duty in duties if not ranks or duty.rank in ranks))


async def reachable(desk: Desk, ids: list[int]) -> list[int]:
    """Those of them whom we can write to."""
    known = await people.known(desk.tx, ids) if ids else {}
    return [one for one in ids if one in known and known[one].reachable]


async def supervisors(desk: Desk, case: Case) -> list[int]:
    """Grid members of the place, the nearest first, who can be reached; nobody for a confidential case.

    None of its unit, none who handled it, and none who reported or joined it.
    """
    if case.confidential or case.node_id is None:
        return []
    around = await grid.around(desk.tx, case.node_id)
    found = await people.of_node(desk.tx, around, "grid_member", desk.now())
    if not found:
        return []
    found.sort(key=lambda duty: around.index(duty.node_id) if duty.node_id in around else -1, reverse=True)
    own = {case.closer_id, case.handler_id, *(await of_unit(desk, case.unit_id) if case.unit_id is not None else [])}
    ids = [one for one in dict.fromkeys(duty.person_id for duty in found) if one not in own]
    return [one for one in await reachable(desk, ids) if not await _waits(desk, case, one)]


async def _waits(desk: Desk, case: Case, person_id: int) -> bool:
    """Whether somebody reported or joined a case."""
    vault = desk.office.seals.vault
    if await reporters.is_owner(desk.tx, vault, case.reporter, person_id):
        return True
    return (
        bool(case.joined) and await joining.ref_of(desk.tx, case.id, reporters.owner_mark(vault, person_id)) is not None
    )


async def verifiers(desk: Desk, case: Case) -> list[str]:
    """Who is asked for the verdict: whoever holds the order to watch it, without one the dispatchers."""
    order = await supervisions.of_case(desk.tx, case.id)
    return [person(order.person_id)] if order else await dispatchers(desk, case)


def lane(case: Case) -> Lane:
    """Red and yellow go first."""
    return Lane.NORMAL if case.colour is Colour.NONE else Lane.URGENT


async def at_unit(desk: Desk, case: Case) -> list[str]:
    """Where the unit of a case hears of it: its group, or privately (a confidential case: only the one on duty)."""
    if case.unit_id is None or case.unit_id in await kept_out(desk, case):
        return []
    found = await units.by_id(desk.tx, case.unit_id)
    if found and found.chat_id is not None and not case.confidential:
        return [unit(found.id)]
    return await on_duty(desk, case) if case.confidential else await _without_group(desk, case, case.unit_id)


async def _without_group(desk: Desk, case: Case, unit_id: int) -> list[str]:
    """Whoever is on duty by the plan and whoever has the case; without a plan everybody of the unit."""
    if await onduty.plan_of(desk, unit_id) is None:
        return await privately(desk, unit_id)
    ids = [*await onduty.of_unit(desk, unit_id), *([case.handler_id] if case.handler_id is not None else [])]
    return [person(one) for one in await reachable(desk, list(dict.fromkeys(ids)))] or await privately(desk, unit_id)


async def on_duty(desk: Desk, case: Case) -> list[str]:
    """The duty people of the unit of a case who can be reached; none of those who are complained of."""
    return await duty_of(desk, case, case.unit_id) if case.unit_id is not None else []


async def duty_of(desk: Desk, case: Case, unit_id: int) -> list[str]:
    """The same of another unit, which may get the case."""
    ids = await not_blocked(desk, case, await of_unit(desk, unit_id, onduty.DUTY))
    return [person(one) for one in await reachable(desk, ids)]


async def privately(desk: Desk, unit_id: int, *ranks: int) -> list[str]:
    """The private chats of a unit's people by rank, of those who can be reached."""
    return [person(one) for one in await reachable(desk, await of_unit(desk, unit_id, *ranks))]


async def hearers(desk: Desk, case: Case) -> list[str]:
    """The addresses of whoever reported a case and of all who joined it."""
    joined = await joining.refs_of(desk.tx, case.id) if case.joined else []
    return [reporter(ref) for ref in (case.reporter, *joined)]


async def unit_addresses(desk: Desk, case: Case) -> list[str]:
    """Where the unit of a case hears of it; where nobody of it can be reached, the dispatchers."""
    if case.unit_id is None:
        return []
    return await at_unit(desk, case) or await dispatchers(desk, case)


async def parent_addresses(desk: Desk, case: Case) -> list[str]:
    """Who is above the unit of a case: leader, else duty people of the parent unit, else the dispatchers."""
    found = await units.by_id(desk.tx, case.unit_id) if case.unit_id is not None else None
    parent = await units.by_id(desk.tx, found.parent_id) if found and found.parent_id is not None else None
    if parent is None or parent.kind == "centre" or case.confidential:
        return await dispatchers(desk, case)
    leaders = await privately(desk, parent.id, 2) or await privately(desk, parent.id)
    return leaders or await dispatchers(desk, case)
