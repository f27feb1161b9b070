"""`yashu grid`: the places of the district from files and into them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.commands.plainly import told_plainly
from bot.commands.tabling import bar, end_with

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.cases.grid_file import Place
    from bot.cases.grid_tree import Sheet
    from bot.cases.sheet import Mistake, Row
    from bot.config import Settings
    from bot.desk.desk import Desk
    from bot.desk.grid_files import Plan
    from bot.texts.console_grid import GridTexts

LONG = 500
"""From so many places on a bar shows how far it is."""
LARGEST = 80 << 20
TABLES, MAPS = frozenset({".csv", ".xlsx"}), frozenset({".geojson", ".json"})


@click.group()
def grid() -> None:
    """Look after the grid: the places of the district, with names, addresses and boundaries."""


@grid.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--apply", is_flag=True, help="Write it. Without this nothing is changed.")
def import_(files: tuple[Path, ...], apply: bool) -> None:
    """Enter places from FILES: tables (.csv, .xlsx) and boundaries (.geojson); all of it, or nothing and every mistake.

    Columns: 编码, 名称, 层级; 上级编码, 别名, 地址, 户数, 党小组, 纬度, 经度, 生效日期, 停用日期 (or code, name,
    level, parent, aliases, addresses, households, party group, latitude, longitude, valid from, valid to). A feature
    has the code as a property, and may have the other columns as well. Known codes are changed, others stay.
    """
    with told_plainly():
        from bot.config import read_settings
        from bot.texts.console_grid import GridTexts

        settings = read_settings()
        texts = GridTexts(settings.language)
        plan = bring_in(settings, texts, files, apply=apply)
        tell_warnings(texts, plan.warnings)
        click.echo(texts.planned(len(plan.new), len(plan.changed), len(plan.closed), plan.same))
        click.echo(texts.entered() if apply else texts.dry())


def bring_in(settings: Settings, texts: GridTexts, files: Sequence[Path], *, apply: bool) -> Plan:
    """Compare the files with the grid, and enter them. Ends with 1 after telling what is wrong."""
    places, mistakes, warnings = _read(texts, files)
    plan = _entered(settings, texts, places, mistakes, apply=apply)
    plan.warnings[:0] = warnings
    return plan


def _read(texts: GridTexts, files: Sequence[Path]) -> tuple[list[Place], list[Mistake], list[Mistake]]:
    """What stands in the files, mistakes of single rows, and warnings. Ends with 1 where a file cannot be read."""
    from bot.cases.grid_file import HEADINGS, REQUIRED, places_of
    from bot.cases.sheet import Mistake
    from bot.desk.desk import Clock

    rows: list[Row] = []
    drawn: list[tuple[Row, Any]] = []
    mistakes: list[Mistake] = []
    warnings: list[Mistake] = []
    unread = False
    for file in files:
        if file.suffix.lower() in TABLES:
            found, wrong = table(file, HEADINGS, REQUIRED)
            rows += found
            unread = unread or (bool(wrong) and not found)
        elif file.suffix.lower() in MAPS:
            features, wrong, doubts = drawn_in(file, HEADINGS)
            drawn += features
            unread = unread or (bool(wrong) and not features)
            warnings += doubts
        else:
            wrong, unread = [Mistake(0, "file_kind", file=file.name)], True
        mistakes += wrong
    places, wrong = places_of(rows, drawn, Clock().now())
    if unread:
        end_in_order(texts, [*mistakes, *wrong])
    return places, [*mistakes, *wrong], warnings


def table(file: Path, headings: Mapping[str, str], required: Sequence[str]) -> tuple[list[Row], list[Mistake]]:
    """The rows of a table and its mistakes, each with the name of the file."""
    from bot.commands.sheets import read_sheet

    rows, mistakes = read_sheet(file, headings, required)
    return [replace(row, file=file.name) for row in rows], [replace(one, file=file.name) for one in mistakes]


def drawn_in(file: Path, known: Mapping[str, str]) -> tuple[list[tuple[Row, Any]], list[Mistake], list[Mistake]]:
    """The features of a file, with what is wrong and what is doubtful, each with its name."""
    from bot.cases.geojson import NotGeoJSON, features
    from bot.cases.grid_file import rows_of
    from bot.commands.sheets import Unusable, read_text

    try:
        return rows_of(features(read_text(file, LARGEST)), file.name, known)
    except (Unusable, NotGeoJSON) as error:
        return [], [replace(error.mistake, file=file.name)], []


def _entered(
    settings: Settings, texts: GridTexts, places: list[Place], mistakes: list[Mistake], *, apply: bool
) -> Plan:
    from bot.commands.at_desk import look_then_write
    from bot.desk.grid_files import compare, enter

    async def look(desk: Desk) -> Plan:
        with bar(texts.looking(), len(places), long=LONG) as shown:
            plan = await compare(desk, places, shown.update, mistakes)
        end_in_order(texts, plan.mistakes)
        return plan

    async def write(desk: Desk, plan: Plan) -> None:
        with bar(texts.entering(), len(plan.new) + len(plan.changed), long=LONG) as shown:
            end_in_order(texts, await enter(desk, plan, shown.update))

    return look_then_write(settings, look, write if apply else None)


def end_in_order(texts: GridTexts, mistakes: Sequence[Mistake]) -> None:
    """Tell the mistakes of several files, each file by its lines, and end with 1 if there is one."""
    end_with(texts, sorted(mistakes, key=lambda one: (one.file, one.line)))


def tell_warnings(texts: GridTexts, warnings: Sequence[Mistake]) -> None:
    """Tell what is doubtful; nothing ends because of it."""
    from bot.texts.console_grid import MILD
    from bot.texts.console_tables import SHOWN

    for one in sorted(warnings, key=lambda one: (one.what in MILD, one.file, one.line))[:SHOWN]:
        click.echo(texts.warning(one), err=True)
    if warnings:
        click.echo(texts.warnings(len(warnings)), err=True)


@grid.command()
@click.argument("into", nargs=-1, required=True, type=click.Path(path_type=Path))
def export(into: tuple[Path, ...]) -> None:
    """Write the grid, as `import` reads it, INTO a folder (grid.csv and grid.geojson) or the files that are named."""
    with told_plainly():
        from bot.commands.at_desk import look_then_write
        from bot.config import read_settings
        from bot.desk.grid_files import written
        from bot.texts.console_grid import GridTexts

        settings = read_settings()
        texts = GridTexts(settings.language)
        files = [*into]
        if len(into) == 1 and (into[0].is_dir() or not into[0].suffix):
            into[0].mkdir(parents=True, exist_ok=True)
            files = [into[0] / "grid.csv", into[0] / "grid.geojson"]
        if any(file.suffix.lower() not in TABLES | MAPS for file in files):
            raise click.BadParameter(texts.export_to())
        sheets = look_then_write(settings, written, None)
        for file in files:
            _write(texts, file, sheets)
        click.echo(texts.exported(len(sheets), *files))


def _write(texts: GridTexts, file: Path, sheets: Sequence[Sheet]) -> None:
    from bot.cases.grid_file import COLUMNS, cells_of, collection
    from bot.commands.sheets import write_private, write_table

    if file.suffix.lower() in TABLES:
        headings = [texts.word(names[-1], names[0]) for names in COLUMNS.values()]
        write_table(file, headings, [list(cells_of(sheet, texts.word).values()) for sheet in sheets])
    else:
        write_private(file, collection(sheets).encode())
