"""One way to move a case: the rule decides, the row changes if nobody was faster, and all that follows is owed."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from bot.cases.actions import Action, Role
from bot.cases.alarms import Alarm, alarms
from bot.cases.case import WITH_SOMEBODY, Case, Status
from bot.cases.clocks import Clocks, Deadline, clocks_of, deadlines, promised_anew
from bot.cases.conditions import PAUSE_AT_MOST, is_advice
from bot.cases.errors import Taken
from bot.cases.grading import COLOURS
from bot.cases.lifecycle import move
from bot.cases.publishing import OVER
from bot.desk import (
    calls_shown,
    proving,
    publishing,
    requests_shown,
    routing,
    sampling,
    showing,
    supervising,
    withdrawing,
)
from bot.desk.blocked import kept_out
from bot.desk.desk import Desk
from bot.desk.forgetting import let_go
from bot.desk.masking import for_group
from bot.desk.resettling import place_now
from bot.desk.rights import authorize, times
from bot.outbox.letters import Kind, Letter
from storage import cards, cases, clocks, people, revisits

NEWS = frozenset(
    {
        Action.ACCEPT,
        Action.CONTACT,
        Action.PROGRESS,
        Action.RESOLVE,
        Action.FAIL,
        Action.REASSIGN,
        Action.ESCALATE,
        Action.REPLY,
        Action.THANK,
        Action.DIVERT,
        Action.RECONSIDER,
        Action.SHELVE,
        Action.RESUME,
        Action.WHISTLE,
    }
)
SENT_ON = frozenset({Action.REASSIGN, Action.ESCALATE})
"""They leave a dispatched case dispatched, and yet somebody else has it now."""

TAKEN_AWAY = {Action.WITHDRAW: "withdrawn", Action.REASSIGN: "taken", Action.ESCALATE: "taken"}
"""Who signed for such a case may be on the way: they are told, not only shown by the card."""

PUBLIC_NOTES = frozenset({Action.PROGRESS, Action.RESOLVE, Action.REDO, Action.REPLY, Action.SHELVE})


def clock_spans(desk: Desk, case: Case) -> Clocks:
    """The clocks of a case: the table's, with the times its matter sets while it has the colour of its matter."""
    matter = desk.office.catalogue.matters.get(case.matter)
    usual = matter is not None and matter.colour is case.colour
    return clocks_of(case, matter.first_contact, matter.finish) if matter and usual else clocks_of(case)


def finish_at(desk: Desk, case: Case) -> Any:
    """When it is promised to be done."""
    return deadlines(case, desk.office.calendar, clock_spans(desk, case))[Deadline.FINISH]


async def promising(desk: Desk, case: Case) -> Callable[[Case, Case], Case]:
    """What gives a case that is graded or named anew, from before to after, its promise and the begin of its clocks.

    An earlier day that a dispatcher named holds.
    """
    hastened = (await times(desk, case))[Action.HASTEN] > 0

    def anew(before: Case, after: Case) -> Case:
        if COLOURS.index(after.colour) > COLOURS.index(before.colour):
            after = replace(after, graver_at=desk.now(), paused_s=0)  # what stood, stood before its clocks began
        usual = [finish_at(desk, replace(one, due_at=None)) for one in (before, after)]
        return promised_anew(before, after, (usual[0], usual[1]), desk.now(), kept=hastened)

    return anew


async def act(
    desk: Desk,
    case: Case,
    action: Action,
    role: Role,
    *,
    actor_id: int | None = None,
    note: str | None = None,
    evidence: bool = False,
    to_id: int | None = None,
    tell: bool = True,
    also: Callable[[Case], Case] | None = None,
) -> Case:
    """Move a case and owe all that must be said about it. Raises what the rule refuses, Taken if somebody was faster.

    Whatever door it comes through: whether `role` is that of whoever acts is looked up here again.
    `tell` False: another move follows in the same breath and says it all. `also`: what else is written on the case with
    this move (a later date, a parent).
    """
    await authorize(desk, desk.person.id if desk.person else None, action, case, role, to_id)
    after = decided(desk, case, action, role, actor_id, note, evidence, to_id, await times(desk, case))
    after = also(after) if also else after
    if case.closed_at is not None and after.closed_at is None and case.node_id is not None:
        point, words = (case.latitude, case.longitude), f"{case.place} {case.text}"
        after = replace(after, node_id=await place_now(desk, case.node_id, point, words))
    if not await cases.change(desk.tx, case, after):
        raise Taken(name=await handler_name(desk, case.id) or "")
    await cases.record(desk.tx, [event(desk, case, after, action, role, actor_id, note)])
    await reset_clocks(desk, after)
    await supervising.follow(desk, after, action, actor_id)
    await requests_shown.settle(desk, after, action, actor_id)
    if case.status in OVER and after.status not in OVER:
        await publishing.recall(desk, after)
    if case.status is Status.JOINT and after.status is not Status.JOINT:
        await calls_shown.ended(desk, after)
    if tell and case.status in WITH_SOMEBODY and action in TAKEN_AWAY:
        await tell_unit_before(desk, case, after, TAKEN_AWAY[action])
    if tell:
        await _tell(desk, after, action, note, moved=after.status is not case.status or action in SENT_ON)
    if after.confidential and not case.confidential:
        await withdrawing.take_back(desk, after)
    await let_go(desk, after)
    return after


def decided(
    desk: Desk,
    case: Case,
    action: Action,
    role: Role,
    actor_id: int | None,
    note: str | None,
    evidence: bool,
    to_id: int | None,
    done: Counter[Action],
) -> Case:
    """The case after the move, with its promise set when it is sent out for the first time."""
    after = move(
        case, action, role, desk.now(), note=note, evidence=evidence, actor_id=actor_id, to_id=to_id, times=done
    )
    if after.status is Status.DISPATCHED and after.due_at is None:
        after = replace(after, due_at=finish_at(desk, after))
    return after


def event(
    desk: Desk, before: Case, after: Case, action: Action, role: Role, actor_id: int | None, note: str | None
) -> dict[str, Any]:
    """A line of history. The reporter stands in it as a role, never as a person."""
    return {
        "case_id": after.id,
        "at": desk.now(),
        "action": action.value,
        "role": role.value,
        "person_id": None if role is Role.REPORTER else actor_id,
        "unit_id": after.unit_id,
        "before": before.status.value,
        "after": after.status.value,
        "note": note,
        "public": action in PUBLIC_NOTES,
    }


async def reset_clocks(desk: Desk, case: Case, *, new: bool = False) -> None:
    """Stop what runs and set what must ring if nobody moves the case from here."""
    if not new:
        await clocks.stop(desk.tx, case.id)
    await set_alarms(desk, case, alarms(case, desk.office.calendar, desk.now(), clock_spans(desk, case)))


async def set_alarms(desk: Desk, case: Case, ringing: Iterable[Alarm]) -> None:
    """Keep that these ring."""
    rows = [
        {"case_id": case.id, "kind": one.kind.value, "step": one.step, "audience": one.to.value, "at": one.at}
        for one in ringing
    ]
    if rows:
        await clocks.set_clocks(desk.tx, rows)


async def promise(desk: Desk, case: Case) -> None:
    """Owe the promise card as it stands now to all who wait for this case; it is edited in place."""
    for to in await routing.hearers(desk, case):
        key = f"promise {case.id} {case.version} {to}"
        desk.owe(Letter(key=key, kind=Kind.PROMISE, to=to, case_id=case.id, lane=routing.lane(case)))


async def handler_name(desk: Desk, case_id: int) -> str | None:
    """Who has a case, by name."""
    case = await cases.by_id(desk.tx, case_id)
    return await people.name_of(desk.tx, case.handler_id) if case and case.handler_id else None


async def _tell(desk: Desk, case: Case, action: Action, note: str | None, *, moved: bool) -> None:
    """Who must hear of a move: the reporter, the unit, whoever verifies."""
    await promise(desk, case)
    await showing.refresh_cards(desk, case)
    if action is Action.LAPSE and moved and case.status is Status.HANDLING:
        action = Action.RESUME
    if action is Action.RESUME:
        await tell_unit(desk, case, Kind.SUPPLEMENT, f"resumed {case.version}", words="", from_whom="resumed")
    if action in NEWS or (action is Action.LAPSE and case.status is Status.CLOSED):
        await _news(desk, case, action, note)
    if action in {Action.CONFIRM, Action.FAIL}:
        await _show_verdict(desk, case, action)
    if moved and (follow := FOLLOWS.get(case.status)):
        await follow(desk, case, note)


async def _news(desk: Desk, case: Case, action: Action, note: str | None) -> None:
    for to in await routing.hearers(desk, case):
        desk.owe(
            Letter(
                key=f"news {case.id} {case.version} {to}",
                kind=Kind.NEWS,
                to=to,
                case_id=case.id,
                lane=routing.lane(case),
                facts={"event": action.value, "note": note, "unit": case.unit_id},
            )
        )


async def tell_unit(desk: Desk, case: Case, kind: Kind, key: str, **facts: object) -> None:
    """Owe a word to the unit that has the case."""
    for to in await routing.unit_addresses(desk, case):
        desk.owe(
            Letter(
                key=f"{kind} {case.id} {key} {to}",
                kind=kind,
                to=to,
                case_id=case.id,
                lane=routing.lane(case),
                facts=facts,
            )
        )


async def say(desk: Desk, case: Case, words: str, what: str) -> None:
    """Owe the unit what was decided or happened, with the words of it."""
    await tell_unit(desk, case, Kind.SUPPLEMENT, f"{what} {case.version}", words=words, from_whom=what)


async def tell_unit_before(desk: Desk, before: Case, after: Case, what: str) -> None:
    """Owe a word to the unit that had the case: it is not theirs any more."""
    for to in await routing.at_unit(desk, before):
        key, facts = f"{Kind.SUPPLEMENT} {after.id} {what} {after.version} {to}", {"words": "", "from_whom": what}
        desk.owe(Letter(key=key, kind=Kind.SUPPLEMENT, to=to, case_id=after.id, lane=routing.lane(after), facts=facts))


async def ask_to_verify(desk: Desk, case: Case, _note: str | None = None) -> None:
    """Owe the verification card: to the supervisor of the place, without one to the dispatchers."""
    if is_advice(case):
        await act(desk, case, Action.CONFIRM, Role.SYSTEM)
        return
    for to in await routing.verifiers(desk, case):
        desk.owe(_verify(case, to, "ask", only_while=(Status.VERIFY,)))
        await showing.owe_new_files(desk, case, to, "result")


def _verify(case: Case, to: str, why: str, only_while: tuple[Status, ...] = ()) -> Letter:
    return Letter(
        key=f"verify {case.id} {to} {why} {case.version}",
        kind=Kind.VERIFY_CARD,
        to=to,
        case_id=case.id,
        lane=routing.lane(case),
        facts={"verdict": None if why == "ask" else why},
        only_while=only_while,
    )


async def _show_verdict(desk: Desk, case: Case, action: Action) -> None:
    """Everybody who was asked sees that it is decided; the next result is asked about in a new message."""
    for place, to in await cards.places(desk.tx, case.id):
        if place == Kind.VERIFY_CARD:
            desk.owe(_verify(case, to, action.value))


async def _show_result(desk: Desk, case: Case, _note: str | None) -> None:
    """Those who wait see the pictures of the result before being asked."""
    await proving.show_result(desk, case)


async def _to_unit(desk: Desk, case: Case, _note: str | None) -> None:
    await showing.show_to_unit(desk, case)


async def _to_centre(desk: Desk, case: Case, _note: str | None) -> None:
    if case.asked_at is not None and desk.now() >= case.asked_at + PAUSE_AT_MOST:
        await showing.tell_centre(desk, case, "no_answer", f"no answer {case.version}")
    await showing.show_to_centre(desk, case)


async def _ask_centre(desk: Desk, case: Case, note: str | None) -> None:
    """What the unit asks for, to those who decide: the reason first, then the card with the buttons."""
    for to in await routing.dispatchers(desk, case):
        showing.owe_words(desk, case, to, case.status.value, f"asked {case.version}", note or "")
    await showing.show_to_centre(desk, case)


async def _say_why(desk: Desk, case: Case, note: str | None) -> None:
    """返工: the unit reads what did not pass."""
    if note:
        await tell_unit(desk, case, Kind.SUPPLEMENT, f"fail {case.version}", words=note, from_whom="check")


async def _send_again(desk: Desk, case: Case, note: str | None) -> None:
    """The first 重办 goes back to its unit by itself, a later one is the dispatchers' to send."""
    await revisits.drop(desk.tx, case.id, case.redone - 1, desk.now())
    if case.redone == 1 and case.unit_id is not None and case.unit_id not in await kept_out(desk, case):
        sent = await act(desk, case, Action.DISPATCH, Role.SYSTEM, to_id=case.unit_id)
        words = for_group(desk, sent, note or "")
        why = await _who_reopened(desk, case)
        await tell_unit(desk, sent, Kind.SUPPLEMENT, f"redo {sent.version}", words=words, from_whom=why)
    else:
        await showing.show_to_centre(desk, case)


async def _after_closing(desk: Desk, case: Case, _note: str | None) -> None:
    """What was good may be told to others; of some somebody asks whether it really is."""
    await publishing.offer(desk, case)
    await sampling.consider(desk, case)


async def _who_reopened(desk: Desk, case: Case) -> str:
    """Whether it was the reporter who says that it is not solved, or somebody of the grid or the centre."""
    line = next(one for one in reversed(await cases.history_of(desk.tx, case.id)) if one.action == Action.REDO)
    return "redo" if line.role == Role.REPORTER else "relapse"


FOLLOWS = {
    Status.DISPATCHED: _to_unit,
    Status.TRIAGE: _to_centre,
    Status.VERIFY: ask_to_verify,
    Status.REWORK: _say_why,
    Status.REDO: _send_again,
    Status.FEEDBACK: _show_result,
    Status.CLOSED: _after_closing,
    Status.EXTENSION_REVIEW: _ask_centre,
    Status.RETURN_REVIEW: _ask_centre,
}
