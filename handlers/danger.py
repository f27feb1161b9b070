"""Danger in words that were meant for another step, in a command or in a group; and whether the call got through."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.cases.crying import BY_TEXT, Through, got_through, in_danger, is_over, tells_more
from bot.cases.draft import Ask, Draft
from bot.cases.errors import NotOpen
from bot.cases.hush import Hush, hush_in, is_afraid
from bot.desk import alerting, cries
from bot.desk.alerting import ASIDE
from bot.desk.desk import Desk
from bot.desk.following import add_to, reported_or_joined
from bot.texts import Texts
from handlers.dialogs import dialog_of
from handlers.resident import another, filing, talk
from handlers.resident.answers import hushed
from handlers.resident.content import Content, content_of
from handlers.resident.hushing import hush_up
from handlers.resident.keyboards import inline
from handlers.resident.notice import first_words
from handlers.resident.notices import AnswersBroadcast
from handlers.resident.numbers import AboutOwnCase
from handlers.resident.saying import Said, says, turns
from handlers.resident.talk import BEHIND, STEP, Talk, go_out, new_draft, talk_of
from handlers.resident.telling import take_in
from handlers.responders.replies import NoKey, ToCard, ToSealedCard
from handlers.sorting import Data, Private

OF_CASE = "danger_of_case"
"""In a dialog: the same where the words go to a case already, which has become urgent by them."""

GOES_TO_CASE = frozenset({talk.ADDING, talk.REWORDING})
REPLIES: tuple[Filter, ...] = (AnswersBroadcast(), ToCard(), ToSealedCard())
LONGEST_ID = 18
ASKS_ITSELF = frozenset({STEP + Ask.DANGER, STEP + filing.SURE})
"""Steps that ask about danger: there such words answer them."""


class AboutTheCall(Filter):
    """A word or two that answer 打通了吗, while it is not answered: given as `cry` and `through`.

    That all is well may be said later too, for the bot has asked to hear it; while something else is told only soon.
    """

    async def __call__(self, message: Message, desk: Desk, raw_state: str | None = None) -> bool | dict[str, Any]:
        words = message.text or ""
        over = is_over(words)
        through = got_through(words) or (Through.SAFE if over else Through.NO if is_afraid(words) else None)
        if through is None or message.reply_to_message is not None or raw_state in ASKS_ITSELF:
            return False
        cry = await cries.asked(desk) or (await cries.lately(desk) if over and raw_state is None else None)
        if cry is None or cry.body.get("through") == Through.SAFE or (cry.body.get("through") and not over):
            return False
        if over and desk.office.catalogue.danger(words) is not None:
            return False
        return {"cry": cry, "through": Through.SAFE if over else through}


def doors() -> Router:
    """The buttons under the advice, and the answers to 打通了吗."""
    router = Router(name="danger")
    router.callback_query.filter(Private())
    router.callback_query.register(reports, Data("sos"))
    router.callback_query.register(no_danger, Data("sosno"))
    router.callback_query.register(answers, Data("thru"))
    router.message.register(tells_of_call, Private(), AboutTheCall())
    return router


async def ahead(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """What is said before the door of a step answers: nothing, or the advice. The step stays open; who must know does.

    Words of the conversation itself are heard there; what is added to a case makes that case urgent.
    """
    step, content = await state.get_state(), content_of(message)
    command = content.words.startswith("/")
    telling = not command and (step is None or step.startswith(STEP) or (step == talk.PATROL and not message.photo))
    content.words = content.words.partition(" ")[2].strip() if command else content.words
    if not content.words or (telling and message.reply_to_message is None):
        return []
    if not command and not await NoKey()(message):
        return []
    danger = desk.office.catalogue.danger(content.words)
    if danger is None:
        return []
    to_case = step in GOES_TO_CASE or bool(await AboutOwnCase()(message, desk))
    if telling and not to_case and not await _goes_elsewhere(message, desk):
        return []
    beside = await _set_aside(
        await talk_of(desk, texts, state), content, message.message_id, OF_CASE if to_case else ASIDE
    )
    advice = texts.danger_advice(danger.numbers, danger.matter.advice)
    if beside.hush:
        advice = hushed(texts, Hush(beside.hush), danger.numbers, danger.matter)
    out = [] if to_case else [(texts.no_danger_here(), "sosno:")]
    below = texts.danger_elsewhere() if to_case else texts.told_duty()
    return [says(message, f"{advice}\n{below}", inline([(texts.report_danger(), "sos:")], out))]


async def _set_aside(here: Talk, content: Content, source: int, name: str) -> Draft:
    """Keep what was told as a draft of its own, beside whatever is going on."""
    known = here.kept.get(name)
    draft = Draft.read(known) if known else new_draft()
    beside = Talk(here.desk, here.texts, here.state, dict(here.kept), draft, True, None)
    await take_in(beside, content, source)
    here.desk.urgent = True
    await here.state.update_data({name: beside.draft.as_json()})
    return beside.draft


async def _goes_elsewhere(message: Message, desk: Desk) -> bool:
    """Whether it answers a message of ours, so that it becomes no report."""
    for reply in REPLIES:
        if await reply(message, desk):
            return True
    return False


async def reports(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """🚨: the words that told of danger are a report of their own; a draft that was open waits behind it."""
    kept = await state.get_data()
    heard = [kept.pop(name, None) for name in (ASIDE, OF_CASE)]
    draft = next((Draft.read(one) for one in heard if one), None)
    if draft is None:
        raise NotOpen
    await state.set_data(kept)
    await go_out(state)
    told = await talk_of(desk, texts, state)
    another.make_room(told)
    told.draft, told.opened = draft, True
    told.kept[BEHIND] = True
    told.before.clear()  # the advice stands above the button already, and stays there
    first_words(told)
    return await told.go_on(query)


async def no_danger(query: CallbackQuery, texts: Texts, state: FSMContext) -> Said:
    """没有危险: what was understood was wrong, or it is over. Who was told hears that too."""
    kept = await state.get_data()
    if kept.pop(ASIDE, None) is None:
        raise NotOpen
    await state.set_data(kept)
    return [query.answer(), turns(query, texts.no_danger_noted())]


async def tells_of_call(
    message: Message, desk: Desk, texts: Texts, state: FSMContext, cry: cries.Cry, through: Through
) -> Said:
    """打通了, 没打通, 没事了, typed. A report that is open goes on."""
    here = await talk_of(desk, texts, state)
    if tells_more(message.text or ""):
        await _keep(here, cry, message)
    if through is Through.SAFE and _of_open(here, cry):
        return await here.go_on(message, await filing.whether_fine(here))
    hush = (hush_in(message.text or "") or _afraid(message)) if through is Through.NO else None
    if hush is not None:
        return await _only_in_writing(here, message, cry, hush)
    words = await _answered(desk, texts, cry, through)
    if not here.opened or here.draft.empty:
        return [says(message, words)]
    here.note = words
    return await here.go_on(message)


def _afraid(message: Message) -> Hush | None:
    return Hush.HIDDEN if is_afraid(message.text or "") else None


async def _only_in_writing(here: Talk, message: Message, cry: cries.Cry, hush: Hush) -> Said:
    """不敢打: nobody calls them, nothing rings there, and those on duty are told so."""
    before = list(here.before)
    await hush_up(here, hush)
    here.before = before
    cry.body["hush"] = hush.value
    await cries.answer(here.desk, cry, Through.NO)
    here.desk.urgent = True
    if not here.opened or here.draft.empty:
        return [says(message, here.texts.need_not_call())]
    here.note = here.texts.need_not_call()
    return await here.go_on(message)


async def _keep(here: Talk, cry: cries.Cry, message: Message) -> None:
    """What was said beside the answer belongs to the report, or to the case that it is by now."""
    if cry.state == "open" and here.opened:
        here.draft.add_words(message.text or "", message.message_id)
        await here.keep_draft()
    elif (case_id := cry.body.get("case")) is not None:
        case = (await reported_or_joined(here.desk, case_id)).case
        await add_to(here.desk, case, message.text or "", [], f"m{message.message_id}")


async def answers(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """The three buttons."""
    if len(parts) != 2 or not parts[0].isdecimal() or len(parts[0]) > LONGEST_ID or parts[1] not in set(Through):
        raise NotOpen
    cry, through = await cries.mine(desk, int(parts[0])), Through(parts[1])
    here = await talk_of(desk, texts, state)
    if through is Through.SAFE and _of_open(here, cry):
        here.kept[BEHIND] = True
        return await here.go_on(query, await filing.whether_fine(here))
    asked = texts.ask_through(cry.body.get("numbers", []))
    return [query.answer(), turns(query, f"{asked}\n\n{await _answered(desk, texts, cry, through)}")]


def _of_open(here: Talk, cry: cries.Cry) -> bool:
    """Whether it is the report that is being told."""
    return cry.state == "open" and here.opened and in_danger(here.draft, here.matter)


async def _answered(desk: Desk, texts: Texts, cry: cries.Cry, through: Through) -> str:
    number = await cries.answer(desk, cry, through)
    desk.urgent = True
    if through is Through.NO and number == BY_TEXT:
        return texts.text_instead()
    if through is Through.NO:
        return texts.not_through(number)
    return texts.good_through() if through is Through.YES else texts.glad_safe()


async def told_in_group(message: Message, desk: Desk, texts: Texts) -> str:
    """The advice, if what was told us in a group is danger; who must know hears of it at once."""
    content = content_of(message)
    content.words = " ".join(part for part in content.words.split() if part[0] not in "/@")
    danger = desk.office.catalogue.danger(content.words) if content.words else None
    if danger is None:
        return ""
    advice = texts.danger_advice(danger.numbers, danger.matter.advice)
    if desk.person is None:
        return advice
    here = await talk_of(desk, texts, dialog_of(desk, 0, desk.office.bot_id))
    draft = await _set_aside(here, Content(words=content.words), message.message_id, ASIDE)
    await alerting.told(desk, desk.person.id, draft, news=True)
    return f"{advice}\n{texts.danger_in_group()}"
