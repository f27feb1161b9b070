"""Units as admins and dispatchers look at them, and what an admin changes: of two at once one wins.

Every change takes the version of the unit that was shown: whoever pressed on an older one is told so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cases import unit_rules as rules
from bot.cases.case import Case, Level
from bot.cases.errors import ChangedMeanwhile, NotOpen, NotYours
from bot.cases.register import phone_of
from bot.desk import groups, menus, routing
from bot.desk.desk import Desk
from bot.desk.rights import is_admin, is_dispatcher, must_be_admin
from storage import cases, grid, members, roster, units
from storage.members import Member, Post
from storage.units import Unit

__all__ = ["PAGE", "Member", "Post", "Sheet", "Unit"]

PAGE = 8
"""Units on one screen."""

MOST_PEOPLE = 60
MOST_ORDERS = 100
"""So many open orders are counted; more is told as more."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody of a unit: their line in the register, their duty in it, and whether we can write to them."""

    member: Member
    post: Post
    reached: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A unit with everything around it. `orders`: open ones that are not confidential. `changes`: whether they may."""

    unit: Unit
    parent: str | None
    place: str | None
    workers: list[Worker]
    orders: list[Case]
    changes: bool


async def must_read(desk: Desk) -> bool:
    """Whether whoever acts may change units too. Raises NotYours for anybody but admins and dispatchers."""
    if desk.person is None:
        raise NotYours
    if await is_admin(desk, desk.person.id):
        return True
    if not await is_dispatcher(desk, desk.person.id):
        raise NotYours
    return False


async def by_level(desk: Desk) -> dict[Level, list[Unit]]:
    """All units, by level and then by code."""
    await must_read(desk)
    every = await units.all_units(desk.tx)
    return {level: [one for one in every if one.level is level] for level in rules.LEVELS}


async def found(desk: Desk, words: str) -> list[Unit]:
    """Units whose name or code has these words, or whose kind is called so."""
    await must_read(desk)
    kinds = {
        kind.code for kind in desk.office.catalogue.unit_kinds.values() if words in (kind.name, kind.name_en.lower())
    }
    wanted = words.casefold()
    every = await units.all_units(desk.tx)
    return [one for one in every if wanted in one.name.casefold() or wanted in one.code.casefold() or one.kind in kinds]


async def one(desk: Desk, unit_id: int) -> Unit:
    """One unit. Raises NotYours, NotOpen."""
    await must_read(desk)
    known = await units.by_id(desk.tx, unit_id)
    if known is None:
        raise NotOpen
    return known


async def sheet(desk: Desk, unit_id: int) -> Sheet:
    """A unit with everything around it."""
    unit = await one(desk, unit_id)
    parent = await units.by_id(desk.tx, unit.parent_id) if unit.parent_id is not None else None
    path = await desk.office.places.path(desk.tx, unit.node_id) if unit.node_id is not None else []
    place = "".join(node.name for node in path) or None
    orders = [case for case in await cases.open_of_unit(desk.tx, unit.id, 0, MOST_ORDERS) if not case.confidential]
    changes = await must_read(desk)
    return Sheet(unit, parent.name if parent else None, place, await workers(desk, unit), orders, changes)


async def workers(desk: Desk, unit: Unit) -> list[Worker]:
    """The people of a unit, the one on duty first."""
    states = ("invited", "active", "suspended")
    roles = {rules.role_in(unit.kind)}
    listed = await members.for_unit(desk.tx, unit.id, roles, states, desk.now(), MOST_PEOPLE)
    reached = await routing.reachable(desk, [one.person_id for one, _ in listed if one.person_id is not None])
    return [Worker(one, post, one.person_id in reached) for one, post in listed]


async def worker(desk: Desk, unit_id: int, duty_id: int) -> Worker:
    """One of them. Raises NotOpen if they left meanwhile."""
    here = await workers(desk, await one(desk, unit_id))
    return next((each for each in here if each.post.id == duty_id), None) or _gone()


def _gone() -> Worker:
    raise NotOpen


async def may_be_above(desk: Desk, unit: Unit) -> list[Unit]:
    """The units that may be the parent of this one."""
    every = await units.all_units(desk.tx)
    return _possible(every, unit.id, unit.level)


async def above_new(desk: Desk, level: Level) -> list[Unit]:
    """The units that may be the parent of a new one of this level."""
    return _possible(await units.all_units(desk.tx), 0, level)


def _possible(every: Sequence[Unit], unit_id: int, level: Level) -> list[Unit]:
    above = {one.id: one.parent_id for one in every}
    return [one for one in every if rules.may_stand_above(unit_id, level, one.id, one.level, above)]


async def rename(desk: Desk, unit_id: int, version: int, name: str) -> None:
    """Another name. Raises NotYours, ChangedMeanwhile."""
    await _change(desk, unit_id, version, name=name)


async def set_parent(desk: Desk, unit_id: int, version: int, parent_id: int | None) -> None:
    """Another unit above it, or none. Raises NotOpen for one that may not be."""
    unit = await one(desk, unit_id)
    if parent_id is not None and parent_id not in {each.id for each in await may_be_above(desk, unit)}:
        raise NotOpen
    await _change(desk, unit_id, version, parent_id=parent_id)


async def set_place(desk: Desk, unit_id: int, version: int, node_id: int | None) -> None:
    """Another place, or none: then it is for everywhere."""
    if node_id is not None and await grid.by_id(desk.tx, node_id) is None:
        raise NotOpen
    await _change(desk, unit_id, version, node_id=node_id)


async def take_all(desk: Desk, unit_id: int, version: int) -> None:
    """It receives whatever fits its kind and level."""
    await _change(desk, unit_id, version, matters=None)


async def set_matters(desk: Desk, unit_id: int, version: int, some: Sequence[str], *, on: bool) -> None:
    """Put matters on its list or take them off."""
    unit = await one(desk, unit_id)
    listed = rules.with_matters(unit.matters, desk.office.catalogue.matters, some, on=on)
    await _change(desk, unit_id, version, matters=listed)


async def unbind(desk: Desk, unit_id: int, version: int) -> None:
    """Its group is no longer its own; its open orders are shown to its people privately."""
    await must_be_admin(desk)
    unit = await one(desk, unit_id)
    if unit.chat_id is None:
        raise NotOpen
    await _change(desk, unit_id, version)
    await groups.unbind(desk, unit)


async def add(
    desk: Desk, name: str, code: str | None, kind: str, level: Level, parent_id: int | None, node_id: int | None
) -> Unit:
    """A new unit; without a code it gets one. Raises NotOpen for a parent or place that may not be, or a known code."""
    await must_be_admin(desk)
    every = await units.all_units(desk.tx)
    fits = parent_id is None or parent_id in {each.id for each in await above_new(desk, level)}
    there = node_id is None or await grid.by_id(desk.tx, node_id) is not None
    known = {each.code for each in every}
    if not fits or not there or kind not in kinds(desk) or code in known:
        raise NotOpen
    row = {"name": name, "kind": kind, "level": level.value, "parent_id": parent_id, "node_id": node_id}
    unit_id = await units.add(desk.tx, {"code": code or rules.fresh_code(kind, known), **row})
    return await one(desk, unit_id)


def kinds(desk: Desk) -> list[str]:
    """What a unit can be: a command centre, or a kind of the catalogue."""
    return [rules.CENTRE, *(code for code in desk.office.catalogue.unit_kinds if code != "center")]


async def is_known(desk: Desk, code: str) -> bool:
    """Whether a unit has this code."""
    return await units.by_code(desk.tx, code) is not None


async def candidates(desk: Desk, words: str, most: int) -> list[Member]:
    """People of the register who are meant by a name or the end of a telephone."""
    await must_be_admin(desk)
    return await members.found(desk.tx, words, [], most + 1)


async def move_in(desk: Desk, unit_id: int, version: int, member_id: int) -> Worker:
    """Somebody of the register works in the unit from now on, as a deputy at first: on duty is a decision of its own.

    Who becomes a dispatcher is named by another admin, so nobody puts themselves into a centre.
    """
    await must_be_admin(desk)
    unit, member = await one(desk, unit_id), await members.by_id(desk.tx, member_id)
    if member is None or member.state == "left":
        raise NotOpen
    if any(each.member.id == member_id for each in await workers(desk, unit)):
        raise NotOpen
    if unit.kind == rules.CENTRE and desk.person is not None and member.person_id == desk.person.id:
        raise NotYours
    await _change(desk, unit_id, version)
    duty = {"member_id": member.id, "role": rules.role_in(unit.kind), "unit_id": unit.id, "node_id": None, "rank": 1}
    own = {"person_id": member.person_id, "suspended": member.state == "suspended", "until": None}
    await members.appoint(desk.tx, [{**duty, **own}])
    await menus.refresh(desk, member.person_id)
    return next(each for each in await workers(desk, unit) if each.member.id == member_id)


async def phone_is_known(desk: Desk, phone: str) -> bool:
    """Whether somebody of the register has this telephone."""
    await must_be_admin(desk)
    mark = members.phone_mark(desk.office.seals.vault, phone_of(phone))
    return await members.has_phone(desk.tx, mark)


async def register(desk: Desk, unit_id: int, version: int, name: str, phone: str) -> Worker:
    """Somebody new stands in the register and in the unit; they are invited next. Raises NotOpen for a known phone."""
    if await phone_is_known(desk, phone):
        raise NotOpen
    columns = members.phone_columns(desk.office.seals.vault, phone_of(phone))
    (number,) = await members.add(desk.tx, [{"name": name, **columns}])
    return await move_in(desk, unit_id, version, number)


async def set_rank(desk: Desk, unit_id: int, duty_id: int, before: int, rank: int) -> Worker:
    """值班, 副职 or 负责人. `before` is the rank that was shown. Raises ChangedMeanwhile."""
    await must_be_admin(desk)
    await worker(desk, unit_id, duty_id)
    if not await members.set_rank(desk.tx, duty_id, before, rank, desk.now()):
        raise ChangedMeanwhile
    return await worker(desk, unit_id, duty_id)


async def move_out(desk: Desk, unit_id: int, duty_id: int) -> str:
    """Somebody works in the unit no more; they stay in the register. Returns their name."""
    await must_be_admin(desk)
    left = await worker(desk, unit_id, duty_id)
    if not await members.end_duty(desk.tx, duty_id):
        raise NotOpen
    await roster.take_all_of(desk.tx, left.member.id, unit_id)
    await menus.refresh(desk, left.member.person_id)
    return left.member.name


async def _change(desk: Desk, unit_id: int, version: int, **columns: object) -> None:
    await must_be_admin(desk)
    if not await units.change(desk.tx, unit_id, version, **columns):
        raise ChangedMeanwhile
