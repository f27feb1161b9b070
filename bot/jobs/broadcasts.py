"""Feeds broadcasts to the outbox in portions: stopping one stops it, and a letter to one never waits for many."""

from bot.cases.broadcast import Stand
from bot.desk import broadcast_after, broadcasting
from bot.desk.broadcasting import PORTION
from bot.desk.desk import Desk
from storage import broadcasts


async def feed(desk: Desk) -> int:
    """Begin what is due, owe the next portion of what is being sent. Returns how many people were written to."""
    fed = 0
    for found in await broadcasts.open_now(desk.tx, desk.office.seals.content, desk.now()):
        going = await broadcasting.begin(desk, found) if found.stand is Stand.SCHEDULED else found
        if going.stand is not Stand.SENDING:
            continue
        fed += await broadcasting.feed(desk, going, await broadcasting.room(desk) - fed)
        await broadcasting.show_now_and_then(desk, going)
    for found in await broadcasts.reminding(desk.tx, desk.office.seals.content):
        fed += await broadcast_after.feed_reminders(desk, found, await broadcasting.room(desk) - fed)
    return min(fed, PORTION)
