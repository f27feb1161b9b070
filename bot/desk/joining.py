"""我也遇到: offering an open case nearby, joining it, and what whoever joined hears and says about it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.cases.case import Case, Status
from bot.cases.draft import Draft
from bot.cases.errors import MoveNotAllowed, NotOpen, TooLate
from bot.cases.levels import GROUP
from bot.cases.matter import Matter
from bot.cases.nearby import ALARMING, MOST_SHOWN, RECENT, Spot, blurred, box, is_same, may_join, metres, nearness
from bot.desk import confiding, recording, routing, showing
from bot.desk.desk import Desk
from bot.desk.heard import must_be_heard
from bot.desk.moves import promise
from bot.desk.reporting import keep_media
from bot.outbox.letters import Kind, Letter
from storage import cases, grid, joining, reporters

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
    places = await _places_around(desk, draft)
    spots = await _open(desk, draft, matter, places)
    spots.sort(key=lambda spot: nearness(spot, draft, matter.code))

    async def fits(case: Case) -> bool:
        return is_same(case, draft, matter, places) and not await concerns(desk, case)

    found = await joining.first_of(desk.tx, spots, MOST_SHOWN, fits)
    return [Near(case, blurred(metres(case, draft))) for case in found]


def as_offered(desk: Desk, one: Near) -> dict[str, Any]:
    """As a draft keeps it until it is pressed."""
    hours = int((desk.now() - one.case.registered_at) / timedelta(hours=1))
    return {"case": one.case.id, "matter": one.case.matter, "metres": one.metres, "hours": hours}


async def _places_around(desk: Desk, draft: Draft) -> list[int]:
    """The place of a draft without a point; of a building the whole group of buildings it stands in."""
    if draft.node_id is None or draft.latitude is not None:
        return []
    path = [node.id for node in await desk.office.places.path(desk.tx, draft.node_id)]
    if len(path) < GROUP:
        return path[-1:]
    return [path[GROUP - 1], *(node.id for node in await grid.children(desk.tx, path[GROUP - 1]))]


async def _open(desk: Desk, draft: Draft, matter: Matter, places: Sequence[int]) -> list[Spot]:
    since, group = desk.now() - RECENT, matter.code[0]
    if where := box(draft, matter.code):
        return await joining.in_box(desk.tx, where, group, since)
    return await joining.at_places(desk.tx, places, group, since) if places else []


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
