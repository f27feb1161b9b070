"""`yashu hold NUMBER`: keep the way back of a case for a court or an authority, and let it go again."""

import click

from bot.commands.plainly import told_plainly
from bot.texts.console import HoldTexts, language_of_console


@click.command()
@click.argument("number")
@click.option("--why", help="Who asked for it, and under which reference.")
@click.option("--end", is_flag=True, help="It is needed no longer.")
def hold(number: str, why: str | None, end: bool) -> None:
    """Keep who reported NUMBER from being forgotten (a legal hold); --end lets it go.

    The reporter is told of it when asking to be forgotten. Nobody sees who it is.
    """
    said = HoldTexts(language_of_console())
    if end == bool(why):
        raise click.UsageError(said.why_or_end())
    with told_plainly():
        from bot.cases.errors import Broken
        from bot.commands.at_desk import at_a_desk
        from bot.config import read_settings
        from bot.desk.desk import Desk
        from bot.desk.forgetting import hold as hold_case

        async def work(desk: Desk) -> bool | None:
            return await hold_case(desk, number, why)

        known = at_a_desk(read_settings(), work)
        if known is None:
            raise Broken(said.no_case(number))
        click.echo(said.held(number) if why else said.lifted(number) if known else said.was_free(number))
