"""办结公示: the result of a closed case is offered to the dispatchers; what one approves goes to who follows the place.

Never the reporter, never the words of the report.
"""

from collections.abc import Mapping

from bot.cases.actions import CENTRE
from bot.cases.broadcast import RESIDENTS, Audience, Stand, title_of
from bot.cases.case import Case, Visibility
from bot.cases.errors import Decided, MoveNotAllowed, NoteRequired, NotFound, NotYours, WordsChanged
from bot.cases.levels import COMMUNITY
from bot.cases.publishing import LONGEST, OVER, SHOWN_RESULT, may_be_published
from bot.cases.topics import Topic
from bot.desk import broadcasting, routing
from bot.desk.desk import Desk
from bot.desk.masking import for_strangers
from bot.desk.rights import may_see
from bot.outbox.letters import Kind, Letter
from bot.texts.language import cut, units
from storage import audiences, cards, cases, grid, people, publications
from storage.grid import Node
from storage.publications import Publication

__all__ = ["Publication"]


async def offer(desk: Desk, case: Case, _note: str | None = None) -> None:
    """Offer the result of a case that was closed: if it may be told, was not called unsolved, and somebody listens.

    Safe to repeat: each closing is offered once.
    """
    place = await _place(desk, case)
    if place is None or not _may(desk, case) or await _unsolved(desk, case):
        return
    if not (await audiences.count(desk.tx, audience(place), desk.now()))[1]:
        return
    words = await _draft(desk, case, place)
    if await publications.offer(desk.tx, case.id, case.redone, place.id, words, desk.now()) is None:
        return
    for to in await routing.dispatchers(desk, case):
        await cards.renew(desk.tx, case.id, Kind.PUBLICATION, to)
        _card(desk, case, to, "offer")


def _may(desk: Desk, case: Case) -> bool:
    matter = desk.office.catalogue.matters.get(case.matter)
    return may_be_published(case, matter.visibility if matter else Visibility.CONFIDENTIAL)


async def _unsolved(desk: Desk, case: Case) -> bool:
    return (await cases.rating_of(desk.tx, case.id, case.redone)).get("solved") == "no"


async def _place(desk: Desk, case: Case) -> Node | None:
    """The community of a case, or the larger place that is known; nothing smaller is ever named."""
    path = await grid.path(desk.tx, case.node_id) if case.node_id is not None else []
    return path[:COMMUNITY][-1] if path else None


def audience(place: Node) -> Audience:
    """Who follows the place, one below or one above it, and wants to hear of results."""
    return Audience(role=RESIDENTS, path=place.path, topic=Topic.RESULTS.value)


async def _draft(desk: Desk, case: Case, place: Node) -> str:
    """In the language of the installation: matter, place, what was done, how long it took."""
    texts = desk.texts(desk.office.language)
    matter = texts.matter_name(desk.office.catalogue.matters[case.matter])
    done = cut(await for_strangers(desk, case, case.result or ""), SHOWN_RESULT)
    assert case.resolved_at is not None
    return texts.result_notice(place.name, matter, done, case.resolved_at - case.registered_at)


def _card(desk: Desk, case: Case, to: str, why: str) -> None:
    key = f"{Kind.PUBLICATION} {case.id} {case.redone} {to} {why}"
    desk.owe(Letter(key=key, kind=Kind.PUBLICATION, to=to, case_id=case.id, lane=routing.lane(case)))


async def _refresh(desk: Desk, case: Case, why: str) -> None:
    """Every dispatcher sees what became of it."""
    for place, to in await cards.places(desk.tx, case.id):
        if place == Kind.PUBLICATION:
            _card(desk, case, to, why)


def current(case: Case, one: Publication) -> bool:
    """Whether the case still stands as it was offered: closed, and not done again since."""
    return case.status in OVER and case.redone == one.round


async def seen_by_dispatcher(desk: Desk, number: int) -> tuple[Case, Publication, int]:
    """The case, the offer and who acts. Raises NotFound, NotYours for anybody but a dispatcher of the case."""
    one = await publications.by_id(desk.tx, number)
    if one is None or desk.person is None:
        raise NotFound
    case, roles = await may_see(desk, one.case_id, desk.person.id)
    if not roles & CENTRE:
        raise NotYours
    return case, one, desk.person.id


async def open_offer(desk: Desk, number: int, version: int | None = None) -> tuple[Case, Publication, int]:
    """The same, as long as it can be decided. Raises Decided, WordsChanged, MoveNotAllowed if the case goes on."""
    case, one, who = await seen_by_dispatcher(desk, number)
    if one.state != "offered":
        raise Decided(name=await _decider(desk, one))
    if not (current(case, one) and _may(desk, case)):
        raise MoveNotAllowed(status=case.status, action="publish")
    if version not in (None, one.version):
        raise WordsChanged
    return case, one, who


async def _decider(desk: Desk, one: Publication) -> str:
    return (await people.name_of(desk.tx, one.decided_by) if one.decided_by is not None else None) or ""


async def reword(desk: Desk, number: int, words: str) -> tuple[Case, Publication]:
    """Write it anew; it is masked too, and shown before anybody approves it. Raises NoteRequired without words."""
    case, one, _ = await open_offer(desk, number)
    new = (await for_strangers(desk, case, words)).strip()
    if not new or units(new) > LONGEST:
        raise NoteRequired
    if not await publications.change(desk.tx, one, words=new, version=one.version + 1):
        raise WordsChanged
    await _refresh(desk, case, f"words {one.version + 1}")
    changed = await publications.by_id(desk.tx, number)
    assert changed is not None
    return case, changed


async def approve(desk: Desk, number: int, version: int) -> tuple[Case, Publication]:
    """Publish the very words that were read. Of two at once one wins. Raises what open_offer raises."""
    case, one, who = await open_offer(desk, number, version)
    place = (await grid.path(desk.tx, one.node_id))[-1]
    content = {"kind": "text", "text": one.words}
    sent = await broadcasting.publish(desk, f"result {one.id}", audience(place), content, title_of(one.words), who)
    decided = {"state": "approved", "decided_by": who, "decided_at": desk.now(), "broadcast_id": sent.id}
    return await _decided(desk, case, one, decided)


async def leave(desk: Desk, number: int) -> tuple[Case, Publication]:
    """不公示. Raises what open_offer raises."""
    case, one, who = await open_offer(desk, number)
    return await _decided(desk, case, one, {"state": "left", "decided_by": who, "decided_at": desk.now()})


async def withdraw(desk: Desk, number: int) -> tuple[Case, Publication]:
    """撤下: who has not got it yet will not. Raises MoveNotAllowed for what is not published."""
    case, one, who = await seen_by_dispatcher(desk, number)
    if one.state != "approved":
        raise MoveNotAllowed(status=case.status, action="withdraw")
    return await _taken_down(desk, case, one, who)


async def recall(desk: Desk, case: Case) -> None:
    """A closed case is being dealt with again: what was published of it does not go further."""
    one = await publications.of_case(desk.tx, case.id)
    if one is not None and one.state == "approved":
        await _taken_down(desk, case, one, None)


async def _taken_down(desk: Desk, case: Case, one: Publication, who: int | None) -> tuple[Case, Publication]:
    assert one.broadcast_id is not None
    await broadcasting.call_off(desk, one.broadcast_id)
    return await _decided(desk, case, one, {"state": "withdrawn", "withdrawn_by": who, "withdrawn_at": desk.now()})


async def _decided(desk: Desk, case: Case, one: Publication, columns: Mapping[str, object]) -> tuple[Case, Publication]:
    changed = await publications.change(desk.tx, one, **columns)
    after = await publications.by_id(desk.tx, one.id)
    assert after is not None
    if not changed:
        raise Decided(name=await _decider(desk, after))
    await _refresh(desk, case, after.state)
    return case, after


async def reached(desk: Desk, one: Publication) -> int:
    """How many got it so far; before it is approved, how many would."""
    if one.broadcast_id is not None:
        return await broadcasting.sent_to(desk, one.broadcast_id)
    place = (await grid.path(desk.tx, one.node_id))[-1]
    return (await audiences.count(desk.tx, audience(place), desk.now()))[1]


async def waits(desk: Desk, one: Publication) -> bool:
    """Whether an approved one has not left altogether."""
    assert one.broadcast_id is not None
    return (await broadcasting.one(desk, one.broadcast_id)).stand in {Stand.SCHEDULED, Stand.SENDING, Stand.PAUSED}
