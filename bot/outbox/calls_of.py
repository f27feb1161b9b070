"""A call as it leaves: its card with who is there and what is done, the pin on the map, reminders, the stars.

Nothing of it is said to anybody else once the case has become confidential.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.cases.calls import minutes_late
from bot.cases.case import Case
from bot.cases.inviting import opens_chat
from bot.desk import routing
from bot.desk.desk import Desk
from bot.desk.masking import read_by
from bot.outbox.addresses import Address
from bot.outbox.buttons import Button, Card, Keyboard, button, keyboard
from bot.outbox.cards_of import matter_of
from bot.outbox.parcel import Parcel
from bot.texts import Texts
from storage import calls, cases, units
from storage.calls import Call, Called, Task
from storage.outbox import Owed


async def _call(desk: Desk, facts: Mapping[str, Any]) -> tuple[Call, Case] | None:
    call = await calls.by_id(desk.tx, facts["call"])
    case = await cases.by_id(desk.tx, call.case_id) if call else None
    return (call, case) if call and case and not case.confidential else None


async def _names(desk: Desk) -> dict[int, str]:
    return {one.id: one.name for one in await units.all_units(desk.tx)}


async def card(desk: Desk, texts: Texts, facts: Mapping[str, Any], recipient: str) -> Card | None:
    """The card of a call as it stands now; the centre also reads the stars."""
    found = await _call(desk, facts)
    if found is None:
        return None
    call, case = found[0], await read_by(desk, found[1], recipient)
    came, tasks, names = (
        await calls.units_of(desk.tx, call.id),
        await calls.tasks_of(desk.tx, call.id),
        await _names(desk),
    )
    centre = recipient in await routing.dispatchers(desk, case)
    lines = [
        texts.call_head(case.number, texts.matter_name(matter_of(desk, case)), over=call.ended_at is not None),
        texts.card_words(case),
        texts.call_meeting(call.at, call.place),
        *(_came(texts, call, one, names, stars=centre) for one in came),
        *(texts.call_task(one.words, names.get(one.unit_id) if one.unit_id else None) for one in tasks),
    ]
    over = call.ended_at is not None or centre
    return texts.card([line for line in lines if line]), None if over else _keys(desk, texts, call, tasks, recipient)


def _came(texts: Texts, call: Call, one: Called, names: Mapping[int, str], *, stars: bool) -> str:
    at = one.arrived_at
    arrived = texts.arrived(at, minutes_late(call.at, at), one.metres, placed=one.placed) if at else ""
    given = texts.call_stars(one.stars, one.stars_back) if stars else ""
    return texts.call_unit(names.get(one.unit_id, ""), leads=one.leads, arrived=arrived, stars=given)


def _keys(desk: Desk, texts: Texts, call: Call, tasks: Sequence[Task], recipient: str) -> Keyboard:
    open_tasks = [[button(texts.task_done(one.words), f"cl:t:{one.id}")] for one in tasks if one.done_at is None]
    return keyboard([_report_in(desk, texts, call, recipient)], *open_tasks)


def _report_in(desk: Desk, texts: Texts, call: Call, recipient: str) -> Button:
    """A group leads into the private chat, where a telephone may send its place."""
    me = desk.office.me.username
    if me and recipient.startswith("unit:"):
        return {"text": texts.button_report_in(), "url": opens_chat(me, f"ci_{call.id}")}
    return button(texts.button_report_in(), f"cl:i:{call.id}")


async def pin(desk: Desk, owed: Owed, address: Address) -> Parcel:
    """The place on the map."""
    found = await _call(desk, owed.body["facts"])
    if found is None or found[0].latitude is None:
        return Parcel(owed=owed, why="nothing to show")
    call, case = found
    there = {"latitude": call.latitude, "longitude": call.longitude, "title": call.place, "address": case.number}
    return Parcel(owed=owed, chat=address.chat, method="sendVenue", params={**address.target, **there})


async def word(desk: Desk, texts: Texts, facts: Mapping[str, Any], _recipient: str) -> Card | None:
    """A reminder, if it is still needed: nothing to who is there, nothing when all are."""
    found = await _call(desk, facts)
    if found is None or found[0].ended_at is not None:
        return None
    (call, case), names = found, await _names(desk)
    missing = [one.unit_id for one in await calls.units_of(desk.tx, call.id) if one.arrived_at is None]
    if facts["what"] == "who":
        absent = [names.get(one, "") for one in missing]
        return (texts.call_who_misses(case.number, absent), None) if absent else None
    if facts["unit"] not in missing:
        return None
    if facts["what"] == "before":
        return texts.call_soon(case.number, call.at, call.place), None
    return texts.call_missing(case.number, call.place), None


async def rating(desk: Desk, texts: Texts, facts: Mapping[str, Any], _recipient: str) -> Card | None:
    """One tap from 1 to 5."""
    found = await _call(desk, facts)
    if found is None:
        return None
    call, unit_id, side = found[0].id, facts["unit"], facts["side"]
    keys = [button(texts.star(count), f"cl:r:{call}:{unit_id}:{side}:{count}") for count in range(1, 6)]
    return texts.rate_call(found[1].number, (await _names(desk)).get(unit_id, ""), side), keyboard(keys)
