"""🔇 停报 from the card of a case: a reason and days, another person's yes, an end by any one."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.cases.errors import NotOpen
from bot.cases.muting import DAYS, REASONS
from bot.desk import muting
from bot.desk.desk import Desk
from bot.outbox.muting import line
from bot.texts import Texts
from handlers.numbers import number
from handlers.resident.keyboards import in_rows, inline
from handlers.resident.saying import Question, Said, says, turns
from handlers.sorting import Data, Private


def doors() -> Router:
    """The card may hang in a group; what follows is said privately."""
    router = Router(name="muting")
    router.callback_query.register(presses, Data("mute"))
    router.message.register(lists, Command("mutes"), Private())
    return router


async def lists(message: Message, desk: Desk, texts: Texts) -> Said:
    """/mutes: who is not heard at present, by the number of the case, and a button that ends it."""
    lasting = await muting.running(desk)
    lines = [texts.mute_of(case.number, await line(desk, texts, one)) for case, one in lasting]
    ends = [[(texts.mute_lift_of(case.number), f"mute:u:{one.id}")] for case, one in lasting]
    return [says(message, texts.mutes_running(lines), inline(*ends) if ends else None)]


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, parts: list[str]) -> Said:
    """A button of all that; who may is looked up by what it does."""
    if len(parts) < 2:
        raise NotOpen
    what, row = parts[0], number(parts[1])
    if what == "c" and len(parts) == 2:
        return [query.answer(), says(query, *await _why(desk, texts, row))]
    if what == "r" and len(parts) == 3 and parts[2] in REASONS:
        choices = [(texts.days_button(days), f"mute:d:{row}:{parts[2]}:{days}") for days in DAYS]
        keys = inline(*in_rows(choices, 3), [(texts.back(), f"mute:b:{row}")])
        return [query.answer(), turns(query, texts.mute_days(parts[2]), keys)]
    if what == "b" and len(parts) == 2:
        return [query.answer(), turns(query, *await _why(desk, texts, row))]
    if what == "d" and len(parts) == 4:
        await muting.propose(desk, row, parts[2], number(parts[3]))
        return [query.answer(), turns(query, texts.mute_proposed())]
    if len(parts) != 2:
        raise NotOpen
    return await _decides(query, desk, texts, what, row)


async def _decides(query: CallbackQuery, desk: Desk, texts: Texts, what: str, row: int) -> Said:
    if what in {"y", "n"}:
        await muting.decide(desk, row, yes=what == "y")
    elif what == "u":
        await muting.lift(desk, row)
    elif what == "o":
        await muting.object_to(desk, row)
        return [query.answer(), says(query, texts.objected())]
    else:
        raise NotOpen
    return [query.answer(texts.mute_done())]


async def _why(desk: Desk, texts: Texts, case_id: int) -> Question:
    case, before = await muting.of_case(desk, case_id)
    rows = [[(texts.mute_reason(reason), f"mute:r:{case.id}:{reason}")] for reason in REASONS]
    ends = [(texts.mute_lift(), f"mute:u:{one.id}") for one in before if one.state == "agreed"][:1]
    lines = [await line(desk, texts, one) for one in before]
    return texts.mute_why(case.number, lines), inline(*rows, ends)
