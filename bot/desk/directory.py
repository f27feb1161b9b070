"""我的网格员: who is responsible for a place, the public directory, and the card that proves who is at the door."""

from dataclasses import dataclass
from datetime import datetime

from bot.cases.errors import NotOpen, NotYours
from bot.cases.inviting import ON_SHOW, STAFF_LINK, mark_of, new_token
from bot.cases.register import OF_PLACE
from bot.desk.desk import Desk
from bot.desk.resettling import place_now
from bot.outbox.letters import Kind, Lane, Letter, person
from storage import cases, directory, invitations, members, people
from storage.directory import Responsible
from storage.grid import Node
from storage.members import Member, Post

FOR_RESIDENTS = OF_PLACE - {"whistleblower"}
SHOWN = 6
"""So many are named for one building: its own people first, then those of the places above."""

PAGE = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """Who is responsible at a place, and the names of the places their duties are for."""

    place: Node
    people: list[Responsible]
    named: dict[int, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A staff card as a resident sees it."""

    member: Member
    posts: list[Post]
    until: datetime | None


async def place_of_mine(desk: Desk, draft_node: int | None) -> int | None:
    """Where whoever acts seems to live: the place of the draft, else of their newest report."""
    if draft_node is not None or desk.person is None:
        return await place_now(desk, draft_node, (None, None), "") if draft_node is not None else None
    newest = await cases.newest_reported(desk.tx, desk.own_mark())
    if newest is None or newest.node_id is None:
        return None
    return await place_now(desk, newest.node_id, (newest.latitude, newest.longitude), newest.place)


async def place(desk: Desk, node_id: int) -> Node:
    """A place that is valid now. Raises NotOpen."""
    path = await desk.office.places.valid(desk.tx, node_id)
    if not path:
        raise NotOpen
    return path[-1]


async def responsible(desk: Desk, node_id: int) -> Answer:
    """Those for the place and for the places above it, the nearest first."""
    here = await place(desk, node_id)
    path = await desk.office.places.path(desk.tx, node_id)
    vault, now = desk.office.seals.vault, desk.now()
    found = await directory.at(desk.tx, vault, [one.id for one in path], FOR_RESIDENTS, now, SHOWN)
    return Answer(here, found, {one.node_id: await name_of(desk, one.node_id) for one in found})


async def listed(desk: Desk, node_id: int, after: int) -> Answer:
    """A page (and one more, if there is) of everybody responsible at a place or below it."""
    here = await place(desk, node_id)
    vault, now = desk.office.seals.vault, desk.now()
    found = await directory.below(desk.tx, vault, here.path, FOR_RESIDENTS, now, after, PAGE + 1)
    return Answer(here, found, {one.node_id: await name_of(desk, one.node_id) for one in found})


async def name_of(desk: Desk, node_id: int) -> str:
    """A place as it is said: everything below the town, a town or the district by its own name."""
    path = await desk.office.places.path(desk.tx, node_id)
    return "".join(one.name for one in path[2:]) or (path[-1].name if path else "")


async def who_am_i(desk: Desk) -> Member | None:
    """The line of the register of whoever acts, if they are at work."""
    member = await members.of_person(desk.tx, desk.person.id) if desk.person else None
    return member if member is not None and member.state == "active" else None


async def show_card(desk: Desk) -> None:
    """出示工作证: a code of ten minutes for one reader is sent to whoever acts; codes shown before work no more.

    Raises NotYours for anybody who is not at work.
    """
    member = await who_am_i(desk)
    if member is None or desk.person is None or not await people.duties_of(desk.tx, desk.person.id, desk.now()):
        raise NotYours
    code, until = new_token(), desk.now() + ON_SHOW
    await invitations.show_code(desk.tx, mark_of(code), member.id, until)
    facts = {"token": STAFF_LINK + code, "member": member.id, "until": until.isoformat(), "staff": True}
    desk.owe(Letter(key=f"qr {desk.name}", kind=Kind.QR, to=person(desk.person.id), lane=Lane.URGENT, facts=facts))


async def read_card(desk: Desk, code: str) -> Shown | None:
    """Whose card it is; None for a code that is unknown, too old, or was read by somebody else."""
    assert desk.person is not None
    number = await invitations.read_code(desk.tx, mark_of(code), desk.person.id, desk.now())
    member = await members.by_id(desk.tx, number) if number is not None else None
    if member is None:
        return None
    posts = (await members.posts_of(desk.tx, [member.id], desk.now())).get(member.id, [])
    until = min((one.until for one in posts if one.until), default=member.until)
    return Shown(member, posts, until)
