"""Broadcasts: who would get one, asking for it, the second person's word, holding it up, reading and answering it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.cases.broadcast import (
    ORDERS,
    RESIDENTS,
    Audience,
    Order,
    Stand,
    lacks_quote,
    may_be_urgent,
    needs_second,
    takes,
)
from bot.cases.errors import NobodyMeant, NoteRequired, NotFound, NotYours, SecondPersonRequired, TooLate
from bot.cases.topics import Topic
from bot.desk import routing
from bot.desk.desk import Desk
from bot.desk.rights import admins, is_admin
from bot.outbox.letters import Kind, Lane, Letter, person
from storage import audiences, broadcasts
from storage.broadcasts import Broadcast, Reply

PORTION = 500
SUPPLY_S = 2.0
LEAST_SUPPLY = 20
SHOWN_EVERY = timedelta(seconds=5)
NAMES_SHOWN = 5
PAGE = 8
COMMUNITY = 3
PLACES_SHOWN = 25
UNREAD_NAMES = 12


@dataclass(frozen=True, slots=True)
class Reach:
    """How many are meant and can be reached, how many never wrote to us, some names, and how long it takes at best."""

    total: int
    reachable: int
    silent: int
    names: tuple[str, ...]
    takes: timedelta


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one is: how many in each state, how many have read it and answered, how long the rest takes at best."""

    states: Mapping[str, int]
    read: int
    answers: int
    left: timedelta


async def must_be_admin(desk: Desk) -> int:
    """Who acts, if that is an admin. Raises NotYours."""
    if desk.person is None or not await is_admin(desk, desk.person.id):
        raise NotYours
    return desk.person.id


async def must_be_theirs(desk: Desk, found: Broadcast) -> int:
    """Who acts, if that is an admin or whoever made it. Raises NotYours."""
    if desk.person is not None and desk.person.id == found.maker:
        return desk.person.id
    return await must_be_admin(desk)


async def reach(desk: Desk, audience: Audience) -> Reach:
    """Who would get it now."""
    await must_be_admin(desk)
    total, reachable = await audiences.count(desk.tx, audience, desk.now())
    silent = await audiences.silent_members(desk.tx, audience, desk.now())
    names = await audiences.sample(desk.tx, audience, desk.now(), NAMES_SHOWN)
    return Reach(total, reachable, silent, tuple(names), takes(reachable, desk.office.pace))


async def known_tags(desk: Desk) -> list[str]:
    """The tags one can choose by."""
    await must_be_admin(desk)
    return await audiences.tags(desk.tx, PAGE * 2)


async def ask_for(
    desk: Desk,
    draft: str,
    audience: Audience,
    content: Mapping[str, Any],
    title: str,
    *,
    receipt: bool,
    urgent: bool,
    at: datetime | None,
) -> Broadcast:
    """Have something said to many: at once or at a time, above 500 people when a second admin has agreed.

    Safe to repeat: the same draft gives one broadcast. What is not urgent waits for the end of the night. Raises
    NotYours, NobodyMeant, SecondPersonRequired if it needs a second admin and there is none.
    """
    maker = await must_be_admin(desk)
    return await put_up(desk, maker, draft, audience, content, title, receipt=receipt, urgent=urgent, at=at)


async def put_up(
    desk: Desk,
    maker: int,
    draft: str,
    audience: Audience,
    content: Mapping[str, Any],
    title: str,
    *,
    receipt: bool,
    urgent: bool,
    at: datetime | None,
) -> Broadcast:
    """The same for whoever has the right by their duty; whoever calls has looked."""
    if lacks_quote(audience, content):
        raise NoteRequired
    urgent = urgent and may_be_urgent(audience, content)
    total, reachable = await audiences.count(desk.tx, audience, desk.now())
    if not reachable:
        raise NobodyMeant
    second = needs_second(reachable)
    others = await routing.reachable(desk, sorted(await admins(desk) - {maker}))
    if second and not others:
        raise SecondPersonRequired
    starts = max(at or desk.now(), desk.now())
    found = await _add(
        desk,
        audience,
        content,
        starts,
        draft=draft,
        maker=maker,
        title=title,
        receipt=receipt,
        urgent=urgent,
        stand=(Stand.WAITING if second else Stand.SCHEDULED).value,
        total=total,
    )
    if second:
        await _ask_others(desk, found, others)
    await show(desk, found.id, "made")
    return await begin(desk, found) if not second else found


async def publish(
    desk: Desk, draft: str, audience: Audience, content: Mapping[str, Any], title: str, maker: int
) -> Broadcast:
    """Send a result that was approved to those who follow its place, when nobody sleeps. Whoever calls has the right.

    Its approval is the second look; its progress stands on the card of its publication. Raises TooLate the second time.
    """
    _, reachable = await audiences.count(desk.tx, audience, desk.now())
    columns = {"draft": draft, "maker": maker, "title": title, "total": reachable}
    flags = {"receipt": False, "urgent": False, "stand": Stand.SCHEDULED.value}
    return await begin(desk, await _add(desk, audience, content, desk.now(), **columns, **flags))


async def _add(
    desk: Desk, audience: Audience, content: Mapping[str, Any], starts: datetime, **columns: Any
) -> Broadcast:
    """Keep one. What is not urgent waits for the end of the night."""
    made = await broadcasts.add(
        desk.tx,
        desk.office.seals.content,
        content,
        audience=asdict(audience),
        made_at=desk.now(),
        starts_at=starts if columns["urgent"] else desk.office.calendar.after_quiet(starts),
        **columns,
    )
    if made is None:
        raise TooLate
    return await one(desk, made)


def is_result(found: Broadcast) -> bool:
    """Whether it is the published result of a case."""
    return found.audience.topic == Topic.RESULTS


async def sent_to(desk: Desk, broadcast_id: int) -> int:
    """How many have got it."""
    return (await broadcasts.counts(desk.tx, broadcast_id))[0].get("sent", 0)


async def call_off(desk: Desk, broadcast_id: int) -> None:
    """Stop one wherever it stands; whoever was not written to will not be."""
    found = await one(desk, broadcast_id)
    if (found.stand, Order.STOP) in ORDERS:
        stopped = {"stand": Stand.STOPPED.value, "ended_at": desk.now()}
        if not await broadcasts.change(desk.tx, found.id, found.stand, **stopped):
            raise TooLate
        await broadcasts.call_off(desk.tx, found.id)


async def _ask_others(desk: Desk, found: Broadcast, others: list[int]) -> None:
    for other in others:
        facts = {"broadcast": found.id}
        for kind, part in ((Kind.BROADCAST, {"preview": True}), (Kind.BROADCAST_ASK, {})):
            key = f"{kind} {found.id} to {other}"
            desk.owe(Letter(key=key, kind=kind, to=person(other), lane=Lane.URGENT, facts={**facts, **part}))


async def one(desk: Desk, broadcast_id: int) -> Broadcast:
    """One broadcast. Raises NotFound."""
    found = await broadcasts.by_id(desk.tx, desk.office.seals.content, broadcast_id)
    if found is None:
        raise NotFound
    return found


async def newest(desk: Desk) -> list[Broadcast]:
    """The newest ones."""
    await must_be_admin(desk)
    return await broadcasts.newest(desk.tx, desk.office.seals.content, PAGE)


async def give_order(desk: Desk, broadcast_id: int, order: Order) -> Broadcast:
    """Agree, refuse, pause, go on, stop. Of two at once one wins.

    Raises NotYours, NotFound, TooLate if it does not stand so that this can be ordered, SecondPersonRequired when the
    maker wants to agree.
    """
    found = await one(desk, broadcast_id)
    who = await must_be_theirs(desk, found)
    if order in {Order.AGREE, Order.REFUSE} and who == found.maker:
        raise SecondPersonRequired
    after = ORDERS.get((found.stand, order))
    if after is None:
        raise TooLate
    columns: dict[str, Any] = {"confirmer": who} if order is Order.AGREE else {}
    if after in {Stand.STOPPED, Stand.REFUSED}:
        columns["ended_at"] = desk.now()
    if not await broadcasts.change(desk.tx, found.id, found.stand, stand=after.value, **columns):
        raise TooLate
    if after is Stand.STOPPED:
        await broadcasts.call_off(desk.tx, found.id)
    changed = await begin(desk, await one(desk, found.id)) if after is Stand.SCHEDULED else await one(desk, found.id)
    await show(desk, found.id, f"{order} {desk.now():%d%H%M%S%f}")
    return changed


async def begin(desk: Desk, found: Broadcast) -> Broadcast:
    """Begin to send one whose time has come: from here on it is known who gets it."""
    if found.starts_at > desk.now() or not await _begun(desk, found):
        return found
    return await one(desk, found.id)


async def _begun(desk: Desk, found: Broadcast) -> bool:
    begun = {"stand": Stand.SENDING.value, "began_at": desk.now()}
    if not await broadcasts.change(desk.tx, found.id, Stand.SCHEDULED, **begun):
        return False
    await audiences.enlist(desk.tx, found.id, found.audience, desk.now())
    return True


async def feed(desk: Desk, found: Broadcast, room: int) -> int:
    """Owe it to the next people, as many as there is room for. Returns how many; ends it when nobody is left."""
    if not found.urgent and desk.office.calendar.is_quiet(desk.now()):
        return 0
    next_ones = await broadcasts.take(desk.tx, found.id, min(room, PORTION))
    lane = Lane.URGENT if found.urgent else Lane.BROADCAST
    buttons = found.receipt or (found.audience.role == RESIDENTS and not found.urgent)
    parts = ("", "button") if buttons and found.content["kind"] == "album" else ("",)
    for who in next_ones:
        for part in parts:
            facts = {"broadcast": found.id, "part": part}
            key = f"broadcast {found.id} {who} {part}".strip()
            desk.owe(Letter(key=key, kind=Kind.BROADCAST, to=person(who), lane=lane, facts=facts))
    if not next_ones:
        await _end(desk, found)
    return len(next_ones)


async def _end(desk: Desk, found: Broadcast) -> None:
    states, _ = await broadcasts.counts(desk.tx, found.id)
    if states.get("due") or states.get("owed"):
        return
    ended = {"stand": Stand.DONE.value, "ended_at": desk.now()}
    if await broadcasts.change(desk.tx, found.id, Stand.SENDING, **ended) and not is_result(found):
        await show(desk, found.id, "ended")
        facts = {"broadcast": found.id}
        desk.owe(Letter(key=f"ended {found.id}", kind=Kind.BROADCAST_ENDED, to=person(found.maker), facts=facts))


async def show(desk: Desk, broadcast_id: int, why: str) -> None:
    """Owe the maker the card as it stands when it leaves. Results have none: their publication has."""
    found = await one(desk, broadcast_id)
    if is_result(found):
        return
    await broadcasts.may_show(desk.tx, broadcast_id, desk.now(), desk.now())
    key = f"broadcast card {broadcast_id} {why}"
    desk.owe(Letter(key=key, kind=Kind.BROADCAST_CARD, to=person(found.maker), facts={"broadcast": broadcast_id}))


async def show_now_and_then(desk: Desk, found: Broadcast) -> None:
    """The card of one that is being sent, not more often than every few seconds."""
    if await broadcasts.may_show(desk.tx, found.id, desk.now(), desk.now() - SHOWN_EVERY):
        await show(desk, found.id, f"{desk.now():%d%H%M%S}")


async def progress(desk: Desk, found: Broadcast) -> Progress:
    """How far it is."""
    states, read = await broadcasts.counts(desk.tx, found.id)
    left = states.get("due", 0) + states.get("owed", 0)
    answers = await broadcasts.count_replies(desk.tx, found.id)
    return Progress(states, read, answers, takes(left, desk.office.pace))


async def unread(desk: Desk, broadcast_id: int) -> tuple[list[tuple[str | None, list[str], int]], int]:
    """Who has not said 已收到, by community: its name, some names, how many; and how many more places there are."""
    await must_be_theirs(desk, await one(desk, broadcast_id))
    groups: dict[int | None, list[str | None]] = {}
    for path, name in await broadcasts.unread(desk.tx, broadcast_id):
        ids = [int(part) for part in (path or "").split("/") if part]
        groups.setdefault(ids[:COMMUNITY][-1] if ids else None, []).append(name)
    largest = sorted(groups.items(), key=lambda group: -len(group[1]))
    shown: list[tuple[str | None, list[str], int]] = []
    for node_id, names in largest[:PLACES_SHOWN]:
        path = await desk.office.places.path(desk.tx, node_id) if node_id is not None else []
        known = [name for name in names if name]
        shown.append((path[-1].name if path else None, known[:UNREAD_NAMES], len(names)))
    return shown, max(0, len(largest) - PLACES_SHOWN)


async def replies(desk: Desk, broadcast_id: int, after: int) -> tuple[Broadcast, list[Reply], int]:
    """A page of answers after the one of this number, and the number to go on after (0: that was all)."""
    found = await one(desk, broadcast_id)
    await must_be_theirs(desk, found)
    page = await broadcasts.replies_to(desk.tx, desk.office.seals.content, broadcast_id, after, PAGE + 1)
    last = page[PAGE - 1][0] if len(page) > PAGE else 0
    return found, [reply for _, reply in page[:PAGE]], last


async def has_read(desk: Desk, broadcast_id: int) -> bool:
    """已收到, by whoever acts. False: said before. Raises NotFound for somebody it was not sent to."""
    if desk.person is None or not await broadcasts.got(desk.tx, broadcast_id, desk.person.id):
        raise NotFound
    return await broadcasts.read(desk.tx, broadcast_id, desk.person.id, desk.now())


async def answered(desk: Desk, message_id: int) -> int | None:
    """The broadcast that a message brought to whoever acts."""
    return await broadcasts.answered(desk.tx, desk.person.id, message_id) if desk.person else None


async def answer(desk: Desk, broadcast_id: int, words: str, kinds: list[str]) -> None:
    """Keep what somebody answers to a broadcast; the maker sees the count on the card."""
    assert desk.person is not None
    said = {"words": words, "kinds": kinds}
    await broadcasts.keep_reply(desk.tx, desk.office.seals.content, broadcast_id, desk.person.id, desk.now(), said)
    found = await one(desk, broadcast_id)
    await show_now_and_then(desk, found)
