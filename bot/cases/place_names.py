"""Which place a few words mean: the smallest one whose name, alias or address stands in them.

A district has thousands of names, so they are not looked for one by one: at each sign of the words a dictionary says
which names begin with it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.cases.levels import BUILDING, COMMUNITY
from bot.cases.near_names import NearNames

SHORT_ADDRESS = 4
"""A shorter address of a building is a number like 8幢, which every estate has."""
HOME = re.compile(r"(?:我家?|俺|家)(?:是)?(?:住在?|家?在)?$|住在?$")
"""Before the name of the place where somebody lives."""
MOST_SHARED = 3


@dataclass(frozen=True, slots=True)
class Named:
    """A place and what it is called."""

    id: int
    code: str
    depth: int
    parent_id: int | None
    names: Sequence[str]
    addresses: Sequence[str] = ()


@dataclass(slots=True)
class _Meant:
    """The places of one name: those it means by itself, and those (by what is above) it means only near that."""

    alone: list[int] = field(default_factory=list[int])
    below: dict[int, list[int]] = field(default_factory=dict[int, list[int]])


class PlaceNames:
    """All names of a grid. Never changes once made."""

    def __init__(self, places: Iterable[Named]) -> None:
        self._places = {place.id: place for place in places}
        self._meant: dict[str, _Meant] = {}
        for place in self._places.values():
            for name in dict.fromkeys(map(plain, place.names)):
                self._enter(name, place, by_itself=place.depth < BUILDING)
            for address in dict.fromkeys(map(plain, place.addresses)):
                whole = len(address) >= SHORT_ADDRESS and not address[0].isdigit()
                self._enter(address, place, by_itself=place.depth < BUILDING or whole)
        lengths: dict[str, set[int]] = {}
        for name in self._meant:
            lengths.setdefault(name[0], set()).add(len(name))
        self._near: NearNames | None = None
        self._lengths: Mapping[str, tuple[int, ...]] = {sign: tuple(found) for sign, found in lengths.items()}

    def _enter(self, name: str, place: Named, *, by_itself: bool) -> None:
        if not name:
            return
        meant = self._meant.setdefault(name, _Meant())
        if by_itself:
            if place.id not in meant.alone:
                meant.alone.append(place.id)
            return
        for above in self._above(place):
            if above.depth >= COMMUNITY and place.id not in meant.below.get(above.id, ()):
                meant.below.setdefault(above.id, []).append(place.id)

    def _above(self, place: Named) -> Iterator[Named]:
        for _ in range(BUILDING):
            found = self._places.get(place.parent_id) if place.parent_id is not None else None
            if found is None:
                return
            place = found
            yield found

    def find(self, words: str) -> int | None:
        """The smallest place, then the one with the longest name, then the one above which more is named too.

        A building (3栋) is meant only where its estate or community is named as well. What several places are called
        means none of them, but what is next in this order; of different names the smaller code.
        """
        heard = self._heard(plain(words))
        if not heard:
            return None
        near = {id_ for name in heard for id_ in self._meant[name].alone}
        ranks: dict[tuple[int, int, int], dict[str, set[int]]] = {}
        for name in heard:
            for id_ in self._candidates(name, near):
                place = self._places[id_]
                named_above = sum(above.id in near for above in self._above(place))
                ranks.setdefault((place.depth, len(name), named_above), {}).setdefault(name, set()).add(id_)
        return self._best(ranks)

    def several(self, words: str) -> list[int]:
        """The places that the words name in different estates or villages, in the order of the words.

        What is named after 我住 is where somebody lives, so it stands last. What contains another of them is none, and
        of several buildings of one estate the first counts. Of a name that several places have (up to three) all are.
        """
        said = plain(words)
        heard = self._heard(said)
        near = {id_ for name in heard for id_ in self._meant[name].alone}
        whole = [name for name in heard if not any(name != other and name in other for other in heard)]
        found: dict[int, int] = {}
        homes: set[int] = set()
        for name in sorted(whole, key=said.find):
            ids = sorted(dict.fromkeys(self._candidates(name, near)), key=lambda id_: self._places[id_].code)
            for id_ in ids if len(ids) <= MOST_SHARED else ():
                estate = self._estate(id_)
                if HOME.search(said[: said.find(name)]):
                    homes.add(estate)
                if found.get(estate, estate) == estate:
                    found[estate] = id_
        over = {above.id for id_ in found.values() for above in self._above(self._places[id_])}
        meant = [(estate in homes, id_) for estate, id_ in found.items() if id_ not in over]
        return [id_ for _, id_ in sorted(meant, key=lambda one: one[0])]

    def _estate(self, id_: int) -> int:
        """The estate or village of a building; any other place itself."""
        place = self._places[id_]
        return place.parent_id if place.depth >= BUILDING and place.parent_id is not None else id_

    def alike(self, words: str) -> list[int]:
        """Places whose name the words nearly have (one character wrong or left out), the likeliest first."""
        if self._near is None:
            names = [name for name, meant in self._meant.items() if meant.alone]
            self._near = NearNames(names)
        said = plain(words)
        found = (self.find(said.replace(part, name)) for part, name in self._near.in_words(said))
        return list(dict.fromkeys(id_ for id_ in found if id_ is not None))

    def _candidates(self, name: str, near: set[int]) -> Iterator[int]:
        meant = self._meant[name]
        yield from meant.alone
        for above in meant.below.keys() & near if meant.below else ():
            yield from meant.below[above]

    def _best(self, ranks: Mapping[tuple[int, int, int], Mapping[str, set[int]]]) -> int | None:
        shared: list[str] = []
        for rank in sorted(ranks, reverse=True):
            names = {name: ids for name, ids in ranks[rank].items() if not any(name in longer for longer in shared)}
            if single := [next(iter(ids)) for ids in names.values() if len(ids) == 1]:
                return min(single, key=lambda id_: self._places[id_].code)
            shared += names
        return None

    def _heard(self, words: str) -> set[str]:
        """The names that stand in the words. One that begins with a number is not the end of a longer number."""
        found: set[str] = set()
        before = ""
        for at, sign in enumerate(words):
            if (lengths := self._lengths.get(sign)) and not (sign.isdigit() and before.isdigit()):
                found.update(part for length in lengths if (part := words[at : at + length]) in self._meant)
            before = sign
        return found


def plain(words: str) -> str:
    """Words as they are compared: wide letters and digits made narrow, capitals small."""
    return unicodedata.normalize("NFKC", words).casefold().strip()
