"""`yashu run`, `yashu demo`, `yashu migrate`: the program itself."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.plainly import told_plainly
from bot.texts.console import RunTexts, language_of_console

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from bot.config import Settings


@click.command()
def run() -> None:
    """Run on real Telegram: by long polling, or by webhook when WEBHOOK_URL is set."""
    with told_plainly():
        from bot.config import read_settings
        from bot.logs import set_up

        settings = read_settings()
        set_up(settings.log_level)
        _on_a_quick_loop(_run(settings))


@click.command()
@click.option("--port", default=8765, show_default=True, help="Port of the page; 0 takes any free one.")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="Keep the demo's data here.")
@click.option("--size", type=click.Choice(["small", "full"]), default="small", show_default=True)
def demo(port: int, folder: Path | None, size: str) -> None:
    """Start everything without any token: sandbox, chat page and a demo district. Prints one address to open.

    The small district is one town with a few buildings; the full one has 7 towns, 90 communities, 5,000 buildings
    and 10,000 people. With --folder its import is done once.
    """
    with told_plainly(port), contextlib.ExitStack() as stack:
        from bot.commands.whole_district import prepared
        from bot.demo_town import Scene, play
        from bot.logs import set_up

        set_up("WARNING")
        texts = RunTexts(language_of_console())
        place = folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="yashu-demo-")))
        scene = prepared(place, texts) if size == "full" else Scene()
        _on_a_quick_loop(play(place, port, lambda at: click.echo(texts.demo_open(at)), scene))


@click.command()
def migrate() -> None:
    """Bring the database to the newest step."""
    with told_plainly():
        from bot.config import read_settings
        from storage.migrations import HEAD, upgrade_now

        settings = read_settings()
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        step, texts = upgrade_now(settings.database), RunTexts(settings.language)
        click.echo(texts.migrated(step) if step == HEAD else texts.migrated_by_newer(step))


async def _run(settings: Settings) -> None:
    import structlog

    from bot.app import App

    app = App(settings)
    if unreviewed := [matter.code for matter in app.office.catalogue.unreviewed()]:
        structlog.get_logger().warning("advice_unreviewed", matters=unreviewed)
    app.heed_signals()
    try:
        await app.start()
        await app.run()
    finally:
        await app.stop()


def _on_a_quick_loop(work: Coroutine[None, None, None]) -> None:
    try:
        import uvloop
    except ImportError:  # there is none for Windows
        asyncio.run(work)
    else:
        uvloop.run(work)
