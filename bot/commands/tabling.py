"""What commands that enter a table do alike: tell its mistakes, and how far they are."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.cases.sheet import Mistake
    from bot.texts.console_grid import GridTexts
    from bot.texts.console_people import PeopleTexts
    from bot.texts.console_rosters import RosterConsole


def end_with(texts: GridTexts | PeopleTexts | RosterConsole, mistakes: Sequence[Mistake]) -> None:
    """Tell every mistake and end with 1, if there is one."""
    from bot.texts.console_tables import SHOWN

    for one in mistakes[:SHOWN]:
        click.echo(texts.mistake(one), err=True)
    if mistakes:
        click.echo(texts.mistakes(len(mistakes)), err=True)
        sys.exit(1)


def bar(label: str, length: int, *, long: int) -> Any:
    """How far it is, from so many on."""
    return click.progressbar(length=length, label=label, hidden=length < long, file=sys.stderr)
