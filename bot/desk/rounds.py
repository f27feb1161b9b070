"""Roll calls and household tasks: called for by the centre, answered by taps, shown as one table that stays fresh."""

from collections.abc import Sequence
from datetime import datetime
from zlib import crc32

from bot.cases.broadcast import needs_second
from bot.cases.case import Case, Level
from bot.cases.draft import Draft
from bot.cases.errors import NoDuty, NotOpen, NotYours, RoundOver, SecondPersonRequired
from bot.cases.rounds import ANSWERERS, ASKED_AGAIN, RoundKind, RoundStand, Tally, next_reminder
from bot.desk import routing
from bot.desk.desk import Desk
from bot.desk.reporting import file_report
from bot.desk.resettling import now_at
from bot.desk.rights import admins, is_admin
from bot.outbox.letters import Kind, Lane, Letter, person
from storage import beats, grid, people, rounds, units
from storage.beats import Beat
from storage.grid import Node
from storage.rounds import Part, Round

LONGEST = 500
HELP_MATTER = "E03"
"""Somebody needs relief: confidential, so that nobody's need is read in a group."""


async def roots(desk: Desk) -> list[Node]:
    """The places whoever acts may call for: the tops, or the town of a town's dispatcher. Raises NotYours."""
    if desk.person is None:
        raise NotYours
    return await _roots_of(desk, desk.person.id)


async def _roots_of(desk: Desk, person_id: int) -> list[Node]:
    duties = [duty for duty in await people.duties_of(desk.tx, person_id, desk.now()) if duty.role == "dispatcher"]
    if await is_admin(desk, person_id):
        return await grid.children(desk.tx, None)
    if not duties:
        raise NotYours
    found: dict[int, Node] = {}
    for duty in duties:
        centre = await units.by_id(desk.tx, duty.unit_id) if duty.unit_id is not None else None
        if centre is None or centre.level is Level.DISTRICT or centre.node_id is None:
            return await grid.children(desk.tx, None)
        node = (await grid.path(desk.tx, centre.node_id))[-1]
        found[node.id] = node
    return list(found.values())


def _within(node: Node, tops: list[Node]) -> bool:
    return any(node.path.startswith(top.path) for top in tops)


async def place(desk: Desk, node_id: int) -> Node:
    """A place whoever acts may call for. Raises NotOpen for none, NotYours for one out of reach."""
    node = await grid.by_id(desk.tx, node_id)
    if node is None:
        raise NotOpen
    if not _within(node, await roots(desk)):
        raise NotYours
    return node


async def who_agrees(desk: Desk, node: Node, caller_id: int) -> list[int]:
    """The others who may call for a place and can be written to: admins, and the dispatchers it belongs to."""
    centre = {duty.person_id for duty in await people.with_role(desk.tx, "dispatcher", desk.now())}
    others = await routing.reachable(desk, sorted((await admins(desk) | centre) - {caller_id}))
    return [one for one in others if _within(node, await _roots_of(desk, one))]


async def asked(desk: Desk, node: Node, kind: RoundKind) -> list[Beat]:
    """Who would be asked at a place and below it."""
    return list(await beats.below(desk.tx, node.path, ANSWERERS[kind], desk.now()))


async def call(desk: Desk, kind: RoundKind, node: Node, words: str, closes_at: datetime) -> Round:
    """Begin: everybody asked gets a card, the caller the table; above 500 people only when somebody else has agreed.

    Raises NotOpen if nobody would be asked, SecondPersonRequired if nobody else can agree.
    """
    assert desk.person is not None
    heads = await asked(desk, node, kind)
    if not heads or closes_at <= desk.now():
        raise NotOpen
    second = needs_second(people_of(heads))
    others = await who_agrees(desk, node, desk.person.id) if second else []
    if second and not others:
        raise SecondPersonRequired
    row = {
        "kind": kind.value,
        "caller_id": desk.person.id,
        "node_id": node.id,
        "words": words[:LONGEST],
        "opened_at": desk.now(),
        "closes_at": closes_at,
        "stale": False,
        "state": (RoundStand.WAITING if second else RoundStand.OPEN).value,
    }
    found = await one(desk, await rounds.add(desk.tx, row))
    if second:
        await ask_others(desk, found, others)
    else:
        await _send_out(desk, found, heads)
    owe_board(desk, found)
    return found


def people_of(heads: Sequence[Beat]) -> int:
    """How many people these are."""
    return len({head.person_id for head in heads})


async def one(desk: Desk, number: int) -> Round:
    """One of them. Raises NotOpen."""
    found = await rounds.by_id(desk.tx, number)
    if found is None:
        raise NotOpen
    return found


async def _send_out(desk: Desk, found: Round, heads: Sequence[Beat]) -> None:
    """Everybody is asked."""
    remind_at = next_reminder(RoundKind(found.kind), desk.now(), found.closes_at, desk.now())
    await rounds.change(desk.tx, found.id, opened_at=desk.now(), remind_at=remind_at)
    await rounds.ask_all(desk.tx, found.id, {head.node_id: head.households or 0 for head in heads})
    for head in heads:
        owe_card(desk, found, head, "new")


async def ask_others(desk: Desk, found: Round, others: Sequence[int]) -> None:
    """Those who may agree are asked. A roll call is urgent, and asks again until somebody has decided."""
    urgent = found.kind == RoundKind.ROLLCALL
    if urgent:
        await rounds.change(desk.tx, found.id, remind_at=desk.now() + ASKED_AGAIN)
    for other in others:
        key = f"round ask {found.id} {other} {desk.now():%d%H%M%S}"
        lane = Lane.URGENT if urgent else Lane.NORMAL
        desk.owe(Letter(key=key, kind=Kind.ROUND_ASK, to=person(other), lane=lane, facts={"round": found.id}))


async def decide(desk: Desk, number: int, *, agreed: bool) -> Round:
    """The word of a second person with the right to call for the place. Of two at once one wins.

    Raises NotOpen, NotYours, SecondPersonRequired for who called, RoundOver if it waits no more.
    """
    found = await one(desk, number)
    node = await place(desk, found.node_id)
    if desk.person is None or desk.person.id == found.caller_id:
        raise SecondPersonRequired
    heads = await asked(desk, node, RoundKind(found.kind))
    if agreed and not heads:
        raise NotOpen
    told = {"state": RoundStand.OPEN.value} if agreed else {"state": RoundStand.REFUSED.value, "closed_at": desk.now()}
    if found.closes_at <= desk.now() or not await rounds.decide(desk.tx, number, confirmer=desk.person.id, **told):
        raise RoundOver
    if agreed:
        await _send_out(desk, found, heads)
    owe_board(desk, found)
    return found


def owe_board(desk: Desk, one: Round) -> None:
    """The table for who called, changed in place."""
    facts = {"round": one.id, "board": f"round {one.id}"}
    lane = Lane.URGENT if one.kind == RoundKind.ROLLCALL else Lane.NORMAL
    key = f"board {one.id} {desk.now():%y%m%d%H%M%S%f}"
    desk.owe(Letter(key=key, kind=Kind.ROUND_BOARD, to=person(one.caller_id), lane=lane, facts=facts))


def owe_card(desk: Desk, one: Round, to: Beat, why: str) -> None:
    """The card for one of those asked. A roll call goes before everything, at any hour; a task lets people sleep."""
    urgent = one.kind == RoundKind.ROLLCALL
    desk.owe(
        Letter(
            key=f"round {one.id} {to.node_id} {to.person_id} {why}",
            kind=Kind.ROUND_CARD,
            to=person(to.person_id),
            lane=Lane.URGENT if urgent else Lane.NORMAL,
            facts={"round": one.id, "node": to.node_id, "why": why.partition(" ")[0]},
            not_before=None if urgent else desk.office.calendar.after_quiet(desk.now()),
        )
    )


async def mine(desk: Desk, number: int, node_id: int) -> tuple[Round, Part]:
    """A round and the part of whoever acts. Raises NotOpen, NoDuty, or RoundOver after its end."""
    one = await rounds.by_id(desk.tx, number)
    part = await rounds.part(desk.tx, desk.office.seals.content, number, node_id)
    if one is None or part is None or desk.person is None:
        raise NotOpen
    if not await answers_for(desk, desk.person.id, one, node_id):
        raise NoDuty
    if one.closed_at is not None or one.closes_at <= desk.now():
        raise RoundOver
    return one, part


async def answers_for(desk: Desk, person_id: int, one: Round, node_id: int) -> bool:
    """Whether somebody is asked for this place now, or for what it became while the round was open."""
    duties = await people.duties_of(desk.tx, person_id, desk.now())
    theirs = {duty.node_id for duty in duties if duty.role in ANSWERERS[RoundKind(one.kind)]}
    return node_id in theirs or (bool(theirs) and any(one.id in theirs for one in await now_at(desk, node_id)))


def tally_of(part: Part) -> Tally:
    """The numbers of a part."""
    return Tally(part.households, part.done, part.help, part.missing)


async def answer(desk: Desk, part: Part, tally: Tally) -> Part:
    """Keep what was counted; the same again changes nothing."""
    if tally == tally_of(part) and part.answered_at is not None:
        return part
    counts = {"done": tally.done, "help": tally.help, "missing": tally.missing}
    seal = desk.office.seals.content
    await rounds.answer(desk.tx, seal, part.round_id, part.node_id, **counts, answered_at=desk.now())
    return await _again(desk, part)


async def tell_who(desk: Desk, part: Part, words: str) -> Part:
    """Who needs help, by the number on the door. New words can become a case of their own."""
    seal = desk.office.seals.content
    await rounds.answer(desk.tx, seal, part.round_id, part.node_id, who=words[:LONGEST], case_number=None)
    return await _again(desk, part)


async def report_need(desk: Desk, one: Round, part: Part) -> Case:
    """Who needs help becomes a case at this place. Safe to repeat: the same words are one case."""
    if not part.who:
        raise NotOpen
    matters = desk.office.catalogue.matters
    draft = Draft(
        id=f"round-{one.id}-{part.node_id}-{crc32(part.who.encode()):08x}",
        matter=HELP_MATTER if HELP_MATTER in matters else desk.office.catalogue.other.code,
        words=[part.who, one.words],
        node_id=part.node_id,
        sealed=False,
    )
    case = await file_report(desk, draft)
    seal = desk.office.seals.content
    await rounds.answer(desk.tx, seal, part.round_id, part.node_id, case_number=case.number)
    return case


async def end(desk: Desk, number: int) -> Round:
    """现在结束, by who called or an admin. Ending twice is ending once."""
    found = await one(desk, number)
    if desk.person is None or (desk.person.id != found.caller_id and not await is_admin(desk, desk.person.id)):
        raise NotYours
    await rounds.close(desk.tx, number, desk.now())
    return found


async def _again(desk: Desk, part: Part) -> Part:
    found = await rounds.part(desk.tx, desk.office.seals.content, part.round_id, part.node_id)
    assert found is not None
    return found
