"""Where: the list of places to tap through."""

from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.cases.draft import Ask
from bot.cases.placing import in_estate
from bot.desk import directory
from bot.desk.about import place_above, places_below, places_by_code
from bot.desk.desk import Desk
from bot.texts import Texts
from handlers.choosing import paged, place_and_page
from handlers.numbers import number
from handlers.resident.keyboards import in_rows, inline
from handlers.resident.locating import confirm_place, place_name
from handlers.resident.saying import Question, Said, says
from handlers.resident.signs import data
from handlers.resident.talk import Talk, talk_of


async def lists(message: Message, desk: Desk, texts: Texts, state: FSMContext) -> Said:
    """从社区里选: the top of the tree."""
    talk = await talk_of(desk, texts, state)
    await talk.keep(Ask.WHERE, message)
    shown = await _list(talk, None)
    return [says(message, *shown)]


async def opened(talk: Talk, value: str) -> Question | None:
    """A place of the list: those below it, or this one if there are none."""
    node_id, page = place_and_page(value)
    if not await places_below(talk.desk, node_id or None):
        await chosen(talk, value)
        return None
    return await _list(talk, node_id or None, page)


async def _list(talk: Talk, node_id: int | None, page: int = 0) -> Question:
    below = await places_below(talk.desk, node_id)
    choices = [(node.name, data(talk.draft, "node", str(node.id))) for node in below]
    if node_id is None:
        ways = [(talk.texts.back(), data(talk.draft, "edit", Ask.WHERE))]
    else:
        above = await place_above(talk.desk, node_id)
        up = data(talk.draft, "node", str(above.id)) if above else data(talk.draft, "list")
        ways = [(talk.texts.here(), data(talk.draft, "here", str(node_id))), (talk.texts.back(), up)]
    rows = paged(talk.texts, choices, page, lambda to: data(talk.draft, "node", f"{node_id or 0}.{to}"))
    return talk.texts.choose_node(await place_name(talk, node_id) if node_id else ""), inline(*rows, ways)


async def top(talk: Talk, _value: str) -> Question:
    """返回 to the top of the tree."""
    return await _list(talk, None)


async def chosen(talk: Talk, value: str) -> None:
    """This place it is."""
    node = await directory.place(talk.desk, number(value))
    talk.draft.latitude, talk.draft.longitude, talk.draft.maybe = None, None, []
    talk.draft.node_id = node.id
    talk.draft.place = in_estate(await place_name(talk, node.id), talk.draft.within)
    confirm_place(talk)


async def neither(talk: Talk, _value: str) -> None:
    """都不是: what was typed as the place stays as it was said; of a place out of the story it is asked where it is."""
    draft = talk.draft
    draft.maybe, draft.node_id = [], None
    if Ask.WHERE not in draft.told.values():
        draft.place = ""


async def by_code(talk: Talk, code: str) -> bool:
    """The place of a QR code or link, if the draft knows none yet. Whether there is such a place.

    An old poster may lead to a place that has become several: which one it is, is asked.
    """
    found = [] if talk.draft.has_place else await places_by_code(talk.desk, code)
    if len(found) == 1:
        talk.draft.node_id, talk.draft.place = found[0].id, await place_name(talk, found[0].id)
    elif found:
        choices = [(one.name, data(talk.draft, "here", str(one.id))) for one in found]
        talk.before.append((talk.texts.place_became_several(), inline(*in_rows(choices, 2))))
    return bool(found)
