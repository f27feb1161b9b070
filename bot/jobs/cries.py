"""Danger that is being told: asked about a minute after the numbers, a report as it is after ten minutes of silence."""

from dataclasses import replace
from datetime import timedelta

from bot.cases.draft import OTHER, PARKED, Ask, Draft, told_meanwhile
from bot.desk.alerting import ASIDE, submit_as_is
from bot.desk.cries import ask_through, drop
from bot.desk.desk import Desk
from bot.outbox.letters import Kind, Lane, Letter, person
from storage import cries, dialogs, people
from storage.cries import Cry
from storage.dialogs import Dialog

BATCH = 50
KEPT = timedelta(hours=24)
REPORTS = "report:"


async def look_after(desk: Desk) -> int:
    """Ask, submit or forget what is due. Returns how many were."""
    seal = desk.office.seals.content
    due = await cries.due(desk.tx, seal, desk.now(), BATCH)
    for cry in due:
        if cry.ask_at is not None and cry.ask_at <= desk.now():
            desk.owe(ask_through(cry))
            cry.asked_at, cry.ask_at = desk.now(), None
            await cries.keep(desk.tx, seal, cry)
        if cry.end_at is not None and cry.end_at <= desk.now():
            await _submit(desk, cry)
    old = await cries.old(desk.tx, seal, desk.now() - KEPT, BATCH)
    for cry in old:
        await drop(desk, cry)
    return len(due) + len(old)


async def _submit(desk: Desk, cry: Cry) -> None:
    """Nobody waits longer for a press: what was said is filed as it is, and whoever said it is told so."""
    seal = desk.office.seals.content
    desk.person = (await people.known(desk.tx, [cry.person_id])).get(cry.person_id)
    draft = Draft.read(cry.body["draft"]) if "draft" in cry.body else None
    if desk.person is None or draft is None:
        await cries.keep(desk.tx, seal, replace(cry, end_at=None))
        return
    case = await submit_as_is(desk, draft)
    desk.person = None
    facts = {"case": case.id}
    to = person(cry.person_id)
    desk.owe(Letter(key=f"cry filed {cry.id}", kind=Kind.CRY_FILED, to=to, lane=Lane.URGENT, facts=facts))
    known = await dialogs.of_people(desk.tx, seal, [cry.person_id])
    dialog = desk.dialogs.get((cry.person_id, 0)) or known.get((cry.person_id, 0))
    if dialog is not None:
        desk.dialogs[cry.person_id, 0] = without(desk, dialog, draft.id)


def without(desk: Desk, dialog: Dialog, draft_id: str) -> Dialog:
    """The dialog after one of its drafts was submitted; a draft that waited behind the open one is next."""
    data = dict(dialog.data)
    for name, told in ((ASIDE, data.get(ASIDE)), (OTHER, told_meanwhile(data))):
        if told is not None and told["id"] == draft_id:
            del data[name]
    parked = [one for one in data.get(PARKED, []) if one["id"] != draft_id]
    data |= {PARKED: parked} if PARKED in data else {}
    if data.get("draft", {}).get("id") != draft_id:
        return replace(dialog, data=data, changed=True)
    left = {name: value for name, value in data.items() if name not in {"draft", PARKED, "sure"}}
    state = None if (dialog.state or REPORTS).startswith(REPORTS) else dialog.state
    ended = replace(dialog, state=state, data=left, remind_at=None, reminded=0, changed=True)
    if parked:
        ended.data = {**left, "draft": parked[0], PARKED: parked[1:]}
        ended.state, ended.remind_at = state or f"{REPORTS}{Ask.MATTER}", desk.now()
    return ended
