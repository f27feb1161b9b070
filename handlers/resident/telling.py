"""What is done with what somebody tells: it goes where it was asked for, and nothing of it is lost."""

from bot.cases.case import Colour
from bot.cases.draft import Ask, Draft
from bot.cases.matter import Matter, Question
from bot.cases.placing import place_in
from bot.desk.reporting import LARGEST_FILE
from handlers.resident.asking import ASKED_OF, free_answer
from handlers.resident.content import Content
from handlers.resident.keyboards import menu
from handlers.resident.talk import Talk

GUESSES = 3
LONGEST_PLACE = 120
CLEAR_PLACE = 4
"""Fewer characters (a group of a village, a gate) are no place that anybody could go to; it is asked for."""
LONGEST_ANSWER = 200
AGAIN = "rewords"
"""The step in which the whole story is told anew."""
EXPECTED = frozenset({Ask.MATTER, Ask.WORDS, AGAIN})
"""Steps in which more words are what was asked for, so nothing is said about them."""


async def take_in(talk: Talk, content: Content, source: int) -> None:
    """Put what came with the message `source` into the draft: an answer to what was asked, else more of the story."""
    _take_files(talk, content)
    if content.latitude is not None and content.longitude is not None:
        await _take_point(talk, content.latitude, content.longitude, content.place)
    elif content.words and talk.asked == Ask.WHERE and len(content.words) <= LONGEST_PLACE:
        await _take_place(talk, content.words)
    elif content.words and not _answered(talk, content.words):
        await _take_words(talk, content.words, source)


def _take_files(talk: Talk, content: Content) -> None:
    left_out = [piece for piece in content.media if not talk.draft.add_media(piece)]
    if left_out:
        talk.before.append((talk.texts.too_many(), None))
    if any((piece.get("size") or 0) > LARGEST_FILE for piece in content.media):
        talk.before.append((talk.texts.too_large(), None))
    if content.media and talk.opened and talk.asked not in {Ask.PHOTO, Ask.MATTER}:
        talk.note = talk.texts.noted()


async def _take_words(talk: Talk, words: str, source: int) -> None:
    """More of the story, or all of it anew; the matter and the place are guessed from it."""
    if talk.asked == AGAIN:
        talk.draft.forget_words()
    talk.draft.add_words(words, source)
    if talk.opened and talk.asked not in EXPECTED:
        talk.note = talk.texts.noted()
    await hear(talk, words)


async def hear(talk: Talk, words: str) -> None:
    """Guess the matter and the place from free words; danger in them brings its advice before anything else."""
    draft, catalogue = talk.draft, talk.desk.office.catalogue
    if draft.matter is None:
        draft.guesses = [one.code for one in catalogue.suggest(draft.text, GUESSES) if not one.members_only]
    danger = catalogue.danger(words)
    if danger is not None and danger.matter.code not in draft.advised:
        draft.danger = True
        if draft.matter is None and danger.matter.code not in draft.guesses:
            draft.guesses = [danger.matter.code, *draft.guesses][:GUESSES]
        advise(talk, danger.matter)
    if not draft.has_place:
        await _know_place(talk, words)


async def _know_place(talk: Talk, words: str) -> None:
    """The place of the grid that the words name; else the words themselves that name one, to be seen on the review."""
    places = talk.desk.office.places
    if (node := await places.named(talk.desk.tx, words)) is not None:
        talk.draft.node_id = node.id
        talk.draft.place = await place_name(talk, node.id)
    elif (found := place_in(words)) is not None and len(found.words) >= CLEAR_PLACE:
        talk.draft.place = found.words[:LONGEST_PLACE]


def advise(talk: Talk, matter: Matter) -> None:
    """The numbers to call and three lines, once for each matter; the report goes on."""
    if matter.code in talk.draft.advised:
        return
    talk.draft.advised.append(matter.code)
    numbers = matter.advice.numbers if matter.advice else ("110", "119", "120")
    words = talk.texts.danger_advice(numbers, matter.advice)
    talk.before.insert(0, (f"{words}\n{talk.texts.going_on()}", None))


async def _take_point(talk: Talk, latitude: float, longitude: float, name: str) -> None:
    """A shared location or venue: the place of the grid that holds it. A later one takes the place of an earlier."""
    draft, places = talk.draft, talk.desk.office.places
    draft.latitude, draft.longitude = latitude, longitude
    node = await places.at(talk.desk.tx, latitude, longitude)
    draft.node_id = node.id if node else None
    draft.place = (name or (await place_name(talk, node.id) if node else ""))[:LONGEST_PLACE]
    confirm_place(talk)


async def _take_place(talk: Talk, words: str) -> None:
    """A place in words: matched with the names of the grid; the words stay as they were said."""
    draft = talk.draft
    node = await talk.desk.office.places.named(talk.desk.tx, words)
    draft.node_id = node.id if node else None
    draft.place, draft.latitude, draft.longitude = words, None, None
    confirm_place(talk)


def confirm_place(talk: Talk) -> None:
    """Say which place was understood: with the menu where its keys were replaced by those for the place."""
    known = talk.texts.place_known(talk.draft.place) if talk.draft.place else talk.texts.point_known()
    if talk.asked == Ask.WHERE:
        talk.before.append((known, menu(talk.texts)))
    else:
        talk.note = known


async def place_name(talk: Talk, node_id: int) -> str:
    """A place as it is said: everything below the district."""
    return "".join(one.name for one in (await talk.desk.office.places.path(talk.desk.tx, node_id))[1:])


def _answered(talk: Talk, words: str) -> bool:
    """Whether the words answer the open question. A long answer is also part of the story, so nothing of it is lost."""
    question = open_one(talk)
    if question is None:
        return False
    if free_answer(question):
        talk.draft.answers[question.key] = words[:LONGEST_ANSWER]
        return len(words) <= LONGEST_ANSWER
    at = next((at for at, (_, shown) in enumerate(talk.texts.choices(question)) if shown == words), None)
    return at is not None and answer(talk, question.key, at)


def open_one(talk: Talk) -> Question | None:
    """The question of the matter that was asked."""
    key = (talk.asked or "").removeprefix(ASKED_OF) if (talk.asked or "").startswith(ASKED_OF) else None
    return next((one for one in talk.matter.questions if one.key == key), None) if talk.matter else None


def choose_matter(talk: Talk, matter: Matter) -> None:
    """This is what it is about; answers to another matter's questions stay only where the question is the same."""
    draft = talk.draft
    keys = {question.key for question in matter.questions}
    draft.answers = {key: value for key, value in draft.answers.items() if key in keys}
    _became(talk, matter)


def answer(talk: Talk, key: str, at: int) -> bool:
    """A tapped answer; it may turn the matter into another. False if there is no such question or answer."""
    matter = talk.matter
    question = next((one for one in matter.questions if one.key == key), None) if matter else None
    if matter is None or question is None or at >= len(question.answers):
        return False
    talk.draft.answers[key] = question.answers[at]
    talk.draft.skipped = [name for name in talk.draft.skipped if name != f"q:{key}"]
    changed = talk.desk.office.catalogue.becomes(matter, key, question.answers[at])
    if changed is not matter:
        _became(talk, changed)
    return True


def _became(talk: Talk, matter: Matter) -> None:
    """A red matter, and one whose details are not asked, brings its advice at once; another its hotline."""
    talk.draft.matter = matter.code
    if matter.advice and (matter.colour is Colour.RED or not matter.asks_details):
        advise(talk, matter)
    if not matter.asks_details:
        talk.note = talk.texts.confidential_matter()
    elif matter.hotlines:
        talk.note = talk.texts.hotline(matter.hotlines)


def forget_answer(draft: Draft, key: str) -> None:
    """Ask this question again."""
    draft.answers.pop(key, None)
    draft.skipped = [name for name in draft.skipped if name != f"q:{key}"]
