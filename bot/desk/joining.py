"""我也遇到: offering an open case nearby, joining it, and what whoever joined hears and says about it."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.cases.case import Case, Status
from bot.cases.draft import Draft
from bot.cases.errors import MoveNotAllowed, NotOpen, TooLate
from bot.cases.matter import Matter
from bot.cases.nearby import ALARMING, MOST_SHOWN, is_same, may_join
from bot.desk import confiding, recording, routing, showing
from bot.desk.desk import Desk
from bot.desk.heard import must_be_heard
from bot.desk.moves import promise
from bot.desk.reporting import keep_media
from bot.desk.spots import nearest, places_around
from bot.outbox.letters import Kind, Letter
from storage import cases, joining, reporters

RATED_FOR = timedelta(days=14)
RATED_IN = frozenset({Status.FEEDBACK, Status.CLOSED})


@dataclass(frozen=True, slots=True)
class Near:
    """An open case as a stranger may know it: its matter, how many metres away (rounded up), when it came."""

    case: Case
    metres: int | None


async def near(desk: Desk, draft: Draft, matter: Matter | None) -> list[Near]:
    """Open cases that may be what this draft is about, the likeliest first; none of this person's own."""
    if matter is None or desk.person is None or not may_join(draft, matter):
        return []
    places = await places_around(desk, draft.node_id) if draft.latitude is None else []

    async def fits(case: Case) -> bool:
        return is_same(case, draft, matter, places) and not await concerns(desk, case)

    return [Near(*one) for one in await nearest(desk, draft, matter.code, places, MOST_SHOWN, fits)]


def as_offered(desk: Desk, one: Near) -> dict[str, Any]:
    """As a draft keeps it until it is pressed."""
    hours = int((desk.now() - one.case.registered_at) / timedelta(hours=1))
    return {"case": one.case.id, "matter": one.case.matter, "metres": one.metres, "hours": hours}


async def concerns(desk: Desk, case: Case) -> bool:
    """Whether whoever acts reported or joined this case."""
    assert desk.person is not None
    vault = desk.office.seals.vault
    if await reporters.is_owner(desk.tx, vault, case.reporter, desk.person.id):
        return True
    return bool(case.joined) and await own_ref(desk, case) is not None


async def own_ref(desk: Desk, case: Case) -> str | None:
    """The reference under which whoever acts joined this case."""
    assert desk.person is not None
    owner = desk.own_mark()
    return await joining.ref_of(desk.tx, case.id, owner)


async def join(desk: Desk, case_id: int, draft: Draft, matter: Matter | None) -> Case:
    """Add a person and what they sent to a case nearby. Raises NotOpen when it cannot be joined any more, Muted."""
    await must_be_heard(desk)
    found = next((one.case for one in await near(desk, draft, matter) if one.case.id == case_id), None)
    if found is None or desk.person is None:
        raise NotOpen
    after = replace(found, joined=found.joined + 1, version=found.version + 1)
    if not await cases.change(desk.tx, found, after):
        raise NotOpen
    ref = await reporters.new_reference(desk.tx, desk.office.seals.vault, desk.person.id)
    await joining.add(desk.tx, ref, found.id, desk.now())
    await recording.keep_callback(desk, ref, draft)
    line = {"case_id": found.id, "at": desk.now(), "action": "join", "role": "reporter", "unit_id": found.unit_id}
    await cases.record(desk.tx, [line])
    secret = bool(confiding.secrets_told(desk, after, draft.text))
    if draft.media:
        await keep_media(desk, after, draft.media, showing.HIDDEN if secret else "report", ref)
    await promise(desk, after)
    await _tell(desk, after, draft, secret=secret)
    return await confiding.confide(desk, after, draft.text, f"join {after.joined}") if secret else after


async def _tell(desk: Desk, case: Case, draft: Draft, *, secret: bool) -> None:
    """Who deals with it sees how many it concerns and what the new one said; the dispatchers hear of the third."""
    await showing.refresh_cards(desk, case)
    dealing = await routing.unit_addresses(desk, case) or await routing.dispatchers(desk, case)
    for to in () if secret else dealing:
        await showing.owe_said(desk, case, to, "joiner", f"join {case.joined}", draft.text)
        if draft.media:
            await showing.owe_new_files(desk, case, to, "report")
    if case.joined != ALARMING:
        return
    for to in await routing.dispatchers(desk, case):
        key = f"{Kind.JOINED} {case.id} {case.joined} {to}"
        desk.owe(Letter(key=key, kind=Kind.JOINED, to=to, case_id=case.id, facts={"count": case.joined}))


async def may_rate(desk: Desk, case: Case, ref: str) -> None:
    """Raises MoveNotAllowed when there is nothing to rate or it was rated, TooLate two weeks after the end."""
    if case.status not in RATED_IN or await joining.has_rated(desk.tx, ref):
        raise MoveNotAllowed(status=case.status, action="rate")
    if case.closed_at is not None and desk.now() > case.closed_at + RATED_FOR:
        raise TooLate(action="rate")


async def rate(desk: Desk, case: Case, ref: str, what: str, value: Any) -> None:
    """One of the three taps of a joiner. It moves nothing; who deals with it hears that it is not solved for all."""
    await may_rate(desk, case, ref)
    await joining.rate(desk.tx, ref, desk.now(), **{what: value})
    if what == "solved" and value == "no":
        for to in await routing.dispatchers(desk, case):
            key = f"{Kind.JOINED} {case.id} unsolved {case.version} {to}"
            desk.owe(Letter(key=key, kind=Kind.JOINED, to=to, case_id=case.id, facts={"count": 0}))
