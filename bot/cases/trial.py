"""How well first words are understood: labelled reports, what was made of them, and the figures."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.cases.catalogue import OTHER, Catalogue
from bot.cases.placing import Place, Weights, place_in

GUESSES = 3
COVERS = 0.7
"""The place is found if the words that were taken for it hold this much of it ..."""
BELONGS = 0.5
"""... and this much of them belongs to it."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A report and what it is about, as somebody judged it: rows of the catalogue, danger now, words of its place."""

    text: str
    rows: frozenset[str]
    first: str
    danger: bool
    place: str | None


@dataclass(frozen=True, slots=True)
class Tried:
    """A report and what was understood: rows, best first, danger, whether the place is the right one."""

    report: Labelled
    guessed: tuple[str, ...]
    danger: bool
    placed: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of all reports; of those with danger, without danger, and with a place."""

    n: int
    matter_top1: float
    matter_top3: float
    danger_recall: float
    danger_false_alarm: float
    place_found: float
    place_false: float
    ms_each: float


def tried(report: Labelled, catalogue: Catalogue, places: Weights | None = None) -> Tried:
    """What the product makes of a report. That nothing is suggested means 其他: the way to all matters is shown."""
    rows = tuple(matter.row for matter in catalogue.suggest(report.text, GUESSES)) or (OTHER,)
    danger = catalogue.danger(report.text) is not None
    return Tried(report, rows, danger, right_place(report, place_in(report.text, places)))


def right_place(report: Labelled, found: Place | None) -> bool:
    """Whether the place that was found is the one that is meant; where there is none, whether none was found."""
    if report.place is None or found is None:
        return report.place is None and found is None
    start = report.text.find(report.place)
    both = min(start + len(report.place), found.end) - max(start, found.start)
    return both >= COVERS * len(report.place) and both >= BELONGS * (found.end - found.start)


def figures(all_: Sequence[Tried], seconds: float) -> Figures:
    """The figures of what was tried, which took so many seconds."""
    in_danger = [one for one in all_ if one.report.danger]
    calm = [one for one in all_ if not one.report.danger]
    return Figures(
        n=len(all_),
        matter_top1=share(one.guessed[0] in one.report.rows for one in all_),
        matter_top3=share(not one.report.rows.isdisjoint(one.guessed) for one in all_),
        danger_recall=share(one.danger for one in in_danger),
        danger_false_alarm=share(one.danger for one in calm),
        place_found=share(one.placed for one in all_ if one.report.place),
        place_false=share(not one.placed for one in all_ if not one.report.place),
        ms_each=round(1000 * seconds / max(1, len(all_)), 3),
    )


def share(hits: Iterable[bool]) -> float:
    """How many of all, 0 if there are none."""
    known = list(hits)
    return round(sum(known) / len(known), 4) if known else 0.0


def confusion(all_: Iterable[Tried]) -> list[tuple[str, str, int]]:
    """What was taken for what as the first guess: the right row, the guessed one, how often; the commonest first."""
    wrong = Counter((one.report.first, one.guessed[0]) for one in all_ if one.guessed[0] not in one.report.rows)
    return [
        (right, guessed, times) for (right, guessed), times in sorted(wrong.items(), key=lambda it: (-it[1], it[0]))
    ]
