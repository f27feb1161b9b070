"""After a broadcast: who has not read it, what was answered; trying again what failed, reminding who has not read."""

from dataclasses import replace
from datetime import datetime

from bot.cases.broadcast import RESIDENTS, Stand
from bot.cases.errors import RemindedToday, TooLate
from bot.cases.levels import COMMUNITY
from bot.desk.broadcasting import PAGE, PORTION, begin_again, must_be_theirs, one, show
from bot.desk.desk import Desk
from bot.desk.rights import must_be_admin
from bot.outbox.letters import Kind, Lane, Letter, person
from bot.texts.language import ZONE
from storage import broadcasts, recipients
from storage.broadcasts import Broadcast, Reply

PLACES_SHOWN = 25
UNREAD_NAMES = 12
REMIND = "remind"
"""The part of a broadcast that is a reminder of it."""


async def unread(desk: Desk, broadcast_id: int) -> tuple[list[tuple[str | None, list[str], int]], int]:
    """Who got it and has not said 已收到, by community: name, some people, how many; and how many more places.

    Whoever follows a place is named to nobody, also those that stand in the register.
    """
    found = await one(desk, broadcast_id)
    await must_be_theirs(desk, found)
    named = found.audience.role != RESIDENTS
    groups: dict[int | None, list[str | None]] = {}
    for path, name in await recipients.unread(desk.tx, broadcast_id):
        ids = [int(part) for part in (path or "").split("/") if part]
        groups.setdefault(ids[:COMMUNITY][-1] if ids else None, []).append(name)
    largest = sorted(groups.items(), key=lambda group: -len(group[1]))
    shown: list[tuple[str | None, list[str], int]] = []
    for node_id, names in largest[:PLACES_SHOWN]:
        path = await desk.office.places.path(desk.tx, node_id) if node_id is not None else []
        known = [name for name in names if name and named]
        shown.append((path[-1].name if path else None, known[:UNREAD_NAMES], len(names)))
    return shown, max(0, len(largest) - PLACES_SHOWN)


async def replies(desk: Desk, broadcast_id: int, after: int) -> tuple[Broadcast, list[Reply], int]:
    """A page of answers after the one of this number, and the number to go on after (0: that was all)."""
    found = await one(desk, broadcast_id)
    await must_be_theirs(desk, found)
    page = await broadcasts.replies_to(desk.tx, desk.office.seals.content, broadcast_id, after, PAGE + 1)
    last = page[PAGE - 1][0] if len(page) > PAGE else 0
    answers = [reply for _, reply in page[:PAGE]]
    if found.audience.role == RESIDENTS:
        answers = [replace(reply, name=None) for reply in answers]
    return found, answers, last


async def try_again(desk: Desk, broadcast_id: int) -> Broadcast:
    """Send once more to those to whom it could not be sent (not to those who blocked us). Of two presses one wins.

    Raises NotYours, NotFound, TooLate if it is not done or nothing of it failed.
    """
    await must_be_admin(desk)
    found = await one(desk, broadcast_id)
    again = {"stand": Stand.SENDING.value, "ended_at": None, "tries": found.tries + 1}
    if not await broadcasts.change(desk.tx, found.id, Stand.DONE, **again):
        raise TooLate
    if not await recipients.try_again(desk.tx, found.id):
        raise TooLate
    going = await begin_again(desk, await one(desk, found.id))
    await show(desk, found.id, f"again {going.tries}")
    return going


async def may_remind(desk: Desk, broadcast_id: int) -> int:
    """How many would be reminded now.

    Raises NotYours, NotFound, TooLate if it is not done or everybody has read it, RemindedToday.
    """
    await must_be_admin(desk)
    found = await one(desk, broadcast_id)
    if found.stand is not Stand.DONE or not found.receipt:
        raise TooLate
    if found.reminded_at is not None and _day(found.reminded_at) == _day(desk.now()):
        raise RemindedToday
    count = await recipients.count_unread(desk.tx, found.id)
    if not count:
        raise TooLate
    return count


async def remind(desk: Desk, broadcast_id: int) -> int:
    """Remind those who have not said 已收到, at most once a day. Returns how many. Raises as `may_remind`."""
    await may_remind(desk, broadcast_id)
    count = await recipients.nudge_unread(desk.tx, broadcast_id)
    told = {"reminding": True, "reminded_at": desk.now()}
    await broadcasts.change(desk.tx, broadcast_id, Stand.DONE, **told)
    await show(desk, broadcast_id, f"reminded {desk.now():%Y%m%d}")
    return count


async def feed_reminders(desk: Desk, found: Broadcast, most: int) -> int:
    """Owe the reminder to the next people, at most so many; over when nobody is left. Returns how many."""
    if most <= 0 or (not found.urgent and desk.office.calendar.is_quiet(desk.now())):
        return 0
    next_ones = await recipients.take_to_remind(desk.tx, found.id, min(most, PORTION))
    day = found.reminded_at or desk.now()
    for who in next_ones:
        key = f"broadcast {found.id} {who} {REMIND} {day:%Y%m%d%H%M}"
        facts = {"broadcast": found.id, "part": REMIND}
        desk.owe(Letter(key=key, kind=Kind.BROADCAST, to=person(who), lane=Lane.BROADCAST, facts=facts))
    if not next_ones:
        await broadcasts.change(desk.tx, found.id, Stand.DONE, reminding=False)
    return len(next_ones)


def _day(moment: datetime) -> object:
    return moment.astimezone(ZONE).date()
