"""可以在群里办: a dispatcher lets groups read what its words had kept from them. Of officials it takes a second tap."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.desk import opening
from bot.desk.desk import Desk
from bot.outbox.buttons import Press
from bot.texts import Texts
from handlers.numbers import number
from handlers.resident.keyboards import inline
from handlers.resident.saying import Said
from handlers.responders.presses import markup, shown_here
from handlers.sorting import OnCase, Private

SURE = "!"


def doors() -> Router:
    """Presses under what a dispatcher reads privately."""
    router = Router(name="opening")
    router.callback_query.register(opens_case, OnCase("unseal"), Private())
    router.callback_query.register(opens_supplement, OnCase("unhide"), Private())
    return router


async def opens_case(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """The whole report; its card is edited by what follows."""
    case = await opening.withheld(desk, press.case_id)
    if press.value != SURE and opening.about_officials(desk, case, f"{case.text}\n{case.place}"):
        sure = (texts.open_for_sure(), Press(case.id, "unseal", case.version, SURE).pack())
        back = (texts.back_to_card(), Press(case.id, "card", case.version).pack())
        message = shown_here(query, case)
        asked = query.answer(texts.about_officials(), show_alert=True)
        return [asked, message.edit_reply_markup(reply_markup=inline([sure], [back]))]
    await opening.open_case(desk, case.id)
    return [query.answer(texts.case_opened(case.number))]


async def opens_supplement(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """One supplement."""
    at, _, sure = press.value.partition(".")
    case, words = await opening.confided(desk, press.case_id, number(at))
    message = shown_here(query, case)
    if sure != SURE and opening.about_officials(desk, case, words):
        keys = inline([(texts.open_for_sure(), Press(case.id, "unhide", case.version, f"{at}.{SURE}").pack())])
        return [query.answer(texts.about_officials(), show_alert=True), message.edit_reply_markup(reply_markup=keys)]
    await opening.open_supplement(desk, case.id, number(at))
    return [query.answer(texts.supplement_opened(case.number)), message.edit_reply_markup(reply_markup=markup(None))]
