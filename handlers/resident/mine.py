"""我的上报: the list, one case with its timeline, urging, withdrawing."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.cases.actions import Action, Role
from bot.cases.case import Case
from bot.cases.clocks import may_correct
from bot.cases.errors import TooLate
from bot.cases.lifecycle import allowed
from bot.cases.plain_words import Plain
from bot.desk import following, mydata, recording, wishing
from bot.desk.desk import Desk
from bot.desk.following import Mine
from bot.desk.joining import RATED_IN
from bot.desk.moves import times
from bot.desk.names import matter_name, unit_name
from bot.desk.turning_away import grid_may_divert
from bot.outbox.buttons import Press
from bot.texts import Texts
from handlers.resident.keyboards import Choice, in_rows, inline, menu
from handlers.resident.numbers import CaseNumber
from handlers.resident.saying import Question, Said, says, turns
from handlers.resident.talk import go_out
from handlers.sorting import Data, Means, OnCase, Private, Says


def doors() -> Router:
    """Looking at cases that were reported."""
    router = Router(name="mine")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(asks, Command("mine"))
    router.message.register(lists, Says("menu_mine"))
    router.message.register(finds, CaseNumber())
    router.message.register(asks_for_data, Command("mydata"))
    router.message.register(asks_for_data, Means(Plain.OWN_DATA))
    router.callback_query.register(takes_data, Data("mydata"))
    router.callback_query.register(more, Data("mine"))
    router.callback_query.register(shows, OnCase("show"))
    router.callback_query.register(urges, OnCase("urge"))
    router.callback_query.register(asks_before_withdrawing, OnCase("withdraw"))
    router.callback_query.register(withdraws, OnCase("withdraw_yes"))
    router.callback_query.register(tells_whom_to_call, OnCase("callback"))
    return router


async def asks(message: Message, desk: Desk, texts: Texts, state: FSMContext, command: CommandObject) -> Said:
    """/mine, or with a part of a number or words behind it."""
    words = (command.args or "").strip()
    if not words:
        return await lists(message, desk, texts, state)
    await go_out(state)
    found = await following.find_mine(desk, words)
    rows = [[(texts.case_line(one, matter_name(desk, one, texts)), Press(one.id, "show").pack())] for one in found]
    return [says(message, texts.mine_found(words, len(found)), inline(*rows, [(texts.button_list(), "mine:")]))]


async def lists(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """The newest first, a button each."""
    await go_out(state)
    found = await following.my_cases(desk)
    return [says(message, *_list(desk, texts, found))] if found else [says(message, texts.no_cases(), menu(texts))]


async def more(query: CallbackQuery, desk: Desk, texts: Texts, parts: list[str]) -> Said:
    """The next page, or the list again."""
    known = parts and parts[0].isdecimal() and len(parts[0]) <= 18
    before = int(parts[0]) if known else None
    found = await following.my_cases(desk, before)
    return [query.answer(), turns(query, *_list(desk, texts, found, first=before is None))]


def _list(desk: Desk, texts: Texts, found: list[Case], *, first: bool = True) -> Question:
    page = found[: following.PAGE]
    rows = [[(texts.case_line(one, matter_name(desk, one, texts)), Press(one.id, "show").pack())] for one in page]
    turning: list[Choice] = [] if first else [(texts.newest(), "mine:")]
    if len(found) > following.PAGE:
        turning.append((texts.older(), f"mine:{page[-1].id}"))
    data: list[Choice] = [(texts.my_data(), "mydata:")] if page and first else []
    return texts.my_cases() if page else texts.no_cases(), inline(*rows, turning, data)


async def asks_for_data(message: Message, desk: Desk, texts: Texts) -> Said:
    """/mydata: everything that was reported, as a file; it is made by a job."""
    return [says(message, await data(desk, texts), menu(texts))]


async def takes_data(query: CallbackQuery, desk: Desk, texts: Texts) -> Said:
    """📦 下载我的上报 under the list."""
    return [query.answer(), says(query, await data(desk, texts))]


async def data(desk: Desk, texts: Texts) -> str:
    """What is said to whoever wants everything they reported."""
    if not await following.my_cases(desk):
        return texts.no_cases()
    again = await mydata.ask(desk)
    return texts.my_data_soon(again) if again else texts.my_data_coming()


async def finds(message: Message, desk: Desk, texts: Texts, number: str) -> Said:
    """A case number as text."""
    return [says(message, *await shown(desk, texts, await following.by_number(desk, number)))]


async def shows(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """One case with everything that happened."""
    mine = await following.reported_or_joined(desk, press.case_id)
    return [query.answer(), says(query, *await shown(desk, texts, mine))]


async def shown(desk: Desk, texts: Texts, mine: Mine) -> Question:
    """A case with its timeline and what may be done with it."""
    case, joined = mine.case, mine.joined_as is not None
    events = await following.timeline(desk, case, joined=joined)
    units = {one.unit_id: await unit_name(desk, one.unit_id) for one in events}
    own = {"submit": "record" if case.recorded else "behalf"} if case.recorded or case.on_behalf else {}
    said = [
        texts.event(one.at, own.get(one.action, one.action), units[one.unit_id], one.note, joined=joined)
        for one in events
    ]
    place = await following.rough_place(desk, case) if joined else None
    keys = inline(*in_rows(await _buttons(desk, texts, mine), 2), [(texts.button_list(), "mine:")])
    return texts.timeline(case, matter_name(desk, case, texts), [line for line in said if line], place), keys


async def _buttons(desk: Desk, texts: Texts, mine: Mine) -> list[Choice]:
    """What may be done with the case. 催办 is shown before its time too: pressing says from when."""
    case = mine.case
    if mine.joined_as is not None:
        rates = [(texts.button_rate(), Press(case.id, "rating").pack())]
        return [(texts.button_add(), Press(case.id, "add").pack()), *(rates if case.status in RATED_IN else [])]
    may = allowed(case, {Role.REPORTER}, at=desk.now(), times=await times(desk, case))
    offered = (
        (True, texts.button_add(), Press(case.id, "add")),
        (case.recorded or case.on_behalf, texts.button_callback(case), Press(case.id, "callback")),
        (following.urge_time(desk, case) is not None, texts.button_urge(), Press(case.id, "urge")),
        (may_correct(case, desk.now()), texts.button_correct(), Press(case.id, "correct")),
        (Action.OBJECT in may, texts.button_object(), Press(case.id, "object")),
        (Action.RATE in may, texts.button_rate(), Press(case.id, "rating")),
        (Action.REDO in may, texts.button_reopen(), Press(case.id, "redo")),
        (await grid_may_divert(desk, case), texts.action(Action.DIVERT), Press(case.id, "line")),
        (Action.WITHDRAW in may, texts.button_withdraw(), Press(case.id, "withdraw")),
    )
    return [(words, press.pack()) for shown, words, press in offered if shown]


async def tells_whom_to_call(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """📞 回电号码, 👵 替谁报的: only to whoever wrote it down."""
    case = await following.my_case(desk, press.case_id)
    words = texts.callback(case.number, await recording.whom_to_tell(desk, case))
    return [query.answer(), says(query, words).model_copy(update={"protect_content": True})]


async def urges(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """⏰ 催办."""
    case = await following.urge(desk, await following.my_case(desk, press.case_id))
    return [query.answer(), says(query, texts.urged(case.number))]


async def asks_before_withdrawing(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """撤回 asks first."""
    case = await following.my_case(desk, press.case_id)
    return [query.answer(), says(query, *await before_withdrawing(desk, texts, case))]


async def before_withdrawing(desk: Desk, texts: Texts, case: Case) -> Question:
    """Whether it is to be withdrawn; when handling has begun, whether the wish is to be passed on."""
    words, yes = texts.withdraw_sure(case.number), texts.withdraw_yes()
    try:
        await following.may_withdraw(desk, case)
    except TooLate:
        words, yes = texts.wish_back_sure(case.number), texts.wish_back_yes()
    return words, inline(
        [(yes, Press(case.id, "withdraw_yes").pack())],
        [(texts.withdraw_no(), Press(case.id, "show").pack())],
    )


async def withdraws(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """确定撤回. When handling has begun, whoever deals with it is told, and decides."""
    case = await following.my_case(desk, press.case_id)
    try:
        await following.withdraw(desk, case)
    except TooLate:
        first = await wishing.wish_back(desk, case)
        return [query.answer(), turns(query, texts.wished_back(case.number, before=not first))]
    return [query.answer(), turns(query, texts.withdrawn(case.number))]
