"""`yashu catalogue check`, `yashu catalogue show` and `yashu life-cycle`: the rules of the town, from outside."""

import os
from pathlib import Path

import click

from bot.commands.plainly import told_plainly
from bot.texts.console import DoctorTexts, RunTexts, language_of_console


@click.group()
def catalogue() -> None:
    """Look after the catalogue of matters."""


@catalogue.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def check(file: Path) -> None:
    """Read FILE as the program would; every mistake with its line. Ends with 1 if there is one."""
    with told_plainly():
        from bot.cases.catalogue_file import load

        read = load(file)
        language = language_of_console()
        click.echo(RunTexts(language).catalogue_fine(len(read.groups()), len(read.matters)))
        if unreviewed := read.unreviewed():
            click.echo(DoctorTexts(language).unreviewed(", ".join(matter.code for matter in unreviewed)))


@catalogue.command()
@click.argument("code", required=False)
@click.option("--file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Another catalogue file.")
def show(code: str | None, file: Path | None) -> None:
    """Print the catalogue as a tree; of one matter its questions, and its flow as a mermaid diagram."""
    with told_plainly():
        from bot.cases.catalogue_file import SHIPPED, load
        from bot.texts.console_catalogue import CatalogueTexts

        read, texts = load(file or Path(os.environ.get("CATALOGUE") or SHIPPED)), CatalogueTexts(language_of_console())
    if code is None:
        click.echo(texts.tree(read))
        return
    matter = next((one for one in read.matters.values() if one.code.lower() == code.lower()), None)
    if matter is None:
        raise click.ClickException(texts.unknown(code))
    click.echo(f"{texts.page(read, matter)}\n\n{texts.chart(read, matter)}")


@click.command("life-cycle")
def life_cycle() -> None:
    """Print the life of a case as a mermaid diagram."""
    from bot.cases.lifecycle import mermaid

    click.echo(mermaid(), nl=False)
