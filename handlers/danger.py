"""Danger in words that were meant for another step: the numbers and advice come first, and one tap makes a report."""

from aiogram import Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.cases.errors import NotOpen
from bot.desk.desk import Desk
from bot.texts import Texts
from handlers.admin import plan as plans
from handlers.admin import regrid
from handlers.command import publishing
from handlers.resident import another, talk
from handlers.resident.content import Content, content_of
from handlers.resident.keyboards import inline
from handlers.resident.notice import first_words
from handlers.resident.notices import AnswersBroadcast
from handlers.resident.numbers import AboutOwnCase
from handlers.resident.saying import Said, says
from handlers.resident.talk import BEHIND, STEP, go_out, talk_of
from handlers.resident.telling import take_in
from handlers.responders import dealing, works
from handlers.responders.replies import NoKey, ToCard, ToSealedCard
from handlers.sorting import Data, Private

HEARD = "danger_heard"
TAKES_WORDS = frozenset(
    {
        *(
            talk.ADDING,
            talk.REOPENING,
            talk.OBJECTING,
            talk.REWORDING,
            talk.PATROL,
            talk.PATROL_NOTE,
            talk.ROUND_WORDS,
            talk.ROUND_WHO,
        ),
        *(talk.APPEAL, talk.APPEAL_REASON, dealing.STEP, publishing.STEP, works.STEP, plans.STEP, regrid.WHY),
    }
)
"""Steps in which somebody tells something in words of their own: the words stay there. Any other step looks for a name
or a number, so words of danger are no answer to it: they are a report."""
REPLIES: tuple[Filter, ...] = (AnswersBroadcast(), AboutOwnCase(), ToCard(), ToSealedCard())


def doors() -> Router:
    """The button under the advice."""
    router = Router(name="danger")
    router.callback_query.filter(Private())
    router.callback_query.register(reports, Data("sos"))
    return router


async def ahead(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """What is said before the door of a step answers: nothing, or the advice. A step that asked for a name is left."""
    step = await state.get_state()
    telling = step is None or step.startswith(STEP) or (step == talk.PATROL and not message.photo)
    content = content_of(message)
    if not content.words or (telling and message.reply_to_message is None) or not await NoKey()(message):
        return []
    danger = desk.office.catalogue.danger(content.words)
    if danger is None:
        return []
    if telling and not await _goes_elsewhere(message, desk):
        return []
    if not telling and step not in TAKES_WORDS:
        await go_out(state)
        return []
    heard = {"words": content.words, "media": content.media, "source": message.message_id}
    await state.update_data({HEARD: heard})
    advice = texts.danger_advice(danger.numbers, danger.matter.advice)
    keys = inline([(texts.report_danger(), "sos:")])
    return [says(message, f"{advice}\n{texts.danger_elsewhere()}", keys)]


async def _goes_elsewhere(message: Message, desk: Desk) -> bool:
    """Whether it answers a message of ours, so that it becomes no report."""
    for reply in REPLIES:
        if await reply(message, desk):
            return True
    return False


async def reports(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """🚨: the words that told of danger are a report of their own; a draft that was open waits behind it."""
    kept = await state.get_data()
    heard = kept.pop(HEARD, None)
    if heard is None:
        raise NotOpen
    await state.set_data(kept)
    await go_out(state)
    told = await talk_of(desk, texts, state)
    another.make_room(told)
    await take_in(told, Content(words=heard["words"], media=heard["media"]), heard["source"])
    told.before.clear()  # the advice stands above the button already, and stays there
    told.kept[BEHIND] = True
    first_words(told)
    return await told.go_on(query)
