"""A second matter told while a report is open: asked about, and kept until the first one is done."""

from dataclasses import replace
from typing import Any

from bot.cases.draft import OTHER, PARKED, Ask, Draft, told_meanwhile
from bot.cases.errors import NotOpen
from bot.cases.matter import Matter, QuestionKind, Route
from bot.desk import cries
from handlers.resident.answers import advice_of, open_one
from handlers.resident.content import Content
from handlers.resident.keyboards import inline
from handlers.resident.saying import Question
from handlers.resident.signs import data
from handlers.resident.talk import Talk, new_draft
from handlers.resident.telling import correct, take_in

MOST_PARKED = 5
SHORTEST = 4
LOUD, LOUD_AT_PLACE = 1.0, 2.5
"""How sure the understanding must be of the other matter; a place that was asked for may be a rubbish heap."""
CLEARER = 4.0
"""By so much the other matter must be likelier than that of the draft. Of 172 reports none is that much likelier as
another matter than its own, and 93 in a hundred are, if they are told while a draft of another matter is open."""
FREE = frozenset({QuestionKind.TEXT, QuestionKind.PERSON, QuestionKind.TIME, QuestionKind.PHONE})
"""Questions whose answers may sound like anything."""


def tells_another(talk: Talk, words: str) -> bool:
    """Whether these words clearly tell of another matter than the one the open draft has."""
    own, question, catalogue = talk.matter, open_one(talk), talk.desk.office.catalogue
    expected = talk.asked in {Ask.MATTER, Ask.WORDS, OTHER} or (question is not None and question.kind in FREE)
    if own is None or expected or len(words) < SHORTEST or len(talk.kept.get(PARKED, [])) >= MOST_PARKED:
        return False
    if (danger := catalogue.danger(words)) is not None:
        return danger.matter.row != own.row and not talk.draft.danger
    likely = catalogue.guesses(words, len(catalogue.matters))
    if not likely or likely[0].matter.row == own.row or likely[0].matter.route is Route.ANSWER:
        return False
    before = next((one.score for one in likely if one.matter.row == own.row), None)
    loud = LOUD_AT_PLACE if talk.asked == Ask.WHERE else LOUD
    return likely[0].score >= loud and (before is None or likely[0].score - before >= CLEARER)


async def ask_whether(talk: Talk, content: Content, source: int) -> Question:
    """这是另一件事吗？ What was told waits for the answer; advice in danger does not."""
    talk.kept[OTHER] = {"words": content.words, "media": content.media, "source": source}
    await _hear_danger(talk, content, source)
    return await _asked(talk)


async def _hear_danger(talk: Talk, content: Content, source: int) -> None:
    if (matter := _danger(talk, content.words)) is not None:
        talk.before.append(advice_of(talk, matter))
        talk.desk.urgent = True
        other = Talk(talk.desk, talk.texts, talk.state, dict(talk.kept), new_draft(), True, None)
        await take_in(other, content, source)
        talk.kept[OTHER]["draft"] = other.draft.as_json()


async def corrected(talk: Talk, content: Content, source: int) -> bool:
    """Whether an edited message was told last, or for a draft that waits; there it is what it says now."""
    parked, waiting = talk.kept.get(PARKED, []), talk.kept.get(OTHER)
    for at, one in enumerate(parked):
        if Draft.read(one).made_of(source):
            parked[at] = await _corrected(talk, one, content, source)
            return True
    if waiting is None or waiting["source"] != source:
        return False
    known = {piece["unique_id"] for piece in waiting["media"]}
    waiting["words"] = content.words or waiting["words"]
    waiting["media"] += [piece for piece in content.media if piece["unique_id"] not in known]
    if "draft" in waiting:
        waiting["draft"] = await _corrected(talk, waiting["draft"], content, source)
    else:
        await _hear_danger(talk, content, source)
    return True


async def _corrected(talk: Talk, kept: dict[str, Any], content: Content, source: int) -> dict[str, Any]:
    waits = replace(talk, draft=Draft.read(kept), asked=None)
    await correct(waits, content, source)
    talk.before = waits.before
    return waits.draft.as_json()


async def _asked(talk: Talk) -> Question:
    assert talk.matter is not None
    await talk.keep(OTHER)
    keys = inline(
        [(talk.texts.another(), data(talk.draft, "another"))], [(talk.texts.same(), data(talk.draft, "same"))]
    )
    return talk.texts.ask_another(talk.texts.matter_name(talk.matter)), keys


async def more_of_it(talk: Talk, content: Content) -> Question | None:
    """Pictures without words that come before the answer belong to what was told last."""
    talk.kept[OTHER]["media"] += content.media
    if "draft" in talk.kept[OTHER]:
        talk.kept[OTHER]["draft"]["media"] += content.media
    return await _asked(talk)


async def another(talk: Talk, _value: str) -> None:
    """另一件: a danger is told to its end at once, anything else waits until the open report is done."""
    told = told_meanwhile(talk.kept)
    content, source = _waiting(talk)
    urgent = _danger(talk, content.words)
    if urgent is not None:
        make_room(talk)
        talk.draft.id = told["id"] if told else talk.draft.id
        await _take(talk, content, source)
        return
    await park(talk, content, source)
    talk.note = talk.texts.another_waits()


async def park(talk: Talk, content: Content, source: int) -> None:
    """A draft of its own, asked about when the open one is done."""
    other = Talk(talk.desk, talk.texts, talk.state, talk.kept, new_draft(), False, None)
    await take_in(other, content, source)
    talk.kept[PARKED] = [*talk.kept.get(PARKED, []), other.draft.as_json()]


async def keep_apart(talk: Talk) -> None:
    """The open report is given up: what was told last and not decided about is asked about next."""
    if OTHER in talk.kept:
        await park(talk, *_waiting(talk))


async def same(talk: Talk, _value: str = "") -> None:
    """同一件: what was told belongs to the open draft."""
    told = told_meanwhile(talk.kept)
    content, source = _waiting(talk)
    if told:
        await cries.rename(talk.desk, told["id"], talk.draft.id)
    talk.asked = None
    await _take(talk, content, source)


async def settle(talk: Talk) -> None:
    """Whoever goes on without answering has told more of the same: nothing of it is lost."""
    if OTHER in talk.kept:
        await same(talk)


def make_room(talk: Talk) -> None:
    """Begin a new draft; the one that is open waits behind it."""
    if not talk.draft.empty:
        talk.kept[PARKED] = [talk.draft.as_json(), *talk.kept.get(PARKED, [])]
    talk.empty()


async def _take(talk: Talk, content: Content, source: int) -> None:
    """Put it into the draft. Its advice was said when it was told."""
    matter, before = _danger(talk, content.words), list(talk.before)
    await take_in(talk, content, source)
    said = advice_of(talk, matter) if matter else None
    talk.before = [*before, *(one for one in talk.before[len(before) :] if one != said)]


def _waiting(talk: Talk) -> tuple[Content, int]:
    kept: dict[str, Any] | None = talk.kept.pop(OTHER, None)
    if kept is None:
        raise NotOpen
    return Content(words=kept["words"], media=kept["media"]), kept["source"]


def _danger(talk: Talk, words: str) -> Matter | None:
    heard = talk.desk.office.catalogue.danger(words)
    return heard.matter if heard else None
