"""Boundaries cut, joined and compared (GeoJSON in and out). shapely is imported only where one is drawn anew."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

Boundary = Mapping[str, Any]

LOOSE = 1e-12
"""Square degrees, about a hundredth of a square metre here: less than that is left over by reckoning."""

DRAWN, DRAWN_SHARE = 1e-9, 0.001
"""Square degrees (about ten square metres), and the share of an area: so exactly people draw. The larger one counts."""


def joined(boundaries: Sequence[Boundary]) -> dict[str, Any] | None:
    """All of them in one; None without any."""
    from shapely import unary_union

    return _written(unary_union([_shape(one) for one in boundaries])) if boundaries else None


def without(boundary: Boundary, away: Boundary) -> dict[str, Any] | None:
    """What is left of one without another."""
    return _written(_shape(boundary).difference(_shape(away)))


def is_sound(boundary: Boundary) -> bool:
    """Whether it is an area at all, and no line of it crosses another."""
    from shapely.errors import GEOSException

    try:
        found = _shape(boundary)
    except (GEOSException, ValueError, TypeError, IndexError):
        return False
    return bool(found.is_valid and found.area > 0)


def is_inside(boundary: Boundary, whole: Boundary) -> bool:
    """Whether nothing of it reaches out of the other."""
    return _shape(boundary).difference(_shape(whole)).area <= _tolerated(boundary)


def overlap(one: Boundary, other: Boundary) -> bool:
    """Whether some place would be in both."""
    return _shape(one).intersection(_shape(other)).area > min(_tolerated(one), _tolerated(other))


def covers(parts: Sequence[Boundary], whole: Boundary) -> bool:
    """Whether nothing of the whole is left out."""
    from shapely import unary_union

    return _shape(whole).difference(unary_union([_shape(one) for one in parts])).area <= _tolerated(whole)


def fitted(given: Mapping[str, Boundary], whole: Boundary | None) -> dict[str, dict[str, Any] | None]:
    """Parts that people drew, so that they share edges and no areas, and none reaches out of the whole."""
    from shapely import union_all

    done: list[Any] = []
    fit: dict[str, dict[str, Any] | None] = {}
    for name, boundary in given.items():
        part = _shape(boundary).difference(union_all(done)) if done else _shape(boundary)
        part = part if whole is None else part.intersection(_shape(whole))
        done.append(part)
        fit[name] = _written(part)
    return fit


def holds(boundary: Boundary, latitude: float, longitude: float) -> bool:
    """Whether the point is in it or on its edge."""
    from shapely import Point

    return bool(_shape(boundary).intersects(Point(longitude, latitude)))


def middle(boundary: Boundary) -> tuple[float, float]:
    """Latitude and longitude of a point that is certainly inside."""
    point = _shape(boundary).representative_point()
    return point.y, point.x


def shared_out(whole: Boundary, groups: Mapping[str, Sequence[Boundary]]) -> dict[str, dict[str, Any] | None]:
    """Cut an area into one part for each group: what is nearer to its members than to those of any other.

    A member belongs to its own part as a whole; nothing is left over and nothing is in two parts.
    """
    import shapely
    from shapely import MultiPoint, unary_union

    area: Any = _shape(whole)
    own: dict[str, Any] = {name: unary_union([_shape(one) for one in members]) for name, members in groups.items()}
    points: list[tuple[Any, str]] = [
        (_shape(one).representative_point(), name) for name, members in groups.items() for one in members
    ]
    cells: list[Any] = list(
        _untyped(shapely).voronoi_polygons(MultiPoint([one for one, _ in points]), extend_to=area).geoms
    )
    parts: dict[str, dict[str, Any] | None] = {}
    for name in own:
        near = [cell for cell in cells if any(cell.contains(point) for point, of in points if of == name)]
        others = unary_union([shape for other, shape in own.items() if other != name])
        part = area.intersection(unary_union([*near, own[name]]).difference(others))
        parts[name] = _written(part)
        area = area.difference(part)
    return parts


def _tolerated(boundary: Boundary) -> float:
    return max(DRAWN, DRAWN_SHARE * _shape(boundary).area)


def _untyped(module: Any) -> Any:
    return module


def _shape(boundary: Boundary) -> Any:
    from shapely.geometry import shape

    return shape(dict(boundary))


def _written(found: Any) -> dict[str, Any] | None:
    """Only what has an area: cutting leaves lines and points behind."""
    from shapely import MultiPolygon
    from shapely.geometry import mapping

    given: list[Any] = list(getattr(found, "geoms", [found]))
    pieces = [one for one in given if one.geom_type == "Polygon" and one.area > LOOSE]
    if not pieces:
        return None
    return _plain(mapping(pieces[0] if len(pieces) == 1 else MultiPolygon(pieces)))


def _plain(written: Any) -> dict[str, Any]:
    """Lists instead of tuples, as JSON gives them back."""
    return json.loads(json.dumps({"type": written["type"], "coordinates": written["coordinates"]}))
