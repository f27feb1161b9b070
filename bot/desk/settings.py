"""/settings: what of the installation can be seen and changed while it runs, and what somebody sets for themselves."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.cases.commands import Hat
from bot.cases.errors import NotOpen, NotYours
from bot.desk import menus
from bot.desk.chosen import AUTOMATIC, OPTIONS, may_be_automatic
from bot.desk.desk import Desk, Office
from bot.desk.rights import must_be_admin
from storage import choices, people
from storage.database import Database

__all__ = ["OPTIONS", "may_be_automatic"]

LATEST = 21


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as it is: whether it can be changed here, and who changed it last."""

    name: str
    value: Any
    fixed: bool
    by: str | None = None
    at: datetime | None = None


async def read(database: Database, office: Office) -> None:
    """What was chosen, also in other processes, counts here from now on."""
    async with database.read() as tx:
        kept = await choices.every(tx)
    office.chosen.values = {name: one.value for name, one in kept.items()}


async def listed(desk: Desk) -> list[Setting]:
    """Those that can be changed, for admins. Raises NotYours."""
    await must_be_admin(desk)
    kept, chosen = await choices.every(desk.tx), desk.office.chosen
    found: list[Setting] = []
    for name in OPTIONS:
        fixed, last = name in chosen.fixed, kept.get(name)
        if last is None or fixed or last.value != chosen.now(name):
            found.append(Setting(name, chosen.now(name), fixed))
        else:
            found.append(Setting(name, last.value, fixed, last.by, last.at))
    return found


async def one(desk: Desk, name: str) -> Setting:
    """One of them that may be changed. Raises NotYours, NotOpen."""
    found = next((each for each in await listed(desk) if each.name == name), None)
    if found is None or found.fixed:
        raise NotOpen
    return found


async def choose(desk: Desk, name: str, value: str | int) -> None:
    """Change one. In this process it counts at once, in others within a minute. Raises NotYours, NotOpen."""
    await one(desk, name)
    if value not in OPTIONS[name]:
        raise NotOpen
    await _put(desk, name, value)


async def switch(desk: Desk, code: str, *, on: bool) -> None:
    """Whether plain cases of a matter go to their community by themselves. Raises NotYours, NotOpen."""
    matter = desk.office.catalogue.matters.get(code)
    if matter is None or not may_be_automatic(matter):
        raise NotOpen
    await _put(desk, AUTOMATIC + code, on)


async def _put(desk: Desk, name: str, value: str | int) -> None:
    admin = await must_be_admin(desk)
    await choices.put(desk.tx, name, value, admin, desk.now())
    desk.office.chosen.values[name] = value


async def my_hour(desk: Desk) -> int | None:
    """From which hour whoever acts wants to be asked for a missing patrol. Raises NotYours for those who have none."""
    if desk.person is None or Hat.PATROL not in await menus.my_hats(desk):
        raise NotYours
    return (await people.reminder_hours(desk.tx, [desk.person.id])).get(desk.person.id)


def hours(desk: Desk) -> list[int]:
    """Hours to choose from: that of everybody, or later."""
    return list(range(desk.office.patrol_hour, LATEST + 1))


async def set_my_hour(desk: Desk, hour: int) -> None:
    """Be asked later than everybody else. Raises NotYours, NotOpen."""
    await my_hour(desk)
    if hour not in hours(desk) or desk.person is None:
        raise NotOpen
    own = None if hour == desk.office.patrol_hour else hour
    await people.change(desk.tx, desk.person.id, reminder_hour=own)
