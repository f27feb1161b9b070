"""`yashu redraw`: split, merge and move places of the grid, take it back, and see what became of what."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.commands.plainly import told_plainly

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import date

    from bot.cases.redrawing import NewPlace
    from bot.cases.sheet import Row
    from bot.desk.desk import Desk
    from bot.desk.redrawing import Plan
    from bot.texts import Texts

LISTED = 30


@click.group()
def redraw() -> None:
    """Re-draw the grid: its history is kept, what is open goes along. Without --apply nothing changes."""


def changing(what: Callable[..., None]) -> Callable[..., None]:
    """The options of everything that re-draws."""
    what = click.option("--apply", is_flag=True, help="Do it. Without this it is only told what would happen.")(what)
    return click.option("--reason", required=True, help="Why; stands in the history.")(what)


@redraw.command()
@click.argument("code")
@click.argument("file", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--part", "parts", multiple=True, help="CODE=NAME or CODE=NAME:CHILD,CHILD; instead of FILE, once for each."
)
@click.option("--default", help="Code of the new place for what cannot be placed, for units and invitations.")
@changing
def split(code: str, file: Path | None, parts: tuple[str, ...], default: str | None, reason: str, apply: bool) -> None:
    """Make several places of the one with CODE, as FILE (.csv, .xlsx, .geojson) or --part tells.

    Columns: 编码, 名称, 别名, 地址, 户数, 党小组, 下级 (code, name, aliases, addresses, households, party group,
    children); boundaries in GeoJSON.
    """
    with told_plainly():
        from bot.desk import redrawing

        made = _places(file) if file else [_place(part) for part in parts]
        _do(lambda desk: redrawing.split(desk, code, made, reason=reason, default=default), apply=apply)


@redraw.command()
@click.argument("codes", nargs=-1, required=True)
@click.option("--into", required=True, help="CODE=NAME of the new place.")
@changing
def merge(codes: tuple[str, ...], into: str, reason: str, apply: bool) -> None:
    """Make one place of several (CODES) that stand below the same one."""
    with told_plainly():
        from bot.desk import redrawing

        _do(lambda desk: redrawing.merge(desk, codes, _place(into), reason=reason), apply=apply)


@redraw.command()
@click.argument("code")
@click.option("--under", required=True, help="Code of the place it goes below, one level up.")
@changing
def move(code: str, under: str, reason: str, apply: bool) -> None:
    """Put the place with CODE, and all below it, under another one."""
    with told_plainly():
        from bot.desk import redrawing

        _do(lambda desk: redrawing.move(desk, code, under, reason=reason), apply=apply)


@redraw.command()
@click.argument("number", type=click.IntRange(1))
@click.option("--default", help="Code of the place for what cannot be placed, where several come back.")
@changing
def undo(number: int, default: str | None, reason: str, apply: bool) -> None:
    """Take the re-drawing with NUMBER back. That is one too, with its own number."""
    with told_plainly():
        from bot.desk import redrawing

        _do(lambda desk: redrawing.undo(desk, number, reason=reason, default=default), apply=apply)


@redraw.command()
@click.argument("code", required=False)
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="What it was at the end of this day.")
def history(code: str | None, day: Any) -> None:
    """What became of the place with CODE; without one the latest re-drawings."""
    with told_plainly():
        from bot.commands.at_desk import look

        on = day.date() if day else None
        for line in look(lambda desk: _of_place(desk, code, on) if code else _latest(desk)):
            click.echo(_plain(line))


def _do(plan: Callable[[Desk], Awaitable[Plan]], *, apply: bool) -> None:
    from bot.cases.errors import Broken, CannotRedraw
    from bot.commands.at_desk import at_a_desk
    from bot.config import read_settings
    from bot.desk import redrawing
    from bot.outbox.redrawings import account

    async def work(desk: Desk) -> list[str]:
        planned = await plan(desk)
        done = await (redrawing.carry_out if apply else redrawing.look)(desk, planned)
        texts = desk.texts()
        last = texts.redraw_undo_with(done.number) if apply else texts.redraw_dry()
        return [account(texts, done, dry=not apply), last]

    settings = read_settings()
    try:
        said = at_a_desk(settings, work)
    except CannotRedraw as error:
        raise Broken(_plain(_texts().cannot_redraw(error.what, error.value))) from None
    for line in said:
        click.echo(_plain(line))


def _plain(said: str) -> str:
    """Sentences are made for a chat; a console shows no marks."""
    return unescape(re.sub(r"</?[a-z]+>", "", said)).replace("\u2060", "")


def _texts() -> Texts:
    from bot.texts import texts_in
    from bot.texts.console import language_of_console

    return texts_in(language_of_console())


def _place(said: str) -> NewPlace:
    """A place as an option writes it: CODE=NAME:CHILD,CHILD."""
    from bot.cases.redrawing import NewPlace, several

    code, _, rest = said.partition("=")
    name, _, children = rest.partition(":")
    return NewPlace(code=code.strip(), name=name.strip(), children=several(children))


def _places(file: Path) -> list[NewPlace]:
    """The new places of a file, read as files of the grid are. Ends with 1 after telling what is wrong."""
    from bot.cases.redrawing import HEADINGS, REQUIRED, new_places
    from bot.commands.grid import MAPS, drawn_in, end_in_order, table
    from bot.desk.desk import Clock
    from bot.texts.console import language_of_console
    from bot.texts.console_grid import GridTexts

    rows: list[Row] = []
    drawn: list[tuple[Row, Any]] = []
    if file.suffix.lower() in MAPS:
        drawn, mistakes, _ = drawn_in(file, HEADINGS)
    else:
        rows, mistakes = table(file, HEADINGS, REQUIRED)
    found, wrong = new_places(rows, drawn, Clock().now())
    end_in_order(GridTexts(language_of_console()), [*mistakes, *wrong])
    return found


async def _latest(desk: Desk) -> list[str]:
    from storage import redrawing

    found, texts = await redrawing.latest(desk.tx, LISTED), desk.texts()
    undone = {one.undoes: one.id for one in found if one.undoes}
    lines = [texts.redraw_line(one.id, one.kind.value, one.at, one.reason, undone.get(one.id)) for one in found]
    return lines or [texts.no_redrawings()]


async def _of_place(desk: Desk, code: str, day: date | None) -> list[str]:
    from bot.cases.errors import Broken, CannotRedraw
    from bot.desk import past
    from bot.outbox.redrawings import biography

    try:
        place, lines = await past.history(desk, code)
    except CannotRedraw as error:
        raise Broken(_plain(_texts().cannot_redraw(error.what, error.value))) from None
    if day is None:
        return await biography(desk, desk.texts(), place, lines)
    path = await past.path_on(desk, place, past.end_of(day))
    texts = desk.texts()
    return [texts.place_was("".join(one.name for one in path)) if path else texts.place_was_not()]
