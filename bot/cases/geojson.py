"""GeoJSON as people hand it in: its features with their numbers and lines, and what is wrong with their coordinates."""

import json
import math
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from bot.cases.sheet import Mistake

LATITUDES, LONGITUDES = (3.0, 54.0), (73.0, 136.0)
"""China with its seas, in degrees of WGS84."""
WGS84 = frozenset({"crs84", "4326", "4490"})
"""What the last part of a coordinate system's name may be; 4490 (CGCS2000) is the same within a metre."""
SHORTEST_RING = 4
KINDS: Mapping[str, int] = {"Polygon": 1, "MultiPolygon": 2}
"""Kinds of boundaries, and how many lists are around their rings."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature: its number in the file (from 1), the line it begins in, and whatever stands in it."""

    number: int
    line: int
    body: Any


class _Object(dict[str, Any]):
    """An object of the file; `twice` are names that stand in it more than once."""

    twice: tuple[str, ...] = ()


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    made = _Object(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        made.twice = tuple(dict.fromkeys(name for name in names if names.count(name) > 1))
    return made


def twice(properties: object) -> tuple[str, ...]:
    """Names that stand more than once in an object of the file."""
    return properties.twice if isinstance(properties, _Object) else ()


def as_list(given: object) -> list[Any] | None:
    """What the file gives, if it is a list."""
    return cast("list[Any]", given) if isinstance(given, list) else None


def as_object(given: object) -> dict[str, Any] | None:
    """What the file gives, if it is an object."""
    return cast("dict[str, Any]", given) if isinstance(given, dict) else None


class NotGeoJSON(Exception):
    """The text is no collection of features; `mistake` says why and where."""

    def __init__(self, what: str, line: int = 0, value: str = "") -> None:
        super().__init__(what)
        self.mistake = Mistake(line, what, value)


_decode = json.JSONDecoder(object_pairs_hook=_object).raw_decode


def features(text: str) -> list[Feature]:
    """All features of a collection. Raises NotGeoJSON."""
    try:
        found = list(_features(text))
    except json.JSONDecodeError as error:
        raise NotGeoJSON("json_broken", error.lineno) from None
    except (RecursionError, ValueError):
        raise NotGeoJSON("json_broken") from None
    if not found:
        raise NotGeoJSON("no_features")
    return found


def _features(text: str) -> Iterator[Feature]:
    """Walk the outermost object by hand, so that it is known where each feature begins."""
    kind, seen, at = None, False, _begin(text)
    while text[at : at + 1] != "}":
        name, at = _decode(text, at)
        at = _after(text, at, ":")
        if name == "features":
            seen, at = True, (yield from _listed(text, at))
        else:
            line = text.count("\n", 0, at) + 1
            value, at = _decode(text, at)
            kind = value if name == "type" else kind
            if name == "crs" and not _is_wgs84(value):
                raise NotGeoJSON("not_wgs84", line)
        at = _next(text, at, "}")
    if (end := _skip(text, at + 1)) < len(text):
        raise json.JSONDecodeError("end", text, end)
    if kind != "FeatureCollection" or not seen:
        raise NotGeoJSON("not_collection")


def _begin(text: str) -> int:
    """Behind the brace that opens everything."""
    at = _skip(text, 0)
    if text[at : at + 1] == "[":
        raise NotGeoJSON("not_collection")
    return _after(text, at, "{")


def _listed(text: str, at: int) -> Generator[Feature, None, int]:
    """Each feature of the list; gives back where the list has ended."""
    if text[at : at + 1] != "[":
        raise NotGeoJSON("not_collection")
    at, line, counted, number = _skip(text, at + 1), 1, 0, 0
    while text[at : at + 1] != "]":
        number, line, counted = number + 1, line + text.count("\n", counted, at), at
        body, at = _decode(text, at)
        yield Feature(number, line, body)
        at = _next(text, at, "]")
    return at + 1


def _skip(text: str, at: int) -> int:
    while text[at : at + 1] in {" ", "\n", "\r", "\t"}:
        at += 1
    return at


def _after(text: str, at: int, sign: str) -> int:
    at = _skip(text, at)
    if text[at : at + 1] != sign:
        raise json.JSONDecodeError(sign, text, at)
    return _skip(text, at + 1)


def _next(text: str, at: int, end: str) -> int:
    """Behind the comma, or at the end."""
    at = _skip(text, at)
    return at if text[at : at + 1] == end else _after(text, at, ",")


def _is_wgs84(crs: Any) -> bool:
    """Whether the old member that names a coordinate system names this one (null: this one)."""
    if crs is None:
        return True
    properties = as_object((as_object(crs) or {}).get("properties")) or {}
    return str(properties.get("name", "")).casefold().replace(":", "/").rpartition("/")[2] in WGS84


@dataclass(frozen=True, slots=True)
class Crooked:
    """What is wrong with a geometry, and where."""

    what: str
    value: str = ""


def boundary(geometry: object) -> Mapping[str, Any] | Crooked:
    """A Polygon or MultiPolygon with plain positions (longitude, latitude), without heights; or what is wrong."""
    given = as_object(geometry) or {}
    kind = str(given.get("type"))
    if kind not in KINDS:
        return Crooked("geometry_kind", kind[:40])
    try:
        coordinates = _parts(given.get("coordinates"), KINDS[kind])
    except _Wrong as error:
        return error.crooked
    return {"type": kind, "coordinates": coordinates}


class _Wrong(Exception):
    def __init__(self, what: str, value: str = "") -> None:
        super().__init__(what)
        self.crooked = Crooked(what, value)


def _parts(given: object, depth: int) -> list[Any]:
    parts = as_list(given)
    if not parts:
        raise _Wrong("coordinates_wrong", str(given)[:40])
    return [_parts(part, depth - 1) for part in parts] if depth else _ring(parts)


def _ring(given: Sequence[Any]) -> list[list[float]]:
    ring = [_position(one) for one in given]
    if len(ring) < SHORTEST_RING:
        raise _Wrong("ring_short", _said(ring[0]))
    if ring[0] != ring[-1]:
        raise _Wrong("ring_open", _said(ring[0]))
    return ring


def _position(given: object) -> list[float]:
    numbers = (as_list(given) or [])[:2]
    if len(numbers) < 2 or not all(type(one) in {int, float} for one in numbers):
        raise _Wrong("coordinates_wrong", str(given)[:40])
    longitude, latitude = numbers
    if not (math.isfinite(longitude) and math.isfinite(latitude)):
        raise _Wrong("coordinates_nan", str(given)[:40])
    if (wrong := misplaced(latitude, longitude)) is not None:
        raise _Wrong(wrong, _said(numbers))
    return numbers


def misplaced(latitude: float, longitude: float) -> str | None:
    """What is wrong with a point: the two numbers are swapped, or it is not in China; None if it is."""
    if _within(latitude, LATITUDES) and _within(longitude, LONGITUDES):
        return None
    swapped = _within(longitude, LATITUDES) and _within(latitude, LONGITUDES)
    return "coordinates_swapped" if swapped else "coordinates_outside"


def _within(number: float, span: tuple[float, float]) -> bool:
    return span[0] <= number <= span[1]


def _said(position: Sequence[float]) -> str:
    return f"{position[0]:.6f}, {position[1]:.6f}"
