"""`yashu units`: the units of the district from a table and into one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.grid import LONG, TABLES, end_in_order, table, tell_warnings
from bot.commands.plainly import told_plainly
from bot.commands.tabling import bar

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.desk.desk import Desk
    from bot.desk.unit_files import Plan
    from bot.texts.console_grid import GridTexts


def tabular(_ctx: click.Context, _param: click.Parameter, path: Path) -> Path:
    """The file must be a table by its name."""
    if path.suffix.lower() not in TABLES:
        raise click.BadParameter("*.csv, *.xlsx")
    return path


@click.group()
def units() -> None:
    """Look after the units: departments, town offices, communities ... that deal with cases."""


@units.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), callback=tabular)
@click.option("--apply", is_flag=True, help="Write it. Without this nothing is changed.")
def import_(file: Path, apply: bool) -> None:
    """Enter units from FILE (.csv or .xlsx): all of it, or nothing and every mistake with its line.

    Columns: 编码, 名称, 类型, 级别; 上级编码, 网格编码, 事项 (or code, name, kind, level, parent, node, matters).
    Matters are codes of the catalogue with ；; without any a unit gets what fits its kind and level. What a
    community's list names is sent to it without a dispatcher. Known codes are changed, others stay.
    """
    with told_plainly():
        from bot.config import read_settings
        from bot.texts.console_grid import GridTexts

        settings = read_settings()
        texts = GridTexts(settings.language)
        plan = bring_in(settings, texts, file, apply=apply)
        tell_warnings(texts, plan.warnings)
        click.echo(texts.planned_units(len(plan.new), len(plan.changed), plan.same))
        click.echo(texts.entered_units(len(plan.new)) if apply else texts.dry())


def bring_in(settings: Settings, texts: GridTexts, file: Path, *, apply: bool) -> Plan:
    """Compare the table with the units, and enter them. Ends with 1 after telling what is wrong."""
    from bot.cases.unit_file import HEADINGS, REQUIRED
    from bot.commands.at_desk import at_a_desk
    from bot.desk.unit_files import compare, enter

    rows, mistakes = table(file, HEADINGS, REQUIRED)
    end_in_order(texts, mistakes)

    async def work(desk: Desk) -> Plan:
        plan = await compare(desk, rows)
        if apply and not plan.mistakes:
            with bar(texts.entering(), len(plan.new) + len(plan.changed), long=LONG) as shown:
                await enter(desk, plan, shown.update)
        return plan

    plan = at_a_desk(settings, work)
    end_in_order(texts, plan.mistakes)
    return plan


@units.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), callback=tabular)
def export(file: Path) -> None:
    """Write the units to FILE (.csv or .xlsx), as `import` reads it. Groups are not in it: those are bound by /bind."""
    with told_plainly():
        from bot.cases.unit_file import COLUMNS, cells_of
        from bot.commands.at_desk import at_a_desk
        from bot.commands.sheets import write_table
        from bot.config import read_settings
        from bot.desk.unit_files import written
        from bot.texts.console_grid import GridTexts

        settings = read_settings()
        texts = GridTexts(settings.language)
        rows = [list(cells_of(unit, texts.word).values()) for unit in at_a_desk(settings, written).values()]
        write_table(file, [texts.word(names[-1], names[0]) for names in COLUMNS.values()], rows)
        click.echo(texts.exported(len(rows), file))
