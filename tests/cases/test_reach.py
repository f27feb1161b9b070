"""改派 by a town stays in the town, cell by cell: who, by what, to which unit."""

from itertools import product

import pytest

from bot.cases.actions import CENTRE, Action, Role
from bot.cases.case import Level
from bot.cases.reach import within_reach

OWN, OTHER = "/1/2/", "/1/9/"
TARGETS = {
    "community of the town": (Level.COMMUNITY, "/1/2/5/"),
    "office of the town": (Level.TOWN, OWN),
    "community of another town": (Level.COMMUNITY, "/1/9/4/"),
    "office of another town": (Level.TOWN, OTHER),
    "department of the district": (Level.DISTRICT, "/1/"),
    "department that sits in the town": (Level.DISTRICT, OWN),
    "unit without a place": (Level.TOWN, None),
}
INSIDE = {"community of the town", "office of the town"}
WAYS = (Action.REASSIGN, Action.ESCALATE, Action.DISPATCH, Action.INSIST)


@pytest.mark.parametrize(("role", "action", "target"), list(product(sorted(CENTRE), WAYS, TARGETS)))
def test_only_a_town_that_sends_a_case_on_is_held_to_its_own_units(role: Role, action: Action, target: str) -> None:
    level, path = TARGETS[target]
    free = role is Role.DISTRICT_DISPATCHER or action is not Action.REASSIGN
    assert within_reach(role, action, level, path, [OWN]) == (free or target in INSIDE)


def test_who_dispatches_for_two_towns_reaches_both_and_for_none_nothing() -> None:
    held = (Role.TOWN_DISPATCHER, Action.REASSIGN, Level.TOWN, OTHER)
    assert within_reach(*held, [OWN, OTHER]) and not within_reach(*held, [])
