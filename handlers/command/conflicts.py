"""🚫 回避 on a dispatcher's card: whom the report complains of, as a whole unit or one of its people."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cases.actions import Action
from bot.cases.errors import NotOpen
from bot.desk import conflicts
from bot.desk.desk import Desk
from bot.outbox.buttons import Press
from bot.texts import Texts
from handlers.choosing import one_page
from handlers.numbers import number
from handlers.resident.keyboards import Choice, in_rows, inline
from handlers.resident.saying import Question, Said, says, turns
from handlers.responders.presses import shown_here
from handlers.sorting import OnCase

PAGE = 16


def doors() -> Router:
    """The card may hang in a group; who is chosen is asked privately."""
    router = Router(name="conflicts")
    router.callback_query.register(blocks, OnCase(Action.BLOCK))
    router.callback_query.register(opens, OnCase("staff", "accused"))
    router.callback_query.register(dismisses, OnCase("unmeant"))
    return router


async def blocks(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """Without a name: who is meant? With one (u3 a unit, m7 somebody): blocked, at once."""
    if not press.value:
        return [query.answer(), says(query, *await _units(desk, texts, press.case_id, 0))]
    block = {"u": conflicts.block_unit, "m": conflicts.block_member}.get(press.value[:1])
    if block is None:
        raise NotOpen
    case = await block(desk, press.case_id, number(press.value[1:]))
    return [query.answer(texts.blocked_done(case.number), show_alert=True)]


async def opens(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """Another page of units, or the people of one, in place of what was shown."""
    found = await (_staff if press.action == "staff" else _units)(desk, texts, press.case_id, number(press.value))
    case, _ = await conflicts.known(desk, press.case_id)
    shown_here(query, case)
    return [query.answer(), turns(query, *found)]


async def _units(desk: Desk, texts: Texts, case_id: int, page: int) -> Question:
    case, known = await conflicts.known(desk, case_id)
    lifts: list[Choice] = [
        (texts.lift_button(one.name), Press(case.id, Action.LIFT, case.version, str(one.conflict.id)).pack())
        for one in known
        if one.conflict.state == "set"
    ]
    every = [
        (one.name, Press(case.id, "staff", case.version, str(one.id)).pack())
        for one in await conflicts.choices(desk, case)
    ]
    shown, turning = one_page(
        texts, every, page, PAGE, lambda to: Press(case.id, "accused", case.version, str(to)).pack()
    )
    return texts.choose_blocked(case.number), inline(*in_rows(lifts, 1), *in_rows(shown, 2), turning)


async def _staff(desk: Desk, texts: Texts, case_id: int, unit_id: int) -> Question:
    case, _ = await conflicts.known(desk, case_id)
    name, people = await conflicts.staff(desk, unit_id)
    whole = (texts.whole_unit(), Press(case.id, Action.BLOCK, case.version, f"u{unit_id}").pack())
    each = [(one, Press(case.id, Action.BLOCK, case.version, f"m{member}").pack()) for member, one in people]
    back = (texts.blocked_back(), Press(case.id, "accused", case.version, "0").pack())
    return texts.choose_in_unit(name), inline([whole], *in_rows(each, 2), [back])


async def dismisses(query: CallbackQuery, desk: Desk, texts: Texts, press: Press) -> Said:
    """Somebody is only named."""
    await conflicts.dismiss(desk, press.case_id, number(press.value))
    return [query.answer(texts.dismissed())]
