"""A danger that is being told: the centre and the duty people hear of it at the first word, not at 提交."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.cases.case import Case, Level, Visibility
from bot.cases.catalogue import Catalogue
from bot.cases.crying import ASK_AFTER, END_AFTER, NUMBERS_EVERYWHERE, in_danger
from bot.cases.draft import PARKED, Draft, told_meanwhile
from bot.cases.matter import Matter
from bot.desk import recording, routing
from bot.desk.cries import say, show
from bot.desk.desk import Desk
from bot.desk.reporting import drafted, file_report
from storage import cries, units
from storage.cries import Cry

ASIDE = "danger_heard"
"""In a dialog: the draft of a danger that was told while something else was asked for."""

Heard = dict[str, Draft]


def drafts_of(data: Mapping[str, Any]) -> Heard:
    """Everything that is being told in a dialog, by the draft's id."""
    found: list[dict[str, Any] | None] = [data.get("draft"), data.get(ASIDE), told_meanwhile(data)]
    found += data.get(PARKED, [])
    return {one["id"]: Draft.read(one) for one in found if one is not None}


def dangers_in(catalogue: Catalogue, data: Mapping[str, Any]) -> Heard:
    """Those of them that tell of danger."""
    known = catalogue.matters
    return {name: one for name, one in drafts_of(data).items() if in_danger(one, known.get(one.matter or ""))}


def signs(heard: Heard) -> dict[str, str]:
    """What each says now: a draft is changed in place, so this is taken before anything is."""
    return {name: repr(one) for name, one in heard.items()}


async def before(desk: Desk) -> dict[str, str]:
    """What whoever acts had told of danger before this message."""
    assert desk.person is not None
    dialog = await desk.dialog(desk.person.id)
    return signs(dangers_in(desk.office.catalogue, dialog.data)) if dialog.data else {}


async def follow(desk: Desk, earlier: Mapping[str, str]) -> None:
    """After a message: whoever must know of a danger is told what is said by now, or that it was taken back.

    Safe to repeat. Silence is counted from here on.
    """
    assert desk.person is not None
    data = (await desk.dialog(desk.person.id)).data
    now = dangers_in(desk.office.catalogue, data) if data else {}
    for name, draft in now.items():
        await told(desk, desk.person.id, draft, news=repr(draft) != earlier.get(name))
    gone = [name for name in earlier if name not in now]
    known = drafts_of(data) if gone and data else {}
    for name in gone:
        await _no_more(desk, name, known.get(name), data)


async def told(desk: Desk, person_id: int, draft: Draft, *, news: bool) -> Cry:
    """Tell of a danger as it stands, or only count the silence anew."""
    seal = desk.office.seals.content
    cry = await cries.by_draft(desk.tx, seal, draft.id)
    fresh = cry is None
    if cry is None:
        cry = Cry(cries.mark_of(seal, draft.id), person_id, desk.now(), ask_at=_ask_at(desk, draft))
        await cries.add(desk.tx, seal, replace(cry, body={"to": []}))
        cry = await cries.by_draft(desk.tx, seal, draft.id)
        assert cry is not None
    cry.state, cry.end_at = "open", desk.now() + END_AFTER
    hushed = draft.hush != cry.body.get("hush", "")
    if draft.hush:
        cry.ask_at, cry.body["hush"] = None, draft.hush
    if news or fresh:
        await _write(desk, cry, draft)
    if hushed and not fresh:
        say(desk, cry, f"hush {draft.hush}")
    await cries.keep(desk.tx, seal, cry)
    return cry


def _ask_at(desk: Desk, draft: Draft) -> Any:
    """A minute after the numbers; of whoever records for another nothing is asked."""
    return None if draft.source else desk.now() + ASK_AFTER


async def _write(desk: Desk, cry: Cry, draft: Draft) -> None:
    case, matter = await as_case(desk, draft)
    to = [*await routing.dispatchers(desk, case), *await duty(desk, case, matter)]
    cry.body |= {
        "draft": draft.as_json(),
        "matter": matter.code,
        "numbers": list(matter.advice.numbers if matter.advice else NUMBERS_EVERYWHERE),
        "place": case.place,
        "secret": case.confidential,
        "to": list(dict.fromkeys([*cry.body.get("to", []), *to])),
        "at": desk.now().isoformat(),
    }
    show(desk, cry)


async def as_case(desk: Desk, draft: Draft) -> tuple[Case, Matter]:
    """The case that a draft would be, and the matter of its danger. What may be confidential is treated as such."""
    catalogue = desk.office.catalogue
    case = await drafted(desk, draft)
    heard = [catalogue.matters[code] for code in draft.advised if code in catalogue.matters]
    own = catalogue.of(case.matter)
    matter = heard[0] if heard and own.advice is None else own
    if any(may_be_secret(one) for one in (*heard, matter)):
        case = replace(case, sealed=True)
    return case, matter


def may_be_secret(matter: Matter) -> bool:
    """Whether what is told of this matter never enters a group."""
    return matter.visibility is Visibility.CONFIDENTIAL or not matter.asks_details


async def duty(desk: Desk, case: Case, matter: Matter) -> list[str]:
    """The duty people of the unit that is there for this matter, privately; nobody where no unit is of its kind.

    Where the place is not known yet it is that of the whole district.
    """
    found = await routing.suggested_unit(desk, replace(case, matter=matter.code), matter)
    if (found is None or found.kind != matter.lead) and case.node_id is None:
        here = [one for one in await units.all_units(desk.tx) if routing.accepts(one, matter.code)]
        found = next((one for one in here if one.kind == matter.lead and one.level is Level.DISTRICT), None)
    return await routing.privately(desk, found.id, 0) if found is not None and found.kind == matter.lead else []


async def _no_more(desk: Desk, name: str, draft: Draft | None, data: Mapping[str, Any]) -> None:
    """It is no danger any more: said so, given up, or part of another case by now."""
    seal = desk.office.seals.content
    cry = await cries.by_draft(desk.tx, seal, name)
    if cry is None or cry.state != "open":
        return
    last: dict[str, Any] = data.get("last") or {}
    joined = last.get("number", "") if draft is None and last.get("sign") == name[:8] else ""
    cry.state, cry.ask_at, cry.end_at = ("calm" if draft is not None else "over"), None, None
    cry.body |= {"joined": joined, "at": desk.now().isoformat()}
    show(desk, cry)
    if not joined:
        say(desk, cry, "calm" if draft is not None else "taken_back")
    await cries.keep(desk.tx, seal, cry)


async def submit_as_is(desk: Desk, draft: Draft) -> Case:
    """What somebody told of danger is a report as it is. A formality of a recorded order does not hold it up."""
    if draft.source and not await recording.is_new(desk, draft):
        draft.source = draft.order_number = draft.order_due = ""
    return await file_report(desk, draft)
