"""`yashu roster`: the duty rosters from a table and into one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.plainly import told_plainly
from bot.commands.tabling import end_with
from bot.commands.units import tabular

if TYPE_CHECKING:
    from bot.desk.desk import Desk
    from bot.desk.roster_files import Plan


@click.group()
def roster() -> None:
    """Look after the duty rosters of the units: who is on duty when, and who is away."""


@roster.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), callback=tabular)
@click.option("--apply", is_flag=True, help="Write it. Without this nothing is changed.")
def import_(file: Path, apply: bool) -> None:
    """Enter week plans from FILE (.csv or .xlsx): all of it, or nothing and every mistake with line and column.

    Columns: 单位编码, 姓名; 电话后四位, 星期, 班次 (08:30-17:30, 白班, 夜班); 请假从, 请假到, 替班人 (or unit, name,
    tail, weekday, hours, from, until, substitute). A line with 请假从 is an absence, any other a shift. The plan of
    every unit with a shift in the file becomes what the file says.
    """
    with told_plainly():
        from bot.cases.roster_file import HEADINGS, REQUIRED
        from bot.commands.at_desk import at_a_desk
        from bot.commands.sheets import read_sheet
        from bot.config import read_settings
        from bot.desk.roster_files import compare, enter
        from bot.texts.console_rosters import RosterConsole

        settings = read_settings()
        texts = RosterConsole(settings.language)
        rows, mistakes = read_sheet(file, HEADINGS, REQUIRED)
        end_with(texts, mistakes)

        async def work(desk: Desk) -> Plan:
            plan = await compare(desk, rows)
            if apply and not plan.mistakes:
                await enter(desk, plan)
            return plan

        plan = at_a_desk(settings, work)
        end_with(texts, plan.mistakes)
        click.echo(texts.planned(len(plan.units), len(plan.shifts), len(plan.absences)))
        click.echo(texts.entered() if apply else texts.dry())


@roster.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), callback=tabular)
def export(file: Path) -> None:
    """Write all rosters to FILE (.csv or .xlsx), as `import` reads it."""
    with told_plainly():
        from bot.cases.roster_file import COLUMNS
        from bot.commands.at_desk import at_a_desk
        from bot.commands.sheets import write_table
        from bot.config import read_settings
        from bot.desk.roster_files import written
        from bot.texts.console_rosters import RosterConsole

        settings = read_settings()
        texts = RosterConsole(settings.language)
        rows = at_a_desk(settings, written)
        write_table(file, [names[0] for names in COLUMNS.values()], rows)
        click.echo(texts.exported(len(rows), file))
