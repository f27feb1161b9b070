"""`yashu checklists check FILE`: the checklists of the patrol log, looked at from outside."""

from pathlib import Path

import click

from bot.commands.plainly import told_plainly
from bot.texts.console import RunTexts, language_of_console


@click.group()
def checklists() -> None:
    """Look after the checklists of the patrol log."""


@checklists.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--catalogue",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Catalogue of matters the lists refer to; default: the shipped one.",
)
def check(file: Path, catalogue: Path | None) -> None:
    """Read FILE as the program would; every mistake with its line. Ends with 1 if there is one."""
    with told_plainly():
        from bot.cases.catalogue_file import SHIPPED, load
        from bot.cases.checklists import load_checklists

        read = load_checklists(file, load(catalogue or SHIPPED).matters)
        items = sum(len(one.items) for one in read.lists)
        click.echo(RunTexts(language_of_console()).checklists_fine(len(read.lists), items))
