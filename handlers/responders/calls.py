"""部门报到: reporting in with one's place, ticking off common tasks, ending, and one tap for how it went."""

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery, KeyboardButton, Message

from bot.cases.actions import Action
from bot.cases.errors import NotFound, NotOpen
from bot.desk import calling
from bot.desk.desk import Desk
from bot.outbox.buttons import Press
from bot.texts import Texts
from handlers import aside
from handlers.numbers import number
from handlers.resident.keyboards import large, location_key, menu
from handlers.resident.saying import Said
from handlers.responders.replies import NoKey
from handlers.sorting import Data, InStep, OnCase, Private, Says

STEP = "reports in"
HTML = "HTML"


def doors() -> Router:
    """Ticks and stars in groups and privately; the place only privately."""
    router = Router(name="calls")
    router.message.register(comes_by_link, CommandStart(magic=F.args.regexp(r"^ci_[0-9]{1,18}$")), Private())
    router.message.register(sent_place, InStep(STEP), Private(), F.location)
    router.message.register(sends_none, InStep(STEP), Private(), Says("report_without_place"))
    router.message.register(said_something, InStep(STEP), Private(), NoKey())
    router.callback_query.register(presses, Data("cl"))
    router.callback_query.register(ends, OnCase(Action.END_JOINT))
    return router


async def comes_by_link(message: Message, desk: Desk, texts: Texts, state: FSMContext, command: CommandObject) -> Said:
    """From the group."""
    return [await _asks_place(message, desk, texts, state, number((command.args or "").removeprefix("ci_")))]


async def _asks_place(message: Message, desk: Desk, texts: Texts, state: FSMContext, call: int) -> SendMessage:
    case = await calling.case_of_called(desk, call)
    await aside.ask(state, STEP, call=call)
    keys = large([location_key(texts)], [KeyboardButton(text=texts.report_without_place())])
    return message.answer(texts.report_in_how(case.number), reply_markup=keys, parse_mode=HTML)


async def sent_place(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """Where somebody is now; a place that is passed on is none."""
    if message.location is None or message.forward_origin is not None:
        return [message.answer(texts.own_place_please())]
    return await _reports(message, desk, texts, state, (message.location.latitude, message.location.longitude))


async def sends_none(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """不发位置: the time counts, and the card says so."""
    return await _reports(message, desk, texts, state, None)


async def _reports(
    message: Message, desk: Desk, texts: Texts, state: FSMContext, point: tuple[float, float] | None
) -> Said:
    kept = await aside.facts(state)
    await aside.end(state)
    came = await calling.report_in(desk, kept["call"], point)
    words = texts.reported_in(came.unit, came.late, came.metres, placed=came.placed)
    return [message.answer(words, reply_markup=menu(texts), parse_mode=HTML)]


async def said_something(message: Message, texts: Texts) -> Said:
    """Not a place."""
    return [message.answer(texts.own_place_please())]


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """报到 in a private chat, a task that is done, stars."""
    message = query.message
    if not isinstance(message, Message):
        raise NotFound
    match parts:
        case ["i", call] if message.chat.type == "private":
            return [query.answer(), await _asks_place(message, desk, texts, state, number(call))]
        case ["t", task]:
            return [query.answer(texts.ticked(await calling.tick(desk, number(task)))[:200])]
        case ["r", call, unit, side, stars]:
            await calling.rate(desk, number(call), number(unit), side, number(stars))
            return [query.answer(), message.edit_text(texts.call_rated(number(stars)))]
        case _:
            raise NotOpen


async def ends(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """结束协同."""
    case = await calling.finish(desk, press.case_id)
    return [query.answer(texts.joint_over(case.number))]
