"""⋯ 更多: the other page of a card, with what is done more rarely. Who may is looked up at the press."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cases.actions import Action
from bot.cases.errors import NotOpen
from bot.desk import deciding
from bot.desk.dealing import case_for_dispatcher, case_for_unit, roles_at_centre
from bot.desk.desk import Desk
from bot.desk.moves import times
from bot.outbox.buttons import Press, button, keyboard, rows
from bot.outbox.buttons_of import more_of_centre, more_of_unit
from bot.outbox.cards_of import triage_card, unit_card
from bot.outbox.letters import person, unit
from bot.texts import Texts
from handlers.resident.saying import Said
from handlers.responders.presses import markup, shown_here
from handlers.sorting import OnCase


def doors() -> Router:
    """Presses in groups and private chats alike."""
    router = Router(name="more")
    router.callback_query.register(opens_more, OnCase("more"))
    router.callback_query.register(goes_back, OnCase("fewer"))
    router.callback_query.register(sends_up, OnCase(Action.ESCALATE))
    router.callback_query.register(grants_above, OnCase("raise"))
    return router


async def opens_more(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """The other page, in place of the card's buttons."""
    if press.value == "unit":
        case = await case_for_unit(desk, press.case_id)
        offered = more_of_unit(texts, case, await times(desk, case))
    elif press.value == "centre":
        case = await case_for_dispatcher(desk, press.case_id)
        offered = more_of_centre(texts, case, await times(desk, case), await roles_at_centre(desk, case))
    else:
        raise NotOpen
    back = button(texts.button_fewer(), Press(case.id, "fewer", case.version, press.value).pack())
    buttons = keyboard(*rows(offered, 2), [back])
    return [query.answer(), shown_here(query, case).edit_reply_markup(reply_markup=markup(buttons))]


async def goes_back(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """‹ 返回: the card as it stands now."""
    assert desk.person is not None
    if press.value == "unit":
        case = await case_for_unit(desk, press.case_id)
        message = shown_here(query, case)
        private = message.chat.type == "private"
        _, buttons = await unit_card(desk, texts, case, person(desk.person.id) if private else unit(case.unit_id or 0))
    elif press.value == "centre":
        case = await case_for_dispatcher(desk, press.case_id)
        message = shown_here(query, case)
        _, buttons = await triage_card(desk, texts, case, person(desk.person.id))
    else:
        raise NotOpen
    return [query.answer(), message.edit_reply_markup(reply_markup=markup(buttons))]


async def sends_up(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """升到上一级: what cannot be solved at a level is solved by the one above."""
    case, unit = await deciding.send_up(desk, press.case_id)
    return [query.answer(texts.sent_to(case.number, unit.name))]


async def grants_above(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """The same, as the unit asked for it."""
    case, unit = await deciding.grant_above(desk, press.case_id, press.value)
    message = shown_here(query, case)
    return [query.answer(texts.sent_to(case.number, unit.name)), message.edit_reply_markup(reply_markup=None)]
