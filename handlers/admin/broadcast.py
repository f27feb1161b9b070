"""/broadcast: to whom, what, a look at it, and off it goes - now, later, or when a second admin has agreed."""

from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.cases.broadcast import (
    CAPTION_MOST,
    TEXT_MOST,
    is_quote,
    lacks_quote,
    needs_second,
    title_of,
)
from bot.cases.errors import NotOpen
from bot.cases.moments import moment_of
from bot.cases.topics import Topic
from bot.desk import broadcasting
from bot.desk.desk import Desk
from bot.desk.rights import must_be_admin
from bot.outbox.broadcasts import buttons_of, footer_of, message_of
from bot.texts import Texts
from bot.texts.language import ZONE, units
from handlers.admin import meant
from handlers.admin import plan as plans
from handlers.admin.plan import Asked, Plan, Step
from handlers.resident.adding import NotMenu
from handlers.resident.keyboards import inline, menu
from handlers.resident.saying import Said, says
from handlers.sorting import Data, InStep, Private


def doors() -> Router:
    """Putting a broadcast together, privately."""
    router = Router(name="broadcast")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(begins, Command("broadcast"))
    router.message.register(quotes, InStep(plans.QUOTING), NotMenu())
    router.message.register(times, InStep(plans.TIMING), NotMenu())
    router.message.register(gives, InStep(plans.STEP), NotMenu())
    router.callback_query.register(presses, Data("b"))
    return router


async def begins(message: Message, desk: Desk, texts: Texts, state: FSMContext, command: CommandObject) -> Said:
    """/broadcast, or /broadcast with a place: a new one; what was being written waits."""
    await must_be_admin(desk)
    old, step = await plans.plan_of(desk, state), await state.get_state()
    back = old.back if old is not None and step in plans.STEPS else step
    plan = Plan(back=back)
    words = (command.args or "").strip()
    if words and (node := await desk.office.places.named(desk.tx, words)) is not None:
        plan.node, plan.path = node.id, node.path
    hint = [says(message, texts.broadcast_no_place(words))] if words and plan.node is None else []
    return [*hint, *await meant.who(Asked(message, desk, texts, state, plan))]


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, state: FSMContext, parts: list[str]) -> Said:
    """A button of a plan; one of an older plan says so."""
    await must_be_admin(desk)
    plan = await plans.plan_of(desk, state)
    if len(parts) != 3 or parts[1] not in STEPS:
        raise NotOpen
    if plan is None or parts[0] != plan.sign:
        return [query.answer(texts.broadcast_gone(), show_alert=True)]
    return await STEPS[parts[1]](Asked(query, desk, texts, state, plan), parts[2])


async def gives(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """The content. Further pieces of an album are kept in silence; its look is asked for by a button."""
    await must_be_admin(desk)
    plan, piece = await plans.plan_of(desk, state), plans.content_of(message)
    if plan is None:
        return [says(message, texts.broadcast_gone())]
    if piece is None:
        return [says(message, texts.broadcast_usable())]
    asked = Asked(message, desk, texts, state, plan)
    group = message.media_group_id
    if group is not None and group == plan.album and plan.content is not None:
        plan.content = plans.join(plan.content, piece)
        await plans.keep(state, plan)
        return []
    plan.content, plan.album = piece, group
    if group is not None:
        await plans.keep(state, plan)
        return asked.says(texts.broadcast_album_more(), inline([asked.button(texts.broadcast_look(), "look")]))
    return await _look(asked, "")


async def _look(asked: Asked, _value: str) -> Said:
    """The preview, just as everybody will see it, and the card that sends it."""
    plan, texts = asked.plan, asked.texts
    content = plan.content
    if content is None:
        return asked.says(texts.broadcast_send_content())
    words = content.get("text", "")
    most = TEXT_MOST if content["kind"] == "text" else CAPTION_MOST
    if units(words) > most:
        plan.content = None
        await plans.keep(asked.state, plan)
        return asked.says(texts.broadcast_too_long(most))
    if lacks_quote(plan.audience, content):
        await plans.keep(asked.state, plan, plans.QUOTING)
        return asked.says(
            texts.broadcast_warning(titled=plan.is_warning),
            inline(
                [asked.button(texts.broadcast_other_content(), "content")],
                [asked.button(texts.broadcast_cancel(), "cancel")],
            ),
        )
    await plans.keep(asked.state, plan)
    _show_preview(asked, content)
    control = await _control(asked)
    if isinstance(asked.event, CallbackQuery):
        return [asked.event.answer(), says(asked.event, *control)]
    return [says(asked.event, *control)]


def _show_preview(asked: Asked, content: dict[str, Any]) -> None:
    """It leaves before everything that is returned."""
    chat = asked.event.chat.id if isinstance(asked.event, Message) else asked.event.from_user.id
    footer = footer_of(asked.texts, asked.desk.office.district, "…", content)
    buttons = buttons_of(asked.texts, 0, receipt=asked.plan.wants_receipt, residents=False)
    method, params = message_of(content, footer, buttons)
    asked.desk.answer(chat, method, {**params, "chat_id": chat})


async def _control(asked: Asked) -> tuple[str, InlineKeyboardMarkup]:
    plan, texts, desk = asked.plan, asked.texts, asked.desk
    reach = await broadcasting.reach(desk, plan.audience)
    who = await meant.audience_of(asked)
    second = needs_second(reach.reachable)
    night = desk.office.calendar.is_quiet(desk.now()) and not plan.wants_urgent
    words = texts.broadcast_ready(
        who, reach.reachable, reach.takes, second=second, night=night, may_be_urgent=plan.may_be_urgent
    )
    urgent = [asked.button(texts.broadcast_urgent(on=plan.urgent), "urgent")] if plan.may_be_urgent else []
    receipt = [asked.button(texts.broadcast_receipt(on=plan.wants_receipt), "receipt")] if plan.asks_receipt else []
    keys = inline(
        [asked.button(texts.broadcast_send_now(), "send"), asked.button(texts.broadcast_send_later(), "when")],
        receipt,
        urgent,
        [asked.button(texts.broadcast_other_content(), "content"), asked.button(texts.broadcast_change_whom(), "who")],
        [asked.button(texts.broadcast_cancel(), "cancel")],
    )
    return words, keys


async def quotes(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """Who issued the warning, and when."""
    await must_be_admin(desk)
    plan, words = await plans.plan_of(desk, state), (message.text or "").strip()
    if plan is None or plan.content is None:
        return [says(message, texts.broadcast_gone())]
    if not is_quote(words) or units(words) > CAPTION_MOST // 4:
        return [says(message, texts.broadcast_quote_again())]
    plan.content["quote"] = words
    plan.topic = Topic.WARNINGS.value
    return await _look(Asked(message, desk, texts, state, plan), "")


async def _switch(asked: Asked, what: str) -> Said:
    setattr(asked.plan, what, not getattr(asked.plan, what))
    await plans.keep(asked.state, asked.plan)
    return asked.says(*await _control(asked))


async def _receipt(asked: Asked, _value: str) -> Said:
    return await _switch(asked, "receipt")


async def _urgent(asked: Asked, _value: str) -> Said:
    return await _switch(asked, "urgent")


async def _content(asked: Asked, _value: str) -> Said:
    asked.plan.content = asked.plan.album = None
    await plans.keep(asked.state, asked.plan)
    return asked.says(asked.texts.broadcast_send_content())


async def _cancel(asked: Asked, _value: str) -> Said:
    await plans.leave(asked.state)
    return asked.says(asked.texts.broadcast_cancelled())


async def _when(asked: Asked, _value: str) -> Said:
    await plans.keep(asked.state, asked.plan, plans.TIMING)
    texts = asked.texts
    keys = [asked.button(texts.back(), "look"), asked.button(texts.broadcast_cancel(), "cancel")]
    return asked.says(texts.broadcast_ask_when(), inline(keys))


async def times(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """When it is to be sent, in words."""
    await must_be_admin(desk)
    plan, at = await plans.plan_of(desk, state), moment_of(message.text or "", desk.now(), ZONE)
    if plan is None or plan.content is None:
        return [says(message, texts.broadcast_gone())]
    if at is None:
        return [says(message, texts.broadcast_when_again())]
    return await _off(Asked(message, desk, texts, state, plan), at)


async def _send(asked: Asked, _value: str) -> Said:
    return await _off(asked, None)


async def _off(asked: Asked, at: datetime | None) -> Said:
    """It is asked for. The card of its progress comes by itself."""
    plan, desk = asked.plan, asked.desk
    if plan.content is None:
        raise NotOpen
    made = await broadcasting.ask_for(
        desk,
        plan.id,
        plan.audience,
        plan.content,
        title_of(plan.content.get("text") or asked.texts.broadcast_kind(plan.content["kind"])),
        receipt=plan.wants_receipt,
        urgent=plan.wants_urgent,
        at=at,
    )
    await plans.leave(asked.state)
    words = asked.texts.broadcast_taken(plans.sent_at(made.starts_at, desk.now()), second=made.stand == "waiting")
    return [*asked.says(words), *_menu_back(asked)]


def _menu_back(asked: Asked) -> Said:
    return [says(asked.event, asked.texts.broadcast_progress_follows(), menu(asked.texts))]


STEPS: dict[str, Step] = {
    **meant.STEPS,
    "look": _look,
    "receipt": _receipt,
    "urgent": _urgent,
    "content": _content,
    "when": _when,
    "send": _send,
    "cancel": _cancel,
}
