"""Answers beside the story: who it is for, who called, the number to call, the 12345 order."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from bot.cases.answering import LONGEST_SHORT
from bot.cases.case import FROM_ABOVE, Contact, Source
from bot.cases.contacts import number_to_call
from bot.cases.draft import Ask
from bot.cases.errors import NotOpen
from bot.cases.matter import QuestionKind
from bot.cases.orders import due_in, order_in
from bot.desk import recording
from bot.outbox.buttons import Press
from handlers.resident.keyboards import inline, menu
from handlers.resident.saying import Question
from handlers.resident.signs import data
from handlers.resident.talk import BESIDE, Talk

LONGEST_WHO = 100
MOST_BESIDE = 40


async def for_another(talk: Talk, value: str) -> Question | None:
    """替别人报的: one tap; who it is for is asked, and may be left out."""
    talk.draft.on_behalf = value != "no"
    talk.draft.who = ""
    talk.draft.skipped = [one for one in talk.draft.skipped if one != Ask.BEHALF]
    return None


async def wishes(talk: Talk, value: str) -> Question | None:
    """怎么联系我: the ways, or one of them. A number is asked for where it is wanted."""
    draft, texts = talk.draft, talk.texts
    if not value:
        ways = [[(texts.wishes(one), data(draft, "wish", one.value))] for one in Contact]
        return texts.ask_wish(), inline(*ways, [(texts.leave_so(), data(draft, "review"))])
    if value not in set(Contact):
        raise NotOpen
    draft.contact, draft.phone = value, ""
    return None


async def came_by(talk: Talk, value: str) -> None:
    """How what is recorded came: telephone, text message, 12345."""
    await recording.must_be_recorder(talk.desk)
    if value not in set(Source) - {Source.CHAT} or not talk.draft.empty:
        raise NotOpen
    talk.draft.source = value


async def took(talk: Talk, words: str, source: int, asked: str | None) -> tuple[bool, Question | None]:
    """Whether the words were such an answer, and what to show if it is not the next question.

    The message is remembered: edited later, it is no part of a story either.
    """
    taker = TAKERS.get(asked or "")
    if taker is None or not words:
        return False, None
    taken, shown = await taker(talk, words)
    if taken:
        talk.draft.told[str(source)] = asked or ""
        talk.kept[BESIDE] = [*talk.kept.get(BESIDE, []), source][-MOST_BESIDE:]
    return taken, shown


def of_another_time(talk: Talk, source: int) -> bool:
    """Whether a message was such an answer of a report that is no longer being written."""
    return source in talk.kept.get(BESIDE, []) and str(source) not in talk.draft.told


async def _order(talk: Talk, words: str) -> tuple[bool, Question | None]:
    """A long one is the order itself, and is kept as the story too."""
    draft, texts = talk.draft, talk.texts
    if draft.source in FROM_ABOVE:
        return _until(talk, words), None
    order = order_in(words, talk.desk.now(), talk.desk.office.calendar)
    if order is None:
        talk.note = texts.unclear_order()
        return len(words) <= LONGEST_SHORT, None
    known = await recording.of_order(talk.desk, order.number)
    if known is not None:
        await talk.end()
        return True, (
            texts.order_known(order.number, known.number),
            inline([(texts.button_open(), Press(known.id, "open").pack())]),
        )
    draft.order_number, draft.order_due = order.number, order.due.isoformat() if order.due else ""
    if order.due is None:
        talk.note = texts.order_kept(order.number)
    return len(words) <= LONGEST_SHORT, None


def _until(talk: Talk, words: str) -> bool:
    """Until when somebody above waits; a long message is the instruction itself, and is kept as the story too."""
    now, calendar = talk.desk.now(), talk.desk.office.calendar
    due = due_in(words, now, calendar)
    if due is None or due <= now:
        talk.note = talk.texts.unclear_until()
    else:
        talk.draft.order_due = due.isoformat()
    return len(words) <= LONGEST_SHORT


async def _who(talk: Talk, words: str) -> tuple[bool, Question | None]:
    """Long words are no name."""
    if len(words) > LONGEST_WHO:
        return False, None
    talk.draft.who = words
    return True, None


async def _number(talk: Talk, words: str) -> tuple[bool, Question | None]:
    number = number_to_call(words)
    if number is None:
        talk.note = talk.texts.unclear(QuestionKind.PHONE)
        return len(words) <= LONGEST_SHORT, None
    talk.draft.phone = number
    talk.before.append((talk.texts.number_kept(), menu(talk.texts)))
    return True, None


Taker = Callable[[Talk, str], Awaitable[tuple[bool, Question | None]]]
TAKERS: Mapping[str, Taker] = MappingProxyType(
    {Ask.ORDER: _order, Ask.CALLER: _who, Ask.BEHALF: _who, Ask.NUMBER: _number}
)
