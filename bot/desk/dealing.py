"""What responders, supervisors and dispatchers do with a case. Rights are looked up here, at the press."""

import re
from typing import Any

from bot.cases.actions import CENTRE, UNIT, Action, Role
from bot.cases.case import WITH_SOMEBODY, Case, Contact, Status
from bot.cases.conditions import is_advice
from bot.cases.errors import MoveNotAllowed, NoContact, NotFound, NotOpen, NotYours, OldEvidence
from bot.desk import routing, showing, voices
from bot.desk.blocked import kept_out
from bot.desk.desk import Desk
from bot.desk.moves import act
from bot.desk.reporting import keep_media
from bot.desk.rights import PREFERRED, authorize, holds_order, may_see, roles_towards, within
from bot.outbox.letters import person
from storage import cases, grid, units
from storage.units import Unit

VERDICTS = frozenset({Action.CONFIRM, Action.FAIL})
SEEN = frozenset({"photo", "document", "video", "video_note"})
"""Kinds of files that can show a result."""

OF_WORK = frozenset({Action.PROGRESS, Action.RESOLVE, Action.ASK})
"""Open to the unit from the signing on: the first of them counts as first contact."""

OPEN = frozenset(
    {Status.TRIAGE, Status.REDO, Status.DISPATCHED, Status.ACCEPTED, Status.HANDLING, Status.JOINT, Status.REWORK}
)
"""While its unit still reads a case."""

PAGE = 10


def who_acts(desk: Desk) -> int:
    """The number of whoever acts. Raises NotYours for nobody we know."""
    if desk.person is None:
        raise NotYours
    return desk.person.id


async def case_for(desk: Desk, case_id: int, action: Action) -> tuple[Case, Role]:
    """The case and the role in which this person may do it. Raises what the rule refuses, NotFound and Taken."""
    case, _ = await may_see(desk, case_id, who_acts(desk))
    return case, await authorize(desk, who_acts(desk), action, case)


def verdict_on(case: Case) -> str:
    """Names the result that a verdict is about, so that an old button never judges a new one."""
    return str(int(case.resolved_at.timestamp())) if case.resolved_at else ""


async def _judged(desk: Desk, case_id: int, action: Action, about: str) -> tuple[Case, Role]:
    case, role = await case_for(desk, case_id, action)
    if action in VERDICTS and about != verdict_on(case):
        raise MoveNotAllowed(status=case.status, action=action)
    return case, role


def number_pattern(desk: Desk) -> str:
    """What a case number looks like here."""
    return re.escape(desk.office.number_prefix) + r"[0-9]{6}-[0-9]{3,6}"


async def case_named(desk: Desk, text: str) -> Case | None:
    """The case whose number stands first in a message of ours, if whoever acts belongs to the unit that has it."""
    number = re.search(number_pattern(desk), text)
    case = await cases.by_number(desk.tx, number[0]) if number else None
    try:
        roles = (await may_see(desk, case.id, who_acts(desk)))[1] if case else frozenset[Role]()
    except (NotYours, NotFound):
        return None
    return case if roles & UNIT else None


async def press_simple(desk: Desk, case_id: int, action: Action, about: str = "") -> Case:
    """Sign for a case, book the first contact, or confirm a result. Of two at once one wins, the other hears who.

    Signing twice is signing once.
    """
    if action is Action.ACCEPT:
        case, roles = await may_see(desk, case_id, who_acts(desk))
        if case.status is Status.ACCEPTED and case.handler_id == who_acts(desk) and roles & UNIT:
            return case
    case, role = await _judged(desk, case_id, action, about)
    return await act(desk, case, action, role, actor_id=who_acts(desk))


async def started(desk: Desk, case_id: int, action: Action, about: str = "") -> Case:
    """The case somebody is about to give words for; refuses early what would be refused later."""
    if action not in OF_WORK or (action is Action.ASK and await not_sent_yet(desk, case_id)):
        return (await _judged(desk, case_id, action, about))[0]
    case, roles = await may_see(desk, case_id, who_acts(desk))
    if not roles & UNIT:
        raise NotYours(action=action)
    if case.status not in WITH_SOMEBODY:
        raise MoveNotAllowed(status=case.status, action=action)
    if action is Action.ASK and case.contact is Contact.NONE:
        raise NoContact
    return case


async def not_sent_yet(desk: Desk, case_id: int) -> bool:
    """Whether the centre still has a case, so that it is the centre that asks."""
    case = await cases.by_id(desk.tx, case_id)
    return case is not None and case.status in {Status.TRIAGE, Status.NEED_INFO}


async def at_work(desk: Desk, case_id: int, *, tell: bool) -> tuple[Case, Role]:
    """The first progress or result counts as first contact; `tell` False when words follow that say it all."""
    case = await started(desk, case_id, Action.PROGRESS)
    _, roles = await may_see(desk, case_id, who_acts(desk))
    role = next(one for one in PREFERRED if one in roles and one in UNIT)
    if case.status is Status.ACCEPTED:
        case = await act(desk, case, Action.CONTACT, role, actor_id=who_acts(desk), tell=tell)
    return case, role


async def progress(desk: Desk, case_id: int, words: str, pieces: list[dict[str, Any]]) -> Case:
    """进展: words reach the reporter, photos stay with the case. Without words the photos are kept silently."""
    case, role = await at_work(desk, case_id, tell=not words)
    if pieces:
        await keep_media(desk, case, pieces, "progress")
    return await act(desk, case, Action.PROGRESS, role, actor_id=who_acts(desk), note=words) if words else case


async def needs_photo(desk: Desk, case_id: int) -> bool:
    """Whether a result must come with a picture: not for questions, not for confidential cases."""
    case = await cases.by_id(desk.tx, case_id)
    return case is not None and not is_advice(case) and not case.confidential


def shows_something(pieces: list[dict[str, Any]]) -> bool:
    """Whether one of these files is a picture or film; a voice message proves nothing."""
    return any(piece["kind"] in SEEN for piece in pieces)


async def resolve(desk: Desk, case_id: int, words: str, pieces: list[dict[str, Any]]) -> Case:
    """办结 with words and picture; it goes to verification before the reporter is asked.

    Raises OldEvidence when the picture is needed and none of them is new to the case.
    """
    case, role = await at_work(desk, case_id, tell=False)
    if pieces:
        await keep_media(desk, case, pieces, "result")
    needed = await needs_photo(desk, case_id)
    if needed and shows_something(pieces) and not await _came_now(desk, case):
        raise OldEvidence
    shown = shows_something(pieces) or not needed
    return await act(desk, case, Action.RESOLVE, role, actor_id=who_acts(desk), note=words, evidence=shown)


async def _came_now(desk: Desk, case: Case) -> bool:
    """Whether a picture or film was kept just now; one that the case had before is not kept again."""
    files = await desk.files_of(case.id)
    return any(one.source == "result" and one.came_at == desk.now() and one.kind in SEEN for one in files)


async def add_to_result(desk: Desk, case_id: int, pieces: list[dict[str, Any]]) -> bool:
    """More pictures of a result (the rest of its album). False: it is judged already, the files are progress."""
    case, roles = await may_see(desk, case_id, who_acts(desk))
    if not roles & UNIT:
        raise NotYours
    open_still = case.status is Status.VERIFY
    await keep_media(desk, case, pieces, "result" if open_still else "progress")
    for to in await routing.verifiers(desk, case) if open_still else ():
        await showing.owe_new_files(desk, case, to, "result")
    return open_still


async def fail(desk: Desk, case_id: int, words: str, about: str) -> Case:
    """核查不通过: back to the unit with the reason."""
    case, role = await _judged(desk, case_id, Action.FAIL, about)
    return await act(desk, case, Action.FAIL, role, actor_id=who_acts(desk), note=words)


async def send_to(desk: Desk, case_id: int, action: Action, unit_id: int) -> tuple[Case, Unit]:
    """派单 or 改派 by a dispatcher. Raises NotYours for a unit that may not receive the matter."""
    case, role = await case_for(desk, case_id, action)
    unit = next((one for one in await units_for(desk, case) if one.id == unit_id), None)
    if unit is None or (action is Action.REASSIGN and unit.id == case.unit_id):
        raise NotYours(action=action)
    return await act(desk, case, action, role, actor_id=who_acts(desk), to_id=unit.id), unit


async def case_to_send(desk: Desk, case_id: int, action: Action) -> Case:
    """The case a dispatcher is choosing a unit for."""
    case, _ = await case_for(desk, case_id, action)
    return case


async def units_for(desk: Desk, case: Case, *, every: bool = False) -> list[Unit]:
    """Units that may receive this case: the matter is on their list (or `every` one). Those of its place come first."""
    around = await grid.around(desk.tx, case.node_id)
    out = await kept_out(desk, case)
    fitting = [one for one in await units.all_units(desk.tx) if one.kind != "centre" and one.id not in out]
    fitting = [one for one in fitting if every or routing.accepts(one, case.matter)]
    return sorted(fitting, key=lambda one: (one.node_id not in around, one.code))


async def units_to_choose(desk: Desk, case: Case, action: Action) -> list[Unit]:
    """The units that whoever acts may send it to by this; for a thank-you every unit."""
    _, role = await case_for(desk, case.id, action)
    fitting = await units_for(desk, case, every=action is Action.THANK)
    if action is not Action.REASSIGN:
        return fitting
    others = [one for one in fitting if one.id != case.unit_id]
    return await within(desk, case, action, role, who_acts(desk), others)


async def case_for_dispatcher(desk: Desk, case_id: int) -> Case:
    """A case as a dispatcher may look at it. Raises NotFound for everybody else."""
    case, roles = await may_see(desk, case_id, who_acts(desk))
    if not roles & CENTRE:
        raise NotFound
    return case


async def case_to_look_at(desk: Desk, case_id: int) -> Case:
    """A case as a dispatcher, or whoever holds its 监督单, may look at it. Raises NotFound for everybody else."""
    case, roles = await may_see(desk, case_id, who_acts(desk))
    if not roles & CENTRE and not await holds_order(desk, case, roles, who_acts(desk)):
        raise NotFound
    return case


async def roles_at_centre(desk: Desk, case: Case) -> frozenset[Role]:
    """As which dispatchers whoever acts may decide about a case."""
    return await roles_towards(desk, case, who_acts(desk)) & CENTRE


async def case_for_unit(desk: Desk, case_id: int) -> Case:
    """A case as its unit may look at it. Raises NotFound for everybody else."""
    case, roles = await may_see(desk, case_id, who_acts(desk))
    if not roles & UNIT:
        raise NotFound
    return case


async def show_files(desk: Desk, case: Case, chat_id: int, topic_id: int | None) -> None:
    """Owe the files of a case to the chat where somebody asked: a centre's group, else privately.

    What no group may read (HIDDEN) is the dispatchers' alone.
    """
    assert desk.person is not None
    bound = await units.in_chat(desk.tx, chat_id, topic_id)
    to = f"unit:{bound.id}" if bound and bound.kind == "centre" and not case.confidential else person(desk.person.id)
    private = (showing.HIDDEN,) if to.startswith("person:") and await roles_at_centre(desk, case) else ()
    for source in ("report", *private, "progress", "look", "result"):
        await showing.owe_files(desk, case, to, source, why=f" {desk.name}")


async def case_to_sum_up(desk: Desk, text: str) -> Case | None:
    """The confidential case a message of ours is about, if whoever acts is its dispatcher and its work goes on."""
    number = re.search(number_pattern(desk), text)
    case = await cases.by_number(desk.tx, number[0]) if number else None
    if case is None or not case.confidential or case.status not in OPEN:
        return None
    return case if await routing.may_hear(desk, case, person(who_acts(desk))) else None


async def sum_up(desk: Desk, case: Case, words: str, key: str) -> None:
    """Keep what a dispatcher heard in a sealed report; its unit reads it. `key` makes it safe to repeat."""
    roles = await roles_towards(desk, case, who_acts(desk))
    role = next(one for one in PREFERRED if one in roles and one in CENTRE)
    line = {"case_id": case.id, "at": desk.now(), "action": showing.SUMMARY, "role": role.value, "note": words}
    await cases.record(desk.tx, [{**line, "person_id": who_acts(desk), "unit_id": case.unit_id}])
    for to in await routing.at_unit(desk, case):
        showing.owe_words(desk, case, to, "centre", f"summary {key}", words)
    await showing.refresh_cards(desk, case, f" summary {key}")


async def pass_on(desk: Desk, case_id: int, at: int) -> Case:
    """Pass on the words of a sealed voice, which a dispatcher has read, to the unit. Raises NotFound, NotOpen."""
    case = await case_for_dispatcher(desk, case_id)
    known = await voices.told_before(desk, case)
    if not case.confidential or case.status not in OPEN or at >= len(known):
        raise NotOpen
    if known[at] not in (await showing.summary_of(desk, case)).split("\n"):
        await sum_up(desk, case, known[at], f"voice {at}")
    return case


async def queue(desk: Desk) -> list[Case]:
    """What waits for triage and is this dispatcher's to see: dangers, then what most people met, then the oldest."""
    waiting = await cases.weightiest(desk.tx, (Status.TRIAGE, Status.REDO, Status.DIVERTED), PAGE)
    return [one for one in waiting if await roles_towards(desk, one, who_acts(desk)) & CENTRE]


async def of_centre(desk: Desk, chat_id: int, topic_id: int | None) -> bool:
    """Whether a group is one of a command centre: only there cases are shown that have no unit yet."""
    bound = await units.in_chat(desk.tx, chat_id, topic_id)
    return bound is not None and bound.kind == "centre"
