"""What is done with what somebody tells: it goes where it was asked for, and nothing of it is lost."""

import secrets

from bot.cases.draft import Ask, Draft, open_question
from bot.cases.matter import Matter, QuestionKind
from bot.desk.desk import Desk
from handlers.resident.asking import free_answer, matter_of
from handlers.resident.content import Content

GUESSES = 3


def new_draft() -> Draft:
    """An empty draft."""
    return Draft(id=secrets.token_hex(12))


async def take_in(desk: Desk, draft: Draft, asked: str | None, content: Content) -> None:
    """Put what came into the draft: an answer to what was asked, else simply more of the story."""
    for piece in content.media:
        draft.add_media(piece)
    if content.latitude is not None and content.longitude is not None:
        await take_point(desk, draft, content.latitude, content.longitude, content.place)
    if content.words and asked == Ask.WHERE:
        await take_place(desk, draft, content.words)
    if content.words and not _answers(desk, draft, asked, content.words):
        draft.add_words(content.words)
        await _hear(desk, draft, content.words)


def _answers(desk: Desk, draft: Draft, asked: str | None, words: str) -> bool:
    """Whether the words answered the open question or told the place."""
    matter = matter_of(draft, desk.office.catalogue)
    if asked == Ask.WHERE:
        draft.place = words[:120]
        return True
    question = open_question(draft, matter) if asked == Ask.QUESTION and matter else None
    if question is None:
        return False
    if free_answer(question) or question.kind is QuestionKind.PHOTO:
        draft.answers[question.key] = words[:200]
        return True
    tapped = next((answer for answer in question.answers if answer == words), None)
    if tapped:
        draft.answers[question.key] = tapped
    return tapped is not None


async def take_point(desk: Desk, draft: Draft, latitude: float, longitude: float, name: str = "") -> None:
    """A shared location or venue: the place of the grid that holds it."""
    draft.latitude, draft.longitude = latitude, longitude
    node = await desk.office.places.at(desk.tx, latitude, longitude)
    if node:
        draft.node_id = node.id
    names = [one.name for one in await desk.office.places.path(desk.tx, node.id)] if node else []
    draft.place = name or "".join(names[1:])


async def take_place(desk: Desk, draft: Draft, words: str) -> None:
    """A place in words: matched with the names of the grid; the words stay as they were said."""
    node = await desk.office.places.named(desk.tx, words)
    if node:
        draft.node_id = node.id


async def _hear(desk: Desk, draft: Draft, words: str) -> None:
    """Guess the matter and the place from free words."""
    if draft.matter is None:
        guessed = desk.office.catalogue.suggest(draft.text, GUESSES)
        draft.guesses = [one.code for one in guessed if not one.members_only]
    if not draft.has_place and (node := await desk.office.places.named(desk.tx, words)) is not None:
        draft.node_id = node.id
        draft.place = "".join(one.name for one in (await desk.office.places.path(desk.tx, node.id))[1:])


def choose_matter(draft: Draft, matter: Matter) -> None:
    """This is what it is about; answers to another matter's questions stay only where the question is the same."""
    draft.matter = matter.code
    keys = {question.key for question in matter.questions}
    draft.answers = {key: value for key, value in draft.answers.items() if key in keys}


def answer_question(desk: Desk, draft: Draft, key: str, at: int) -> bool:
    """A tapped answer; it may turn the matter into another. False if there is no such question or answer."""
    matter = matter_of(draft, desk.office.catalogue)
    question = next((one for one in matter.questions if one.key == key), None) if matter else None
    if matter is None or question is None or at >= len(question.answers):
        return False
    draft.answers[key] = question.answers[at]
    changed = desk.office.catalogue.becomes(matter, key, draft.answers[key])
    draft.matter = changed.code
    return True
