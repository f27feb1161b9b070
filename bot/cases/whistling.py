"""Becoming a 人民吹哨员: for how long, why somebody is refused, and what is whistled about first (吹哨事项清单)."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from types import MappingProxyType

from bot.cases.matter import Matter

ROLE = "whistleblower"
LINK = "w_"
"""Begins the link by which somebody who was put forward says yes."""

HOLDS = timedelta(days=365)
ENDS_SOON = timedelta(days=14)
"""So long before the end the community is asked whether it goes on."""

UNTOLD, SOON, OVER, GONE = 0, 1, 2, 3
"""What somebody was told of the end: nothing yet, that it comes, that it came; and then nobody knows who it was."""

RENEWED_LATE = timedelta(days=30)
"""So long after the end one tap still renews it."""

OFFER_HOLDS = timedelta(days=30)
MOST_OFFERS = 10
"""So many people one person may put forward at a time."""

MOST_REFUSED = 3
"""Whoever was refused so often within `REFUSED_WITHIN` rests before the next try."""

REFUSED_WITHIN = timedelta(days=30)
REASONS = ("place", "kind", "enough", "unknown", "talk")
"""Why the community says no: lives elsewhere, another kind fits, there are enough, nobody knows them, come and talk."""

FIRST: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "life": ("A", "B01", "B02", "B03", "B04", "B05"),
        "law": ("C01", "C06", "C07", "C08", "C09", "C10", "D01", "F04b"),
        "evil": ("C02", "C03", "C04", "C05"),
        "care": ("E",),
    }
)
"""The four parts of the 吹哨事项清单, and how the codes of their matters begin."""


def of_part(matters: Iterable[Matter], part: str) -> list[Matter]:
    """The matters of a part of the list; none for an unknown one."""
    begins = FIRST.get(part, ())
    return [one for one in matters if not one.members_only and begins and one.code.startswith(begins)]
