"""What was learned from sentences (`yashu lab train`): how strongly each piece of a text speaks for a matter or danger.

One line a piece, readable: the piece, a tab, and for each column what it adds in hundredths. Columns are codes of
matters (H01a), the same told as a danger that is real and present (A01!), `-` for small talk and `!` for danger of
any kind. The line without a piece says what each column begins with.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from math import exp, log, sqrt
from pathlib import Path

SHIPPED = Path(__file__).parent / "learned.txt"
SCALE = 100
Pairs = tuple[tuple[int, int], ...]
DANGER = "!"
SMALL_TALK = "-"


class Learned:
    """The learned weights. A line is only taken apart when its piece is first heard."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = dict(line.rstrip("\n").split("\t", 1) for line in lines if "\t" in line)
        begins = [pair.rsplit("=", 1) for pair in self._lines.pop("").split()]
        self._columns = {column: at for at, (column, _) in enumerate(begins)}
        self._begins = [int(weight) / SCALE for _, weight in begins]
        self._known: dict[str, Pairs] = {}
        self.matters = frozenset(column.rstrip(DANGER) for column in self._columns) - {"", SMALL_TALK}

    def of(self, piece: str) -> Pairs:
        """What the piece adds to which columns, in hundredths; nothing for an unknown one."""
        known = self._known.get(piece)
        if known is not None:
            return known
        if (line := self._lines.get(piece)) is None:
            return ()
        pairs = (pair.rsplit("=", 1) for pair in line.split())
        known = self._known[piece] = tuple((self._columns[column], int(weight)) for column, weight in pairs)
        return known

    def score(self, heard: Collection[str]) -> dict[str, float] | None:
        """How strongly the pieces speak for each column; None if none of them is known."""
        known = [of for piece in heard if (of := self.of(piece))]
        if not known:
            return None
        total = [0] * len(self._begins)
        for of in known:
            for at, weight in of:
                total[at] += weight
        scale = SCALE * sqrt(len(known))
        return {column: self._begins[at] + total[at] / scale for column, at in self._columns.items()}

    def reasons(self, heard: Collection[str], columns: Collection[str], limit: int) -> tuple[str, ...]:
        """The pieces that spoke loudest for a matter, none inside another; the explanation of a guess."""
        wanted = {at for column, at in self._columns.items() if column in columns}
        loud = [
            (sum(weight for at, weight in self.of(piece) if at in wanted) * sqrt(len(piece)), piece)
            for piece in heard
            if len(piece) > 1
        ]
        kept: list[str] = []
        for weight, piece in sorted(loud, reverse=True):
            if len(kept) == limit or weight <= 0:
                break
            if not any(piece in other or other in piece for other in kept):
                kept.append(piece)
        return tuple(kept)


def log_sum(scores: Iterable[float]) -> float:
    """The logarithm of the sum of what the scores are logarithms of."""
    all_ = tuple(scores)
    top = max(all_)
    return top + log(sum(exp(score - top) for score in all_)) if len(all_) > 1 else top


def per_matter(scores: Mapping[str, float]) -> dict[str, float]:
    """The logarithm of how likely each matter is, told as a danger or not; small talk is one of them."""
    told_as = _told_as(tuple(scores))
    whole = log_sum(scores[column] for columns in told_as.values() for column in columns)
    return {code: log_sum([scores[column] for column in columns]) - whole for code, columns in told_as.items()}


@lru_cache(4)
def _told_as(columns: tuple[str, ...]) -> Mapping[str, Sequence[str]]:
    """By matter, its columns."""
    merged: dict[str, list[str]] = defaultdict(list)
    for column in columns:
        if column != DANGER:
            merged[column.rstrip(DANGER)].append(column)
    return merged


def danger_of(scores: Mapping[str, float]) -> float:
    """How strongly somebody seems in danger now: above 0 more likely than not. Both ways of learning it, halved."""
    told = {column: score for column, score in scores.items() if column != DANGER}
    yes = log_sum(score for column, score in told.items() if column.endswith(DANGER))
    no = log_sum(score for column, score in told.items() if not column.endswith(DANGER))
    return (yes - no + scores[DANGER]) / 2


@cache
def shipped() -> Learned:
    """The weights that come with the program; read when the first words come."""
    with SHIPPED.open(encoding="utf-8") as lines:
        return Learned(lines)
