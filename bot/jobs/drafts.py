"""Drafts that rest: recalled after half an hour, asked about after a day; after three days danger is submitted, the rest deleted."""

from datetime import timedelta

from bot.cases.draft import Draft
from bot.desk.desk import Desk
from bot.desk.reporting import file_report
from bot.outbox.letters import Kind, Letter, person
from storage import dialogs, people
from storage.dialogs import Dialog

BATCH = 100
ASK_AFTER = timedelta(hours=24)
END_AFTER = timedelta(hours=72)


async def recall(desk: Desk) -> int:
    """Remind, ask, or end every draft that is due. Returns how many were due."""
    due = await dialogs.quiet(desk.tx, desk.office.seals.content, desk.now(), BATCH)
    for dialog in due:
        if dialog.reminded < 2:
            await _remind(desk, dialog)
        else:
            await _end(desk, dialog)
    return len(due)


async def _remind(desk: Desk, dialog: Dialog) -> None:
    step = dialog.reminded + 1
    begun = dialog.data["draft"]["id"]
    key = f"draft {begun} {step} {dialog.remind_at:%d%H%M}"
    desk.owe(Letter(key=key, kind=Kind.DRAFT_WAITS, to=person(dialog.person_id), facts={"step": step}))
    rest = (ASK_AFTER - desk.office.draft_rest) if step == 1 else END_AFTER - ASK_AFTER
    await dialogs.put_off(desk.tx, dialog.person_id, dialog.place, desk.now() + rest, step)


async def _end(desk: Desk, dialog: Dialog) -> None:
    draft = Draft(**dialog.data["draft"])
    if draft.danger:
        desk.person = (await people.known(desk.tx, [dialog.person_id]))[dialog.person_id]
        await file_report(desk, draft)
        desk.person = None
    ended = Dialog(dialog.person_id, dialog.place, changed=True)
    desk.dialogs[dialog.person_id, dialog.place] = ended
