"""`yashu rounds`: roll calls and household tasks, listed and as files for a spreadsheet program."""

from pathlib import Path

import click

from bot.commands.plainly import told_plainly
from bot.texts.console import RunTexts, language_of_console

NEWEST = 20


@click.group()
def rounds() -> None:
    """Look at roll calls and household tasks."""


@rounds.command("list")
def list_() -> None:
    """The newest ones: number, kind, place, words, end."""
    with told_plainly():
        from bot.commands.at_desk import look
        from bot.desk.desk import Desk
        from bot.desk.round_sheets import listed

        async def lines(desk: Desk) -> list[str]:
            return await listed(desk, NEWEST)

        for line in look(lines):
            click.echo(line)


@rounds.command()
@click.argument("number", type=click.IntRange(1, 10**9))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File to write (.xlsx).")
def sheet(number: int, out: Path) -> None:
    """Write what every household group answered to the round of this NUMBER."""
    with told_plainly():
        from bot.cases.errors import Broken
        from bot.commands.at_desk import look
        from bot.commands.sheets import write_private
        from bot.desk.desk import Desk
        from bot.desk.round_sheets import rows
        from bot.papers.sheets import Sheet, workbook

        async def filled(desk: Desk) -> Sheet | None:
            found = await rows(desk, number)
            return Sheet(str(number), found.title, found.head, found.rows, widths=[24, 10]) if found else None

        found = look(filled)
        if found is None:
            raise Broken(RunTexts(language_of_console()).no_round(number))
        write_private(out, workbook([found]))
        click.echo(RunTexts(language_of_console()).sheet_written(out, len(found.rows)))
