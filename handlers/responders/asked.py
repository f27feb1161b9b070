"""Buttons that ask for words, one row each: the question, who takes the words, and what is answered then.

进展 and 办结 also take pictures; they have doors of their own in replies.py.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.cases.actions import Action
from bot.cases.case import Case
from bot.desk import answering, conflicts, dealing, deciding, overseeing
from bot.desk.desk import Desk
from bot.texts import Texts


@dataclass(frozen=True, slots=True)
class Asked:
    """`ask` and `said` get the number of the case; `take` the desk, the case, the words and what the button named."""

    ask: Callable[[Texts, str], str]
    take: Callable[[Desk, int, str, str], Awaitable[Case]]
    said: Callable[[Texts, str], str]


ASKED: Mapping[Action, Asked] = MappingProxyType(
    {
        Action.FAIL: Asked(Texts.give_failure, dealing.fail, Texts.rework_noted),
        Action.ASK: Asked(Texts.give_question, answering.ask_reporter, Texts.question_passed_on),
        Action.REPLY: Asked(Texts.give_answer, answering.reply, Texts.answered),
        Action.EXTEND: Asked(Texts.give_extension, deciding.ask_extension, Texts.extension_asked),
        Action.GRANT: Asked(Texts.give_grant, deciding.grant_extension, Texts.extension_granted),
        Action.LIFT: Asked(Texts.give_lift, conflicts.lift, Texts.lifted),
        Action.OVERSEE: Asked(Texts.give_oversee, overseeing.oversee, Texts.overseen_noted),
        Action.RELEASE: Asked(Texts.give_release, overseeing.release, Texts.released_noted),
        Action.DECLINE: Asked(Texts.give_decline, deciding.decline_extension, Texts.extension_declined),
    }
)
