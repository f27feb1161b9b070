"""Feeds broadcasts to the outbox in portions: stopping one stops it, and a letter to one never waits for many."""

from bot.cases.broadcast import Stand
from bot.desk import broadcasting
from bot.desk.broadcasting import LEAST_SUPPLY, PORTION, SUPPLY_S
from bot.desk.desk import Desk
from bot.outbox.letters import Kind
from storage import broadcasts, outbox


async def feed(desk: Desk) -> int:
    """Begin what is due, owe the next portion of what is being sent. Returns how many people were written to."""
    fed = 0
    for found in await broadcasts.open_now(desk.tx, desk.office.seals.content, desk.now()):
        going = await broadcasting.begin(desk, found) if found.stand is Stand.SCHEDULED else found
        if going.stand is not Stand.SENDING:
            continue
        room = await _room(desk) - fed
        if room > 0:
            fed += await broadcasting.feed(desk, going, room)
        await broadcasting.show_now_and_then(desk, going)
    return min(fed, PORTION)


async def _room(desk: Desk) -> int:
    """How many may wait in the outbox: what leaves within the next moments."""
    supply = max(LEAST_SUPPLY, int(SUPPLY_S * desk.office.pace))
    return supply - await outbox.waiting_of(desk.tx, Kind.BROADCAST)
