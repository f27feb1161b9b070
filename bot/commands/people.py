"""`yashu people`: the register (花名册) from a file and into one; printed invitations, cards and posters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.plainly import told_plainly
from bot.commands.tabling import bar, end_with

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.cases.sheet import Row
    from bot.config import Settings
    from bot.desk.desk import Desk
    from bot.desk.members import Plan
    from bot.texts.console_people import PeopleTexts

LONG = 1_000
"""From so many people on a bar shows how far it is."""


@click.group()
def people() -> None:
    """Look after the register of people: import, export, invitations, cards and posters to print."""


def ending(suffix: str) -> Callable[[click.Context, click.Parameter, Path], Path]:
    """The name of a file to be written must end like this."""

    def check(_ctx: click.Context, _param: click.Parameter, path: Path) -> Path:
        if path.suffix.lower() != suffix:
            raise click.BadParameter(f"*{suffix}")
        return path

    return check


OUT = click.Path(path_type=Path, dir_okay=False, writable=True)


@people.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--apply", is_flag=True, help="Write it. Without this nothing is changed.")
def import_(file: Path, apply: bool) -> None:
    """Enter people and their duties from FILE (.csv or .xlsx): all of it, or nothing and every mistake with its line.

    Columns: 姓名 and 角色; 电话, 网格编码, 单位编码, 类别, 值班顺序, 有效期, 标签, 公开电话, 服务时间 (or name,
    role, phone, node, unit, kind, rank, until, tags, shows phone, hours). Several lines of a person: several duties.
    """
    with told_plainly():
        from bot.config import read_settings
        from bot.texts.console_people import PeopleTexts

        settings = read_settings()
        texts = PeopleTexts(settings.language)
        plan = bring_in(settings, texts, file, apply=apply)
        click.echo(texts.planned(len(plan.new), len(plan.changed), plan.same, plan.duties, len(plan.ended)))
        click.echo(texts.entered() if apply else texts.dry())


def bring_in(settings: Settings, texts: PeopleTexts, file: Path, *, apply: bool) -> Plan:
    """Compare the file with the register, and enter it. Ends with 1 after telling what is wrong."""
    return _entered(settings, texts, _rows(texts, file), apply=apply)


def _rows(texts: PeopleTexts, file: Path) -> list[Row]:
    from bot.cases.register import HEADINGS, REQUIRED
    from bot.commands.sheets import read_sheet

    rows, mistakes = read_sheet(file, HEADINGS, REQUIRED)
    end_with(texts, mistakes)
    return rows


def _entered(settings: Settings, texts: PeopleTexts, rows: list[Row], *, apply: bool) -> Plan:
    from bot.commands.at_desk import look_then_write
    from bot.desk.members import compare, enter

    async def look(desk: Desk) -> Plan:
        plan = await compare(desk, rows)
        end_with(texts, plan.mistakes)
        return plan

    async def write(desk: Desk, plan: Plan) -> None:
        with bar(texts.entering(), len(plan.new) + len(plan.changed), long=LONG) as shown:
            end_with(texts, await enter(desk, plan, shown.update))

    return look_then_write(settings, look, write if apply else None)


@people.command()
@click.argument("file", type=OUT, callback=ending(".xlsx"))
def export(file: Path) -> None:
    """Write the register to FILE (.xlsx), one line for each duty, as `import` reads it. Telephones are in it."""
    with told_plainly():
        from bot.cases.register import COLUMNS
        from bot.commands.at_desk import at_a_desk
        from bot.commands.sheets import write_sheet
        from bot.config import read_settings
        from bot.texts.console_people import PeopleTexts

        settings = read_settings()
        texts = PeopleTexts(settings.language)
        rows = at_a_desk(settings, lambda desk: _register(desk, texts))
        write_sheet(file, [texts.cell(names[-1], names[0]) for names in COLUMNS.values()], rows)
        click.echo(texts.exported(len(rows), file))


async def _register(desk: Desk, texts: PeopleTexts) -> list[list[str]]:
    from bot.cases.register import COLUMNS, ROLES
    from bot.desk.members import written

    rows: list[list[str]] = []
    after: int | None = 0
    while after is not None:
        after, page = await written(desk, after)
        for row in page:
            role, shows = row["role"], row["shows_phone"]
            said = {
                **row,
                "role": texts.cell(role, ROLES.get(role, (role,))[0]),
                "shows_phone": texts.yes() if shows else "",
            }
            rows.append([said[column] for column in COLUMNS])
    return rows
