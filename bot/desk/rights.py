"""What somebody is towards a case, looked up at the press: buttons, names and headers are never trusted."""

from collections.abc import Collection

from bot.cases.actions import UNIT, Role
from bot.cases.case import Case, Level
from bot.cases.errors import NotFound, NotYours
from bot.desk.desk import Desk
from storage import cases, grid, people, reporters, supervisions, units
from storage.people import Duty

UNIT_OR_REPORTER = UNIT | {Role.REPORTER}
"""Nobody watches or judges what they reported, or what their own unit does."""

RANK_ROLES = {0: Role.DUTY, 2: Role.LEADER}


async def roles_towards(desk: Desk, case: Case, person_id: int) -> frozenset[Role]:
    """Every role this person has towards this case now; empty for a stranger."""
    roles: set[Role] = set()
    if await reporters.is_owner(desk.tx, desk.office.seals.vault, case.reporter, person_id):
        roles.add(Role.REPORTER)
    duties = await people.duties_of(desk.tx, person_id, desk.now())
    around = await grid.around(desk.tx, case.node_id) if duties else []
    for duty in duties:
        roles |= await _roles_of(desk, case, duty, around)
    if Role.SUPERVISOR in roles and (roles & UNIT_OR_REPORTER or not await _watches(desk, case, person_id)):
        roles.discard(Role.SUPERVISOR)
    return frozenset(roles)


async def _watches(desk: Desk, case: Case, person_id: int) -> bool:
    """Whether a grid member of the place judges this case: whoever holds its order, anybody where there is none."""
    order = await supervisions.of_case(desk.tx, case.id)
    return order is None or order.person_id == person_id


async def _roles_of(desk: Desk, case: Case, duty: Duty, around: Collection[int]) -> set[Role]:
    if duty.role == "responder" and duty.unit_id is not None and duty.unit_id == case.unit_id:
        if case.confidential and duty.rank != 0 and duty.person_id != case.handler_id:
            return set()
        return {Role.RESPONDER} | ({RANK_ROLES[duty.rank]} if duty.rank in RANK_ROLES else set())
    if duty.role == "dispatcher":
        return await _dispatcher(desk, duty, around)
    if duty.role == "grid_member" and duty.node_id in around and not case.confidential:
        return {Role.GRID_MEMBER, Role.SUPERVISOR}
    return {Role.ADMIN} if duty.role == "admin" else set()


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


def _named_admins(desk: Desk) -> set[int]:
    return {people.fingerprint(desk.office.seals.vault, user_id) for user_id in desk.office.admins}


async def admins(desk: Desk) -> set[int]:
    """Everybody who looks after the installation: named in the settings, or appointed."""
    return _named_admins(desk) | {duty.person_id for duty in await people.with_role(desk.tx, "admin", desk.now())}


async def is_admin(desk: Desk, person_id: int) -> bool:
    """Whether this person looks after the installation."""
    if person_id in _named_admins(desk):
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
