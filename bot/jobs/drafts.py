"""Drafts that rest: recalled after half an hour and a day; after three days deleted.

Danger does not wait so long (bot/jobs/cries.py), nor does a voice that nobody has heard: it is submitted after half an
hour.
"""

from datetime import timedelta

from bot.cases.draft import OTHER, Draft
from bot.desk.alerting import submit_as_is
from bot.desk.desk import Desk
from bot.jobs.cries import without
from bot.outbox.letters import Kind, Letter, person
from storage import dialogs, people
from storage.dialogs import Dialog

BATCH = 100
ASK_AFTER = timedelta(hours=24)
END_AFTER = timedelta(hours=72)
DAY = timedelta(hours=24)
ABOUT = 40
"""Characters of somebody's own words by which a draft without a matter is named to them."""


async def recall(desk: Desk) -> int:
    """Remind, ask, or end every draft that is due. Returns how many were due."""
    due = await dialogs.quiet(desk.tx, desk.office.seals.content, desk.now(), BATCH)
    for dialog in due:
        draft = Draft.read(dialog.data["draft"]) if "draft" in dialog.data else None
        if draft is None:
            await dialogs.put_off(desk.tx, dialog.person_id, dialog.place, None, 0)
        elif dialog.reminded < 2 and not draft.unheard:
            await _remind(desk, dialog, draft)
        else:
            await _end(desk, dialog, draft)
    return len(due)


async def _remind(desk: Desk, dialog: Dialog, draft: Draft) -> None:
    """After a long standstill only the later reminder is sent; nothing ends before it was asked about for a day."""
    assert dialog.remind_at is not None
    asked_at = dialog.remind_at + (timedelta(0) if dialog.reminded else ASK_AFTER - desk.office.draft_rest)
    step = 1 if desk.now() < asked_at else 2
    key = f"draft {draft.id} {step} {dialog.remind_at:%d%H%M}"
    about = {"matter": draft.heard_matter, "words": draft.text[:ABOUT]}
    facts = {"step": step, "sign": draft.sign, "danger": bool(draft.danger), **about}
    desk.owe(Letter(key=key, kind=Kind.DRAFT_WAITS, to=person(dialog.person_id), facts=facts))
    after = asked_at if step == 1 else max(asked_at + END_AFTER - ASK_AFTER, desk.now() + DAY)
    await dialogs.put_off(desk.tx, dialog.person_id, dialog.place, after, step)


async def _end(desk: Desk, dialog: Dialog, draft: Draft) -> None:
    """What else the dialog holds (an older case being added to) stays; a draft that waited behind it is next."""
    if draft.danger or draft.unheard:
        desk.person = (await people.known(desk.tx, [dialog.person_id]))[dialog.person_id]
        case = await submit_as_is(desk, draft)
        desk.person = None
        facts, to = {"case": case.id}, person(dialog.person_id)
        desk.owe(Letter(key=f"draft filed {draft.id}", kind=Kind.CRY_FILED, to=to, facts=facts))
    ended = without(desk, dialog, draft.id)
    ended.data.pop(OTHER, None)
    desk.dialogs[dialog.person_id, dialog.place] = ended
