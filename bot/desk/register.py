"""What an admin does with somebody of the register: find, suspend, bring back, replace, let go."""

from dataclasses import dataclass
from typing import Any

from bot.cases.errors import NotOpen
from bot.cases.register import LONGEST, phone_of
from bot.desk import menus
from bot.desk.desk import Desk
from bot.desk.rights import must_be_admin
from storage import grid, invitations, members, roster
from storage.members import Member, Post

__all__ = ["Member", "Sheet", "at_place", "bring_back", "find", "let_go", "replace", "sheet", "suspend"]

SHOWN = 20
"""Found people on one screen; whoever finds more writes a longer name."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Somebody of the register with their duties."""

    member: Member
    posts: list[Post]


async def find(desk: Desk, words: str) -> list[Member]:
    """By the beginning of the name, the last four digits of the telephone, or a place (its code or name)."""
    await must_be_admin(desk)
    place = await grid.by_code(desk.tx, words) or await desk.office.places.named(desk.tx, words)
    return await members.found(desk.tx, words[: LONGEST["name"]], [place.id] if place else [], SHOWN + 1)


async def at_place(desk: Desk, node_id: int) -> list[Member]:
    """Those with a duty at this very place."""
    await must_be_admin(desk)
    return await members.at_place(desk.tx, node_id, SHOWN)


async def sheet(desk: Desk, member_id: int) -> Sheet:
    """One of them. Raises NotYours, NotOpen."""
    await must_be_admin(desk)
    member = await members.by_id(desk.tx, member_id)
    if member is None:
        raise NotOpen
    return Sheet(member, (await members.posts_of(desk.tx, [member_id], desk.now())).get(member_id, []))


async def suspend(desk: Desk, member_id: int) -> Sheet:
    """停用: the duties rest, the line stays."""
    await _set(desk, member_id, ("active", "invited"), "suspended")
    await members.change_duties(desk.tx, member_id, suspended=True)
    await invitations.call_back(desk.tx, [member_id])
    return await _with_menu(desk, member_id)


async def bring_back(desk: Desk, member_id: int) -> Sheet:
    """恢复: as it was before; whoever never came in is to be invited."""
    found = await sheet(desk, member_id)
    await _set(desk, member_id, ("suspended",), "active" if found.member.person_id is not None else "invited")
    await members.change_duties(desk.tx, member_id, suspended=False)
    return await _with_menu(desk, member_id)


async def _with_menu(desk: Desk, member_id: int) -> Sheet:
    """The sheet; the menu under their chat follows."""
    found = await sheet(desk, member_id)
    await menus.refresh(desk, found.member.person_id)
    return found


async def let_go(desk: Desk, member_id: int) -> Sheet:
    """离岗: the duties end and are nobody's any more, the way to the person is cut; the line stays as history."""
    admin = await must_be_admin(desk)
    before = await sheet(desk, member_id)
    await _set(desk, member_id, ("active", "invited", "suspended"), "left")
    await members.change_duties(desk.tx, member_id, until=desk.now(), person_id=None)
    await members.change(desk.tx, member_id, person_id=None)
    await roster.take_all_of(desk.tx, member_id)
    await invitations.call_back(desk.tx, [member_id])
    await invitations.refuse_waiting(desk.tx, member_id, admin, desk.now())
    await menus.refresh(desk, before.member.person_id)
    return await sheet(desk, member_id)


async def replace(desk: Desk, member_id: int, name: str, phone: str) -> Sheet:
    """换人: somebody new stands in the register with the same duties, to be invited; the one before has left."""
    before = await sheet(desk, member_id)
    if before.member.state == "left" or not before.posts:
        raise NotOpen
    columns: dict[str, Any] = {
        "name": name,
        "kind": before.member.kind,
        "hours": before.member.hours,
        "shows_phone": False,
        "tags": None,
        **members.phone_columns(desk.office.seals.vault, phone_of(phone)),
    }
    (number,) = await members.add(desk.tx, [columns])
    same = ("role", "node_id", "unit_id", "rank")
    blank = {"member_id": number, "person_id": None, "suspended": False, "until": None}
    duties = [{**{column: getattr(post, column) for column in same}, **blank} for post in before.posts]
    await members.appoint(desk.tx, duties)
    await let_go(desk, member_id)
    return await sheet(desk, number)


async def _set(desk: Desk, member_id: int, before: tuple[str, ...], state: str) -> None:
    await must_be_admin(desk)
    if not await members.set_state(desk.tx, member_id, before, state):
        raise NotOpen
