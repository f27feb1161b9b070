"""/record: the centre writes down a call, a message, an order or what is asked from above; then it is a report."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.cases.case import Source
from bot.cases.draft import Ask
from bot.desk import recording
from bot.desk.desk import Desk
from bot.texts import Texts
from handlers.resident.keyboards import inline
from handlers.resident.saying import Said, says
from handlers.resident.signs import data
from handlers.resident.talk import leave_step, talk_of
from handlers.sorting import Private

WAYS = (Source.PHONE, Source.SMS, Source.HOTLINE, Source.INSTRUCTION, Source.TASK)


def doors() -> Router:
    """The command; what follows goes through the door of reports."""
    router = Router(name="recording")
    router.message.register(records, Command("record"), Private())
    return router


async def records(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """Asks how it came. What is being written goes on first."""
    await recording.must_be_recorder(desk)
    await leave_step(state)
    talk = await talk_of(desk, texts, state)
    if not talk.draft.empty:
        talk.before.append((texts.going_on_with(), None))
        talk.afresh()
        return await talk.go_on(message)
    await talk.keep(Ask.MATTER, message)
    ways = [[(texts.source(one), data(talk.draft, "src", one.value))] for one in WAYS]
    return [says(message, texts.record_how(), inline(*ways, [(texts.cancel(), data(talk.draft, "cancel"))]))]
