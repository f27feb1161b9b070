"""回访: which closed cases are asked about by a person - all red ones, bad ratings, and one in ten of the others."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from bot.cases.case import Case, Colour, Contact
from bot.cases.conditions import is_praise

ONE_IN = 10
BAD_STARS = 2
MOST_TRIES = 3
"""So often somebody who cannot be reached is called again."""

VISITED = "visited"
"""A line of history: whoever reported was asked, and has answered."""

SOLVED = ("yes", "part", "no")
STARS = ("1", "2", "3", "4", "5")


class Why(StrEnum):
    """What makes a case one to be asked about."""

    RED = "red"
    BAD = "bad"
    SAMPLE = "sample"


DRAWN = frozenset({Why.RED, Why.SAMPLE})
"""Of these the coverage (回访覆盖率) is told; bad ratings are asked about besides."""

DAYS: Mapping[Why, int] = {Why.RED: 1, Why.BAD: 1, Why.SAMPLE: 3}
"""Workdays from the closing until the call is due."""


def was_bad(rating: Mapping[str, Any]) -> bool:
    """没解决, or one or two stars."""
    stars = rating.get("satisfied")
    return rating.get("solved") == "no" or (stars is not None and stars <= BAD_STARS)


def why_call(case: Case, rating: Mapping[str, Any], lot: int) -> Why | None:
    """Why a closed case is asked about, None if not; `lot` is its keyed number, always the same.

    Nobody is asked who wants no contact, and nothing is asked of a thank-you or of what had no result.
    """
    if case.resolved_at is None or case.contact is Contact.NONE or is_praise(case):
        return None
    if case.colour is Colour.RED:
        return Why.RED
    if was_bad(rating):
        return Why.BAD
    return Why.SAMPLE if lot % ONE_IN == 0 else None
