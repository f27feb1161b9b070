"""What somebody is towards a case, looked up at the press: buttons, names and headers are never trusted."""

from collections import Counter
from collections.abc import Collection, Sequence

from bot.cases.actions import CENTRE, UNIT, Action, Role
from bot.cases.case import Case, Level
from bot.cases.errors import MoveNotAllowed, NotFound, NotYours, OutsideTown, Refusal, Taken
from bot.cases.flags import FLAGS, flag_refused
from bot.cases.lifecycle import MOVES, refused
from bot.cases.reach import within_reach
from bot.desk import onduty
from bot.desk.blocked import is_blocked, kept_out
from bot.desk.desk import Desk
from storage import cases, grid, people, reporters, supervisions, units
from storage.people import Duty
from storage.units import Unit

UNIT_OR_REPORTER = UNIT | {Role.REPORTER}
"""Nobody watches or judges what they reported, or what their own unit does."""

LEADER = 2
PREFERRED = (
    *(Role.DUTY, Role.RESPONDER, Role.LEADER, Role.SUPERVISOR),
    *(Role.DISTRICT_DISPATCHER, Role.TOWN_DISPATCHER, Role.GRID_MEMBER),
)
"""Of several roles the first that may do it counts."""

TO_PERSON = frozenset({Action.TRANSFER, Action.HAND_OVER, Action.SHELVE})


async def authorize(
    desk: Desk,
    actor_id: int | None,
    action: Action,
    case: Case,
    role: Role | None = None,
    to_id: int | None = None,
) -> Role:
    """The role in which `actor_id` may do this to a case now: every door asks here, and every move asks once more.

    With `role`: whether that role is theirs (the table of moves judges the rest). Raises NotFound alike for no such
    case and for whoever must not know of it, else what the rule refuses (NotYours, MoveNotAllowed, Taken ...).
    `to_id`: nothing is given to a unit or person that is complained of, and a town gives nothing away (OutsideTown).
    """
    await _must_not_reach(desk, case, action, to_id)
    if role is Role.SYSTEM:
        return role
    roles = await roles_towards(desk, case, actor_id) if actor_id is not None else frozenset[Role]()
    if not roles - {Role.ADMIN}:
        raise NotFound
    if role is not None:
        if role not in roles:
            raise NotYours(action=action)
    else:
        role = await _best(desk, case, action, actor_id, roles)
    if to_id is not None and not await reaches(desk, case, action, role, actor_id, to_id):
        raise OutsideTown
    return role


async def reaches(desk: Desk, case: Case, action: Action, role: Role, actor_id: int | None, to_id: int) -> bool:
    """Whether somebody in this role may send a case on to a unit, or give it to a person."""
    if role is not Role.TOWN_DISPATCHER or action is not Action.REASSIGN:
        return True
    unit = await units.by_id(desk.tx, to_id)
    return bool(await within(desk, case, action, role, actor_id, [unit] if unit else []))


async def within(
    desk: Desk, case: Case, action: Action, role: Role, actor_id: int | None, some: Sequence[Unit]
) -> list[Unit]:
    """The units among these to which somebody in this role may send a case on; with one that is complained of it may go
    up."""
    if role is not Role.TOWN_DISPATCHER or action is not Action.REASSIGN:
        return list(some)
    if actor_id is None:
        return []
    above = await _above(desk, case) if case.conflicted else set[int]()
    towns = [path for path in await _towns(desk, actor_id) if path is not None]
    return [
        one
        for one in some
        if one.id in above or within_reach(role, action, one.level, await _path(desk, one.node_id), towns)
    ]


async def _towns(desk: Desk, actor_id: int) -> list[str | None]:
    """The paths of the towns that somebody dispatches for."""
    duties = [one for one in await people.duties_of(desk.tx, actor_id, desk.now()) if one.role == "dispatcher"]
    centres = [await units.by_id(desk.tx, one.unit_id) for one in duties if one.unit_id is not None]
    return [await _path(desk, one.node_id) for one in centres if one is not None and one.level is not Level.DISTRICT]


async def _path(desk: Desk, node_id: int | None) -> str | None:
    path = await grid.path(desk.tx, node_id) if node_id is not None else []
    return path[-1].path if path else None


async def _above(desk: Desk, case: Case) -> set[int]:
    """The units above the one that has a case."""
    parents = {one.id: one.parent_id for one in await units.all_units(desk.tx)}
    found: set[int] = set()
    above = parents.get(case.unit_id or 0)
    while above is not None and above not in found:
        found.add(above)
        above = parents.get(above)
    return found


async def _must_not_reach(desk: Desk, case: Case, action: Action, to_id: int | None) -> None:
    if to_id is None or not case.conflicted:
        return
    if await is_blocked(desk, case, to_id) if action in TO_PERSON else to_id in await kept_out(desk, case):
        raise NotYours(action=action)


async def _best(desk: Desk, case: Case, action: Action, actor_id: int | None, roles: frozenset[Role]) -> Role:
    """The preferred of these roles that the rules let do it. Raises what they refuse."""
    row = FLAGS.get(action) or MOVES.get((case.status, action))
    if row is None:
        if action is Action.ACCEPT and case.handler_id is not None and roles & UNIT:
            raise Taken(name=await people.name_of(desk.tx, case.handler_id) or "")
        if not roles & (UNIT | CENTRE | {Role.SUPERVISOR}):
            raise NotYours(action=action)
        raise MoveNotAllowed(status=case.status, action=action)
    done = await times(desk, case) if action not in FLAGS else Counter[Action]()
    refusal: Refusal = NotYours(action=action)
    for role in (one for one in PREFERRED if one in roles and one in row.by):
        found = (
            flag_refused(case, action, role)
            if action in FLAGS
            else refused(case, action, role, desk.now(), actor_id, done)
        )
        if found is None:
            return role
        refusal = found
    raise refusal


async def times(desk: Desk, case: Case) -> Counter[Action]:
    """How often each action stands in the history."""
    known = {action.value for action in Action}
    return Counter(Action(line.action) for line in await cases.history_of(desk.tx, case.id) if line.action in known)


async def roles_towards(desk: Desk, case: Case, person_id: int) -> frozenset[Role]:
    """Every role this person has towards this case now; empty for a stranger, and for whoever is complained of."""
    roles: set[Role] = set()
    if await reporters.is_owner(desk.tx, desk.office.seals.vault, case.reporter, person_id):
        roles.add(Role.REPORTER)
    if await is_blocked(desk, case, person_id):
        return frozenset(roles)
    duties = await people.duties_of(desk.tx, person_id, desk.now())
    around = await grid.around(desk.tx, case.node_id) if duties else []
    for duty in duties:
        roles |= await _roles_of(desk, case, duty, around)
    if roles >= {Role.REPORTER, Role.GRID_MEMBER}:
        roles.add(Role.FINDER)
    if Role.SUPERVISOR in roles and (roles & UNIT_OR_REPORTER or not await _watches(desk, case, person_id)):
        roles.discard(Role.SUPERVISOR)
    return frozenset(roles)


async def _watches(desk: Desk, case: Case, person_id: int) -> bool:
    """Whether a grid member of the place judges this case: whoever holds its order, anybody where there is none."""
    order = await supervisions.of_case(desk.tx, case.id)
    return order is None or order.person_id == person_id


async def holds_order(desk: Desk, case: Case, roles: Collection[Role], person_id: int) -> bool:
    """Whether somebody with these roles holds the 监督单 of a case."""
    order = await supervisions.of_case(desk.tx, case.id) if Role.SUPERVISOR in roles else None
    return order is not None and order.person_id == person_id


async def _roles_of(desk: Desk, case: Case, duty: Duty, around: Collection[int]) -> set[Role]:
    if duty.role == "responder" and duty.unit_id is not None and duty.unit_id == case.unit_id:
        on_duty = duty.person_id in await onduty.of_unit(desk, duty.unit_id)
        if case.confidential and not on_duty and duty.person_id != case.handler_id:
            return set()
        return {
            Role.RESPONDER,
            *([Role.DUTY] if on_duty else []),
            *([Role.LEADER] if await _leads(desk, duty, duty.unit_id, on_duty=on_duty) else []),
        }
    if duty.role == "dispatcher":
        return await _dispatcher(desk, duty, around)
    if duty.role == "grid_member" and duty.node_id in around and not case.confidential:
        return {Role.GRID_MEMBER, Role.SUPERVISOR}
    return {Role.ADMIN} if duty.role == "admin" else set()


async def _leads(desk: Desk, duty: Duty, unit_id: int, *, on_duty: bool) -> bool:
    """Whether somebody decides for a unit: its leader; where none is appointed, whoever is on duty."""
    if duty.rank == LEADER or not on_duty:
        return duty.rank == LEADER
    return not any(one.rank == LEADER for one in await people.with_role(desk.tx, "responder", desk.now(), unit_id))


async def _dispatcher(desk: Desk, duty: Duty, around: Collection[int]) -> set[Role]:
    centre = await units.by_id(desk.tx, duty.unit_id) if duty.unit_id is not None else None
    if centre is None or centre.level is Level.DISTRICT:
        return {Role.DISTRICT_DISPATCHER}
    return {Role.TOWN_DISPATCHER} if centre.node_id in around else set()


async def may_see(desk: Desk, case_id: int, person_id: int) -> tuple[Case, frozenset[Role]]:
    """The case and the roles. Raises NotFound alike for no such case and for one that is not theirs to see."""
    case = await cases.by_id(desk.tx, case_id)
    roles = await roles_towards(desk, case, person_id) if case else frozenset[Role]()
    if case is None or not roles - {Role.ADMIN}:
        raise NotFound
    return case, roles


def named_admins(desk: Desk) -> set[int]:
    """Those whom the settings name."""
    return {people.fingerprint(desk.office.seals.vault, user_id) for user_id in desk.office.admins}


async def admins(desk: Desk) -> set[int]:
    """Everybody who looks after the installation: named in the settings, or appointed."""
    return named_admins(desk) | {duty.person_id for duty in await people.with_role(desk.tx, "admin", desk.now())}


async def is_admin(desk: Desk, person_id: int) -> bool:
    """Whether this person looks after the installation."""
    if person_id in named_admins(desk):
        return True
    return any(duty.role == "admin" for duty in await people.duties_of(desk.tx, person_id, desk.now()))


async def acts_as_admin(desk: Desk) -> bool:
    """Whether whoever acts looks after the installation."""
    return desk.person is not None and await is_admin(desk, desk.person.id)


async def must_be_admin(desk: Desk) -> int:
    """The number of whoever acts. Raises NotYours for anybody but an admin."""
    if desk.person is None or not await is_admin(desk, desk.person.id):
        raise NotYours
    return desk.person.id


async def is_dispatcher(desk: Desk, person_id: int) -> bool:
    """Whether this person works in a command centre."""
    return any(duty.role == "dispatcher" for duty in await people.duties_of(desk.tx, person_id, desk.now()))
