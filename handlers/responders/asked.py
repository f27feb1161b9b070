"""Buttons that ask for words, one row each: the question, who takes the words, and what is answered then.

进展 and 办结 also take pictures; they have doors of their own in replies.py.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.cases.actions import Action
from bot.cases.case import Case
from bot.desk import (
    answering,
    conflicts,
    dealing,
    deciding,
    excluding,
    grading,
    merging,
    ordering,
    overseeing,
    requesting,
    shelving,
    turning_away,
    watching,
)
from bot.desk.desk import Desk
from bot.texts import Texts


@dataclass(frozen=True, slots=True)
class Asked:
    """`ask` and `said` get the number of the case; `take` the desk, the case, the words and what the button named.

    `pictures`: those that come with the words are kept too.
    """

    ask: Callable[[Texts, str], str]
    take: Callable[[Desk, int, str, str], Awaitable[Case]]
    said: Callable[[Texts, str], str]
    pictures: bool = False


ASKED: Mapping[Action, Asked] = MappingProxyType(
    {
        Action.FAIL: Asked(Texts.give_failure, dealing.fail, Texts.rework_noted, pictures=True),
        Action.LOOK: Asked(Texts.give_look, watching.look, Texts.look_noted, pictures=True),
        Action.REDO: Asked(Texts.give_relapse, watching.reopen, Texts.relapse_noted, pictures=True),
        Action.ASK: Asked(Texts.give_question, answering.ask_reporter, Texts.question_passed_on),
        Action.REPLY: Asked(Texts.give_answer, answering.reply, Texts.answered),
        Action.EXTEND: Asked(Texts.give_extension, deciding.ask_extension, Texts.extension_asked),
        Action.GRANT: Asked(Texts.give_grant, deciding.grant_extension, Texts.extension_granted),
        Action.LIFT: Asked(Texts.give_lift, conflicts.lift, Texts.lifted),
        Action.OVERSEE: Asked(Texts.give_oversee, overseeing.oversee, Texts.overseen_noted),
        Action.RELEASE: Asked(Texts.give_release, overseeing.release, Texts.released_noted),
        Action.SPARE: Asked(Texts.give_sparing, overseeing.spare, Texts.spared_noted),
        Action.DECLINE: Asked(Texts.give_decline, deciding.decline_extension, Texts.extension_declined),
        Action.GRADE: Asked(Texts.give_grade, grading.regrade, Texts.graded),
        Action.REQUIRE: Asked(Texts.give_criterion, ordering.require, Texts.criterion_kept),
        Action.HASTEN: Asked(Texts.give_hurry, ordering.hasten, Texts.hurry_kept),
        Action.MERGE: Asked(Texts.give_parent, merging.merge_by_number, Texts.merged),
        Action.REJECT: Asked(Texts.give_reason, turning_away.reject, Texts.turned_away_done),
        Action.REFER: Asked(Texts.give_reason, turning_away.refer, Texts.turned_away_done),
        Action.RECONSIDER: Asked(Texts.give_reconsideration, turning_away.reconsider, Texts.reconsidered),
        Action.DIVERT: Asked(Texts.give_divert, turning_away.divert_with_reason, Texts.diverted_by_grid),
        Action.TAKEN_OVER: Asked(Texts.give_taken_over, turning_away.taken_over, Texts.taken_over_noted),
        Action.RETURN: Asked(Texts.give_return, deciding.give_back, Texts.return_asked),
        Action.INSIST: Asked(Texts.give_insistence, deciding.insist, Texts.insisted),
        Action.ASK_LEVEL_UP: Asked(Texts.give_reason_above, requesting.ask_above, Texts.above_asked),
        Action.ASK_JOINT: Asked(Texts.give_reason_joint, requesting.ask_joint, Texts.joint_asked),
        Action.ASK_SHELVING: Asked(Texts.give_reason_shelving, requesting.ask_shelving, Texts.shelving_asked),
        Action.ASK_REASSIGN: Asked(Texts.give_reason_other, requesting.ask_other, Texts.other_asked),
        Action.REFUSE: Asked(Texts.give_refusal, requesting.refuse, Texts.refusal_passed_on),
        Action.EXCLUDE: Asked(Texts.give_exclusion, excluding.propose, Texts.exclusion_proposed),
        Action.SHELVE: Asked(Texts.give_shelving, shelving.shelve, Texts.shelved),
    }
)
