"""What is kept and who sees it: the notice, once, and the consent. It never stands before advice in danger."""

from aiogram.types import CallbackQuery

from bot.desk.about import set_consent
from bot.desk.desk import Desk
from bot.texts import Texts
from handlers.resident.keyboards import inline
from handlers.resident.saying import Question, Said, turns
from handlers.resident.talk import Talk


def privacy(texts: Texts) -> Question:
    """The notice with its two buttons."""
    return texts.privacy(), inline([(texts.agree(), "consent:yes"), (texts.disagree(), "consent:no")])


def first_words(talk: Talk) -> None:
    """Somebody writes for the first time: the notice goes before the question, in danger only after submitting."""
    if not talk.desk.newcomers:
        return
    if talk.before:
        talk.kept["owes_notice"] = True
    else:
        talk.before.append(privacy(talk.texts))


def owed_notice(talk: Talk) -> Question | None:
    """The notice that had to wait."""
    return privacy(talk.texts) if talk.kept.pop("owes_notice", False) else None


async def consented(query: CallbackQuery, desk: Desk, texts: Texts, parts: list[str]) -> Said:
    """Agreed or not; a report is taken either way."""
    agreed = parts[:1] == ["yes"]
    await set_consent(desk, agreed)
    words = texts.agreed() if agreed else texts.disagreed()
    return [query.answer(), turns(query, f"{texts.privacy()}\n\n{words}")]
