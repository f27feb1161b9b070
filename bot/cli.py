"""The command line: `yashu COMMAND`. `yashu --help` tells everything."""

import asyncio
import contextlib
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from bot.cases.errors import Broken


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="yashu")
def main() -> None:
    """伢叔 (yashu): every report becomes a case that somebody must answer."""


@main.command()
def run() -> None:
    """Run on real Telegram: by long polling, or by webhook when WEBHOOK_URL is set."""
    from bot.config import read_settings
    from bot.logs import set_up

    with _told_plainly():
        settings = read_settings()
        set_up(settings.log_level)
        _run_loop(_run(settings))


@main.command()
@click.option("--port", default=8765, show_default=True, help="port of the page")
@click.option("--folder", type=click.Path(path_type=Path), help="where to keep the demo's data (default: a new one)")
def demo(port: int, folder: Path | None) -> None:
    """Start everything without any token: sandbox, chat page and a demo district. Prints one address to open."""
    from bot.demo_town import play
    from bot.logs import set_up

    set_up("WARNING")
    with _told_plainly(), contextlib.ExitStack() as stack:
        place = folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="yashu-demo-")))
        _run_loop(play(place, port))


@main.command()
def migrate() -> None:
    """Bring the database to the newest step."""
    from bot.config import read_settings
    from storage.migrations import upgrade_now

    with _told_plainly():
        settings = read_settings()
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        upgrade_now(settings.database)
    click.echo("OK")


async def _run(settings: Any) -> None:
    from bot.app import App

    app = App(settings)
    try:
        await app.start()
        await app.run()
    finally:
        await app.stop()


def _run_loop(work: Any) -> None:
    """On uvloop where there is one."""
    try:
        import uvloop
    except ImportError:
        asyncio.run(work)
    else:
        uvloop.run(work)


@contextlib.contextmanager
def _told_plainly() -> Any:
    """What is wrong with the installation is told in plain lines, not as a traceback."""
    try:
        yield
    except Broken as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
