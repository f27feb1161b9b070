"""`yashu broadcasts`: what was said to many, listed and as a file for a spreadsheet program."""

from pathlib import Path
from typing import Any

import click

from bot.commands.plainly import told_plainly
from bot.texts.console import RunTexts, language_of_console

NEWEST = 20


@click.group()
def broadcasts() -> None:
    """Look at broadcasts."""


@broadcasts.command("list")
def list_() -> None:
    """The newest ones: number, when, how it stands, first words."""
    with told_plainly():
        from bot.commands.at_desk import look
        from bot.desk.desk import Desk
        from bot.texts.language import ZONE
        from storage import broadcasts

        async def lines(desk: Desk) -> list[str]:
            found = await broadcasts.newest(desk.tx, desk.office.seals.content, NEWEST)
            return [
                f"{one.id}  {one.made_at.astimezone(ZONE):%Y-%m-%d %H:%M}  {one.stand}  {one.title}" for one in found
            ]

        for line in look(lines):
            click.echo(line)


@broadcasts.command()
@click.argument("number", type=click.IntRange(1, 10**9))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File to write (.xlsx).")
def sheet(number: int, out: Path) -> None:
    """Write whom the broadcast of this NUMBER reached, who read it, and where they are."""
    with told_plainly():
        from bot.cases.errors import Broken, NotFound
        from bot.commands.at_desk import look
        from bot.commands.sheets import write_private
        from bot.desk.broadcast_sheet import sheets_of
        from bot.desk.desk import Desk
        from bot.papers.sheets import Sheet, workbook

        async def filled(desk: Desk) -> list[dict[str, Any]]:
            return await sheets_of(desk, desk.texts(), number)

        try:
            found = look(filled)
        except NotFound:
            raise Broken(RunTexts(language_of_console()).no_broadcast(number)) from None
        write_private(out, workbook([Sheet(**one) for one in found]))
        click.echo(RunTexts(language_of_console()).sheet_written(out, sum(len(one["rows"]) for one in found)))
