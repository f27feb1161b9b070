"""A report from the first word to the receipt. Any first message opens a draft; only what is missing is asked."""

from datetime import timedelta
from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.cases.draft import Ask, Draft
from bot.cases.errors import NotOpen
from bot.desk.about import places_below
from bot.desk.desk import Desk
from bot.desk.following import add_to, my_case
from bot.desk.reporting import LARGEST_FILE, file_report
from bot.texts import Texts
from handlers.resident import asking, telling
from handlers.resident.content import Content, content_of
from handlers.resident.keyboards import in_rows, inline, menu
from handlers.sorting import Data, Private, Says

STEP = "report:"
LATE = timedelta(minutes=10)
HTML = "HTML"
Said = Any


def doors() -> Router:
    """Presses on a draft, and any content at all."""
    router = Router(name="report")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.callback_query.register(pressed, Data("d"))
    router.message.register(begins, Says("menu_report"))
    router.message.register(skips_place, Says("skip"))
    router.message.register(lists_places, Says("choose_place"))
    router.message.register(told)
    router.edited_message.filter(Private())
    router.edited_message.register(corrected)
    return router


async def open_draft(state: FSMContext) -> Draft | None:
    """The draft that is being written."""
    kept = (await state.get_data()).get("draft")
    return Draft(**kept) if kept else None


async def begins(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """我要反映: an open draft goes on, otherwise say what is wrong."""
    draft = await open_draft(state)
    if draft:
        return await go_on(message, desk, texts, state, draft)
    return message.answer(texts.tell_me(), reply_markup=menu(texts))


async def told(message: Message, desk: Desk, texts: Texts, state: FSMContext, raw_state: str | None = None) -> Said:
    """Any content: into the draft, or opening one; then the next question. Advice comes before everything."""
    content = content_of(message)
    if content.nothing:
        return await _useless(message, desk, texts, state)
    if (late := await _late(message, desk, texts, state, content)) is not None:
        return late
    draft = await open_draft(state) or telling.new_draft()
    again = await _same_album(message, state)
    before = draft.place
    await telling.take_in(desk, draft, _asked(raw_state), content)
    said: list[Said] = [*_first_words(message, desk, texts), *_advice(message, desk, texts, draft, content.words)]
    if any((piece.get("size") or 0) > LARGEST_FILE for piece in content.media):
        said.append(message.answer(texts.too_large()))
    if again:
        await _keep(state, desk, draft, message, _asked(raw_state))
        return said
    if draft.place != before and _asked(raw_state) == Ask.WHERE:
        said.append(message.answer(texts.got_it(), reply_markup=menu(texts)))
    return [*said, await go_on(message, desk, texts, state, draft)]


async def go_on(message: Message, desk: Desk, texts: Texts, state: FSMContext, draft: Draft) -> Said:
    """Ask the next thing in a new message."""
    ask, (words, keyboard) = await _next(desk, texts, state, draft, message)
    del ask
    return message.answer(words, reply_markup=keyboard, parse_mode=HTML)


async def _next(desk: Desk, texts: Texts, state: FSMContext, draft: Draft, message: Message | None) -> Any:
    kept = await state.get_data()
    question = asking.next_question(draft, desk.office.catalogue, texts, bool(kept.get("knows_location")))
    await _keep(state, desk, draft, message, question[0])
    return question


async def _keep(state: FSMContext, desk: Desk, draft: Draft, message: Message | None, asked: str | None) -> None:
    kept = await state.get_data()
    kept["draft"] = draft.as_json()
    kept.pop("last", None)
    if asked == Ask.WHERE:
        kept["knows_location"] = True
    if message is not None:
        kept["heard"] = message.message_id
        kept["album"] = message.media_group_id
    await state.set_data(kept)
    await state.set_state(STEP + (asked or Ask.MATTER))
    assert desk.person is not None
    dialog = await desk.dialog(desk.person.id)
    dialog.remind_at, dialog.reminded = desk.now() + desk.office.draft_rest, 0


def _asked(raw_state: str | None) -> str | None:
    return raw_state.removeprefix(STEP) if raw_state and raw_state.startswith(STEP) else None


def _first_words(message: Message, desk: Desk, texts: Texts) -> list[Said]:
    """The privacy notice, once, with the first answer; it holds nothing up."""
    if desk.person is None or desk.person.consent is not None or not desk.newcomers:
        return []
    buttons = [(texts.agree(), "consent:yes"), (texts.disagree(), "consent:no")]
    return [message.answer(texts.privacy(), reply_markup=inline(buttons))]


def _advice(message: Message, desk: Desk, texts: Texts, draft: Draft, words: str) -> list[Said]:
    """Danger in the words: the number to call at once, and the report goes on in parallel."""
    danger = desk.office.catalogue.danger(words) if words else None
    if danger is None or danger.matter.code in draft.advised:
        return []
    draft.advised.append(danger.matter.code)
    draft.danger = True
    if draft.matter is None and danger.matter.code not in draft.guesses:
        draft.guesses = [danger.matter.code, *draft.guesses][: telling.GUESSES]
    advice = texts.danger_advice(danger.numbers, danger.matter.advice)
    return [message.answer(f"{advice}\n{texts.going_on()}", parse_mode=HTML)]


async def _useless(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """A sticker, a poll, a dice: say what is expected, and ask again."""
    draft = await open_draft(state)
    if draft is None:
        return message.answer(texts.unusable("other"), reply_markup=menu(texts))
    return [message.answer(texts.expected()), await go_on(message, desk, texts, state, draft)]


async def _same_album(message: Message, state: FSMContext) -> bool:
    """Whether this is another piece of the album that was answered already."""
    kept = await state.get_data()
    return message.media_group_id is not None and kept.get("album") == message.media_group_id


async def _late(message: Message, desk: Desk, texts: Texts, state: FSMContext, content: Content) -> Said | None:
    """A file without words within ten minutes after submitting belongs to what was submitted."""
    last = (await state.get_data()).get("last")
    if not last or not content.media or content.words:
        return None
    if desk.now().timestamp() > last["until"]:
        return None
    case = await my_case(desk, last["case"])
    await add_to(desk, case, "", content.media, f"m{message.message_id}")
    if message.media_group_id and last.get("album") == message.media_group_id:
        return []
    await state.update_data(last={**last, "album": message.media_group_id})
    return message.answer(texts.added(case.number), parse_mode=HTML)


async def corrected(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """An earlier message was edited: the new words are kept beside the old ones."""
    draft = await open_draft(state)
    words = (message.text or message.caption or "").strip()
    if draft is None or not words or words in draft.words:
        return None
    draft.add_words(words)
    kept = await state.get_data()
    asked = _asked(await state.get_state())
    said = _advice(message, desk, texts, draft, words)
    await _keep(state, desk, draft, None, asked)
    del kept
    return [*said, message.answer(texts.got_it())]


async def skips_place(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """No place: the centre will ask or find it."""
    draft = await open_draft(state)
    if draft is None:
        return message.answer(texts.tell_me(), reply_markup=menu(texts))
    if Ask.WHERE not in draft.skipped:
        draft.skipped.append(Ask.WHERE)
    first = message.answer(texts.got_it(), reply_markup=menu(texts))
    return [first, await go_on(message, desk, texts, state, draft)]


async def lists_places(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """从社区里选: the top of the tree."""
    draft = await open_draft(state) or telling.new_draft()
    await _keep(state, desk, draft, message, Ask.WHERE)
    return await _places(message, desk, texts, draft, None)


async def _places(message: Message, desk: Desk, texts: Texts, draft: Draft, node_id: int | None) -> Said:
    below = await places_below(desk, node_id)
    choices = [(node.name, asking.data(draft, "node", str(node.id))) for node in below]
    here = [] if node_id is None else [(texts.here(), asking.data(draft, "here", str(node_id)))]
    return message.answer(texts.choose_node(), reply_markup=inline(*in_rows(choices, 2), here))


async def pressed(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """A button of a draft. One of an older draft does nothing but say so."""
    draft = await open_draft(state)
    if len(parts) < 2 or draft is None or parts[0] != draft.id[:8] or not isinstance(query.message, Message):
        raise NotOpen
    what, value = parts[1], ":".join(parts[2:])
    step = PRESSES.get(what)
    if step is None:
        raise NotOpen
    return await step(query, desk, texts, state, draft, value)


async def _chose_matter(
    query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, draft: Draft, value: str
) -> Said:
    matter = desk.office.catalogue.matters.get(value)
    if matter is None or matter.members_only:
        raise NotOpen
    telling.choose_matter(draft, matter)
    said: list[Said] = []
    if not matter.asks_details and isinstance(query.message, Message):
        said = [query.message.answer(_no_details(texts, matter), parse_mode=HTML)]
    return [*said, *await _after(query, desk, texts, state, draft)]


def _no_details(texts: Texts, matter: Any) -> str:
    advice = texts.danger_advice(matter.advice.numbers, matter.advice) if matter.advice else ""
    instead = texts.call_instead(matter.hotlines) if matter.hotlines else ""
    return "\n".join(part for part in (advice, instead, texts.confidential_matter()) if part)


async def _shelves(
    query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, draft: Draft, _value: str
) -> Said:
    await _keep(state, desk, draft, None, Ask.MATTER)
    return _show(query, asking.shelves(draft, desk.office.catalogue, texts), await _fresh(query, state))


async def _shelf(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, draft: Draft, value: str) -> Said:
    return _show(query, asking.shelf(draft, value, desk.office.catalogue, texts), await _fresh(query, state))


async def _danger(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, draft: Draft, value: str) -> Said:
    draft.danger = value == "yes"
    said: list[Said] = []
    matter = asking.matter_of(draft, desk.office.catalogue)
    if draft.danger and matter and matter.code not in draft.advised and isinstance(query.message, Message):
        draft.advised.append(matter.code)
        numbers = matter.advice.numbers if matter.advice else ("110", "119", "120")
        words = f"{texts.danger_advice(numbers, matter.advice)}\n{texts.going_on()}"
        said = [query.message.answer(words, parse_mode=HTML)]
    return [*said, *await _after(query, desk, texts, state, draft)]


async def _answered(
    query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, draft: Draft, value: str
) -> Said:
    key, _, at = value.rpartition(".")
    if not at.isdecimal() or not telling.answer_question(desk, draft, key, int(at)):
        raise NotOpen
    return await _after(query, desk, texts, state, draft)


async def _skipped(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, draft: Draft, value: str) -> Said:
    name = value.replace("q.", "q:", 1)
    if name not in draft.skipped:
        draft.skipped.append(name)
    return await _after(query, desk, texts, state, draft)


async def _contact(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, draft: Draft, value: str) -> Said:
    draft.sealed = value == "sealed"
    return await _after(query, desk, texts, state, draft)


async def _node(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, draft: Draft, value: str) -> Said:
    below = await places_below(desk, int(value)) if value.isdecimal() else []
    if not below:
        return await _here(query, desk, texts, state, draft, value)
    choices = [(node.name, asking.data(draft, "node", str(node.id))) for node in below]
    here = [(texts.here(), asking.data(draft, "here", value))]
    return _show(query, (texts.choose_node(), inline(*in_rows(choices, 2), here)), fresh=True)


async def _here(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, draft: Draft, value: str) -> Said:
    path = await desk.office.places.path(desk.tx, int(value)) if value.isdecimal() else []
    if not path:
        raise NotOpen
    draft.node_id, draft.place = path[-1].id, "".join(one.name for one in path[1:])
    return await _after(query, desk, texts, state, draft)


async def _edit(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, draft: Draft, value: str) -> Said:
    """Change one line of the review card: forget it and ask again."""
    if value == Ask.WORDS:
        draft.words = []
    elif value == Ask.WHERE:
        draft.place, draft.latitude, draft.longitude, draft.node_id = "", None, None, None
    elif value == Ask.CONTACT:
        draft.sealed = None
    draft.skipped = [name for name in draft.skipped if name != value]
    if value == Ask.PHOTO and isinstance(query.message, Message):
        await _keep(state, desk, draft, None, Ask.PHOTO)
        ways = inline([(texts.skip(), asking.data(draft, "skip", Ask.PHOTO))])
        return [query.answer(), query.message.answer(texts.ask_photo(), reply_markup=ways)]
    return await _after(query, desk, texts, state, draft)


async def _submit(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, draft: Draft, _value: str) -> Said:
    """A draft becomes a case. Pressing twice gives one."""
    assert isinstance(query.message, Message)
    case = await file_report(desk, draft)
    kept = await state.get_data()
    until = (desk.now() + LATE).timestamp()
    await end(state, desk, {"last": {"case": case.id, "until": until, "album": kept.get("album")}})
    return [query.answer(), query.message.edit_text(texts.submitted(case.number), parse_mode=HTML)]


async def _cancel(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, draft: Draft, _value: str) -> Said:
    del draft
    assert isinstance(query.message, Message)
    await end(state, desk, {})
    return [query.answer(), query.message.edit_text(texts.cancelled())]


async def end(state: FSMContext, desk: Desk, kept: dict[str, Any]) -> None:
    """The conversation is over; of the person only stays that locations were explained."""
    told_before = (await state.get_data()).get("knows_location")
    await state.set_data({**kept, **({"knows_location": True} if told_before else {})})
    await state.set_state(None)
    assert desk.person is not None
    (await desk.dialog(desk.person.id)).remind_at = None


async def _after(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, draft: Draft) -> list[Said]:
    """After a press: the next question, in place of the pressed one if nothing was said since."""
    fresh = await _fresh(query, state)
    ask, question = await _next(desk, texts, state, draft, None)
    return _show(query, question, fresh=fresh and ask is not Ask.WHERE)


async def _fresh(query: CallbackQuery, state: FSMContext) -> bool:
    """Whether the pressed message is still the newest, so that editing it is seen."""
    assert isinstance(query.message, Message)
    return query.message.message_id > int((await state.get_data()).get("heard") or 0)


def _show(query: CallbackQuery, question: asking.Question_, fresh: bool) -> list[Said]:
    assert isinstance(query.message, Message)
    words, keyboard = question
    if fresh:
        return [query.answer(), query.message.edit_text(words, reply_markup=keyboard, parse_mode=HTML)]  # pyright: ignore[reportArgumentType]
    return [query.answer(), query.message.answer(words, reply_markup=keyboard, parse_mode=HTML)]


PRESSES = {
    "m": _chose_matter,
    "all": _shelves,
    "g": _shelf,
    "danger": _danger,
    "q": _answered,
    "skip": _skipped,
    "contact": _contact,
    "node": _node,
    "here": _here,
    "edit": _edit,
    "submit": _submit,
    "cancel": _cancel,
}
