"""`yashu assessment QUARTER`: the sheets of a town's grid members, and who whistles where, as one file."""

from pathlib import Path

import click

from bot.commands.plainly import told_plainly
from bot.texts.console import RunTexts, language_of_console


@click.command()
@click.argument("quarter")
@click.option("--town", "code", required=True, help="Code of the town (or any place); everything below it is counted.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File to write (.xlsx).")
def assessment(quarter: str, code: str, out: Path) -> None:
    """Write the sheets of QUARTER (2026Q4), by place and never by score, and the coverage of whistleblowers."""
    with told_plainly():
        from bot.cases.assessment import quarter_of
        from bot.cases.errors import Broken, NotOpen
        from bot.commands.at_desk import look, node_named
        from bot.commands.sheets import write_private
        from bot.desk.assessment import sheets_below
        from bot.desk.coverage import coverage_below
        from bot.desk.desk import Desk
        from bot.papers.sheets import Sheet, workbook

        if quarter_of(quarter) is None:
            raise click.BadParameter(RunTexts(language_of_console()).quarter_like())

        async def filled(desk: Desk) -> list[Sheet]:
            node, texts = await node_named(desk, code), desk.texts()
            rows = [
                texts.assessment_row(name, place, one)
                for name, place, _, one in await sheets_below(desk, node, quarter)
            ]
            covered = await coverage_below(desk, node)
            kinds = [texts.coverage_row(*row) for row in covered.rows]
            title = texts.assessment_title(quarter, node.name)
            return [
                Sheet(quarter, title, texts.assessment_head(), rows, texts.assessment_notes(), [12, 24, *[12] * 9]),
                Sheet(
                    texts.coverage_name(),
                    texts.coverage_title(node.name),
                    texts.coverage_head(covered.kinds),
                    kinds,
                    widths=[16, *[10] * len(covered.kinds), 40],
                ),
            ]

        try:
            found = look(filled)
        except NotOpen:
            raise Broken(RunTexts(language_of_console()).quarter_ahead(quarter)) from None
        write_private(out, workbook(found))
        click.echo(RunTexts(language_of_console()).sheet_written(out, len(found[0].rows)))
