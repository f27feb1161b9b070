"""The words of a voice have come: into its draft with the question whether they are right, else to its case."""

from dataclasses import replace
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.cases.case import Case
from bot.cases.draft import PARKED, Draft
from bot.desk import routing
from bot.desk.desk import Desk
from bot.desk.following import case_of_voice
from bot.desk.voices import told
from bot.desk.worsening import worsen
from bot.outbox.buttons import Press
from bot.texts import Texts
from handlers.resident.keyboards import inline
from handlers.resident.saying import Question, Said, says
from handlers.resident.signs import data
from handlers.resident.talk import ANSWERS, HEARD, SPOKEN_TO, Talk, talk_of
from handlers.resident.telling import hear


async def heard(message: Message, desk: Desk, texts: Texts, state: FSMContext, about: dict[str, Any]) -> Said:
    """Our own ear brings them (bot/jobs/voices.py). What belongs to nothing any more is left."""
    talk = await talk_of(desk, texts, state)
    if talk.opened and talk.draft.id == about["draft"]:
        return await _in_draft(talk, message, about) if talk.draft.has_piece(about["file"]) else []
    if any(one["id"] == about["draft"] for one in talk.kept.get(PARKED, [])):
        return await _in_parked(talk, message, about)
    case = await case_of_voice(desk, about["draft"], about["case"] or _just_joined(talk, about["draft"]))
    if case is None or not message.text:
        return []
    return await _in_case(talk, message, case, message.text, about["file"])


def _just_joined(talk: Talk, draft: str) -> int | None:
    """The open case that a draft became part of."""
    last = talk.kept.get("last")
    return last["case"] if draft and last and last["sign"] == draft[:8] else None


async def _in_draft(talk: Talk, message: Message, about: dict[str, Any]) -> Said:
    """The story has these words until they are put right. What was asked before is still asked."""
    if not message.text:
        return [says(message, talk.texts.not_heard(about["trouble"]))]
    source = -message.message_id
    talk.draft.hear_words(message.text, source)
    await hear(talk, message.text)
    talk.kept[HEARD] = source
    if talk.kept.get(SPOKEN_TO) == [about["file"], talk.asked]:
        talk.kept[ANSWERS] = source
    await talk.keep_draft()
    words, keys = _is_it_right(talk, message.text, str(source))
    said = f"{talk.note}\n\n{words}" if talk.note else words
    return [*(says(message, *one) for one in talk.before), says(message, said, keys)]


async def _in_parked(talk: Talk, message: Message, about: dict[str, Any]) -> Said:
    """The draft waits behind another one: its words are kept, and read when it is asked about. Danger is answered."""
    parked: list[dict[str, Any]] = talk.kept[PARKED]
    at = next(at for at, one in enumerate(parked) if one["id"] == about["draft"])
    waits = replace(talk, draft=Draft.read(parked[at]), asked=None, before=[])
    if not message.text or not waits.draft.has_piece(about["file"]):
        return []
    waits.draft.hear_words(message.text, -message.message_id)
    await hear(waits, message.text)
    parked[at] = waits.draft.as_json()
    await talk.remember()
    return [says(message, *one) for one in waits.before]


def _is_it_right(talk: Talk, words: str, source: str) -> Question:
    draft, texts = talk.draft, talk.texts
    right = [(texts.heard_right(), data(draft, "said", source)), (texts.heard_wrong(), data(draft, "reword", source))]
    return texts.heard(words), inline(right, [(texts.words_not_needed(), data(draft, "unsaid", source))])


async def _in_case(talk: Talk, message: Message, case: Case, words: str, file: str) -> Said:
    """The report was submitted meanwhile: who deals with it reads them, and danger is answered here all the same."""
    danger = talk.desk.office.catalogue.danger(words)
    await told(talk.desk, case, words, f"{case.id} {file}", danger=danger is not None)
    await worsen(talk.desk, case, words, f"voice {file}", await routing.dispatchers(talk.desk, case))
    keys = inline([(talk.texts.heard_wrong(), Press(case.id, "add").pack())])
    said = says(message, talk.texts.heard_late(case.number, words), keys)
    if danger is None:
        return [said]
    return [says(message, talk.texts.danger_advice(danger.numbers, danger.matter.advice)), said]
