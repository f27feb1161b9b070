"""The picture of a place: its boundary, what is around and below it, and its open cases as dots. Drawn by a job."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.cases.errors import NotOpen
from bot.desk import grid_cards
from bot.desk.desk import Desk
from bot.outbox.letters import person
from bot.texts import Texts
from storage import papers, redrawing, resettling
from storage.redrawing import Place

AROUND = 0.12
"""So much of its width and height is shown around a place."""

MOST_DOTS = 500
MOST_AREAS = 400
View = tuple[float, float, float, float]


async def ask_for_map(desk: Desk, texts: Texts, node_id: int) -> None:
    """Ask for the picture, for whoever acts; twice within a minute it is drawn once. Raises NotYours, NotOpen.

    Confidential cases are no dots: that there is one is nobody's business here.
    """
    place, below = await grid_cards.below(desk, node_id)
    if place.boundary is None or desk.person is None:
        raise NotOpen
    beside = await grid_cards.beside(desk, place)
    view = _view(place.boundary)
    dots = await resettling.dots(desk.tx, place.path, MOST_DOTS)
    shown = [*_areas("beside", beside, view), *_areas("own", [place], view), *_areas("below", below, view)]
    way = [int(part) for part in place.path.split("/") if part]
    known = await redrawing.by_ids(desk.tx, way)
    drawing = {
        "title": place.name,
        "place": f"{''.join(known[one].name for one in way[:-1])}　{place.code}".strip(),
        "view": view,
        "areas": shown[:MOST_AREAS],
        "dots": dots,
        "legend": texts.map_legend(),
        "foot": texts.map_foot(len(dots), len(below), place.households),
    }
    key = f"place {desk.person.id} {place.id} {desk.now():%y%m%d%H%M}"
    caption = {"name": place.name, "cases": len(dots)}
    to = person(desk.person.id)
    await papers.ask(desk.tx, desk.office.seals.content, key, "place", to, drawing, caption, desk.now())


def _areas(kind: str, places: Sequence[Place], view: View) -> list[dict[str, Any]]:
    """Those that reach into the view."""
    return [
        {"kind": kind, "name": place.name, "parts": _parts(place.boundary)}
        for place in places
        if place.boundary is not None and _meets(_box(place.boundary), view)
    ]


def _parts(boundary: Mapping[str, Any]) -> list[Any]:
    """The polygons of a boundary, each with its rings."""
    coordinates: list[Any] = boundary["coordinates"]
    return coordinates if boundary["type"] == "MultiPolygon" else [coordinates]


def _box(boundary: Mapping[str, Any]) -> View:
    points = [point for part in _parts(boundary) for point in part[0]]
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return min(xs), min(ys), max(xs), max(ys)


def _view(boundary: Mapping[str, Any]) -> View:
    west, south, east, north = _box(boundary)
    aside, above = (east - west) * AROUND, (north - south) * AROUND
    return west - aside, south - above, east + aside, north + above


def _meets(one: View, other: View) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
