"""Three taps: in time, solved, satisfied. 没解决 offers a 重办."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cases.case import Case
from bot.cases.errors import NotOpen
from bot.desk import following, subscribing
from bot.desk.desk import Desk
from bot.outbox.buttons import Press
from bot.texts import Texts
from handlers.resident.keyboards import in_rows, inline
from handlers.resident.saying import Question, Said, says, turns
from handlers.sorting import OnCase, Private

ANSWERS = {"contacted": ("yes", "no"), "solved": ("yes", "part", "no"), "satisfied": ("1", "2", "3", "4", "5")}

BAD = ("1", "2")
"""Stars after which doing it again is offered."""


def doors() -> Router:
    """The presses of a rating."""
    router = Router(name="rating")
    router.callback_query.filter(Private())
    router.callback_query.register(begins, OnCase("rating"))
    router.callback_query.register(rates, OnCase("rate"))
    return router


async def begins(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """⭐ 评价 under a case: the first tap. 算了 after 没解决: the third."""
    case = await following.may_rate(desk, await following.reported_or_joined(desk, press.case_id))
    if press.value == "satisfied":
        return [query.answer(), turns(query, *_ask_satisfied(texts, case))]
    choices = zip(texts.in_time(), ANSWERS["contacted"], strict=True)
    keys = inline([(words, _data(case.id, "contacted", value)) for words, value in choices])
    return [query.answer(), says(query, texts.ask_contacted(case, case.result or ""), keys)]


async def rates(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """One tap; the question turns into the next. The place is offered to whoever reported: others know it roughly."""
    what, _, value = press.value.partition(".")
    if value not in ANSWERS.get(what, ()):
        raise NotOpen
    mine = await following.reported_or_joined(desk, press.case_id)
    case = await following.rate(desk, mine, what, value)
    own = mine.joined_as is None
    words, keys = _next(texts, case, what, value, may_reopen=own)
    if (
        own
        and what == "satisfied"
        and keys is None
        and (node_id := await subscribing.worth_following(desk, case)) is not None
    ):
        words = f"{words}\n\n{texts.follow_after(await subscribing.name_of(desk, node_id))}"
        keys = inline([(texts.follow_here(), f"sub:on:{node_id}")])
    return [query.answer(), turns(query, words, keys)]


def _next(texts: Texts, case: Case, what: str, value: str, *, may_reopen: bool) -> Question:
    if what == "contacted":
        choices = [(texts.solved(one), _data(case.id, "solved", one)) for one in ANSWERS["solved"]]
        return texts.ask_solved(case.number), inline(*in_rows(choices, 1))
    again = [(texts.button_again(), Press(case.id, "redo").pack())]
    offers = may_reopen and not case.redone
    if what == "satisfied" and value in BAD and offers:
        return f"{texts.thanks(case.number)}\n{texts.offer_reopen_bad(case.number)}", inline(again)
    if what == "satisfied":
        return texts.thanks(case.number), None
    if value == "no" and offers:
        leave = [(texts.button_no_again(), Press(case.id, "rating", 0, "satisfied").pack())]
        return texts.offer_reopen(case.number), inline(again, leave)
    return _ask_satisfied(texts, case)


def _ask_satisfied(texts: Texts, case: Case) -> Question:
    choices = zip(texts.stars(), ANSWERS["satisfied"], strict=True)
    keys = inline(*([(words, _data(case.id, "satisfied", value))] for words, value in choices))
    return texts.ask_satisfied(case.number), keys


def _data(case_id: int, what: str, value: str) -> str:
    return Press(case_id, "rate", 0, f"{what}.{value}").pack()
