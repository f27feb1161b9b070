"""`yashu patrol month`: the month sheet of a place as a file for a spreadsheet program."""

from pathlib import Path

import click

from bot.commands.plainly import told_plainly
from bot.texts.console import RunTexts, language_of_console


@click.group()
def patrol() -> None:
    """Look at the patrol log."""


@patrol.command()
@click.argument("month")
@click.option("--node", "code", required=True, help="Code of the place; everything below it is on the sheet.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File to write (.xlsx).")
def month(month: str, code: str, out: Path) -> None:
    """Write who noted which day of MONTH (2026-11) at a place and below it."""
    with told_plainly():
        from bot.cases.months import days_of, month_of
        from bot.commands.at_desk import look, node_named
        from bot.commands.sheets import write_private
        from bot.desk.desk import Desk
        from bot.desk.patrol_month import month_rows
        from bot.papers.sheets import Sheet, workbook

        first = month_of(month)
        if first is None:
            raise click.BadParameter(RunTexts(language_of_console()).month_like())

        async def sheet(desk: Desk) -> Sheet:
            node = await node_named(desk, code)
            rows = await month_rows(desk, node, first)
            head = desk.texts().month_head([day.day for day in days_of(first)])
            cells = [desk.texts().month_row(row) for row in rows]
            return Sheet(month, desk.texts().month_title(first, node.name), head, cells, widths=[12, 10, 20])

        found = look(sheet)
        write_private(out, workbook([found]))
        click.echo(RunTexts(language_of_console()).sheet_written(out, len(found.rows)))
