"""More about a case that was submitted: words, files and places, and why it must be done again."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery, Message

from bot.cases.case import Case, Status
from bot.cases.errors import NotOpen
from bot.desk import clarifying, following
from bot.desk.desk import Desk
from bot.outbox.buttons import Press
from bot.texts import Texts
from handlers.resident.content import Content, content_of, is_command
from handlers.resident.filing import just_touched, remember
from handlers.resident.keyboards import MENU, inline, menu
from handlers.resident.numbers import AboutOwnCase
from handlers.resident.saying import Said, says
from handlers.resident.talk import ADDING, LATER_STEPS, ONCE_MORE, REOPENING, REPLACING, REWORDING, leave_step
from handlers.sorting import Data, InStep, OnCase, Private, Says

KEYS = (*MENU, "skip", "choose_place", "cancel")


class NotMenu(Filter):
    """Words of the menu and commands leave a step; they are no answer to it."""

    def __init__(self) -> None:
        self._keys = tuple(Says(name) for name in KEYS)

    async def __call__(self, message: Message) -> bool:
        return not (is_command(message.text or "") or any([await key(message) for key in self._keys]))


def doors() -> Router:
    """Adding to a case."""
    router = Router(name="adding")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(adds, InStep(ADDING), NotMenu())
    router.message.register(reopens, InStep(REOPENING), NotMenu())
    router.message.register(replies, AboutOwnCase())
    router.callback_query.register(asks_what_to_add, OnCase("add"))
    router.callback_query.register(asks_why_again, OnCase("redo"))
    router.callback_query.register(answers_no_more, OnCase("enough"))
    router.callback_query.register(leaves, Data("leave"))
    return router


async def asks_what_to_add(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, press: Press) -> Said:
    """➕ 补充: the next message goes to this case. What was being written waits."""
    mine = await following.reported_or_joined(desk, press.case_id)
    asked = await clarifying.open_questions(desk, mine.case) if mine.joined_as is None else []
    words = texts.clarify(mine.case.number, asked[0], len(asked) - 1) if asked else texts.add_what(mine.case.number)
    return await waits_for(query, texts, state, mine.case, ADDING, words)


async def asks_why_again(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, press: Press) -> Said:
    """没解决: say what is still wrong."""
    case = await following.may_reopen(desk, await following.my_case(desk, press.case_id))
    return await waits_for(query, texts, state, case, REOPENING, texts.reopen_what())


async def waits_for(query: CallbackQuery, texts: Texts, state: FSMContext, case: Case, step: str, words: str) -> Said:
    """Wait for words about a case at this step."""
    await state.update_data({"case": case.id, ONCE_MORE: False})
    await state.set_state(step)
    return [query.answer(), says(query, words, inline([(texts.leave_it(), "leave:")]))]


async def leaves(query: CallbackQuery, texts: Texts, state: FSMContext) -> Said:
    """算了: nothing is added or corrected."""
    step = await state.get_state()
    if step not in LATER_STEPS:
        raise NotOpen
    await leave_step(state)
    words = texts.not_corrected() if step in {REWORDING, REPLACING} else texts.nothing_added()
    return [query.answer(), says(query, words, menu(texts))]


async def adds(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """The supplement. Further pieces of an album belong to it too."""
    case = await waiting_case(desk, state)
    content = content_of(message)
    if content.nothing:
        return await once_more(message, texts, state, texts.add_what(case.number))
    await step_over(desk, state, case, message)
    return await _added(message, desk, texts, state, case, content)


async def once_more(message: Message, texts: Texts, state: FSMContext, *question: Any) -> Said:
    """What came cannot be used: asked a second time, but no third; the way back is told instead."""
    if (await state.get_data()).get(ONCE_MORE):
        await leave_step(state)
        return [says(message, texts.left_for_later(), menu(texts))]
    await state.update_data({ONCE_MORE: True})
    return [says(message, *question)]


async def step_over(desk: Desk, state: FSMContext, case: Case, message: Message) -> None:
    """The step is over; an edit of this message and further pieces of its album belong to the case."""
    await leave_step(state)
    kept = await state.get_data()
    remember(desk, kept, case, [message.message_id])
    if message.media_group_id is not None:
        kept["last"] = just_touched(desk, case, "", [message.media_group_id])
    await state.set_data(kept)


async def replies(message: Message, desk: Desk, texts: Texts, state: FSMContext, case: Case) -> Said:
    """A reply to the promise card, or to any message with the number, is a supplement."""
    content = content_of(message)
    if content.nothing:
        return [says(message, texts.add_what(case.number))]
    kept = await state.get_data()
    remember(desk, kept, case, [message.message_id])
    await state.set_data(kept)
    return await _added(message, desk, texts, state, case, content)


async def _added(message: Message, desk: Desk, texts: Texts, state: FSMContext, case: Case, content: Content) -> Said:
    words = "\n".join(part for part in (content.words, await _place(desk, texts, content)) if part)
    if case.status is Status.NEED_INFO and await following.is_reporter(desk, case):
        after = await clarifying.answer(desk, case, words, content.media, f"m{message.message_id}")
        return [await _next_question(message, desk, texts, state, after)]
    too_large = await following.add_to(desk, case, words, content.media, f"m{message.message_id}")
    kept = texts.added_in_secret(case.number) if desk.confided else texts.added(case.number)
    said = says(message, kept, menu(texts))
    return [says(message, texts.too_large()), said] if too_large else [said]


async def _next_question(message: Message, desk: Desk, texts: Texts, state: FSMContext, case: Case) -> SendMessage:
    """What is asked behind it, or thanks."""
    waiting = await clarifying.open_questions(desk, case)
    if not waiting:
        return says(message, texts.all_answered(case.number), menu(texts))
    await state.update_data(case=case.id)
    await state.set_state(ADDING)
    enough = inline([(texts.enough(), Press(case.id, "enough").pack())])
    return says(message, texts.next_question(waiting[0]), enough)


async def answers_no_more(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, press: Press) -> Said:
    """就这些，不答了."""
    case = await clarifying.enough(desk, await following.my_case(desk, press.case_id))
    await leave_step(state)
    return [query.answer(), says(query, texts.all_answered(case.number), menu(texts))]


async def _place(desk: Desk, texts: Texts, content: Content) -> str:
    """A shared location in words: the place of the grid and the point."""
    if content.latitude is None or content.longitude is None:
        return content.place
    node = await desk.office.places.at(desk.tx, content.latitude, content.longitude)
    path = await desk.office.places.path(desk.tx, node.id) if node else []
    place = content.place or "".join(one.name for one in path[1:])
    return texts.place_added(place, content.latitude, content.longitude)


async def reopens(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """The reason of a 重办; a picture or voice alone is reason enough."""
    case = await waiting_case(desk, state)
    content = content_of(message)
    if content.nothing:
        return await once_more(message, texts, state, texts.reopen_what())
    words = content.words or content.place or texts.button_reopen()
    await following.reopen(desk, await following.my_case(desk, case.id), words, content.media)
    await step_over(desk, state, case, message)
    return [says(message, texts.reopened(case.number), menu(texts))]


async def waiting_case(desk: Desk, state: FSMContext) -> Case:
    """The case that the words are for. Raises NotOpen when nothing waits, NotFound when it is not theirs."""
    case_id = (await state.get_data()).get("case")
    if not isinstance(case_id, int):
        raise NotOpen
    return (await following.reported_or_joined(desk, case_id)).case
