"""The table of moves, cell by cell against a copy written by hand."""

from dataclasses import replace

import pytest

from bot.cases.actions import Action, Role
from bot.cases.case import Case, Level, Status
from bot.cases.errors import (
    EvidenceRequired,
    MoveNotAllowed,
    NoteRequired,
    NotYours,
    Refusal,
    TooLate,
)
from bot.cases.lifecycle import MOVES, allowed, mermaid, move
from tests.cases.people import CLOSER, HANDLER, LATER, MONDAY, STRANGER, a_case, full

LETTERS = {
    "R": Role.REPORTER,
    "F": Role.FINDER,
    "G": Role.GRID_MEMBER,
    "V": Role.SUPERVISOR,
    "u": Role.RESPONDER,
    "d": Role.DUTY,
    "l": Role.LEADER,
    "T": Role.TOWN_DISPATCHER,
    "D": Role.DISTRICT_DISPATCHER,
    "S": Role.SYSTEM,
}
# from          action         to               who     n: note, e: evidence
WRITTEN = """
draft           submit         registered       RGTDS  -
registered      triage         triage           TDS    -
registered      dispatch       dispatched       S      -
registered      settle_on_spot closed           F      ne
registered      withdraw       withdrawn        R      -
triage          ask            need_info        TD     n
triage          refer          referred         TD     n
triage          reject         rejected         TD     n
triage          divert         diverted         GTD    -
triage          merge          merged           TD     -
triage          dispatch       dispatched       TDS    -
triage          reply          feedback         TD     n
triage          thank          closed           TD     -
triage          withdraw       withdrawn        R      -
need_info       answer         triage           R      -
need_info       ask            need_info        TD     n
need_info       triage         triage           TD     -
need_info       lapse          triage           S      -
need_info       withdraw       withdrawn        R      -
diverted        dispatch       dispatched       TD     -
diverted        taken_over     feedback         TD     n
diverted        withdraw       withdrawn        R      -
referred        object         triage           R      n
referred        lapse          closed           S      -
referred        withdraw       withdrawn        R      -
rejected        object         triage           R      n
referred        reconsider     triage           TD     n
rejected        reconsider     triage           TD     n
rejected        lapse          closed           S      -
rejected        withdraw       withdrawn        R      -
merged          split          triage           TDS    -
merged          archive        archived         S      -
dispatched      accept         accepted         udl    -
dispatched      return         return_review    lT     n
dispatched      reassign       dispatched       TD     -
dispatched      escalate       dispatched       TD     -
dispatched      ask_level_up   dispatched       Gudl   n
dispatched      ask_reassign   dispatched       G      n
accepted        ask_reassign   accepted         G      n
handling        ask_reassign   handling         G      n
joint           ask_reassign   joint            G      n
rework          ask_reassign   rework           G      n
dispatched      correct        triage           R      -
dispatched      withdraw       withdrawn        R      -
dispatched     look           dispatched     V      n
return_review   reassign       dispatched       TD     -
return_review   insist         dispatched       TD     n
return_review   withdraw       withdrawn        R      -
accepted        contact        handling         udl    -
accepted        transfer       accepted         udl    -
accepted        hand_back      dispatched       lS     -
accepted        ask            accepted         udl    n
accepted        reassign       dispatched       TD     -
accepted        escalate       dispatched       TD     -
accepted        ask_level_up   accepted         Gudl   n
accepted        withdraw       withdrawn        R      -
accepted       look           accepted       V      n
handling        whistle        joint            TD     -
handling        ask_joint      handling         Gudl   n
handling        extend         extension_review udl    n
handling        ask_shelving   handling         udlT   n
handling        shelve         shelved          D      n
handling        resolve        verify           udl    ne
handling        transfer       handling         udl    -
handling        hand_back      dispatched       lS     -
handling        ask            handling         udl    n
handling        progress       handling         udl    n
handling        reassign       dispatched       TD     -
handling        escalate       dispatched       TD     -
handling        ask_level_up   handling         Gudl   n
handling       look           handling       V      n
joint           end_joint      handling         udl    -
joint           transfer       joint            udl    -
joint           hand_back      dispatched       lS     -
joint           ask            joint            udl    n
joint           progress       joint            udl    n
joint           reassign       dispatched       TD     -
joint           escalate       dispatched       TD     -
joint           ask_level_up   joint            Gudl   n
joint          look           joint          V      n
extension_review grant         handling         TD     n
extension_review decline       handling         TDS    n
shelved         resume         handling         udlTD  -
shelved         lapse          handling         S      -
verify          confirm        feedback         VTDS   -
verify          fail           rework           VTD    n
verify         look           verify         VTD    n
rework          resolve        verify           udl    ne
rework          transfer       rework           udl    -
rework          hand_back      dispatched       lS     -
rework          ask            rework           udl    n
rework          progress       rework           udl    n
rework          reassign       dispatched       TD     -
rework          escalate       dispatched       TD     -
rework          ask_level_up   rework           Gudl   n
rework         look           rework         V      n
handling       answer         handling       R      -
handling       lapse          handling       S      -
joint          answer         joint          R      -
joint          lapse          joint          S      -
rework         answer         rework         R      -
rework         lapse          rework         S      -
feedback        rate           closed           R      -
feedback        close          closed           D      n
feedback        lapse          closed           S      -
feedback        redo           redo             RD     n
closed          rate           closed           R      -
closed          redo           redo             RGVTD  n
closed          archive        archived         S      -
redo            dispatch       dispatched       TDS    -
withdrawn       archive        archived         S      -
triage          rename         triage           TD     -
diverted        rename         diverted         TD     -
return_review   rename         return_review    TD     -
redo            rename         redo             TD     -
need_info       rename         need_info        TD     -
dispatched      rename         dispatched       TD     -
accepted        rename         accepted         TD     -
handling        rename         handling         TD     -
triage          grade          triage           TD     n
diverted        grade          diverted         TD     n
return_review   grade          return_review    TD     n
redo            grade          redo             TD     n
need_info       grade          need_info        TD     n
dispatched      grade          dispatched       TD     n
accepted        grade          accepted         TD     n
handling        grade          handling         TD     n
joint           grade          joint            TD     n
extension_review grade          extension_review TD     n
shelved         grade          shelved          TD     n
verify          grade          verify           TD     n
rework          grade          rework           TD     n
triage          require        triage           TD     n
triage          hasten         triage           TD     n
diverted        require        diverted         TD     n
diverted        hasten         diverted         TD     n
return_review   require        return_review    TD     n
return_review   hasten         return_review    TD     n
redo            require        redo             TD     n
redo            hasten         redo             TD     n
dispatched      require        dispatched       TD     n
dispatched      hasten         dispatched       TD     n
accepted        require        accepted         TD     n
accepted        hasten         accepted         TD     n
handling        require        handling         TD     n
handling        hasten         handling         TD     n
joint           require        joint            TD     n
joint           hasten         joint            TD     n
rework          require        rework           TD     n
rework          hasten         rework           TD     n
"""
ROWS = [line.split() for line in WRITTEN.strip().splitlines()]
TABLE = {
    (Status(begin), Action(action)): (Status(end), frozenset(LETTERS[who] for who in people), needs)
    for begin, action, end, people, needs in ROWS
}
ENDED_BEFORE_HANDLING = (Status.CLOSED, Status.ARCHIVED, Status.WITHDRAWN, Status.MERGED)


def tries(status: Status) -> tuple[Case, ...]:
    """Cases of which at least one lets every role of a row through its conditions."""
    plain = a_case(status, handler_id=HANDLER, closer_id=CLOSER)
    fresh = replace(plain, registered_at=LATER)
    named = (replace(plain, level=Level.TOWN), replace(plain, matter="J01"), replace(plain, matter="J03"))
    return plain, *named, fresh, replace(plain, paused_at=MONDAY)


def outcome(case: Case, action: Action, role: Role) -> Status | type[Refusal]:
    try:
        return full(case, action, role).status
    except Refusal as refusal:
        return type(refusal)


@pytest.mark.parametrize("status", Status)
def test_every_role_can_do_exactly_what_is_written_in_this_status(status: Status) -> None:
    for action in Action:
        end, people, _ = TABLE.get((status, action), (None, frozenset[Role](), ""))
        for role in Role:
            results = {outcome(case, action, role) for case in tries(status)}
            if role in people:
                assert end in results, (status, action, role, results)
            elif end:
                assert results == {NotYours}, (status, action, role, results)
            else:
                late = action is Action.WITHDRAW and status not in ENDED_BEFORE_HANDLING
                assert results == {TooLate if late else MoveNotAllowed}, (status, action, role, results)


@pytest.mark.parametrize("row", MOVES, ids=lambda row: f"{row[0]}-{row[1]}")
def test_a_move_asks_for_exactly_the_words_and_photos_that_are_written(row: tuple[Status, Action]) -> None:
    status, action = row
    _, people, needs = TABLE[row]
    case, role = next((c, r) for c in tries(status) for r in people if isinstance(outcome(c, action, r), Status))

    def with_only(note: str | None, evidence: bool) -> type[Refusal] | None:
        try:
            move(case, action, role, LATER, note=note, evidence=evidence, actor_id=STRANGER)
        except Refusal as refusal:
            return type(refusal)
        return None

    assert with_only(" \n", True) == (NoteRequired if "n" in needs else None)
    assert with_only("因为", False) == (EvidenceRequired if "e" in needs else None)


def test_the_diagram_draws_every_move_that_changes_the_status() -> None:
    arrows = [line for line in mermaid().splitlines() if "[*]" not in line and "-->" in line]
    assert len(arrows) == sum(end is not status for (status, _), (end, _, _) in TABLE.items())
    assert "    dispatched --> accepted: accept (duty, leader, responder)" in arrows


def test_the_buttons_of_a_card_are_those_of_all_its_roles_in_the_order_of_the_table() -> None:
    case = a_case(Status.DISPATCHED)
    assert allowed(case, {Role.RESPONDER}) == (Action.ACCEPT, Action.ASK_LEVEL_UP)
    assert allowed(case, {Role.RESPONDER, Role.LEADER}) == (Action.ACCEPT, Action.RETURN, Action.ASK_LEVEL_UP)
    assert allowed(case, {Role.ADMIN}) == ()
    assert allowed(case, ()) == ()
