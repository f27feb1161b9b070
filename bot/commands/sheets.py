"""Files people fill in: the rows of a CSV or xlsx file as dicts, with lines as a spreadsheet counts them; writing one.

Whoever reads one says which headings are understood (bot/cases); nothing in the file is run or followed.
"""

import csv
import io
import os
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.cases.errors import Broken
from bot.cases.sheet import Mistake, Row, columns

LARGEST = 20 << 20
LARGEST_UNPACKED = 300 << 20
MOST_ROWS = 60_000
MOST_COLUMNS = 60
LONGEST_CELL = 20_000
MOST_TITLES = 4
ENCODINGS = ("utf-8-sig", "gb18030")
SIGNS_BETWEEN = (",", "\t", ";")

Line = tuple[int, list[str]]


class Unusable(Exception):
    """The file cannot be read at all; `mistake` says why."""

    def __init__(self, what: str, value: str = "") -> None:
        super().__init__(what)
        self.mistake = Mistake(0, what, value)


def read_sheet(path: Path, known: Mapping[str, str], required: Collection[str]) -> tuple[list[Row], list[Mistake]]:
    """The filled rows below the line of headings. Without usable headings there are mistakes and no rows."""
    try:
        lines = [(line, cells) for line, cells in _lines(path) if any(cells)]
    except Unusable as error:
        return [], [error.mistake]
    if not lines:
        return [], [Mistake(0, "empty")]
    (line, headings), *rest = _below_title(lines, known)
    found, mistakes = columns(headings, known, required, line)
    if mistakes:
        return [], mistakes
    return [Row(at, _named(found, cells)) for at, cells in rest], [] if rest else [Mistake(0, "empty")]


def _below_title(lines: Sequence[Line], known: Mapping[str, str]) -> Sequence[Line]:
    """The lines from the headings on: tables of offices have a title above them, which names no column."""
    for begin in range(min(len(lines), 1 + MOST_TITLES)):
        if any("".join(cell.split()).casefold() in known for cell in lines[begin][1]):
            return lines[begin:]
    return lines


def _named(found: Sequence[str | None], cells: Sequence[str]) -> dict[str, str]:
    return {column: cell for column, cell in zip(found, cells, strict=False) if column is not None}


def _lines(path: Path) -> Iterator[Line]:
    if path.stat().st_size > LARGEST:
        raise Unusable("too_large", f"{LARGEST >> 20}")
    lines = _of_xlsx(path) if path.suffix.lower() == ".xlsx" else _of_csv(path)
    for count, (line, cells) in enumerate(lines):
        if count > MOST_ROWS:
            raise Unusable("too_many_rows", str(MOST_ROWS))
        yield line, [cell.strip()[:LONGEST_CELL] for cell in cells[:MOST_COLUMNS]]


def _of_csv(path: Path) -> Iterator[Line]:
    text = decoded(path.read_bytes())
    first = text.partition("\n")[0]
    between = max(SIGNS_BETWEEN, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    begin = 1
    try:
        for cells in reader:
            yield begin, cells
            begin = reader.line_num + 1
    except csv.Error:
        raise Unusable("csv_broken", str(reader.line_num)) from None


def decoded(content: bytes) -> str:
    """UTF-8, or the encoding of Chinese Windows. Something else (UTF-16, a picture) has NULs or does not decode."""
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unusable("encoding")


def _of_xlsx(path: Path) -> Iterator[Line]:
    from openpyxl import load_workbook  # only where somebody hands in such a file

    try:
        with zipfile.ZipFile(path) as parcel:
            unpacked = sum(part.file_size for part in parcel.infolist())
        if unpacked > LARGEST_UNPACKED:
            raise Unusable("too_large", f"{LARGEST >> 20}")
        book: Any = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            sheet: Any = book.worksheets[0]
            rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
            yield from ((line, [_words(cell) for cell in cells]) for line, cells in enumerate(rows, 1))
        finally:
            book.close()
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, SyntaxError, OSError, EOFError, TypeError):
        raise Unusable("not_xlsx") from None


def _words(cell: Any) -> str:
    """A cell as it reads: spreadsheets keep numbers (a telephone's too) as floats, and days as times."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(cell)


def read_text(path: Path, largest: int) -> str:
    """The text of a file in any of the encodings. Raises Unusable."""
    if path.stat().st_size > largest:
        raise Unusable("too_large", f"{largest >> 20}")
    return decoded(path.read_bytes())


def write_table(path: Path, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The same as CSV (as spreadsheet programs of China open it: UTF-8 with its mark) or xlsx, as the name says."""
    if path.suffix.lower() == ".xlsx":
        write_sheet(path, headings, rows)
        return
    content = io.StringIO(newline="")
    csv.writer(content).writerows((headings, *rows))
    write_private(path, content.getvalue().encode("utf-8-sig"))


def write_sheet(path: Path, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """An xlsx file for its owner's eyes alone. Every cell is text, so none of them is ever a formula or a link."""
    from xlsxwriter import Workbook  # pyright: ignore[reportMissingTypeStubs] - only where somebody wants one

    content = io.BytesIO()
    book: Any = Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    sheet: Any = book.add_worksheet()
    bold: Any = book.add_format({"bold": True})
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, bold)
        sheet.set_column(column, column, 16)
    for line, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells):
            sheet.write_string(line, column, cell)
    sheet.freeze_panes(1, 0)
    book.close()
    write_private(path, content.getvalue())


def write_private(path: Path, content: bytes) -> None:
    """A file that nobody but its owner can read; one that is there is replaced in one step.

    Raises Broken if it cannot be written.
    """
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.unlink(missing_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        fresh.replace(path)
    except OSError as error:
        raise Broken(f"{path}: {error.strerror}") from error
