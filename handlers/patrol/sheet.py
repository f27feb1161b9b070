"""/mysheet: a grid member's quarter, each number with its definition; appeals; /fake for dispatchers."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.cases.assessment import ADJUSTMENTS, quarter_at
from bot.cases.errors import NotOpen
from bot.desk import assessment
from bot.desk.desk import Desk
from bot.desk.patrolling import today
from bot.texts import Texts
from handlers.numbers import number
from handlers.patrol.daily import HasWords
from handlers.resident.adding import NotMenu
from handlers.resident.keyboards import Choice, inline
from handlers.resident.saying import Question, Said, says, turns
from handlers.resident.talk import APPEAL, APPEAL_REASON, leave_step
from handlers.sorting import Data, InStep, Private


def doors() -> Router:
    """Commands, presses, and the words after them."""
    router = Router(name="sheet")
    router.message.register(shows, Command("mysheet"), Private())
    router.message.register(marks_fake, Command("fake"), Private())
    router.message.register(appeals, Private(), InStep(APPEAL), HasWords(), NotMenu())
    router.message.register(judges, Private(), InStep(APPEAL_REASON), HasWords(), NotMenu())
    router.callback_query.register(presses, Data("s"), Private())
    return router


async def shows(message: Message, desk: Desk, texts: Texts) -> Said:
    """The last quarter if its sheet was given out, else the running one."""
    return [says(message, *await _sheet(desk, texts, await assessment.newest_quarter(desk)))]


async def _sheet(desk: Desk, texts: Texts, quarter: str) -> Question:
    shown = await assessment.my_sheet(desk, quarter)
    words = texts.sheet(shown.quarter, shown.places, shown.facts, shown.sheet, final=shown.final)
    buttons: list[Choice] = []
    if shown.appeal_until is not None:
        words = f"{words}\n{texts.appeal_until(shown.appeal_until)}"
        buttons.append((texts.sheet_appeal(), f"s:appeal:{quarter}"))
    elif shown.appealed:
        words = f"{words}\n{texts.appeal_made()}"
    if (now := quarter_at(today(desk))) != quarter:
        buttons.append((texts.sheet_now(), f"s:see:{now}"))
    return words, inline(buttons)


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """看考核单, 申诉, and a dispatcher's decision."""
    if len(parts) == 2 and parts[0] == "see":
        return [query.answer(), turns(query, *await _sheet(desk, texts, parts[1]))]
    if len(parts) == 2 and parts[0] == "appeal":
        await assessment.may_appeal(desk, parts[1])
        await _asks(state, APPEAL, {"quarter": parts[1]})
        return [query.answer(), says(query, texts.ask_appeal())]
    if len(parts) == 3 and parts[0] == "judge" and number(parts[2]) in {0, *ADJUSTMENTS}:
        one = await assessment.appeal_to_judge(desk, number(parts[1]))
        await _asks(state, APPEAL_REASON, {"id": one.id, "points": number(parts[2])})
        return [query.answer(), says(query, texts.ask_reason())]
    raise NotOpen


async def _asks(state: FSMContext, step: str, given: dict[str, Any]) -> None:
    await leave_step(state)
    await state.update_data(appeal=given)
    await state.set_state(step)


async def appeals(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """What is wrong with the sheet."""
    given: dict[str, Any] = (await state.get_data()).get("appeal") or {}
    await assessment.appeal(desk, str(given.get("quarter")), (message.text or "").strip())
    await leave_step(state)
    return [says(message, texts.appeal_sent())]


async def judges(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """The reason of the decision."""
    given: dict[str, Any] = (await state.get_data()).get("appeal") or {}
    if "id" not in given:
        raise NotOpen
    await leave_step(state)
    await assessment.judge(desk, given["id"], given["points"], (message.text or "").strip())
    return [says(message, texts.judged_appeal())]


async def marks_fake(message: Message, desk: Desk, texts: Texts, command: CommandObject) -> Said:
    """/fake 261125-001 why: an invented report, established by a dispatcher."""
    case_number, _, reason = (command.args or "").strip().partition(" ")
    if not case_number or not reason.strip():
        return [says(message, texts.fake_how())]
    await assessment.mark_fake(desk, case_number, reason.strip())
    return [says(message, texts.fake_marked(case_number))]
