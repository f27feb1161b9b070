"""Who whistles where (人民吹哨员): kinds of people by community, and which kind is missing."""

from collections.abc import Iterable, Mapping, Sequence

KINDS = (
    "网格员",
    "楼栋长",
    "村民小组长",
    "网信工作人员",
    "热心网民",
    "司法综治员",
    "社区民警",
    "企业网格员",
    "物业",
    "志愿者",
)
"""The kinds every community should have; what the register has besides is shown behind them."""

BY_ROLE: Mapping[str, str] = {"grid_member": "网格员", "building_head": "楼栋长"}
"""Roles that are a kind by themselves."""

SILENT_DAYS = 14
"""A grid with nothing reported for so long is looked at."""


def matrix(places: Sequence[int], people: Iterable[tuple[int, str]]) -> tuple[list[str], dict[int, list[int]]]:
    """Counts of each kind in each place, and the kinds in the order of the columns.

    `people` are (place, kind); one whose place is none of `places` is left out.
    """
    counted: dict[int, dict[str, int]] = {place: {} for place in places}
    others: dict[str, None] = {}
    for place, kind in people:
        if place in counted:
            counted[place][kind] = counted[place].get(kind, 0) + 1
            if kind not in KINDS:
                others[kind] = None
    kinds = [*KINDS, *sorted(others)]
    return kinds, {place: [counts.get(kind, 0) for kind in kinds] for place, counts in counted.items()}


def missing(kinds: Sequence[str], counts: Sequence[int]) -> list[str]:
    """The kinds every community should have and this one has not."""
    return [kind for kind, count in zip(kinds, counts, strict=True) if kind in KINDS and not count]
