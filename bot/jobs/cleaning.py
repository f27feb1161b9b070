"""What is done with is forgotten (updates, sent letters, dead invitations); a yearly look at the calendar."""

from datetime import timedelta

from bot.cases.whistling import OFFER_HOLDS
from bot.desk.alarms import alarm
from bot.desk.desk import Desk
from bot.jobs import nudging
from bot.texts.language import ZONE
from storage import applications, inbox, invitations, outbox, posted, standing, voices

BATCH = 2_000
UPDATES_KEPT = timedelta(days=8)
LETTERS_KEPT = timedelta(days=3)
INVITATIONS_KEPT = timedelta(days=30)
VOICES_KEPT = timedelta(days=3)
POSTED_KEPT = timedelta(days=90)


async def clean(desk: Desk) -> int:
    """Delete a bounded number of old rows. Returns how many."""
    gone = await inbox.forget_before(desk.tx, desk.now() - UPDATES_KEPT, BATCH)
    gone += await applications.forget_before(desk.tx, desk.now() - OFFER_HOLDS, BATCH)
    gone += await invitations.forget_before(desk.tx, desk.now() - INVITATIONS_KEPT, BATCH)
    gone += await standing.forget_before(desk.tx, desk.now() - nudging.KEPT, BATCH)
    gone += await posted.forget_before(desk.tx, desk.now() - POSTED_KEPT, BATCH)
    gone += await voices.forget_before(desk.tx, desk.now() - VOICES_KEPT, BATCH)
    return gone + await outbox.forget_before(desk.tx, desk.now() - LETTERS_KEPT, BATCH)


async def look_at_calendar(desk: Desk) -> int:
    """From November on, tell the admins once a week that next year's holidays are not known."""
    today = desk.now().astimezone(ZONE).date()
    year = desk.office.workdays.missing_year(today)
    if year is not None:
        await alarm(desk, f"calendar {year} {today:%V}", "no_calendar", year=str(year))
    return 0
