"""即报即办: a grid member settles a find of their own on the spot; of every ten one is looked at by the centre."""

from typing import Any

from bot.cases.actions import CENTRE, Action, Role
from bot.cases.case import Case, Colour, Level, Status, Visibility
from bot.cases.draft import Draft
from bot.cases.elements import ASKED_AT_MOST, Element, answers, says_nothing, untold
from bot.cases.errors import Decided, NoteRequired, NotFound, NotYours, OldEvidence
from bot.cases.flow import settled
from bot.cases.matter import Matter, Route
from bot.desk import dealing, routing, showing
from bot.desk.desk import Desk
from bot.desk.heard import may_file
from bot.desk.moves import act, event
from bot.desk.reporting import keep_media, new_case, node_of
from bot.desk.rights import roles_towards
from bot.outbox.letters import Kind, Letter
from storage import cards, cases, grid, people
from storage.cases import Event

ONE_IN = 10
"""So many are settled for one that is looked at; which one nobody can know beforehand."""

CHECKED = "spot_check"
"""A line of history: the centre looked and it was so."""

WRONG = ("undone", "photo", "invented")
"""What may be wrong with it; then it is to be done again."""


async def may_settle(desk: Desk, draft: Draft, matter: Matter | None) -> bool:
    """Whether whoever writes may settle this: 三级 without colour or secrecy, found by themselves in their own grid."""
    if matter is None or desk.person is None or not _small(draft, matter):
        return False
    duties = await people.duties_of(desk.tx, desk.person.id, desk.now())
    own = {duty.node_id for duty in duties if duty.role == "grid_member"}
    node_id = await node_of(desk, draft) if own else None
    return node_id is not None and not own.isdisjoint(await grid.around(desk.tx, node_id))


def _small(draft: Draft, matter: Matter) -> bool:
    plain = matter.level is Level.COMMUNITY and matter.colour is Colour.NONE and matter.route is Route.CASE
    open_about_it = matter.visibility is not Visibility.CONFIDENTIAL and matter.asks_details and not draft.sealed
    return plain and open_about_it and not (draft.danger or draft.on_behalf or draft.source)


def told(desk: Desk, draft: Draft, words: str) -> None:
    """Take in words about how it was settled: the answer to the element that was asked for, or the story itself.

    A phrase that fits every case is not kept: what it does not tell is asked for.
    """
    if not words.strip():
        return
    asked, draft.done_waits = draft.done_waits, ""
    if not asked:
        draft.done_words = _joined(draft.done_words, "" if says_nothing(words) else words)
    elif answers(Element(asked), words):
        name = desk.texts(desk.office.language).element(Element(asked))
        draft.done_words = _joined(draft.done_words, f"{name}：{words.strip()}")
        draft.done_asked += [asked] * ASKED_AT_MOST


def lacks(desk: Desk, said: str) -> list[Element]:
    """What words about it do not tell; an answer stands behind the name of what was asked for, as `told` wrote it."""
    names = desk.texts(desk.office.language)
    return [one for one in untold(said, alone=True) if names.element(one) not in said]


def _joined(before: str, more: str) -> str:
    return "\n".join(part for part in (before, more.strip()) if part)


def to_ask(draft: Draft) -> Element | None:
    """The next element to ask for, each by itself and twice at most; what is still missing then is told to the centre.

    When it was taken up is known: now.
    """
    lacks = [one for one in untold(draft.done_words, alone=True) if draft.done_asked.count(one) < ASKED_AT_MOST]
    if not lacks:
        return None
    draft.done_waits = lacks[0].value
    draft.done_asked.append(lacks[0].value)
    return lacks[0]


async def add_evidence(desk: Desk, case: Case, pieces: list[dict[str, Any]]) -> None:
    """More pictures of what was settled on the spot (the rest of an album). Raises NotYours for all but its finder."""
    if not case.on_spot or case.closer_id != dealing.who_acts(desk):
        raise NotYours(action=Action.SETTLE_ON_SPOT)
    await keep_media(desk, case, pieces, "result")
    for to in await routing.dispatchers(desk, case) if sampled(desk, case) else ():
        await showing.owe_new_files(desk, case, to, "result")


async def settle(desk: Desk, draft: Draft) -> Case:
    """Report and result in one: registered and closed. Safe to repeat.

    Raises NotYours for what must be dispatched, NoteRequired, OldEvidence if the only picture is that of the report.
    """
    if known := await cases.by_draft(desk.tx, draft.id):
        return known
    matter = desk.office.catalogue.matters.get(draft.heard_matter or "")
    if matter is None or not await may_settle(desk, draft, matter):
        raise NotYours(action=Action.SETTLE_ON_SPOT)
    if not draft.done_words.strip():
        raise NoteRequired(action=Action.SETTLE_ON_SPOT)
    after_it = [piece for piece in draft.done_media if not draft.has_piece(piece["unique_id"])]
    if not dealing.shows_something(after_it):
        raise OldEvidence
    await may_file(desk)
    actor = dealing.who_acts(desk)
    case = await cases.add(desk.tx, await new_case(desk, draft, matter, actor), draft.id, settled(draft, matter))
    submitted = event(desk, case, case, Action.SUBMIT, Role.REPORTER, None, None)
    await cases.record(desk.tx, [{**submitted, "before": Status.DRAFT.value}])
    if draft.media:
        await keep_media(desk, case, draft.media, "report", case.reporter)
    await keep_media(desk, case, after_it, "result")
    words = draft.done_words.strip()
    done = await act(desk, case, Action.SETTLE_ON_SPOT, Role.FINDER, actor_id=actor, note=words, evidence=True)
    if sampled(desk, done):
        await _show_sample(desk, done)
    return done


def sampled(desk: Desk, case: Case) -> bool:
    """Whether the centre looks at this one: a keyed hash of its number decides, the same whenever it is asked."""
    return desk.office.seals.vault.fingerprint(f"sample {case.number}") % ONE_IN == 0


async def _drawn(desk: Desk, case: Case) -> bool:
    """Sampled, or shown as such before the keys were changed, which draw the lots."""
    if sampled(desk, case):
        return True
    return any(place == Kind.SPOT_CHECK for place, _ in await cards.places(desk.tx, case.id))


async def _show_sample(desk: Desk, case: Case) -> None:
    for to in await routing.dispatchers(desk, case):
        _card(desk, case, to)
        for source in ("report", "result"):
            await showing.owe_files(desk, case, to, source)


def _card(desk: Desk, case: Case, to: str) -> None:
    desk.owe(
        Letter(key=f"spot {case.id} {case.version} {desk.name} {to}", kind=Kind.SPOT_CHECK, to=to, case_id=case.id)
    )


async def verdict_of(desk: Desk, case: Case) -> str | None:
    """What the centre found: the line of history that says so."""
    return next((one.action for one in await _judgements(desk, case)), None)


async def said_of(desk: Desk, case: Case) -> str:
    """What its finder wrote, also after it was opened again."""
    lines = await cases.history_of(desk.tx, case.id)
    return next((one.note or "" for one in lines if one.action == Action.SETTLE_ON_SPOT), "")


async def check(desk: Desk, case_id: int, found: str) -> Case:
    """It was so, or what is wrong with it. Raises NotYours for its finder, Decided when somebody has judged it."""
    case = await dealing.case_for_dispatcher(desk, case_id)
    actor = dealing.who_acts(desk)
    if await verdict_of(desk, case) is not None:
        raise Decided(name=await _judge(desk, case))
    if not (case.on_spot and await _drawn(desk, case)):
        raise NotFound
    if actor in (case.closer_id, case.handler_id):
        raise NotYours
    if found in WRONG:
        reason = desk.texts(desk.office.language).spot_wrong(found)
        case, role = await dealing.case_for(desk, case_id, Action.REDO)
        case = await act(desk, case, Action.REDO, role, actor_id=actor, note=reason)
    else:
        role = next(iter(sorted(await roles_towards(desk, case, actor) & CENTRE)))
        await cases.record(desk.tx, [event(desk, case, case, Action.CONFIRM, role, actor, None) | {"action": CHECKED}])
    for to in await routing.dispatchers(desk, case):
        _card(desk, case, to)
    return case


async def _judgements(desk: Desk, case: Case) -> list[Event]:
    """What the centre found; that its finder opened it again is none."""
    lines = await cases.history_of(desk.tx, case.id)
    return [one for one in lines if one.action in {CHECKED, Action.REDO.value} and one.role in CENTRE]


async def _judge(desk: Desk, case: Case) -> str:
    lines = await _judgements(desk, case)
    return (await people.name_of(desk.tx, lines[0].person_id) if lines[0].person_id else None) or ""
