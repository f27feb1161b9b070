"""Words that are no story: answered kindly, or done as the button would be that they mean; nothing of it is kept."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from aiogram.types import Message

from bot.cases.case import Contact
from bot.cases.draft import Ask
from bot.cases.hush import Hush, hush_in
from bot.cases.matter import QuestionKind
from bot.cases.placing import means_the_key
from bot.cases.plain_words import ABOUT_OWN, IDLE, OF_BOT, Plain, plain_of, put_right, urges_plainly
from handlers.resident import another, counter, filing, human, locating, owncase, telling
from handlers.resident.answers import open_one
from handlers.resident.content import Content
from handlers.resident.hushing import danger_in
from handlers.resident.keyboards import menu
from handlers.resident.notice import first_words
from handlers.resident.pressing import STEPS
from handlers.resident.saying import Said, says
from handlers.resident.talk import CHANGING, Talk
from handlers.resident.typing import is_offered_several

ALWAYS = frozenset({Plain.HUMAN, Plain.CANCEL, Plain.BACK})
"""What is no answer to anything."""
NO_ANSWER = ALWAYS | {Plain.SUBMIT, Plain.WHO, Plain.WHY, Plain.CROSS}
"""Nor is this, where any words would be one."""
NO_CHOICE = NO_ANSWER | {Plain.GREETING, Plain.THANKS, Plain.SECRECY, Plain.NO_CALLS, Plain.PLACE_WRONG}
"""Nor this, where something certain is asked."""
ANY_WORDS = frozenset({Ask.ORDER, Ask.CALLER, Ask.BEHALF, Ask.NUMBER})
ANYTHING = frozenset({QuestionKind.TEXT, QuestionKind.PERSON})

ANGRY = "angry"
"""In a dialog: the draft before which somebody was cross, and was asked what happened."""

Doer = Callable[[Talk, Message, Plain], Awaitable[Said | None]]


async def answers(talk: Talk, message: Message, content: Content) -> Said | None:
    """What is said to words that are no story; None for those that may be one."""
    if not content.words or content.media or content.latitude is not None or talk.draft.source:
        return None
    if (fixed := put_right(content.words)) and await locating.puts_right(talk, *fixed, message.message_id):
        return await talk.go_on(message)
    if talk.asked in (Ask.WHERE, Ask.HERE) and means_the_key(content.words):
        talk.note = talk.texts.place_how()
        return await talk.go_on(message)
    if counter.means_another(talk, content.words):
        talk.note = talk.texts.which_then()
        return await talk.go_on(message)
    plain = plain_of(content.words)
    if plain is Plain.CRY or hush_in(content.words) is Hush.HIDDEN:
        return None
    if plain is None or plain in OF_BOT or not _stands_alone(talk, plain):
        return await owncase.asks_whether(talk, message, content.words)
    return await DOERS[plain](talk, message, plain)


def _stands_alone(talk: Talk, plain: Plain) -> bool:
    """Whether it is no answer to what is open."""
    asked, question = talk.asked or "", open_one(talk)
    if asked == telling.AGAIN or asked.startswith(telling.REWORD):
        return plain in ALWAYS
    if asked in ANY_WORDS or (question is not None and question.kind in ANYTHING):
        return plain in NO_ANSWER
    return question is None or plain in NO_CHOICE


async def idle(talk: Talk, message: Message, plain: Plain) -> Said:
    """A kind word, and the open question; where that was asked twice already only the word."""
    words = talk.texts.which_of_these() if is_offered_several(talk, message.text or "") else talk.texts.kindly(plain)
    if talk.draft.empty:
        first_words(talk)
        await talk.remember()
        return [*(says(message, *one) for one in talk.before), says(message, words, menu(talk.texts))]
    if talk.stuck and talk.kept["repeated"]["count"] > 2:
        await talk.keep(talk.asked or Ask.MATTER, message)
        return [says(message, words)]
    talk.note = words
    return await talk.go_on(message)


async def _unsure(talk: Talk, message: Message, plain: Plain) -> Said:
    """不知道: which matter it is the dispatchers can tell; where it is, is asked once more."""
    if talk.asked in (Ask.WHERE, Ask.HERE):
        locating.place_unclear(talk)
        return await talk.go_on(message)
    if talk.asked != Ask.MATTER or talk.draft.empty:
        return await idle(talk, message, plain)
    talk.draft.skip(Ask.MATTER)
    talk.note = talk.texts.unsure_which()
    return await talk.go_on(message)


async def _cancels(talk: Talk, message: Message, plain: Plain) -> Said | None:
    """算了不报了. Without a draft it is a report that is to be taken back, if there is one."""
    if talk.opened and not talk.draft.empty:
        return await talk.go_on(message, await filing.cancelled(talk, ""))
    shown = await owncase.shows(talk, message, plain)
    return shown if shown is not None else [says(message, talk.texts.nothing_to_cancel(), menu(talk.texts))]


async def _back(talk: Talk, message: Message, _plain: Plain) -> Said:
    return await goes_back(talk, message)


async def goes_back(talk: Talk, message: Message) -> Said:
    """返回: the question before; on the card the list of what can be changed, before the first question the words."""
    if not talk.opened or talk.draft.empty:
        return [says(message, talk.texts.tell_me(), menu(talk.texts))]
    if talk.asked == Ask.REVIEW and talk.kept.get(CHANGING) != talk.draft.sign:
        return await talk.go_on(message, await STEPS["change"](talk, ""))
    if talk.asked == Ask.REVIEW:
        return await talk.go_on(message)
    if talk.asked == Ask.MATTER and talk.matter is None:
        return await talk.go_on(message, await STEPS["edit"](talk, Ask.WORDS))
    talk.before.append((talk.texts.goes_back(), menu(talk.texts)))
    return await talk.go_on(message, await STEPS["back"](talk, ""))


async def _submits(talk: Talk, message: Message, plain: Plain) -> Said | None:
    """就这样提交, typed."""
    if talk.draft.empty:
        return await idle(talk, message, plain)
    if another.OTHER in talk.kept:
        await another.settle(talk)
    if counter.submits_early(talk):
        return await talk.go_on(message)
    return await talk.go_on(message, await filing.submitted(talk, ""))


async def _secret(talk: Talk, message: Message, _plain: Plain) -> Said | None:
    """别让人知道是我说的: of what is being told, else of the newest case, else of what comes next."""
    if talk.draft.empty and (said := await owncase.seals(talk, message)) is not None:
        return said
    talk.draft.sealed = True
    if not talk.draft.empty:
        talk.note = talk.texts.kept_secret()
        return await talk.go_on(message)
    first_words(talk)
    await talk.keep(Ask.MATTER, message)
    return [*(says(message, *one) for one in talk.before), says(message, talk.texts.secret_from_now())]


async def _no_calls(talk: Talk, message: Message, _plain: Plain) -> Said:
    """不要打电话, 我听不见: only through the bot."""
    talk.draft.hush = talk.draft.hush or hush_in(message.text or "") or ""
    talk.draft.contact, talk.draft.phone = Contact.RELAY.value, ""
    talk.note = talk.texts.will_write()
    if not talk.draft.empty:
        return await talk.go_on(message)
    first_words(talk)
    await talk.keep(Ask.MATTER, message)
    said = f"{talk.note}\n{talk.texts.tell_me()}"
    return [*(says(message, *one) for one in talk.before), says(message, said)]


async def _own(talk: Talk, message: Message, plain: Plain) -> Said | None:
    """办了没, 催催, 没解决: the newest own case. While something is told only the first of them asks for it."""
    if not talk.draft.empty and plain is not Plain.NEWS and not urges_plainly(plain, message.text or ""):
        return None
    shown = await owncase.shows(talk, message, plain)
    if shown is not None or plain not in {Plain.NEWS, Plain.URGE, Plain.SOLVED}:
        return shown
    return [says(message, talk.texts.no_cases(), menu(talk.texts))]


async def _more(talk: Talk, message: Message, plain: Plain) -> Said:
    """我要补充: to the newest own case; while something is told simply more of it."""
    shown = await owncase.shows(talk, message, plain) if talk.draft.empty else None
    return shown if shown is not None else await idle(talk, message, plain)


async def _wrong_place(talk: Talk, message: Message, _plain: Plain) -> Said | None:
    """地点不对: asked for again."""
    if talk.draft.empty:
        return await owncase.corrects(talk, message)
    talk.draft.maybe = []
    return await talk.go_on(message, await STEPS["edit"](talk, Ask.WHERE))


async def _wrong(talk: Talk, message: Message, _plain: Plain) -> Said | None:
    """写错了: on the card, the list of what can be changed."""
    if talk.draft.empty:
        return await owncase.corrects(talk, message)
    if talk.asked != Ask.REVIEW:
        return None
    return await talk.go_on(message, await STEPS["change"](talk, ""))


async def _cross(talk: Talk, message: Message, plain: Plain) -> Said | None:
    """An insult and no matter: it is asked once what happened, then it is said who is there to talk to."""
    if danger_in(talk, message.text or "") is not None:
        return None
    if not talk.draft.empty:
        return await idle(talk, message, plain)
    if talk.kept.get(ANGRY) == talk.draft.sign:
        return await human.helps(talk, message, talk.texts.still_cross())
    first_words(talk)
    talk.kept[ANGRY] = talk.draft.sign
    await talk.keep(Ask.MATTER, message)
    return [*(says(message, *one) for one in talk.before), says(message, talk.texts.what_happened(), menu(talk.texts))]


async def _human(talk: Talk, message: Message, _plain: Plain) -> Said:
    return await human.helps(talk, message)


DOERS: Mapping[Plain, Doer] = MappingProxyType(
    {
        **dict.fromkeys(IDLE, idle),
        **dict.fromkeys(ABOUT_OWN, _own),
        Plain.CROSS: _cross,
        Plain.UNSURE: _unsure,
        Plain.HUMAN: _human,
        Plain.CANCEL: _cancels,
        Plain.BACK: _back,
        Plain.SUBMIT: _submits,
        Plain.SECRECY: _secret,
        Plain.NO_CALLS: _no_calls,
        Plain.PLACE_WRONG: _wrong_place,
        Plain.WRONG: _wrong,
        Plain.MORE: _more,
    }
)
