"""What stands on a button, typed: the button is meant. 是的 means the one that is offered, 第二个 the second."""

from aiogram.types import InlineKeyboardMarkup

from bot.cases.draft import Ask
from bot.cases.plain_words import AGREES, bare, nth
from handlers.resident import asking
from handlers.resident.signs import read
from handlers.resident.talk import Talk

ASKED = frozenset({Ask.MATTER, Ask.PHOTO, Ask.WORDS, Ask.CONTACT, Ask.REVIEW})
"""Steps whose buttons are known by the step alone."""
BESIDE = 3
"""So many signs may stand around the words of a button."""
SHORTEST = 2

Step = tuple[str, str]


def typed(talk: Talk, words: str) -> Step | None:
    """The button these words stand for: (what, value). None for everything that may be an answer or the story."""
    if talk.asked not in ASKED or talk.draft.empty:
        return None
    said, known = bare(words), _offered(talk)
    if said in known:
        return known[said]
    if talk.asked == Ask.REVIEW and talk.matter is None:
        return _named(talk, said)
    if talk.asked != Ask.MATTER:
        return None
    matters = [(label, step) for label, step in known.items() if step[0] == "m"]
    if said in AGREES:
        return matters[0][1] if len(matters) == 1 else None
    if (at := nth(said)) is not None:
        return matters[at][1] if at < len(matters) else None
    return _nearly(said, matters) or _named(talk, said)


def is_offered_several(talk: Talk, words: str) -> bool:
    """Whether somebody agrees without saying to which of several."""
    several = sum(step[0] == "m" for step in _offered(talk).values()) > 1 if talk.asked == Ask.MATTER else False
    return several and not talk.draft.empty and bare(words) in AGREES


def _offered(talk: Talk) -> dict[str, Step]:
    """The words on the buttons of the open question, and what each does."""
    catalogue = talk.desk.office.catalogue
    _, keys = asking.question_for(Ask(talk.asked or ""), talk.draft, catalogue, talk.texts)
    rows = keys.inline_keyboard if isinstance(keys, InlineKeyboardMarkup) else []
    found: dict[str, Step] = {}
    for button in (one for row in rows for one in row):
        first, *parts = (button.callback_data or "").split(":")
        label = bare(button.text)
        if first == "d" and len(label) >= SHORTEST:
            found[label] = read(talk.draft, parts)
    return found


def _nearly(said: str, matters: list[tuple[str, Step]]) -> Step | None:
    """A piece of the name of just one, or its name with a word around it."""
    near = [step for label, step in matters if said in label or (label in said and len(said) - len(label) <= BESIDE)]
    return near[0] if len(said) >= SHORTEST and len(near) == 1 else None


def _named(talk: Talk, said: str) -> Step | None:
    """Any matter by its whole name, also one that was not offered."""
    every = talk.desk.office.catalogue.matters.values()
    named = (one.code for one in every if bare(talk.texts.matter_name(one)) == said and not one.members_only)
    return next((("m", code) for code in named), None)
