"""我的上报: the list, one case with its timeline, adding, urging, withdrawing, reopening."""

import re
from typing import Any

from aiogram import Router
from aiogram.filters import Command, Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.cases.actions import Action, Role
from bot.cases.case import Case, Status
from bot.cases.errors import NotOpen
from bot.cases.lifecycle import allowed
from bot.desk import following
from bot.desk.desk import Desk
from bot.desk.names import matter_name, unit_name
from bot.outbox.buttons import Press
from bot.texts import Texts
from handlers.resident.content import content_of
from handlers.resident.keyboards import Choice, in_rows, inline, menu
from handlers.sorting import Data, InStep, OnCase, Private, Says

HTML = "HTML"
Said = Any
NUMBER = re.compile(r"[^\W\d_]{0,4}\d{6}-\d{3,6}")
OPEN_TO_RATING = {Status.FEEDBACK, Status.CLOSED}


class CaseNumber(Filter):
    """A message that is nothing but a case number."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        words = (message.text or "").strip()
        return {"number": words} if NUMBER.fullmatch(words) else False


def doors() -> Router:
    """Everything about cases that were reported."""
    router = Router(name="mine")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(lists, Command("mine"))
    router.message.register(lists, Says("menu_mine"))
    router.message.register(finds, CaseNumber())
    router.message.register(adds, InStep("adding"))
    router.message.register(reopens, InStep("reopening"))
    router.callback_query.register(more, Data("mine"))
    router.callback_query.register(shows, OnCase("show"))
    router.callback_query.register(asks_what_to_add, OnCase("add"))
    router.callback_query.register(urges, OnCase("urge"))
    router.callback_query.register(asks_before_withdrawing, OnCase("withdraw"))
    router.callback_query.register(withdraws, OnCase("withdraw_yes"))
    router.callback_query.register(asks_why_again, OnCase("redo"))
    return router


async def lists(message: Message, desk: Desk, texts: Texts) -> Said:
    """The newest first, a button each."""
    found = await following.my_cases(desk)
    if not found:
        return message.answer(texts.my_cases(0), reply_markup=menu(texts))
    return message.answer(texts.my_cases(len(found)), reply_markup=_list(desk, texts, found))


async def more(query: CallbackQuery, desk: Desk, texts: Texts, parts: list[str]) -> Said:
    """The next page, or the list again."""
    before = int(parts[0]) if parts and parts[0].isdecimal() else None
    found = await following.my_cases(desk, before)
    if not isinstance(query.message, Message):
        return query.answer()
    return [query.answer(), query.message.edit_text(texts.my_cases(len(found)), reply_markup=_list(desk, texts, found))]


def _list(desk: Desk, texts: Texts, found: list[Case]) -> Any:
    page = found[: following.PAGE]
    rows = [[(texts.case_line(one, matter_name(desk, one, texts)), Press(one.id, "show").pack())] for one in page]
    older = [(texts.older(), f"mine:{page[-1].id}")] if len(found) > following.PAGE else []
    return inline(*rows, older)


async def finds(message: Message, desk: Desk, texts: Texts, number: str) -> Said:
    """A case number as text."""
    case = await following.my_case_by_number(desk, number)
    words, keyboard = await _shown(desk, texts, case)
    return message.answer(words, reply_markup=keyboard, parse_mode=HTML)


async def shows(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """One case with everything that happened."""
    case = await following.my_case(desk, press.case_id)
    words, keyboard = await _shown(desk, texts, case)
    assert isinstance(query.message, Message)
    return [query.answer(), query.message.answer(words, reply_markup=keyboard, parse_mode=HTML)]


async def _shown(desk: Desk, texts: Texts, case: Case) -> Any:
    lines: list[str] = []
    for event in await following.timeline(desk, case):
        said = texts.event(event.at, event.action, await unit_name(desk, event.unit_id), event.note)
        if said:
            lines.append(said)
    may = allowed(case, {Role.REPORTER}, at=desk.now())
    choices: list[Choice] = [(texts.button_add(), Press(case.id, "add").pack())]
    if following.can_urge(desk, case):
        choices.append((texts.button_urge(), Press(case.id, "urge").pack()))
    if Action.WITHDRAW in may:
        choices.append((texts.button_withdraw(), Press(case.id, "withdraw").pack()))
    if Action.RATE in may:
        choices.append((texts.button_rate(), Press(case.id, "rating", case.version).pack()))
    if Action.REDO in may:
        choices.append((texts.button_reopen(), Press(case.id, "redo").pack()))
    rows = in_rows(choices, 2)
    return texts.timeline(case, matter_name(desk, case, texts), lines), inline(*rows, [(texts.button_list(), "mine:")])


async def asks_what_to_add(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, press: Press) -> Said:
    """➕ 补充: the next message goes to this case. What was being written waits."""
    case = await following.my_case(desk, press.case_id)
    await state.update_data(case=case.id)
    await state.set_state("adding")
    assert isinstance(query.message, Message)
    return [query.answer(), query.message.answer(texts.add_what(case.number), parse_mode=HTML)]


async def adds(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """The supplement."""
    case = await _waiting_case(desk, state)
    content = content_of(message)
    if content.nothing:
        return message.answer(texts.add_what(case.number), parse_mode=HTML)
    words = content.words or content.place
    too_large = await following.add_to(desk, case, words, content.media, f"m{message.message_id}")
    data = await state.get_data()
    if message.media_group_id and data.get("album") == message.media_group_id:
        return []
    await state.update_data(album=message.media_group_id)
    if not message.media_group_id:
        await leave_step(state)
    said = [message.answer(texts.added(case.number), reply_markup=menu(texts), parse_mode=HTML)]
    return [message.answer(texts.too_large()), *said] if too_large else said


async def _waiting_case(desk: Desk, state: FSMContext) -> Case:
    case_id = (await state.get_data()).get("case")
    if not isinstance(case_id, int):
        raise NotOpen
    return await following.my_case(desk, case_id)


async def leave_step(state: FSMContext) -> None:
    """Back to a draft that waited, or to nothing."""
    data = await state.get_data()
    data.pop("case", None)
    await state.set_data(data)
    await state.set_state("report:matter" if data.get("draft") else None)


async def urges(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """⏰ 催办."""
    case = await following.urge(desk, await following.my_case(desk, press.case_id))
    assert isinstance(query.message, Message)
    return [query.answer(), query.message.answer(texts.urged(case.number), parse_mode=HTML)]


async def asks_before_withdrawing(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """撤回 asks first."""
    case = await following.my_case(desk, press.case_id)
    button = [(texts.withdraw_yes(), Press(case.id, "withdraw_yes").pack())]
    assert isinstance(query.message, Message)
    words = texts.withdraw_sure(case.number)
    return [query.answer(), query.message.answer(words, reply_markup=inline(button), parse_mode=HTML)]


async def withdraws(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """确定撤回."""
    case = await following.withdraw(desk, await following.my_case(desk, press.case_id))
    assert isinstance(query.message, Message)
    return [query.answer(), query.message.edit_text(texts.withdrawn(case.number), parse_mode=HTML)]


async def asks_why_again(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, press: Press) -> Said:
    """没解决: say what is still wrong."""
    case = await following.my_case(desk, press.case_id)
    await state.update_data(case=case.id)
    await state.set_state("reopening")
    assert isinstance(query.message, Message)
    return [query.answer(), query.message.answer(texts.reopen_what())]


async def reopens(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """The reason of a 重办; a picture or voice alone is reason enough."""
    case = await _waiting_case(desk, state)
    content = content_of(message)
    if content.nothing:
        return message.answer(texts.reopen_what())
    await following.reopen(desk, case, content.words or texts.button_reopen(), content.media)
    await leave_step(state)
    return message.answer(texts.added(case.number), reply_markup=menu(texts), parse_mode=HTML)
