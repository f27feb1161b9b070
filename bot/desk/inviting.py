"""Invitations: made by an admin or printed, used once, approved where nobody named the person."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.cases.errors import AlreadyMember, InvitationGone, NotOpen, NotYours
from bot.cases.inviting import LINK, holds_for, mark_of, new_token
from bot.cases.register import LONGEST, NAMED_BY_ADMIN
from bot.cases.whistling import HOLDS, ROLE
from bot.desk import approving, menus
from bot.desk.desk import Desk
from bot.desk.rights import must_be_admin
from bot.outbox.letters import Kind, Lane, Letter, person
from storage import grid, invitations, members, people, units
from storage.grid import Node
from storage.invitations import Invitation
from storage.members import Member, Post
from storage.units import Unit


@dataclass(frozen=True, slots=True)
class Accepted:
    """Who came in as whom, and whether somebody must still approve it."""

    name: str
    posts: Sequence[Post]
    waits: bool


@dataclass(frozen=True, slots=True)
class Printed:
    """An invitation to be printed: the link's token, and whom it is for."""

    token: str
    name: str
    role: str
    place: str


async def invite(desk: Desk, member_id: int, pressed: str) -> Member:
    """An admin names somebody: a link for them, one use, is sent to the admin as words and picture.

    Links given out before for the same member work no more. `pressed` makes the letter of one press the same letter.
    """
    admin = await must_be_admin(desk)
    member = await members.by_id(desk.tx, member_id)
    posts = (await members.posts_of(desk.tx, [member_id], desk.now())).get(member_id, [])
    if member is None or member.state != "invited" or not posts:
        raise NotOpen
    token, until = new_token(), desk.now() + holds_for({post.role for post in posts})
    await invitations.call_back(desk.tx, [member_id])
    row = _row(desk, token, member_id, posts[0], approval=False)
    await invitations.add(desk.tx, [{**row, "made_by": admin, "expires_at": until}])
    facts = {"token": LINK + token, "member": member_id, "until": until.isoformat()}
    desk.owe(Letter(key=f"qr {pressed}", kind=Kind.QR, to=person(admin), lane=Lane.URGENT, facts=facts))
    return member


async def print_for(desk: Desk, found: Sequence[tuple[Member, Post]], told: Callable[[int], None]) -> list[Printed]:
    """Invitations for a sheet: one use, a month, and somebody responsible approves whoever comes with one."""
    printed: list[Printed] = []
    for at in range(0, len(found), members.AT_ONCE):
        page = found[at : at + members.AT_ONCE]
        await invitations.call_back(desk.tx, [member.id for member, _ in page])
        tokens = [new_token() for _ in page]
        rows = [
            _row(desk, token, member.id, post, approval=True)
            for token, (member, post) in zip(tokens, page, strict=True)
        ]
        await invitations.add(desk.tx, rows)
        printed += [
            Printed(LINK + token, member.name, post.role, await place_of(desk, post))
            for token, (member, post) in zip(tokens, page, strict=True)
        ]
        told(len(page))
    return printed


async def print_blank(desk: Desk, where: Node | Unit, role: str, count: int) -> list[Printed]:
    """Invitations without a name, for whoever a role at a place or in a unit is given to.

    The register learns of them at the end.
    """
    if isinstance(where, Unit):
        post = Post(0, 0, role, None, where.id, 0, False, None, None, None, where.code, where.name)
    else:
        post = Post(0, 0, role, where.id, None, 0, False, None, where.code, where.name, None, None)
    tokens = [new_token() for _ in range(count)]
    for at in range(0, count, members.AT_ONCE):
        page = tokens[at : at + members.AT_ONCE]
        await invitations.add(desk.tx, [_row(desk, token, None, post, approval=True) for token in page])
    place = await place_of(desk, post)
    return [Printed(LINK + token, "", role, place) for token in tokens]


async def place_of(desk: Desk, post: Post) -> str:
    """Where a duty is, as it is said: everything below the town, or the unit."""
    path = await desk.office.places.path(desk.tx, post.node_id) if post.node_id is not None else []
    return "".join(one.name for one in path[2:]) or post.place or post.unit or ""


def _row(desk: Desk, token: str, member_id: int | None, post: Post, *, approval: bool) -> dict[str, Any]:
    return {
        "mark": mark_of(token),
        "member_id": member_id,
        "role": post.role,
        "node_id": post.node_id,
        "unit_id": post.unit_id,
        "approval": approval,
        "made_by": None,
        "made_at": desk.now(),
        "expires_at": desk.now() + holds_for({post.role}),
    }


async def accept(desk: Desk, token: str, name: str) -> Accepted:
    """Whoever presses the link comes in, or waits for approval. `name` is what they are called in the channel.

    Raises AlreadyMember (the link is not used up then), and InvitationGone alike for unknown, expired and used links.
    """
    assert desk.person is not None
    if (known := await members.of_person(desk.tx, desk.person.id)) is not None:
        raise AlreadyMember(name=known.name)
    if desk.newcomers:
        await people.add(desk.tx, desk.newcomers)
        desk.newcomers.clear()
    used = await invitations.use(desk.tx, mark_of(token), desk.person.id, name, desk.now())
    if used is None:
        raise InvitationGone
    member = await members.by_id(desk.tx, used.member_id) if used.member_id is not None else None
    if used.member_id is not None and (member is None or member.state != "invited"):
        raise InvitationGone
    if used.state == "waiting":
        await _ask_approval(desk, used)
    elif member is not None:
        await _come_in(desk, member, desk.person.id)
        await invitations.refuse_waiting(desk.tx, member.id, desk.person.id, desk.now())
    return Accepted(member.name if member else name, await posts_of(desk, used), used.state == "waiting")


async def posts_of(desk: Desk, used: Invitation) -> list[Post]:
    """The duties somebody comes in for: those of the register, or the one that a card without a name carries."""
    if used.member_id is not None:
        return (await members.posts_of(desk.tx, [used.member_id], desk.now())).get(used.member_id, [])
    path = await grid.path(desk.tx, used.node_id) if used.node_id is not None else []
    unit = await units.by_id(desk.tx, used.unit_id) if used.unit_id is not None else None
    names = (path[-1].name if path else None, unit.code if unit else None, unit.name if unit else None)
    return [Post(0, 0, used.role, used.node_id, used.unit_id, 0, False, None, None, *names)]


async def _come_in(desk: Desk, member: Member, person_id: int) -> None:
    await members.change(desk.tx, member.id, person_id=person_id, state="active")
    await members.change_duties(desk.tx, member.id, person_id=person_id, suspended=False)
    await people.change(desk.tx, person_id, name=member.name)
    await menus.refresh(desk, person_id)


async def _ask_approval(desk: Desk, used: Invitation) -> None:
    found = await approving.responsible(desk, used.node_id, used.unit_id, used.used_by)
    desk.owe(
        *(
            Letter(
                key=f"approve {used.id} {one}",
                kind=Kind.APPROVAL,
                to=person(one),
                lane=Lane.URGENT,
                facts={"invitation": used.id},
            )
            for one in found
        )
    )


async def decide(desk: Desk, invitation_id: int, *, yes: bool) -> str:
    """Somebody responsible lets a newcomer in, or not. Returns their name.

    Raises NotYours, NotOpen when it is decided already.
    """
    assert desk.person is not None
    used = await invitations.by_id(desk.tx, invitation_id)
    if used is None or used.used_by is None:
        raise NotYours
    if not await approving.may_approve(desk, used.node_id, used.unit_id, desk.person.id, used.used_by):
        raise NotYours
    state = "done" if yes else "refused"
    if not await invitations.decide(desk.tx, used.id, state, desk.person.id, desk.now()):
        raise NotOpen
    member = await members.by_id(desk.tx, used.member_id or await _registered(desk, used, yes=yes))
    if yes:
        taken = await members.of_person(desk.tx, used.used_by)
        if member is None or member.state != "invited" or taken is not None or used.role in NAMED_BY_ADMIN:
            raise NotOpen
        await _come_in(desk, member, used.used_by)
    facts = {"member": member.id if member else 0, "yes": yes}
    desk.owe(Letter(key=f"decided {used.id}", kind=Kind.DECIDED, to=person(used.used_by), facts=facts))
    return member.name if member else used.name or ""


async def _registered(desk: Desk, used: Invitation, *, yes: bool) -> int:
    """Whoever came with a card without a name gets a line of the register; 0 if they were refused."""
    if not yes:
        return 0
    (number,) = await members.add(desk.tx, [{"name": (used.name or "?")[: LONGEST["name"]], "state": "invited"}])
    until = desk.now() + HOLDS if used.role == ROLE else None
    duty = {"member_id": number, "role": used.role, "node_id": used.node_id, "unit_id": used.unit_id, "until": until}
    await members.appoint(desk.tx, [duty])
    return number
