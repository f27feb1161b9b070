"""/handover: what somebody who leaves has in hand goes to a colleague, or back to the unit."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.cases.errors import NotOpen
from bot.desk import handing
from bot.desk.desk import Desk
from bot.texts import Texts
from handlers.numbers import number
from handlers.resident.keyboards import Choice, in_rows, inline
from handlers.resident.saying import Question, Said, says, turns
from handlers.sorting import Data, Private

SHOWN = 20


def doors() -> Router:
    """Private chats only. Who may is looked up at every step."""
    router = Router(name="handing")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(asks, Command("handover"))
    router.callback_query.register(presses, Data("ho"))
    return router


async def asks(message: Message, desk: Desk, texts: Texts, command: CommandObject) -> Said:
    """/handover, or /handover 李建国."""
    found = (await handing.givers(desk, (command.args or "").strip()))[:SHOWN]
    choices = [
        (texts.giver_button(one.name, one.unit, one.count, left=one.left), f"ho:w:{one.unit_id}:{one.person_id}")
        for one in found
    ]
    return [says(message, texts.choose_giver(bool(found)), inline(*in_rows(choices, 1)))]


async def presses(query: CallbackQuery, desk: Desk, texts: Texts, parts: list[str]) -> Said:
    """Whose cases, then to whom (0: back to the unit)."""
    if len(parts) == 3 and parts[0] == "w":
        return [query.answer(), turns(query, *await takers(desk, texts, number(parts[1]), _person(parts[2])))]
    if len(parts) != 4 or parts[0] != "t":
        raise NotOpen
    to_id = _person(parts[3])
    found, count = await handing.hand_over(desk, number(parts[1]), _person(parts[2]), to_id or None)
    return [query.answer(), turns(query, texts.handed(found.name, count))]


async def takers(desk: Desk, texts: Texts, unit_id: int, person_id: int) -> Question:
    """To whom? Raises NotOpen when there is nothing to hand over."""
    found = await handing.giver(desk, unit_id, person_id)
    here: list[Choice] = [
        (name, f"ho:t:{unit_id}:{person_id}:{one}") for one, name in await handing.colleagues(desk, unit_id, person_id)
    ]
    back = (texts.back_to_unit(), f"ho:t:{unit_id}:{person_id}:0")
    return texts.choose_taker(found.name, found.unit, found.count), inline(*in_rows(here, 2), [back])


def _person(text: str) -> int:
    """The number of a person, which may be negative. Raises NotOpen for anything else."""
    if not text.removeprefix("-").isdecimal() or len(text) > 20:
        raise NotOpen
    return int(text)
