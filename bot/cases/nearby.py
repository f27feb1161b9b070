"""我也遇到: which open case nearby may be the same matter, and how near it is. No names, no words of anybody."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from math import cos, floor, hypot, radians
from typing import NamedTuple

from bot.cases.case import Case, Colour, Status
from bot.cases.draft import Draft
from bot.cases.matter import Matter

RECENT = timedelta(days=14)
MOST_SHOWN = 2
ALARMING = 3
"""The third who joins is told to the dispatchers."""

RADIUS_M: Mapping[str, float] = {"A": 300, "B": 200, "D": 200, "G": 300, "H": 150, "I": 100}
"""By the group of the matter, in metres. Groups that are not here are about persons: two reports are two matters."""

NEXT_DOOR_M = 50
"""Cases of the other groups may yet be one, told by two: of the same row, next door."""

METRES_A_DEGREE = 111_195.0
ROUNDED_TO_M = 50
JOINABLE = frozenset(Status) - {
    Status.CLOSED,
    Status.ARCHIVED,
    Status.WITHDRAWN,
    Status.MERGED,
    Status.REJECTED,
    Status.REFERRED,
    Status.FEEDBACK,
}


@dataclass(frozen=True, slots=True)
class Box:
    """A square around a point, in degrees."""

    south: float
    north: float
    west: float
    east: float


class Spot(NamedTuple):
    """Of an open case what tells how near it is; the whole of it is only read of the nearest."""

    id: int
    matter: str
    latitude: float | None
    longitude: float | None


def may_join(draft: Draft, matter: Matter) -> bool:
    """Whether anybody is to be asked: never in danger, about what is sealed, or of what was recorded."""
    open_about_it = matter.asks_details and not draft.sealed and matter.visibility.value != "C"
    return open_about_it and not (draft.danger or draft.source) and matter.code[0] in RADIUS_M


def is_same(case: Case, draft: Draft, matter: Matter, around: Collection[int] = ()) -> bool:
    """Whether an open case may be what the draft is about: same group, near, and nothing about it is sealed.

    One that has no point may be at any of the places `around`: whoever asks from building after building finds the
    estate, no building.
    """
    if case.confidential or case.status not in JOINABLE or case.colour is Colour.RED:
        return False
    if case.matter[0] != matter.code[0]:
        return False
    away = metres(case, draft)
    if away is None:
        return case.node_id is not None and case.node_id in around
    return away <= RADIUS_M[matter.code[0]]


def alike(one: Case, case: Case) -> bool:
    """Whether two cases may be the same, for a dispatcher: near, of the same kind, and both secret or both open."""
    if one.id == case.id or one.confidential is not case.confidential or one.matter[0] != case.matter[0]:
        return False
    if case.matter[0] not in RADIUS_M and one.matter[:3] != case.matter[:3]:
        return False
    away = metres(one, case)
    return away is None or away <= RADIUS_M.get(case.matter[0], NEXT_DOOR_M)


def metres(case: Case | Spot, draft: Draft | Case) -> float | None:
    """How far the case is from the draft; None where one of them has no point.

    Measured from the middle of the square the case is in: whoever asks from many points finds the square, no door.
    """
    if case.latitude is None or case.longitude is None or draft.latitude is None or draft.longitude is None:
        return None
    latitude, longitude = _middle(case.latitude, case.longitude)
    north = (latitude - draft.latitude) * METRES_A_DEGREE
    east = (longitude - draft.longitude) * METRES_A_DEGREE * cos(radians(draft.latitude))
    return hypot(north, east)


@lru_cache(1024)
def _middle(latitude: float, longitude: float) -> tuple[float, float]:
    """The middle of the square of ROUNDED_TO_M that a point is in."""
    high = ROUNDED_TO_M / METRES_A_DEGREE
    there = (floor(latitude / high) + 0.5) * high
    wide = high / max(0.1, cos(radians(there)))
    return there, (floor(longitude / wide) + 0.5) * wide


def blurred(away: float | None) -> int | None:
    """Metres rounded up, so that nobody is found by them."""
    return None if away is None else max(1, -(-int(away) // ROUNDED_TO_M)) * ROUNDED_TO_M


def box(draft: Draft | Case, code: str) -> Box | None:
    """Where to look, a little wider than what is near; None without a point."""
    if draft.latitude is None or draft.longitude is None:
        return None
    high = (RADIUS_M.get(code[0], NEXT_DOOR_M) + ROUNDED_TO_M) / METRES_A_DEGREE
    wide = high / max(0.1, cos(radians(draft.latitude)))
    return Box(draft.latitude - high, draft.latitude + high, draft.longitude - wide, draft.longitude + wide)


def nearness(spot: Spot, draft: Draft | Case, code: str) -> tuple[bool, float, int]:
    """The order in which cases are offered: the same matter first, then the nearest, then the newest."""
    return spot.matter[:3] != code[:3], metres(spot, draft) or 0.0, -spot.id
