"""Who is complained of: which names in a report mean that their bearers must neither see nor handle it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

AUTOMATIC = frozenset({"C11", "C12"})
"""Conduct of officials, and how the law was applied: whoever is named there is complained of, without asking."""

ACCUSING = re.compile(
    "投诉|举报|告状|控告|检举|不作为|乱作为|慢作为|不管|不理|没人管|推诿|踢皮球|刁难|态度|骂人|打人|包庇|袒护|偏袒|"
    "贪|受贿|行贿|收钱|要钱|红包|好处|吃拿卡要|乱收费|乱罚|违规|违纪|违法|弄虚作假|造假|欺负|报复|不给办|作风"
)
SENTENCE = re.compile(r"[。！？!?；;\n]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A unit, or somebody of the register, by the name that stands in a report."""

    unit_id: int | None
    member_id: int | None
    person_id: int | None
    name: str


def accuses(words: str) -> bool:
    """Whether a report complains of somebody at all."""
    return ACCUSING.search(words) is not None


def is_automatic(matter: str) -> bool:
    """Whether whoever is named in a report of this matter is blocked without a dispatcher."""
    return matter[:3] in AUTOMATIC


def complained_of(words: str, names: Collection[str], *, always: bool) -> set[str]:
    """The names that stand in a sentence which complains; `always`: in any sentence.

    A report names units all day to say where it is (新茂社区3栋): that alone is no complaint.
    """
    sentences = [one for one in SENTENCE.split(words) if always or accuses(one)]
    return {name for name in names if any(name in one for one in sentences)}


def below(above: Mapping[int, int | None], units: Collection[int]) -> set[int]:
    """These units and all below them: nobody judges a complaint of whom they answer to.

    `above` is the parent of every unit.
    """
    found = set(units)
    while more := {one for one, parent in above.items() if parent in found} - found:
        found |= more
    return found
