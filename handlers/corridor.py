"""All doors side by side: an update is led along them in order, past most of them without knocking.

aiogram asks nested routers one by one, each with its own middlewares, and calls every filter of every handler with
names looked up anew; with a hundred doors that was the larger part of what an update cost. What most doors are chosen
by (a command, words of the menu, the first word of a button, the step) is found out once; the filters have the last
word.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import UNHANDLED, SkipHandler
from aiogram.dispatcher.event.handler import FilterObject, HandlerObject
from aiogram.filters import Command, Filter
from aiogram.types import TelegramObject

from handlers.admin import admin_doors
from handlers.command import command_doors
from handlers.danger import doors as danger_doors
from handlers.patrol import patrol_doors
from handlers.resident import resident_doors
from handlers.responders import responder_doors
from handlers.sorting import InGroup, Private, Seen, Telling, seen_of

Fits = Callable[[Seen], bool]


@dataclass(frozen=True, slots=True)
class Door:
    """A handler with its filters, and what tells at a glance that it is none for an update."""

    handler: HandlerObject
    fits: tuple[Fits, ...]

    def may_be_for(self, seen: Seen) -> bool:
        """Whether it is worth knocking."""
        for fits in self.fits:  # noqa: SIM110 - a hundred times an update: all() takes three times as long
            if not fits(seen):
                return False
        return True


class Corridor:
    """The doors of private chats or of groups. Doors remember nothing, so one corridor serves a whole process."""

    def __init__(self, elsewhere: type[Filter]) -> None:
        self._doors: dict[str, list[Door]] = {}
        for router in (
            *(danger_doors(), admin_doors(), command_doors()),
            *(patrol_doors(), responder_doors(), resident_doors()),
        ):
            self._move_in(router, elsewhere)

    def _move_in(self, router: Router, elsewhere: type[Filter]) -> None:
        """Take in the doors of a router, without those that are only `elsewhere`."""
        for name, observer in router.observers.items():
            outer = tuple(one.callback for one in observer._handler.filters or ())
            for handler in observer.handlers:
                filters = (*outer, *(one.callback for one in handler.filters or ()))
                if not any(isinstance(one, elsewhere) for one in filters):
                    left = [one for one in filters if not isinstance(one, Private | InGroup)]
                    self._doors.setdefault(name, []).append(_door(handler.callback, left))
        for inner in router.sub_routers:
            self._move_in(inner, elsewhere)

    async def lead(self, kind: str, event: TelegramObject, **known: Any) -> Any:
        """What the first door says that an update is for, UNHANDLED if it is for none."""
        seen = seen_of(event, known.get("raw_state"))
        for door in self._doors.get(kind, ()):
            if not door.may_be_for(seen):
                continue
            passes, given = await door.handler.check(event, **known)
            if passes:
                try:
                    return await door.handler.call(event, **given)
                except SkipHandler:
                    continue
        return UNHANDLED


@cache
def corridor(elsewhere: type[Filter]) -> Corridor:
    """The corridor without the doors that are only `elsewhere`."""
    return Corridor(elsewhere)


def _door(callback: Callable[..., Any], filters: list[Callable[..., Any]]) -> Door:
    fits = [one.fits for one in filters if isinstance(one, Telling)]
    if any(isinstance(one, Command) for one in filters):
        fits.append(_is_command)
    return Door(HandlerObject(callback, filters=[FilterObject(one) for one in filters]), tuple(fits))


def _is_command(seen: Seen) -> bool:
    return seen.is_command
