"""`yashu doctor`: says of an installation, in one line each, what is fine, doubtful or wrong, and what to do."""

import asyncio
import sys

import click

from bot.cases.errors import BrokenSetting
from bot.texts.console import DoctorTexts, language_of_console

COLOURS = {"ok": "green", "warning": "yellow", "wrong": "red"}


@click.command()
def doctor() -> None:
    """Check settings, token, database, folder, keys, clock, webhook, proxy, catalogue and units. 1 if any is wrong."""
    from bot.commands.checks import Finding, findings
    from bot.config import read_settings

    texts = DoctorTexts(language_of_console())
    try:
        settings = read_settings()
    except BrokenSetting as error:
        found = [Finding("wrong", texts.setting(line)) for line in str(error).splitlines()]
    else:
        texts = DoctorTexts(settings.language)
        found = [Finding("ok", texts.settings_read()), *asyncio.run(findings(settings, texts))]
    for one in found:
        click.echo(click.style(f"{texts.grade(one.grade):<8}", fg=COLOURS[one.grade]) + one.said)
    if any(one.grade == "wrong" for one in found):
        sys.exit(1)
