"""A table that somebody filled in: which column is which, its rows with their lines, and what is wrong with it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

CUT_SHORT = re.compile(r"[0-9](\.[0-9]+)?[Ee]\+?[0-9]{1,3}")
"""1.38E+10: what spreadsheets make of a long number, and write into a CSV."""


def unread_number(words: str, otherwise: str) -> str:
    """What is wrong with a number or code that cannot be read: cut short by a spreadsheet, or something else."""
    return "number_cut" if CUT_SHORT.fullmatch(words) else otherwise


@dataclass(frozen=True, slots=True)
class Row:
    """One filled line: its number in the file as a spreadsheet shows it, and its cells by the name of their column.

    `file` where several are read together, `feature` the number of a thing in GeoJSON.
    """

    line: int
    cells: Mapping[str, str]
    file: str = ""
    feature: int = 0

    def get(self, column: str) -> str:
        """A cell without spaces around it; empty where there is none."""
        return self.cells.get(column, "")

    def wrong(self, what: str, value: str = "", other: str = "") -> "Mistake":
        """A mistake that stands here."""
        return Mistake(self.line, what, value, other, self.file, self.feature)


@dataclass(frozen=True, slots=True)
class Mistake:
    """`what` names a sentence of bot/texts, `value` is what stands there; line 0 means the file as a whole.

    `other` is a second fact of the sentence; `file` and `feature` are those of the row.
    """

    line: int
    what: str
    value: str = ""
    other: str = ""
    file: str = ""
    feature: int = 0


def columns(
    headings: Sequence[str], known: Mapping[str, str], required: Collection[str], line: int
) -> tuple[list[str | None], list[Mistake]]:
    """The column behind each heading (None: an empty one), and what is wrong with the headings.

    `known` has every heading that is understood, in small letters and without spaces, and the column it means.
    """
    found: list[str | None] = []
    mistakes: list[Mistake] = []
    for heading in headings:
        plain = "".join(heading.split()).casefold()
        column = known.get(plain)
        if plain and column is None:
            mistakes.append(Mistake(line, "heading_unknown", heading))
        elif column is not None and column in found:
            mistakes.append(Mistake(line, "heading_twice", heading))
        found.append(column)
    first = {column: heading for heading, column in reversed(tuple(known.items()))}
    missing = [first[column] for column in required if column not in found]
    return found, [*mistakes, *(Mistake(line, "heading_missing", heading) for heading in missing)]
