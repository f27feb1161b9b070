"""`yashu district`: an invented district as files, to try an import with."""

from pathlib import Path

import click

from bot.commands.plainly import told_plainly


@click.group()
def district() -> None:
    """Invent a district: towns, communities, estates, buildings with boundaries, units and people."""


@district.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--seed", type=int, default=7, show_default=True, help="The same seed gives the same files.")
@click.option("--size", type=click.Choice(["small", "full"]), default="full", show_default=True)
def generate(folder: Path, seed: int, size: str) -> None:
    """Write grid.csv, grid.geojson, units.csv and people.csv into FOLDER. Nobody and nothing in them exists."""
    with told_plainly():
        from bot.demo_district.files import invent, write
        from bot.texts.console import RunTexts, language_of_console

        invented = invent(seed, size)
        write(invented, folder)
        counts = len(invented.grid.places), len(invented.units), len(invented.people)
        click.echo(RunTexts(language_of_console()).district_written(folder, *counts))
