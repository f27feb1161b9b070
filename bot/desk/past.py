"""What a place was on a day, what it is today, and all that happened to it in between."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from bot.cases.errors import CannotRedraw
from bot.cases.redrawing import Line, What
from bot.desk.desk import Desk
from bot.desk.resettling import now_at, place_now
from bot.texts.language import ZONE
from storage import redrawing
from storage.redrawing import Place, Redrawing

__all__ = ["end_of", "history", "now_at", "parent_on", "path_on", "place_now"]

DEEPEST = 5


async def history(desk: Desk, code: str) -> tuple[Place, list[tuple[Redrawing, Line]]]:
    """A place, valid or not, and all that happened to it, the oldest first. Raises CannotRedraw."""
    place = (await redrawing.by_codes(desk.tx, [code])).get(code)
    if place is None:
        raise CannotRedraw(what="no_place", value=code)
    return place, await redrawing.of_place(desk.tx, place.id)


def end_of(day: date) -> datetime:
    """The last moment of a day here."""
    return datetime.combine(day, time(0), ZONE) + timedelta(days=1) - timedelta(microseconds=1)


async def path_on(desk: Desk, place: Place, moment: datetime) -> list[Place]:
    """The place and what was above it at a moment, the district first; empty if there was no such place then."""
    path: list[Place] = []
    one: Place | None = place
    while one is not None and len(path) < DEEPEST:
        parent = parent_on(one, await redrawing.of_place(desk.tx, one.id), moment)
        if parent is None:
            return []
        path.insert(0, one)
        one = (await redrawing.by_ids(desk.tx, [parent])).get(parent)
    return path


def parent_on(place: Place, lines: Sequence[tuple[Redrawing, Line]], moment: datetime) -> int | None:
    """What a place stood under at a moment: 0 for the district, None if it was not valid then.

    Told from the first thing that happened later, else by what it is now.
    """
    later = next((line for done, line in lines if done.at > moment), None)
    valid = place.valid_to is None or (later is None and moment < place.valid_to)
    parent = place.parent_id
    if later is not None:
        valid, parent = later.what is not What.BEGAN, later.before
    if not valid or (place.valid_from is not None and moment < place.valid_from):
        return None
    return parent or 0
