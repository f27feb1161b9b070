"""Filing a report: a draft becomes a case, once, with number, way back, first clock and first letters."""

from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.cases.actions import Action, Role
from bot.cases.case import Case, Colour, Contact, Source, Status, Visibility
from bot.cases.clocks import asked_until
from bot.cases.draft import UNCLEAR, Draft
from bot.cases.flow import settled
from bot.cases.matter import Matter
from bot.cases.secrecy import is_secret, secrets_in
from bot.desk import accused, cries, recording, routing, showing, supervising, voices
from bot.desk.desk import Desk
from bot.desk.heard import may_file
from bot.desk.moves import decided, event, promise, reset_clocks
from bot.desk.resettling import place_now
from bot.texts.language import ZONE
from storage import attachments, cases, grid, reporters
from storage.units import Unit

LARGEST_FILE = 20 * 1024 * 1024


async def file_report(desk: Desk, draft: Draft) -> Case:
    """Open a case and owe everything that must be said about it.

    Safe to repeat: the same draft always gives the same case. Raises Muted and RestFirst where nobody is in danger. Of
    what the centre records: raises NotYours for anybody else, OrderKnown if the order is a case already.
    """
    if known := await cases.by_draft(desk.tx, draft.id):
        return known
    await recording.must_be_new(desk, draft)
    assert desk.person is not None
    matter = _matter_of(desk, draft)
    if not (draft.danger or matter.colour is Colour.RED or draft.unheard):
        await may_file(desk)
    new = await new_case(desk, draft, matter, desk.person.id)
    named = await accused.named_by(desk, new, draft)
    new = replace(new, conflicted=bool(await accused.at_once(desk, named, new.matter)))
    unit = await routing.automatic_unit(desk, new, matter)
    registered, routed = _routed(desk, new, unit if not named else None)
    case = await cases.add(desk.tx, routed, draft.id, settled(draft, matter))
    await accused.keep(desk, case, named)
    await recording.keep_callback(desk, case.reporter, draft)
    await _write_history(desk, registered, case)
    if draft.media:
        await keep_media(desk, case, draft.media, "report", case.reporter)
    await reset_clocks(desk, case, new=True)
    await promise(desk, case)
    if case.status is Status.DISPATCHED:
        await supervising.follow(desk, case, Action.DISPATCH)
    await _tell(desk, case, draft.id)
    if case.confidential:
        await _tell_unsure(desk, case, draft)
    return case


def tells_secret(desk: Desk, draft: Draft, matter: Matter) -> bool:
    """Whether the words of a report, whatever was tapped, tell of what no group may read (rulings 10, 12)."""
    catalogue = desk.office.catalogue
    known = settled(draft, matter)
    asides = [draft.place_said, *(known[one.key] for one in matter.questions if not one.answers and one.key in known)]
    wide = matter is catalogue.other
    return bool(secrets_in(catalogue, draft.text, wide=wide)) or any(
        secrets_in(catalogue, one, story=False) for one in asides if one
    )


def _words(desk: Desk, draft: Draft, *, sealed: bool) -> str:
    """All words. What a machine heard and nobody confirmed is marked, and left out of a sealed report."""
    texts = desk.texts(desk.office.language)
    return "\n".join(
        words if source not in draft.unsure else texts.heard_by_machine(words)
        for words, source in draft.paragraphs
        if not (sealed and source in draft.unsure)
    )


async def _tell_unsure(desk: Desk, case: Case, draft: Draft) -> None:
    for words, source in draft.paragraphs:
        if source in draft.unsure:
            await voices.told(desk, case, words, f"{case.id} {source}", danger=bool(draft.danger))


def _matter_of(desk: Desk, draft: Draft) -> Matter:
    return desk.office.catalogue.of(draft.heard_matter)


async def drafted(desk: Desk, draft: Draft) -> Case:
    """The case that a draft would be if it were submitted now: without number and way back."""
    return await new_case(desk, draft, _matter_of(desk, draft), None)


async def _number(desk: Desk) -> str:
    day = f"{desk.now().astimezone(ZONE):%y%m%d}"
    running = await cases.next_number(desk.tx, day)
    return f"{desk.office.number_prefix}{day}-{running:03d}"


async def new_case(desk: Desk, draft: Draft, matter: Matter, person_id: int | None) -> Case:
    """The case that a draft becomes, registered and not kept yet; without a person it is only looked at."""
    by_wish = bool(draft.sealed) or not matter.asks_details
    withheld = not (by_wish or is_secret(matter)) and tells_secret(desk, draft, matter)
    sealed, source = by_wish or withheld, Source(draft.source or Source.CHAT)
    vault = desk.office.seals.vault
    return Case(
        id=0,
        number=await _number(desk) if person_id is not None else "",
        matter=matter.code,
        level=matter.level,
        colour=Colour.RED if draft.danger else matter.colour,
        visibility=matter.visibility,
        status=Status.REGISTERED,
        version=1,
        text=_words(desk, draft, sealed=sealed or matter.visibility is Visibility.CONFIDENTIAL),
        place=await place_in_words(desk, draft),
        reporter=await reporters.new_reference(desk.tx, vault, person_id) if person_id is not None else "",
        registered_at=desk.now(),
        sealed=sealed,
        withheld=withheld,
        danger=bool(draft.danger),
        latitude=draft.latitude,
        longitude=draft.longitude,
        node_id=await node_of(desk, draft),
        source=source,
        on_behalf=draft.on_behalf,
        order_number=draft.order_number or None,
        order_due=datetime.fromisoformat(draft.order_due)
        if draft.order_due
        else asked_until(source, desk.now(), desk.office.calendar),
        contact=Contact(draft.contact or Contact.RELAY),
    )


async def node_of(desk: Desk, draft: Draft) -> int | None:
    """The place of the draft; what it has become if the grid was re-drawn meanwhile."""
    if draft.node_id is None or await grid.by_id(desk.tx, draft.node_id):
        return draft.node_id
    return await place_now(desk, draft.node_id, (draft.latitude, draft.longitude), f"{draft.place_said} {draft.text}")


async def place_in_words(desk: Desk, draft: Draft) -> str:
    """The place of the grid and what was said of it."""
    names = [node.name for node in await desk.office.places.path(desk.tx, draft.node_id)] if draft.node_id else []
    known = "".join(names[1:])
    said = " ".join(part for part in (known, draft.place_said if draft.place_said not in known else "") if part)[:200]
    unclear = UNCLEAR in draft.skipped and draft.latitude is None
    return said or (desk.texts(desk.office.language).place_unclear() if unclear else "")


def _routed(desk: Desk, new: Case, unit: Unit | None) -> tuple[Case, Case]:
    """The case as registered, and as the system sends it on: to its unit at once, or to triage."""
    action = Action.DISPATCH if unit else Action.TRIAGE
    to_id = unit.id if unit else None
    return new, decided(desk, new, action, Role.SYSTEM, None, None, False, to_id, Counter())


async def _write_history(desk: Desk, new: Case, case: Case) -> None:
    action = Action.DISPATCH if case.status is Status.DISPATCHED else Action.TRIAGE
    author = await recording.author(desk, new)
    by = desk.person.id if desk.person and author is not Role.REPORTER else None
    submitted = event(desk, new, new, Action.SUBMIT, author, by, None)
    sent = event(desk, new, case, action, Role.SYSTEM, None, None)
    await cases.record(desk.tx, [{**submitted, "case_id": case.id, "before": Status.DRAFT.value}, sent])


async def fresh_of(desk: Desk, case: Case, pieces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of these files that the case, or the one it was merged into, has not got."""
    known = {
        unique_id
        for one in {case.id, case.parent_id or case.id}
        for unique_id in (await attachments.unique_ids(desk.tx, one) if pieces else ())
    }
    return [piece for piece in pieces if piece["unique_id"] not in known]


async def keep_media(desk: Desk, case: Case, pieces: list[dict[str, Any]], source: str, ref: str | None = None) -> int:
    """Note files of a case (`ref`: of which reporter or joiner); a job fetches them.

    Returns how many are too large to be fetched.
    """
    rows = [
        attachments.new_row(
            desk.office.seals.content,
            piece["file_id"],
            case_id=case.id,
            source=source,
            kind=piece["kind"],
            unique_id=piece["unique_id"],
            size=piece.get("size"),
            state="too_large" if (piece.get("size") or 0) > LARGEST_FILE else "waiting",
            came_at=desk.now(),
            not_before=desk.now(),
            ref=ref,
        )
        for piece in pieces
    ]
    await attachments.add(desk.tx, rows)
    desk.files.pop(case.id, None)
    return sum(row["state"] == "too_large" for row in rows)


async def _tell(desk: Desk, case: Case, draft_id: str) -> None:
    """The unit, or the centre; red and confidential cases at once privately to the one on duty of the likely unit.

    Who was told of the danger while it was being told sees its card become this one.
    """
    told = [*await routing.dispatchers(desk, case), *await showing.likely_duty(desk, case)]
    await cries.filed(desk, draft_id, case, told)
    await showing.show_at_once(desk, case, anew=False)
