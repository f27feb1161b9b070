"""The matters a unit may receive: shelf by shelf, a tap each. Every tap is kept at once."""

from collections.abc import Awaitable, Callable, Mapping

from bot.cases.errors import NotOpen
from bot.cases.unit_rules import received
from bot.desk import unit_register
from bot.desk.rights import must_be_admin
from bot.desk.unit_register import Unit
from handlers.admin.unit_card import At, back, data
from handlers.choosing import one_page
from handlers.numbers import number
from handlers.resident.keyboards import Choice, in_rows, inline
from handlers.resident.saying import Said

PAGE = 10


async def _shelves(at: At) -> Said:
    await must_be_admin(at.desk)
    unit, catalogue, texts = await at.unit(), at.desk.office.catalogue, at.texts
    choices: list[Choice] = []
    for group in catalogue.groups():
        codes = [matter.code for matter in catalogue.in_group(group.code)]
        words = texts.shelf_count(texts.group_name(group), len(received(unit.matters, codes)), len(codes))
        choices.append((words, data("shelf", unit, f"{group.code}.0")))
    listed = None if unit.matters is None else len(received(unit.matters, catalogue.matters))
    all_of_it = [] if listed is None else [(texts.take_all(), data("all", unit))]
    keys = inline(*in_rows(choices, 2), all_of_it, [back(texts, unit)])
    return at.turns(texts.choose_shelf(unit.name, listed), keys)


async def _shelf(at: At) -> Said:
    await must_be_admin(at.desk)
    group, _, page = at.value.partition(".")
    return await _show(at, group, number(page))


async def _show(at: At, code: str, page: int) -> Said:
    unit, catalogue, texts = await at.unit(), at.desk.office.catalogue, at.texts
    group = next((one for one in catalogue.groups() if one.code == code), None)
    if group is None:
        raise NotOpen
    listed = set(received(unit.matters, catalogue.matters))
    lines = [_line(at, unit, one.code, page, on=one.code in listed) for one in catalogue.in_group(code)]
    choices, turning = one_page(texts, lines, page, PAGE, lambda to: data("shelf", unit, f"{code}.{to}"))
    whole = [
        (texts.take_whole(), data("whole", unit, f"{code}.1")),
        (texts.take_none(), data("whole", unit, f"{code}.0")),
    ]
    keys = inline(*in_rows(choices, 2), turning, whole, [(texts.shelves_back(), data("shelves", unit))])
    return at.turns(texts.choose_shelf(unit.name, None if unit.matters is None else len(listed)), keys)


def _line(at: At, unit: Unit, code: str, page: int, *, on: bool) -> Choice:
    name = at.texts.matter_name(at.desk.office.catalogue.matter(code))
    return at.texts.matter_on(name, on=on), data("matter", unit, f"{code}.{page}.{int(not on)}")


async def _switches(at: At) -> Said:
    code, _, rest = at.value.partition(".")
    page, _, on = rest.partition(".")
    if code not in at.desk.office.catalogue.matters:
        raise NotOpen
    await unit_register.set_matters(at.desk, at.unit_id, at.version, [code], on=number(on) == 1)
    return await _show(at, code[0], number(page))


async def _whole(at: At) -> Said:
    code, _, on = at.value.partition(".")
    some = [matter.code for matter in at.desk.office.catalogue.in_group(code)]
    await unit_register.set_matters(at.desk, at.unit_id, at.version, some, on=number(on) == 1)
    return await _show(at, code, 0)


async def _all(at: At) -> Said:
    await unit_register.take_all(at.desk, at.unit_id, at.version)
    return await _shelves(at)


STEPS: Mapping[str, Callable[[At], Awaitable[Said]]] = {
    "shelves": _shelves,
    "shelf": _shelf,
    "matter": _switches,
    "whole": _whole,
    "all": _all,
}
