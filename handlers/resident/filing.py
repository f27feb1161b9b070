"""Submitting, dropping, and what comes after: a late photo and a corrected word still belong to what was submitted."""

from datetime import timedelta
from typing import Any

from aiogram.types import Message

from bot.cases.case import Case
from bot.cases.crying import in_danger
from bot.cases.errors import NotOpen
from bot.desk import settling
from bot.desk.desk import Desk
from bot.desk.following import add_to, reported_or_joined
from bot.desk.joining import join
from bot.desk.reporting import LARGEST_FILE, file_report, fresh_of
from bot.desk.voices import listen
from bot.outbox.buttons import Press
from handlers.resident import another
from handlers.resident.content import Content
from handlers.resident.keyboards import inline, menu
from handlers.resident.notice import last_words
from handlers.resident.saying import Question, Said, says
from handlers.resident.signs import data
from handlers.resident.talk import BESIDE, Talk
from handlers.resident.telling import BESIDE_STORY

LATE = timedelta(minutes=10)
WHOSE = "whose"
"""The step in which it is asked whose a late file is."""
EDITED = timedelta(hours=48)
"""So long a message can be edited in Telegram."""
FILED = 3
"""Of so many reports it is known which messages they were made of."""
SOURCES = 40
LONGEST_NUMBER = 18
SURE = "sure"
"""The step in which it is asked, once, whether there really is no danger any more; and which draft it was asked of."""


async def sealed(talk: Talk, value: str) -> Question:
    """保密提交."""
    if not talk.draft.empty:
        talk.draft.sealed = True
    return await submitted(talk, value)


async def submitted(talk: Talk, _value: str) -> Question:
    """A draft becomes a case, once, however often it is pressed."""
    if talk.draft.empty:
        raise NotOpen
    case = await file_report(talk.desk, talk.draft)
    await is_done(talk, case)
    words = talk.texts.submitted(case.number, sealed=case.confidential)
    return words, inline([(talk.texts.button_correct(), Press(case.id, "correct").pack())])


async def joined(talk: Talk, value: str) -> Question:
    """我也遇到: what was said goes to the open case nearby; the person follows that one from here on."""
    if talk.draft.empty or not value.isdecimal() or len(value) > LONGEST_NUMBER:
        raise NotOpen
    case = await join(talk.desk, int(value), talk.draft, talk.matter)
    await is_done(talk, case)
    return talk.texts.joined(case.number), None


async def is_done(talk: Talk, case: Case) -> None:
    """The draft is a case now, or part of one. Whoever is here for the first time is shown the menu."""
    talk.kept["last"] = just_touched(talk.desk, case, talk.draft.sign, talk.kept.get("albums", []))
    story = [int(source) for source in talk.draft.told if int(source) not in talk.kept.get(BESIDE, [])]
    remember(talk.desk, talk.kept, case, [*talk.draft.sources, *story])
    last_words(talk)
    if not talk.kept.get("knows_menu"):
        talk.after.append((talk.texts.see_menu(), menu(talk.texts)))
        talk.kept["knows_menu"] = True
    await talk.end()


def just_touched(desk: Desk, case: Case, sign: str, albums: list[str]) -> dict[str, Any]:
    """What the dialog keeps of a case for ten minutes, so that late pieces find it."""
    until = (desk.now() + LATE).timestamp()
    return {"case": case.id, "number": case.number, "sign": sign, "until": until, "albums": albums}


def remember(desk: Desk, kept: dict[str, Any], case: Case, messages: list[int]) -> None:
    """Keep of which messages a case is made as long as they can be edited; of the newest cases only."""
    now = desk.now().timestamp()
    known: list[dict[str, Any]] = [one for one in kept.get("filed", []) if one["until"] > now]
    before = [number for one in known if one["case"] == case.id for number in one["messages"]]
    until = now + EDITED.total_seconds()
    line: dict[str, Any] = {"case": case.id, "messages": [*before, *messages][-SOURCES:], "until": until}
    kept["filed"] = [line, *(one for one in known if one["case"] != case.id)][:FILED]


async def cancelled(talk: Talk, _value: str) -> Question:
    """不报了. What was told last and may be another matter is not dropped with it."""
    if must_be_sure(talk):
        return await whether_fine(talk)
    await another.keep_apart(talk)
    await talk.end()
    return talk.texts.cancelled(), None


def must_be_sure(talk: Talk) -> bool:
    """Whether a danger is about to be dropped of which that was not asked yet."""
    told = talk.opened and not talk.draft.source and in_danger(talk.draft, talk.matter)
    return told and talk.kept.get(SURE) != talk.draft.id


async def whether_fine(talk: Talk) -> Question:
    """真的没事了吗？"""
    talk.kept[SURE] = talk.draft.id
    await talk.keep(SURE)
    yes, no = data(talk.draft, "cancel"), data(talk.draft, "danger", "yes")
    return talk.texts.really_fine(), inline([(talk.texts.fine_no(), no)], [(talk.texts.fine_yes(), yes)])


def pressed_twice(talk: Talk, parts: list[str]) -> str | None:
    """What to say to the second of two presses on 提交."""
    last = talk.kept.get("last")
    if last and parts[:1] == [last["sign"]] and parts[1:2] in (["submit"], ["seal"]):
        return talk.texts.submitted_already(last["number"])
    return None


async def came_late(talk: Talk, message: Message, content: Content) -> Said | None:
    """Within ten minutes after submitting, a file without words: of that case, or the beginning of another one?

    The rest of an album belongs to it. Anything else is kept in a draft of its own, and shown to nobody, until it is
    said whose it is; who never says so is reminded of that draft as of any other.
    """
    last = _last(talk)
    if last is None or not content.media:
        return None
    group = message.media_group_id
    if group is not None and group in last["albums"]:
        return await _of_album(talk, message, content, last["case"])
    if content.words or (talk.opened and talk.asked != WHOSE):
        return None
    again = talk.knows_album(group)
    for piece in content.media:
        talk.draft.add_media(piece)
    talk.draft.told[str(message.message_id)] = BESIDE_STORY
    if any((piece.get("size") or 0) > LARGEST_FILE for piece in content.media):
        talk.before.append((talk.texts.too_large(), None))
    talk.kept["late"] = {"case": last["case"], "number": last["number"]}
    await talk.keep(WHOSE, message)
    asked = [] if again else [says(message, *whose(talk))]
    return [*(says(message, *one) for one in talk.before), *asked]


def whose(talk: Talk) -> Question:
    """The question with its two buttons."""
    late: dict[str, Any] | None = talk.kept.get("late")
    if late is None:
        raise NotOpen
    that = (talk.texts.of_that_case(), data(talk.draft, "late", "that"))
    other = (talk.texts.of_another_case(), data(talk.draft, "late", "other"))
    return talk.texts.ask_whose(late["number"]), inline([that, other])


async def told_whose(talk: Talk, value: str) -> Question | None:
    """这件事的 goes to the case; 另一件事 goes on as a report of its own."""
    late: dict[str, Any] | None = talk.kept.get("late")
    if late is None or talk.asked != WHOSE:
        raise NotOpen
    if value != "that":
        await begin_of_another(talk)
        return None
    case = (await reported_or_joined(talk.desk, late["case"])).case
    await _goes_to(talk, case, "", talk.draft.media, f"late {talk.draft.id}")
    last, albums = talk.kept.get("last"), talk.kept.get("albums", [])
    if last and last["case"] == case.id:
        talk.kept["last"] = {**last, "albums": [*last["albums"], *albums]}
    remember(talk.desk, talk.kept, case, [int(source) for source in talk.draft.told])
    await talk.end()
    kept = talk.texts.added_in_secret(case.number) if talk.desk.confided else talk.texts.added(case.number)
    return kept, None


async def begin_of_another(talk: Talk) -> None:
    """What came without words is a report of its own: its voices are listened to like any."""
    talk.kept.pop("late", None)
    talk.asked = None
    for piece in talk.draft.media:
        await listen(talk.desk, piece, message=int(talk.kept.get("heard") or 0), draft=talk.draft.id)


async def _goes_to(talk: Talk, case: Case, words: str, pieces: list[dict[str, Any]], key: str) -> int:
    """To the case; pictures of what was settled on the spot show how it was done. How many files are too large."""
    if case.on_spot and not words:
        await settling.add_evidence(talk.desk, case, pieces)
        return sum((piece.get("size") or 0) > LARGEST_FILE for piece in pieces)
    return await add_to(talk.desk, case, words, pieces, key)


async def _of_album(talk: Talk, message: Message, content: Content, case_id: int) -> Said:
    case = (await reported_or_joined(talk.desk, case_id)).case
    too_large = await _goes_to(talk, case, content.words, content.media, f"m{message.message_id}")
    remember(talk.desk, talk.kept, case, [message.message_id])
    await talk.state.set_data(talk.kept)
    large = _advice(talk, message, content.words)
    return [*large, says(message, talk.texts.too_large())] if too_large else large


async def corrected_late(talk: Talk, message: Message, content: Content) -> Said | None:
    """A message that a submitted report was made of was edited: the case is told so; what it said before stays."""
    now = talk.desk.now().timestamp()
    filed = [one for one in talk.kept.get("filed", []) if one["until"] > now and message.message_id in one["messages"]]
    if not filed:
        return None
    case = (await reported_or_joined(talk.desk, filed[0]["case"])).case
    fresh = await fresh_of(talk.desk, case, content.media)
    words = "" if fresh and content.words in case.text else content.words
    if not (words or fresh):
        return []
    large = await _goes_to(talk, case, words, fresh, f"e{message.message_id}.{message.edit_date}")
    kept = talk.texts.added_in_secret(case.number) if talk.desk.confided else talk.texts.added(case.number)
    said = [*_advice(talk, message, words), says(message, kept)]
    return [says(message, talk.texts.too_large()), *said] if large else said


def _advice(talk: Talk, message: Message, words: str) -> Said:
    """Danger in what is added brings the numbers and lines first."""
    danger = talk.desk.office.catalogue.danger(words) if words else None
    if danger is None:
        return []
    talk.desk.urgent = True
    return [says(message, talk.texts.danger_advice(danger.numbers, danger.matter.advice))]


def _last(talk: Talk) -> dict[str, Any] | None:
    last = talk.kept.get("last")
    return last if last and talk.desk.now().timestamp() <= last["until"] else None
