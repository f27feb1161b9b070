"""What a reporter does with a case afterwards: look, add, urge, withdraw, rate, reopen."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.cases.actions import Action, Role
from bot.cases.case import Case, Colour, Status
from bot.cases.clocks import urge_from
from bot.cases.errors import MoveNotAllowed, NotFound, TooSoon
from bot.cases.levels import COMMUNITY
from bot.cases.lifecycle import move
from bot.cases.muting import MOST_FILES
from bot.cases.searching import pieces
from bot.desk import confiding, joining, merging, pausing, routing, sampling, saying_more, showing, voices
from bot.desk.blocked import is_blocked
from bot.desk.desk import Desk
from bot.desk.heard import must_be_heard
from bot.desk.masking import for_strangers
from bot.desk.moves import act, clock_spans, times
from bot.desk.reporting import keep_media
from bot.desk.worsening import redden, worsen
from bot.outbox.letters import Kind, Letter, person, reporter
from storage import cards, cases, reporters
from storage.cases import Event

PAGE = 8
LOOKED_THROUGH = 100
"""So many of one's own reports are looked through for words."""

OUTCOMES = {"yes": "solved", "part": "part", "no": "unsolved"}


async def my_cases(desk: Desk, before: int | None = None) -> list[Case]:
    """A page of what this person reported, the newest first, and one more if there are older ones."""
    assert desk.person is not None
    shown: list[Case] = []
    while len(shown) <= PAGE:
        found = await cases.of_owner(desk.tx, desk.own_mark(), before, PAGE + 1)
        shown += await _followed(desk, found)
        if len(found) <= PAGE:
            break
        before = found[-1].id
    return shown[: PAGE + 1]


async def _followed(desk: Desk, found: list[Case]) -> list[Case]:
    return [one for one in found if not one.conflicted or await may_follow(desk, one)]


async def may_follow(desk: Desk, case: Case) -> bool:
    """Whether whoever acts still reads the news of a case: who is complained of only if they reported it."""
    try:
        await waited_for(desk, case)
    except NotFound:
        return False
    return True


async def find_mine(desk: Desk, words: str) -> list[Case]:
    """Of the newest of one's own reports those with this part of a number, or with all pieces of these words."""
    assert desk.person is not None
    own = await _followed(desk, await cases.of_owner(desk.tx, desk.own_mark(), None, LOOKED_THROUGH))
    part, sought = words.strip(), set(pieces(words))
    found = [one for one in own if part in one.number or (sought and sought <= set(pieces(await _words_of(desk, one))))]
    return found[:PAGE]


async def _words_of(desk: Desk, case: Case) -> str:
    """What somebody may look for in a case that they wait for; of a joined one only what they may know."""
    if await reporters.is_owner(desk.tx, desk.office.seals.vault, case.reporter, desk.person.id if desk.person else 0):
        return f"{case.text}\n{case.place}\n{case.result or ''}"
    return await rough_place(desk, case)


async def my_case(desk: Desk, case_id: int) -> Case:
    """One case that this person reported. Raises NotFound alike for none and for another's."""
    mine = await reported_or_joined(desk, case_id)
    if mine.joined_as is not None:
        raise NotFound
    return mine.case


@dataclass(frozen=True, slots=True)
class Mine:
    """A case and, if this person did not report but join it, their own reference."""

    case: Case
    joined_as: str | None


async def reported_or_joined(desk: Desk, case_id: int) -> Mine:
    """One case that this person waits for. Raises NotFound alike for none and for another's."""
    case = await cases.by_id(desk.tx, case_id)
    if case is None:
        raise NotFound
    return await waited_for(desk, case)


async def waited_for(desk: Desk, case: Case) -> Mine:
    """The same of a case that was read just now."""
    if desk.person is None:
        raise NotFound
    if await reporters.is_owner(desk.tx, desk.office.seals.vault, case.reporter, desk.person.id):
        return Mine(case, None)
    ref = await joining.own_ref(desk, case) if case.joined else None
    if ref is None or await is_blocked(desk, case, desk.person.id):
        raise NotFound
    return Mine(case, ref)


async def case_of_voice(desk: Desk, draft: str, case_id: int | None) -> Case | None:
    """The case that a voice was told for, if it is one that whoever acts reported or joined."""
    case = await (cases.by_draft(desk.tx, draft) if case_id is None else cases.by_id(desk.tx, case_id))
    if case is None or desk.person is None:
        return None
    own = await reporters.is_owner(desk.tx, desk.office.seals.vault, case.reporter, desk.person.id)
    return case if own or (case.joined and await joining.own_ref(desk, case)) else None


async def by_number(desk: Desk, number: str) -> Mine:
    """The same by the number that is read aloud."""
    case = await cases.by_number(desk.tx, number)
    if case is None:
        raise NotFound
    return await waited_for(desk, case)


async def show_open_anew(desk: Desk) -> None:
    """Owe whoever acts the cards of the open cases as new messages (the old ones are far up)."""
    for case in await my_cases(desk):
        if case.ended:
            continue
        ref = await joining.own_ref(desk, case) if case.joined else None
        to = reporter(ref or case.reporter)
        await cards.renew(desk.tx, case.id, Kind.PROMISE, to)
        key = f"promise {case.id} {case.version} {to} back {desk.now():%y%m%d%H%M%S}"
        desk.owe(Letter(key=key, kind=Kind.PROMISE, to=to, case_id=case.id, lane=routing.lane(case)))


async def timeline(desk: Desk, case: Case, *, joined: bool) -> list[Event]:
    """What happened, for the reporter; for whoever only joined it (`joined`) what was written is masked."""
    found = await cases.history_of(desk.tx, case.id)
    if not joined:
        return found
    return [replace(one, note=await for_strangers(desk, case, one.note)) if one.note else one for one in found]


async def add_to(desk: Desk, case: Case, words: str, pieces: list[dict[str, Any]], key: str) -> int:
    """Add words and files at any time, also after closing; who deals with it hears of it, of a secret the centre alone.

    `key` makes it safe to repeat. Returns how many files are too large to be fetched. Many words within an hour are
    told together. Raises Muted. Where the words or the case are of danger, neither holds.
    """
    urgent = case.danger or case.colour is Colour.RED or (words and desk.office.catalogue.danger(words))
    if not urgent:
        await must_be_heard(desk)
    if case.status is Status.MERGED and case.parent_id is not None:
        case = await cases.by_id(desk.tx, case.parent_id) or case
    joined = await joining.own_ref(desk, case) if case.joined else None
    secret = await confiding.is_confided(desk, case, words, [piece["kind"] for piece in pieces])
    source = showing.HIDDEN if secret else "report"
    too_large = await keep_media(desk, case, pieces, source, joined or case.reporter) if pieces else 0
    for piece in pieces:
        await voices.listen(desk, piece, case_id=case.id)
    if secret:
        await _add_in_secret(desk, case, words, key)
        return too_large
    from_whom, action = ("joiner_more", "joiner_add") if joined else ("reporter", "add")
    if case.paused_at is not None and joined is None:
        case, from_whom = await pausing.answered(desk, case, words or None), pausing.ANSWERED
    else:
        await note(desk, case, action, words or None)
    case = await worsen(desk, case, words, key)
    dealing = await who_deals(desk, case)
    later = words and not urgent and from_whom != pausing.ANSWERED and await saying_more.too_much(desk, case, action)
    for to in dealing:
        if later:
            saying_more.owe_later(desk, case, to, action)
        else:
            await showing.owe_said(desk, case, to, from_whom, f"add {key}", words)
    if from_whom == pausing.ANSWERED:
        await pausing.goes_on(desk, case, pausing.ANSWERED)
    centre = await routing.dispatchers(desk, case) if case.confidential else []
    many = len(await desk.files_of(case.id)) > MOST_FILES
    for to in dict.fromkeys([*dealing, *centre]) if pieces and not many else ():
        await showing.owe_new_files(desk, case, to, "report")
    return too_large


async def _add_in_secret(desk: Desk, case: Case, words: str, key: str) -> None:
    """What no group may read; it may be the answer that the unit waits for."""
    answers = case.paused_at is not None and await is_reporter(desk, case)
    case = await pausing.answered(desk, case, None) if answers else case
    case = await confiding.confide(desk, case, words, f"add {key}")
    danger = desk.office.catalogue.danger(words) if words else None
    if danger is not None and not case.ended:
        case = await redden(desk, case, danger)
    if answers:
        await pausing.goes_on(desk, case, pausing.ANSWERED)


async def who_deals(desk: Desk, case: Case) -> list[str]:
    """The unit that has it, else the dispatchers."""
    return await routing.unit_addresses(desk, case) or await routing.dispatchers(desk, case)


async def note(desk: Desk, case: Case, action: str, words: str | None = None) -> None:
    """A line of history of what the reporter did; it moves nothing."""
    role = Role.REPORTER.value
    line = {
        "case_id": case.id,
        "at": desk.now(),
        "action": action,
        "role": role,
        "unit_id": case.unit_id,
        "note": words,
    }
    await cases.record(desk.tx, [line])


async def rough_place(desk: Desk, case: Case) -> str:
    """Where a case is, as somebody may know who only joined it: no nearer than the community."""
    path = await desk.office.places.path(desk.tx, case.node_id) if case.node_id else []
    return "".join(node.name for node in path[1:COMMUNITY])


def urge_time(desk: Desk, case: Case) -> datetime | None:
    """From when 催办 is allowed; None if nothing is owed."""
    return urge_from(case, desk.office.calendar, clock_spans(desk, case))


async def urge(desk: Desk, case: Case) -> Case:
    """催办: after half of the clock, once a day; shown to the unit, the second time to its leader, then to the centre.

    Raises TooSoon with the time from which it is allowed, MoveNotAllowed when nothing is owed.
    """
    await must_be_heard(desk)
    start = urge_time(desk, case)
    if start is None:
        raise MoveNotAllowed(status=case.status, action="urge")
    if desk.now() < start:
        raise TooSoon(at=start)
    after = replace(case, urged=case.urged + 1, urged_at=desk.now(), version=case.version + 1)
    if not await cases.change(desk.tx, case, after):
        raise MoveNotAllowed(status=case.status, action="urge")
    await note(desk, case, "urge")
    for to in dict.fromkeys([*await who_deals(desk, after), *await _higher(desk, after)]):
        key = f"urged {case.id} {after.urged} {to}"
        lane = routing.lane(after)
        desk.owe(Letter(key=key, kind=Kind.URGED, to=to, case_id=case.id, lane=lane, facts={"count": after.urged}))
    return after


async def _higher(desk: Desk, case: Case) -> list[str]:
    """The unit's leader from the second time on (not of a confidential case), the dispatchers from the third."""
    leads = case.unit_id is not None and case.urged >= 2 and not case.confidential
    leaders = await routing.of_unit(desk, case.unit_id, 2) if leads and case.unit_id is not None else []
    told = [person(one) for one in await routing.reachable(desk, leaders)]
    return [*told, *(await routing.dispatchers(desk, case) if case.urged >= 3 else [])]


async def may_withdraw(desk: Desk, case: Case) -> Case:
    """The same case. Raises TooLate when handling has begun."""
    return await _may(desk, case, Action.WITHDRAW)


async def withdraw(desk: Desk, case: Case) -> Case:
    """Take a report back before handling begins. Raises TooLate afterwards."""
    after = await act(desk, case, Action.WITHDRAW, Role.REPORTER)
    await merging.let_children_out(desk, after)
    return after


async def may_rate(desk: Desk, mine: Mine) -> Case:
    """The same case. Raises MoveNotAllowed when it was rated or cannot be, TooLate after 14 days."""
    if mine.joined_as is None:
        return await _may(desk, mine.case, Action.RATE)
    await joining.may_rate(desk, mine.case, mine.joined_as)
    return mine.case


async def may_object(desk: Desk, case: Case) -> Case:
    """The same case. Raises what the rule refuses: once, while it is not closed."""
    return await _may(desk, case, Action.OBJECT, note="?")


async def is_reporter(desk: Desk, case: Case) -> bool:
    """Whether whoever acts reported this case, and did not only join it."""
    assert desk.person is not None
    return await reporters.is_owner(desk.tx, desk.office.seals.vault, case.reporter, desk.person.id)


async def may_reopen(desk: Desk, case: Case) -> Case:
    """The same case. Raises what the rule refuses (once, within 30 days after closing)."""
    return await _may(desk, case, Action.REDO, note="?")


async def _may(desk: Desk, case: Case, action: Action, note: str | None = None) -> Case:
    move(case, action, Role.REPORTER, desk.now(), note=note, times=await times(desk, case))
    return case


async def rate(desk: Desk, mine: Mine, what: str, value: str) -> Case:
    """One of the three taps: contacted (yes/no), solved (yes/part/no), satisfied (1-5). The last one closes the case.

    Those of somebody who joined are kept and close nothing. Raises what may_rate raises.
    """
    case = mine.case
    given: dict[str, Any] = {
        what: int(value) if what == "satisfied" else value == "yes" if what == "contacted" else value
    }
    if mine.joined_as is not None:
        await joining.rate(desk, case, mine.joined_as, what, given[what])
        return case
    await may_rate(desk, mine)
    await cases.rate(desk.tx, case.id, case.redone, desk.now(), **given)
    if what != "satisfied":
        return case
    solved = (await cases.rating_of(desk.tx, case.id, case.redone)).get("solved")
    rated = await act(desk, case, Action.RATE, Role.REPORTER)
    if case.status is rated.status:
        await sampling.consider(desk, rated)
    if solved not in OUTCOMES:
        return rated
    after = replace(rated, outcome=OUTCOMES[solved], version=rated.version + 1)
    await cases.change(desk.tx, rated, after)
    return after


async def reopen(desk: Desk, case: Case, why: str, pieces: list[dict[str, Any]]) -> Case:
    """重办 with what is still wrong. Raises what the rule refuses (once, within 30 days after closing)."""
    await must_be_heard(desk)
    secret = await confiding.is_confided(desk, case, why, [])
    if pieces:
        await keep_media(desk, case, pieces, showing.HIDDEN if secret else "report", case.reporter)
    for piece in pieces:
        await voices.listen(desk, piece, case_id=case.id)
    if not secret:
        return await act(desk, case, Action.REDO, Role.REPORTER, note=why)
    told = desk.texts(desk.office.language).told_in_secret()
    after = await act(desk, case, Action.REDO, Role.REPORTER, note=told)
    return await confiding.confide(desk, after, why, f"redo {after.version}")
