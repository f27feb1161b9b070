"""回访 through the bot: two taps of whoever reported. 没解决 offers a 重办."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cases.actions import Action
from bot.cases.errors import NotOpen, Refusal
from bot.cases.revisiting import SOLVED, STARS
from bot.desk import following, revisiting
from bot.desk.desk import Desk
from bot.outbox.buttons import Press
from bot.texts import Texts
from handlers.numbers import number
from handlers.resident.keyboards import inline
from handlers.resident.saying import Said, turns
from handlers.sorting import Data, Private

ANSWERS = {"solved": SOLVED, "satisfied": STARS}


def doors() -> Router:
    """Presses in private chats."""
    router = Router(name="revisited")
    router.callback_query.filter(Private())
    router.callback_query.register(answers, Data("rq"))
    return router


async def answers(query: CallbackQuery, desk: Desk, texts: Texts, parts: list[str]) -> Said:
    """One tap; the question turns into the next."""
    if len(parts) != 4 or parts[3] not in ANSWERS.get(parts[2], ()):
        raise NotOpen
    at, what, value = number(parts[1]), parts[2], parts[3]
    case = await following.my_case(desk, number(parts[0]))
    await revisiting.answered(desk, case, at, what, value)
    if what == "satisfied":
        unsolved = await revisiting.told_unsolved(desk, case, at)
        words = texts.revisit_thanks(case.number)
        if unsolved and await _may_reopen(desk, case.id):
            again = (texts.button_again(), Press(case.id, Action.REDO).pack())
            return [query.answer(), turns(query, f"{words}\n{texts.offer_reopen(case.number)}", inline([again]))]
        return [query.answer(), turns(query, words)]
    stars = [[("⭐" * int(one), f"rq:{case.id}:{at}:satisfied:{one}")] for one in STARS]
    return [query.answer(), turns(query, texts.revisit_stars(), inline(*stars))]


async def _may_reopen(desk: Desk, case_id: int) -> bool:
    try:
        await following.may_reopen(desk, await following.my_case(desk, case_id))
    except Refusal:
        return False
    return True
