"""An earlier message was edited: what it says now counts where it had gone, and nowhere else."""

from datetime import timedelta

from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.desk.desk import Desk
from bot.texts import Texts
from handlers.resident import another
from handlers.resident.behalf import of_another_time
from handlers.resident.content import Content, content_of, is_command
from handlers.resident.filing import corrected_late
from handlers.resident.locating import moved
from handlers.resident.saying import Said, says
from handlers.resident.talk import KNOWS_EDITS, Talk, talk_of
from handlers.resident.telling import correct

NOT_AGAIN = timedelta(minutes=10)
"""So long it is not said again that an edit is of no use."""


async def corrected(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """In the open draft, one that waits, or a case. Of any other message only danger is heard, like a first word."""
    talk, content = await talk_of(desk, texts, state), content_of(message)
    if message.location:
        if talk.opened:
            await moved(talk, message.location.latitude, message.location.longitude, message.message_id)
            await talk.keep_draft()
        return []
    if content.nothing or is_command(content.words):
        return []
    danger = bool(content.words) and desk.office.catalogue.danger(content.words) is not None
    if talk.opened and talk.draft.made_of(message.message_id):
        return await _in_draft(talk, message, content, danger=danger)
    if await another.corrected(talk, content, message.message_id):
        await talk.remember()
        return [*(says(message, *one) for one in talk.before), says(message, texts.corrected())]
    if not danger and of_another_time(talk, message.message_id):
        return await _of_no_use(talk, message)
    if (late := await corrected_late(talk, message, content)) is not None:
        return late
    return await (_in_draft(talk, message, content, danger=True) if danger else _of_no_use(talk, message))


async def _in_draft(talk: Talk, message: Message, content: Content, *, danger: bool) -> Said:
    """It is asked on; but whoever is asked aside for something else goes on there, unless it is of danger."""
    known = all(talk.draft.has_piece(piece["unique_id"]) for piece in content.media)
    if known and (not content.words or content.words in talk.draft.words):
        return []
    await correct(talk, content, message.message_id)
    if talk.opened and talk.asked is None and not danger and await talk.state.get_state() is not None:
        await talk.keep_draft()
        return [*(says(message, *one) for one in talk.before), says(message, talk.note)]
    return await talk.go_on(message)


async def _of_no_use(talk: Talk, message: Message) -> Said:
    """What it was said for is over: how to say it instead, once."""
    now = talk.desk.now()
    if talk.kept.get(KNOWS_EDITS, 0) > now.timestamp():
        return []
    talk.kept[KNOWS_EDITS] = (now + NOT_AGAIN).timestamp()
    await talk.remember()
    return [says(message, talk.texts.edit_too_late())]
