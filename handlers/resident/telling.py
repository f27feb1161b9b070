"""What is done with what somebody tells: it goes where it was asked for, and nothing of it is lost."""

from typing import Any

from bot.cases.case import Contact
from bot.cases.contacts import number_to_call
from bot.cases.crying import takes_back
from bot.cases.draft import Ask
from bot.cases.hush import hush_in
from bot.cases.matter import QuestionKind
from bot.cases.placing import (
    cannot_be_place,
    ends_as_place,
    place_in,
    reads_as_place,
    tells_of_change,
)
from bot.cases.plain_words import IDLE, plain_of, told_for, wants_no_calls, wants_secrecy
from bot.cases.understanding import Danger
from bot.desk.reporting import LARGEST_FILE
from bot.desk.voices import SPOKEN, listen
from handlers.resident import behalf
from handlers.resident.answers import advise, answered, choose_matter, open_one, overhear_all
from handlers.resident.content import Content
from handlers.resident.hushing import danger_in, hear_cry, help_there
from handlers.resident.locating import (
    LONGEST_PLACE,
    POINT,
    PUT_RIGHT,
    is_mere_place,
    know_place,
    take_place,
    take_point,
)
from handlers.resident.saying import Question
from handlers.resident.talk import SPOKEN_TO, Talk

GUESSES = 3
MORE_OF_STORY = 4
"""Fewer characters are a sigh or a try, more tell something."""
LOUD_STORY, LOUD_HAPPENED = 2.5, 0.0
"""So sure the understanding must be of what is wrong for words not to be the place that was asked for."""
LONG_FOR_PLACE = 9
"""Words of this length that name no place anybody knows and do not end like one are more of the story."""
MORE_THAN_PLACE = 4
"""So many characters beside a place tell what is wrong there."""
AGAIN = "rewords"
"""The step in which the whole story is told anew."""
REWORD = "reword:"
"""Before the source of words that a voice was heard to say: the step in which they are put right."""
BESIDE_STORY = ""
"""Marks a message of this draft that brought no words of the story (a photo, thanks), in `Draft.told`."""
EXPECTED = frozenset({Ask.MATTER, Ask.WORDS, AGAIN})
"""Steps in which more words are what was asked for, so nothing is said about them."""


async def take_in(talk: Talk, content: Content, source: int) -> Question | None:
    """Put what came with the message `source` into the draft: an answer to what was asked, else more of the story.

    Returns what to show if it is not the next question.
    """
    if talk.asked == Ask.DANGER and talk.draft.unheard and content.latitude is not None:
        if talk.draft.vague:
            help_there(talk)
        else:
            talk.draft.skip(Ask.DANGER)  # who goes on without an answer is not held up; the voice tells it
    await _take_files(talk, content, source)
    took, shown = await behalf.took(talk, content.words or content.number, source, talk.asked)
    if not took:
        await _take_rest(talk, content, source)
    if not talk.draft.made_of(source):
        talk.draft.told[str(source)] = BESIDE_STORY
    return shown


async def _take_rest(talk: Talk, content: Content, source: int) -> None:
    if content.latitude is not None and content.longitude is not None:
        await take_point(talk, content.latitude, content.longitude, content.place, source)
    elif content.number and wants_number(talk):
        answered(talk, content.number, source)
    elif content.words and _is_place(talk, content.words) and not await _is_no_place(talk, content.words):
        talk.draft.told[str(source)] = Ask.WHERE
        await take_place(talk, content.words)
    elif content.words and not answered(talk, content.words, source):
        plain = plain_of(content.words) if open_one(talk) and not talk.draft.source else None
        if plain is not None and plain in IDLE:
            talk.note = talk.texts.kindly(plain)
        else:
            await _take_words(talk, content.words, source)
    elif content.words:
        _hear_danger(talk, content.words)


def _is_place(talk: Talk, words: str) -> bool:
    """Whether the words answer where it is. A cry for help is no place, unless it reads as one."""
    if talk.asked not in (Ask.WHERE, Ask.HERE) or _tells_more(talk, words) or hush_in(words):
        return False
    if talk.draft.danger and takes_back(words) and place_in(words) is None:
        return False
    return reads_as_place(words) or _new_danger(talk, words) is None


async def _is_no_place(talk: Talk, words: str) -> bool:
    """Whether they ask or complain; it is said once more how a place can be told."""
    told = cannot_be_place(words) or _tells_matter(talk, words)
    if not told or await talk.desk.office.places.named(talk.desk.tx, words):
        return False
    talk.note = talk.texts.place_how()
    return True


def _tells_matter(talk: Talk, words: str) -> bool:
    """Whether words name no place and clearly tell what is wrong, or go on for long: 楼道灯坏了."""
    if place_in(words) is not None or reads_as_place(words) or ends_as_place(words):
        return False
    if len(words) >= LONG_FOR_PLACE:
        return True
    likely = talk.desk.office.catalogue.guesses(words, 1)
    loud = LOUD_HAPPENED if tells_of_change(words) else LOUD_STORY
    return bool(likely) and likely[0].score >= loud


def _new_danger(talk: Talk, words: str) -> Danger | None:
    danger = danger_in(talk, words)
    return danger if danger is not None and danger.matter.code not in talk.draft.advised else None


def _hear_danger(talk: Talk, words: str) -> None:
    """Danger in any words brings its advice before anything else."""
    danger, draft = danger_in(talk, words), talk.draft
    if danger is None:
        _take_back(talk, words)
        return
    talk.desk.urgent, draft.danger = True, True
    if draft.matter is None and danger.matter.code not in draft.guesses:
        draft.guesses = [danger.matter.code, *draft.guesses][:GUESSES]
    advise(talk, danger.matter)


def _take_back(talk: Talk, words: str) -> None:
    """搞错了，没着火: the flag goes; who was told of the danger is told that too."""
    if talk.draft.danger and takes_back(words):
        talk.draft.danger = False
        talk.draft.guesses = [code for code in talk.draft.guesses if code not in talk.draft.advised]
        talk.note = talk.texts.no_danger_noted()


def _tells_more(talk: Talk, words: str) -> bool:
    """Whether words are no mere place. After a voice nothing was typed yet: what goes with a place is the story."""
    found = place_in(words) if talk.draft.matter is None else None
    return len(words) > LONGEST_PLACE or (found is not None and len(words) - len(found.words) >= MORE_THAN_PLACE)


def wants_number(talk: Talk) -> bool:
    """Whether a telephone number was asked for."""
    if talk.asked in {Ask.CALLER, Ask.BEHALF, Ask.NUMBER}:
        return True
    question = open_one(talk)
    return question is not None and question.kind is QuestionKind.PHONE


async def _take_files(talk: Talk, content: Content, source: int) -> None:
    fresh = [piece for piece in content.media if not talk.draft.has_piece(piece["unique_id"])]
    left_out = [piece for piece in content.media if not talk.draft.add_media(piece)]
    if left_out and talk.kept.get("too_many") != talk.draft.sign:
        talk.kept["too_many"] = talk.draft.sign
        talk.before.append((talk.texts.too_many(), None))
    if any((piece.get("size") or 0) > LARGEST_FILE for piece in content.media):
        talk.before.append((talk.texts.too_large(), None))
    if content.media and talk.opened and talk.asked not in {Ask.PHOTO, Ask.MATTER}:
        talk.note = talk.texts.noted()
    for piece in fresh:
        if piece not in left_out:
            await _listen(talk, piece, source)


async def _listen(talk: Talk, piece: dict[str, Any], source: int) -> None:
    """A voice becomes words soon, where a model is there; said anew it takes the place of what it was to say."""
    if piece["kind"] not in SPOKEN:
        return
    talk.kept[SPOKEN_TO] = [piece["unique_id"], talk.asked]
    if not talk.kept.get("knows_voice"):
        talk.kept["knows_voice"] = True
        talk.note = talk.texts.voice_notice(written=talk.desk.office.listens)
    if talk.draft.unheard and talk.draft.media[0] == piece:
        talk.adds(talk.texts.call_first())
    await listen(talk.desk, piece, message=source, draft=talk.draft.id)
    if talk.desk.office.listens and talk.asked == AGAIN:
        talk.draft.forget_words()
    elif talk.desk.office.listens and (rewording := reworded(talk)) is not None:
        talk.draft.drop_words(rewording)


def reworded(talk: Talk) -> int | None:
    """The source of the words that are being put right."""
    asked = talk.asked or ""
    return int(asked.removeprefix(REWORD)) if asked.startswith(REWORD) else None


async def _take_words(talk: Talk, words: str, source: int) -> None:
    """More of the story, or all of it anew; the matter and the place are guessed from it."""
    if talk.asked == AGAIN:
        talk.draft.forget_words()
    if talk.draft.source:
        talk.draft.who = talk.draft.who or number_to_call(words) or ""
    rewording = reworded(talk)
    talk.told_more = len(words) >= MORE_OF_STORY
    if rewording is None:
        talk.draft.add_words(words, source)
    else:
        talk.draft.correct_words(words, rewording)
        talk.draft.confirm_words(rewording)
    if talk.opened and rewording is None and talk.asked not in EXPECTED:
        talk.note = talk.texts.noted()
    await hear_cry(talk, words)
    await hear(talk, words)
    _takes_the_one(talk)
    _hear_wishes(talk, words)


def _takes_the_one(talk: Talk) -> None:
    """Asked twice which it is, with one that is likely: whoever tells on has not said no, and can change it later."""
    before = talk.kept.get("repeated", {})
    asked_twice = talk.asked == Ask.MATTER and before.get("mark") == Ask.MATTER and before.get("count", 0) >= 1
    if asked_twice and talk.told_more and len(talk.draft.guesses) == 1 and not talk.draft.danger:
        matter = talk.desk.office.catalogue.matters[talk.draft.guesses[0]]
        talk.note = talk.texts.taken_as(talk.texts.matter_name(matter))
        choose_matter(talk, matter)


def _hear_wishes(talk: Talk, words: str) -> None:
    """别让人知道是我说的, 不要打电话, said among other words."""
    if talk.draft.source:
        return
    if wants_no_calls(words) and not talk.draft.hush:
        talk.draft.contact, talk.draft.phone = Contact.RELAY.value, ""
        talk.note = talk.texts.will_write()
    if wants_secrecy(words):
        talk.draft.sealed = True
        talk.note = talk.texts.kept_secret()
    if not talk.draft.on_behalf and (who := told_for(words)) is not None:
        talk.draft.on_behalf, talk.draft.who = True, who
        talk.note = talk.texts.told_for(who)


async def hear(talk: Talk, words: str) -> None:
    """Guess the matter and the place from free words; danger in them brings its advice before anything else."""
    draft = talk.draft
    guess(talk)
    _hear_danger(talk, words)
    if not draft.has_place:
        await know_place(talk, words)
    overhear_all(talk)


def guess(talk: Talk) -> None:
    """What it may be about, by the whole story; nothing where there is none, or where it is known."""
    draft, catalogue = talk.draft, talk.desk.office.catalogue
    if draft.matter is None:
        likely = catalogue.suggest(draft.text, GUESSES) if draft.words else ()
        over = draft.advised if draft.danger is False else []
        draft.guesses = [one.code for one in likely if not one.members_only and one.code not in over]
        sure = catalogue.sure(draft.text) if draft.guesses else None
        draft.sure = sure.code if sure and sure.code == draft.guesses[0] else ""
        heard = [code for code in draft.advised if draft.danger and code not in draft.guesses]
        draft.guesses = [*heard, *draft.guesses][:GUESSES]


async def correct(talk: Talk, content: Content, source: int) -> None:
    """The message `source` was edited: the answer, place or part of the story that it was is what it says now.

    A file that took the place of another is kept beside it.
    """
    await _take_files(talk, content, source)
    talk.note, words = talk.texts.corrected(), content.words
    if not words or words in talk.draft.words:
        return
    was = talk.draft.told.get(str(source))
    answers = talk.desk.office.catalogue.danger(words) is None and not talk.draft.empty
    if was == Ask.WHERE and (answers or is_mere_place(words)):
        await take_place(talk, words)
    elif was in behalf.TAKERS:
        await behalf.took(talk, words, source, was)
    elif was in (None, BESIDE_STORY, POINT, PUT_RIGHT) or not answered(talk, words, source, was):
        talk.draft.correct_words(words, source)
        await hear(talk, words)
