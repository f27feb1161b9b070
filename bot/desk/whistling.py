"""人民吹哨员: who wants to be one, or is put forward; the community says yes or no; how long it holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.cases.coverage import KINDS
from bot.cases.errors import AlreadyWhistles, AppliedAlready, AppliedOften, Decided, NotOpen, NotYours
from bot.cases.inviting import mark_of, new_token
from bot.cases.levels import COMMUNITY
from bot.cases.whistling import (
    ENDS_SOON,
    HOLDS,
    LINK,
    MOST_OFFERS,
    MOST_REFUSED,
    OFFER_HOLDS,
    OVER,
    REASONS,
    REFUSED_WITHIN,
    RENEWED_LATE,
    ROLE,
)
from bot.desk import approving, leaving, menus
from bot.desk.about import on_file
from bot.desk.coverage import coverage_below
from bot.desk.desk import Desk
from bot.desk.resettling import place_now
from bot.outbox.letters import Kind, Lane, Letter, person
from storage import applications, grid, members, people, whistleblowers
from storage.applications import Application
from storage.grid import Node
from storage.whistleblowers import Whistle

SHOWN = 20
"""So many ending ones stand on one card; the next come when these are renewed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What whoever acts is: where they whistle, and what they have applied for."""

    whistles: list[Whistle]
    waiting: Application | None


def _me(desk: Desk) -> int:
    if desk.person is None:
        raise NotYours
    return desk.person.id


async def standing(desk: Desk) -> Standing:
    """How whoever acts stands."""
    me = _me(desk)
    waiting = await applications.waiting_of(desk.tx, desk.office.seals.content, me)
    return Standing(await whistleblowers.of_person(desk.tx, me, desk.now()), waiting)


async def own_grid(desk: Desk) -> int | None:
    """The place whoever acts whistles for; None for everybody who is no whistleblower."""
    if desk.person is None or desk.person.name is None:
        return None
    found = await whistleblowers.of_person(desk.tx, desk.person.id, desk.now())
    return found[0].node_id if found else None


async def whistles_until(desk: Desk, person_id: int) -> datetime | None:
    """When the last of somebody's duties as a whistleblower ends; None if they have none that ends."""
    found = await whistleblowers.of_person(desk.tx, person_id, desk.now())
    return found[0].until if found else None


async def small_enough(desk: Desk, node_id: int) -> bool:
    """Whether somebody may whistle for this place: a community or what is below it. Raises NotOpen for none."""
    path = await desk.office.places.valid(desk.tx, node_id)
    if not path:
        raise NotOpen
    return path[-1].depth >= COMMUNITY


async def apply(desk: Desk, node_id: int, kind: str, name: str, phone: str) -> None:
    """自主报名. Raises AlreadyWhistles, AppliedAlready, AppliedOften, NotOpen for a place or kind that is none."""
    me = _me(desk)
    await _must_be_new(desk)
    columns = {**await _new(desk, node_id, kind), "person_id": me, "state": "waiting"}
    number = await applications.add(desk.tx, desk.office.seals.content, name, phone, **columns)
    await _ask(desk, number, node_id)


async def _new(desk: Desk, node_id: int, kind: str) -> dict[str, Any]:
    if kind not in KINDS or not await small_enough(desk, node_id):
        raise NotOpen
    await on_file(desk)
    return {"node_id": node_id, "kind": kind, "made_at": desk.now()}


async def _must_be_new(desk: Desk) -> None:
    found = await standing(desk)
    if found.whistles:
        raise AlreadyWhistles
    if found.waiting is not None:
        raise AppliedAlready
    refused = await applications.refused(desk.tx, _me(desk), desk.now() - REFUSED_WITHIN, MOST_REFUSED)
    if len(refused) == MOST_REFUSED:
        raise AppliedOften(at=refused[-1] + REFUSED_WITHIN)


async def put_forward(desk: Desk, node_id: int, kind: str, name: str) -> None:
    """群众推选: a link is sent to whoever acts, to be passed on; nothing is asked of anybody before that one says yes.

    Raises AppliedOften when too many wait for their answer, NotOpen for a place or kind that is none.
    """
    me, since = _me(desk), desk.now() - OFFER_HOLDS
    if await applications.offered_by(desk.tx, me, since) >= MOST_OFFERS:
        raise AppliedOften(at=desk.now() + OFFER_HOLDS)
    token = new_token()
    columns = {**await _new(desk, node_id, kind), "put_forward_by": me, "mark": mark_of(token), "state": "offered"}
    number = await applications.add(desk.tx, desk.office.seals.content, name, "", **columns)
    facts = {"token": LINK + token, "forward": number}
    desk.owe(Letter(key=f"forward {number}", kind=Kind.QR, to=person(me), lane=Lane.URGENT, facts=facts))


async def offered(desk: Desk, token: str) -> Application:
    """What somebody was put forward for, by the link. Raises NotOpen: unknown, too old, answered, or one's own."""
    since = desk.now() - OFFER_HOLDS
    found = await applications.by_mark(desk.tx, desk.office.seals.content, mark_of(token), since)
    if found is None or found.put_forward_by == _me(desk):
        raise NotOpen
    return found


async def answer_offer(desk: Desk, token: str, *, yes: bool) -> None:
    """Whoever was put forward is willing, or not. Raises what `offered` and `apply` raise."""
    one = await offered(desk, token)
    if not yes:
        await applications.take_back(desk.tx, one.id, "offered")
        return
    await _must_be_new(desk)
    await on_file(desk)
    if not await applications.accept(desk.tx, one.id, _me(desk)):
        raise NotOpen
    await _ask(desk, one.id, one.node_id)


async def take_back(desk: Desk) -> None:
    """Whoever applied thinks better of it. Raises NotOpen when nothing waits any more."""
    waiting = (await standing(desk)).waiting
    if waiting is None or not await applications.take_back(desk.tx, waiting.id, "waiting"):
        raise NotOpen
    await _show_again(desk, waiting)


async def _ask(desk: Desk, number: int, node_id: int) -> None:
    """Those responsible get a card; any of them may answer."""
    for one in await approving.responsible(desk, node_id, None, _me(desk)):
        _owe_card(desk, number, one, "new")


def _owe_card(desk: Desk, number: int, to: int, why: str) -> None:
    facts = {"application": number, "board": f"application {number}"}
    key = f"application {number} {to} {why}"
    desk.owe(Letter(key=key, kind=Kind.APPLICATION, to=person(to), lane=Lane.URGENT, facts=facts))


async def _show_again(desk: Desk, one: Application) -> None:
    """The cards of all who were asked say how it stands."""
    for to in await approving.responsible(desk, one.node_id, None, one.person_id):
        _owe_card(desk, one.id, to, "decided")


async def to_decide(desk: Desk, number: int) -> Application:
    """One that waits, for somebody responsible. Raises NotYours, Decided with the name of who was faster, NotOpen."""
    one = await applications.by_id(desk.tx, desk.office.seals.content, number)
    if one is None or not await approving.may_approve(desk, one.node_id, None, _me(desk), one.person_id):
        raise NotYours
    if one.decided_by is not None:
        raise Decided(name=await people.name_of(desk.tx, one.decided_by) or one.kind)
    if one.state != "waiting":
        raise NotOpen
    return one


async def decide(desk: Desk, number: int, reason: str | None) -> Application:
    """The community says yes (no reason), or no with one. Raises what `to_decide` raises, NotOpen."""
    one = await to_decide(desk, number)
    if reason is not None and reason not in REASONS:
        raise NotOpen
    state = "approved" if reason is None else "refused"
    if not await applications.decide(desk.tx, one.id, state, _me(desk), desk.now(), reason):
        raise NotOpen
    assert one.person_id is not None
    if reason is None:
        await _enter(desk, one, one.person_id)
    facts = {"application": one.id}
    to = {one.person_id, one.put_forward_by} if reason is None else {one.person_id}
    for hears in sorted(who for who in to if who is not None):
        desk.owe(Letter(key=f"applied {one.id} {hears}", kind=Kind.APPLIED, to=person(hears), facts=facts))
    await _show_again(desk, one)
    return one


async def _enter(desk: Desk, one: Application, person_id: int) -> None:
    """A line in the register with the duty; whoever stands there already gets the duty besides."""
    node_id = await place_now(desk, one.node_id, (None, None), "")
    member = await members.of_person(desk.tx, person_id)
    if node_id is None or (member is not None and member.state == "suspended"):
        raise NotOpen
    if member is None:
        phone = members.phone_columns(desk.office.seals.vault, one.phone)
        row = {"name": one.name, "kind": one.kind, "state": "active", "person_id": person_id, **phone}
        (member_id,) = await members.add(desk.tx, [row])
    else:
        member_id = member.id
        await members.change(desk.tx, member_id, kind=member.kind or one.kind, state="active")
    duty = {"member_id": member_id, "person_id": person_id, "role": ROLE, "node_id": node_id}
    await members.appoint(desk.tx, [{**duty, "until": desk.now() + HOLDS}])
    await people.change(desk.tx, person_id, name=member.name if member else one.name)
    await menus.refresh(desk, person_id)


async def step_down(desk: Desk) -> None:
    """不当了: the duty ends now; whoever has no other one leaves the register. Raises NotOpen for no whistleblower."""
    found = (await standing(desk)).whistles
    if not found:
        raise NotOpen
    for one in found:
        await members.change_duty(desk.tx, one.duty_id, until=desk.now(), told=OVER)
    await leaving.leave(desk, found[0].member_id, _me(desk))
    await menus.refresh(desk, _me(desk))


async def community_of(desk: Desk, node_id: int) -> Node | None:
    """The community of a place, or what is lowest above it."""
    path = await grid.path(desk.tx, node_id)
    return next((one for one in path if one.depth == COMMUNITY), path[-1] if path else None)


async def ending(desk: Desk, community: Node) -> list[Whistle]:
    """Those of a community that end soon, or ended of late."""
    begin, end = desk.now() - RENEWED_LATE, desk.now() + ENDS_SOON
    return await whistleblowers.ending_below(desk.tx, community.path, begin, end, SHOWN)


async def ask_to_renew(desk: Desk, community: Node, why: str) -> None:
    """Those responsible get the card of who ends soon; where they have it already it is changed."""
    for to in await approving.responsible(desk, community.id, None, None):
        facts = {"place": community.id, "board": f"renewals {community.id} {to}"}
        key = f"renewals {community.id} {to} {why}"
        desk.owe(Letter(key=key, kind=Kind.RENEWALS, to=person(to), facts=facts))


async def renew(desk: Desk, community_id: int, duty_ids: list[int] | None) -> int:
    """One more year, for one or for all on the card. Returns for how many. Raises NotYours, NotOpen for nobody."""
    if not await approving.may_approve(desk, community_id, None, _me(desk), None):
        raise NotYours
    community = await grid.by_id(desk.tx, community_id)
    found = await ending(desk, community) if community else []
    meant = [one for one in found if duty_ids is None or one.duty_id in duty_ids]
    done = [one for one in meant if one.person_id != _me(desk) and await _goes_on(desk, one)]
    if community is None or not done:
        raise NotOpen
    await ask_to_renew(desk, community, f"{desk.now():%y%m%d%H%M%S%f}")
    return len(done)


async def _goes_on(desk: Desk, one: Whistle) -> bool:
    until = max(one.until or desk.now(), desk.now()) + HOLDS
    if not await whistleblowers.renew(desk.tx, one, until):
        return False
    if one.person_id is not None:
        await people.change(desk.tx, one.person_id, name=one.name)
    tell(desk, one, "renewed", until)
    await menus.refresh(desk, one.person_id)
    return True


async def lacking(desk: Desk, node_id: int, kind: str) -> bool:
    """Whether the community of a place has nobody of this kind yet."""
    community = await community_of(desk, node_id)
    if community is None or community.depth != COMMUNITY:
        return False
    covered = await coverage_below(desk, community)
    return any(kind in missing for _, _, missing in covered.rows)


def tell(desk: Desk, one: Whistle, what: str, until: datetime) -> None:
    """A whistleblower hears that it ends soon, has ended, or goes on (what: soon, over, renewed)."""
    if one.person_id is not None:
        facts = {"until": until.isoformat(), "what": what}
        key = f"whistles {one.duty_id} {until:%y%m%d} {what}"
        desk.owe(Letter(key=key, kind=Kind.WHISTLES, to=person(one.person_id), facts=facts))
