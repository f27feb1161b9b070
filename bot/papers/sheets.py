"""Sheets for a spreadsheet program: rows in, a file out. Nobody's words ever become a formula or a link."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter

Cell = str | int | float | None
MOST_NAME = 31
"""Characters in the name of a sheet."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a name, a line above it, the head, the rows, lines below, and how wide each column is."""

    name: str
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()
    widths: Sequence[int] = ()


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The file of these sheets."""
    content = BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book: Any = xlsxwriter.Workbook(content, safe)  # its types know no properties
    bold = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bg_color": "#e8f3ea", "border": 1})
    plain = book.add_format({"border": 1})
    for one in sheets:
        page = book.add_worksheet(one.name[:MOST_NAME])
        page.write_string(0, 0, one.title, bold)
        page.write_row(1, 0, one.head, head)
        for at, row in enumerate(one.rows, start=2):
            page.write_row(at, 0, row, plain)
        for at, note in enumerate(one.notes, start=len(one.rows) + 3):
            page.write_string(at, 0, note)
        for at, width in enumerate(one.widths):
            page.set_column(at, at, width)
        page.freeze_panes(2, 1)
    book.close()
    return content.getvalue()
