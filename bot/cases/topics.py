"""What residents can hear of a place they follow, and which places can be followed."""

from collections.abc import Iterable
from enum import StrEnum

from bot.cases.levels import COMMUNITY

MOST_PLACES = 5
"""So many places one person follows."""


class Topic(StrEnum):
    """What a notice to residents is about. Each can be switched off for each place."""

    RESULTS = "results"
    WORKS = "works"
    WARNINGS = "warnings"
    NOTICES = "notices"


EVERYTHING = frozenset(Topic)
ANNOUNCED = (Topic.WORKS, Topic.WARNINGS, Topic.NOTICES)
"""What people announce; results are published from their cases only."""


def packed(topics: Iterable[Topic]) -> int:
    """Topics as one number below sixteen, as a button carries them."""
    return sum(1 << at for at, topic in enumerate(Topic) if topic in set(topics))


def unpacked(number: int) -> frozenset[Topic]:
    """The topics of such a number."""
    return frozenset(topic for at, topic in enumerate(Topic) if number >> at & 1)


def may_be_followed(depth: int) -> bool:
    """Whether a place can be followed: from the community down, or one would be told of every lamp of a town."""
    return depth >= COMMUNITY
