"""What a move writes on the case besides its status: times, people, results."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.cases.actions import Action
from bot.cases.case import Case, Level, Status
from bot.cases.clocks import after_shelf
from bot.cases.conditions import Press
from bot.cases.flags import without_cards
from bot.cases.pausing import begun, ended, lasts

Mark = Callable[[Case, Press], Case]
ABOVE = {Level.COMMUNITY: Level.TOWN, Level.TOWN: Level.DISTRICT, Level.DISTRICT: Level.DISTRICT}


def _sent_out(case: Case, press: Press) -> Case:
    """On its way to a unit: whoever signed before is out; the promise to the reporter (due_at) goes on."""
    unit_id = case.unit_id if press.to_id is None else press.to_id
    return replace(
        case,
        unit_id=unit_id,
        handler_id=None,
        dispatched_at=press.at,
        accepted_at=None,
        contacted_at=None,
        resolved_at=None,
        asked_at=None,
        proposed_unit_id=None,
        paused_s=0,
        resumed_at=None,
    )


def _given_back(case: Case, press: Press) -> Case:
    return replace(case, returned=case.returned + 1, proposed_unit_id=press.to_id)


def _sent_up(case: Case, press: Press) -> Case:
    return without_cards(replace(_sent_out(case, press), level=ABOVE[case.level], due_at=None))


def _signed(case: Case, press: Press) -> Case:
    return replace(case, handler_id=press.actor_id, accepted_at=press.at)


def _handed_on(case: Case, press: Press) -> Case:
    return replace(case, handler_id=press.to_id)


def _contacted(case: Case, press: Press) -> Case:
    return replace(case, contacted_at=press.at)


def _progressed(case: Case, press: Press) -> Case:
    return replace(case, progressed_at=press.at)


def _shelved(case: Case, press: Press) -> Case:
    """Whoever is named looks after it until the review."""
    handler = case.handler_id if press.to_id is None else press.to_id
    return replace(_progressed(case, press), shelved_at=press.at, handler_id=handler)


def _resumed(case: Case, press: Press) -> Case:
    """The clock stood still meanwhile, however long that was."""
    begun, ended = case.shelved_at, press.at
    after = after_shelf(case, begun, ended) if begun and ended else case
    return replace(after, shelved_at=None, review_at=None)


def _resolved(case: Case, press: Press) -> Case:
    return replace(_progressed(case, press), resolved_at=press.at, closer_id=press.actor_id, result=press.note)


def _settled_on_spot(case: Case, press: Press) -> Case:
    on_spot = replace(case, dispatched_at=press.at, contacted_at=press.at, on_spot=True)
    return _resolved(_signed(on_spot, press), press)


def _passed_on(case: Case, press: Press) -> Case:
    return replace(case, unit_id=press.to_id)


def _taken_over(case: Case, press: Press) -> Case:
    return replace(case, resolved_at=press.at, result=press.note)


def _corrected(case: Case, _press: Press) -> Case:
    """Nobody has it any more: where it belongs is decided anew."""
    return replace(case, unit_id=None, handler_id=None, dispatched_at=None, due_at=None)


def _failed(case: Case, _press: Press) -> Case:
    return replace(case, resolved_at=None)


def _asked(case: Case, press: Press) -> Case:
    """Before the dispatch the three days run from the first question; afterwards the clock of the unit stands."""
    if case.status not in (Status.TRIAGE, Status.NEED_INFO):
        return begun(case, press.at) if press.at else case
    return replace(case, asked_at=case.asked_at or press.at)


def _heard_again(case: Case, _press: Press) -> Case:
    return replace(case, asked_at=None, parent_id=None)


def _lapsed(case: Case, press: Press) -> Case:
    """The day of a 挂账 has come; or nobody objected in time, and it ends as what it was."""
    if case.status is Status.SHELVED:
        return _resumed(case, press)
    away = case.status in (Status.REJECTED, Status.REFERRED)
    return replace(case, outcome=case.status.value) if away else case


def _begun_anew(case: Case, _press: Press) -> Case:
    fresh = replace(case, resolved_at=None, closed_at=None, due_at=None, result=None, outcome=None)
    return replace(without_cards(fresh), redone=case.redone + 1, on_spot=False)


MARKS: Mapping[Action, Mark] = {
    Action.DISPATCH: _sent_out,
    Action.REASSIGN: _sent_out,
    Action.INSIST: _sent_out,
    Action.ESCALATE: _sent_up,
    Action.ACCEPT: _signed,
    Action.RETURN: _given_back,
    Action.TRANSFER: _handed_on,
    Action.SHELVE: _shelved,
    Action.RESUME: _resumed,
    Action.LAPSE: _lapsed,
    Action.HAND_BACK: _sent_out,
    Action.CONTACT: _contacted,
    Action.PROGRESS: _progressed,
    Action.RESOLVE: _resolved,
    Action.REPLY: _resolved,
    Action.THANK: _passed_on,
    Action.SETTLE_ON_SPOT: _settled_on_spot,
    Action.TAKEN_OVER: _taken_over,
    Action.CORRECT: _corrected,
    Action.FAIL: _failed,
    Action.ASK: _asked,
    Action.OBJECT: _heard_again,
    Action.SPLIT: _heard_again,
    Action.REDO: _begun_anew,
}


def marked(case: Case, press: Press, to: Status) -> Case:
    """The case with everything this press writes on it, one version on."""
    mark = MARKS.get(press.action)
    going = case if press.at is None or lasts(press.action, to) else ended(case, press.at)
    written = mark(going, press) if mark else going
    ends = to in (Status.CLOSED, Status.WITHDRAWN) and case.status is not to
    return replace(written, status=to, version=case.version + 1, closed_at=press.at if ends else written.closed_at)
