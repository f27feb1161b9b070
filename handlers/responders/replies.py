"""Words and photos of responders: as a reply to a card, or as the answer to what a button asked."""

import re
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message, MessageOriginUser

from bot.cases.actions import Action
from bot.cases.case import Case, Status
from bot.cases.conditions import is_advice
from bot.cases.elements import ASKED_AT_MOST
from bot.cases.errors import OldEvidence
from bot.desk import watching
from bot.desk.dealing import (
    add_to_result,
    case_named,
    case_to_sum_up,
    needs_photo,
    number_pattern,
    progress,
    resolve,
    shows_something,
    sum_up,
)
from bot.desk.desk import Desk
from bot.desk.proving import judged
from bot.texts import Texts
from handlers.resident.content import content_of
from handlers.resident.keyboards import MENU
from handlers.responders import dealing
from handlers.responders.asked import ASKED
from handlers.sorting import InStep, Private, Says

HTML = "HTML"
Said = Any
KEYS = tuple(Says(name) for name in MENU)


class ToCard(Filter):
    """A reply to a message of ours that shows a case; only for people of the unit that has it."""

    async def __call__(self, message: Message, desk: Desk) -> bool | dict[str, Any]:
        shown = _ours(message, desk)
        case = await case_named(desk, shown.text or shown.caption or "") if shown and desk.person else None
        return {"case": case} if case else False


class ToSealedCard(Filter):
    """A dispatcher's reply to a message of ours about a confidential case."""

    async def __call__(self, message: Message, desk: Desk) -> bool | dict[str, Any]:
        shown = _ours(message, desk)
        case = await case_to_sum_up(desk, shown.text or shown.caption or "") if shown and desk.person else None
        return {"case": case} if case else False


class ToWatched(Filter):
    """A reply to a message of ours about a case that whoever writes watches."""

    async def __call__(self, message: Message, desk: Desk) -> bool | dict[str, Any]:
        shown = _ours(message, desk)
        number = re.search(number_pattern(desk), shown.text or shown.caption or "") if shown else None
        case = await watching.case_watched(desk, number[0]) if number else None
        return {"case": case} if case else False


class NoKey(Filter):
    """Anything but a command or the words of the menu: these mean the same wherever they are said."""

    async def __call__(self, message: Message) -> bool:
        return not await _is_key(message)


class ToUs(Filter):
    """Said to the bot: anything in the private chat, a reply to it in a group."""

    async def __call__(self, message: Message, desk: Desk) -> bool:
        return message.chat.type == "private" or _ours(message, desk) is not None


class ToLeftQuestion(Filter):
    """A reply to a question of ours that was left for another one; or to one that is over (given as None)."""

    async def __call__(self, message: Message, desk: Desk, state: FSMContext) -> bool | dict[str, Any]:
        shown = _ours(message, desk)
        words = (shown.text or shown.caption or "") if shown else ""
        number = re.search(number_pattern(desk), words)
        if number is None:
            return False
        if (left := await dealing.asked_before(state, words)) is not None:
            return {"left": left, "number": number[0]}
        return {"left": None, "number": number[0]} if await dealing.is_over(state, words, number[0]) else False


class MoreOfAlbum(Filter):
    """Another picture of the album whose first one was taken already."""

    async def __call__(self, message: Message, state: FSMContext) -> bool | dict[str, Any]:
        if message.media_group_id is None:
            return False
        album = await dealing.last_album(state)
        return {"album": album} if album.get("id") == message.media_group_id else False


def doors() -> Router:
    """Replies in groups and private chats."""
    router = Router(name="replies")
    router.message.register(takes_rest_of_album, MoreOfAlbum())
    router.message.register(gives_what_was_left, NoKey(), ToLeftQuestion())
    router.message.register(gives_what_was_asked, InStep(dealing.STEP), ToUs())
    router.message.register(gives_progress, NoKey(), ToCard())
    router.message.register(gives_look, NoKey(), Private(), ToWatched())
    router.message.register(gives_summary, NoKey(), Private(), ToSealedCard())
    return router


def _ours(message: Message, desk: Desk) -> Message | None:
    reply = message.reply_to_message
    return reply if reply and reply.from_user and reply.from_user.id == desk.office.bot_id else None


def _picture_of_ours(message: Message, desk: Desk) -> bool:
    """Forwarded from us: a picture of the case itself, or of another."""
    origin = message.forward_origin
    return isinstance(origin, MessageOriginUser) and origin.sender_user.id == desk.office.bot_id


async def takes_rest_of_album(message: Message, desk: Desk, album: dict[str, Any]) -> None:
    """The pictures of an album come one by one; the first one was answered for all."""
    content = content_of(message)
    if album.get("watched"):
        await watching.keep_rest(desk, album["case"], content.media)
    elif album["result"]:
        await add_to_result(desk, album["case"], content.media)
    else:
        await progress(desk, album["case"], content.words, content.media)


async def gives_progress(message: Message, desk: Desk, texts: Texts, state: FSMContext, case: Case) -> Said:
    """A reply to the card is progress, with its photos."""
    content = content_of(message)
    if content.nothing:
        return message.reply(texts.words_please(case.number))
    if case.status is Status.VERIFY and content.media:
        return await _adds_evidence(message, desk, texts, state, case)
    await progress(desk, case.id, content.words, content.media)
    if message.media_group_id:
        await dealing.took_album(state, {"id": message.media_group_id, "case": case.id, "result": False})
    return _noted(message, texts, case, content.words)


async def _adds_evidence(message: Message, desk: Desk, texts: Texts, state: FSMContext, case: Case) -> Said:
    """A new picture of a result that waits for its verdict."""
    if _picture_of_ours(message, desk):
        raise OldEvidence
    await add_to_result(desk, case.id, content_of(message).media)
    if message.media_group_id:
        await dealing.took_album(state, {"id": message.media_group_id, "case": case.id, "result": True})
    return message.reply(texts.evidence_added(case.number))


async def gives_look(message: Message, desk: Desk, texts: Texts, state: FSMContext, case: Case) -> Said:
    """What somebody who watches a case saw on the spot; a picture by itself says enough to be kept."""
    content = content_of(message)
    if content.nothing:
        return message.reply(texts.words_please(case.number))
    words = content.words or texts.look_without_words()
    after = await watching.look(desk, case.id, words)
    if content.media:
        await watching.keep(desk, after, content.media)
    if message.media_group_id:
        album = {"id": message.media_group_id, "case": case.id, "result": False, "watched": True}
        await dealing.took_album(state, album)
    return message.reply(texts.look_noted(case.number))


async def gives_summary(message: Message, desk: Desk, texts: Texts, case: Case) -> Said:
    """A dispatcher's words about the voices of a sealed report; files are not passed on."""
    content = content_of(message)
    if not content.words:
        return message.reply(texts.words_please(case.number))
    await sum_up(desk, case, content.words, f"m{message.message_id}")
    return message.reply(texts.summed_up(case.number))


def _noted(message: Message, texts: Texts, case: Case, words: str) -> Said:
    said = texts.progress_noted(case.number) if words else texts.photo_noted(case.number)
    return message.reply(said, parse_mode=HTML)


async def gives_what_was_left(
    message: Message, desk: Desk, texts: Texts, state: FSMContext, left: dict[str, Any] | None, number: str
) -> Said:
    """An answer belongs to the question that it replies to, and never to another one or to the resident."""
    if left is None:
        return message.reply(texts.question_over(number))
    await dealing.turn_to(state, left)
    return await gives_what_was_asked(message, desk, texts, state)


async def gives_what_was_asked(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """Words and photo may come in one message or in several, in any order."""
    kept = await dealing.now(state)
    content = content_of(message)
    if not kept or await _means_something_else(message, desk, kept):
        await dealing.leave(state)
        raise SkipHandler
    if content.nothing:
        return message.reply(texts.words_please(kept["number"]))
    if content.media and _picture_of_ours(message, desk):
        raise OldEvidence
    kept["words"] = "\n".join(part for part in (kept["words"], content.words) if part)
    kept["photo"] = [*kept["photo"], *content.media]
    told = kept.get("told_album")
    if told and told == message.media_group_id and not content.words:
        return await dealing.keep(state, kept)
    if missing := await _missing(desk, texts, kept):
        kept["told_album"] = message.media_group_id
        await dealing.keep(state, kept, missing)
        return message.reply(missing)
    return [await _done(message, desk, texts, state, kept), *_tidied(message, desk)]


def _tidied(message: Message, desk: Desk) -> list[Said]:
    """In a group the answered question is taken away: the card and the answer are enough to read."""
    shown = _ours(message, desk)
    name = desk.person.name if desk.person else None
    asked = shown is not None and name and (shown.text or "").startswith(f"{name}\u3000")
    return [shown.delete()] if shown and asked else []


async def _is_key(message: Message) -> bool:
    return (message.text or "").startswith("/") or any([await one(message) for one in KEYS])


async def _means_something_else(message: Message, desk: Desk, kept: dict[str, Any]) -> bool:
    """A command, a menu button, a reply to another card, or words long after the question are none of its answer."""
    if await _is_key(message):
        return True
    shown = _ours(message, desk)
    if shown is not None:
        return kept["number"] not in (shown.text or shown.caption or kept["number"])
    return desk.now().timestamp() - kept["at"] > dealing.PATIENCE_S


async def _missing(desk: Desk, texts: Texts, kept: dict[str, Any]) -> str | None:
    action = Action(kept["action"])
    if action is Action.RESOLVE:
        return await _missing_result(desk, texts, kept)
    return texts.words_please(kept["number"]) if action in ASKED and not kept["words"] else None


async def _missing_result(desk: Desk, texts: Texts, kept: dict[str, Any]) -> str | None:
    """Words that tell the four elements (asked for so often, then it goes on without), and the picture."""
    words, no_photo = kept["words"], not shows_something(kept["photo"]) and await needs_photo(desk, kept["case"])
    if not words:
        return texts.words_too(kept["number"])
    something, lacks = await judged(desk, kept["case"], words)
    if not something:
        kept["words"] = ""
        return texts.says_nothing(kept["number"], words)
    if lacks and kept.get("lacked", 0) < ASKED_AT_MOST:
        kept["lacked"] = kept.get("lacked", 0) + 1
        return texts.elements_too(kept["number"], lacks, photo=no_photo)
    return texts.photo_too(kept["number"]) if no_photo else None


async def _done(message: Message, desk: Desk, texts: Texts, state: FSMContext, kept: dict[str, Any]) -> Said:
    action = Action(kept["action"])
    watched = action in ASKED and ASKED[action].pictures
    album = {"id": message.media_group_id, "case": kept["case"], "result": action is Action.RESOLVE, "watched": watched}
    await dealing.end(state, album if message.media_group_id else None)
    if action is Action.RESOLVE:
        case = await resolve(desk, kept["case"], kept["words"], kept["photo"])
        return message.reply(texts.answered(case.number) if is_advice(case) else texts.resolved(case.number))
    if action in ASKED:
        case = await ASKED[action].take(desk, kept["case"], kept["words"], kept["about"])
        if ASKED[action].pictures and kept["photo"]:
            await watching.keep(desk, case, kept["photo"])
        return message.reply(ASKED[action].said(texts, case.number))
    case = await progress(desk, kept["case"], kept["words"], kept["photo"])
    return _noted(message, texts, case, kept["words"])
