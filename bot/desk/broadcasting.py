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
from bot.cases.errors import NobodyMeant, NoteRequired, NotFound, SecondPersonRequired, TooLate
from bot.cases.topics import Topic
from bot.desk import routing
from bot.desk.desk import Desk
from bot.desk.rights import admins, must_be_admin
from bot.outbox.letters import Kind, Lane, Letter, person
from storage import audiences, broadcasts, outbox
from storage.broadcasts import Broadcast

PORTION = 500
SUPPLY_S = 2.0
LEAST_SUPPLY = 20
SHOWN_EVERY = timedelta(seconds=10)
"""An edit of the card takes its share of the limit, like a copy."""

NAMES_SHOWN = 5
PAGE = 8


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
    others = await _who_agrees(desk, maker) if second else []
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
    return found if second else await begin_to_send(desk, found)


async def _who_agrees(desk: Desk, maker: int) -> list[int]:
    """The other admins who can be asked. Raises SecondPersonRequired if there is none."""
    others = await routing.reachable(desk, sorted(await admins(desk) - {maker}))
    if not others:
        raise SecondPersonRequired
    return others


async def publish(
    desk: Desk, draft: str, audience: Audience, content: Mapping[str, Any], title: str, maker: int
) -> Broadcast:
    """Send a result that was approved to those who follow its place, when nobody sleeps. Whoever calls has the right.

    Its approval is the second look; its progress stands on the card of its publication. Raises TooLate the second time.
    """
    _, reachable = await audiences.count(desk.tx, audience, desk.now())
    columns = {"draft": draft, "maker": maker, "title": title, "total": reachable}
    flags = {"receipt": False, "urgent": False, "stand": Stand.SCHEDULED.value}
    return await begin_to_send(desk, await _add(desk, audience, content, desk.now(), **columns, **flags))


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
    changed = await one(desk, found.id)
    if after is Stand.SCHEDULED:
        changed = await begin_to_send(desk, changed)
    await show(desk, found.id, f"{order} {desk.now():%d%H%M%S%f}")
    return changed


async def begin(desk: Desk, found: Broadcast) -> Broadcast:
    """Begin to send one whose time has come: from here on it is known who gets it."""
    if found.starts_at > desk.now() or not await _begun(desk, found):
        return found
    return await one(desk, found.id)


async def begin_to_send(desk: Desk, found: Broadcast) -> Broadcast:
    """Begin at once with what is due now, without waiting for the next look of the job."""
    return await begin_again(desk, await begin(desk, found))


async def begin_again(desk: Desk, going: Broadcast) -> Broadcast:
    """The first portion of one that is being sent now."""
    if going.stand is Stand.SENDING:
        await feed(desk, going, await room(desk))
    return going


async def room(desk: Desk) -> int:
    """How many letters more may wait in the outbox: what leaves within the next moments."""
    supply = max(LEAST_SUPPLY, int(SUPPLY_S * desk.office.pace))
    return supply - await outbox.waiting_of(desk.tx, Kind.BROADCAST)


async def _begun(desk: Desk, found: Broadcast) -> bool:
    begun = {"stand": Stand.SENDING.value, "began_at": desk.now()}
    if not await broadcasts.change(desk.tx, found.id, Stand.SCHEDULED, **begun):
        return False
    await audiences.enlist(desk.tx, found.id, found.audience, desk.now())
    return True


async def feed(desk: Desk, found: Broadcast, most: int) -> int:
    """Owe it to the next people, at most so many. Returns how many; ends it when nobody is left."""
    if most <= 0 or (not found.urgent and desk.office.calendar.is_quiet(desk.now())):
        return 0
    next_ones = await broadcasts.take(desk.tx, found.id, min(most, PORTION))
    lane = Lane.ALERT if found.urgent else Lane.BROADCAST
    buttons = found.receipt or (found.audience.role == RESIDENTS and not found.urgent)
    parts = ("", "button") if buttons and found.content["kind"] == "album" else ("",)
    for who in next_ones:
        for part in parts:
            facts = {"broadcast": found.id, "part": part}
            key = _key(found, who, part)
            desk.owe(Letter(key=key, kind=Kind.BROADCAST, to=person(who), lane=lane, facts=facts))
    if not next_ones:
        await _end(desk, found)
    return len(next_ones)


def _key(found: Broadcast, who: int, part: str) -> str:
    """The same letter is owed once. A copy that is tried again is another one; the buttons below an album are not."""
    again = f"try {found.tries}" if found.tries and not part else ""
    return " ".join(word for word in ("broadcast", str(found.id), str(who), part, again) if word)


async def _end(desk: Desk, found: Broadcast) -> None:
    states, _ = await broadcasts.counts(desk.tx, found.id)
    if states.get("due") or states.get("owed"):
        return
    ended = {"stand": Stand.DONE.value, "ended_at": desk.now()}
    if await broadcasts.change(desk.tx, found.id, Stand.SENDING, **ended) and not is_result(found):
        await show(desk, found.id, f"ended {found.tries}")
        facts = {"broadcast": found.id}
        key = f"ended {found.id} {found.tries}"
        desk.owe(Letter(key=key, kind=Kind.BROADCAST_ENDED, to=person(found.maker), facts=facts))


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
