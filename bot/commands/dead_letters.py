"""`yashu dead-letters`: what could not be dealt with or delivered, to be tried again or wiped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.commands.plainly import told_plainly
from bot.texts.console_dead_letters import DeadLetterTexts

if TYPE_CHECKING:
    from bot.desk.desk import Desk

SHOWN = 50


@click.command("dead-letters")
@click.option("--again", is_flag=True, help="Try all of them once more.")
@click.option("--forget", is_flag=True, help="Wipe all of them; asks first.")
def dead_letters(again: bool, forget: bool) -> None:
    """List what could not be dealt with or delivered: when, and the kind of trouble, never what was in it."""
    with told_plainly():
        from bot.commands.at_desk import at_a_desk, look
        from bot.config import read_settings

        settings = read_settings()
        texts = DeadLetterTexts(settings.language)
        if again and forget:
            raise click.UsageError(texts.one_way())
        if again:
            click.echo(texts.again(*at_a_desk(settings, _again)))
        elif forget:
            count = look(_count)
            if count and click.confirm(texts.sure(count), default=False):
                click.echo(texts.forgotten(at_a_desk(settings, _forget)))
            elif not count:
                click.echo(texts.none())
        else:
            lines = look(lambda desk: _lines(desk, texts))
            click.echo("\n".join([*lines, texts.what_to_do()] if lines else [texts.none()]))


async def _lines(desk: Desk, texts: DeadLetterTexts) -> list[str]:
    from storage import inbox, outbox

    arrived = [texts.update(one.id, one.at, one.trouble) for one in await inbox.dead_ones(desk.tx, SHOWN)]
    owed = [texts.message(one.id, one.at, one.kind, one.trouble) for one in await outbox.dead_ones(desk.tx, SHOWN)]
    return arrived + owed


async def _count(desk: Desk) -> int:
    from storage import inbox, outbox

    return await inbox.dead(desk.tx) + await outbox.dead(desk.tx)


async def _again(desk: Desk) -> tuple[int, int]:
    from storage import inbox, outbox

    return await inbox.raise_dead(desk.tx), await outbox.raise_dead(desk.tx, desk.now())


async def _forget(desk: Desk) -> int:
    from storage import inbox, outbox

    return await inbox.bury_dead(desk.tx) + await outbox.bury_dead(desk.tx)
