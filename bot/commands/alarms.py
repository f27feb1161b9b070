"""`yashu try-alarms`: whether somebody would hear of a trouble when Telegram cannot be reached."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

import click

from bot.commands.plainly import told_plainly
from bot.texts.console_alarms import AlarmTexts

if TYPE_CHECKING:
    from bot.config import Settings


@click.command("try-alarms")
def try_alarms() -> None:
    """Tell a trial on every way that is not Telegram: webhook, mail, heartbeat. 1 if one fails, or there is none."""
    with told_plainly():
        from bot.config import read_settings

        settings = read_settings()
        texts = AlarmTexts(settings.language)
        failed = asyncio.run(_try(settings, texts))
    sys.exit(1 if failed else 0)


async def _try(settings: Settings, texts: AlarmTexts) -> bool:
    """Whether anything failed."""
    import aiohttp

    from bot.jobs.ways import Untold, Ways

    words = texts.trial(settings.district)
    async with aiohttp.ClientSession() as session:
        ways = Ways(settings, session)
        wanted = {
            "alarm_webhook": (settings.alarm_webhook, lambda: ways.post(words)),
            "alarm_mail": (settings.alarm_mail, lambda: ways.mail(words)),
            "heartbeat_url": (settings.heartbeat_url, ways.beat),
        }
        failed = there = False
        for way, (given, tell) in wanted.items():
            if not given:
                continue
            there = True
            try:
                await tell()
                click.echo(texts.taken(way))
            except Untold as error:
                failed = True
                click.echo(texts.not_taken(way, str(error)))
    if not there:
        click.echo(texts.no_way())
    return failed or not there
