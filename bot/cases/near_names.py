"""Names that were nearly said: one character wrong (新岗小区), or left out. A name that sounds alike comes first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

SHORTEST = 4
"""Of a shorter name too little is left if one character is wrong."""
ANY = "*"
SAME_SOUND = 12
"""The commoner characters of GB 2312 are in the order of their sound: so near to each other they sound alike."""
FIRST_SOUND, LAST_SOUND = 0xB0A1, 0xD7F9


class NearNames:
    """Each name without one of its characters, so that a slip is found by looking up."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(name for name in names if len(name) >= SHORTEST)
        self._open: dict[str, list[str]] = defaultdict(list)
        self._short: dict[str, list[str]] = defaultdict(list)
        self._lengths: set[int] = set()
        for name in sorted(self._names):
            self._lengths.add(len(name))
            for at in range(len(name)):
                self._open[name[:at] + ANY + name[at + 1 :]].append(name)
                self._short[name[:at] + name[at + 1 :]].append(name)

    def in_words(self, words: str) -> list[tuple[str, str]]:
        """What was said and the name it nearly is, the likeliest first."""
        found: dict[tuple[str, str], int] = {}
        for length in self._lengths:
            for part in {words[at : at + length] for at in range(len(words) - length + 1)} - self._names:
                for name, worth in self._slips(part):
                    found[part, name] = max(worth, found.get((part, name), 0))
            for part in {words[at : at + length - 1] for at in range(len(words) - length + 2)}:
                for name in self._short.get(part, ()):
                    found.setdefault((part, name), 1)
        return sorted(found, key=lambda slip: (-found[slip], -len(slip[1]), slip))

    def _slips(self, part: str) -> Iterator[tuple[str, int]]:
        """Names of the same length with one other character: 3 if it sounds alike, else 2."""
        for at in range(len(part)):
            for name in self._open.get(part[:at] + ANY + part[at + 1 :], ()):
                yield name, 3 if sounds_alike(part[at], name[at]) else 2


def sounds_alike(one: str, other: str) -> bool:
    """Whether two characters sound alike, as far as the order of GB 2312 tells."""
    first, second = _place(one), _place(other)
    return first is not None and second is not None and abs(first - second) <= SAME_SOUND


def _place(sign: str) -> int | None:
    code = sign.encode("gb2312", "ignore")
    number = int.from_bytes(code) if len(code) == 2 else 0
    if not FIRST_SOUND <= number <= LAST_SOUND:
        return None
    return (code[0] - 0xB0) * 94 + code[1] - 0xA1
