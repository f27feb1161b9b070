"""What is kept and who sees it: the notice, once, and the consent. It never stands before advice in danger."""

from aiogram.types import CallbackQuery

from bot.desk.about import set_consent
from bot.desk.desk import Desk
from bot.texts import Texts
from handlers.resident.keyboards import Choice, inline, of_own_data
from handlers.resident.saying import Question, Said, turns
from handlers.resident.talk import Talk


def privacy(texts: Texts) -> Question:
    """The notice with its two buttons."""
    return texts.privacy(), inline(_choice(texts), [(texts.privacy_details(), "consent:more")])


def _choice(texts: Texts) -> list[Choice]:
    return [(texts.agree(), "consent:yes"), (texts.disagree(), "consent:no")]


def first_words(talk: Talk) -> None:
    """Somebody who was not told yet: the notice goes before the question. In danger the advice goes alone."""
    cries = talk.draft.danger or talk.draft.vague or talk.draft.hush
    if not (talk.before or cries) and _untold(talk):
        talk.before.append(privacy(talk.texts))


def last_words(talk: Talk) -> None:
    """The notice that had to wait for the danger goes after the receipt."""
    if _untold(talk):
        talk.after.append(privacy(talk.texts))


def _untold(talk: Talk) -> bool:
    """Whether the notice is to be said now; it is booked as said then."""
    decided = talk.desk.person is not None and talk.desk.person.consent is not None
    if decided or talk.kept.get("knows_notice"):
        return False
    talk.kept["knows_notice"] = True
    return True


async def consented(query: CallbackQuery, desk: Desk, texts: Texts, parts: list[str]) -> Said:
    """Agreed or not, or told at length first; a report is taken either way."""
    if parts[:1] == ["more"]:
        undecided = desk.person is None or desk.person.consent is None
        keys = inline(_choice(texts) if undecided else [], of_own_data(texts))
        return [query.answer(), turns(query, texts.privacy_more(), keys)]
    agreed = parts[:1] == ["yes"]
    await set_consent(desk, agreed)
    words = texts.agreed() if agreed else texts.disagreed()
    return [query.answer(), turns(query, f"{texts.privacy()}\n\n{words}")]
