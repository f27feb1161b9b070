"""我不同意: the one objection to what was not accepted or was referred to another way."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.desk import following, turning_away
from bot.desk.desk import Desk
from bot.outbox.buttons import Press
from bot.texts import Texts
from handlers.resident.adding import NotMenu, step_over, waiting_case
from handlers.resident.content import content_of
from handlers.resident.keyboards import inline, menu
from handlers.resident.saying import Said, says
from handlers.resident.talk import OBJECTING, leave_step
from handlers.sorting import InStep, OnCase, Private


def doors() -> Router:
    """The button under the news, and the reason."""
    router = Router(name="objecting")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(objects, InStep(OBJECTING), NotMenu())
    router.callback_query.register(asks_why_not, OnCase("object"))
    router.callback_query.register(objects_simply, OnCase("object_yes"))
    return router


async def asks_why_not(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, press: Press) -> Said:
    """🙋 我不同意: say why, or only that."""
    case = await following.may_object(desk, await following.my_case(desk, press.case_id))
    await state.update_data(case=case.id)
    await state.set_state(OBJECTING)
    simply = (texts.object_simply(), Press(case.id, "object_yes").pack())
    return [
        query.answer(),
        says(query, texts.object_why(case.number), inline([simply], [(texts.leave_it(), "leave:")])),
    ]


async def objects_simply(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, press: Press) -> Said:
    """不多说，请再看看."""
    case = await following.my_case(desk, press.case_id)
    words = desk.texts(desk.office.language).object_simply()
    await turning_away.object_to(desk, case, words, [], f"q{query.id}")
    await leave_step(state)
    return [query.answer(), says(query, texts.objected_case(case.number), menu(texts))]


async def objects(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """Why the reporter does not agree; a picture or voice alone is reason enough."""
    case = await following.my_case(desk, (await waiting_case(desk, state)).id)
    content = content_of(message)
    if content.nothing:
        return [says(message, texts.object_why(case.number))]
    words = content.words or content.place or desk.texts(desk.office.language).object_simply()
    await turning_away.object_to(desk, case, words, content.media, f"m{message.message_id}")
    await step_over(desk, state, case, message)
    return [says(message, texts.objected_case(case.number), menu(texts))]
