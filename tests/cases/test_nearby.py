"""How near an open case is, as a stranger may know it: asked from however many points, nobody is found by it."""

from typing import Any

import pytest

from bot.cases.draft import Draft
from bot.cases.nearby import alike, blurred, metres
from tests.cases.people import a_case

HERE = (32.19001, 119.59302)
BESIDE = (32.19012, 119.59324)
"""Another door, some 25 m away, in the same square of 50 m."""


def _from(latitude: float, longitude: float, door: tuple[float, float]) -> int | None:
    asked = Draft(id="d", latitude=latitude, longitude=longitude)
    return blurred(metres(a_case(latitude=door[0], longitude=door[1]), asked))


def test_no_point_from_which_it_is_asked_tells_one_door_from_the_next() -> None:
    probes = [(32.1880 + 0.00005 * at, 119.5910 + 0.00005 * at) for at in range(80)]
    assert [_from(*one, HERE) for one in probes] == [_from(*one, BESIDE) for one in probes]


@pytest.mark.parametrize(("north", "least", "most"), [(0.0, 50, 50), (0.001, 100, 200), (0.0018, 200, 250)])
def test_the_distance_is_about_right(north: float, least: int, most: int) -> None:
    away = _from(HERE[0] + north, HERE[1], HERE)
    assert away is not None and least <= away <= most


def test_two_cases_are_alike_when_near_of_one_kind_and_as_secret() -> None:
    case = a_case(id=2, latitude=HERE[0], longitude=HERE[1])
    beside: dict[str, Any] = {"latitude": BESIDE[0], "longitude": BESIDE[1]}
    assert alike(a_case(id=1, matter="H05", **beside), case), "roads and lamps stand on one shelf"
    assert not alike(a_case(id=2, **beside), case), "itself"
    assert not alike(a_case(id=1, matter="G01", **beside), case)
    assert not alike(a_case(id=1, sealed=True, **beside), case)
    assert not alike(a_case(id=1, latitude=HERE[0] + 0.01, longitude=HERE[1]), case)
    person = a_case(id=2, matter="E01", **beside)
    assert not alike(a_case(id=1, matter="E02", **beside), person), "of people only the same row"
    assert alike(a_case(id=1, matter="E01", **beside), person)
