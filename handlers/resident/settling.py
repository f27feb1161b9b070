"""即报即办 on the review card: one tap, one picture with the four elements, and it is reported and done."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.cases.elements import Element
from bot.cases.errors import NotOpen, OldEvidence
from bot.desk import settling
from bot.desk.dealing import shows_something
from bot.desk.desk import Desk
from bot.texts import Texts
from handlers.resident import filing
from handlers.resident.content import content_of
from handlers.resident.keyboards import inline
from handlers.resident.saying import Keys, Question, Said
from handlers.resident.signs import data
from handlers.resident.talk import STEP, Talk, talk_of
from handlers.responders.replies import NoKey
from handlers.sorting import InStep, Private

SETTLING = "settling"


def doors() -> Router:
    """Before the report itself: what comes at this step is the result."""
    router = Router(name="settling")
    router.message.register(shows_result, Private(), InStep(STEP + SETTLING), NoKey())
    return router


async def begins(talk: Talk, _value: str) -> Question:
    """🧹 当场办好了."""
    if not await settling.may_settle(talk.desk, talk.draft, talk.matter):
        raise NotOpen
    await talk.keep(SETTLING)
    return talk.texts.ask_settled(), _back(talk)


def _back(talk: Talk) -> Keys:
    return inline([(talk.texts.back(), data(talk.draft, "review"))])


async def shows_result(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said | None:
    """Picture and words, in one message or several; what the words do not tell is asked for, one after the other."""
    talk, content = await talk_of(desk, texts, state), content_of(message)
    draft = talk.draft
    if content.media and all(draft.has_piece(piece["unique_id"]) for piece in content.media):
        raise OldEvidence
    again = talk.knows_album(message.media_group_id)
    settling.told(desk, draft, content.words)
    draft.done_media = [*draft.done_media, *content.media]
    if again and not content.words:
        return await talk.keep(SETTLING, message)
    lacks = settling.to_ask(draft) if content.words or draft.done_words else None
    if lacks is None and draft.done_words and shows_something(draft.done_media):
        case = await settling.settle(desk, draft)
        await filing.is_done(talk, case)
        return await talk.go_on(message, (texts.settled_on_spot(case.number), None))
    await talk.keep(SETTLING, message)
    return await talk.go_on(message, (_still_missing(talk, lacks), _back(talk)))


def _still_missing(talk: Talk, lacks: Element | None) -> str:
    """One thing at a time: what the words do not tell, then the picture."""
    draft, texts = talk.draft, talk.texts
    if lacks is not None:
        return texts.ask_element(lacks)
    if draft.done_words:
        return texts.settled_photo_too()
    return texts.settled_words_too() if draft.done_media else texts.ask_settled()
